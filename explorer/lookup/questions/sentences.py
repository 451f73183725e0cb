"""A typed sentence as a ready question: which one it asks, and what fills its blank; by matching words, no more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from explorer.answers import Answers
from explorer.lookup.find import find, ways_to_write
from explorer.viewer import Viewer
from graph_model.coverage.questions import Choice, Question
from graph_model.text import LANGUAGES

MOST = 3
_LONGEST_TYPED = 100
_EACH = 2
_FILLERS = re.compile(
    r"有哪些|哪些|哪个|是谁|谁|什么|怎么样|情况|名单|请问|查一下|现在|[的是在由对于和与及了吗呢么有吧，。？！、：,.?!:\s]"
    r"|\b(?:the|a|an|of|is|are|in|at|for|to|who|what|which|where|how|many)\b"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A question with what fills its blanks: {name of the blank: value} and {name of the blank: how it reads}."""

    question: Question
    chosen: Mapping[str, str]
    said: Mapping[str, str]


def read_sentence(
    answers: Answers, typed: str, questions: Sequence[Question], viewer: Viewer
) -> tuple[Sentence, ...]:
    """The questions that a text may ask, the best first, at most MOST; none where it asks none.

    A question is meant where the text holds one of its words or a part of its title; what else the text says has to
    name what fills its blank. "谁负责 檀香" asks who is responsible for the area 檀香居民区.
    """
    text = _folded(typed[:_LONGEST_TYPED])
    found: dict[tuple[str, tuple[str, ...]], tuple[int, Sentence]] = {}
    for question in questions:
        for way in _ways(question):
            if not way or not all(part in text for part in way):
                continue
            rest = text
            for part in way:
                rest = rest.replace(part, " ", 1)
            rest = _bare(rest)
            for sentence in _filled(answers, question, rest, viewer):
                known = (question.id, tuple(sentence.chosen.values()))
                score = sum(map(len, way)) + 10 * len(sentence.chosen)
                if known not in found or score > found[known][0]:
                    found[known] = (score, sentence)
    ranked = sorted(found.values(), key=lambda one: (-one[0], one[1].question.id))
    return tuple(sentence for _, sentence in ranked[:MOST])


def _ways(question: Question) -> Iterator[tuple[str, ...]]:
    """The parts that a text has to hold: one of its words, or what stands between the blanks of its title."""
    yield from ((_folded(word),) for word in question.words)
    for language in LANGUAGES:
        parts = [_folded(part) for part in re.split(r"\{\w+\}", question.title.in_(language))]
        parts = [part for part in parts if len(_bare(part)) > 1]
        yield tuple(parts)
        yield from ((part,) for part in parts)


def _folded(text: str) -> str:
    return ways_to_write(text)[1]


def _bare(text: str) -> str:
    """What a text names, without the words of asking."""
    return " ".join(_FILLERS.sub(" ", text).split())


def _filled(answers: Answers, question: Question, rest: str, viewer: Viewer) -> Iterator[Sentence]:
    """The question with its first blank filled by what the rest of the text names."""
    if not rest:
        yield Sentence(question, {}, {})
        return
    for choice in question.choices:
        fitting = list(_fitting(answers, choice, rest, viewer))
        for value, text in fitting:
            yield Sentence(question, {choice.name: value}, {choice.name: text})
        if fitting:
            return


def _fitting(answers: Answers, choice: Choice, rest: str, viewer: Viewer) -> Iterator[tuple[str, str]]:
    if choice.terms:
        for term in choice.terms:
            called = term.text.in_(viewer.language)
            if any(
                rest in said.casefold() or said.casefold() in rest for said in (term.text.zh, term.text.en)
            ):
                yield term.value, called
        return
    hits = find(answers, rest, viewer)
    if not hits.near:
        fitting = [hit for hit in hits.hits if hit.label in choice.labels]
        yield from ((hit.key, hit.caption) for hit in fitting[:_EACH])
