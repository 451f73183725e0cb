"""Connect to a store by the official neo4j driver: accounts, transactions, and errors in the product's words."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from graph_model.errors import (
    BranchmapError,
    DuplicateKey,
    LoadUncertain,
    QueryRefused,
    StoreBusy,
    StoreDenied,
    StoreError,
    StoreUnavailable,
)
from graph_model.store.deadline import too_slow, within
from graph_model.store.encryption import encryption_fault
from graph_model.store.lean_import import imported_without
from graph_model.text import Text

with imported_without("pandas"):  # 45 MiB, only for values that we neither send nor ask for
    import neo4j
    from neo4j import exceptions as faults

# Hints such as "no such type yet" are normal in an empty store, and their text repeats the whole query.
logging.getLogger("neo4j.notifications").setLevel(logging.ERROR)
# What the driver says of a broken or refused transaction, it also raises, and we say it in our words. Without a
# handler of its own, Python would print its lines before ours.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

Row = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Account:
    """A user and a password; the password never shows in a repr or a log."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a store answers, and with which accounts. `reader` is an account that cannot write, if any.

    Of the bundled engine: `heap_mib`, how much memory it has, and `explain`, which knows more of an error's cause.
    """

    url: str
    writer: Account
    reader: Account | None = None
    database: str | None = None
    heap_mib: int | None = None
    explain: Callable[[StoreError], StoreError] | None = field(default=None, repr=False, compare=False)


_IN_THE_TEXT = re.compile(r"\(line \d+, column \d+")
"""What a store says of a query's own text; all else that it says may hold a value of the data."""
_AT_ONCE = 500
_GRACE = 1.0
"""Seconds that a store has for ending a query at its time limit, before we go without it."""
_MOST_VALUES = 20_000_000
"""Characters and values of one answer: more is no list for people, and takes this process's memory."""


def _bounded(result: neo4j.Result, limit: int | None) -> list[Row]:
    """The rows of an answer: all of them, or at most `limit` and then QueryRefused where they are too large."""
    if limit is None:
        return [record.data() for record in result]
    rows: list[Row] = []
    size = 0
    for record in result if limit else ():
        row = record.data()
        size += _weight(row)
        if size > _MOST_VALUES:
            raise QueryRefused(
                "查询结果太大。请只取需要的列，或缩小范围后再试。",
                "The answer is too large. Ask for the columns that you need only, or narrow it down.",
            )
        rows.append(row)
        if len(rows) == limit:
            break
    return rows


def _weight(value: object) -> int:
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, Mapping):
        return sum(_weight(inner) for inner in value.values()) + len(value)
    if isinstance(value, list | tuple):
        return sum(_weight(inner) for inner in value) + 1
    return 1


class Sent:
    """A statement that was sent: the store may still be at it. What it refuses is raised at the next call at latest."""

    def __init__(self, result: neo4j.Result) -> None:
        self._result = result

    def rows(self) -> list[Row]:
        """Wait for its rows; to be asked once."""
        return [record.data() for record in self._result]


class Transaction:
    """One open write transaction: statements that land together or not at all."""

    def __init__(self, raw: neo4j.ManagedTransaction | neo4j.Transaction) -> None:
        self._raw = raw

    def run(self, text: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Run one statement and return its rows."""
        return self.send(text, parameters).rows()

    def send(self, text: str, parameters: Mapping[str, Any] | None = None) -> Sent:
        """Send one statement as soon as the one before it is done, and do not wait until it is done itself."""
        return Sent(self._raw.run(text, dict(parameters or {})))


class BoltDriver:
    """A connection to one store. Reads use the account that cannot write, where there is one."""

    def __init__(self, address: Address, *, read_seconds: float = 30.0, wait_seconds: float = 10.0) -> None:
        self.address = address
        self.read_seconds = read_seconds
        bookmarks = neo4j.GraphDatabase.bookmark_manager()
        self._session_options: dict[str, Any] = {
            "database": address.database,
            "bookmark_manager": bookmarks,
        }
        with self._told():
            self._writer = self._driver(address.writer, wait_seconds)
            self._reader = self._driver(address.reader, wait_seconds) if address.reader else self._writer

    def _driver(self, account: Account, wait_seconds: float) -> neo4j.Driver:
        return neo4j.GraphDatabase.driver(
            self.address.url,
            auth=(account.user, account.password),
            connection_timeout=wait_seconds,
            connection_acquisition_timeout=wait_seconds,
            max_transaction_retry_time=wait_seconds,
            telemetry_disabled=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close both accounts' connections."""
        self._writer.close()
        if self._reader is not self._writer:
            self._reader.close()

    def check(self) -> None:
        """Raise StoreUnavailable or StoreDenied unless both accounts are let in."""
        self.read("RETURN 1 AS one")
        self.read_all("RETURN 1 AS one")

    def read(
        self,
        text: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        seconds: float | None = None,
    ) -> list[Row]:
        """The rows of a reading query, at most `limit`, within a time limit.

        QueryRefused is raised for a query that is wrong, that would write, or that takes too long.
        """
        given = seconds or self.read_seconds
        query = neo4j.Query(text, timeout=given)
        options = {**self._session_options, "default_access_mode": neo4j.READ_ACCESS}
        if limit is not None:
            options["fetch_size"] = _AT_ONCE

        def answer() -> list[Row]:
            # few rows at a time, so that those after the limit, or the bound of size, are never sent
            with self._told(), self._reader.session(**options) as session:
                result = session.run(query, dict(parameters or {}))
                rows = _bounded(result, limit)
                result.consume()
                return rows

        return within(given + _GRACE, answer)

    def read_all(self, text: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of one of our own reading statements, without the reader's limits."""
        options = {**self._session_options, "default_access_mode": neo4j.READ_ACCESS}
        with self._told(), self._writer.session(**options) as session:
            # Ours return plain values only, so nothing needs to be turned into one.
            rows = session.run(text, dict(parameters or {}))
            return [dict(zip(record.keys(), record, strict=True)) for record in rows]

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Do `work` in one transaction. It may be called again where the store says that is safe."""

        def once(raw: neo4j.ManagedTransaction) -> T:
            try:
                return work(Transaction(raw))
            except faults.TransientError as error:
                if not _too_large(error):
                    raise
                # the same would be too large again, minutes later
                raise self._ours(error) from error

        with self._told(), self._writer.session(**self._session_options) as session:
            return session.execute_write(once)

    def rehearse(self, work: Callable[[TrialTransaction], T], *, seconds: float) -> T:
        """Do `work` in one transaction that is rolled back whatever happens: nothing of it is ever kept."""
        with self._told(), self._writer.session(**self._session_options) as session:
            raw = session.begin_transaction(timeout=seconds)
            try:
                return work(TrialTransaction(self, Transaction(raw)))
            finally:
                raw.close()  # rolls back; where the line broke, the server has done so

    def define(self, statements: Sequence[str]) -> None:
        """Run constraints and indexes, each in a transaction of its own."""
        with self._told(), self._writer.session(**self._session_options) as session:
            for text in statements:
                session.run(text).consume()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn the driver's errors into ours."""
        try:
            yield
        except BranchmapError:
            raise
        except (faults.DriverError, faults.Neo4jError, ValueError, OSError) as error:
            raise self._ours(error) from error

    def _ours(self, error: Exception) -> StoreError:
        found = translate(error, self.address.url)
        if self.address.explain is not None:
            return self.address.explain(found)
        if isinstance(found, StoreUnavailable):
            return encryption_fault(self.address.url) or found
        return found


class TrialTransaction(BoltDriver):
    """A line that reads inside one open transaction, and sees what was written there. It cannot write."""

    def __init__(self, line: BoltDriver, transaction: Transaction) -> None:
        self.address = line.address
        self.read_seconds = line.read_seconds
        self.transaction = transaction

    def close(self) -> None:
        """Nothing to close: the transaction belongs to whoever opened it."""

    def read(
        self,
        text: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        seconds: float | None = None,  # noqa: ARG002 - the time limit is the whole transaction's
    ) -> list[Row]:
        """The rows of a reading query inside the transaction, at most `limit`."""
        with self._told():
            return self.transaction.run(text, parameters)[:limit]

    def read_all(self, text: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of one of our own reading statements inside the transaction."""
        return self.read(text, parameters)

    def write(self, work: Callable[[Transaction], T]) -> T:  # noqa: ARG002 - as its parent
        """Refused: what is tried out is written before anybody reads."""
        raise QueryRefused("试算中不能写入。", "Nothing can be written while something is tried out.")

    def rehearse(self, work: Callable[[TrialTransaction], T], *, seconds: float) -> T:  # noqa: ARG002 - likewise
        """Refused: one trial at a time."""
        raise QueryRefused("试算中不能再试算。", "One trial at a time: this line is inside one.")

    def define(self, statements: Sequence[str]) -> None:  # noqa: ARG002 - likewise
        """Refused: constraints are made when a store is opened."""
        raise QueryRefused("试算中不能改变结构。", "Nothing can be defined while something is tried out.")


def _login_refused(code: str, url: str) -> StoreDenied | None:
    """The error for an account that cannot be used just now, though its password may be right; else None."""
    if "CredentialsExpired" in code:
        return StoreDenied(
            f"数据库 {url} 的密码已过期，须先更改：请用 cypher-shell 或 Neo4j Browser 登录一次并改密码，再把新密码放在 "
            "BRANCHMAP_PASSWORD 中。",
            f"The password for {url} has expired and must be changed first: log in once by cypher-shell or Neo4j "
            "Browser, change it, and put the new one into BRANCHMAP_PASSWORD.",
        )
    if "AuthenticationRateLimit" in code:
        return StoreDenied(
            f"数据库 {url} 因密码连续输错，暂时锁定了这个用户。请核对用户名和密码，稍等片刻（通常几秒）再试。",
            f"{url} has locked this user for a while, after too many wrong passwords. Check user and password, wait "
            "some seconds and try again.",
        )
    return None


def _too_large(error: Exception) -> bool:
    """Did the server have too little memory for the transaction."""
    code = getattr(error, "code", None) or ""
    return "OutOfMemory" in code or "MemoryLimit" in code


def translate(error: Exception, url: str) -> StoreError:
    """The driver's error as ours: what happened, where, what to do next. Holds no password."""
    code = getattr(error, "code", None) or ""
    said = " ".join(str(getattr(error, "message", None) or error).split())[:300]
    if isinstance(error, faults.IncompleteCommit):
        return LoadUncertain(
            f"与数据库 {url} 的连接在确认写入时中断。请重新执行同一导入：若已写入，计划会是空的。",
            f"The line to {url} broke while the load was being confirmed. Run the same load again: if it "
            "landed, the plan is empty.",
        )
    if (refused := _login_refused(code, url)) is not None:
        return refused
    if isinstance(error, faults.AuthError) or "Security.Unauthorized" in code:
        return StoreDenied(
            f"数据库 {url} 拒绝登录：用户名或密码不对。"
            "请检查 --store 中的用户名和环境变量 BRANCHMAP_PASSWORD。",
            f"{url} refused the login: wrong user or password. Check the user in --store and the "
            "environment variable BRANCHMAP_PASSWORD.",
        )
    if "Forbidden" in code or "Forbidden" in said or "AccessMode" in code or "read access mode" in said:
        return QueryRefused(
            "查询被拒绝：这里只能读取，不能写入。",
            "The query was refused: only reading is allowed here.",
            detail=said,
        )
    timed_out = "imeout" in said and not isinstance(error, faults.ServiceUnavailable)
    if timed_out or "TransactionTimedOut" in code:
        return too_slow()
    if isinstance(error, (faults.ServiceUnavailable, faults.SessionExpired, OSError)):
        return StoreUnavailable(
            f"数据库 {url} 没有应答。请确认它已启动、地址和端口正确，然后重试。",
            f"No answer from {url}. Make sure that it runs and that address and port are right, then try again.",
            detail=said,
        )
    if _too_large(error):
        return StoreError(
            f"数据库 {url} 的内存不够一次写完，没有写入任何内容。请管理员调大 server.memory.heap.max_size；若设了 "
            "dbms.memory.transaction.total.max 或 db.memory.transaction.max，也一并调大。",
            f"{url} has too little memory for one such transaction; nothing was written. Ask its administrator to "
            "raise server.memory.heap.max_size, and dbms.memory.transaction.total.max or "
            "db.memory.transaction.max where they are set.",
            detail=said,
        )
    if isinstance(error, faults.TransientError):
        return StoreBusy(
            f"数据库 {url} 正忙：另一个导入正在进行。请稍候再试。",
            f"{url} is busy: another load is running. Wait a moment and try again.",
            detail=said,
        )
    if isinstance(error, faults.ConstraintError):
        return DuplicateKey(
            "已有相同的记录，没有写入。请再试一次。",
            f"{url} holds that record already; nothing was written. Try again.",
            detail=said,
        )
    if isinstance(error, faults.ClientError) and not _IN_THE_TEXT.search(said):
        return QueryRefused(
            f"数据库不接受这个查询（{code}）：写法有误，或者某个值的类型、格式不合。",
            f"The store does not accept this query ({code}): it is written wrongly, or a value is of another kind "
            "than it needs.",
            values=said,
        )
    if isinstance(error, faults.ClientError):
        return QueryRefused(
            f"数据库不接受这个查询：{said}", f"The store does not accept this query: {said}"
        )
    return StoreError(f"数据库 {url} 出错：{said}", f"The store {url} failed: {said}")


def more_heap(wanted_mib: int) -> Text:
    """How to give the engine at least so much memory, in steps that people write."""
    value = -(-wanted_mib // 512) * 512
    return Text(
        f"请关闭 Branchmap 的页面和命令，把环境变量 BRANCHMAP_ENGINE_HEAP 设为 {value}（MiB）后再运行；"
        "本机内存不够时，分几次导入，或改用 Neo4j 服务器（--store）。",
        f"Close Branchmap's pages and commands, set the variable BRANCHMAP_ENGINE_HEAP to {value} (MiB) and run again; "
        "where the machine has too little memory, load in parts, or use a Neo4j server (--store).",
    )
