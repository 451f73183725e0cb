"""Words that are no term of their list as a viewer may see them, and the answers that come of what was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from explorer.viewer import Viewer, mask
from graph_model.schema import EDGE_TYPES, NODE_TYPES
from graph_model.schema.types import Term
from graph_model.text import Text
from loaders.forms.answers import TermAnswer
from loaders.forms.terms import UNKNOWN_TERM, TermQuestion, terms_of
from loaders.survey import RoundSummary

EMPTY = ""
"""The choice of no term: the cells are left empty."""

_SHORT = 2


@dataclass(frozen=True, slots=True)
class ShownWord:
    """A word to be asked about. `hidden`: it may name somebody, and `text` is what of it may be seen.

    `of`: the property, and the type that has it. `terms`: the nearest first. `now`: what is proposed, or what was
    taken for it: a stored term, EMPTY, or None where nothing is surely near.
    """

    question: TermQuestion
    text: str
    hidden: bool
    of: tuple[Text, Text]
    place: str
    terms: tuple[Term, ...]
    now: str | None

    @property
    def asked(self) -> bool:
        """Is its meaning not known yet."""
        return self.question.code == UNKNOWN_TERM


def shown_words(reading: RoundSummary, viewer: Viewer) -> list[ShownWord]:
    """The words of a round: those that are asked first, the most frequent of them first."""
    shown = [_shown(q, viewer, hidden=not viewer.names and reading.is_sensitive(q)) for q in reading.words]
    return sorted(shown, key=lambda w: (not w.asked, -w.question.count, w.question.property))


def _shown(question: TermQuestion, viewer: Viewer, *, hidden: bool) -> ShownWord:
    label, _, name = question.property.partition(".")
    declared = NODE_TYPES.get(label) or EDGE_TYPES[label]
    asked = question.code == UNKNOWN_TERM
    # what is near a name may tell of it
    near = () if hidden else question.nearest
    terms = terms_of(question.property)
    ordered = sorted(terms, key=lambda t: near.index(t.value) if t.value in near else len(near))
    # of two characters, one alone may make it alike (个体, 集体): that is offered, not proposed
    proposed = near[0] if near and len(question.word) > _SHORT else None
    place = " · ".join((viewer.place_name(question.file), viewer.place_name(question.sheet), question.cell))
    return ShownWord(
        question,
        mask(question.value) if hidden else question.value,
        hidden,
        (declared.property(name).text, declared.text),
        place,
        tuple(ordered),
        proposed if asked else question.taken or EMPTY,
    )


def answers_of_choices(
    shown: Sequence[ShownWord], chosen: Mapping[int, str | None], today: date, by: str
) -> tuple[TermAnswer, ...]:
    """The answers that the choices give, by the number of the word: those to what is asked, and those that changed."""
    return tuple(
        TermAnswer(word.question.property, word.question.word, choice or None, today.isoformat(), by)
        for number, word in enumerate(shown)
        if (choice := chosen.get(number)) is not None and (word.asked or choice != word.now)
    )


def word_values(shown: Sequence[ShownWord]) -> list[dict[str, object]]:
    """The words as JSON says them."""
    return [
        {
            "property": w.question.property,
            "word": w.text,
            "count": w.question.count,
            "place": w.place,
            "nearest": [] if w.hidden else list(w.question.nearest),
            "code": w.question.code,
            "taken": w.question.taken,
        }
        for w in shown
    ]
