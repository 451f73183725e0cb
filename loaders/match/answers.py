"""What the user answered about sheets and words, as values; kept with the site and taken along as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    """An answer about every sheet with this set of headings. Targets as in `SheetDecision`, by heading as compared.

    `form` None: sheets of this kind are left out. `answered`: the day, as 2026-11-27. `by`: who, "" for the system's
    user.
    """

    headings: tuple[str, ...]
    form: str | None
    columns: Mapping[str, str] = field(default_factory=dict)
    band: str | None = None
    answered: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class TermAnswer:
    """A word that stands for a term of a list. `property`: as "Unit.status". `term`: as stored; None: left empty."""

    property: str
    word: str
    term: str | None
    answered: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class MatchAnswers:
    """All answers of a site, or of a file that was taken along."""

    sheets: tuple[SheetAnswer, ...] = ()
    terms: tuple[TermAnswer, ...] = ()
