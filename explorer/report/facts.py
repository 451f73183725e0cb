"""The facts of a monthly pack: figures of the round, reader and day, asked once for all parts."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from explorer.answers import Answers, Overview
from explorer.gaps.counts import compared_places
from explorer.gaps.rule_list import figure_within, rows_within
from explorer.report.blocks import Paragraph, TableColumn
from explorer.report.words import REPORT_TEXTS, tell_dates, tell_day
from explorer.viewer import Viewer
from graph_model.coverage.areas import Area, Locality, areas_of
from graph_model.coverage.evaluate import Figure
from graph_model.errors import InputError
from graph_model.findings.counts import (
    ArrangedGaps,
    arranged_gaps,
    count_by_rule_and_area,
    count_by_status,
)
from graph_model.findings.round_figures import Change, RoundFigures
from graph_model.store.driver import Row
from graph_model.store.store import Round
from graph_model.text import Language


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What all parts of a pack ask. Numbers of gaps are counted in the store: a city's are too many to list."""

    answers: Answers
    viewer: Viewer
    seen: Overview
    round: Round
    day: date
    revision: str
    """Of the findings, asked once: each part asks for what is remembered under it."""
    within: Locality | None = None
    """The place that the pack is of; None for all that was surveyed."""
    lists: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    """Of a place, what each rule looked at there, by the rule's id."""

    @property
    def language(self) -> Language:
        """The reader's language."""
        return self.viewer.language

    @property
    def place(self) -> str:
        """What the sub-district is called; "" where it is not known."""
        found = self.seen.subdistrict
        return self.viewer.caption(found.label, found.properties) if found else ""

    def text(self, key: str, **values: object) -> str:
        """What a pack says under a key, with its values filled in and its dates as people write them."""
        return self.dates(REPORT_TEXTS[key].in_(self.language).format(**values))

    def dates(self, text: str) -> str:
        """A text with its dates as people write them."""
        return tell_dates(text, self.language)

    def today(self) -> str:
        """The day on which the pack is made."""
        return tell_day(self.day, self.language)

    def heads(self, *told: tuple[str, float, str]) -> tuple[TableColumn, ...]:
        """Columns from (key of the heading, share of the width, "l" or "c")."""
        return tuple(
            TableColumn(self.text(key), share, "left" if align == "l" else "center")
            for key, share, align in told
        )

    def joined(self, names: Sequence[str]) -> str:
        """Names one after the other."""
        return ("、" if self.language == "zh" else ", ").join(names)

    def area_names(self, keys: Iterable[str]) -> dict[str, str]:
        """The names of the areas of each key, one after the other; "" where it has none."""
        keys = tuple(keys)
        found = self._areas_of(keys)
        # an area is not told as one of its own areas
        return {k: self.joined([a.name for a in found.get(k, ()) if a.key != k]) for k in keys}

    def _areas_of(self, keys: Iterable[str]) -> Mapping[str, tuple[Area, ...]]:
        return areas_of(self.answers.store, keys)

    def inside(self, rows: Sequence[Row], key: str = "key") -> tuple[Row, ...]:
        """The rows of a register whose subject lies in the place; all of them where the pack is of no place."""
        if self.within is None:
            return tuple(rows)
        areas = self._areas_of({str(row[key]) for row in rows if row[key]})
        within = self.within
        return tuple(r for r in rows if within.holds(a.key for a in areas.get(str(r[key]), ())))

    def notice(self) -> tuple[Paragraph, ...]:
        """By which date periods are reckoned, where that is not today's."""
        said = self.seen.reckoning.notice
        return (
            (Paragraph(f"（{said.zh}）" if self.language == "zh" else f"{said.en}.", "subtitle"),)
            if said
            else ()
        )

    # ---- figures

    def figures(self, *natures: str) -> tuple[Figure, ...]:
        """The figures of the rules of these natures, in the catalogue's order."""
        return tuple(f for f in self.seen.figures if f.rule.nature in natures)

    def kept(self) -> Mapping[str, RoundFigures]:
        """What was kept of each round, by its name."""
        return {f.round: f for f in self.answers.history()}

    def changes(self) -> Mapping[str, Change]:
        """How each rate changed since the last round, by its id; none where that was not kept, or of a place."""
        if self.within is not None:
            return {}
        return {change.after.id: change for change in self.answers.changes()}

    def lives(self, rules: frozenset[str]) -> Mapping[str, int]:
        """How many findings of these rules there are, by their life in this round."""
        counts = self.answers.remember(
            ("pack lives", self.revision, self.round.name, self._place_key()),
            lambda: count_by_status(
                self.answers.store, self.round.name, self.within.areas if self.within else None
            ),
        )
        lives: dict[str, int] = {}
        for (rule, life), number in counts.items():
            if rule in rules:
                lives[life] = lives.get(life, 0) + number
        return lives

    def by_area(self) -> Mapping[tuple[str, str], int]:
        """{(rule, key of the area): how many gaps}; "" is no area."""
        found = self.answers.remember(
            ("pack areas", self.revision), lambda: count_by_rule_and_area(self.answers.store)
        )
        return {
            pair: n for pair, n in found.items() if self.within is None or self.within.holds((pair[1],))
        }

    def areas(self) -> Mapping[str, Area]:
        """The areas that have gaps, by key."""
        return self.answers.remember(("pack area names", self.revision), self._areas)

    def _areas(self) -> Mapping[str, Area]:
        keys = {key for _, key in self.by_area() if key}
        return {
            n.key: Area(n.label, n.key, str(n.properties.get("name", ""))) for n in self.answers.nodes(keys)
        }

    def arranged(self) -> tuple[ArrangedGaps, ...]:
        """What was arranged about the gaps."""
        found = self.answers.remember(
            ("pack arranged", self.revision, self.day),
            lambda: arranged_gaps(self.answers.store, self.day),
        )
        return tuple(a for a in found if self.within is None or self.within.holds(a.areas))

    def _place_key(self) -> str:
        return self.within.key if self.within else ""


def pack_facts(
    answers: Answers,
    viewer: Viewer,
    *,
    round_: str | None = None,
    today: date | None = None,
    within: Locality | None = None,
) -> PackFacts:
    """The facts of the round that the store is at, or of a place (`within`); older findings are computed first.

    InputError where nothing is loaded, or the store is at another round than `round_`.
    """
    answers.refresh()
    seen = answers.overview()
    if seen.round is None:
        raise InputError(
            "还没有导入任何数据，无法生成月报：先用 branchmap load 导入调摸工作簿。",
            "Nothing has been loaded yet, so there is nothing to report: use branchmap load first.",
        )
    check_round(seen.round, round_)
    day, revision = today or pack_day(seen), answers.revision()
    if within is None:
        return PackFacts(answers, viewer, seen, seen.round, day, revision)
    inside, lists = answers.remember(
        ("pack within", within.key, revision), lambda: _seen_within(answers, seen, within)
    )
    return PackFacts(answers, viewer, inside, seen.round, day, revision, within, lists)


def _seen_within(
    answers: Answers, seen: Overview, within: Locality
) -> tuple[Overview, Mapping[str, tuple[Row, ...]]]:
    """The figures of a place, and what each rule looked at there. How it was in an earlier round is not kept."""
    lists = {
        f.rule.id: rows_within(answers.store, f.rule, answers.profile, seen.reckoning.day, within)
        for f in seen.figures
        if f.failed is None
    }
    figures = tuple(
        figure_within(f.rule, lists[f.rule.id]) if f.rule.id in lists else f for f in seen.figures
    )
    [rates] = [f.rates for f in compared_places(answers) if f.locality.key == within.key]
    companies = [r for r in answers.units() if r["as_company"] and within.holds(r["areas"])]
    totals = {
        "companies": len(companies),
        "members": sum(r["members"] for r in companies),
        "with_members": sum(r["members"] > 0 for r in companies),
    }
    found = replace(
        seen,
        previous=None,
        subdistrict=answers.node(within.key),
        rates=rates,
        figures=figures,
        totals=totals,
    )
    return found, lists


def pack_day(seen: Overview) -> date:
    """The day on which a pack is made: today, or the last day of the month by which periods are reckoned."""
    if seen.reckoning.origin == "today":
        return date.today()
    year, month = int(seen.reckoning.day[:4]), int(seen.reckoning.day[5:7])
    return date(year, month, calendar.monthrange(year, month)[1])


def check_round(current: Round | None, wanted: str | None) -> None:
    """InputError where a report of another round is wanted than the one that the store is at."""
    if current is not None and wanted is not None and wanted != current.name:
        raise InputError(
            f"数据现为 {current.name} 批次，不能生成 {wanted} 的月报。"
            f"请用 --round {current.name}，或先导入 {wanted}。",
            f"The store is at round {current.name}; there is no report of {wanted}. "
            f"Use --round {current.name}, or load {wanted} first.",
        )
