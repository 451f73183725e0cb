"""Neo4j servers of the tests' own: the jars brought once, each server in a folder and on a port of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import neo4j
import pytest
from filelock import FileLock

from graph_model.store.driver import Account, Address

ROOT = Path(__file__).parents[2]
SELF_SIGNED = ROOT / "tests/data/self_signed.pem"
JARS = ROOT / ".neo4j-dev"
BATCH = 5000


def any_port() -> int:
    """A port of 127.0.0.1 that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def answering(*, encrypted: bool) -> Iterator[int]:
    """The port of a server with a certificate that it signed itself, or of one that knows no encryption."""

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                line, _ = listener.accept()
                with context.wrap_socket(line, server_side=True) if encrypted else line as spoken:
                    spoken.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            except ssl.SSLError:
                continue
            except OSError:
                return

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(SELF_SIGNED)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        yield listener.getsockname()[1]


def driver_of(address: Address) -> neo4j.Driver:
    """A line to a store for its writer, beside the product's own."""
    return neo4j.GraphDatabase.driver(address.url, auth=(address.writer.user, address.writer.password))


def clear(driver: neo4j.Driver, address: Address) -> None:
    """Remove everything that a store holds."""
    batch = f"MATCH (n) WITH n LIMIT {BATCH} DETACH DELETE n RETURN count(*) AS n"
    with driver.session(database=address.database) as session:
        while session.run(batch).single(True)["n"]:
            pass


class Server:
    """A Neo4j server, and how it is started, killed and stopped; the test is skipped where there can be none.

    `quick`: sooner up, and slower at its work: for one that is started again and again.
    """

    def __init__(self, home: Path, *, quick: bool = False) -> None:
        lacking = [name for name in ("java", "mvn") if shutil.which(name) is None]
        if lacking:
            pytest.skip(
                f"no Neo4j server: {' and '.join(lacking)} not found; or name one in BRANCHMAP_TEST_NEO4J"
            )
        JARS.mkdir(exist_ok=True)
        with FileLock(JARS / "lock"):  # of two test runs at once, one brings the jars
            _dev("--home", str(JARS), "fetch")
        # a graph of its own for each run: neither a developer's nor another run's is ever emptied
        (home / "dist").symlink_to(JARS / "dist")
        self.home = home
        self._options = ("--home", str(home), "--bolt-port", str(any_port()))
        self._options += ("--heap", "512m", "--pagecache", "64m", *(("--quick",) if quick else ()))

    def start(self) -> Address:
        _dev(*self._options, "start")
        known = json.loads(_dev(*self._options, "uri"))
        password = Path(known["password_file"]).read_text("utf-8").strip()
        return Address(known["uri"], Account(known["user"], password))

    def kill(self) -> None:
        noted = self.home / "server/run/neo4j.pid"
        pid = int(noted.read_text("utf-8"))
        noted.unlink()  # the number may soon be another process's
        os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        """End it at once: nobody needs its data any more, and a polite stop takes ten seconds."""
        with suppress(FileNotFoundError, ProcessLookupError):
            self.kill()


def _dev(*arguments: str) -> str:
    """What dev/neo4j.py prints; where it fails, what needs it is skipped with the reason."""
    line = [sys.executable, str(ROOT / "dev" / "neo4j.py"), *arguments]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if done.returncode:
        said = " ".join((done.stdout + done.stderr).strip().splitlines()[-2:])
        pytest.skip(f"no Neo4j server: dev/neo4j.py {arguments[-1]} failed: {said}")
    return done.stdout
