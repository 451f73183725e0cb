"""Make a believable survey of invented people: a round's files, and beside them what coverage must answer."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

from graph_model.coverage.totals import totals
from graph_model.errors import InputError
from graph_model.progress import Progress, ProgressStep
from loaders.read.arrow import write_csv, write_parquet
from loaders.synth.answers import true_figures, true_rates, true_totals
from loaders.synth.dates import EMPTY
from loaders.synth.facts import Facts
from loaders.synth.rates import Rates
from loaders.synth.tables import SampleColumn, SampleTable, make_tables
from loaders.synth.world import World, make_world
from loaders.synth.xlsx import write_workbook

Format = Literal["xlsx", "csv", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
Cells = tuple[str | None, ...]

FEWEST, MOST, MOST_IN_WORKBOOKS = 100, 20_000_000, 50_000
ANSWERS, NOTE = "answers.json", "说明.txt"
SUMMARY = "汇总"
_ROUND = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: the folder of the round, the answer file, how many files and rows of each form."""

    folder: Path
    answers: Path
    files: int
    rows: Mapping[str, int]


def make_survey(
    members: int,
    seed: int,
    out: Path,
    *,
    format: Format = "xlsx",
    round: str = "2006-10",
    rates: Rates | None = None,
    rows_per_file: int = 1_000_000,
    on_progress: Progress | None = None,
) -> Made:
    """Write out/ROUND/ with the files of the survey and out/answers.json; the same arguments, the same bytes.

    `format`: xlsx is a workbook per area and one summary; csv and parquet are a file per form, in parts of
    at most `rows_per_file` rows. Nothing is left half done. Raises InputError for a number of members that is too small
    or too large, a round that is no month, and a folder that is taken or cannot be written.
    """
    _check(members, seed, format, round)
    folder, partial = out / round, out / f".{round}.partial"
    if folder.exists() or (out / ANSWERS).exists():
        raise InputError(
            f"{out} 里已经有一批数据；请换一个文件夹，或先删除它",
            f"{out} holds a survey already; choose another folder, or delete it first",
        )
    world = make_world(members, seed, round, rates)
    facts = Facts(world)
    found = true_totals(facts)
    tables = make_tables(world, {t.text.zh: found[t.id] for t in totals()})
    note = f"说明：虚构数据，人名、单位、地名均由程序编造，仅供测试（种子 {seed}，党员 {members} 名）"
    tell = on_progress or (lambda _step, _done, _of: None)
    try:
        partial.mkdir(parents=True)
        files = _WRITERS[format](_Job(partial, tables, world.areas.names, note, rows_per_file, tell))
        (out / NOTE).write_text(note + "\n", "utf-8")
        (out / ANSWERS).write_text(_answers(world, facts, tables, note, found), "utf-8")
        partial.rename(folder)
    except OSError as error:
        for beside in (out / NOTE, out / ANSWERS):  # they speak of a round that is not there
            with suppress(OSError):
                beside.unlink()
        why = error.strerror or type(error).__name__
        raise InputError(
            f"无法写入 {out}（{why}）；请换一个可写的文件夹，或先腾出空间",
            f"{out} cannot be written ({why}); choose a writable folder, or free some space",
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return Made(folder, out / ANSWERS, files, {t.sheet: len(t.book) for t in tables})


def _check(members: int, seed: int, format: str, round_: str) -> None:
    most = MOST_IN_WORKBOOKS if format == "xlsx" else MOST
    if not FEWEST <= members <= most:
        raise InputError(
            f"党员人数须在 {FEWEST} 到 {most} 之间，这里是 {members}；更多的人请用 --format csv 或 parquet",
            f"from {FEWEST} to {most} members, not {members}; for more use --format csv or parquet",
        )
    if seed < 0:
        raise InputError(f"种子须是 0 或正整数，这里是 {seed}", f"the seed must be 0 or more, not {seed}")
    if format not in FORMATS:
        known = "、".join(FORMATS)
        raise InputError(f"没有格式 {format}；可用的有：{known}", f"no format {format}; there are: {known}")
    if not _ROUND.fullmatch(round_):
        raise InputError(
            f"批次“{round_}”不是 年-月；请用 2006-10 这样的写法",
            f"the round “{round_}” is no year and month; write it as 2006-10",
        )


# --- files ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Job:
    """What a writer needs: where, what, the note that marks it as invented, and whom to tell."""

    folder: Path
    tables: Sequence[SampleTable]
    areas: Sequence[str]
    note: str
    rows_per_file: int
    tell: Progress


def _flat(
    write: Callable[[Path, Mapping[str, SampleColumn], range], None], ending: str
) -> Callable[[_Job], int]:
    """A writer of one file per form, in parts where it has very many rows."""

    def write_all(job: _Job) -> int:
        step = job.rows_per_file
        parts = [(t, start) for t in job.tables for start in range(0, max(len(t.book), 1), step)]
        for done, (table, start) in enumerate(parts, start=1):
            several = len(table.book) > step
            name = f"{table.sheet}-{start // step + 1}" if several else table.sheet
            rows = range(start, min(start + step, len(table.book)))
            write(job.folder / f"{name}.{ending}", table.columns, rows)
            job.tell(ProgressStep.WRITE, done, len(parts))
        return len(parts)

    return write_all


def _workbooks(job: _Job) -> int:
    """One workbook an area, and one for what belongs to none."""
    by_book = [_by_book(table) for table in job.tables]
    books = [(EMPTY, SUMMARY), *enumerate(job.areas)]
    for done, (book, name) in enumerate(books, start=1):
        sheets: dict[str, tuple[Sequence[str], list[Cells]]] = {}
        for table, rows in zip(job.tables, by_book, strict=True):
            if book in rows:
                sheets[table.sheet] = (list(table.columns), rows[book])
        write_workbook(job.folder / f"{name}.xlsx", job.note, sheets)
        job.tell(ProgressStep.WRITE, done, len(books))
    return len(books)


def _by_book(table: SampleTable) -> dict[int, list[Cells]]:
    """The rows of each workbook."""
    texts = (
        [column.words[c] if c != EMPTY else None for c in column.codes.tolist()]
        for column in table.columns.values()
    )
    rows: dict[int, list[Cells]] = {}
    for book, row in zip(table.book.tolist(), zip(*texts, strict=True), strict=True):
        rows.setdefault(book, []).append(row)
    return rows


_WRITERS: dict[str, Callable[[_Job], int]] = {
    "xlsx": _workbooks,
    "csv": _flat(write_csv, "csv"),
    "parquet": _flat(write_parquet, "parquet"),
}


# --- answers -------------------------------------------------------------------------------------


def _answers(
    world: World, facts: Facts, tables: Sequence[SampleTable], note: str, found: Mapping[str, int]
) -> str:
    told = {
        "note": note,
        "round": world.round,
        "seed": world.seed,
        "members": len(world.members.name),
        "rows": {t.sheet: len(t.book) for t in tables},
        "totals": found,
        "rates": {name: asdict(rate) for name, rate in true_rates(facts).items()},
        "rules": {rule: asdict(count) for rule, count in true_figures(facts).items()},
        "stated": asdict(world.rates),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
