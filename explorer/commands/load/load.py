"""`branchmap load`: read workbooks, show what would change, and with --yes write it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from explorer.commands.context import Context, context_of
from explorer.commands.files import check_outside, read_passwords
from explorer.commands.load.marked_file import check_place, write_marked
from explorer.commands.load.plan import MOST_SHOWN, MOST_TOLD, Listed, listed
from explorer.commands.load.plan import as_value as plan_value
from explorer.commands.load.problems import problem_values
from explorer.commands.load.tables import show
from explorer.commands.stopping import heard_between, told_when_stopped
from explorer.loading.blind_load import BLIND, NEEDS_NAMES, SeenLoad, as_seen
from explorer.loading.load_facts import late_figures, older, shown_problems, shown_proposals, why_no_change
from explorer.loading.match_facts import as_values as match_values
from explorer.loading.word_questions import shown_words, word_values
from graph_model.errors import InputError
from graph_model.keys import site_keys
from graph_model.text import Text, counted
from loaders.codes.row_codes import Struck
from loaders.forms.answers import NO_ANSWERS
from loaders.match.answer_store import read_answer_file
from loaders.pipeline import prepare, run
from loaders.prepared_load import LoadRequest, PreparedLoad
from loaders.problem_log import count_problems
from loaders.read.discovery import proposed_round
from loaders.reconcile.declared import Difference


def load(
    ctx: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="工作簿，或一批的文件夹 · workbooks, or a round's folder"),
    ],
    round: Annotated[
        str | None,
        typer.Option(
            "--round",
            metavar="YYYY-MM",
            help="批次；默认按文件夹名、文件名、表题 · the round; else by folder, file or title",
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="写入；否则只查看 · write; else only look")
    ] = False,
    complete: Annotated[
        bool | None,
        typer.Option(
            "--complete/--partial",
            help="批次中没有提到的是否删除 · whether what the round does not mention is removed",
        ),
    ] = None,
    clean_rows: Annotated[
        bool,
        typer.Option(
            "--clean-rows",
            help="有误的行暂不导入，其余先导入 · leave out rows with problems, load the others now",
        ),
    ] = False,
    struck: Annotated[
        Struck,
        typer.Option(
            "--struck",
            help="整行划了删除线的：ask 逐行必须改正，load 照常读取，leave 不读取 · rows that are struck through",
        ),
    ] = "ask",
    declare: Annotated[
        list[str] | None,
        typer.Option(
            "--declare",
            metavar="ITEM=N",
            help="申报总数，如 members=45 或 某居民区:members=3 · a declared total, also of one area",
        ),
    ] = None,
    match: Annotated[
        Path | None,
        typer.Option(
            "--match",
            metavar="FILE",
            help="外来表格的列对应答案（matches propose 写出） · answers about foreign tables, by matches propose",
        ),
    ] = None,
    marked: Annotated[
        Path | None,
        typer.Option(
            "--marked",
            metavar="FILE",
            help="把问题标注在工作簿中，写到这个文件或文件夹 · write the workbooks with their problems marked",
        ),
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option(
            "--password-file",
            metavar="FILE",
            help="工作簿的密码，每行一个，只用于这次读取 · passwords of workbooks, one a line, for this reading alone",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
) -> None:
    """导入调摸工作簿；不加 --yes 只查看 · load survey workbooks; only a look without --yes."""
    context = context_of(ctx)
    for path in paths:
        if not path.exists():  # before an engine is started for nothing
            raise InputError(f"找不到 {path}，请检查路径。", f"{path} is not there; check the path.")
    if marked is not None:
        check_place(marked, paths)
        check_outside(marked, context.settings.data)
    passwords = read_passwords(password_file) if password_file is not None else ()
    round = round or _proposed(context, paths)
    answers = NO_ANSWERS if match is None else read_answer_file(match)
    with context.store() as store:
        request = LoadRequest(
            paths,
            site_keys(context.settings.data, store.state().site),
            round=round,
            complete=complete,
            data=context.settings.data,
            clean_rows=clean_rows,
            declare=declare or (),
            struck=struck,
            answers=answers,
            passwords=passwords,
        )
        catalogue, profile = context.settings.catalogue(), context.settings.profile()
        with told_when_stopped(context, store), context.progress() as steps:
            planned = prepare(store, request, on_progress=steps)
            seen = as_seen(planned, context.viewer, store, context.settings.data)
            prepared = seen.load
            if seen.blind:
                context.tell(BLIND)
            most = MOST_TOLD if as_json else MOST_SHOWN
            steps_of_plan = listed(context, prepared.plan, prepared.graph, store, most=most)
            if prepared.older:
                context.tell(older(prepared))
            if marked is not None:  # before anything is written to the store: it may be refused
                _tell_marked(context, write_marked(prepared, marked, paths, context.settings.language))
            written = yes and not seen.blocked
            if written:
                with heard_between(steps) as on_progress:
                    landed = run(store, planned, catalogue, profile, on_progress=on_progress)
    if as_json:
        context.json(as_value(prepared, steps_of_plan, context, applied=written))
    else:
        show(context, prepared, steps_of_plan)
    _conclude(context, seen, applied=written)
    if written and landed.figures_late is not None:
        context.tell(late_figures(landed.figures_late))


def _proposed(context: Context, paths: list[Path]) -> str | None:
    """The round that the paths name, with a line of its own unless a folder is called so; None where unclear."""
    found = proposed_round(paths)
    if found is None:
        return None
    if not found.agreed:
        context.tell(
            Text(
                f"批次 {found.round}，取自{found.source.zh}；不是这一批时请加 --round 年-月。",
                f"Round {found.round}, from {found.source.en}; where it is another one, add --round YYYY-MM.",
            )
        )
    return found.round


def as_value(prepared: PreparedLoad, found: Listed, context: Context, *, applied: bool) -> dict[str, Any]:
    """A load as JSON says it; names of people are masked unless the right to them was asked for."""
    reading = prepared.reading
    return {
        "round": reading.round,
        "complete": prepared.plan.complete,
        "unmentioned_areas": list(prepared.unmentioned),
        "held_round": prepared.state.round,
        "older": prepared.older,
        "clean_rows": prepared.clean_rows,
        "applied": applied,
        **plan_value(prepared.plan, found),
        "problems": problem_values(shown_problems(reading, context.viewer)),
        "words": word_values(shown_words(reading, context.viewer)),
        "left_out": [
            {"code": p.code, "place": context.viewer.place_name(p.place())} for p in prepared.left_out
        ],
        "matches": match_values(prepared.matches, context.viewer),
        "proposals": [
            {
                "text": p.text,
                "type": p.proposal.label,
                "candidate": p.candidate,
                "score": p.proposal.score,
                "places": [context.viewer.place_name(place) for place in p.proposal.places],
                "differs": list(p.proposal.differs),
            }
            for p in shown_proposals(prepared, context.viewer)
        ],
        "reconciled": prepared.reconciled,
        "reconciliation": [_difference(d, context) for d in prepared.differences if not d.area],
        "areas": [
            {"area": prepared.names.get(d.area, d.area), **_difference(d, context)}
            for d in prepared.differences
            if d.area
        ],
        "movements": [
            {
                "of": m.of,
                "area": prepared.names.get(m.area, m.area) or None,
                "opening": m.opening,
                "came": m.came,
                "left": m.left,
                "closing": m.closing,
                "unusual": m.unusual,
            }
            for m in prepared.movements
        ],
        "rows": sum(c.rows for c in reading.counts),
        "sheets": [
            {
                "file": context.viewer.place_name(b.file),
                "sheet": context.viewer.place_name(b.sheet),
                "form": b.form,
                "declared": b.declared,
                "rows": b.rows,
                "landed": b.landed,
                "merged": b.merged,
                "in_problems": b.in_problems,
                "sums": b.sums,
                "unmatched": b.unmatched,
                "unaccounted": b.unaccounted,
            }
            for b in reading.balances
        ],
        "files": [{"name": context.viewer.place_name(f.name), "sha256": f.sha256} for f in reading.files],
    }


def _difference(one: Difference, context: Context) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": context.say(one.text),
        "declared": one.declared,
        "found": one.found,
        "difference": None if one.declared is None else one.difference,
        "rejected": one.rejected,
        "merged": one.merged,
        "unmatched": one.unmatched,
        "explanation": one.explanation,
    }


def _tell_marked(context: Context, place: Path | None) -> None:
    if place is None:
        context.tell(Text("没有问题，不需要标注。", "There is no problem, so nothing was marked."))
    else:
        context.tell(Text(f"标注好的工作簿：{place}", f"Marked workbook: {place}"))


def _conclude(context: Context, seen: SeenLoad, *, applied: bool) -> None:
    """The last lines: reconciled or not, written or not; leaves with 2 where a problem blocks."""
    prepared, reading = seen.load, seen.load.reading
    if prepared.reconciled:
        context.tell(Text("与申报总数全部一致。", "Every declared total was found."))
    elif any(d.difference and not d.explanation for d in prepared.differences):
        context.tell(
            Text(
                "与申报总数不一致，请书面说明差异。",
                "Declared totals differ: explain the difference in writing.",
            )
        )
    elif any(d.difference for d in prepared.differences):
        context.tell(
            Text(
                "与申报总数不一致，差异均有书面说明。",
                "Declared totals differ, and every difference is explained in writing.",
            )
        )
    blocking = count_problems(p for p in reading.problems if p.blocking)
    if prepared.left_out:
        context.tell(
            Text(
                f"按 --clean-rows，有 {blocking} 个必须改正的问题所在的行或关系没有导入；部分导入，不删除任何内容。",
                f"As --clean-rows says, the rows or ties of {counted(blocking, 'problem')} are left out; the load "
                "is partial and removes nothing.",
            )
        )
    elif blocking:
        context.tell(
            Text(
                f"有 {blocking} 个必须改正的问题，没有写入任何内容。改正后重新导入。",
                f"{counted(blocking, 'problem')} must be mended; nothing was written. Mend and load again.",
            )
        )
        raise typer.Exit(2)
    if seen.needs_names:
        context.tell(NEEDS_NAMES)
        context.tell(
            Text("取得权限后，请加 --names 重新运行。", "With that right, run again with --names.")
        )
        raise typer.Exit(2)
    if prepared.empty:
        context.tell(why_no_change(reading))
        raise typer.Exit(2)
    if applied:
        context.tell(Text(f"已导入 {reading.round}。", f"{reading.round} is loaded."))
    else:
        context.tell(
            Text(
                "仅查看，没有写入；加 --yes 写入。", "Only a look, nothing was written; add --yes to write."
            )
        )
