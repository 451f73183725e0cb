"""kill -9 of the loader, and of the server, at ten moments of a load: the old graph or the new one, no other."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.engine import lifecycle
from graph_model.errors import StoreUnavailable
from graph_model.findings.freshness import is_stale
from graph_model.findings.refresh import refresh_findings
from graph_model.graph import Graph
from graph_model.keys import KeyMaker
from graph_model.plan import make_plan
from graph_model.profile import read_profile
from graph_model.progress import ProgressStep
from graph_model.store.driver import Address
from graph_model.store.store import Store
from loaders.pipeline import apply, prepare, run
from loaders.prepared_load import LoadRequest
from loaders.survey import read_round
from tests.support import loading_child
from tests.support.forks import forked
from tests.support.servers import ROOT, Server

pytestmark = pytest.mark.slow

SECRET = b"a secret for tests"
OLD, NEW = ROOT / "data/sample/2006-04", ROOT / "data/sample/2006-10"
MOMENTS = 10


@dataclass
class Bundled:
    """The bundled engine, and how it is killed and comes back."""

    data: Path
    held: list[lifecycle.Engine] = field(default_factory=list)

    def start(self) -> Address:
        for lease in self.held:
            lease.release()
        self.held = [lifecycle.start_or_attach(self.data, heap_mib=256)]
        return self.held[0].address

    def kill(self) -> None:
        pid = lifecycle.status(self.data).pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        for lease in self.held:
            lease.release()
        lifecycle.stop(self.data)


@pytest.fixture(scope="module", params=["bundled", "server"])
def killable(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bundled | Server]:
    folder = tmp_path_factory.mktemp("killable")
    runner = Bundled(folder) if request.param == "bundled" else Server(folder, quick=True)
    yield runner
    runner.stop()


@cache
def graph_of(folder: Path) -> Graph:
    return read_round([folder], keys=KeyMaker(SECRET)).graph


def held_round(store: Store) -> str:
    """Which round's graph the store holds, to the last tie; "neither" for anything else."""
    held = store.held()
    for folder in (OLD, NEW):
        if make_plan(graph_of(folder), held).empty:
            return folder.name
    return "neither"


def put_old(address: Address) -> None:
    with Store.open(address) as store:
        if store.state().round != "2006-04":
            apply(store, prepare(store, LoadRequest([OLD], keys=KeyMaker(SECRET), complete=True)))


def run_until(line: Connection, moment: int) -> None:
    """Let the loader go on until a share of its writing is done; it then waits in the transaction.

    Moment 0 is before the first statement is confirmed, MOMENTS - 1 is after the last one, before the commit.
    """
    assert line.recv() == "planned"
    while True:
        done, of = line.recv()
        if done >= of * moment / (MOMENTS - 1):
            return
        line.send("go on")


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_killed_loader_leaves_the_old_graph(killable: Bundled | Server, moment: int) -> None:
    address = killable.start()
    put_old(address)
    with forked(loading_child.main, address) as (_, line):
        run_until(line, moment)
    with Store.open(address) as store:
        assert held_round(store) == store.state().round == "2006-04"


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_killed_server_comes_back_with_the_old_graph_or_the_new_one(
    killable: Bundled | Server, moment: int
) -> None:
    address = killable.start()
    put_old(address)
    with forked(loading_child.main, address) as (_, line):
        run_until(line, moment)
        if moment == MOMENTS - 1:
            line.send("go on")  # the commit is on its way when the server dies
        killable.kill()
    with Store.open(killable.start()) as store:
        round_ = held_round(store)
        assert round_ == store.state().round
        assert round_ == "2006-04" or (round_ == "2006-10" and moment == MOMENTS - 1)


def test_after_all_that_the_load_lands_and_is_no_refused_one_where_the_server_dies_right_after_it(
    killable: Bundled | Server, tmp_path: Path
) -> None:
    rules = Catalogue((read_catalogue().rule("area_without_branch"),))
    profile = read_profile()
    done: list[str] = []

    def kill_after_writing(what: str, _done: int, _of: int) -> None:
        if what == ProgressStep.RULES and ProgressStep.CONFIRM in done:
            killable.kill()
        done.append(what)

    with Store.open(killable.start()) as store:
        request = LoadRequest([NEW], keys=KeyMaker(SECRET), complete=True, data=tmp_path)
        prepared = prepare(store, request)
        landed = run(store, prepared, rules, profile, on_progress=kill_after_writing)
    assert landed.state.round == "2006-10"
    assert isinstance(landed.figures_late, StoreUnavailable)

    with Store.open(killable.start()) as store:
        assert store.state() == landed.state
        assert held_round(store) == "2006-10"
        assert refresh_findings(store, rules, profile)
        assert not is_stale(store, rules, profile)
