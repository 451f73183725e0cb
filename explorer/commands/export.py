"""`branchmap export`: what lies around one thing, or a saved view, as a picture, a page or a graph file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from explorer.commands.context import context_of
from explorer.commands.export_what import scene_kept, scene_near
from explorer.commands.files import check_outside, write_file
from explorer.export.formats import FORMATS, SCALES
from explorer.export.formats import export as as_bytes
from explorer.scene.scene import LAYOUTS, ViewOptions
from graph_model.errors import InputError
from graph_model.text import Text, counted

_AROUND = ("depth", "types", "layout")


def export(
    ctx: typer.Context,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FILE",
            help=f"按结尾决定格式 · the ending says the format: {' '.join(FORMATS)}",
        ),
    ],
    focus: Annotated[
        str | None, typer.Option("--focus", metavar="NAME-OR-KEY", help="名称或标识 · a name or a key")
    ] = None,
    view: Annotated[
        str | None,
        typer.Option(
            "--view", metavar="NAME", help="已存视图，代替 --focus · a saved view, instead of --focus"
        ),
    ] = None,
    depth: Annotated[int, typer.Option("--depth", min=0, max=6, help="步数 · steps from the focus")] = 1,
    scale: Annotated[
        int, typer.Option("--scale", min=SCALES[0], max=SCALES[-1], help="PNG 倍数 · size of a PNG")
    ] = 2,
    types: Annotated[
        str | None,
        typer.Option(
            "--types", metavar="A,B", help="只要这些类型，如 单位,党支部 · only these types: Unit,Branch"
        ),
    ] = None,
    layout: Annotated[
        str, typer.Option("--layout", help=f"排列 · how it is laid out: {' '.join(LAYOUTS)}")
    ] = "force",
    off: Annotated[
        str | None,
        typer.Option(
            "--off",
            metavar="A,B",
            help="关掉图例中的这些，如 党员,缺口：低 · legend entries to switch off: Member,low",
        ),
    ] = None,
    dark: Annotated[bool, typer.Option("--dark", help="深色 · on dark ground")] = False,
    unnamed: Annotated[
        bool, typer.Option("--no-names", help="图中不写名称 · no names in the picture")
    ] = False,
) -> None:
    """把一个对象周围的关系或已存视图存成图片、网页、表格或图文件 · save what lies around one thing, or a saved view."""
    context = context_of(ctx).or_demo()
    format_ = out.suffix.lower().removeprefix(".")
    if format_ not in FORMATS:
        endings = [f".{ending}" for ending in FORMATS]
        raise InputError(
            f"不能按“{out.suffix}”写文件；可用的结尾：{'、'.join(endings)}。",
            f"No format is called “{out.suffix}”; the endings are: {', '.join(endings)}.",
        )
    _check_look(format_, dark=dark, unnamed=unnamed)
    _check_what(ctx, focus, view)
    check_outside(out, context_of(ctx).settings.data)
    with context.store() as store:
        if view is not None:
            scene = scene_kept(context, store, view, off)
        else:
            scene = scene_near(context, store, focus or "", depth, types, layout, off)
    write_file(out, as_bytes(scene, format_, scale=scale, look=ViewOptions(dark=dark, names=not unnamed)))
    context.tell(
        Text(
            f"已写入 {out}：{len(scene.nodes)} 个对象，{len(scene.edges)} 条关系。",
            f"Written: {out}, {counted(len(scene.nodes), 'thing')} and {counted(len(scene.edges), 'tie')}.",
        )
    )


def _check_look(format_: str, *, dark: bool, unnamed: bool) -> None:
    """Refuse options that a table cannot follow: it has no ground, and needs its names."""
    if (dark or unnamed) and not FORMATS[format_].looked:
        endings = [f".{f.ending}" for f in FORMATS.values() if f.looked]
        raise InputError(
            f"--dark 和 --no-names 只用于 {'、'.join(endings)}。",
            f"--dark and --no-names are for {', '.join(endings)} only.",
        )


def _check_what(ctx: typer.Context, focus: str | None, view: str | None) -> None:
    if (focus is None) == (view is None):
        raise InputError(
            "请用 --focus 名称 指明一个对象，或用 --view 名称 指明一个已存视图，二者选一。",
            "Say one of the two: --focus NAME for a thing, or --view NAME for a saved view.",
        )
    sources = {p: ctx.get_parameter_source(p) for p in _AROUND}
    given = [f"--{p}" for p, source in sources.items() if source and source.name == "COMMANDLINE"]
    if view is not None and given:
        raise InputError(
            f"{'、'.join(given)} 不能和 --view 一起用：已存视图自有范围和排列。",
            f"{', '.join(given)} cannot go with --view: a saved view has its own extent and layout.",
        )
