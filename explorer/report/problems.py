"""二、主要问题: by kind and by area, with the names of areas and never of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from explorer.gaps.gap_report_rows import SEVERITY_ORDER
from explorer.report.blocks import Block, Heading, Paragraph, ReportTable, TableRow
from explorer.report.facts import PackFacts
from explorer.report.words import numbered_heading, numbered_part
from explorer.report.worklist import NO_AREA
from graph_model.coverage.evaluate import Figure

NATURES = ("blank", "irregular")
"""What is a problem; what is only doubtful in the data is told with the data."""
MOST_AREAS = 5
MOST_ROWS = 60
"""Of how many areas a paragraph and the table speak; the numbers of the others are added up."""


def problems(facts: PackFacts) -> Iterator[Block]:
    """The second part: how many problems, each kind with its areas, and a table of the areas."""
    yield Heading(numbered_heading(2, "problems", facts.language))
    figures = facts.figures(*NATURES)
    gaps, unknown = sum(f.gaps for f in figures), sum(f.unknown for f in figures)
    if not gaps:
        yield Paragraph(facts.text("no_problems", unknown=unknown))
        yield from _life(facts, figures)
        return
    by_nature: Counter[str] = Counter()
    by_severity: Counter[str] = Counter(dict.fromkeys(SEVERITY_ORDER, 0))
    for figure in figures:
        by_nature[figure.rule.nature] += figure.gaps
        by_severity[figure.rule.severity] += figure.gaps
    yield Paragraph(
        facts.text(
            "problems_told",
            gaps=gaps,
            unknown=unknown,
            blank=by_nature["blank"],
            irregular=by_nature["irregular"],
            **by_severity,
        )
    )
    yield from _life(facts, figures)
    number = 0
    for nature in NATURES:
        found = [f for f in figures if f.rule.nature == nature and f.gaps]
        if not found:
            continue
        number += 1
        yield Heading(numbered_part(number, nature, facts.language), 2)
        for place, figure in enumerate(found, start=1):
            yield Paragraph(
                facts.text(
                    "problem",
                    number=place,
                    title=figure.rule.title.in_(facts.language),
                    n=figure.gaps,
                    areas=_spread(facts, figure),
                ).strip()
            )
    yield from _areas(facts, figures, number + 1)


def _life(facts: PackFacts, figures: Sequence[Figure]) -> Iterator[Block]:
    """What became of the problems since the last round."""
    rules = frozenset(f.rule.id for f in figures)
    lives = facts.lives(rules)
    arranged = [a for a in facts.arranged() if a.rule in rules]
    yield Paragraph(
        facts.text(
            "life",
            accepted=sum(a.gaps for a in arranged if a.accepted),
            overdue=sum(a.gaps for a in arranged if a.overdue),
            **{life: lives.get(life, 0) for life in ("new", "continuing", "reopened", "cleared")},
        )
    )


def _spread(facts: PackFacts, figure: Figure) -> str:
    """In which areas the problems of a kind are, those with most of them first."""
    areas = facts.areas()
    found = [
        (n, areas[key])
        for (rule, key), n in facts.by_area().items()
        if rule == figure.rule.id and key in areas
    ]
    found.sort(key=lambda pair: (-pair[0], pair[1].order))
    if not found:
        return ""
    told = facts.joined(
        [
            facts.text("area_count", area=a.name, n=n) if figure.gaps > 1 else a.name
            for n, a in found[:MOST_AREAS]
        ]
    )
    if len(found) > MOST_AREAS:
        return facts.text("spread_more", areas=told, n=len(found))
    return facts.text("spread", areas=told)


def _areas(facts: PackFacts, figures: Sequence[Figure], number: int) -> Iterator[Block]:
    """The table of the areas, the worst first; what belongs to no area comes last."""
    rules = {f.rule.id: f.rule for f in figures}
    counts: dict[str, Counter[str]] = {}
    for (id_, key), n in facts.by_area().items():
        if id_ in rules:
            of = counts.setdefault(key, Counter())
            of["sum"] += n
            of[rules[id_].nature] += n
            of["high"] += n if rules[id_].severity == "high" else 0
    late: Counter[str] = Counter()
    for arranged in facts.arranged():
        if arranged.rule in rules and arranged.overdue:
            late["all"] += arranged.gaps
            for key in arranged.areas or ("",):
                late[key] += arranged.gaps
    areas = facts.areas()
    yield Heading(numbered_part(number, "by_area", facts.language), 2)
    yield Paragraph(facts.text("by_area_told"))
    order = sorted((k for k in counts if k), key=lambda k: (-counts[k]["sum"], areas[k].order))
    rows = [_line(areas[key].name, counts[key], late[key]) for key in order[:MOST_ROWS]]
    if "" in counts:
        rows.append(_line(NO_AREA.in_(facts.language), counts[""], late[""]))
    whole: Counter[str] = Counter()
    for figure in figures:
        whole["sum"] += figure.gaps
        whole[figure.rule.nature] += figure.gaps
        whole["high"] += figure.gaps if figure.rule.severity == "high" else 0
    rows.append(_line(facts.text("sum"), whole, late["all"], strong=True))
    names = ("blank", "irregular", "sum", "high", "overdue")
    yield ReportTable(
        facts.heads(("area", 35, "l"), *((name, 13, "c") for name in names)),
        tuple(rows),
    )
    if left := order[MOST_ROWS:]:
        n = sum(counts[key]["sum"] for key in left)
        yield Paragraph(facts.text("areas_left", most=MOST_ROWS, left=len(left), n=n), "note")
    if shared := sum(of["sum"] for of in counts.values()) - whole["sum"]:
        yield Paragraph(facts.text("shared", shared=shared), "note")


def _line(name: str, of: Counter[str], late: int, *, strong: bool = False) -> TableRow:
    numbers = (of["blank"], of["irregular"], of["sum"], of["high"], late)
    return TableRow((name, *(str(n) for n in numbers)), strong=strong)
