"""`branchmap report`: the monthly pack as Word and PDF, and the work list as Excel."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from explorer.answers import Answers
from explorer.commands.context import Context, context_of, reckoned
from explorer.commands.files import check_outside, write_file
from explorer.gaps.gap_report_rows import GapItem, gap_items, problems
from explorer.report.docx import to_docx
from explorer.report.pdf import to_pdf
from explorer.report.report import build_monthly_report
from explorer.report.worklist import TITLE, GroupBy, worklist_xlsx
from graph_model.errors import InputError
from graph_model.text import Text

PACK = Text("党建覆盖月报", "Monthly report")
ENDINGS = (".docx", ".pdf", ".xlsx")
HERE = Path()


def report(
    ctx: typer.Context,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FILE",
            help=".docx 或 .pdf 月报，.xlsx 整改台账；文件夹则全部写入，默认当前文件夹 · a folder gets all of them, "
            "by default the present one",
        ),
    ] = HERE,
    round_: Annotated[
        str | None, typer.Option("--round", metavar="2006-10", help="批次，默认当前 · the round")
    ] = None,
    by: Annotated[
        GroupBy, typer.Option("--by", help="台账按区域或责任人分表 · the work list's sheets")
    ] = "area",
) -> None:
    """每月汇报材料：Word、PDF 和整改台账 · the monthly pack and the work list."""
    context = context_of(ctx).or_demo()
    folder = out.is_dir()
    if not folder and out.suffix.lower() not in ENDINGS:
        raise InputError(
            f"不能写成 {out}：文件请以 {'、'.join(ENDINGS)} 结尾，或给一个已有的文件夹。",
            f"Cannot write {out}: end the file in {', '.join(ENDINGS)}, or name a folder that exists.",
        )
    check_outside(out, context_of(ctx).settings.data)
    wanted = ENDINGS if folder else (out.suffix.lower(),)
    with context.store() as store:
        as_of = reckoned(context, store).day
        answers = Answers(store, context.settings.catalogue(), context.settings.profile())
        answers.refresh()
        makers = _makers(context, answers, problems(gap_items(answers, context.viewer, as_of)), round_, by)
        name = answers.overview().round
        files = [
            (
                out / f"{_file_name(context, ending, name.name if name else '')}{ending}"
                if folder
                else out,
                ending,
            )
            for ending in wanted
        ]
        made = [(file, makers[ending]()) for file, ending in files]
    for fault in answers.catalogue.faults:
        context.tell(fault.text)
    for file, data in made:
        write_file(file, data)
        context.tell(Text(f"已写入 {file}。", f"Written: {file}."))


def _makers(
    context: Context, answers: Answers, items: tuple[GapItem, ...], round_: str | None, by: GroupBy
) -> dict[str, Callable[[], bytes]]:
    """What writes each ending; the report itself is put together once."""
    pack = build_monthly_report(answers, context.viewer, round_=round_, items=items)
    seen = answers.overview()
    place = str(seen.subdistrict.properties.get("name", "")) if seen.subdistrict else ""
    current = seen.round.name if seen.round else ""
    return {
        ".docx": lambda: to_docx(pack),
        ".pdf": lambda: to_pdf(pack),
        ".xlsx": lambda: worklist_xlsx(
            items, context.viewer, by, place=place, round_=current, today=pack.made
        ),
    }


def _file_name(context: Context, ending: str, round_: str) -> str:
    """What a file in a folder is called; a round's name may hold what file names may not."""
    what = context.say(TITLE if ending == ".xlsx" else PACK)
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", f"{what} {round_}").strip()
