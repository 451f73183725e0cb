"""`branchmap report`: the monthly pack as Word and PDF, each annex by itself, and the work list as Excel."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Annotated

import typer

from explorer.answers import Answers
from explorer.commands.context import Context, Steps, context_of, reckoned
from explorer.commands.files import check_outside, write_file
from explorer.gaps.cleared import cleared_items, within_place
from explorer.gaps.gap_report_rows import gap_items, problems
from explorer.report.annex_xlsx import annex_xlsx
from explorer.report.annexes import ANNEXES, Annex, find_annex
from explorer.report.blocks import Report
from explorer.report.docx import to_docx
from explorer.report.pdf import to_pdf
from explorer.report.report import build_annex, build_monthly_report, check_round, pack_day
from explorer.report.worklist import TITLE, GroupBy, worklist_xlsx
from graph_model.coverage.areas import Locality, find_locality
from graph_model.errors import InputError
from graph_model.text import Text

PACK = Text("党建覆盖情况通报", "Monthly report")
EVERY = "all"
SECONDS = 300.0
"""How long a rule's whole list may take for the work list of a city: nobody waits for a page."""
ENDINGS = (".docx", ".pdf", ".xlsx")
HERE = Path()


def report(
    ctx: typer.Context,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FILE",
            help=".docx 或 .pdf 通报，.xlsx 整改台账；文件夹则全部写入，默认当前文件夹 · a folder gets all of them, "
            "by default the present one",
        ),
    ] = HERE,
    round_: Annotated[
        str | None, typer.Option("--round", metavar="2006-10", help="批次，默认当前 · the round")
    ] = None,
    by: Annotated[
        GroupBy, typer.Option("--by", help="台账按区域或责任人分表 · the work list's sheets")
    ] = "area",
    annex: Annotated[
        str | None,
        typer.Option(
            "--annex",
            metavar="NAME",
            help=f"只要一个附件（.xlsx、.docx、.pdf），all 为全部 · one annex: {', '.join(a.id for a in ANNEXES)}, all",
        ),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(
            "--place", metavar="NAME", help="只看一个街道、居民区或商业区 · one sub-district or area"
        ),
    ] = None,
) -> None:
    """每月通报：Word、PDF、各附件和整改台账 · the monthly pack, its annexes and the work list."""
    context = context_of(ctx).or_demo()
    folder = out.is_dir()
    annexes = () if annex is None else ANNEXES if annex == EVERY else (find_annex(annex),)
    if not folder and (out.suffix.lower() not in ENDINGS or len(annexes) > 1):
        raise InputError(
            f"不能写成 {out}：文件请以 {'、'.join(ENDINGS)} 结尾，或给一个已有的文件夹。",
            f"Cannot write {out}: end the file in {', '.join(ENDINGS)}, or name a folder that exists.",
        )
    check_outside(out, context_of(ctx).settings.data)
    with context.store() as store, context.progress() as steps:
        as_of = reckoned(context, store).day
        answers = Answers(store, context.settings.catalogue(), context.settings.profile())
        answers.refresh()
        found = answers.overview().round
        name = found.name if found else ""
        within = None if place is None else find_locality(answers.localities(), place)
        wanted = _Wanted(context, answers, out, round_, name, within, steps)
        files = _annex_files(wanted, annexes) if annexes else _pack_files(wanted, as_of, by)
        # each is written as soon as it is made: what comes after may be stopped
        for file, make in files:
            write_file(file, make())
            context.tell(Text(f"已写入 {file}。", f"Written: {file}."))
    for fault in answers.catalogue.faults:
        context.tell(fault.text)


Files = list[tuple[Path, Callable[[], bytes]]]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What all files of one command have in common. `current`: the round that the store is at."""

    context: Context
    answers: Answers
    out: Path
    round_: str | None
    current: str
    within: Locality | None
    steps: Steps

    def file(self, title: str, ending: str) -> Path:
        """The file of a title in the folder; of a place, with its name."""
        place = f" {self.within.name}" if self.within else ""
        return self.out / _file_name(f"{title}{place}", self.current, ending)


def _pack_files(wanted: _Wanted, as_of: str, by: GroupBy) -> Files:
    """What is written where: the report itself is put together once."""
    answers, viewer, within, steps = wanted.answers, wanted.context.viewer, wanted.within, wanted.steps
    seen = answers.overview()
    whole = str(seen.subdistrict.properties.get("name", "")) if seen.subdistrict else ""
    place = within.name if within else whole

    @cache
    def pack() -> Report:
        return build_monthly_report(answers, viewer, round_=wanted.round_, within=within, on_step=steps)

    def listed() -> bytes:
        check_round(seen.round, wanted.round_)
        items = problems(gap_items(answers, viewer, as_of, seconds=SECONDS, on_step=steps))
        return worklist_xlsx(
            within_place(items, within),
            viewer,
            by,
            place=place,
            round_=wanted.current,
            today=pack_day(seen),
            cleared=within_place(cleared_items(answers, viewer), within),
        )

    makers = {
        ".docx": lambda: to_docx(pack(), steps),
        ".pdf": lambda: to_pdf(pack(), steps),
        ".xlsx": listed,
    }
    if not wanted.out.is_dir():
        return [(wanted.out, makers[wanted.out.suffix.lower()])]
    titles = {".xlsx": TITLE, ".docx": PACK, ".pdf": PACK}
    return [(wanted.file(wanted.context.say(titles[e]), e), make) for e, make in makers.items()]


def _annex_files(wanted: _Wanted, annexes: Sequence[Annex]) -> Files:
    """Annexes one by one: in a folder each as Excel and Word."""
    writers = {".xlsx": annex_xlsx, ".docx": to_docx, ".pdf": to_pdf}
    files: Files = []
    folder = wanted.out.is_dir()
    for annex in annexes:
        for ending in (".xlsx", ".docx") if folder else (wanted.out.suffix.lower(),):
            title = annex.title(wanted.context.viewer.language)
            file = wanted.file(title, ending) if folder else wanted.out
            write = partial(writers[ending], on_step=wanted.steps)
            files.append((file, partial(_annex_file, wanted, annex, write)))
    return files


def _annex_file(wanted: _Wanted, annex: Annex, write: Callable[[Report], bytes]) -> bytes:
    viewer = wanted.context.viewer
    return write(build_annex(wanted.answers, viewer, annex, round_=wanted.round_, within=wanted.within))


def _file_name(what: str, round_: str, ending: str) -> str:
    """What a file in a folder is called; a round's name may hold what file names may not."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", f"{what} {round_}").strip() + ending
