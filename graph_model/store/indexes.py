"""Create a store's constraints and indexes when it is opened."""

from __future__ import annotations

import hashlib

from graph_model.errors import QueryRefused
from graph_model.store import cypher
from graph_model.store.driver import BoltDriver
from graph_model.store.load_transaction import STATE_KEY

_SCHEMA = "MATCH (z:StoreState {key: $key}) RETURN z.schema AS schema"


def create_indexes(bolt: BoltDriver) -> None:
    """Make sure of constraints and indexes; the store remembers which it has, for a quick second opening."""
    wanted = (*cypher.constraints(), *cypher.indexes())
    mark = hashlib.sha256("\n".join(wanted).encode()).hexdigest()[:16]
    held = bolt.read_all(_SCHEMA, {"key": STATE_KEY})
    if held and held[0]["schema"] == mark:
        return
    bolt.define(wanted)
    try:
        bolt.write(
            lambda tx: tx.run(
                "MERGE (z:StoreState {key: $key}) SET z.schema = $mark", {"key": STATE_KEY, "mark": mark}
            )
        )
    except QueryRefused:  # two who open an empty store at once: one of them finds it done
        held = bolt.read_all(_SCHEMA, {"key": STATE_KEY})
        if not held or held[0]["schema"] != mark:
            raise
