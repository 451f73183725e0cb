"""`branchmap template`: write the survey workbook, blank or filled with what is known of one area."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Annotated, Literal

import typer

from explorer.commands.context import context_of
from explorer.commands.files import check_outside, write_file
from graph_model.errors import InputError
from graph_model.text import Text
from loaders.template.prefill import find_area, rows_of_area
from loaders.template.template import write_template


def template(
    ctx: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="要写的文件，.xlsx · the file to write")],
    area: Annotated[
        str | None,
        typer.Option(
            "--area",
            metavar="AREA",
            help="预填这个居民区的已有内容，需 --names · fill in what is known of this area, needs --names",
        ),
    ] = None,
    columns: Annotated[
        Literal["basic", "full"],
        typer.Option(
            "--columns", help="basic 常用列，full 全部列 · the usual columns, or all that there are"
        ),
    ] = "basic",
) -> None:
    """调摸表模板 · write the survey workbook, blank or for one area."""
    context = context_of(ctx)
    if out.suffix.lower() != ".xlsx":
        raise InputError(
            f"模板是 Excel 工作簿，请用 .xlsx 结尾，而不是 {out.name}。",
            f"The template is an Excel workbook: end its name in .xlsx, not {out.name}.",
        )
    check_outside(out, context.settings.data)
    book = BytesIO()
    if area is None:
        write_template(book, full=columns == "full")
    else:
        if not context.viewer.names:
            raise InputError(
                "预填的模板含有党员姓名，需要“显示姓名”的权限：请加 --names，或不加 --area 取空白模板。",
                "A template that is filled in holds people's names, which need the right to see them: add --names, "
                "or leave out --area for a blank one.",
            )
        with context.or_demo().store() as store:
            held = store.held()
        write_template(book, rows_of_area(held, find_area(held, area).key), full=columns == "full")
    write_file(out, book.getvalue())
    context.tell(Text(f"已写入 {out}。", f"Written: {out}."))
