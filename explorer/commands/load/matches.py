"""`branchmap matches`: the answers about foreign tables that a site keeps; propose, export, import, forget them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from explorer.commands.context import Context, context_of
from explorer.commands.files import check_outside, write_file
from explorer.commands.load.tables import show_match
from explorer.loading.match_facts import answers_for, form_text, target_text
from graph_model.errors import InputError
from graph_model.text import Text, counted
from loaders.forms.answers import MatchAnswers, answers_to_json
from loaders.match.answer_store import forget_answers, keep_answers, read_answer_file, read_site_answers
from loaders.match.choose import propose_answers

matches = typer.Typer(add_completion=False)


@matches.callback(invoke_without_command=True)
def listed(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
) -> None:
    """已有的列对应答案 · the answers about foreign tables that this site keeps."""
    if ctx.invoked_subcommand:
        return
    context = context_of(ctx)
    kept = _shown(context, read_site_answers(context.settings.data))
    if as_json:
        context.out.file.write(answers_to_json(kept))
        return
    if not kept.sheets and not kept.terms:
        context.line(Text("还没有记住任何答案。", "No answers are kept yet."))
    for number, sheet in enumerate(kept.sheets, start=1):
        form = form_text(sheet.form)
        context.table(
            Text(f"{number}. {form.zh}（{sheet.answered}）", f"{number}. {form.en} ({sheet.answered})"),
            (Text("列名", "Heading"), Text("对应", "Becomes")),
            [
                (heading, context.say(target_text(sheet.columns[heading], sheet.form)))
                for heading in sheet.headings
                if heading in sheet.columns
            ],
        )
    if kept.terms:
        context.table(
            Text("词语", "Words"),
            (Text("属性", "Property"), Text("词语", "Word"), Text("作为", "Stands for")),
            [(t.property, t.word, t.term or "—") for t in kept.terms],
        )


@matches.command("export")
def export(
    ctx: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="要写的 JSON 文件 · the file to write")],
) -> None:
    """把答案写成文件，带到别处使用 · write the answers to a file, for another site."""
    context = context_of(ctx)
    check_outside(out, context.settings.data)
    write_file(out, answers_to_json(_shown(context, read_site_answers(context.settings.data))).encode())
    context.tell(Text(f"已写入 {out}。", f"Written: {out}."))


@matches.command("import")
def take_over(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="导出的 JSON 文件 · a file that was exported")
    ],
) -> None:
    """采用别处导出的答案 · take over the answers of a file."""
    context = context_of(ctx)
    answers = read_answer_file(file)
    keep_answers(context.settings.data, answers)
    number = len(answers.sheets) + len(answers.terms)
    context.tell(Text(f"已采用 {number} 条答案。", f"{counted(number, 'answer')} taken over."))


@matches.command("forget")
def forget(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", help="清单中的序号 · its number in the list")],
) -> None:
    """忘掉一条答案，下次再问 · forget one answer, so that it is asked again."""
    context = context_of(ctx)
    kept = _shown(context, read_site_answers(context.settings.data))
    if not 1 <= number <= len(kept.sheets):
        raise InputError(
            f"没有第 {number} 条；共有 {len(kept.sheets)} 条。",
            f"There is no answer {number}; there are {len(kept.sheets)}.",
        )
    forget_answers(context.settings.data, MatchAnswers((kept.sheets[number - 1],)))
    context.tell(Text(f"已忘掉第 {number} 条。", f"Answer {number} is forgotten."))


@matches.command("propose")
def propose(
    ctx: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="工作簿，或一批的文件夹 · workbooks, or a round's folder"),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="把建议写成可修改的答案文件 · write the proposals to a file"
        ),
    ] = None,
) -> None:
    """各表各列的建议；写成文件，修改后用 load --match · propose forms and columns, to be edited for load --match."""
    context = context_of(ctx)
    if out is not None:
        check_outside(out, context.settings.data)
    proposals = propose_answers(paths, read_site_answers(context.settings.data))
    for one in proposals:
        show_match(context, one)
    if not proposals:
        context.line(
            Text(
                "没有需要对应的表：列名与模板一致。",
                "Nothing to match: the headings are those of the template.",
            )
        )
    if out is not None:
        answers = _shown(context, MatchAnswers(tuple({p.headings: p.answer() for p in proposals}.values())))
        write_file(out, answers_to_json(answers).encode())
        context.tell(
            Text(
                f"已写入 {out}；修改后：branchmap load … --match {out}",
                f"Written: {out}; edit it, then: branchmap load … --match {out}",
            )
        )


def _shown(context: Context, answers: MatchAnswers) -> MatchAnswers:
    """The answers that may be shown, with a line where some may not."""
    shown = answers_for(answers, context.viewer)
    if hidden := len(answers.sheets) - len(shown.sheets):
        context.tell(
            Text(
                f"有 {hidden} 条答案的列名可能是姓名，没有列出；有权查看姓名时请加 --names。",
                f"{counted(hidden, 'answer')} left out: a heading may be a name; add --names if you may see names.",
            )
        )
    return shown
