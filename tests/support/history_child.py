"""A process that loads a round into the history and kills itself at a step: python -m tests.support.history_child.

Arguments: address, user, data folder, round's folder, step, how many times it must have been told of first.
The password comes by the environment.
"""

import os
import signal
import sys
from pathlib import Path

from graph_model.keys import KeyMaker
from graph_model.secret import site_secret
from graph_model.store.driver import Account, Address
from graph_model.store.store import Store
from loaders.pipeline import LoadRequest, apply, prepare


def main(url: str, user: str, data: str, folder: str, step: str, times: str) -> None:
    left = int(times)

    def told(what: str, _done: int, _of: int) -> None:
        nonlocal left
        if what == step:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    address = Address(url, Account(user, os.environ["CHILD_PASSWORD"]))
    secret = site_secret(Path(data))
    with Store.open(address) as store:
        prepared = prepare(
            store, LoadRequest([Path(folder)], keys=KeyMaker(secret), complete=True, data=Path(data))
        )
        apply(store, prepared, on_progress=told)


if __name__ == "__main__":
    main(*sys.argv[1:])
