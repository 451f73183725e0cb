"""Read a survey round: files and folders in, desired graph, declared totals and Problems out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from graph_model.collector import no_collector
from graph_model.errors import InputError
from graph_model.graph import Graph
from graph_model.holdings import AtHand, Holdings
from graph_model.totals import totals
from loaders.aliases import NO_ALIASES, AliasBook, Proposal
from loaders.assemble import assemble
from loaders.balance import Balance, Ledger, balances
from loaders.cells import nearest
from loaders.content import content_of
from loaders.form import Form, read_forms
from loaders.found import AREA_LABELS
from loaders.headings import header_problems, is_list_sheet, recognise
from loaders.listing import Listing, list_files, round_named
from loaders.mapping import read_sheet
from loaders.private_problems import private_file_name, private_in_sheet
from loaders.problems import Problem, problem
from loaders.reconcile import DeclaredTotal, declared_by_hand, declared_totals
from loaders.records import Record, Rejected
from loaders.sensitive import (
    Sensitive,
    SheetsOfPeople,
    lists_people,
    may_name,
    sensitive_columns,
    stands_in,
)
from loaders.workbooks import FORMATS, OTHER_ARCHIVES, OTHER_WORKBOOKS, Sheet, read_workbook

Progress = Callable[[str, int, int], None]
"""(step, done, of): told after each file and each step."""

_ROUND = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file of the round, by the name that Problems use, and what it was."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Count:
    """The rows of one recognised sheet: rows == records + in_problems.

    `records`: rows that could be read (they may still meet a Problem with other rows). `declared`: how many
    the sheet's own row of sums (合计) states; a difference is a Problem. `columns`: where the form's headings
    stand, from 0.
    """

    form: str
    file: str
    sheet: str
    rows: int
    records: int
    in_problems: int
    declared: int | None = None
    columns: Mapping[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a round says besides its graph: what was read of which files, and what is wrong with it.

    `balances`: what became of the rows of each sheet. `sensitive`: by (file, sheet) the letters of the
    columns that may hold what not everybody may see. `people`: the sheets that list people, as (file, sheet):
    where a row slipped by a column, their names stand in any of them. `areas_of_files`: the area that a file
    is about, where it is about one.
    """

    round: str
    problems: tuple[Problem, ...]
    declared: tuple[DeclaredTotal, ...]
    counts: tuple[Count, ...]
    files: tuple[FileRead, ...]
    proposals: tuple[Proposal, ...] = ()
    balances: tuple[Balance, ...] = ()
    sensitive: Sensitive = field(default_factory=dict)
    people: SheetsOfPeople = frozenset()
    areas_of_files: Mapping[str, str] = field(default_factory=dict)

    def is_sensitive(self, found: Problem) -> bool:
        """May the value of a problem of this round be the name of a person, or as private as one."""
        return may_name(found, self.sensitive, self.people)

    def names_somebody(self, found: Problem) -> bool:
        """Does a problem stand in a column that is meant for what not everybody may see."""
        return stands_in(found, self.sensitive)

    @property
    def unaccounted(self) -> int:
        """Rows of which nothing became, not even a problem: 0, or the loader is wrong."""
        return sum(abs(b.unaccounted) for b in self.balances)

    @property
    def blocking(self) -> bool:
        """Is there a problem that must be mended before the round can be loaded."""
        return any(p.blocking for p in self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Said):
    """What a round says. Nothing of it is in a store yet."""

    graph: Graph

    def said(self) -> Said:
        """All of it but the graph."""
        return Said(**{f.name: getattr(self, f.name) for f in fields(Said)})


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands in the files of a round, before anything refers to anything. Collected once, then only read.

    `contents`: the digests of what stands in its text files, where they were asked for.
    """

    round: str
    records: list[Record] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    files: list[FileRead] = field(default_factory=list)
    sensitive: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    people: set[tuple[str, str]] = field(default_factory=set)
    contents: dict[str, str] = field(default_factory=dict)

    @property
    def declares(self) -> bool:
        """Is there a row of declared totals of all areas together."""
        return any(r.layout.form.totals and r.properties.get("area") is None for r in self.records)


def read_round(
    paths: Sequence[Path],
    *,
    secret: bytes,
    round: str | None = None,
    on_progress: Progress | None = None,
    aliases: AliasBook = NO_ALIASES,
    known: Graph | Holdings | None = None,
    declare: Sequence[str] = (),
) -> Reading:
    """Read the workbooks of a round; nothing is written anywhere.

    `paths`: files, and folders whose workbooks are read with those of their subfolders. `round`: as
    YYYY-MM; by default the name of the folder. The order of files and rows does not matter. `aliases`: the
    names that the user said are the same. `known`: what the store holds, where the round is partial and may
    refer to it: what a name means is looked for in the round first. `declare`: totals declared by hand.
    Raises InputError for a path that is not there, for no workbook at all, and for no round; a file that
    cannot be used is a blocking Problem, so that all of them are seen at once.
    """
    rows = read_rows(round_name(paths, round), list_files(paths), on_progress=on_progress)
    return understand(
        rows, secret=secret, on_progress=on_progress, aliases=aliases, known=known, declare=declare
    )


def read_rows(
    round: str, listing: Listing, *, on_progress: Progress | None = None, contents: bool = False
) -> Rows:
    """The first half of `read_round`: what stands in the files, row by row.

    `contents`: with the digests of what stands in text files.
    """
    tell = on_progress or _silent
    into = Rows(round)
    with no_collector():
        for file, why in listing.ignored:
            into.problems.append(_passed_over(file, why))
        for file, kind in listing.private:
            into.problems.append(private_file_name(file, kind))
        for file, error in listing.refused:
            into.problems.append(_unreadable(file, error))
        for done, (file, path) in enumerate(listing.files, start=1):
            _read_file(file, path, into, contents)
            tell("read", done, len(listing.files))
    return into


def rows_of(round: str, files: Iterable[tuple[FileRead, Sequence[Sheet]]]) -> Rows:
    """What stands in files of which the sheets are at hand: what `read_rows` gave of them, in the same order."""
    into = Rows(round)
    with no_collector():
        for file, sheets in files:
            _take_file(file, sheets, into)
    return into


def _silent(_step: str, _done: int, _of: int) -> None:
    """Nobody wants to know."""


def understand(
    collected: Rows,
    *,
    secret: bytes,
    on_progress: Progress | None = None,
    aliases: AliasBook = NO_ALIASES,
    known: Graph | Holdings | None = None,
    declare: Sequence[str] = (),
) -> Reading:
    """The second half of `read_round`: what the rows mean together. The rows stay as they are."""
    with no_collector():
        held = AtHand(known) if isinstance(known, Graph) else known
        return _understand(collected, secret, on_progress or _silent, aliases, held, declare)


def _understand(
    collected: Rows,
    secret: bytes,
    tell: Progress,
    aliases: AliasBook,
    known: Holdings | None,
    declare: Sequence[str],
) -> Reading:
    name = collected.round
    rows = [r for r in collected.records if r.layout.form.label is not None]
    tell("assemble", 0, 1)
    assembled = assemble(rows, collected.rejected, round_=name, secret=secret, aliases=aliases, held=known)
    summary = [r for r in collected.records if r.layout.form.label is None]

    def area_of(text: str) -> str | None:
        if known is not None:
            assembled.known.remember(known, AREA_LABELS)
        found = assembled.known.find(AREA_LABELS, text)
        return found[0] if len(found) == 1 else None

    def near(text: str) -> tuple[str, ...]:
        shown = [n for label in AREA_LABELS for n in assembled.known.shown[label].values()]
        return tuple(nearest(text, sorted(shown), count=3))

    declared, odd = declared_totals(summary, totals(), name, area_of, near)
    declared = declared_by_hand(declare, declared, totals(), area_of)
    tell("assemble", 1, 1)
    problems = (*collected.problems, *assembled.problems, *odd)
    _settle_totals(summary, odd, assembled.ledger)
    forms = {f.id: f for f in read_forms()}
    sheets = [(forms[c.form], c.file, c.sheet, c.rows, c.declared) for c in collected.counts]
    return Reading(
        round=name,
        graph=assembled.graph,
        problems=tuple(sorted(problems, key=_order)),
        declared=declared,
        counts=tuple(collected.counts),
        files=tuple(collected.files),
        proposals=assembled.proposals,
        balances=balances(sheets, assembled.ledger, problems),
        sensitive=collected.sensitive,
        people=frozenset(collected.people),
        areas_of_files=_areas_of_files(assembled.graph),
    )


def _settle_totals(summary: Sequence[Record], odd: Sequence[Problem], ledger: Ledger) -> None:
    """Rows of declared totals land in the round itself, not in a node."""
    refused = {(p.file, p.sheet, p.cell.lstrip(_LETTERS)) for p in odd}
    for row in summary:
        layout = row.layout
        if (layout.file, layout.sheet, str(row.row)) in refused:
            ledger.lose(layout.file, layout.sheet, row.row)
        else:
            ledger.landed[layout.file, layout.sheet] += 1


def _areas_of_files(graph: Graph) -> dict[str, str]:
    """File -> the one area that it lists; a file with several areas, or none, is about no single one."""
    found: dict[str, str | None] = {}
    for key, node in graph.nodes.items():
        if node.label in AREA_LABELS and node.place is not None:
            found[node.place.file] = None if node.place.file in found else key
    return {file: key for file, key in found.items() if key is not None}


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CELL = re.compile(r"([A-Z]+)(\d+)")


def _order(found: Problem) -> tuple[str, str, int, int, str, str, str]:
    """Problems as people work through them: by file, sheet, row, column."""
    at = _CELL.fullmatch(found.cell)
    row, column = (int(at.group(2)), at.group(1)) if at else (0, "")
    return (found.file, found.sheet, row, len(column), column, found.code, found.value)


def _read_file(file: str, path: Path, into: Rows, contents: bool) -> None:
    try:
        sheets = read_workbook(path, file)
        digest = sha256_of(path)
    except InputError as error:
        into.problems.append(_unreadable(file, error))
        return
    if contents and (content := content_of(file, sheets)) is not None:
        into.contents[file] = content
    _take_file(FileRead(file, digest), sheets, into)


def _take_file(file: FileRead, sheets: Sequence[Sheet], into: Rows) -> None:
    into.files.append(file)
    recognised = sum(_read_sheet(sheet, into.round, into) for sheet in sheets)
    if not recognised:
        into.problems.append(problem("no_form", file.name, forms=_form_names(read_forms())))


def _passed_over(file: str, ending: str) -> Problem:
    """What may hold rows of the survey blocks: they would seem to be gone. A picture or a text is named."""
    if ending.lower() in OTHER_WORKBOOKS:
        return problem("other_workbook", file, value=ending, ending=ending)
    if ending.lower() in OTHER_ARCHIVES:
        return problem("other_archive", file, value=ending)
    return problem("not_a_workbook", file, value=ending, types="、".join(FORMATS))


def _unreadable(file: str, error: InputError) -> Problem:
    return problem("unreadable_file", file, zh=error.text.zh, en=error.text.en)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_sheet(sheet: Sheet, round_: str, into: Rows) -> bool:
    """Read one sheet into what was collected; False where it is no form."""
    if is_list_sheet(sheet):
        return False
    into.problems.extend(private_in_sheet(sheet))
    forms = read_forms()
    header = recognise(sheet, forms)
    if header is None:
        blank = not any(c and c.strip() for column in sheet.columns for c in column)
        code = "empty_sheet" if blank else "unknown_sheet"
        into.problems.append(problem(code, sheet.file, sheet.name, forms=_form_names(forms)))
        return False
    if sheet.hidden:
        into.problems.append(problem("hidden_sheet", sheet.file, sheet.name))
    into.problems.extend(header_problems(sheet, header))
    into.sensitive[sheet.file, sheet.name] = sensitive_columns(header.form, header.columns)
    if lists_people(header.form):
        into.people.add((sheet.file, sheet.name))
    reading = read_sheet(sheet, header, round_)
    into.records.extend(reading.records)
    into.rejected.extend(reading.rejected)
    into.problems.extend(reading.problems)
    into.counts.append(
        Count(
            header.form.id,
            sheet.file,
            sheet.name,
            reading.rows,
            len(reading.records),
            reading.rows - len(reading.records),
            reading.declared,
            header.columns,
        )
    )
    return True


def _form_names(forms: Sequence[Form]) -> str:
    return "、".join(f.title.zh for f in forms)


# --- which round --------------------------------------------------------------------


def round_name(paths: Sequence[Path], given: str | None) -> str:
    """The round that was given, as YYYY-MM, or else the one that the files are in; InputError where neither is one."""
    if given is not None:
        if _ROUND.fullmatch(given):
            return given
        raise InputError(
            f"批次“{given}”不是 年-月；请用 --round 2006-10 这样的写法",
            f"the round “{given}” is no year and month; write it as --round 2006-10",
        )
    named = round_named(paths)
    if named is not None:
        return named
    raise InputError(
        "看不出是哪一批调摸：请加上 --round 2006-10，或把文件放在以年月命名的文件夹里",
        "which round is this? add --round 2006-10, or put the files into a folder named so",
    )
