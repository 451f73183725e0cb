"""What is shown of a foreign sheet: the form it is taken for, what its columns become, how sure and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from explorer.viewer import Viewer
from graph_model.text import Text
from loaders.forms.answers import LEAVE, NOTE, MatchAnswers, SheetAnswer
from loaders.forms.form import Form, read_forms
from loaders.map.heading_words import is_plain_heading
from loaders.match.proposal import Certainty, ColumnProposal, Reason, SheetProposal, target, target_parts
from loaders.problems import column_letters

CERTAINTY_TEXTS: dict[Certainty, Text] = {
    "sure": Text("确定", "sure"),
    "likely": Text("很可能", "likely"),
    "unsure": Text("不确定", "not sure"),
}
REASON_TEXTS: dict[Reason, Text] = {
    "same": Text("列名相同", "same heading"),
    "alike": Text("列名相近", "similar heading"),
    "content": Text("按列中内容", "by its cells"),
    "answer": Text("按已有答案", "as answered"),
    "private": Text("私人信息，不保存", "private, never kept"),
    "nothing": Text("没有对应的列", "no such column"),
}
_NOTE, _LEAVE = Text("保留为备注", "keep as a note"), Text("不读取", "leave out")


def form_of(id_: str | None) -> Form | None:
    """The form of an id; None for none."""
    return next((f for f in read_forms() if f.id == id_), None)


def form_text(id_: str | None) -> Text:
    """A form as people call it; that a sheet is left out, for None."""
    form = form_of(id_)
    return form.title if form else Text("不读取这张表", "leave this table out")


def target_text(name: str, form: str | None) -> Text:
    """What becomes of a column of a sheet of that form. Columns of another form are named with it."""
    named = target_parts(name)
    if named is None:
        return _LEAVE if name == LEAVE else _NOTE
    if named[0] == form:
        return Text(named[1], named[1])
    other = form_text(named[0])
    return Text(f"{other.zh}：{named[1]}", f"{other.en}: {named[1]}")


def targets_of(form: Form) -> tuple[str, ...]:
    """What a column of a sheet of this form may become: its columns, those of its parts, a note, nothing."""
    own = [target(form.id, c.heading) for c in form.columns]
    parts = [target(p.form, heading) for p in form.parts for heading in dict.fromkeys(p.columns.values())]
    return (*own, *parts, NOTE, LEAVE)


def heading_text(column: ColumnProposal, viewer: Viewer) -> str:
    """A heading as this viewer may see it: one that may be somebody's name is only named by its letter."""
    if viewer.names or is_plain_heading(column.heading) or column.target not in (NOTE, LEAVE):
        return column.heading
    return f"（{column_letters(column.column)}）"


def answers_for(answers: MatchAnswers, viewer: Viewer) -> MatchAnswers:
    """The answers that this viewer may see: none with a heading that may be somebody's name."""
    if viewer.names:
        return answers
    return replace(answers, sheets=tuple(a for a in answers.sheets if not _may_name_somebody(a)))


def _may_name_somebody(answer: SheetAnswer) -> bool:
    read = {h for h, name in answer.columns.items() if name not in (NOTE, LEAVE)}
    return not all(h in read or is_plain_heading(h.partition("#")[0]) for h in answer.headings)


def column_rows(proposal: SheetProposal, viewer: Viewer) -> list[tuple[str, Text, Text, Text]]:
    """Each column: its heading, what it becomes, how sure, why."""
    return [
        (
            heading_text(c, viewer),
            target_text(c.target, proposal.form),
            CERTAINTY_TEXTS[c.certainty],
            REASON_TEXTS[c.reason],
        )
        for c in proposal.columns
    ]


def title_of(proposal: SheetProposal, viewer: Viewer) -> Text:
    """Which sheet, what it is taken for, how sure, and what else it may be."""
    place, form = viewer.place_name(f"{proposal.file} · {proposal.sheet}"), form_text(proposal.form)
    sure, other = CERTAINTY_TEXTS[proposal.certainty], form_text(proposal.runner_up)
    zh, en = f"{place}：{form.zh}（{sure.zh}）", f"{place}: {form.en} ({sure.en})"
    if proposal.runner_up and not proposal.answered:
        zh, en = f"{zh}，也可能是{other.zh}", f"{en}, or else {other.en}"
    return Text(zh, en)


def as_values(proposals: Iterable[SheetProposal], viewer: Viewer) -> list[dict[str, Any]]:
    """The foreign sheets as JSON says them; no cells."""
    return [
        {
            "file": viewer.place_name(p.file),
            "sheet": viewer.place_name(p.sheet),
            "form": p.form,
            "certainty": p.certainty,
            "runner_up": p.runner_up,
            "answered": p.answered,
            "asks": p.asks,
            "columns": [
                {
                    "heading": heading_text(c, viewer),
                    "target": c.target,
                    "certainty": c.certainty,
                    "reason": c.reason,
                    "others": list(c.others),
                }
                for c in p.columns
            ],
        }
        for p in proposals
    ]


def asked(proposals: Sequence[SheetProposal]) -> tuple[SheetProposal, ...]:
    """Those that somebody has to answer before they are read, one of each set of headings."""
    return tuple({p.headings: p for p in proposals if p.asks}.values())
