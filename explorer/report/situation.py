"""一、总体情况: the rates, by how much each changed and why, and their course over the rounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from explorer.export.trend_chart import trend_chart
from explorer.report.blocks import Block, Heading, Paragraph, ReportTable, TableRow, picture_from_png
from explorer.report.facts import PackFacts
from explorer.report.words import format_rate, numbered_heading
from graph_model.coverage.totals import Rate, main_rates, rate_texts
from graph_model.findings.round_figures import Change, Move

MOST_NAMES = 5
"""How many companies are named as a reason; of more, only the number is told."""


def situation(facts: PackFacts) -> Iterator[Block]:
    """The first part: figures, change and reasons in prose, then a table and a chart."""
    yield Heading(numbered_heading(1, "situation", facts.language))
    seen, rates = facts.seen, {rate.id: rate for rate in facts.seen.rates}
    operating = seen.rates[0]
    yield Paragraph(
        facts.text(
            "base_told",
            as_of=facts.round.as_of,
            scope=facts.text("scope_place", name=facts.place) if facts.within else facts.text("scope_all"),
            companies=seen.totals["companies"],
            operating=operating.denominator,
            unknown=operating.unknown,
            closed=operating.closed,
            members=seen.totals["members"],
            with_members=seen.totals["with_members"],
        )
    )
    values = (
        facts.text("rate_told", name=told.text.in_(facts.language), value=rate_value(facts, rates[told.id]))
        for told in main_rates()
    )
    kind = "rates_place" if facts.within else "rates_told" if seen.previous else "rates_first"
    comma = "，" if facts.language == "zh" else "; "
    yield Paragraph(facts.text(kind, rates=comma.join(values)))
    for beside in (told for told in rate_texts() if told.beside):
        yield Paragraph(
            facts.text("beside_told", name=beside.text.in_(facts.language), n=rates[beside.id].numerator)
        )
    earlier = _earlier(facts)
    changes = facts.changes()
    if seen.previous:
        for number, told in enumerate(main_rates(), start=1):
            name, rate = told.text.in_(facts.language), rates[told.id]
            yield Paragraph(_change(facts, number, name, earlier.get(told.id), rate, changes.get(told.id)))
    yield Paragraph(facts.text("table_rates"), "table")
    yield ReportTable(
        facts.heads(
            ("indicator", 26, "c"),
            ("covered", 14, "c"),
            ("base", 14, "c"),
            ("share", 14, "c"),
            ("last", 14, "c"),
            ("change", 18, "c"),
        ),
        tuple(
            _row(facts, told.text.in_(facts.language), rates[told.id], earlier.get(told.id))
            for told in main_rates()
        ),
    )
    if facts.within is not None:  # of a place no earlier rounds are kept
        return
    kept = facts.kept()
    known = [(facts.dates(f.round), f.rates) for f in kept.values() if f.round < facts.round.name]
    rounds = [r for r in reversed(facts.answers.store.rounds()) if r.name <= facts.round.name]
    counts = [
        (
            facts.dates(r.name),
            seen.totals
            if r.name == facts.round.name
            else kept[r.name].totals
            if r.name in kept
            else r.declared,
        )
        for r in rounds
    ]
    chart = trend_chart([*known, (facts.dates(facts.round.name), seen.rates)], counts, facts.language)
    yield picture_from_png(chart, facts.text("trend_caption"))


def rate_value(facts: PackFacts, rate: Rate) -> str:
    """A rate with its numbers."""
    return facts.text(
        "rate", share=format_rate(rate), numerator=rate.numerator, denominator=rate.denominator
    )


def _earlier(facts: PackFacts) -> Mapping[str, Rate]:
    before = facts.seen.previous
    kept = facts.kept().get(before.name) if before else None
    return {rate.id: rate for rate in kept.rates} if kept else {}


def _row(facts: PackFacts, name: str, rate: Rate, was: Rate | None) -> TableRow:
    change = "—"
    if was is not None and was.share is not None and rate.share is not None:
        change = facts.text("points", points=_points((rate.share - was.share) * 100))
    last = "—" if was is None else format_rate(was)
    return TableRow((name, str(rate.numerator), str(rate.denominator), format_rate(rate), last, change))


def _points(points: float) -> str:
    return "0.0" if abs(points) < 0.05 else f"{points:+.1f}"


def _change(
    facts: PackFacts, number: int, name: str, was: Rate | None, rate: Rate, change: Change | None
) -> str:
    """One rate's change and its reasons, as a sentence."""
    before = facts.seen.previous.name if facts.seen.previous else ""
    told = {"number": number, "name": name, "before": before, "is_": format_rate(rate)}
    if was is None or was.share is None or rate.share is None:
        return facts.text("rate_new", **told) + facts.text("stop")
    points = (rate.share - was.share) * 100
    key = "rate_same" if abs(points) < 0.05 else "rate_up" if points > 0 else "rate_down"
    said = facts.text(key, was=format_rate(was), points=f"{abs(points):.1f}", **told)
    if change is None:
        return said + facts.text("stop")
    if change.progress_points is not None and change.base_points is not None and key != "rate_same":
        said += facts.text(
            "reasons",
            progress=_effect(facts, change.progress_points),
            base=_effect(facts, change.base_points),
        )
    for move in ("gained", "lost"):
        said += _named(facts, move, [k for k, did in change.moves.items() if did == move])
    return said + facts.text("stop")


def _effect(facts: PackFacts, points: float) -> str:
    """What a cause did to a rate."""
    key = "effect_none" if abs(points) < 0.05 else "effect_up" if points > 0 else "effect_down"
    return facts.text(key, points=f"{abs(points):.1f}")


def _named(facts: PackFacts, move: Move, keys: Sequence[str]) -> str:
    """Which companies are newly covered, or not any more: companies are no people."""
    if not keys:
        return ""
    names = sorted(str(n.properties.get("name", n.key)) for n in facts.answers.nodes(keys[:MOST_NAMES]))
    told = facts.joined(names)
    if len(keys) > MOST_NAMES:
        told = facts.text("and_more", names=told, n=len(keys))
    return facts.text(move, names=told)
