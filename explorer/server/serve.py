"""Run the pages: a Streamlit process of its own on 127.0.0.1, which ends when we end, in whatever way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from explorer.fonts import streamlit_options
from graph_model.errors import BranchmapError, InputError
from graph_model.private_file import private_folder

HOST = "127.0.0.1"
PORT = 8501
_TRIES = 100
_RED = "#b01c2c"
"""The colour of what is chosen: dark enough to be read on its own pale ground."""
START_SECONDS = 60.0
STOP_SECONDS = 5.0
APP = Path(__file__).with_name("serve_app.py")
LOG = "pages.log"


class PagesError(BranchmapError):
    """Raised when the pages' process does not start, or ends by itself."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The running pages: their address, their process, and the file of what it says."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def wait_ready(self, seconds: float = START_SECONDS) -> None:
        """Wait until the page answers; PagesError when its process ends or takes too long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise _did_not_start(self.log)
            if _answers(self.url):
                return
            time.sleep(0.1)
        raise _did_not_start(self.log)

    def wait(self) -> None:
        """Wait until the pages end, which they do not do by themselves: PagesError then."""
        while self.process.poll() is None:
            time.sleep(0.3)
        raise PagesError(
            f"页面进程意外结束（代码 {self.process.returncode}），原因见 {self.log}。请重新运行。",
            f"The pages ended unexpectedly (code {self.process.returncode}); see {self.log}. Start again.",
        )


def free_port(wanted: int = PORT) -> int:
    """The wanted port, or the next one that is free; InputError when there is none."""
    for port in range(wanted, min(wanted + _TRIES, 65536)):
        if _is_free(port):
            return port
    raise InputError(
        f"端口 {wanted} 起的 {_TRIES} 个端口都被占用，请用 --port 指定另一个。",
        f"The {_TRIES} ports from {wanted} on are all taken; name another one by --port.",
    )


def _is_free(port: int) -> bool:
    # asked by a call first: on some systems one may bind beside a listener on all addresses
    with socket.socket() as call:
        call.settimeout(0.5)
        if call.connect_ex((HOST, port)) == 0:
            return False
    with socket.socket() as trial:
        if os.name == "posix":
            # as the server does it: a connection of the last run that is still closing is in nobody's way
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError:
            return False
    return True


def options(port: int) -> dict[str, str]:
    """The options of Streamlit: our own machine only, nothing watched, nothing reported."""
    return {
        "server.address": HOST,
        "server.port": str(port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "server.runOnSave": "false",
        "browser.gatherUsageStats": "false",
        # no large message is referred to instead of being sent: the browser forgets one after some runs, which
        # may be just when, after two quick clicks, the server refers to it; the page then says "connection error"
        "global.minCachedMessageSize": "1e12",
        "browser.serverAddress": HOST,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "type",  # a fault of ours: its traceback is in the log, not on the screen
        "global.developmentMode": "false",
        **_against_settings_of_the_user(port),
        **streamlit_options(),
        "theme.light.primaryColor": _RED,
    }


def _against_settings_of_the_user(port: int) -> dict[str, str]:
    """What a ~/.streamlit/config.toml or a STREAMLIT_ variable could open: an option of ours goes before both."""
    own = f"http://{HOST}:{port}"
    return {
        "server.enableCORS": "true",
        "server.corsAllowedOrigins": own,
        "server.enableXsrfProtection": "true",
        "server.xsrfCookieSameSite": "lax",
        "client.allowedOrigins": own,  # whose page may hold ours in a frame and steer it
        "client.showErrorLinks": "false",  # they lead to other sites, with the error's text
        "server.enableAgentApi": "false",
        "server.scriptHealthCheckEnabled": "false",
        "server.allowRunOnSave": "false",
        "server.baseUrlPath": "",
        "server.customComponentBaseUrlPath": "",
        "server.sslCertFile": "",
        "server.sslKeyFile": "",
        "browser.serverPort": str(port),
    }


def command(port: int) -> list[str]:
    """The command line of the pages' process. Settings come by the environment, never here."""
    told = [f"--{name}={value}" for name, value in options(port).items()]
    # -P: a file called streamlit.py in somebody's folder must not be taken for the real one
    return [sys.executable, "-P", "-m", "explorer.server.serve_child", "run", str(APP), *told]


ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""For the layouts' small matrices: several threads wait for one another longer than they calculate (threefold)."""


@contextmanager
def pages(data: Path, environment: Mapping[str, str], port: int) -> Iterator[Pages]:
    """The pages' process, for as long as the block lasts. Call `wait_ready` before showing the address."""
    log = private_folder(data) / LOG
    ours = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(p for p in (ours, os.environ.get("PYTHONPATH")) if p)
    with ExitStack() as stack:
        out = stack.enter_context(open(log, "wb", opener=_private))
        process = subprocess.Popen(
            command(port),
            env={**ONE_THREAD, **os.environ, **environment, "PYTHONPATH": path, "PYTHONUTF8": "1"},
            cwd=data,  # nobody's .streamlit folder lies here
            stdin=subprocess.PIPE,  # ends when we end: the child stops by that, however we died
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C comes to us alone, and we stop what we started in order
        )
        stack.callback(_stop, process)
        yield Pages(f"http://{HOST}:{port}", process, log)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()
    with suppress(OSError):
        process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP_SECONDS)


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Inside the block a request to end (SIGTERM, SIGHUP, SIGBREAK) is what Ctrl-C is: KeyboardInterrupt."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    names = ("SIGTERM", "SIGHUP", "SIGBREAK")
    numbers = [getattr(signal, n) for n in names if hasattr(signal, n)]
    if threading.current_thread() is not threading.main_thread():
        numbers = []  # only the main thread may say what a signal does
    before = [(n, signal.signal(n, interrupt)) for n in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def has_desktop(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a browser window could be seen here: always on Windows and macOS, else with a display.

    >>> has_desktop({}, "linux"), has_desktop({"DISPLAY": ":0"}, "linux"), has_desktop({}, "win32")
    (False, True, True)
    """
    if platform in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def _answers(url: str) -> bool:
    # no proxy: the address is our own machine's, whatever the environment says
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/_stcore/health", timeout=2) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _did_not_start(log: Path) -> PagesError:
    lines = [line for line in log.read_text("utf-8", errors="replace").splitlines() if line.strip()]
    last = lines[-1].strip()[:200] if lines else "—"
    return PagesError(
        f"页面没有启动：{last}（全文见 {log}）。请重新运行；端口被占用时用 --port 指定另一个。",
        f"The pages did not start: {last} (all of it in {log}). Try again; give --port when the port is taken.",
    )
