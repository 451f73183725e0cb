"""A process that brings the findings up to date when it is told to, and says how that went."""

from __future__ import annotations

from multiprocessing.connection import Connection

from graph_model.coverage.catalogue import Catalogue
from graph_model.errors import BranchmapError
from graph_model.findings.refresh import refresh_findings
from graph_model.profile import Profile
from graph_model.store.driver import Address
from graph_model.store.store import Store


def main(line: Connection, address: Address, catalogue: Catalogue, profile: Profile) -> None:
    with Store.open(address) as store:
        line.send("ready")
        line.recv()
        try:
            line.send(refresh_findings(store, catalogue, profile))
        except BranchmapError as error:
            line.send(f"{type(error).__name__}: {error}")
