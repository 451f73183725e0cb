"""数据说明: what is counted and how, declared against found, what is doubtful in the data, and by which norms."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.report.blocks import Block, Heading, Paragraph, ReportTable, TableRow
from explorer.report.facts import PackFacts
from explorer.report.words import numbered_heading
from graph_model.coverage.catalogue import NATURE_TEXTS, norms_said
from graph_model.coverage.evaluate import Figure
from graph_model.coverage.totals import rate_texts, totals


def data_note(facts: PackFacts, most: int | None = None) -> tuple[Block, ...]:
    """The blocks of the last annex; it is short, so that `most` cuts nothing."""
    del most
    return (
        *_range(facts),
        *_counted(facts),
        *_reconciled(facts),
        *_doubts(facts),
        *_norms(facts),
    )


def _range(facts: PackFacts) -> Iterator[Block]:
    yield Heading(numbered_heading(1, "range", facts.language))
    # whoever looks back at an old round makes the report on a day before it was taken in
    known = facts.round.loaded[:10] <= facts.day.isoformat()
    yield Paragraph(
        facts.text(
            "range_told" if known else "range_untold",
            round=facts.round.name,
            as_of=facts.round.as_of,
            loaded=facts.round.loaded[:10],
            day=facts.today(),
            names=facts.text("names_shown" if facts.viewer.names else "names_masked"),
        )
    )


def _counted(facts: PackFacts) -> Iterator[Block]:
    yield Heading(numbered_heading(2, "counted", facts.language))
    for number, told in enumerate(rate_texts(), start=1):
        name, meaning = told.text.in_(facts.language), told.meaning.in_(facts.language)
        yield Paragraph(facts.text("rate_means", number=number, name=name, meaning=meaning.rstrip("。.")))
    yield Paragraph(facts.text("unknown_means"))


def _reconciled(facts: PackFacts) -> Iterator[Block]:
    yield Heading(numbered_heading(3, "reconciliation", facts.language))
    if facts.within is not None:
        yield Paragraph(facts.text("not_by_place"))
        return
    before = facts.seen.previous
    kept = facts.kept().get(before.name) if before else None
    rows: list[TableRow] = []
    differing = undeclared = 0
    for total in totals():
        found, declared = facts.seen.totals[total.id], facts.round.declared.get(total.id)
        differs = declared is not None and declared != found
        differing += differs
        undeclared += declared is None
        difference = "—" if declared is None else f"{found - declared:+d}" if differs else "0"
        was = kept.totals.get(total.id) if kept else None
        rows.append(
            TableRow(
                (
                    total.text.in_(facts.language),
                    "—" if declared is None else str(declared),
                    str(found),
                    difference,
                    "—" if was is None else str(was),
                    "—" if was is None else f"{found - was:+d}" if found != was else "0",
                ),
                alarm=differs,
            )
        )
    if differing:
        yield Paragraph(facts.text("differs", n=differing))
    elif undeclared == len(rows):
        yield Paragraph(facts.text("nothing_declared"))
    else:
        yield Paragraph(facts.text("agrees", n=len(rows) - undeclared))
    yield ReportTable(
        facts.heads(
            ("item", 40, "l"),
            ("declared", 12, "c"),
            ("found", 12, "c"),
            ("difference", 12, "c"),
            ("last_found", 12, "c"),
            ("change", 12, "c"),
        ),
        tuple(rows),
    )


def _doubts(facts: PackFacts) -> Iterator[Block]:
    yield Heading(numbered_heading(4, "doubts", facts.language))
    found = [f for f in facts.figures("data") if f.gaps or f.unknown or f.failed]
    if not found:
        yield Paragraph(facts.text("no_doubts"))
        return
    yield Paragraph(facts.text("doubts_told"))
    yield ReportTable(
        facts.heads(("rule", 34, "l"), ("doubt", 12, "c"), ("unknown", 12, "c"), ("task", 42, "l")),
        tuple(
            TableRow(
                (
                    f.rule.title.in_(facts.language),
                    str(f.gaps),
                    str(f.unknown),
                    f.rule.advice.in_(facts.language),
                )
            )
            for f in found
        ),
    )


def _norms(facts: PackFacts) -> Iterator[Block]:
    yield Heading(numbered_heading(5, "norms", facts.language))
    catalogue, shown = facts.answers.catalogue, [f.rule for f in facts.seen.figures]
    if said := norms_said(catalogue, shown, facts.seen.reckoning.day):
        yield Paragraph(said.in_(facts.language))
    yield ReportTable(
        facts.heads(
            ("rule", 24, "l"),
            ("nature", 9, "c"),
            ("population", 22, "l"),
            ("subjects", 8, "c"),
            ("gap", 8, "c"),
            ("unknown", 8, "c"),
            ("clause", 46, "l"),
        ),
        tuple(_norm(facts, f) for f in facts.figures("blank", "irregular")),
    )


def _norm(facts: PackFacts, figure: Figure) -> TableRow:
    rule, language = figure.rule, facts.language
    told = (rule.title.in_(language), NATURE_TEXTS[rule.nature].in_(language))
    norm = rule.clause.in_(language)
    if rule.source is not None:
        source = rule.source.in_(language)
        norm = f"{source}：{norm}" if language == "zh" else f"{source}: {norm}"
    if figure.failed is not None:
        why = facts.text("failed", why=figure.failed.in_(language))
        return TableRow((*told, why, "—", "—", "—", norm), alarm=True)
    numbers = (str(figure.population), str(figure.gaps), str(figure.unknown))
    return TableRow((*told, rule.population.in_(language), *numbers, norm))
