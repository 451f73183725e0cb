"""What if: proposed actions as a plan of marked nodes and ties, and what they would change. Nothing is kept."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from graph_model.coverage.catalogue import Catalogue, Rule
from graph_model.coverage.evaluate import Figure, figures
from graph_model.coverage.measures import rates
from graph_model.coverage.totals import Rate
from graph_model.errors import InputError, StoreDenied, StoreError, StoreUnavailable
from graph_model.findings.findings import RuleHit, rule_hits
from graph_model.graph import Edge, Node
from graph_model.plan import Plan
from graph_model.profile import Profile
from graph_model.schema import node_type
from graph_model.store.store import Store, now
from graph_model.text import Language, Text

LABEL = "Proposal"
MARK = "proposed"
"""The property that tells a proposed node or tie from a surveyed one."""
LONGEST_NAME = 80
MOST_ACTIONS = 200

Kind = Literal["found", "join", "post", "transfer"]
KINDS: tuple[Kind, ...] = get_args(Kind)
KIND_TEXTS: Mapping[Kind, Text] = {
    "found": Text("单独组建党支部", "Found a branch"),
    "join": Text("组建联合党支部", "Form a joint branch"),
    "post": Text("派驻党建联络员", "Post a liaison"),
    "transfer": Text("转接组织关系", "Transfer a member"),
}
_WANTS: Mapping[Kind, tuple[str, ...]] = {
    "found": ("Unit",),
    "join": ("Unit",),
    "post": ("Unit", "CommercialArea"),
    "transfer": ("Member", "Branch"),
}


@dataclass(frozen=True, slots=True)
class Action:
    """One proposed action on the things with these keys.

    found: one unit. join: two units or more. post: one unit or commercial area. transfer: a member, then the
    branch. `members`: a new branch takes in the members that its units employ.
    """

    kind: Kind
    keys: tuple[str, ...]
    members: bool = True

    def text(self, names: Mapping[str, str], language: Language) -> str:
        """The action as people read it; `names` are the captions by key."""
        shown = [names.get(k, k) for k in self.keys]
        joint = ("、" if language == "zh" else ", ") if self.kind == "join" else " → "
        return (
            f"{KIND_TEXTS[self.kind].in_(language)}{'：' if language == 'zh' else ': '}{joint.join(shown)}"
        )


# ---- actions to plan


def proposed_plan(store: Store, actions: Sequence[Action]) -> Plan:
    """The nodes and ties that the actions would make, all marked as proposed.

    InputError for an action on things that are not there or not of the right kind, and for two actions that
    move the same member.
    """
    known = _known(store, actions)
    nodes: list[Node] = []
    made: dict[tuple[str, str, str], Edge] = {}
    moves: dict[str, str] = {}
    for number, action in enumerate(actions, start=1):
        if action.kind == "transfer":
            _move(moves, action.keys[0], action.keys[1])
            continue
        if action.kind == "post":
            key = f"l_proposed_{number}"
            nodes.append(
                _node(
                    "Liaison",
                    key,
                    known[action.keys[0]],
                    Text("拟派党建联络员", "Proposed liaison"),
                    role="liaison",
                )
            )
            ties = [Edge("POSTED_TO", key, action.keys[0], {MARK: True})]
        else:
            key = f"b_proposed_{number}"
            kind = "joint" if action.kind == "join" else "independent"
            nodes.append(
                _node(
                    "Branch", key, known[action.keys[0]], Text("拟建党支部", "Proposed branch"), kind=kind
                )
            )
            ties = [Edge("ORGANISED_IN", key, unit, {MARK: True}) for unit in action.keys]
            if action.members:
                for member in _employed(store, action.keys):
                    _move(moves, member, key)
        made |= {tie.key: tie for tie in ties}
    added, removed = _transfers(store, moves)
    made |= {tie.key: tie for tie in added}
    return Plan(
        added_nodes=tuple(nodes), added_edges=tuple(made.values()), removed_edges=removed, complete=False
    )


def _node(label: str, key: str, about: Node, what: Text, **more: str) -> Node:
    return Node(
        label, key, {"name": f"{what.zh}（{about.properties.get('name', '')}）", MARK: True, **more}
    )


def _known(store: Store, actions: Sequence[Action]) -> dict[str, Node]:
    if not 0 < len(actions) <= MOST_ACTIONS:
        raise InputError(
            f"请选择 1 到 {MOST_ACTIONS} 项拟采取的措施，现有 {len(actions)} 项。",
            f"Choose between 1 and {MOST_ACTIONS} actions; there are {len(actions)}.",
        )
    known = {n.key: n for n in store.nodes(k for a in actions for k in a.keys)}
    for action in actions:
        _check(action, known)
    return known


def _check(action: Action, known: Mapping[str, Node]) -> None:
    name = KIND_TEXTS[action.kind]
    right = {"found": 1, "post": 1, "transfer": 2}.get(action.kind)
    if len(set(action.keys)) != len(action.keys) or (
        len(action.keys) < 2 if right is None else len(action.keys) != right
    ):
        raise InputError(
            f"“{name.zh}”需要 {right or '两个以上'} 个不同的对象，现有 {len(set(action.keys))} 个。",
            f"“{name.en}” takes {right or 'two or more'} different things, there are {len(set(action.keys))}.",
        )
    for place, key in enumerate(action.keys):
        wanted = (
            _WANTS[action.kind][place : place + 1] if action.kind == "transfer" else _WANTS[action.kind]
        )
        if key not in known or known[key].label not in wanted:
            kinds = [node_type(label).text for label in wanted]
            raise InputError(
                f"“{name.zh}”的对象应为现有数据中的{'或'.join(t.zh for t in kinds)}，请重新选择。",
                f"“{name.en}” is about a {' or '.join(t.en for t in kinds)} in the data; {key} is none. Choose again.",
            )


def _move(moves: dict[str, str], member: str, branch: str) -> None:
    if moves.setdefault(member, branch) != branch:
        raise InputError(
            "同一名党员被两项措施转到不同的党支部，请去掉其中一项。",
            "Two actions move the same member to different branches. Remove one of them.",
        )


def _employed(store: Store, units: Iterable[str]) -> list[str]:
    edges, _ = store.edges_of(units, types=("EMPLOYED_BY",), limit=10_000)
    return sorted({e.source for e in edges})


def _transfers(store: Store, moves: Mapping[str, str]) -> tuple[list[Edge], tuple[Edge, ...]]:
    """The new affiliations and the former ones that they replace."""
    if not moves:
        return [], ()
    held, _ = store.edges_of(moves, types=("AFFILIATED_WITH",), limit=100_000)
    from_members = [e for e in held if e.source in moves]
    there = {(e.source, e.target) for e in from_members}
    added = [Edge("AFFILIATED_WITH", m, b, {MARK: True}) for m, b in moves.items() if (m, b) not in there]
    removed = tuple(e for e in from_members if moves[e.source] != e.target)
    return added, removed


# ---- before and after


@dataclass(frozen=True, slots=True)
class Measured:
    """The rates, every rule's figure, and the subjects that are gaps or unknown, by (rule, subject)."""

    rates: tuple[Rate, ...]
    figures: tuple[Figure, ...]
    marks: Mapping[tuple[str, str], RuleHit]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What proposed actions would change. `closed` gaps would go, `opened` ones would come."""

    before: Measured
    after: Measured

    @property
    def closed(self) -> tuple[RuleHit, ...]:
        """The gaps that would be none any more."""
        return _gone(self.before, self.after)

    @property
    def opened(self) -> tuple[RuleHit, ...]:
        """The gaps that would be new: what the actions make necessary."""
        return _gone(self.after, self.before)


def _gone(one: Measured, other: Measured) -> tuple[RuleHit, ...]:
    return tuple(
        mark
        for key, mark in one.marks.items()
        if mark.status == "gap" and (key not in other.marks or other.marks[key].status != "gap")
    )


def measure(store: Store, catalogue: Catalogue, profile: Profile, as_of: str) -> Measured:
    """Rates, figures and subjects as they are in a store, or in one in which a plan is tried out."""
    asked = figures(store, catalogue, profile, as_of)
    marks: dict[tuple[str, str], RuleHit] = {}
    for figure in asked:
        if figure.failed is None and figure.gaps + figure.unknown:
            marks |= {(m.rule, m.subject): m for m in _marks(store, figure.rule, profile, as_of)}
    return Measured(rates(store, profile, as_of), asked, marks)


def _marks(store: Store, rule: Rule, profile: Profile, as_of: str) -> list[RuleHit]:
    try:
        return rule_hits(store, rule, profile, as_of)
    except (StoreUnavailable, StoreDenied):
        raise
    except StoreError:
        return []  # the figure of the same rule shows that it failed, and why


def outcome(
    store: Store,
    catalogue: Catalogue,
    profile: Profile,
    as_of: str,
    actions: Sequence[Action],
    *,
    before: Measured | None = None,
) -> Outcome:
    """What the actions would change. Nothing is written that outlives the call.

    Raises InputError for actions that make no sense. A rule that fails before is not tried again: a refused
    query would end the trial.
    """
    was = before or measure(store, catalogue, profile, as_of)
    fit = replace(catalogue, rules=tuple(f.rule for f in was.figures if f.failed is None))
    ask: Callable[[Store], Measured] = lambda tried: measure(tried, fit, profile, as_of)  # noqa: E731
    after = store.what_if(proposed_plan(store, actions), ask)
    by_rule = {f.rule.id: f for f in after.figures}
    return Outcome(was, replace(after, figures=tuple(by_rule.get(f.rule.id, f) for f in was.figures)))


# ---- proposals that people keep


@dataclass(frozen=True, slots=True)
class Proposal:
    """A named set of actions: keys only, no names."""

    key: str
    name: str
    author: str
    written: str
    actions: tuple[Action, ...]


def save(
    store: Store, name: str, actions: Sequence[Action], author: str = "", *, key: str | None = None
) -> str:
    """Keep a proposal; returns its key. InputError for a name that is empty or too long, or no actions."""
    text = name.strip()
    if not 0 < len(text) <= LONGEST_NAME:
        raise InputError(
            f"请给方案起一个名称，最多 {LONGEST_NAME} 字。",
            f"Give the proposal a name of at most {LONGEST_NAME} characters.",
        )
    if not actions:
        raise InputError("方案里还没有措施。", "The proposal has no actions yet.")
    body = [{"kind": a.kind, "keys": list(a.keys), "members": a.members} for a in actions]
    key = key or f"q_{uuid.uuid4().hex[:20]}"
    said = {"name": text, "body": json.dumps(body), "author": author.strip(), "written": now()}
    store.put([Node(LABEL, key, said)])
    return key


def proposals(store: Store) -> tuple[Proposal, ...]:
    """Every kept proposal, the newest first."""
    found = [
        Proposal(
            n.key,
            str(n.properties["name"]),
            str(n.properties.get("author", "")),
            str(n.properties.get("written", "")),
            tuple(
                Action(cast(Kind, a["kind"]), tuple(a["keys"]), bool(a["members"]))
                for a in json.loads(str(n.properties.get("body", "[]")))
            ),
        )
        for n in store.records(LABEL)
    ]
    return tuple(sorted(found, key=lambda p: (p.written, p.key), reverse=True))


def remove(store: Store, key: str) -> None:
    """Remove a kept proposal; InputError for a key that is no proposal's."""
    if not key.startswith(f"{node_type(LABEL).prefix}_"):
        raise InputError("这不是一个方案的标识。", "This is not the key of a proposal.")
    store.put([], removed=[key])
