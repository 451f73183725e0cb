"""A process that loads the later round of the sample and says each step, so that a test can kill it there.

Arguments: address, user, database ("" for the default). The password comes by the environment.
"""

import os
import sys
from pathlib import Path

from graph_model.keys import KeyMaker
from graph_model.store.driver import Account, Address
from graph_model.store.store import Store
from loaders.pipeline import LoadRequest, apply, prepare

SECRET = b"a secret for tests"


def main(url: str, user: str, database: str) -> None:
    address = Address(url, Account(user, os.environ["CHILD_PASSWORD"]), database=database or None)
    with Store.open(address) as store:
        prepared = prepare(store, LoadRequest([Path("data/sample/2006-10")], keys=KeyMaker(SECRET)))
        print("planned", flush=True)

        def told(_what: str, done: int, of: int) -> None:
            print(done, of, flush=True)
            # the test reads each line and may kill us here, in the middle of the transaction
            sys.stdin.readline()

        apply(store, prepared, on_progress=told)
    print("applied", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
