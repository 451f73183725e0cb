"""From a store address to an open store: the bundled engine by default, a Neo4j server where one is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from graph_model.engine.lifecycle import start_or_attach
from graph_model.errors import InputError
from graph_model.store.driver import Account, Address
from graph_model.store.store import Store
from graph_model.text import Text

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
READ_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class StoreChoice:
    """Which store to use. `url` None is the bundled engine in the data folder, with its own heap setting."""

    data: Path
    url: str | None = None
    password: Callable[[], str] | None = None
    heap_mib: int | None = None


def server_address(url: str, password: Callable[[], str] | None) -> Address:
    """A server's address from a text such as neo4j://user@host:7687.

    InputError is raised for an unknown scheme, a missing host or user, and for a password in the address:
    it would stand in the process list and in the shell's history.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # a bracket that does not close
        parts = urlsplit("")
    if parts.scheme not in SCHEMES or not parts.hostname:
        # the rest of it is not repeated: it may hold a password
        raise InputError(
            f"数据库地址 {parts.scheme}://… 不对。写法：neo4j://用户名@主机:7687（可用 {'、'.join(SCHEMES)}）。",
            f"The store address {parts.scheme}://… is wrong. Write neo4j://user@host:7687 "
            f"(one of {', '.join(SCHEMES)}).",
        )
    if parts.password:
        raise InputError(
            "不要把密码写在地址里：它会出现在进程列表中。请放在环境变量 BRANCHMAP_PASSWORD 中，或在提示时输入。",
            "Do not put the password into the address: it would show in the process list. Use the environment "
            "variable BRANCHMAP_PASSWORD, or type it when asked.",
        )
    try:
        port = parts.port or 7687
    except ValueError as error:
        raise InputError(
            "数据库地址中的端口不是数字（0–65535）。",
            "The port in the store address is no number up to 65535.",
        ) from error
    database = parts.path.strip("/") or None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return Address(
        f"{parts.scheme}://{host}:{port}",
        Account(parts.username or "neo4j", password() if password else ""),
        database=database,
    )


@contextmanager
def open_store(
    choice: StoreChoice, *, on_progress: Callable[[Text], None] | None = None
) -> Iterator[Store]:
    """An open store for as long as the block lasts. Starts the bundled engine, or attaches to it.

    Raises EngineError, StoreUnavailable, StoreDenied or InputError.
    """
    if choice.url is not None:
        with Store.open(server_address(choice.url, choice.password), read_seconds=READ_SECONDS) as store:
            yield store
        return
    with (
        start_or_attach(choice.data, heap_mib=choice.heap_mib, on_progress=on_progress) as engine,
        Store.open(engine.address, read_seconds=READ_SECONDS) as store,
    ):
        yield store
