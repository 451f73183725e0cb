"""What was worked out after a load and kept with its round, read instead of asked again: the one way to the figures.

A city's rules take minutes to run over two million members, and their answers stay the same until the next load,
another rule or another threshold. So they run once, when findings are recomputed after a load, and every page,
export and command reads what was kept. Where nothing fitting was kept (`refresh_findings` has not run yet),
the same texts are asked now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from graph_model.coverage.catalogue import Catalogue, Rule, Status
from graph_model.coverage.evaluate import Figure, figure, subjects
from graph_model.coverage.measures import count_totals, part_rows, rates, rates_by_part, units
from graph_model.coverage.totals import Part, Rate, breakdowns, parts, rate_texts
from graph_model.findings.freshness import read_freshness, rules_hash
from graph_model.findings.round_figures import pack_coverage, reading_of, unit_coverage
from graph_model.findings.rule_run import FIRST, RuleResult
from graph_model.graph import Node
from graph_model.profile import Profile
from graph_model.store.driver import Row
from graph_model.store.store import Store
from graph_model.text import Text

NEVER = "1900-01"
"""The date to which periods are reckoned where nothing was loaded."""
_Name = Literal["figures", "parts", "lists"]


@dataclass(frozen=True, slots=True)
class FiguresSnapshot:
    """Where the present round stands: control totals, the rates, every rule's figure in its order."""

    totals: dict[str, int]
    rates: tuple[Rate, ...]
    figures: tuple[Figure, ...]

    def figure(self, rule: Rule) -> Figure:
        """The figure of one rule."""
        return next(f for f in self.figures if f.rule.id == rule.id)


def read_snapshot(
    store: Store, catalogue: Catalogue, profile: Profile, as_of: str | None
) -> FiguresSnapshot:
    """Totals, rates and figures: kept ones where they are of the present data and rules, else asked now.

    `as_of`: the date by which periods are reckoned; None where nothing was loaded: then there are no figures.
    """
    said = _kept(store, catalogue, profile, as_of, "figures")
    if said is None:
        rules = catalogue.rules if as_of is not None else ()
        asked = tuple(figure(store, rule, profile, as_of or "") for rule in rules)
        return FiguresSnapshot(count_totals(store), rates(store, profile, as_of or NEVER), asked)
    return FiguresSnapshot(
        {k: int(v) for k, v in said["totals"].items()},
        rates_of(said),
        tuple(_figure(rule, said) for rule in catalogue.rules),
    )


def stored_rates_by_part(
    store: Store, catalogue: Catalogue, profile: Profile, as_of: str | None
) -> dict[str, tuple[Part, ...]]:
    """{"area" | "subdistrict" | "ownership" | "kind": the rates of each part}, kept or asked now."""
    said = _kept(store, catalogue, profile, as_of, "parts")
    if said is None:
        return rates_by_part(store, profile, as_of or NEVER)
    return {b.id: parts(b, said[b.id]) for b in breakdowns()}


def subjects_page(
    store: Store,
    catalogue: Catalogue,
    profile: Profile,
    as_of: str,
    rule: Rule,
    *,
    status: Status = "gap",
    number: int = 0,
) -> tuple[Row, ...]:
    """One page (of FIRST rows, from 0) of a rule's subjects of a status, by name.

    The first page of gaps and of unknown subjects was kept; the others are asked now.
    """
    if number == 0 and status != "ok":
        said = _kept(store, catalogue, profile, as_of, "lists")
        if said is not None and rule.id in said:
            return tuple(said[rule.id][status])
    return subjects(store, rule, profile, as_of, status=status, skip=number * FIRST, limit=FIRST)


def take_snapshot(
    store: Store,
    profile: Profile,
    round_: str,
    as_of: str,
    answered: Iterable[RuleResult],
    *,
    before: Node | None = None,
) -> Node:
    """What is true now, as properties to be kept with the round.

    `before`: what was kept of the same data already, where only some rules were asked again.
    """
    found = tuple(answered)
    failed = {a.figure.rule.id: a.figure.failed for a in found if a.figure.failed is not None}
    gaps = {
        a.figure.rule.id: [a.figure.gaps, a.figure.unknown, a.figure.population]
        for a in found
        if a.figure.failed is None
    }
    lists = {a.figure.rule.id: a.first for a in found if a.figure.failed is None and a.first is not None}
    if before is not None:
        old = {name: json.loads(str(before.properties[name])) for name in ("figures", "lists")}
        kept = {
            **before.properties,
            "figures": _text(
                {**old["figures"], "gaps": {**old["figures"]["gaps"], **gaps}, "failed": _said(failed)}
            ),
            "lists": _text({**old["lists"], **lists}),
        }
        return Node("SurveyRound", f"d_{round_}", kept)
    said = {
        "as_of": as_of,
        "reading": reading_of(profile),
        "rates": {
            r.id: [r.numerator, r.denominator, r.unknown, r.closed] for r in rates(store, profile, as_of)
        },
        "totals": count_totals(store),
        "gaps": gaps,
        "failed": _said(failed),
    }
    return Node(
        "SurveyRound",
        f"d_{round_}",
        {
            "figures": _text(said),
            "companies": pack_coverage(unit_coverage(units(store, profile, as_of))),
            "parts": _text({b.id: part_rows(store, b, profile, as_of) for b in breakdowns()}),
            "lists": _text(lists),
        },
    )


def rates_of(said: Mapping[str, Any]) -> tuple[Rate, ...]:
    """The rates of kept figures."""
    return tuple(Rate(r.id, *said["rates"][r.id]) for r in rate_texts() if r.id in said["rates"])


def _figure(rule: Rule, said: Mapping[str, Any]) -> Figure:
    if rule.id in said["gaps"]:
        gaps, unknown, population = said["gaps"][rule.id]
        return Figure(rule, population, gaps, unknown)
    return Figure(rule, failed=Text(*said["failed"][rule.id]))


def _said(failed: Mapping[str, Text | None]) -> dict[str, list[str]]:
    return {id_: [text.zh, text.en] for id_, text in failed.items() if text is not None}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _kept(
    store: Store, catalogue: Catalogue, profile: Profile, as_of: str | None, name: _Name
) -> dict[str, Any] | None:
    """What was kept under a name, where it is of the present data, rules, thresholds and date."""
    now = read_freshness(store)
    if as_of is None or now.round is None:
        return None
    if (now.load, now.rules) != (str(now.version), rules_hash(catalogue, profile, as_of)):
        return None
    rows = store.ask(
        f"MATCH (d:SurveyRound {{key: $key}}) RETURN d.{name} AS said",
        {"key": f"d_{now.round}"},
    ).rows
    if not rows or rows[0]["said"] is None:
        return None
    found: dict[str, Any] = json.loads(str(rows[0]["said"]))
    return found
