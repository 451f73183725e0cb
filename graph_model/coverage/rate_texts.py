"""What rates.toml says: the Cypher texts that figure, list, breakdown and rules share, and their thresholds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from graph_model.profile import Profile

AFTER = ("units", "reach")
"""The shared texts that a rule's own may go on from (`cypher.after`), each with those before it."""


@cache
def declared_rates() -> Mapping[str, Any]:
    """The file, as it was written."""
    return tomllib.loads(Path(__file__).with_name("rates.toml").read_text("utf-8"))


def shared_text(after: str) -> str:
    """The text that binds a row for each unit, up to the one of that name."""
    texts = declared_rates()["texts"]
    return "\n".join(str(texts[name]).strip() for name in AFTER[: AFTER.index(after) + 1])


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
