"""What a load says to who may not see names: nothing that depends on which people the store holds.

A workbook can name anybody. Were its people compared with those who are held, whoever may load could ask for a name
and read from "new" or "the same" whether it is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from explorer.viewer import LEFT_OUT, Viewer
from graph_model.graph import Edge, Node
from graph_model.plan import NodeChange, Plan
from graph_model.schema import NODE_TYPES, label_of
from graph_model.schema.extra_values import EXTRA_PROPERTY, read_extra, write_extra
from graph_model.store.store import Store
from graph_model.text import Text
from loaders.forms.form import read_forms
from loaders.history.load_log import read_history
from loaders.prepared_load import PreparedLoad
from loaders.problems import Problem
from loaders.survey import RoundSummary

BLIND = Text(
    "没有“显示姓名”权限：表格中的人员均列为新增，不与现有数据中的人员比较，也不显示党员人数的变动。",
    "Without the right to names: all people of the workbooks are listed as added, they are not compared with those "
    "who are held, and how the number of members changes is not shown.",
)
NEEDS_NAMES = Text(
    "表格中提到了未列入本批表格的人员，须与现有数据中的人员核对，有“显示姓名”权限才能导入。请联系系统管理员开通，"
    "或将这些人员一并列入表格。未写入任何内容。",
    "The workbooks refer to people who have no row in them. They are looked for among those who are held, so that "
    "writing needs the right to names: ask the administrator for it, or put the rows of these people into the "
    "workbooks too. Nothing was written.",
)
_COUNT_PEOPLE = ("members", "with_members")
"""The totals that a person more or less changes."""
_OF_REFERENCES = ("broken_reference", "ambiguous_reference", "unlisted_person", "unanswered_references")


@dataclass(frozen=True, slots=True)
class SeenLoad:
    """A load as a viewer may see it. `blocked`: it cannot be written, or not by this viewer."""

    load: PreparedLoad
    blind: bool = False
    needs_names: bool = False

    @property
    def blocked(self) -> bool:
        """True where nothing is written, whatever is confirmed."""
        return self.needs_names or self.load.blocked


def as_seen(prepared: PreparedLoad, viewer: Viewer, store: Store, data: Path) -> SeenLoad:
    """The load as this viewer may see it: as it is where it tells nothing of people who are held, else a blind one.

    Where the workbooks refer to people who have no row in them, what becomes of it depends on who is held. It is
    then written by those only who may see names, whether these people are held or not.
    """
    if viewer.names:
        return SeenLoad(prepared)
    if not _is_the_last_load(prepared, store, data):
        prepared = replace(prepared, plan=_without_guesses_compared(prepared))
    if not _mentions_people(prepared) or not _holds_people(store):
        return SeenLoad(prepared)
    if _is_the_last_load(prepared, store, data):
        return SeenLoad(prepared)
    # only a partial load refers to those who are held; a complete round has to bring them along
    partial = not prepared.plan.complete
    blind = replace(
        prepared,
        reading=_blind_reading(prepared.reading) if partial else prepared.reading,
        plan=_blind_plan(prepared),
        proposals=tuple(p for p in prepared.proposals if not _is_person(p.label)),
        movements=tuple(m for m in prepared.movements if m.of not in _COUNT_PEOPLE),
        differences=tuple(
            replace(d, unmatched=0) if partial else d
            for d in prepared.differences
            if not partial or d.id not in _COUNT_PEOPLE
        ),
    )
    return SeenLoad(blind, blind=True, needs_names=partial and _refers_to_others(prepared))


def _blind_reading(reading: RoundSummary) -> RoundSummary:
    """What was read, without which of its references to people found somebody."""
    return replace(
        reading,
        problems=tuple(p for p in reading.problems if not _of_reference(p, reading)),
        balances=tuple(replace(b, unmatched=0) for b in reading.balances),
    )


def _of_reference(found: Problem, reading: RoundSummary) -> bool:
    return found.code in _OF_REFERENCES and reading.names_somebody(found)


def without_people(known: Mapping[str, Node]) -> dict[str, Node]:
    """The things that may be drawn: the key of a person would lead to whether there is one."""
    return {key: node for key, node in known.items() if not _is_person(node.label)}


def _blind_plan(prepared: PreparedLoad) -> Plan:
    plan, graph = prepared.plan, prepared.graph
    return replace(
        plan,
        added_nodes=(
            *(n for n in plan.added_nodes if not _is_person(n.label)),
            *(n for n in graph.nodes.values() if _is_person(n.label)),
        ),
        changed_nodes=tuple(c for c in plan.changed_nodes if not _is_person(c.after.label)),
        removed_nodes=tuple(n for n in plan.removed_nodes if not _is_person(n.label)),
        added_edges=(
            *(e for e in plan.added_edges if not _of_person(e)),
            *(e for e in graph.edges.values() if _of_person(e) and _people_of(e) <= graph.nodes.keys()),
        ),
        changed_edges=tuple(c for c in plan.changed_edges if not _of_person(c.after)),
        removed_edges=tuple(e for e in plan.removed_edges if not _of_person(e)),
        restated_nodes=tuple(n for n in plan.restated_nodes if not _is_person(n.label)),
        restated_edges=tuple(e for e in plan.restated_edges if not _of_person(e)),
    )


def _guessable(prepared: PreparedLoad) -> dict[str, frozenset[str]]:
    """By label of things that are no people: the properties that may name people, and that the workbooks give."""
    forms = {f.id: f for f in read_forms()}
    given: dict[str, set[str]] = {}
    for count in prepared.reading.counts:
        form = forms[count.form]
        if form.label is not None:
            columns = (form.column(heading).property for heading in count.columns)
            given.setdefault(form.label, set()).update(p.name for p in columns if p and p.sensitive)
    return {
        label: frozenset({*given.get(label, ()), EXTRA_PROPERTY})
        for label, declared in NODE_TYPES.items()
        if declared.survey and not _is_person(label)
    }


def _without_guesses_compared(prepared: PreparedLoad) -> Plan:
    """The plan as if every value that may name people, and that the workbooks give, were another than the one held.

    Whether it is the same would tell who guesses it. The headings of extra values are shown to everybody, people's
    included.
    """
    plan, added = prepared.plan, {n.key for n in prepared.plan.added_nodes}
    changed = {c.after.key: c for c in plan.changed_nodes}
    guessable = _guessable(prepared)
    for key, node in prepared.graph.nodes.items():
        names = guessable.get(node.label, frozenset({EXTRA_PROPERTY})) & node.properties.keys()
        if key not in added and names:
            held = changed[key].before if key in changed else node
            hidden = {name: _hidden(name, held) for name in names}
            changed[key] = NodeChange(held._replace(properties={**held.properties, **hidden}), node)
    return replace(
        plan,
        changed_nodes=tuple(changed.values()),
        restated_nodes=tuple(n for n in plan.restated_nodes if n.key not in changed),
    )


def _hidden(name: str, held: Node) -> str:
    if name != EXTRA_PROPERTY:
        return LEFT_OUT
    return write_extra(dict.fromkeys(read_extra(held.properties.get(name)), LEFT_OUT))


def _mentions_people(prepared: PreparedLoad) -> bool:
    reading, graph = prepared.reading, prepared.graph
    return (
        bool(reading.people)
        or any(_is_person(n.label) for n in graph.nodes.values())
        or any(_of_person(e) for e in graph.edges.values())
        or any(reading.names_somebody(p) for p in reading.problems)
    )


def _refers_to_others(prepared: PreparedLoad) -> bool:
    """Whether a person is referred to who has no row: one who is held, or one who cannot be found."""
    reading, graph = prepared.reading, prepared.graph
    ends = {key for edge in graph.edges.values() for key in _people_of(edge)}
    return bool(ends - graph.nodes.keys()) or any(_of_reference(p, reading) for p in reading.problems)


def _is_the_last_load(prepared: PreparedLoad, store: Store, data: Path) -> bool:
    """Whether these very files were loaded last: who has all of them learns nothing from their being the same."""
    last = next((e for e in read_history(data, store) if e.standing == "standing"), None)
    return last is not None and _sums(last.files) == _sums(prepared.reading.files)


def _sums(files: Iterable[object]) -> list[str]:
    return sorted(str(getattr(file, "sha256", "")) for file in files)


def _holds_people(store: Store) -> bool:
    return any(store.first(label) is not None for label in NODE_TYPES if _is_person(label))


def _is_person(label: str) -> bool:
    declared = NODE_TYPES[label]
    return declared.survey and declared.property("name").sensitive


def _people_of(edge: Edge) -> set[str]:
    return {key for key in (edge.source, edge.target) if _is_person(label_of(key))}


def _of_person(edge: Edge) -> bool:
    return bool(_people_of(edge))
