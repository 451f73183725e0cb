"""The monthly pack as a 通报: title, situation, problems, next steps, annexes, before any file format."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from explorer.answers import Answers
from explorer.report.annexes import ANNEXES, MOST_ROWS, Annex, is_wide
from explorer.report.blocks import Block, Paragraph, Report, Section
from explorer.report.facts import PackFacts, check_round, pack_day, pack_facts
from explorer.report.problems import problems
from explorer.report.situation import situation
from explorer.report.tasks import tasks
from explorer.viewer import Viewer
from graph_model.coverage.areas import Locality
from graph_model.progress import Progress

__all__ = ["build_annex", "build_monthly_report", "check_round", "pack_day"]


def build_monthly_report(
    answers: Answers,
    viewer: Viewer,
    *,
    round_: str | None = None,
    today: date | None = None,
    within: Locality | None = None,
    on_step: Progress | None = None,
) -> Report:
    """The report of the round that the store is at; of a place only, where `within` names one.

    `today`: the day on which it is made, and from which due dates are reckoned. `on_step` hears of each part
    (name of the step, how many are done, of how many). InputError where nothing is loaded, or the store is at
    another round than `round_`.
    """
    facts = pack_facts(answers, viewer, round_=round_, today=today, within=within)
    tell = on_step or (lambda _step, _done, _all: None)
    title = facts.text("title", place=facts.place, month=facts.round.as_of).strip(" :")
    parts = len(ANNEXES) + 1  # the last is the notice itself
    made: list[tuple[Annex, tuple[Block, ...]]] = []
    for number, annex in enumerate(ANNEXES):
        tell("pack", number, parts)
        made.append((annex, annex.make(facts, MOST_ROWS)))
    tell("pack", len(ANNEXES), parts)
    blocks: list[Block] = [
        Paragraph(title, "title"),
        Paragraph(
            facts.text("subtitle", round=facts.round.name, as_of=facts.round.as_of, day=facts.today()),
            "subtitle",
        ),
        *facts.notice(),
        *situation(facts),
        *problems(facts),
        *tasks(facts),
        *_closing(facts, made),
    ]
    for number, (annex, content) in enumerate(made, start=1):
        if content:
            blocks += annex_blocks(facts, annex, content, label=facts.text("annex_label", number=number))
    tell("pack", parts, parts)
    return Report(title, tuple(blocks), facts.day, facts.language)


def build_annex(
    answers: Answers,
    viewer: Viewer,
    annex: Annex,
    *,
    round_: str | None = None,
    today: date | None = None,
    within: Locality | None = None,
) -> Report:
    """One annex by itself, with all of its rows. InputError as for the whole pack."""
    facts = pack_facts(answers, viewer, round_=round_, today=today, within=within)
    title = annex.title(facts.language)
    content = annex.make(facts, None) or (Paragraph(facts.text("none_here")),)
    subtitle = facts.text("subtitle", round=facts.round.name, as_of=facts.round.as_of, day=facts.today())
    head = (Paragraph(f"{facts.place}{'' if facts.language == 'zh' else ': '}{title}", "title"),)
    sections = (Section(landscape=True),) if is_wide(content) else ()
    blocks = (*sections, *head, Paragraph(subtitle, "subtitle"), *facts.notice(), *content)
    return Report(title, blocks, facts.day, facts.language)


def annex_blocks(
    facts: PackFacts, annex: Annex, content: tuple[Block, ...], *, label: str
) -> tuple[Block, ...]:
    """An annex within the pack: on a page of its own, with its number above its title."""
    return (
        Section(landscape=is_wide(content)),
        Paragraph(label, "annex"),
        Paragraph(annex.title(facts.language), "annex-title"),
        *content,
    )


def _closing(facts: PackFacts, made: list[tuple[Annex, tuple[Block, ...]]]) -> Iterator[Block]:
    """The last sentence, the list of the annexes, and who signs on which day."""
    yield Paragraph(facts.text("closing"), "closing")
    for number, (annex, content) in enumerate(made, start=1):
        title = annex.title(facts.language) + ("" if content else facts.text("annex_none"))
        if number == 1:
            yield Paragraph(facts.text("annex_first", number=number, title=title), "list-first")
        else:
            yield Paragraph(facts.text("annex_next", number=number, title=title), "list")
    if facts.place:
        yield Paragraph(facts.text("signature", place=facts.place), "signature")
    yield Paragraph(facts.today(), "signature-date")
