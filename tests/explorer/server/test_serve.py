"""The pages' process: its port, its life, and what is left when it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from explorer.server.serve import command, free_port, options
from graph_model.engine import lifecycle
from graph_model.errors import InputError

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")


def taken() -> tuple[socket.socket, int]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener, listener.getsockname()[1]


def test_a_taken_port_gives_the_next_free_one() -> None:
    listener, port = taken()
    with listener:
        assert free_port(port) > port


def test_no_port_left_is_said() -> None:
    with pytest.raises(InputError, match="--port"):
        free_port(65536)


def test_only_our_own_machine_is_served_and_nothing_is_reported() -> None:
    told = options(8501)

    assert told["server.address"] == "127.0.0.1"
    assert told["browser.gatherUsageStats"] == "false"
    assert told["server.fileWatcherType"] == "none"


def test_no_setting_of_ours_is_in_the_arguments() -> None:
    assert not [a for a in command(8501) if "password" in a.lower() or "BRANCHMAP" in a]


def until(true: Callable[[], bool], seconds: float = 240) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def start_demo(home: Path) -> tuple[subprocess.Popen[bytes], Path, str]:
    said = home / "said"
    home.mkdir(parents=True, exist_ok=True)
    with said.open("wb") as out:
        demo = subprocess.Popen(
            [sys.executable, "-m", "explorer.cli", "demo", "--no-browser"],
            env={**os.environ, "BRANCHMAP_HOME": str(home), "BRANCHMAP_ENGINE_HEAP": "256"},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    until(lambda: "http://" in said.read_text("utf-8") or demo.poll() is not None)
    text = said.read_text("utf-8")
    if "http://" not in text:
        demo.terminate()
        demo.wait(60)
        raise AssertionError(text)
    assert demo.poll() is None, text
    url = next(word.split("（")[0] for word in text.split("：") if word.startswith("http://"))
    return demo, said, url


def family(demo: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return psutil.Process(demo.pid).children(recursive=True)


@posix
def test_the_demo_answers_keeps_its_data_and_leaves_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        demo, said, url = start_demo(tmp_path)
        pages = family(demo)
        with urllib.request.urlopen(url, timeout=30) as page:
            assert b"<html" in page.read()

        demo.send_signal(signal.SIGTERM)

        assert demo.wait(60) == 0
        assert until(lambda held=pages: not any(p.is_running() for p in held))
        assert not lifecycle.status(tmp_path / "demo").running
    assert "已导入示例批次" not in said.read_text("utf-8")


@posix
def test_a_killed_parent_leaves_no_process(tmp_path: Path) -> None:
    demo, _, _ = start_demo(tmp_path)
    pages = family(demo)

    demo.kill()
    demo.wait(60)

    assert pages
    assert until(lambda: not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in pages))
    assert until(lambda: not lifecycle.status(tmp_path / "demo").running)
