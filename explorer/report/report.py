"""The monthly pack: what the report of a round says, from the same calls as the pages, before any format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from explorer.answers import Answers, Overview
from explorer.export.trend_chart import Trend, trend_chart
from explorer.gaps.gap_report_rows import GapItem, gap_items, group_by_area, problems, severity_counts
from explorer.report.annexes import (
    area_name,
    gap_annex,
    picture_annex,
    report_text,
    source_annex,
    table_columns,
)
from explorer.report.blocks import (
    Block,
    Heading,
    Paragraph,
    Report,
    ReportTable,
    TableColumn,
    TableRow,
    picture_from_png,
)
from explorer.report.words import REPORT_TEXTS, format_rate, numbered_heading
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import SEVERITY_TEXTS
from graph_model.coverage.evaluate import Figure
from graph_model.coverage.totals import Rate, rate_texts, totals
from graph_model.errors import InputError
from graph_model.findings.findings import read_findings
from graph_model.findings.round_figures import Change, RoundFigures, change_between, figures_history
from graph_model.store.store import Round
from graph_model.text import Language


def build_monthly_report(
    answers: Answers,
    viewer: Viewer,
    *,
    round_: str | None = None,
    today: date | None = None,
    trend: Trend | None = None,
    items: Sequence[GapItem] | None = None,
) -> Report:
    """The report of the round that the store is at.

    `trend`: the rates of earlier rounds, oldest first; by default those that the store kept. The present
    round's are added.
    `items`: the gaps where they were asked for already. InputError where nothing is loaded, or the store is
    at another round than `round_`.
    """
    seen = answers.overview()
    if seen.round is None:
        raise InputError(
            "还没有导入任何数据，无法生成月报：先用 branchmap load 导入调摸工作簿。",
            "Nothing has been loaded yet, so there is nothing to report: use branchmap load first.",
        )
    if round_ is not None and round_ != seen.round.name:
        raise InputError(
            f"数据现为 {seen.round.name} 批次，不能生成 {round_} 的月报。"
            f"请用 --round {seen.round.name}，或先导入 {round_}。",
            f"The store is at round {seen.round.name}; there is no report of {round_}. "
            f"Use --round {seen.round.name}, or load {round_} first.",
        )
    day, language = today or date.today(), viewer.language
    gaps = problems(gap_items(answers, viewer, seen.reckoning.day) if items is None else items)
    kept = {f.round: f for f in figures_history(answers.store)}
    known = [(f.round, f.rates) for f in kept.values()] if trend is None else trend
    told = (*((n, r) for n, r in known if n < seen.round.name), (seen.round.name, seen.rates))
    place = str(seen.subdistrict.properties.get("name", "")) if seen.subdistrict else ""
    title = REPORT_TEXTS["title"].in_(language).format(place=place).strip()
    blocks: list[Block] = [
        Paragraph(title, "title"),
        Paragraph(
            report_text(language, "subtitle", round=seen.round.name, as_of=seen.round.as_of, day=day),
            "subtitle",
        ),
        *([Paragraph(notice.in_(language), "subtitle")] if (notice := seen.reckoning.notice) else []),
        *_coverage(answers, seen, seen.round, told, kept, language),
        *_changes(seen, seen.round, told, kept, gaps, answers, day, language),
        *_gaps(seen, gaps, day, language),
        *_reconciled(seen, seen.round, language),
        *gap_annex(gaps, day, language),
        *picture_annex(answers, viewer, gaps),
        *source_annex(answers, seen.round, day, viewer),
    ]
    return Report(title, tuple(blocks), day, language)


def _coverage(
    answers: Answers,
    seen: Overview,
    current: Round,
    trend: Trend,
    kept: Mapping[str, RoundFigures],
    language: Language,
) -> Iterator[Block]:
    yield Heading(numbered_heading(1, "rates", language))
    rates = {rate.id: rate for rate in seen.rates}
    operating = next(iter(seen.rates))
    values: dict[str, object] = {
        id_: report_text(
            language, "rate", share=format_rate(r), numerator=r.numerator, denominator=r.denominator
        )
        for id_, r in rates.items()
    }
    yield Paragraph(
        report_text(
            language,
            "rates_told",
            round=current.name,
            companies=seen.totals["companies"],
            operating=operating.denominator,
            unknown=operating.unknown,
            closed=operating.closed,
            members=seen.totals["members"],
            with_members=seen.totals["with_members"],
            **values,
        )
    )
    yield ReportTable(
        table_columns(
            language,
            ("indicator", 15, "c"),
            ("meaning", 33, "l"),
            ("covered", 11, "c"),
            ("operating", 12, "c"),
            ("share", 10, "c"),
            ("unknown_status", 12, "c"),
            ("closed", 11, "c"),
        ),
        tuple(
            TableRow(
                (
                    told.text.in_(language),
                    told.meaning.in_(language),
                    str(rate.numerator),
                    str(rate.denominator),
                    format_rate(rate),
                    str(rate.unknown),
                    str(rate.closed),
                )
            )
            for told, rate in ((t, rates[t.id]) for t in rate_texts())
        ),
    )
    yield Paragraph(report_text(language, "rates_note"), "note")
    rounds = [r for r in reversed(answers.store.rounds()) if r.name <= current.name]
    counts = [(r.name, seen.totals if r.name == current.name else _earlier(r, kept)[0]) for r in rounds]
    yield picture_from_png(trend_chart(trend, counts, language), report_text(language, "trend_caption"))


def _earlier(round_: Round, kept: Mapping[str, RoundFigures]) -> tuple[Mapping[str, int], bool]:
    """An earlier round's totals, and whether they were counted then; else they are as declared."""
    if round_.name in kept:
        return kept[round_.name].totals, True
    return round_.declared, False


def _changes(
    seen: Overview,
    current: Round,
    trend: Trend,
    kept: Mapping[str, RoundFigures],
    gaps: Sequence[GapItem],
    answers: Answers,
    day: date,
    language: Language,
) -> Iterator[Block]:
    yield Heading(numbered_heading(2, "changes", language))
    before = seen.previous
    if before is None:
        yield Paragraph(report_text(language, "first_round"))
        yield from _life(current, gaps, answers, day, language)
        return
    numbers, counted = _earlier(before, kept)
    how = report_text(language, "as_found" if counted else "as_declared")
    yield Paragraph(report_text(language, "changes_told", before=before.name, how=how, round=current.name))
    yield ReportTable(
        (
            TableColumn(report_text(language, "item"), 34, "left"),
            TableColumn(report_text(language, "before", round=before.name, how=how), 24),
            TableColumn(report_text(language, "now", round=current.name), 24),
            TableColumn(report_text(language, "change"), 18),
        ),
        tuple(_change(t.text.in_(language), numbers.get(t.id), seen.totals[t.id]) for t in totals()),
    )
    split: tuple[Change, ...] = ()
    if before.name in kept and current.name in kept:
        split = change_between(answers.store, kept[before.name], kept[current.name])
    rows = _rate_changes(seen, dict(trend).get(before.name, ()), {c.after.id: c for c in split}, language)
    if rows:
        names = (("indicator", 22, "l"), ("last", 14, "c"), ("this", 14, "c"), ("change", 16, "c"))
        yield ReportTable(table_columns(language, *names, ("progress", 17, "c"), ("base", 17, "c")), rows)
        yield Paragraph(report_text(language, "progress_note"), "note")
    yield from _life(current, gaps, answers, day, language)


def _rate_changes(
    seen: Overview, earlier: Sequence[Rate], split: Mapping[str, Change], language: Language
) -> tuple[TableRow, ...]:
    """A line for each rate that is known of both rounds, with real progress and change of the base apart."""
    old = {rate.id: rate for rate in earlier}
    lines: list[TableRow] = []
    for told, rate in zip(rate_texts(), seen.rates, strict=True):
        was = old.get(told.id)
        if was is None or was.share is None or rate.share is None:
            continue
        change = split.get(told.id)
        points = (
            (rate.share - was.share) * 100,
            change.progress_points if change else None,
            change.base_points if change else None,
        )
        shown = ("—" if p is None else report_text(language, "points", points=f"{p:+.1f}") for p in points)
        lines.append(TableRow((told.text.in_(language), format_rate(was), format_rate(rate), *shown)))
    return tuple(lines)


def _change(name: str, old: int | None, new: int) -> TableRow:
    if old is None:
        return TableRow((name, "—", str(new), "—"))
    return TableRow((name, str(old), str(new), f"{new - old:+d}" if new != old else "0"))


def _life(
    current: Round, gaps: Sequence[GapItem], answers: Answers, day: date, language: Language
) -> Iterator[Block]:
    """What became of the gaps; only where findings are recorded."""
    remembered = read_findings(answers.store)
    if not remembered:
        return
    lives = Counter(f.life(current.name) for f in remembered if not (f.cleared or f.unknown))
    yield Paragraph(
        report_text(
            language,
            "life",
            new=lives["new"],
            continuing=lives["continuing"],
            reopened=lives["reopened"],
            cleared=sum(f.text("cleared_in") == current.name for f in remembered),
            accepted=sum(item.accepted(day) for item in gaps),
            overdue=sum(item.overdue(day) for item in gaps),
        )
    )


def _gaps(seen: Overview, gaps: Sequence[GapItem], day: date, language: Language) -> Iterator[Block]:
    yield Heading(numbered_heading(3, "gaps", language))
    figures = [f for f in seen.figures if f.rule.nature != "data"]
    counts = {str(severity): n for severity, n in severity_counts(gaps).items()}
    unknown = sum(f.unknown for f in figures)
    if gaps:
        yield Paragraph(
            report_text(
                language, "gaps_told", rules=len(figures), gaps=len(gaps), unknown=unknown, **counts
            )
        )
    else:
        yield Paragraph(report_text(language, "no_gaps", rules=len(figures), unknown=unknown))
    yield Heading(report_text(language, "by_rule"), 2)
    yield ReportTable(
        table_columns(
            language,
            ("severity", 11, "c"),
            ("rule", 40, "l"),
            ("population", 25, "l"),
            ("subjects", 11, "c"),
            ("gap", 8, "c"),
            ("unknown", 11, "c"),
        ),
        tuple(_figure(figure, language) for figure in figures),
    )
    groups = group_by_area(gaps)
    if not groups:
        return
    yield Heading(report_text(language, "by_area"), 2)
    rows = [_area_line(area_name(area, language), group, day) for area, group in groups]
    yield ReportTable(
        table_columns(
            language,
            ("area", 34, "l"),
            ("high", 11, "c"),
            ("medium", 11, "c"),
            ("low", 11, "c"),
            ("sum", 11, "c"),
            ("overdue", 11, "c"),
            ("without_owner", 13, "c"),
        ),
        (*rows, _area_line(report_text(language, "all"), gaps, day, strong=True)),
    )
    if shared := sum(len(group) for _, group in groups) - len(gaps):
        yield Paragraph(report_text(language, "shared", shared=shared), "note")


def _figure(figure: Figure, language: Language) -> TableRow:
    rule = figure.rule
    told = (SEVERITY_TEXTS[rule.severity].in_(language), rule.title.in_(language))
    if figure.failed is not None:
        why = report_text(language, "failed", why=figure.failed.in_(language))
        return TableRow((*told, why, "—", "—", "—"), alarm=True)
    numbers = (str(figure.population), str(figure.gaps), str(figure.unknown))
    return TableRow((*told, rule.population.in_(language), *numbers))


def _area_line(name: str, group: Sequence[GapItem], day: date, *, strong: bool = False) -> TableRow:
    late = sum(item.overdue(day) for item in group)
    numbers = (*severity_counts(group).values(), len(group), late, sum(not item.owner for item in group))
    return TableRow((name, *(str(n) for n in numbers)), strong=strong)


def _reconciled(seen: Overview, current: Round, language: Language) -> Iterator[Block]:
    yield Heading(numbered_heading(4, "reconciliation", language))
    rows: list[TableRow] = []
    differing = undeclared = 0
    for total in totals():
        found, declared = seen.totals[total.id], current.declared.get(total.id)
        differs = declared is not None and declared != found
        differing += differs
        undeclared += declared is None
        difference = "—" if declared is None else f"{found - declared:+d}" if differs else "0"
        shown = "—" if declared is None else str(declared)
        rows.append(TableRow((total.text.in_(language), shown, str(found), difference), alarm=differs))
    if differing:
        told = report_text(language, "differs", n=differing)
    elif undeclared == len(rows):
        told = report_text(language, "nothing_declared")
    else:
        told = report_text(language, "agrees", n=len(rows) - undeclared)
    yield Paragraph(told)
    yield ReportTable(
        table_columns(
            language, ("item", 40, "l"), ("declared", 20, "c"), ("found", 20, "c"), ("difference", 20, "c")
        ),
        tuple(rows),
    )
