"""What we think a sheet and its columns are: values that the matching step shows and the user corrects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from loaders.forms.answers import SheetAnswer

Certainty = Literal["sure", "likely", "unsure"]
"""sure: taken without a question. likely: proposed, asked once for the sheet. unsure: has to be chosen."""
Reason = Literal["same", "alike", "content", "answer", "private", "nothing"]
"""Why a column is what it is thought to be: its heading is known, is like a known one, its cells say so, the user said
so, it must not be kept, or nothing speaks for anything."""


def target(form: str, heading: str) -> str:
    """The name of a form's column as a target: "members/姓名"."""
    return f"{form}/{heading}"


def target_parts(name: str) -> tuple[str, str] | None:
    """(form, heading) behind the name of a target; None for NOTE and LEAVE."""
    form, slash, heading = name.partition("/")
    return (form, heading) if slash else None


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """One column of a sheet: `target` is what we think it becomes, `others` the next best, best first.

    `column`: from 0. `heading`: as written, the group before it where there is one; `key`: as compared.
    `private`: never kept, whatever is chosen.
    """

    column: int
    heading: str
    key: str
    target: str
    certainty: Certainty
    reason: Reason
    others: tuple[str, ...] = ()
    private: bool = False


@dataclass(frozen=True, slots=True)
class SheetProposal:
    """One sheet: the form we think it is (None: left out, or none), the runner-up, and its columns.

    `answered`: an earlier answer or one of this load decided it. `first`, `last`: the rows of headings, from 1.
    `rows`: the first rows below the headings, as written; private columns are blank in them. `asks`: it is not read
    until somebody answers. `band`: the first branch that a row across the table or a title names; `band_taken`: it is
    read as that of the rows below.
    """

    file: str
    sheet: str
    form: str | None
    certainty: Certainty
    runner_up: str | None
    columns: tuple[ColumnProposal, ...]
    first: int
    last: int
    rows: tuple[tuple[str | None, ...], ...] = ()
    answered: bool = False
    asks: bool = False
    band: str | None = None
    band_taken: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """The set by which an answer is remembered."""
        return tuple(sorted(c.key for c in self.columns))

    def as_read(self) -> SheetAnswer:
        """How the sheet was read, for the history: one that was asked about and not answered was left out."""
        return (replace(self, form=None) if self.asks else self).answer()

    def answer(self, *, day: str = "", by: str = "") -> SheetAnswer:
        """The answer that takes everything as proposed."""
        columns = {c.key: c.target for c in self.columns} if self.form is not None else {}
        return SheetAnswer(self.headings, self.form, columns, self.band_taken, day, by)
