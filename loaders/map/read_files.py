"""Read the files of a round row by row: records, and a Problem for each cell and file that is none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from graph_model.errors import InputError
from graph_model.gc_pause import gc_paused
from graph_model.progress import Progress, ProgressStep, no_progress
from loaders.clean.cells import clean_column
from loaders.codes.row_codes import Struck
from loaders.file_kinds import OTHER_ARCHIVES, may_hold_rows
from loaders.forms.answers import NO_ANSWERS, MatchAnswers
from loaders.forms.form import Form, read_forms
from loaders.forms.terms import TermQuestion
from loaders.map.data_rows import long_rows_problem
from loaders.map.heading_words import with_notes, within_bounds
from loaders.map.headings import Header, header_problems, is_list_sheet, match_form, with_parts
from loaders.map.map_sheet import MAX_FAULTY, read_part, read_sheet
from loaders.map.private_problems import private_file_name, private_in_sheet
from loaders.map.records import Record, Rejected, TooManyFaults
from loaders.map.sensitive import lists_people, sensitive_columns
from loaders.problem_log import ProblemLog
from loaders.problems import Problem, column_letters, problem
from loaders.read.content_hash import content_of
from loaders.read.discovery import DiscoveredFiles
from loaders.read.limits import LockedFile
from loaders.read.workbooks import FORMATS, read_workbook
from loaders.read.worksheet import Worksheet

_MANY_ROWS = 20_000
"""A file with fewer is read in less than a second."""
_LEAST_FAULTY = 1000
"""So many faulty rows of a sheet are looked at, however many other sheets had."""


@dataclass(frozen=True, slots=True)
class FileDigest:
    """A file of the round, by the name that Problems use, and what it was."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SheetCount:
    """The rows of one recognised sheet: rows == records + in_problems.

    `records`: rows that could be read (they may still meet a Problem with other rows). `declared`: how many
    the sheet's own row of sums (合计) states; a difference is a Problem. `columns`: where the form's headings
    stand, from 0. `parts`: by form, how many of the rows name a further thing of their own (a company's branch).
    `apart`: the columns kept as notes and those of further things that may name people.
    """

    form: str
    file: str
    sheet: str
    rows: int
    records: int
    in_problems: int
    declared: int | None = None
    columns: Mapping[str, int] = field(default_factory=dict, compare=False)
    parts: Mapping[str, int] = field(default_factory=dict, compare=False)
    apart: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a sheet is read, or None where it is not; and the problems that say so."""

    header: Header | None
    problems: tuple[Problem, ...] = ()


Choose = Callable[[Worksheet, Sequence[Form]], Chosen]
"""Asked of each sheet that is not empty."""


def choose_by_headings(sheet: Worksheet, forms: Sequence[Form]) -> Chosen:
    """A sheet by the headings of our own forms and their aliases alone."""
    header = match_form(sheet, forms)
    return Chosen(None if header is None else with_notes(with_parts(header, forms)))


@dataclass(frozen=True, slots=True)
class ParsedFiles:
    """What stands in the files of a round, before anything refers to anything. Collected once, then only read.

    `contents`: the digests of what stands in its text files, where they were asked for. `words`: those that are no
    term of their list, as sheet by sheet they come.
    """

    round: str
    records: list[Record] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    problems: ProblemLog = field(default_factory=ProblemLog)
    counts: list[SheetCount] = field(default_factory=list)
    files: list[FileDigest] = field(default_factory=list)
    sensitive: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    people: set[tuple[str, str]] = field(default_factory=set)
    contents: dict[str, str] = field(default_factory=dict)
    struck: Struck = "ask"
    answers: MatchAnswers = NO_ANSWERS
    words: list[TermQuestion] = field(default_factory=list)
    choose: Choose = choose_by_headings

    @property
    def declares(self) -> bool:
        """Is there a row of declared totals of all areas together."""
        return any(r.layout.form.totals and r.properties.get("area") is None for r in self.records)


def parse_files(
    round: str,
    listing: DiscoveredFiles,
    *,
    on_progress: Progress | None = None,
    contents: bool = False,
    struck: Struck = "ask",
    answers: MatchAnswers = NO_ANSWERS,
    choose: Choose = choose_by_headings,
) -> ParsedFiles:
    """The first half of `read_round`: what stands in the files, row by row.

    `contents`: with the digests of what stands in text files. `struck`: what becomes of rows that are struck through.
    `answers`: how words that are no term are to be read. `choose`: says how each sheet is read.
    """
    on_progress = on_progress or no_progress
    into = ParsedFiles(round, struck=struck, answers=answers, choose=choose)
    with gc_paused():
        for file, why in listing.ignored:
            into.problems.append(_passed_over(file, why))
        for file, kind in listing.private:
            into.problems.append(private_file_name(file, kind))
        for file, error in listing.refused:
            into.problems.append(_unreadable(file, error))
        into.problems.extend(problem("unlocked_file", file) for file in listing.unlocked)
        on_progress(ProgressStep.READ, 0, len(listing.files))
        for done, (file, path) in enumerate(listing.files, start=1):
            _read_file(file, path, into, contents, on_progress)
            on_progress(ProgressStep.READ, done, len(listing.files))
    return into


def parse_sheets(
    round: str,
    files: Iterable[tuple[FileDigest, Sequence[Worksheet]]],
    struck: Struck = "ask",
    answers: MatchAnswers = NO_ANSWERS,
    choose: Choose = choose_by_headings,
) -> ParsedFiles:
    """What stands in files of which the sheets are at hand: what `parse_files` gave of them, in the same order."""
    into = ParsedFiles(round, struck=struck, answers=answers, choose=choose)
    with gc_paused():
        for file, sheets in files:
            _take_file(file, sheets, into, no_progress)
    return into


def _read_file(file: str, path: Path, into: ParsedFiles, contents: bool, on_progress: Progress) -> None:
    try:
        sheets = read_workbook(path, file)
        digest = sha256_of(path)
    except InputError as error:
        into.problems.append(_unreadable(file, error))
        return
    if contents and (content := content_of(file, sheets)) is not None:
        into.contents[file] = content
    _take_file(FileDigest(file, digest), sheets, into, on_progress)


def _take_file(
    file: FileDigest, sheets: Sequence[Worksheet], into: ParsedFiles, on_progress: Progress
) -> None:
    into.files.append(file)
    rows = sum(s.height for s in sheets)
    on_progress, before, recognised = on_progress if rows >= _MANY_ROWS else no_progress, 0, 0
    on_progress(ProgressStep.ROWS, 0, rows)
    for sheet in sheets:
        recognised += _read_sheet(
            sheet, into.round, into, partial(_tell_of_rows, on_progress, before, rows)
        )
        before += sheet.height
        on_progress(ProgressStep.ROWS, before, rows)
    if not recognised:
        into.problems.append(problem("no_form", file.name, forms=_form_names(read_forms())))


def _tell_of_rows(on_progress: Progress, before: int, of: int, rows: int) -> None:
    on_progress(ProgressStep.ROWS, before + rows, of)


def _passed_over(file: str, ending: str) -> Problem:
    """What may hold rows of the survey blocks: they would seem to be gone. A picture or a text is named."""
    if may_hold_rows(ending):
        return problem("other_workbook", file, value=ending, ending=ending)
    if ending in OTHER_ARCHIVES:
        return problem("other_archive", file, value=ending)
    return problem("not_a_workbook", file, value=ending, types="、".join(FORMATS))


def _unreadable(file: str, error: InputError) -> Problem:
    code = "locked_file" if isinstance(error, LockedFile) else "unreadable_file"
    return problem(code, file, zh=error.text.zh, en=error.text.en)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_sheet(sheet: Worksheet, round_: str, into: ParsedFiles, on_rows: Callable[[int], None]) -> bool:
    """Read one sheet into what was collected; False where it is no form."""
    if is_list_sheet(sheet):
        return False
    into.problems.extend(private_in_sheet(sheet))
    sheet = replace(sheet, columns=tuple(map(clean_column, sheet.columns)))
    forms = read_forms()
    chosen = Chosen(None) if sheet.blank else into.choose(sheet, forms)
    into.problems.extend(chosen.problems)
    header = chosen.header
    if header is None:
        code = "empty_sheet" if sheet.blank else "unknown_sheet"
        if not chosen.problems:
            into.problems.append(problem(code, sheet.file, sheet.name, forms=_form_names(forms)))
        return bool(chosen.problems)
    if sheet.hidden:
        into.problems.append(problem("hidden_sheet", sheet.file, sheet.name))
    header, over = within_bounds(sheet, header)
    into.problems.extend((*header_problems(sheet, header), *over))
    into.sensitive[sheet.file, sheet.name] = sensitive_columns(header.form, header.columns, _apart(header))
    if lists_people(header.form):
        into.people.add((sheet.file, sheet.name))
    long = long_rows_problem(sheet, header)
    if long is not None:
        into.problems.append(long)
        return True
    left = max(_LEAST_FAULTY, MAX_FAULTY - len(into.rejected))
    try:
        reading = read_sheet(sheet, header, round_, on_rows, into.struck, left, into.answers.terms)
    except TooManyFaults as error:
        into.problems.extend(error.problems)
        into.words.extend(error.words)
        return True
    into.records.extend(reading.records)
    into.rejected.extend(reading.rejected)
    into.problems.extend(reading.problems)
    into.words.extend(reading.words)
    parts: dict[str, int] = {}
    for part in header.parts:
        of = next(p for p in header.form.parts if p.form == part.form.id)
        further = read_part(sheet, part, of, reading.live, round_, into.answers.terms)
        into.records.extend(further.records)
        into.rejected.extend(further.rejected)
        into.problems.extend(further.problems)
        into.words.extend(further.words)
        parts[part.form.id] = further.rows
    into.counts.append(
        SheetCount(
            header.form.id,
            sheet.file,
            sheet.name,
            reading.rows,
            len(reading.records),
            reading.rows - len(reading.records),
            reading.declared,
            header.columns,
            parts,
            _apart(header),
        )
    )
    return True


def _apart(header: Header) -> tuple[int, ...]:
    """The columns that the form does not have and that may name people, from 0."""
    named = {
        at
        for part in header.parts
        for at in part.columns.values()
        if column_letters(at) in sensitive_columns(part.form, part.columns)
    }
    return tuple(sorted(named.union(header.notes.values(), *header.further.values())))


def _form_names(forms: Sequence[Form]) -> str:
    return "、".join(f.title.zh for f in forms)
