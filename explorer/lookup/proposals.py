"""What-if of the pages: what proposed actions would change, and the proposals that people keep."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.answers import Answers
from graph_model import what_if
from graph_model.what_if import Action, Outcome, Proposal


def outcome(answers: Answers, as_of: str, actions: tuple[Action, ...]) -> Outcome:
    """Rates, figures and gaps before and after the actions; InputError for actions that cannot be done."""
    store, catalogue, profile = answers.store, answers.catalogue, answers.profile
    before = answers.remember(
        ("measured", as_of), lambda: what_if.measure(store, catalogue, profile, as_of)
    )
    return answers.remember(
        ("what if", as_of, actions),
        lambda: what_if.outcome(store, catalogue, profile, as_of, actions, before=before),
    )


def proposals(answers: Answers) -> tuple[Proposal, ...]:
    """Every kept proposal, the newest first."""
    return what_if.proposals(answers.store)


def present_actions(answers: Answers, proposal: Proposal) -> list[Action]:
    """The actions of a proposal whose things are all in the present data."""
    present = {n.key for n in answers.nodes(k for a in proposal.actions for k in a.keys)}
    return [a for a in proposal.actions if present.issuperset(a.keys)]


def save(answers: Answers, name: str, actions: Sequence[Action], author: str) -> str:
    """Keep a proposal; returns its key. InputError for a bad name or no actions."""
    return what_if.save(answers.store, name, actions, author)


def remove(answers: Answers, key: str) -> None:
    """Remove a kept proposal; InputError for a key that is no proposal's."""
    what_if.remove(answers.store, key)
