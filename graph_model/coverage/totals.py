"""The control totals and the rates, as totals.toml and rates.toml declare them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from graph_model.coverage.rate_texts import (
    breakdown_cypher,
    declared_rates,
    rate_values,
    rates_cypher,
    units_cypher,
)
from graph_model.profile import Profile
from graph_model.schema import node_type
from graph_model.text import Language, Text, spoken_date

_HERE = Path(__file__).parent
_OWNERSHIP = node_type("Unit").property("ownership")
_COUNTED = Text("计入：{said}", "Counted: {said}")
_LEFT_OUT = Text("不计：{said}", "Not counted: {said}")
_CLAUSE = Text("依据：{said}。", "By: {said}.")
_ROUND = Text(
    "数据：{round}调摸批次，期限算至{as_of}。", "Data: survey round {round}; periods reckoned to {as_of}."
)
_FORMER = Text(
    "本单位参数已改为旧口径：联席会议、结对共建不论时间计入工作覆盖。",
    "This site's profile has the former reading: joint meetings and pairs of whatever date count as work coverage.",
)


@dataclass(frozen=True, slots=True)
class Total:
    """One control total: its names on a summary sheet, and the Cypher that returns `total`."""

    id: str
    text: Text
    aliases: tuple[str, ...]
    cypher: str


@dataclass(frozen=True, slots=True)
class RateText:
    """What a rate is called, what it means, and the sentences that say what it counts, what not, by which clause.

    `beside`: the rate beside which this figure is shown and in which it is never counted; "" for a rate proper.
    `base`: the column of `measures.units` that says whether a unit is in its base; the column of the rate's own id
    says whether it is covered.
    """

    id: str
    text: Text
    meaning: Text
    counted: Text
    left_out: Text
    clause: Text
    beside: str
    base: str


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate: operating units that are covered, of all operating ones of its base.

    `unknown`: units of which it is not known whether they are in the base; `closed` ones are closed or shells.
    Neither is in the denominator.
    """

    id: str
    numerator: int
    denominator: int
    unknown: int
    closed: int

    @property
    def share(self) -> float | None:
        """Numerator over denominator; None where there is nothing to divide by."""
        return self.numerator / self.denominator if self.denominator else None


@cache
def totals() -> tuple[Total, ...]:
    """Every declared control total, in the order of the file."""
    raw = tomllib.loads((_HERE / "totals.toml").read_text("utf-8"))
    return tuple(
        Total(id_, Text(t["zh"], t["en"]), tuple(t["aliases"]), t["cypher"]) for id_, t in raw.items()
    )


@cache
def rate_texts() -> tuple[RateText, ...]:
    """The rates and what is shown beside them, in the order of the file."""
    return tuple(
        RateText(
            id_,
            Text(t["zh"], t["en"]),
            **{
                name: Text(t[name]["zh"], t[name]["en"])
                for name in ("meaning", "counted", "left_out", "clause")
            },
            beside=t.get("beside", ""),
            base=t["base"],
        )
        for id_, t in declared_rates()["rates"].items()
    )


@cache
def main_rates() -> tuple[RateText, ...]:
    """The rates proper: those that are not shown beside another."""
    return tuple(r for r in rate_texts() if not r.beside)


def rate_sentences(
    text: RateText, profile: Profile, round_: str, as_of: str, language: Language
) -> tuple[str, ...]:
    """What is counted, what not, by which clause, from which data; and where a setting reads it otherwise, that."""
    values = rate_values(profile)
    said = [
        (_COUNTED, text.counted.in_(language).format(**values)),
        (_LEFT_OUT, text.left_out.in_(language).format(**values)),
        (_CLAUSE, text.clause.in_(language)),
    ]
    lines = [frame.in_(language).format(said=line) for frame, line in said]
    if counts_contact(profile) and "work" in (text.id, text.beside):
        lines.append(_FORMER.in_(language))
    told = {"round": spoken_date(round_, language), "as_of": spoken_date(as_of, language)}
    return (*lines, _ROUND.in_(language).format(**told))


def counts_contact(profile: Profile) -> bool:
    """Whether the profile has the former reading: joint meetings and pairs count as work coverage."""
    return rate_values(profile)["contact_counts"] == 1


def rates_definition(profile: Profile) -> tuple[object, ...]:
    """What tells one way to count the rates from another: the texts and the thresholds that they ask for."""
    asked = sorted(declared_rates()["params"].values())
    values = [profile.thresholds[name].value for name in asked if name in profile.thresholds]
    return units_cypher(), rates_cypher(), values


Where = Literal["covered", "uncovered", "unknown", "closed", ""]
"""In which of a rate's lists a unit stands; "" for a unit that the rate does not ask about."""


def where(text: RateText, row: Mapping[str, Any]) -> Where:
    """In which of the rate's lists the unit of a row of `measures.units` stands."""
    place = row[text.base]
    if place == "in":
        return "covered" if row[text.id] else "uncovered"
    return cast(Where, place)


def in_part(breakdown: str, part: str, row: Mapping[str, Any]) -> bool:
    """Whether the unit of a row of `measures.units` is of that part of a breakdown."""
    if breakdown == "area":
        return part in row["areas"] if part else not row["areas"]
    if breakdown == "subdistrict":
        return part in row["subdistricts"] if part else not row["subdistricts"]
    if breakdown == "ownership":
        return (row["ownership"] or "") == part
    manages = {name for name in ("commercial", "residential") if row[name]}
    return part == ("both" if len(manages) == 2 else "".join(manages))


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One way to take the rates apart. `terms` names the parts that are not named in the graph."""

    id: str
    text: Text
    terms: Mapping[str, Text]
    cypher: str


@dataclass(frozen=True, slots=True)
class Part:
    """The rates of one part: an area by its key, an ownership, what is managed; "" is none of them."""

    id: str
    text: Text
    rates: tuple[Rate, ...]


@cache
def breakdowns() -> tuple[Breakdown, ...]:
    """The ways to take the rates apart: by area, by ownership, by kind."""
    return tuple(
        Breakdown(
            id_,
            Text(t["zh"], t["en"]),
            {
                "": Text(t["none"]["zh"], t["none"]["en"]),
                **{term: Text(x["zh"], x["en"]) for term, x in t.get("terms", {}).items()},
                **({x.value: x.text for x in _OWNERSHIP.terms} if id_ == _OWNERSHIP.name else {}),
            },
            breakdown_cypher(id_),
        )
        for id_, t in declared_rates()["breakdowns"].items()
    )


def parts(breakdown: Breakdown, rows: Iterable[Mapping[str, Any]]) -> tuple[Part, ...]:
    """The parts of a breakdown from the rows of its text; what belongs to none comes last."""
    found = [
        Part(
            str(row["part"]),
            breakdown.terms.get(str(row["part"]))
            or Text(row["name"] or row["part"], row["name"] or row["part"]),
            rates(row),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda p: not p.id))


def rates(row: Mapping[str, Any]) -> tuple[Rate, ...]:
    """The rates from the row of `rates_cypher`, or of one part of a breakdown.

    >>> counts = {f"{base}_{place}": 0 for base in ("as_company", "as_due") for place in ("in", "unknown", "closed")}
    >>> covered = dict.fromkeys((r.id for r in rate_texts()), 1)
    >>> rates({**counts, **covered, "as_company_in": 4})[0].share
    0.25
    """
    return tuple(
        Rate(r.id, row[r.id], row[f"{r.base}_in"], row[f"{r.base}_unknown"], row[f"{r.base}_closed"])
        for r in rate_texts()
    )
