"""What was written about the differences of a round stays with it when the round is loaded again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from graph_model.coverage.totals import totals
from graph_model.store.store import State
from loaders.history.load_log import LoadEntry, last_load_of_round
from loaders.map.read_files import FileDigest
from loaders.reconcile.declared import Difference, reconcile
from loaders.survey import RoundSummary


def carry_over_explanations(
    differences: Iterable[Difference], last: LoadEntry | None, files: Iterable[FileDigest]
) -> tuple[Difference, ...]:
    """The differences with the explanations of the last load of the round, where its figures were the same.

    `files`: what is loaded now. An explanation that stands in a file goes before one that was written earlier,
    unless the file is as it was: then that one was written in its stead.
    """
    if last is None:
        return tuple(differences)
    said = {(t["id"], t["area"], t["declared"], t["found"]): t["explanation"] for t in last.totals}
    same = {f.name: f.sha256 for f in last.files}.items() & {f.name: f.sha256 for f in files}.items()
    unchanged = {name for name, _ in same}

    def explained(one: Difference) -> Difference:
        before = said.get((one.id, one.area, one.declared, one.found), "")
        ours = not one.explanation or (one.place is not None and one.place.file in unchanged)
        return replace(one, explanation=before) if before and ours else one

    return tuple(map(explained, differences))


def differences_of(
    said: RoundSummary,
    found: Mapping[str, int],
    by_area: Mapping[str, Mapping[str, int]],
    state: State,
    data: Path | None,
) -> tuple[Difference, ...]:
    """What a round declares beside what was found, with the explanations of its last load in the data folder."""
    own = reconcile(said.declared, found, totals(), by_area, said.balances, said.areas_of_files)
    last = last_load_of_round(data, said.round, state.load) if data is not None else None
    return carry_over_explanations(own, last, said.files)
