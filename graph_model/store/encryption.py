"""Why no encrypted line to a server can be made: its certificate is not trusted, or it speaks no TLS at all.

The driver does not say: of a cluster's address it only reports that it found no server there.
"""

from __future__ import annotations

import socket
import ssl
from urllib.parse import urlsplit

from graph_model.errors import StoreDenied

SECONDS = 5.0


def encryption_fault(url: str) -> StoreDenied | None:
    """The error for a +s or +ssc address whose server is not trusted or not encrypted; None for any other fault."""
    parts = urlsplit(url)
    kind, _, how = parts.scheme.partition("+")
    if not how or parts.hostname is None:
        return None
    fault = _handshake_fault(parts.hostname, parts.port or 7687, trusted=how == "s")
    if fault is None:
        return None
    if isinstance(fault, ssl.SSLCertVerificationError):
        return StoreDenied(
            f"数据库 {url} 的证书不受信任（可能是自签名的）。若确认是本单位的服务器，把地址写成 {kind}+ssc://{parts.netloc}；"
            "否则请管理员换一张受信任的证书。",
            f"The certificate of {url} is not trusted; it may be self-signed. Where you know that the server is yours, "
            f"write {kind}+ssc://{parts.netloc} instead; else have its administrator give it one that is trusted.",
            detail=fault.verify_message,
        )
    return StoreDenied(
        f"数据库 {url} 不能建立加密连接。若它没有启用加密，把地址写成 {kind}://{parts.netloc}。",
        f"No encrypted line to {url} can be made. Where it does not use encryption, write {kind}://{parts.netloc} "
        "instead.",
        detail=" ".join(str(fault).split())[:200],
    )


def _handshake_fault(host: str, port: int, *, trusted: bool) -> ssl.SSLError | None:
    context = ssl.create_default_context()
    if not trusted:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((host, port), SECONDS) as line,
            context.wrap_socket(line, server_hostname=host),
        ):
            return None
    except ssl.SSLError as fault:
        return fault
    except OSError:
        return None
