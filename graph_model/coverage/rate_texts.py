"""What rates.toml says: the Cypher texts that figure, list, breakdown and rules share, and their thresholds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from graph_model.profile import Profile

_CHAINS: Mapping[str, tuple[str, ...]] = {
    "units": ("units",),
    "reach": ("units", "reach"),
    "pairs": ("pairs",),
}
AFTER = tuple(_CHAINS)
"""The shared texts that a rule's own may go on from (`cypher.after`)."""
_PIECE = re.compile(r"^\{(\w+)(?:: (.+))?\}$", re.MULTILINE)


@cache
def declared_rates() -> Mapping[str, Any]:
    """The file, as it was written."""
    return tomllib.loads(Path(__file__).with_name("rates.toml").read_text("utf-8"))


def shared_text(after: str) -> str:
    """The shared text of that name with those before it: a row for each unit, or ("pairs") for each pair."""
    texts = declared_rates()["texts"]
    return "\n".join(_PIECE.sub(_piece, str(texts[name]).strip()) for name in _CHAINS[after])


def _piece(named: re.Match[str]) -> str:
    """The part of a text that a line of it names, with what it has to carry along."""
    text = str(declared_rates()["pieces"][named[1]]).strip()
    return text.replace("{carried}", f"{named[2]}, " if named[2] else "")


def rate_values(profile: Profile) -> dict[str, int]:
    """{name: number} of the thresholds that the shared texts and the sentences on the rates ask for."""
    return {name: profile.value(dotted) for name, dotted in declared_rates()["params"].items()}


@cache
def rates_cypher() -> str:
    """One row: the counts of every rate over all units."""
    return f"{shared_text('reach')}\nRETURN {_counts()}"


@cache
def units_cypher() -> str:
    """Every unit that a rate asks about, with what covers it: a page of $limit after the key $after."""
    covered = ", ".join(f"{t['covered']} AS {id_}" for id_, t in declared_rates()["rates"].items())
    listed = declared_rates()["texts"]["list"].strip()
    return f"{shared_text('reach')}\n{listed},\n       {covered}\nORDER BY key LIMIT $limit"


@cache
def breakdown_cypher(id_: str) -> str:
    """A row for each part of a breakdown, with the counts of every rate."""
    binds = declared_rates()["breakdowns"][id_]["cypher"].strip()
    return (
        f"{shared_text('reach')}\nWITH * WHERE as_company + as_due <> ''\n{binds}\n"
        f"RETURN part, name, {_counts()}\nORDER BY name, part"
    )


def _counts() -> str:
    """For each base how many units are in it and how many apart, for each rate how many are covered."""
    rates = declared_rates()["rates"]
    lines = [
        f"count(CASE WHEN {base} = '{place}' THEN 1 END) AS {base}_{place}"
        for base in dict.fromkeys(table["base"] for table in rates.values())
        for place in ("in", "unknown", "closed")
    ]
    lines += [
        f"count(CASE WHEN {table['base']} = 'in' AND {table['covered']} THEN 1 END) AS {id_}"
        for id_, table in rates.items()
    ]
    return ",\n       ".join(lines)
