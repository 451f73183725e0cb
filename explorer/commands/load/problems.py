"""The problems of a load on the terminal and as JSON, of one that is prepared and of one in the history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from explorer.commands.context import Context
from explorer.loading.load_facts import ShownProblem
from graph_model.text import Text


def show_problems(context: Context, found: Sequence[ShownProblem]) -> None:
    """A table of problems; nothing where there are none."""
    if not found:
        return
    context.table(
        Text("问题", "Problems"),
        (
            Text("必须改正", "Blocks"),
            Text("位置", "Where"),
            Text("值", "Value"),
            Text("问题", "Problem"),
            Text("应为", "What would be right"),
        ),
        [
            (
                context.say(Text("是", "yes") if p.problem.blocking else Text("否", "no")),
                p.problem.place(),
                p.value,
                p.what,
                p.right,
            )
            for p in found
        ],
    )


def problem_values(found: Sequence[ShownProblem]) -> list[dict[str, Any]]:
    """Problems as JSON says them."""
    return [
        {
            "code": p.problem.code,
            "blocking": p.problem.blocking,
            "file": p.problem.file,
            "sheet": p.problem.sheet,
            "cell": p.problem.cell,
            "value": p.value,
            "what": p.what,
            "right": p.right,
        }
        for p in found
    ]
