"""`branchmap gaps`: what is not covered, by rule, on the screen or in a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from explorer.commands.context import Context, context_of, reckoned
from explorer.commands.files import check_outside, write_file
from explorer.gaps.files import to_csv, to_xlsx
from explorer.gaps.rule_list import GapList, cells, gap_list, headings
from graph_model.coverage.areas import find_locality, read_localities
from graph_model.coverage.catalogue import NATURE_TEXTS, SEVERITY_TEXTS, Catalogue, norms_said
from graph_model.errors import InputError
from graph_model.findings.snapshot import read_snapshot
from graph_model.text import Text

Format = Literal["table", "json", "csv", "xlsx"]
_BY_ENDING: dict[str, Format] = {".json": "json", ".csv": "csv", ".xlsx": "xlsx"}


def gaps(
    ctx: typer.Context,
    rule: Annotated[
        str | None, typer.Argument(metavar="[RULE]", help="只看一条规则 · one rule only")
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option("--format", help="默认为表格，或按文件结尾 · a table, or by the file's ending"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="写入文件 · write to a file")
    ] = None,
    norms: Annotated[
        Literal["today", "then"] | None,
        typer.Option("--norms", help="按现行规定（today）或当时规定（then） · the norms that count"),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(
            "--place", metavar="NAME", help="只看一个街道、居民区或商业区 · one sub-district or area"
        ),
    ] = None,
) -> None:
    """问题清单 · the list of problems."""
    context = context_of(ctx).or_demo()
    wanted = format or (_BY_ENDING.get(out.suffix.lower()) if out else "table")
    if wanted is None or (wanted == "table" and out is not None):
        raise InputError(
            f"不能写成 {out}：文件请以 .json、.csv 或 .xlsx 结尾，或用 --format 指定。",
            f"Cannot write {out}: end the file in .json, .csv or .xlsx, or say --format.",
        )
    if wanted == "xlsx" and out is None:
        raise InputError(
            "Excel 文件需要文件名：加上 --out 缺口.xlsx。",
            "An Excel file needs a name: add --out gaps.xlsx.",
        )
    if out is not None:
        check_outside(out, context_of(ctx).settings.data)
    known, profile = context.settings.catalogue(), context.settings.profile()
    todays = profile.todays_norms if norms is None else norms == "today"
    if rule is not None:
        known.rule(rule)  # a slip is told before anything is started
    with context.store() as store:
        as_of = reckoned(context, store).day
        catalogue = known.in_force(as_of, todays=todays)
        rules = catalogue.rules if rule is None else (catalogue.rule(rule),)
        now = read_snapshot(store, catalogue, profile, as_of)
        only_figures = wanted == "table" and rule is None
        chosen = None if place is None else find_locality(read_localities(store), place)
        lists = [
            GapList(now.figure(r), ())
            if only_figures and chosen is None
            else gap_list(store, now.figure(r), profile, as_of, context.viewer, within=chosen)
            for r in rules
        ]
    for fault in (*catalogue.faults, *profile.faults):
        context.tell(fault.text)
    if (said := norms_said(catalogue, rules, as_of)) is not None:
        context.tell(said)
    if wanted == "table":
        show_gaps(context, lists, detailed=rule is not None)
    elif out is None and wanted == "json":
        context.json(as_value(context, lists, as_of, catalogue))
    else:
        _write(context, lists, wanted, out, as_value(context, lists, as_of, catalogue))
    for found in lists:
        if found.figure.failed is not None:
            context.tell(
                Text(
                    f"规则 {found.rule.id} 没有结果：{found.figure.failed.zh}",
                    f"Rule {found.rule.id} has no answer: {found.figure.failed.en}",
                )
            )
    if any(found.figure.failed is not None for found in lists):
        raise typer.Exit(1)


def as_value(context: Context, lists: list[GapList], as_of: str, catalogue: Catalogue) -> dict[str, Any]:
    """The gaps as JSON says them, and the rules that give none because they are off or not yet in force."""
    return {
        "as_of": as_of,
        "rules": [_rule_value(context, found, as_of) for found in lists],
        "not_yet_in_force": [r.id for r in catalogue.waiting],
        "off": [r.id for r in catalogue.off],
    }


def _rule_value(context: Context, found: GapList, as_of: str) -> dict[str, Any]:
    figure, rule = found.figure, found.rule
    failed = figure.failed is not None
    return {
        "id": rule.id,
        "title": context.say(rule.title),
        "about": rule.about,
        "severity": rule.severity,
        "nature": rule.nature,
        "local": rule.local,
        "effective": rule.effective or None,
        "later_norm": rule.later_than(as_of),
        "population": None if failed else figure.population,
        "gaps": None if failed else figure.gaps,
        "unknown": None if failed else figure.unknown,
        "failed": context.say(figure.failed) if figure.failed is not None else None,
        "rows": [{**row.values, "explained": row.explained} for row in found.rows],
    }


def _write(
    context: Context, lists: list[GapList], wanted: Format, out: Path | None, value: dict[str, Any]
) -> None:
    if wanted == "csv":
        data = to_csv(lists, context.viewer)
    elif wanted == "xlsx":
        data = to_xlsx(lists, context.viewer)
    else:
        data = (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
    if out is None:
        context.out.file.write(data.decode("utf-8"))
        return
    write_file(out, data)
    context.tell(Text(f"已写入 {out}。", f"Written: {out}."))


def show_gaps(context: Context, lists: list[GapList], *, detailed: bool) -> None:
    """Print the figure of each rule, or with `detailed` its whole list; one that failed has no list."""
    if not detailed:
        context.table(
            Text("问题清单", "Problems"),
            (
                Text("代号", "Rule"),
                Text("问题类型", "Kind of problem"),
                Text("类别", "Kind"),
                Text("等级", "Grade"),
                Text("问题", "Problems"),
                Text("情况不明", "Unknown"),
                Text("核查", "Looked at"),
            ),
            [
                (
                    f.rule.id,
                    context.say(f.rule.marked_title),
                    context.say(NATURE_TEXTS[f.rule.nature]),
                    context.say(SEVERITY_TEXTS[f.rule.severity]),
                    *_numbers(f),
                )
                for f in sorted(lists, key=lambda f: list(NATURE_TEXTS).index(f.rule.nature))
            ],
        )
        return
    for found in lists:
        if found.figure.failed is not None:
            continue  # the lines below the result say why
        gaps_, unknown, population = _numbers(found)
        context.table(
            Text(
                f"{found.rule.title.zh}：共核查 {population} 个，存在问题 {gaps_} 个，情况不明 {unknown} 个",
                f"{found.rule.title.en}: {gaps_} {'problem' if gaps_ == 1 else 'problems'} and {unknown} unknown of "
                f"{population}",
            ),
            headings(found.rule),
            [cells(found.rule, row, context.viewer) for row in found.rows],
        )
        source = found.rule.source or Text("—", "—")
        context.line(Text(f"要求：{found.rule.clause.zh}", f"Norm: {found.rule.clause.en}"))
        context.line(Text(f"依据：{source.zh}", f"Source: {source.en}"))
        context.line(Text(f"建议：{found.rule.advice.zh}", f"Advice: {found.rule.advice.en}"))


def _numbers(found: GapList) -> tuple[int | None, int | None, int | None]:
    figure = found.figure
    return (
        (None, None, None)
        if figure.failed is not None
        else (figure.gaps, figure.unknown, figure.population)
    )
