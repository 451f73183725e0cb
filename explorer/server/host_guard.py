"""Refuse requests that were sent to another name than ours or by a page of another site, before Streamlit sees them.

The server listens on the loopback address only, but every page that is open in the same browser reaches it there. A
page of an attacker's name that was made to point at 127.0.0.1 (DNS rebinding) sends that name as Host; a page of
another site sends its own address as Origin.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import SplitResult, urlsplit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Message, Receive, Send], Awaitable[None]]

REFUSED = (
    "这个地址或来源不被接受。请用 http://127.0.0.1 或 http://localhost 打开；经反向代理用其他名称访问时，"
    "请把该名称写进 BRANCHMAP_HOSTS。\n"
    "This address or origin is not accepted. Open http://127.0.0.1 or http://localhost; a name by which a reverse "
    "proxy is reached belongs into BRANCHMAP_HOSTS.\n"
).encode()
_HEADERS = [
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"content-length", str(len(REFUSED)).encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
]
_FRAMES = (b"content-security-policy", b"frame-ancestors 'self'")
"""No other site's page may show ours inside of it and have it clicked."""


def guarded(app: Asgi, names: Iterable[str]) -> Asgi:
    """The application, asked only what is addressed to a loopback name or one of `names`, by a page of ours."""
    ours = frozenset(name.lower() for name in names)

    async def guard(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await app(scope, receive, send)
            return
        if not _accepted(scope, ours):
            await _refuse(scope, send)
            return

        async def framed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), _FRAMES]
            await send(message)

        await app(scope, receive, framed)

    return guard


def _accepted(scope: Message, names: frozenset[str]) -> bool:
    hosts, origins = (_values(scope, name) for name in (b"host", b"origin"))
    if len(hosts) != 1 or len(origins) > 1:
        return False
    host = _netloc(f"//{hosts[0]}")
    if host is None or not is_ours(host.hostname or "", names):
        return False
    if not origins:
        # a browser always says the origin of a socket; without one it could be anybody's
        return bool(scope["type"] == "http")
    origin = _netloc(origins[0])
    return origin is not None and origin.scheme in ("http", "https") and origin.netloc == host.netloc


def is_ours(hostname: str, names: frozenset[str] = frozenset()) -> bool:
    """Whether a request may be addressed so: a loopback address, localhost, or a name that the deployer gave.

    >>> is_ours("127.0.0.1"), is_ours("::1"), is_ours("localhost"), is_ours("evil.example"), is_ours("0.0.0.0")
    (True, True, True, False, False)
    """
    name = hostname.removesuffix(".")
    if name == "localhost" or name in names:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _values(scope: Message, name: bytes) -> list[str]:
    return [
        value.decode("latin-1").strip().lower() for key, value in scope["headers"] if key.lower() == name
    ]


def _netloc(text: str) -> SplitResult | None:
    """The parts of a host or an origin; None where there is more in it, or less, than a name and a port."""
    try:
        parts = urlsplit(text)
        _ = parts.port  # looked at: a port that is no number raises
    except ValueError:
        return None
    more = parts.path or parts.query or parts.fragment or "@" in parts.netloc
    return None if more or not parts.hostname else parts


async def _refuse(scope: Message, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})  # before it is accepted: answered with 403
        return
    await send({"type": "http.response.start", "status": 403, "headers": _HEADERS})
    await send({"type": "http.response.body", "body": REFUSED})
