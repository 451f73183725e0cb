"""`branchmap synth`: make a believable survey of invented people, with the answers beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from explorer.commands.context import context_of
from explorer.commands.files import check_outside
from graph_model.errors import InputError
from graph_model.text import Text
from loaders.synth.survey import ANSWERS, FORMATS, NOTE, make_survey


def synth(
    ctx: typer.Context,
    members: Annotated[
        int, typer.Option("--members", metavar="N", help="党员人数 · how many members")
    ] = 2000,
    seed: Annotated[
        int, typer.Option("--seed", metavar="S", help="种子：相同则数据相同 · same seed, same data")
    ] = 1,
    out: Annotated[
        Path, typer.Option("--out", metavar="FOLDER", help="写入的文件夹 · the folder to write")
    ] = Path("synth"),
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="|".join(FORMATS),
            help="xlsx 每区一册；csv、parquet 每表一个文件 · a workbook per area, or a file per form",
        ),
    ] = "xlsx",
    round_: Annotated[
        str, typer.Option("--round", metavar="YYYY-MM", help="调摸批次 · the survey round")
    ] = "2006-10",
) -> None:
    """编造一批测试用调摸数据，附标准答案 · make an invented survey for tests, with its answers."""
    context = context_of(ctx)
    known = next((f for f in FORMATS if f == format_.lower()), None)
    if known is None:
        listed = "、".join(FORMATS)
        raise InputError(
            f"没有格式 {format_}；可用的有：{listed}", f"no format {format_}; there are: {listed}"
        )
    for written in (out, *(out / name for name in (round_, NOTE, ANSWERS))):  # each may be a link
        check_outside(written, context.settings.data)
    with context.progress() as steps:
        made = make_survey(members, seed, out, format=known, round=round_, on_progress=steps)
    rows = sum(made.rows.values())
    context.tell(
        Text(
            f"已写入 {made.folder}：{made.files} 个文件，{rows} 行（虚构数据）；标准答案在 {made.answers}。",
            f"Written {made.folder}: {made.files} files, {rows} rows (invented); answers in {made.answers}.",
        )
    )
