"""A process that loads a round into the history and kills itself at a step, told of so many times before."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from graph_model.keys import site_keys
from graph_model.store.driver import Address
from graph_model.store.store import Store
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest


def main(_line: Connection, address: Address, data: Path, folder: Path, step: str, times: int) -> None:
    left = times

    def told(what: str, _done: int, _of: int) -> None:
        nonlocal left
        if what == step:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    with Store.open(address) as store:
        request = LoadRequest([folder], keys=site_keys(data), complete=True, data=data)
        apply(store, prepare(store, request), on_progress=told)
