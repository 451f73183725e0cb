"""`branchmap history`, `undo` and `compare`: look back at loads, take the last one back, compare two rounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from explorer.commands.context import Context, context_of
from explorer.commands.load.plan import MOST_SHOWN, MOST_TOLD, listed, show_plan
from explorer.commands.load.plan import as_value as plan_value
from explorer.commands.load.problems import problem_values, show_problems
from explorer.commands.stopping import heard_between, told_when_stopped
from explorer.loading.load_facts import PARTS, Part, shown_problems
from graph_model.errors import InputError
from graph_model.text import Text
from loaders.history import load_log as loads
from loaders.history import rebuild as rounds
from loaders.history.load_log import LoadEntry, Standing
from loaders.history.logged_problems import read_logged_problems
from loaders.history.undo import prepare_undo, undo_last
from loaders.reconcile.control_totals import EMPTY_GRAPH

_STANDING: dict[Standing, Text] = {
    "standing": Text("有效", "in force"),
    "undone": Text("已撤销", "undone"),
    "undo": Text("撤销操作", "an undo"),
    "not applied": Text("未写入", "not written"),
}
_PARTS: tuple[Part, ...] = ("added", "changed", "removed")
_NOTHING = Text("没有变化。", "Nothing would change.")


def history(
    ctx: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help="包括没有写入的 · also those that were not written")
    ] = False,
    problems: Annotated[
        str | None,
        typer.Option("--problems", metavar="LOAD", help="某一次导入的问题清单 · the problems of one load"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
) -> None:
    """导入历史 · the history of loads."""
    context = context_of(ctx).or_demo()
    with context.store() as store:
        entries = loads.read_history(context.settings.data, store)
    entries = tuple(e for e in entries if everything or problems or e.standing != "not applied")
    if problems is not None:
        entries = (_one(entries, problems),)
    if as_json:
        context.json([as_value(e, context) for e in entries])
    elif problems is not None:
        _show_problems(context, entries[0])
    elif not entries:
        context.line(Text("还没有导入过。", "Nothing was loaded yet."))
    else:
        context.table(
            Text("导入历史", "History of loads"),
            (
                Text("时间", "When"),
                Text("批次", "Round"),
                Text("范围", "Scope"),
                Text("操作人", "By"),
                *(PARTS[p] for p in _PARTS),
                Text("必须改正", "Blocking"),
                Text("提示", "Hints"),
                Text("不符", "Differ"),
                Text("文件", "Files"),
                Text("状态", "State"),
                Text("编号", "Load"),
            ),
            [_row(context, e) for e in entries],
        )


def undo(
    ctx: typer.Context,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="撤销；否则只查看 · undo; else only look")
    ] = False,
) -> None:
    """撤销最近一次导入 · undo the last load; only a look without --yes."""
    context = context_of(ctx).or_demo()
    data = context.settings.data
    with context.store() as store:
        found = prepare_undo(store, data)
        show_plan(
            context,
            Text(
                f"撤销 {found.entry.round}（{found.entry.at}）会带来的变化",
                f"What undoing {found.entry.round} ({found.entry.at}) changes",
            ),
            found.plan,
            listed(context, found.plan, EMPTY_GRAPH, store, most=MOST_SHOWN),
            nothing=_NOTHING,
            as_json=False,
        )
        if yes:
            late = Text(
                f"取消得太晚：{found.entry.round} 的导入已经撤销。",
                f"Too late to cancel: the load of {found.entry.round} is undone.",
            )
            with (
                told_when_stopped(context, store, lambda _: late),
                context.progress() as steps,
                heard_between(steps) as on_progress,
            ):
                undo_last(store, data, undo=found, on_progress=on_progress)
    context.tell(
        Text(f"已撤销 {found.entry.round} 的导入。", f"The load of {found.entry.round} was undone.")
        if yes
        else Text(
            "仅查看，没有撤销；加 --yes 撤销。", "Only a look, nothing was undone; add --yes to undo."
        )
    )


def compare(
    ctx: typer.Context,
    before: Annotated[str, typer.Argument(metavar="ROUND_A", help="较早的批次 · the earlier round")],
    after: Annotated[str, typer.Argument(metavar="ROUND_B", help="较晚的批次 · the later round")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
) -> None:
    """比较两个批次，按保存的文件重建 · compare two rounds, rebuilt from their kept files."""
    context = context_of(ctx).or_demo()
    data = context.settings.data
    with context.store() as store:
        loads.read_history(data, store)  # notes what landed while the program died
    graph = rounds.rebuild(data, after)
    plan = rounds.compare(rounds.rebuild(data, before), graph)
    found = listed(context, plan, graph, most=MOST_TOLD if as_json else MOST_SHOWN)
    if as_json:
        context.json({"before": before, "after": after, **plan_value(plan, found)})
    else:
        title = Text(f"从 {before} 到 {after}", f"From {before} to {after}")
        show_plan(context, title, plan, found, nothing=_NOTHING)


def as_value(entry: LoadEntry, context: Context) -> dict[str, Any]:
    """An entry as JSON says it; names of people are masked unless the right to them was asked for."""
    return {
        "load": entry.load,
        "round": entry.round,
        "complete": entry.complete,
        "clean_rows": entry.clean_rows,
        "by": entry.by,
        "at": entry.at,
        "standing": entry.standing,
        "undoes": entry.undoes,
        "plan": entry.plan,
        "blocking": entry.blocking,
        "warnings": entry.warnings,
        "problems": problem_values(shown_problems(read_logged_problems(entry), context.viewer)),
        "totals": list(entry.totals),
        "files": [
            {"name": context.viewer.place_name(f.name), "sha256": f.sha256, "whole": f.whole}
            for f in entry.files
        ],
    }


def _one(entries: Sequence[LoadEntry], load: str) -> LoadEntry:
    """The load whose number begins so; InputError where there is none, or more than one."""
    found = [e for e in entries if load and e.load.startswith(load)]
    if len(found) == 1:
        return found[0]
    known = "、".join(e.load[:8] for e in entries[:8]) or "—"
    raise InputError(
        f"历史中{'有几次' if found else '没有'}编号以“{load}”开头的导入；最近的编号：{known}",
        f"the history has {'several loads' if found else 'no load'} whose number begins with “{load}”; the "
        f"latest: {known}",
    )


def _show_problems(context: Context, entry: LoadEntry) -> None:
    if entry.clean_rows:
        context.line(
            Text(
                "这次只导入了没有问题的行：“必须改正”的问题所在的行或关系没有导入。",
                "Only the clean rows were loaded: the rows or ties of the problems that block were left out.",
            )
        )
    if entry.problems:
        show_problems(context, shown_problems(read_logged_problems(entry), context.viewer))
    else:
        context.line(Text("这次导入没有问题。", "This load had no problems."))


def _scope(entry: LoadEntry) -> Text:
    if entry.clean_rows:
        return Text("部分（只导入了没有问题的行）", "partial (the clean rows only)")
    return Text("整批", "complete") if entry.complete else Text("部分", "partial")


def _row(context: Context, entry: LoadEntry) -> tuple[object, ...]:
    counts = entry.plan or {}
    return (
        entry.at,
        entry.round,
        context.say(_scope(entry)),
        entry.by,
        *(sum(counts.get(part, {}).values()) for part in _PARTS),
        entry.blocking,
        entry.warnings,
        sum(bool(t["difference"]) for t in entry.totals),
        len(entry.files),
        context.say(_STANDING[entry.standing]),
        entry.load[:8],
    )
