"""The problems of a load on the terminal and as JSON, of one that is prepared and of one in the history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from explorer.commands.context import Context
from explorer.loading.load_facts import ShownProblem
from graph_model.text import Text
from loaders.forms.terms import ANSWERED_TERM, NEAR_TERM, UNKNOWN_TERM

_TERMS = Text(
    "命令行：写进列对应文件的 terms（见 --json 的 words），用 load --match 给出",
    "here: into terms of a file for load --match, as words of --json names them",
)
_BY_COMMAND = {
    "unmatched_sheet": Text("命令行：用 load --match 给出答案", "here: give the answers with load --match"),
    "locked_file": Text("命令行：用 load --password-file 给出", "here: give it by load --password-file"),
    UNKNOWN_TERM: _TERMS,
    NEAR_TERM: _TERMS,
    ANSWERED_TERM: _TERMS,
}
"""By code: what the command line offers for what the page asks; the problem itself speaks to office staff."""


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
                _right(context, p),
            )
            for p in found
        ],
    )


def _right(context: Context, found: ShownProblem) -> str:
    more = _BY_COMMAND.get(found.problem.code)
    return f"{found.right} ({context.say(more)})" if more else found.right


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
