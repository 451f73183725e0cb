"""`branchmap export`: what lies around one thing, as a picture, a page or a graph file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from explorer.commands.context import Context, context_of, loaded_as_of
from explorer.commands.files import write_file
from explorer.compose import compose
from explorer.export import FORMATS, SCALES
from explorer.export import export as as_bytes
from explorer.find import read_query
from explorer.scene import Scene
from explorer.walk import LAYOUTS, Layout
from graph_model.coverage import severities
from graph_model.errors import InputError
from graph_model.graph import Node
from graph_model.head_counts import members_of
from graph_model.neighbourhood import MAX_NODES, around
from graph_model.schema import NODE_TYPES
from graph_model.store import Store
from graph_model.words import Text

_CANDIDATES = 8


def export(
    ctx: typer.Context,
    focus: Annotated[
        str, typer.Option("--focus", metavar="NAME-OR-KEY", help="名称或标识 · a name or a key")
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FILE",
            help=f"按结尾决定格式 · the ending says the format: {' '.join(FORMATS)}",
        ),
    ],
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
) -> None:
    """把一个对象周围的关系存成图片、网页、表格或图文件 · save what lies around one thing."""
    context = context_of(ctx).or_demo()
    format_ = out.suffix.lower().removeprefix(".")
    if format_ not in FORMATS:
        endings = [f".{ending}" for ending in FORMATS]
        raise InputError(
            f"不能按“{out.suffix}”写文件；可用的结尾：{'、'.join(endings)}。",
            f"No format is called “{out.suffix}”; the endings are: {', '.join(endings)}.",
        )
    labels = _labels(types)
    with context.store() as store:
        scene = _scene(context, store, focus, depth, labels, _layout(layout))
    write_file(out, as_bytes(scene, format_, scale=scale))
    context.tell(
        Text(
            f"已写入 {out}：{len(scene.nodes)} 个对象，{len(scene.edges)} 条关系。",
            f"Written: {out}, {len(scene.nodes)} things and {len(scene.edges)} ties.",
        )
    )


def _labels(types: str | None) -> tuple[str, ...] | None:
    """The labels that a list of types means, in either language or as labels; InputError names those there are."""
    if types is None:
        return None
    found: list[str] = []
    for word in types.replace("，", ",").replace("、", ",").split(","):
        labels = read_query(f"{word.strip()}:").labels
        if labels is None:
            known = [t for t in NODE_TYPES.values() if t.survey]
            raise InputError(
                f"没有类型“{word.strip()}”；可用的有：{'、'.join(t.text.zh for t in known)}。",
                f"There is no type “{word.strip()}”; there are: {', '.join(t.label for t in known)}.",
            )
        found += labels
    return tuple(dict.fromkeys(found))


def _layout(name: str) -> Layout:
    if name not in LAYOUTS:
        raise InputError(
            f"没有排列方式“{name}”；可用的有：{'、'.join(LAYOUTS)}。",
            f"There is no layout “{name}”; there are: {', '.join(LAYOUTS)}.",
        )
    return name


def _scene(
    context: Context,
    store: Store,
    focus: str,
    depth: int,
    labels: tuple[str, ...] | None,
    layout: Layout,
) -> Scene:
    viewer = context.viewer
    as_of = loaded_as_of(store)
    node = find_one(context, store, focus)
    piece = around(store, [node.key], depth=depth, labels=labels)
    if piece.cut:
        context.tell(
            Text(
                f"范围太大，只画出了 {MAX_NODES} 个对象；请减小 --depth。",
                f"There is more than fits: {MAX_NODES} things are drawn; choose a smaller --depth.",
            )
        )
    rules = context.settings.catalogue().rules
    name = viewer.caption(node.label, node.properties)
    return compose(
        piece.graph,
        caption=viewer.caption,
        language=viewer.language,
        title=context.say(Text(f"{name}：{depth} 步以内的关系", f"{name}: ties within {depth} steps")),
        footer=context.say(
            Text(f"调摸批次 {as_of} · 制图 {date.today()}", f"Survey round {as_of} · drawn {date.today()}")
        ),
        focus={node.key},
        rings=severities(store, rules, context.settings.profile(), as_of),
        layout=layout,
        reveal=viewer.names,
        members=members_of(store, piece.graph),
    )


def find_one(context: Context, store: Store, text: str) -> Node:
    """The one node of that key or name; InputError names the candidates where there is none, or several."""
    viewer = context.viewer
    if by_key := store.nodes([text]):
        return by_key[0]
    found = store.find(text, labels=viewer.searchable(), limit=_CANDIDATES * 4)
    exact = [n for n in found if n.properties.get("name") == text]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if exact or found:
        shown = _listed(context, exact or found)
        raise InputError(
            f"有多个对象符合“{text}”，请用标识指明：{shown}",
            f"Several things are called “{text}”; give one's key: {shown}",
        )
    near = next(
        (
            hits
            for size in range(len(text) - 1, 1, -1)
            if (hits := store.find(text[:size], labels=viewer.searchable()))
        ),
        (),
    )
    hint_zh = f"相近的有：{_listed(context, near)}" if near else "请检查名称。"
    hint_en = f"The nearest are: {_listed(context, near)}" if near else "Check the name."
    if not viewer.names:
        people = [t for t in NODE_TYPES.values() if t.survey and t.property("name").sensitive]
        hint_zh += f"（按姓名找{'、'.join(t.text.zh for t in people)}需要 --names）"
        hint_en += f" (finding people by name needs --names: {', '.join(t.text.en for t in people)})"
    raise InputError(f"没有叫“{text}”的对象。{hint_zh}", f"Nothing is called “{text}”. {hint_en}")


def _listed(context: Context, nodes: list[Node] | tuple[Node, ...]) -> str:
    shown = [f"{context.viewer.caption(n.label, n.properties)}（{n.key}）" for n in nodes[:_CANDIDATES]]
    return "、".join(shown) + ("……" if len(nodes) > _CANDIDATES else "")
