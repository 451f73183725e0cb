"""What we think a sheet and its columns are: values that the matching step shows and the user corrects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph_model.text import Text

Certainty = Literal["sure", "likely", "unsure"]
"""sure: taken without a question. likely: shown as chosen, asked once for the sheet. unsure: has to be chosen."""


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """One column of a sheet: `target` is what we think it becomes, `others` the next best, best first.

    `heading`: as read, the group before it where there is one. `samples`: a few of its different cells; for
    private columns none. `private`: never kept, whatever is chosen. `why`: the evidence, in words for the user.
    """

    column: int
    heading: str
    target: str
    certainty: Certainty
    why: Text
    others: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    private: bool = False


@dataclass(frozen=True, slots=True)
class SheetProposal:
    """One sheet: the form we think it is (None: left out), the runner-up, and its columns.

    `headings`: the set by which an answer is remembered, sorted, in comparing form. `answered`: an earlier answer
    or one of this load decided it. `first`, `last`: the rows of headings. `rows`: the sheet's first rows, as written.
    `band`: what the rows across the table say, as a target, where there are any; `band_text`: the first of them.
    """

    file: str
    sheet: str
    headings: tuple[str, ...]
    form: str | None
    certainty: Certainty
    runner_up: str | None
    columns: tuple[ColumnProposal, ...]
    first: int
    last: int
    rows: tuple[tuple[str | None, ...], ...] = ()
    answered: bool = False
    band: str | None = None
    band_text: str | None = None

    @property
    def asks(self) -> bool:
        """Has the user to look at it before it is loaded."""
        return not self.answered and (
            self.certainty != "sure" or any(c.certainty != "sure" for c in self.columns)
        )
