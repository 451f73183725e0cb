"""Stores and a browser for tests: each test that asks for one runs on every kind of store there is.

BRANCHMAP_TEST_NEO4J (an address) and BRANCHMAP_TEST_NEO4J_PASSWORD_FILE name a Neo4j server that may be
EMPTIED; without them dev/neo4j.py starts one of its own. BRANCHMAP_CI=1 turns every skip into a failure.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import neo4j
import pytest
from hypothesis import settings

from graph_model.engine.lifecycle import start_or_attach
from graph_model.store.driver import Account, Address
from graph_model.store.store import Store
from tests.support.browser import chromium, shown_now
from tests.support.servers import Server, clear, driver_of
from tests.support.side_by_side import Groups

# no test fails for being slow: machines have other work
settings.register_profile("unhurried", parent=settings(), deadline=None)
settings.load_profile("unhurried")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With BRANCHMAP_CI=1 nothing may be skipped. A failure says what the open pages showed."""
    report = yield
    if report.failed and (shown := shown_now()):
        report.sections.append(("what the pages showed", shown))
    if report.skipped and os.environ.get("BRANCHMAP_CI") == "1" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, where nothing may be: {report.longrepr}"
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for a store or a browser, so that `make quick` can leave it out."""
    for item in items:
        asked = getattr(item, "fixturenames", ())
        if "site" in asked:
            item.add_marker("store")
        if "browser" in asked:
            item.add_marker("browser")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Groups:
    """How the tests are shared out where several processes run them."""
    return Groups(config, log)


@dataclass(frozen=True)
class Site:
    """A running store: where it answers, and whether it is a Neo4j server or the bundled engine."""

    address: Address
    server: bool


@pytest.fixture(scope="session", params=["bundled", "server"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Each kind of store in turn, for as long as the tests run."""
    with ExitStack() as stack:
        if request.param == "bundled":
            engine = stack.enter_context(start_or_attach(tmp_path_factory.mktemp("data"), heap_mib=512))
            yield Site(engine.address, server=False)
        else:
            yield Site(_server(stack, tmp_path_factory), server=True)


@pytest.fixture(scope="session")
def _line(site: Site) -> Iterator[neo4j.Driver]:
    with driver_of(site.address) as driver:
        yield driver


@pytest.fixture(scope="session")
def _open_store(site: Site) -> Iterator[Store]:
    with Store.open(site.address) as opened:
        yield opened


@pytest.fixture
def store(site: Site, _line: neo4j.Driver, _open_store: Store) -> Store:
    """An open store that holds nothing."""
    clear(_line, site.address)
    return _open_store


@pytest.fixture
def address(site: Site, store: Store) -> Address:
    """Where `store` answers: for a second store on the same graph."""
    return site.address


@pytest.fixture
def wrong_password(address: Address) -> Address:
    """Where `store` answers, with a password that is not the right one."""
    return replace(address, writer=Account(address.writer.user, "not-the-password"), reader=None)


@pytest.fixture
def hasty_store(site: Site, tmp_path: Path) -> Iterator[Store]:
    """A store in which every query is stopped after a second or two."""
    with ExitStack() as stack:
        if site.server:
            yield stack.enter_context(Store.open(site.address, read_seconds=1.0))
        else:
            # its time limit holds for the whole engine, so the short one needs an engine of its own
            hasty = stack.enter_context(start_or_attach(tmp_path / "hasty", heap_mib=256, query_seconds=2))
            yield stack.enter_context(Store.open(hasty.address))


@pytest.fixture
def nobody() -> Iterator[Address]:
    """An address at which nobody listens: the port is taken, so that nobody else can come to listen there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield Address(f"bolt://127.0.0.1:{taken.getsockname()[1]}", Account("neo4j", "a-secret-word"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real Chromium, for the tests of one file."""
    with chromium() as started:
        yield started


def _server(stack: ExitStack, folders: pytest.TempPathFactory) -> Address:
    if url := os.environ.get("BRANCHMAP_TEST_NEO4J"):
        password = Path(os.environ["BRANCHMAP_TEST_NEO4J_PASSWORD_FILE"]).read_text("utf-8").strip()
        return Address(url, Account("neo4j", password))
    server = Server(folders.mktemp("neo4j"))
    stack.callback(server.stop)
    return server.start()
