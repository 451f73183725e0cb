"""The line to the store: accounts that do not show, transactions, and the driver's errors in our words."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from neo4j import exceptions as faults

from graph_model.errors import (
    DuplicateKey,
    LoadUncertain,
    QueryRefused,
    StoreBusy,
    StoreDenied,
    StoreError,
    StoreUnavailable,
)
from graph_model.store.driver import Account, Address, BoltDriver, Transaction, translate
from graph_model.store.store import Store
from tests.support.servers import answering, driver_of

SELF_SIGNED = Path(__file__).parents[2] / "data" / "self_signed.pem"
URL = "bolt://db.example:7687"


def server_said(code: str, message: str = "it said so") -> faults.Neo4jError:
    return faults.Neo4jError._hydrate_neo4j(code=code, message=message)


def test_a_password_shows_in_no_repr() -> None:
    address = Address(URL, Account("anna", "geheim-7"), Account("otto", "geheim-8"))
    assert "geheim" not in repr(address) + str(address) + f"{address.writer!r} {address.reader}"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (server_said("Neo.ClientError.Security.Unauthorized"), StoreDenied),
        (server_said("Neo.ClientError.Security.CredentialsExpired"), StoreDenied),
        (server_said("Neo.ClientError.Security.AuthenticationRateLimit"), StoreDenied),
        (server_said("Neo.ClientError.Schema.ConstraintValidationFailed"), DuplicateKey),
        (server_said("Neo.ClientError.Statement.AccessMode"), QueryRefused),
        (server_said("Neo.ClientError.Security.Forbidden"), QueryRefused),
        (server_said("Neo.ClientError.Statement.SyntaxError"), QueryRefused),
        (server_said("Neo.ClientError.Transaction.TransactionTimedOut"), QueryRefused),
        (server_said("Neo.TransientError.Transaction.DeadlockDetected"), StoreBusy),
        (server_said("Neo.TransientError.General.MemoryPoolOutOfMemoryError"), StoreError),
        (server_said("Neo.TransientError.General.TransactionMemoryLimit"), StoreError),
        (server_said("Neo.DatabaseError.General.UnknownError"), StoreError),
        (faults.ServiceUnavailable("nobody"), StoreUnavailable),
        (faults.SessionExpired("gone"), StoreUnavailable),
        (ConnectionResetError("reset"), StoreUnavailable),
        (TimeoutError("timed out"), StoreUnavailable),
        (faults.IncompleteCommit("broke"), LoadUncertain),
    ],
    ids=lambda x: getattr(x, "code", None) or getattr(x, "__name__", None) or type(x).__name__,
)
def test_the_drivers_errors_in_our_words(error: Exception, kind: type[StoreError]) -> None:
    told = translate(error, URL)
    assert type(told) is kind
    assert told.message("zh")
    assert told.message("en")


def test_too_little_memory_names_the_settings_of_the_server() -> None:
    told = translate(server_said("Neo.TransientError.General.OutOfMemoryError"), URL)
    for language in ("zh", "en"):
        assert "server.memory.heap.max_size" in told.message(language)
        assert "dbms.memory.transaction.total.max" in told.message(language)


def test_what_is_too_large_for_the_server_is_not_tried_again(address: Address) -> None:
    tries = []

    def work(_tx: Transaction) -> None:
        tries.append(1)
        raise server_said("Neo.TransientError.General.MemoryPoolOutOfMemoryError")

    with BoltDriver(address) as line, pytest.raises(StoreError, match=r"server\.memory\.heap"):
        line.write(work)
    assert len(tries) == 1


def test_a_long_message_is_cut_and_put_on_one_line() -> None:
    told = translate(server_said("Neo.ClientError.Statement.SyntaxError", "x\n" * 1000), URL)
    assert len(told.message("en")) < 500
    assert "\n" not in told.message("en")


def test_a_write_lands_whole_or_not_at_all(store: Store) -> None:
    def broken(tx: Transaction) -> None:
        tx.run("CREATE (:Note {key: 'n_1'})")
        raise StoreBusy("停", "stop")

    with pytest.raises(StoreBusy, match="stop"):
        store._bolt.write(broken)
    count = "MATCH (n:Note) RETURN count(n) AS n"
    assert store._bolt.read(count) == [{"n": 0}]
    store._bolt.write(lambda tx: tx.run("CREATE (:Note {key: 'n_1'})"))
    assert store._bolt.read(count) == store._bolt.read_all(count) == [{"n": 1}]


@pytest.mark.parametrize("more", [0, 1, 3], ids=lambda more: f"{more} statements after it")
def test_what_was_sent_and_refused_is_raised_as_when_it_is_waited_for(store: Store, more: int) -> None:
    store._bolt.write(lambda tx: tx.run("CREATE (:Unit {key: 'u_1'})"))
    twice, other = "CREATE (:Unit {key: 'u_1'})", "CREATE (:Unit {key: $key})"

    def waiting(tx: Transaction) -> None:
        for at, text in enumerate([other, twice, *[other] * more]):
            tx.run(text, {"key": f"u_9{at}"})

    def sending(tx: Transaction) -> None:
        for at, text in enumerate([other, twice, *[other] * more]):
            tx.send(text, {"key": f"u_9{at}"})

    with pytest.raises(StoreError) as one:
        store._bolt.write(waiting)
    with pytest.raises(StoreError) as two:
        store._bolt.write(sending)
    assert type(one.value) is type(two.value)
    assert store._bolt.read("MATCH (u:Unit) RETURN u.key AS key") == [{"key": "u_1"}]


def test_what_was_sent_is_answered_in_any_order(store: Store) -> None:
    def work(tx: Transaction) -> list[list[dict[str, int]]]:
        sent = [tx.send("UNWIND $rows AS n RETURN n", {"rows": [n, n + 1]}) for n in range(3)]
        return [s.rows() for s in reversed(sent)]

    assert store._bolt.write(work) == [[{"n": n}, {"n": n + 1}] for n in (2, 1, 0)]


def test_what_nobody_asked_for_is_written_all_the_same(store: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.send("CREATE (n:Note {key: 'n_1'}) RETURN n.key AS key")
        tx.send("UNWIND range(1, 3000) AS n RETURN n")

    store._bolt.write(work)
    assert store._bolt.read("MATCH (n:Note) RETURN count(n) AS n") == [{"n": 1}]


def test_read_stops_at_its_limit(store: Store) -> None:
    text = "UNWIND range(1, 9) AS n RETURN n"
    assert len(store._bolt.read(text)) == 9
    assert len(store._bolt.read(text, limit=4)) == 4
    assert store._bolt.read(text, limit=0) == []


def test_an_address_without_a_scheme_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(StoreError) as told:
        BoltDriver(Address("nonsense", Account("anna", "geheim-7")))
    assert "geheim-7" not in str(told.value) + caplog.text


def test_nobody_listening_is_unavailable(nobody: Address) -> None:
    with BoltDriver(nobody, wait_seconds=1) as line, pytest.raises(StoreUnavailable):
        line.check()


def test_the_drivers_own_lines_do_not_stand_before_our_message():
    said = "import logging, graph_model.store.driver; logging.getLogger('neo4j.session').warning('raw')"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, check=True)
    assert done.stderr == b""


@pytest.mark.parametrize("site", ["server"], indirect=True)
def test_an_account_whose_password_has_expired_and_one_that_is_locked_are_called_that(
    address: Address,
) -> None:
    with driver_of(address) as admin:
        for name in ("expired", "locked"):
            text = (
                f"CREATE OR REPLACE USER {name} SET PASSWORD 'a-long-password' SET PASSWORD CHANGE REQUIRED"
            )
            admin.execute_query(text, database_="system")

    def said(user: str, password: str) -> str:
        with (
            BoltDriver(replace(address, writer=Account(user, password))) as line,
            pytest.raises(StoreDenied) as told,
        ):
            line.check()
        return told.value.message("en")

    assert "has expired" in said("expired", "a-long-password")
    assert "locked this user" in [said("locked", "wrong") for _ in range(6)][-1] or pytest.fail(
        "not locked"
    )


@pytest.fixture
def encrypted(request: pytest.FixtureRequest) -> Iterator[int]:
    """The port of a server with a certificate that it signed itself, or of one that knows no encryption."""
    with answering(encrypted=request.param) as port:
        yield port


@pytest.mark.parametrize(("encrypted", "instead"), [(True, "+ssc"), (False, "")], indirect=["encrypted"])
@pytest.mark.parametrize("kind", ["bolt", "neo4j"])
def test_a_certificate_that_is_not_trusted_is_answered_with_the_address_that_helps(
    encrypted: int, instead: str, kind: str
) -> None:
    place = f"127.0.0.1:{encrypted}"
    address = Address(f"{kind}+s://{place}", Account("anna", "geheim-7"))
    with BoltDriver(address, wait_seconds=2) as line, pytest.raises(StoreDenied) as told:
        line.check()
    for language in ("zh", "en"):
        assert f" {kind}{instead}://{place}" in told.value.message(language)
