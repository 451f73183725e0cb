"""The annexes of the pack, each as blocks: lists of what is missing, registers, rates by area, and the data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from explorer.export.sheets import text_columns
from explorer.gaps.counts import compared_places
from explorer.report.blocks import Block, GroupRow, Paragraph, ReportTable, TableColumn, TableRow
from explorer.report.data_note import data_note
from explorer.report.facts import PackFacts
from explorer.report.registers import cleared_rows, matter_rows, pair_rows, posting_rows
from explorer.report.words import REPORT_TEXTS, format_rate
from graph_model.coverage.catalogue import Rule, Status, format_term
from graph_model.coverage.totals import Rate, main_rates
from graph_model.errors import InputError
from graph_model.store.driver import Row
from graph_model.text import Language

MOST_ROWS = 200
"""How many rows of a kind a pack shows; an annex by itself has all of them."""
_WIDE = 6
_SUBJECTS = {"Member": "member", "Branch": "branch", "Unit": "unit"}

Make = Callable[[PackFacts, int | None], tuple[Block, ...]]


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex: its name on the command line, and what makes its blocks; none where there is nothing to list.

    `make` takes the facts and how many rows of a kind to show at most, None for all.
    """

    id: str
    make: Make

    def title(self, language: Language) -> str:
        """What it is called."""
        return REPORT_TEXTS[self.id].in_(language)


def is_wide(blocks: Iterable[Block]) -> bool:
    """Whether the blocks hold a table that needs the page across."""
    return any(isinstance(b, ReportTable) and len(b.columns) > _WIDE for b in blocks)


def find_annex(name: str) -> Annex:
    """The annex of a name: its id, its number or its Chinese title; InputError names the ones there are."""
    for number, annex in enumerate(ANNEXES, start=1):
        if name.strip().replace("-", "_") in (annex.id, str(number), annex.title("zh")):
            return annex
    zh = "、".join(f"{a.id}（{a.title('zh')}）" for a in ANNEXES)
    en = ", ".join(a.id for a in ANNEXES)
    raise InputError(f"没有附件 {name}；可用的有：{zh}", f"There is no annex {name}; there are: {en}")


def fitted_columns(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[TableColumn, ...]:
    """Columns as wide as what they hold: short ones are not broken, and long ones share the rest."""
    widths = [max(text_columns(head), 4) for head in heads]
    long = [False] * len(heads)
    for row in rows:
        for index, cell in enumerate(row):
            wide = text_columns(cell)
            long[index] = long[index] or wide > 12
            widths[index] = max(widths[index], min(wide, 34))
    return tuple(
        TableColumn(head, width + 2, "left" if left else "center")
        for head, width, left in zip(heads, widths, long, strict=True)
    )


# ---- lists of a rule


def _rule_annex(rule_id: str, order: str, facts: PackFacts, most: int | None) -> tuple[Block, ...]:
    """What a rule found, then what it cannot judge; "order" is the column to sort by, "" for the name."""
    figure = next((f for f in facts.seen.figures if f.rule.id == rule_id), None)
    if figure is None or not (figure.gaps or figure.unknown):
        return ()
    rule, as_of = figure.rule, facts.seen.reckoning.day
    columns = [c for c in rule.columns if c.name != "key"]
    heads = [facts.text(k) for k in ("number", _SUBJECTS.get(rule.about, "subject"), "areas_of")]
    heads += [c.text.in_(facts.language) for c in columns] + [facts.text("reason")]
    statuses: tuple[tuple[Status, int], ...] = (("gap", figure.gaps), ("unknown", figure.unknown))
    rows: list[TableRow | GroupRow] = []
    notes: list[Block] = []
    for status, n in statuses:
        if not n:
            continue
        if facts.within is not None:
            found = tuple(r for r in facts.lists[rule.id] if r["status"] == status)
            found = tuple(sorted(found, key=lambda r: str(r.get(order) or ""))) if order else found
        elif status == "gap" and order and n > 1:
            found = facts.answers.first_gaps(rule, as_of, order, n if most is None else most)
        elif most is None:
            found = facts.answers.subjects(rule, as_of, status, limit=n)
        else:  # the first page was kept with the round: nothing is asked
            found = facts.answers.page(rule, as_of, status)
        if figure.unknown:
            rows.append(GroupRow(facts.text(f"band_{status}", n=n)))
        rows += _rule_rows(facts, rule, found[:most])
        if most is not None and n > most:
            notes.append(Paragraph(facts.text("rows_left", n=n, most=most), "note"))
    cells = [row.cells for row in rows if isinstance(row, TableRow)]
    return (ReportTable(fitted_columns(heads, cells), tuple(rows)), *notes)


def _rule_rows(facts: PackFacts, rule: Rule, found: Sequence[Row]) -> list[TableRow]:
    areas = facts.area_names(str(row["key"]) for row in found)
    made: list[TableRow] = []
    for number, raw in enumerate(found, start=1):
        row = facts.viewer.row(rule, raw)
        of = areas[str(raw["key"])]
        values = (
            format_term(row.get(c.name), c.terms, facts.language) for c in rule.columns if c.name != "key"
        )
        why = rule.explain(row, facts.answers.profile, facts.language)
        cells = (format_term(row["name"], None, facts.language), of or "—", *values, why)
        made.append(TableRow((str(number), *(facts.dates(c) for c in cells))))
    return made


# ---- registers


def _register(
    heads: Sequence[str],
    ask: Callable[[PackFacts], Sequence[Sequence[str]]],
    facts: PackFacts,
    most: int | None,
) -> tuple[Block, ...]:
    found = ask(facts)
    if not found:
        return ()
    rows = [
        (str(n), *(facts.dates(cell) or "—" for cell in row)) for n, row in enumerate(found[:most], start=1)
    ]
    table = ReportTable(
        fitted_columns([facts.text(h) for h in ("number", *heads)], rows), tuple(map(TableRow, rows))
    )
    if most is not None and len(found) > most:
        return (table, Paragraph(facts.text("rows_left", n=len(found), most=most), "note"))
    return (table,)


# ---- rates by area


def _area_annex(facts: PackFacts, most: int | None) -> tuple[Block, ...]:
    """A row for each sub-district with its areas below: its rates and problems; last the units of no area."""
    shown = {told.id for told in main_rates()}

    def row(name: str, rates: Sequence[Rate], problems: str, *, strong: bool = False) -> TableRow:
        of = (_share(facts, rate) for rate in rates if rate.id in shown)
        apart = (str(rates[0].unknown), str(rates[0].closed))
        return TableRow((name, str(rates[0].denominator), *of, problems, *apart), strong=strong)

    rows: list[TableRow] = []
    for of in compared_places(facts.answers):
        place = of.locality
        if facts.within is None or facts.within.key in (place.key, place.above):
            whole = place.label == "Subdistrict"
            rows.append(row(place.name, of.rates, str(of.problems), strong=whole))
    if facts.within is None:
        for part in facts.answers.parts().get("area", ()):
            if not part.id:
                rows.append(row(part.text.in_(facts.language), part.rates, "—"))
    if not rows:
        return ()
    rates = [told.text.in_(facts.language) for told in main_rates()]
    heads = [facts.text("area"), facts.text("companies"), *rates, facts.text("area_problems")]
    heads += [facts.text("unknown_status"), facts.text("closed")]
    table = ReportTable(fitted_columns(heads, [r.cells for r in rows[:most]]), tuple(rows[:most]))
    notes: list[Block] = [Paragraph(facts.text("area_note"), "note")]
    if most is not None and len(rows) > most:
        notes.append(Paragraph(facts.text("rows_left", n=len(rows), most=most), "note"))
    return (table, *notes)


def _share(facts: PackFacts, rate: Rate) -> str:
    if not rate.denominator:
        return "—"
    return facts.text(
        "rate", share=format_rate(rate), numerator=rate.numerator, denominator=rate.denominator
    )


ANNEXES: tuple[Annex, ...] = (
    Annex("own_branch", partial(_rule_annex, "own_branch_due", "")),
    Annex("joint_branch", partial(_rule_annex, "joint_branch_candidate", "")),
    Annex(
        "instructors",
        partial(
            _register,
            ("member", "role", "home_unit", "posted_to", "areas_of", "since", "last_visit"),
            posting_rows,
        ),
    ),
    Annex("terms", partial(_rule_annex, "term_ending", "ends")),
    Annex("floating", partial(_rule_annex, "floating_member", "")),
    Annex(
        "pairs",
        partial(
            _register, ("pair", "partners", "areas_of", "signed", "last_contact", "projects"), pair_rows
        ),
    ),
    Annex(
        "matters",
        partial(
            _register,
            ("areas_of", "held", "matter", "responsible", "due", "resolved", "solution"),
            matter_rows,
        ),
    ),
    Annex(
        "cleared",
        partial(
            _register, ("rule", "subject", "areas_of", "first_seen", "cleared_on", "reason"), cleared_rows
        ),
    ),
    Annex("areas", _area_annex),
    Annex("data", data_note),
)
