"""Rebuild the graph of an earlier round from its archived files, and compare two rounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from graph_model.errors import InputError
from graph_model.graph import Graph
from graph_model.inverse_plan import apply_plan
from graph_model.keys import site_keys
from graph_model.plan import Plan, make_plan
from graph_model.text import Language
from loaders.forms.form import single_name_relationships
from loaders.history.file_archive import archived_sheets
from loaders.history.load_log import LoadEntry, chain_of, entries_of, entries_with_status
from loaders.map.read_files import FileDigest, parse_sheets
from loaders.match.choose import SheetChooser
from loaders.problems import Problem
from loaders.read.worksheet import Worksheet
from loaders.resolve.aliases import AliasBook
from loaders.survey import ParsedRound, resolve_round


def rebuild(data: Path, round: str, load: str | None = None) -> Graph:
    """The graph as it was when a round was last the newest, from the kept files; no store is asked.

    `load`: where the store is, by which a load counts that landed without being noted.

    A late part of an older round belongs to the newer one that it corrected. A partial load changes what was
    there before it, so the loads since the last complete one, or since the store was empty, are read again, in
    their order. InputError where the round is not in the history, a file is missing, or one now says something
    else than it did.
    """
    entries = entries_of(data)
    standing = [
        e for e in entries_with_status(data, entries, chain_of(entries, load)) if e.standing == "standing"
    ]
    led = [n for n, e in enumerate(standing) if e.led_to == round]
    last = max(led or (n for n, e in enumerate(standing) if e.round == round), default=None)
    if last is None:
        rounds = "、".join(sorted({e.round for e in standing})) or "—"
        raise InputError(
            f"历史中没有批次 {round}；有：{rounds}",
            f"the history has no round {round}; there are: {rounds}",
        )
    first = max((n for n in range(last + 1) if standing[n].complete or standing[n].first), default=0)
    needed = standing[first : last + 1]
    _check_whole(needed, entries)
    keys = site_keys(data)
    graph = Graph.of()
    for entry in needed:
        reading = resolve_round(
            parse_sheets(
                entry.round,
                _files(data, entry),
                entry.struck,
                entry.answers,
                SheetChooser(entry.answers, propose=False),
            ),
            keys=keys,
            aliases=AliasBook(entry.aliases),
            known=None if entry.complete else graph,
        )
        _check_said(entry, reading)
        plan = make_plan(reading.graph, graph, complete=entry.complete, one=single_name_relationships())
        graph = apply_plan(plan, graph)
    return graph


def _files(data: Path, entry: LoadEntry) -> Iterator[tuple[FileDigest, tuple[Worksheet, ...]]]:
    for file in entry.files:
        try:
            yield FileDigest(file.name, file.sha256), archived_sheets(data, file)
        except InputError as error:
            raise InputError(
                f"{entry.round} 无法重建：{error.text.zh}",
                f"{entry.round} cannot be rebuilt: {error.text.en}",
            ) from error


def _check_said(entry: LoadEntry, reading: ParsedRound) -> None:
    """Refuse what reads otherwise than when it was loaded: rows of it would be missing without a word."""
    known = {(p["code"], p["file"], p["sheet"], p["cell"]) for p in entry.problems}
    new = [
        p
        for p in reading.problems
        if p.blocking
        and (p.code, p.file, p.sheet, p.cell) not in known
        and (_EARLIER.get(p.code), p.file, p.sheet, p.cell) not in known
    ]
    if new:
        raise InputError(
            f"{entry.round} 无法重建：保存的文件现在读出了导入时没有的问题（{len(new)} 处），首先是 "
            f"{_told(reading, new[0], 'zh')}。多半是导入之后程序换了版本：请把这一批的原文件重新导入，再比较。",
            f"{entry.round} cannot be rebuilt: the kept files now have problems that they did not have when they "
            f"were loaded ({len(new)}), first {_told(reading, new[0], 'en')}. Most likely the program is another "
            "version since: load the files of this round again, then compare.",
        )


_EARLIER = {"unknown_term": "bad_value"}
"""Code -> that by which an earlier version told of the same cell."""


def _told(reading: ParsedRound, found: Problem, language: Language) -> str:
    # what is wrong with the name of a person may tell the name
    if reading.is_sensitive(found):
        return found.place()
    between = "：" if language == "zh" else ": "
    return f"{found.place()}{between}{found.what.in_(language)}"


def _check_whole(needed: Sequence[LoadEntry], entries: Mapping[str, LoadEntry]) -> None:
    """Refuse to rebuild from partial loads of which one was made elsewhere, and is not known here."""
    first = needed[0]
    if not (first.complete or first.first):
        raise _elsewhere(first.round)
    for before, after in pairwise(needed):
        load = after.before.load
        while load is not None and load != before.load and load in entries:
            load = entries[load].before.load
        if load != before.load and not after.complete:
            raise _elsewhere(after.round)


def _elsewhere(round: str) -> InputError:
    return InputError(
        f"{round} 之前有从别处做的导入，这里没有它的文件，无法重建。",
        f"A load before {round} was made elsewhere; its files are not here, so it cannot be rebuilt.",
    )


def compare(before: Graph, after: Graph) -> Plan:
    """What changed from one round to another: added, changed and removed."""
    return make_plan(after, before, complete=True)
