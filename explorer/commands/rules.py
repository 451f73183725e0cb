"""`branchmap rules`: the coverage rules that there are, and `rules check FILE` for one being written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from explorer.commands.context import context_of, reckoned
from graph_model.coverage.catalogue import SEVERITY_TEXTS, read_rule
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
                        "clause": context.say(r.clause),
                        "advice": context.say(r.advice),
                        "params": dict(r.params),
                    }
                    for r in catalogue.rules
                ],
                "faults": [context.say(f.text) for f in faults],
            }
        )
    else:
        context.table(
            Text("覆盖规则", "Coverage rules"),
            (
                Text("规则", "Rule"),
                Text("名称", "Title"),
                Text("程度", "Severity"),
                Text("对象", "About"),
                Text("依据", "Source"),
            ),
            [
                (
                    r.id,
                    context.say(r.title),
                    context.say(SEVERITY_TEXTS[r.severity]),
                    context.named(r.about),
                    context.say(r.clause),
                )
                for r in catalogue.rules
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
            f"规则 {rule.id} 可用：{found.population} 个对象中 {found.gaps} 个缺口，{found.unknown} 个不明。",
            f"Rule {rule.id} works: {counted(found.gaps, 'gap')} and {found.unknown} unknown of {found.population}.",
        )
    )
