"""The annexes of the monthly pack: every gap under its areas, the pictures, and the data it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from explorer.answers import Answers
from explorer.explore.build_scene import exploration_scene, initial_exploration
from explorer.explore.exploration import Exploration
from explorer.export import picture as pictures
from explorer.gaps.gap_report_rows import GapItem, group_by_area, severity_counts
from explorer.i18n import Words
from explorer.report.blocks import (
    Block,
    GroupRow,
    Heading,
    Paragraph,
    Picture,
    ReportTable,
    Section,
    TableColumn,
    TableRow,
    picture_from_png,
)
from explorer.report.words import REPORT_TEXTS
from explorer.report.worklist import NO_AREA
from explorer.viewer import Viewer
from graph_model.coverage.areas import Area
from graph_model.coverage.catalogue import SEVERITY_TEXTS
from graph_model.store.store import Round
from graph_model.text import Language

MOST_PICTURES = 6
_AREA_LABELS = ("Unit", "Branch", "Member", "Liaison", "CoBuildingPair", "JointMeeting", "Matter")
_HASH = 12


def report_text(language: Language, key: str, **values: object) -> str:
    """What a report says under a key, with its values filled in."""
    return REPORT_TEXTS[key].in_(language).format(**values)


def table_columns(language: Language, *told: tuple[str, float, str]) -> tuple[TableColumn, ...]:
    """Columns from (key of the heading, share of the width, "l" or "c")."""
    return tuple(
        TableColumn(REPORT_TEXTS[key].in_(language), share, "left" if align == "l" else "center")
        for key, share, align in told
    )


def area_name(area: Area | None, language: Language) -> str:
    """What an area is called; None is no area."""
    return area.name if area else NO_AREA.in_(language)


def gap_annex(gaps: Sequence[GapItem], day: date, language: Language) -> Iterator[Block]:
    """Annex 1: every gap under its areas, across the page."""
    if not gaps:
        return
    yield Section(landscape=True)
    yield Heading(report_text(language, "annex_gaps"))
    rows: list[TableRow | GroupRow] = []
    for area, group in group_by_area(gaps):
        rows.append(GroupRow(report_text(language, "band", area=area_name(area, language), n=len(group))))
        for number, item in enumerate(group, start=1):
            due = item.recorded("due")
            late = item.overdue(day)
            rows.append(
                TableRow(
                    (
                        str(number),
                        SEVERITY_TEXTS[item.rule.severity].in_(language),
                        item.rule.title.in_(language),
                        item.subject(language),
                        item.explained,
                        item.rule.clause.in_(language),
                        item.rule.advice.in_(language),
                        item.owner or "—",
                        f"{due} {report_text(language, 'late')}" if late else due or "—",
                        item.state(language, day),
                    ),
                    alarm=late,
                )
            )
    yield ReportTable(
        table_columns(
            language,
            ("number", 4.5, "c"),
            ("severity", 5, "c"),
            ("rule", 14, "l"),
            ("subject", 13, "l"),
            ("reason", 17.5, "l"),
            ("clause", 17, "l"),
            ("advice", 17, "l"),
            ("owner", 7, "c"),
            ("due", 10.5, "c"),
            ("state", 6.5, "c"),
        ),
        tuple(rows),
    )


def picture_annex(answers: Answers, viewer: Viewer, gaps: Sequence[GapItem]) -> Iterator[Block]:
    """Annex 2: the whole sub-district, then the areas with the most gaps of high severity."""
    language, words = viewer.language, Words(viewer.language)
    overall = initial_exploration(answers)
    yield Section(landscape=False)
    yield Heading(report_text(language, "annex_pictures"))
    if overall.focus:
        # by area, and without the sub-district itself, whose ties to everything would cover the others: so
        # that the names stay legible on paper
        by_areas = replace(overall, layout="areas").hide(overall.focus)
        yield _drawn(
            answers, by_areas, viewer, words, report_text(language, "picture_all", n=1), share=0.85
        )
    grave = [
        (area, severity_counts(group)["high"])
        for area, group in group_by_area(gaps)
        if area is not None and severity_counts(group)["high"]
    ]
    grave.sort(key=lambda pair: -pair[1])  # stable: areas with as many stay in their order
    for number, (area, high) in enumerate(grave[:MOST_PICTURES], start=2):
        walk = Exploration((area.key,), depth=2, labels=_AREA_LABELS)
        yield _drawn(
            answers,
            walk,
            viewer,
            words,
            report_text(language, "picture_area", n=number, area=area.name, high=high),
        )
    if left := [area.name for area, _ in grave[MOST_PICTURES:]]:
        joined = words("list-comma").join(left)
        yield Paragraph(report_text(language, "pictures_left", n=len(left), areas=joined), "note")


def _drawn(
    answers: Answers, walk: Exploration, viewer: Viewer, words: Words, caption: str, share: float = 0.4
) -> Picture:
    return picture_from_png(
        pictures.render(exploration_scene(answers, walk, viewer, words), "png"), caption, share
    )


def source_annex(answers: Answers, current: Round, day: date, viewer: Viewer) -> Iterator[Block]:
    """Annex 3: the round, when it was loaded, and its files by the beginning of their SHA-256."""
    language = viewer.language
    yield Section(landscape=False)
    yield Heading(report_text(language, "annex_sources"))
    names = report_text(language, "names_shown" if viewer.names else "names_masked")
    yield Paragraph(
        report_text(
            language,
            "sources_told",
            round=current.name,
            as_of=current.as_of,
            loaded=current.loaded[:10],
            version=answers.overview().state.version,
            n=len(current.files),
            day=day,
            names=names,
        )
    )
    if current.files:
        yield ReportTable(
            table_columns(language, ("number", 10, "c"), ("file", 60, "l"), ("hash", 30, "c")),
            tuple(
                TableRow((str(number), viewer.place_name(file), digest[:_HASH]))
                for number, (file, digest) in enumerate(sorted(current.files.items()), start=1)
            ),
        )
