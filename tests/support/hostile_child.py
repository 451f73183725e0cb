"""Read one file as a round, with at most so much memory and time; for tests/loaders/test_hostile_files.py."""

from __future__ import annotations

import resource
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from graph_model.errors import InputError
from graph_model.keys import KeyMaker
from loaders.survey import read_round

MEMORY = 2 * 2**30
SECONDS = 60


def main(line: Connection, path: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.alarm(SECONDS)
    try:
        reading = read_round([path], keys=KeyMaker(b"test"), round="2006-10")
    except InputError as error:
        line.send({"error": error.text.zh, "problems": [], "names": []})
        return
    line.send(
        {
            "error": "",
            "problems": [[p.code, p.blocking, p.cell, p.what.zh] for p in reading.problems],
            "names": sorted(str(n.properties.get("name")) for n in reading.graph.nodes.values()),
        }
    )
