"""A process that loads the later round of the sample and says each step, so that a test can kill it there."""

from __future__ import annotations

from multiprocessing.connection import Connection

from graph_model.keys import KeyMaker
from graph_model.store.driver import Address
from graph_model.store.store import Store
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from tests.support.servers import ROOT

SECRET = b"a secret for tests"


def main(line: Connection, address: Address) -> None:
    with Store.open(address) as store:
        prepared = prepare(store, LoadRequest([ROOT / "data/sample/2006-10"], keys=KeyMaker(SECRET)))
        line.send("planned")

        def told(_what: str, done: int, of: int) -> None:
            line.send((done, of))
            # the test reads each step and may kill us here, in the middle of the transaction
            line.recv()

        apply(store, prepared, on_progress=told)
