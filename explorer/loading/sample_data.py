"""The sample survey for who wants to try first: put into an empty store, known as such, taken out again."""

from __future__ import annotations

from pathlib import Path

from explorer.answers import Answers
from explorer.loading.loads import check, undo, undo_offered, write
from explorer.server.samples import ROUNDS, sample_rounds
from graph_model.errors import InputError
from graph_model.keys import site_keys
from graph_model.progress import Progress
from loaders.prepared_load import LoadRequest


def load_sample(answers: Answers, data: Path, on_progress: Progress, by: str) -> None:
    """Load the sample's rounds, oldest first; InputError where the store holds anything."""
    if answers.store.rounds():
        raise InputError(
            "已有数据，不能再载入示例数据。", "There are data already; the sample is not put beside them."
        )
    keys = site_keys(data, answers.state().site)
    for folder in sample_rounds():
        request = LoadRequest([folder], keys, complete=True, data=data)
        write(answers, check(answers, request, on_progress), on_progress, by)


def holds_sample(answers: Answers) -> bool:
    """Whether what is held is the sample, and nothing but the sample."""
    found = answers.remember("names of rounds", lambda: {r.name for r in answers.store.rounds()})
    return bool(found) and found <= set(ROUNDS) and answers.reckoning().origin == "survey"


def leave_sample(answers: Answers, data: Path, by: str) -> None:
    """Take the sample's loads back, the last one first; InputError where something else is held.

    One transaction for each load: who is interrupted between two is left with the earlier round, and does it again.
    """
    while answers.store.rounds():
        if not holds_sample(answers):
            raise InputError(
                "现有数据不是示例数据，没有清除。",
                "What is held is not the sample; nothing was taken away.",
            )
        undo(answers, data, undo_offered(answers, data), by)
