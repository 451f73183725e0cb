"""The Neo4j that benchmarks load into: the developers' server, EMPTIED before each load."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import neo4j

from graph_model.store.driver import Account, Address

ROOT = Path(__file__).parent.parent


def address() -> Address:
    """Where dev/neo4j.py answers; NEO4J_DEV_HOME and NEO4J_DEV_BOLT_PORT say which one. It must run already."""
    said = subprocess.run(
        [sys.executable, str(ROOT / "dev" / "neo4j.py"), "uri"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    found = json.loads(said)
    password = Path(found["password_file"]).read_text("utf-8").strip()
    return Address(found["uri"], Account(found["user"], password))


def driver(at: Address) -> neo4j.Driver:
    """The bare driver, for peers."""
    return neo4j.GraphDatabase.driver(at.url, auth=(at.writer.user, at.writer.password))


def empty(at: Address) -> None:
    """Take everything out of the store; constraints and indexes stay."""
    with driver(at) as line, line.session() as session:
        session.run("MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 20000 ROWS").consume()


def counted(at: Address) -> tuple[int, int]:
    """(nodes, ties) in the store."""
    with driver(at) as line, line.session() as session:
        nodes = session.run("MATCH (n) RETURN count(n) AS n").single(strict=True)["n"]
        ties = session.run("MATCH ()-[r]->() RETURN count(r) AS n").single(strict=True)["n"]
    return int(nodes), int(ties)
