"""`branchmap rules`: the coverage rules that there are, and `rules check FILE` for one being written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from explorer.commands.context import context_of, reckoned
from graph_model.coverage.catalogue import NATURE_TEXTS, SEVERITY_TEXTS, read_rule
from graph_model.coverage.evaluate import try_rule
from graph_model.text import Text, counted

rules = typer.Typer(add_completion=False)


@rules.callback(invoke_without_command=True)
def listed(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
) -> None:
    """覆盖规则 · the coverage rules."""
    if ctx.invoked_subcommand:
        return
    context = context_of(ctx)
    catalogue = context.settings.catalogue()
    faults = (*catalogue.faults, *context.settings.profile().faults)
    if as_json:
        context.json(
            {
                "rules": [
                    {
                        "id": r.id,
                        "title": context.say(r.title),
                        "about": r.about,
                        "severity": r.severity,
                        "population": context.say(r.population),
                        "nature": r.nature,
                        "clause": context.say(r.clause),
                        "source": context.say(r.source) if r.source else None,
                        "effective": r.effective or None,
                        "local": r.local,
                        "on": r not in catalogue.off,
                        "advice": context.say(r.advice),
                        "params": dict(r.params),
                    }
                    for r in catalogue.every
                ],
                "faults": [context.say(f.text) for f in faults],
            }
        )
    else:
        context.table(
            Text("判定规则", "Rules"),
            (
                Text("规则", "Rule"),
                Text("名称", "Title"),
                Text("类别", "Kind"),
                Text("等级", "Grade"),
                Text("对象", "About"),
                Text("启用", "On"),
                Text("要求和依据", "Norm and source"),
            ),
            [
                (
                    r.id,
                    context.say(r.marked_title),
                    context.say(NATURE_TEXTS[r.nature]),
                    context.say(SEVERITY_TEXTS[r.severity]),
                    context.named(r.about),
                    context.say(Text("否", "no") if r in catalogue.off else Text("是", "yes")),
                    context.say(r.cited),
                )
                for r in catalogue.every
            ],
        )
    for fault in faults:
        context.tell(fault.text)


@rules.command("check")
def check(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="规则文件 · the rule's file")],
) -> None:
    """检查一个规则文件并试算 · check one rule file and try it on what is loaded."""
    context = context_of(ctx)
    profile = context.settings.profile()
    for fault in profile.faults:
        context.tell(fault.text)
    rule = read_rule(file, profile)
    with context.held_store() as store:
        if store.state().round is None:
            context.line(
                Text(
                    f"规则 {rule.id} 的写法没有问题；还没有导入数据，没有试算。",
                    f"Rule {rule.id} is written as it should be; nothing is loaded, so it was not tried.",
                )
            )
            return
        found = try_rule(store, rule, profile, reckoned(context, store).day)
    context.line(
        Text(
            f"规则 {rule.id} 可用：核查 {found.population} 个，存在问题 {found.gaps} 个，情况不明 {found.unknown} 个。",
            f"Rule {rule.id} works: {counted(found.gaps, 'problem')} and {found.unknown} unknown of "
            f"{found.population}.",
        )
    )
