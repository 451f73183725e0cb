"""Who is answered: requests as an attacker's page sends them, over sockets, against the pages' own process."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.server.serve import free_port, pages
from explorer.settings import read_hosts
from graph_model.errors import InputError
from tests.support.command_line import Line

pytestmark = pytest.mark.slow

OPEN_TO_ALL = """
[server]
enableCORS = false
corsAllowedOrigins = ["http://evil.example"]
enableXsrfProtection = false
enableAgentApi = true
baseUrlPath = "elsewhere"
[client]
showErrorLinks = true
showErrorDetails = "full"
allowedOrigins = ["http://evil.example"]
[browser]
serverAddress = "evil.example"
serverPort = 1
"""
PATHS = (
    "/",
    "/graph",
    "/_stcore/health",
    "/_stcore/host-config",
    "/media/0123.pdf",
    "/app/static/icon.png",
    "/component/none/a.js",
    "/_stcore/upload_file/a/b",
)
FOREIGN = (
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1.evil.example:{port}",
    "localhost.evil.example",
    "evil.localhost.example",
    "0.0.0.0:{port}",
    "192.168.1.7:{port}",
    "[::]:{port}",
    "[fe80::1]:{port}",
    "127.0.0.1:{port}@evil.example",
    "evil.example#127.0.0.1",
    "127.0.0.1:x",
    "",
)
OURS = (
    "127.0.0.1:{port}",
    "localhost:{port}",
    "LOCALHOST:{port}",
    "localhost",
    "localhost:9000",
    "[::1]:{port}",
    "map.example.org",
    "MAP.example.org:443",
)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The pages for a user whose own Streamlit settings open everything."""
    home = tmp_path_factory.mktemp("user")
    (home / ".streamlit").mkdir()
    (home / ".streamlit" / "config.toml").write_text(OPEN_TO_ALL, "utf-8")
    environment = {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "BRANCHMAP_HOME": str(home / "data"),
        "BRANCHMAP_HOSTS": "map.example.org",
        "STREAMLIT_SERVER_ENABLE_CORS": "false",
        "STREAMLIT_SERVER_CORS_ALLOWED_ORIGINS": '["http://evil.example"]',
        "STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION": "false",
        "STREAMLIT_CLIENT_SHOW_ERROR_LINKS": "true",
        "STREAMLIT_SERVER_ADDRESS": "0.0.0.0",
    }
    found = free_port(18500)
    with pages(home / "data", environment, found) as running:
        running.wait_ready()
        yield found


def asked(port: int, path: str, *headers: str, method: str = "GET") -> tuple[int, str]:
    """The status and all else that is answered to a request with just these headers."""
    last = () if "Connection: Upgrade" in headers else ("Connection: close",)
    lines = [f"{method} {path} HTTP/1.1", *(h.format(port=port) for h in headers), *last]
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        said = b""
        while b"\r\n\r\n" not in said and (more := line.recv(65536)):
            said += more
        if b" 101 " not in said.split(b"\r\n", 1)[0]:
            while more := line.recv(65536):
                said += more
    return int(said.split(b" ", 2)[1]), said.decode("utf-8", errors="replace")


def socket_asked(port: int, *headers: str) -> int:
    """The status that is answered to one who wants the socket of a session."""
    return asked(
        port,
        "/_stcore/stream",
        *headers,
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Connection: Upgrade",
    )[0]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", FOREIGN)
def test_a_foreign_host_is_refused_wherever_it_asks(port: int, host: str, path: str) -> None:
    assert asked(port, path, f"Host: {host}")[0] in (400, 403)


@pytest.mark.parametrize("host", FOREIGN)
def test_a_foreign_host_gets_no_socket_and_loads_nothing_up(port: int, host: str) -> None:
    assert socket_asked(port, f"Host: {host}", f"Origin: http://{host}") in (400, 403)
    for method in ("PUT", "DELETE", "POST", "OPTIONS", "HEAD"):
        status, _ = asked(port, "/_stcore/upload_file/a/b", f"Host: {host}", method=method)
        assert status in (400, 403)


@pytest.mark.parametrize("host", OURS)
def test_our_names_and_those_of_the_deployer_are_answered(port: int, host: str) -> None:
    assert asked(port, "/", f"Host: {host}")[0] == 200
    assert socket_asked(port, f"Host: {host}", f"Origin: http://{host}") == 101
    assert socket_asked(port, f"Host: {host}", f"Origin: https://{host}") == 101


def test_two_hosts_or_none_are_refused(port: int) -> None:
    assert asked(port, "/", "Host: localhost", "Host: evil.example")[0] in (400, 403)
    assert asked(port, "/")[0] in (400, 403)


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://localhost:{port}",
        "file://127.0.0.1:{port}",
        "http://127.0.0.1:{port}/a",
        "http://127.0.0.1:{port}@evil.example",
        "http://map.example.org",
    ],
)
def test_a_page_of_another_origin_gets_neither_page_nor_socket(port: int, origin: str) -> None:
    own = "Host: 127.0.0.1:{port}"
    assert asked(port, "/_stcore/health", own, f"Origin: {origin}")[0] == 403
    assert socket_asked(port, own, f"Origin: {origin}") == 403


def test_a_socket_without_an_origin_is_refused(port: int) -> None:
    assert socket_asked(port, "Host: 127.0.0.1:{port}") == 403


def test_what_a_user_opened_in_streamlits_own_settings_is_closed(port: int) -> None:
    own = "Host: 127.0.0.1:{port}"
    status, said = asked(port, "/_stcore/host-config", own, "Origin: http://127.0.0.1:{port}")
    assert status == 200
    assert json.loads(said.split("\r\n\r\n", 1)[1])["allowedOrigins"] == [f"http://127.0.0.1:{port}"]
    assert "evil" not in said
    status, said = asked(port, "/_stcore/health", own)
    assert "access-control-allow-origin" not in said.lower()
    assert "_streamlit_xsrf=" in said
    # without its token, an upload is refused
    status, _ = asked(port, "/_stcore/upload_file/a/b", own, "Content-Length: 0", method="PUT")
    assert status == 403
    assert asked(port, "/_stcore/agent/interact", own, "Content-Length: 0", method="POST")[0] in (403, 404)
    assert "frame-ancestors 'self'" in asked(port, "/", own)[1]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is not there to be asked")
def test_only_the_one_address_listens_whatever_a_variable_says(port: int) -> None:
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("127.0.0.2", port))


@pytest.mark.parametrize("wrong", ["http://a", "a:80", "*", "*.example.org", "a b", "a/b", "甲"])
def test_a_host_that_is_no_name_is_told_at_once(tmp_path: Path, wrong: str) -> None:
    done = Line(tmp_path)("serve", "--no-browser", BRANCHMAP_HOSTS=wrong)
    assert (done.returncode, done.stdout) == (2, "")
    assert "BRANCHMAP_HOSTS" in done.stderr


def test_more_than_one_name_may_be_given() -> None:
    assert read_hosts({"BRANCHMAP_HOSTS": " A.example , b ,"}) == ("a.example", "b")
    with pytest.raises(InputError):
        read_hosts({"BRANCHMAP_HOSTS": "a,http://b"})
