"""三、下步工作: what each kind of problem asks for, as a task with who is responsible and by when."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date

from explorer.names_in_text import mask_people
from explorer.report.blocks import Block, Heading, Paragraph, ReportTable, TableRow
from explorer.report.facts import PackFacts
from explorer.report.problems import NATURES
from explorer.report.words import OFFICE, PROPOSED_MONTHS, RESPONSIBLE, numbered_heading, tell_day
from explorer.viewer import mask
from graph_model.coverage.evaluate import Figure

MOST_OWNERS = 3


def tasks(facts: PackFacts) -> Iterator[Block]:
    """The third part: a task for each kind of problem, the gravest first."""
    yield Heading(numbered_heading(3, "tasks", facts.language))
    figures = [f for f in facts.figures(*NATURES) if f.gaps]
    if not figures:
        yield Paragraph(facts.text("no_tasks"))
        return
    yield Paragraph(facts.text("tasks_told"))
    yield ReportTable(
        facts.heads(
            ("number", 7, "c"),
            ("task", 31, "l"),
            ("concerns", 22, "l"),
            ("items", 7, "c"),
            ("unit_responsible", 17, "c"),
            ("owner", 12, "c"),
            ("due", 18, "c"),
        ),
        tuple(_task(facts, number, figure) for number, figure in enumerate(figures, start=1)),
    )


def _task(facts: PackFacts, number: int, figure: Figure) -> TableRow:
    rule, language = figure.rule, facts.language
    arranged = [a for a in facts.arranged() if a.rule == rule.id]
    late = any(a.overdue for a in arranged)
    return TableRow(
        (
            str(number),
            rule.advice.in_(language),
            rule.title.in_(language),
            str(figure.gaps),
            RESPONSIBLE.get(rule.about, OFFICE).in_(language),
            _owners(facts, sorted({a.owner for a in arranged if a.owner})),
            _due(facts, figure, sorted({a.due for a in arranged if a.due})),
        ),
        alarm=late,
    )


def _owners(facts: PackFacts, owners: list[str]) -> str:
    """Whom the problems were given to; whoever may not see names sees masked ones."""
    if not owners:
        return facts.text("not_named")
    shown = owners if facts.viewer.names else [mask_people(name, mask) for name in owners]
    told = facts.joined(shown[:MOST_OWNERS])
    return facts.text("owners_more", names=told, n=len(owners)) if len(owners) > MOST_OWNERS else told


def _due(facts: PackFacts, figure: Figure, dates: list[str]) -> str:
    """By when: what was arranged, from the earliest date on; else a proposal."""
    if not dates:
        last = tell_day(month_end(facts.day, PROPOSED_MONTHS[figure.rule.severity]), facts.language)
        return facts.text("proposed", due=last)
    return facts.dates(dates[0]) if len(dates) == 1 else facts.text("due_from", due=dates[0])


def month_end(day: date, months: int) -> date:
    """The last day of the month so many months later.

    >>> month_end(date(2006, 11, 15), 3)
    datetime.date(2007, 2, 28)
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])
