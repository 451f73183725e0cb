"""The texts about a load, the same on the page and on the command line: problems, plan, totals; masked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, Protocol

from explorer.scene.compose import format_value
from explorer.viewer import Viewer, mask
from graph_model.errors import StoreError
from graph_model.graph import Edge, Graph, Node, Properties
from graph_model.plan import Plan
from graph_model.schema import edge_type, label_of, node_type
from graph_model.schema.extra_values import EXTRA_PROPERTY
from graph_model.schema.stored_properties import DERIVED_PROPERTIES
from graph_model.schema.types import Property
from graph_model.text import LANGUAGES, Language, Text, spoken_date
from loaders.prepared_load import PreparedLoad
from loaders.problems import Problem
from loaders.resolve.aliases import MatchProposal
from loaders.survey import RoundSummary

Part = Literal["added", "changed", "removed", "moved"]
PARTS: Mapping[Part, Text] = {
    "added": Text("新增", "Added"),
    "changed": Text("修改", "Changed"),
    "removed": Text("删除", "Removed"),
    "moved": Text("变动", "Moved"),
}
ALL_AREAS = Text("全部", "All")
_LISTS = Text("请与名册核对", "compare with the list of people")
_ARROW, _NONE = " → ", "—"


_MOST_NAMED = 10


def not_complete(unmentioned: Sequence[str]) -> Text:
    """Why a round with totals of the whole is not taken as a complete one."""
    named, more = unmentioned[:_MOST_NAMED], len(unmentioned) - _MOST_NAMED
    zh = "、".join(named) + (f"等 {len(unmentioned)} 个" if more > 0 else "")
    en = ", ".join(named) + (f" and {more} more" if more > 0 else "")
    return Text(
        f"未按完整批次导入：本批表格没有列出现有的区域 {zh}。确已撤并的，请按完整批次重新导入。",
        f"Not taken as a complete round: it does not list these areas that the store holds: {en}. If they are really "
        "gone, load it as a complete round.",
    )


def why_no_change(reading: RoundSummary) -> Text:
    """Why a load would change nothing: never that all is the same, where nothing was there to be compared."""
    if reading.blocking:
        return Text(
            "除必须改正的部分外，没有需要导入的变化。",
            "Apart from what must be mended, there is nothing to load.",
        )
    if not any(b.rows for b in reading.balances):
        return Text(
            "本批表格没有填写内容（只有表头，或没有能识别的表），未写入任何内容。请填写后重新导入。",
            "No row of these workbooks is filled in (headings only, or no sheet that is recognised); nothing was "
            "written. Fill them in and load again.",
        )
    return Text("与现有数据相同，没有需要导入的变化。", "The same as what is held: nothing to load.")


# --- problems ------------------------------------------------------------------------------------


class WithProblems(Protocol):
    """What has problems, and knows which of them may name a person: a round that was read, a load of the history."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every one."""

    def is_sensitive(self, found: Problem) -> bool:
        """May the value of one be the name of a person."""

    def names_somebody(self, found: Problem) -> bool:
        """Does one stand in a column that is meant for names of people, or for what is as private."""


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem as a viewer may see it: names of people are masked where the viewer has no right to them."""

    problem: Problem
    value: str
    what: str
    right: str


def shown_problems(
    reading: WithProblems, viewer: Viewer, *, blocking: bool | None = None
) -> list[ShownProblem]:
    """The problems of a round or a load for a viewer; `blocking`: only those that do, or only those that do not."""
    places = () if viewer.names else _masked_places(reading, viewer)
    return [
        _shown(p, reading, viewer, places)
        for p in reading.problems
        if blocking is None or p.blocking == blocking
    ]


def _shown(
    found: Problem, reading: WithProblems, viewer: Viewer, places: Sequence[tuple[str, str]]
) -> ShownProblem:
    language = viewer.language
    value, right = found.value, found.right.in_(language)
    if not viewer.names and reading.is_sensitive(found):
        value = mask(value)
        # what would be right are other people's names
        if found.code == "broken_reference" and reading.names_somebody(found):
            right = _LISTS.in_(language)
    what = found.what.in_(language)
    for name, masked in places:  # a text may say where else the same stands
        value, what, right = (text.replace(name, masked) for text in (value, what, right))
    where = replace(found, file=viewer.place_name(found.file), sheet=viewer.place_name(found.sheet))
    return ShownProblem(where, value, what, right)


def _masked_places(reading: WithProblems, viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """The names of files and sheets that name somebody, the longest first, and how the viewer may see them."""
    balances = reading.balances if isinstance(reading, RoundSummary) else ()
    names = {n for b in balances for n in (b.file, b.sheet)}
    names |= {n for p in reading.problems for n in (p.file, p.sheet)}
    shown = ((name, viewer.place_name(name)) for name in sorted(names, key=len, reverse=True))
    return tuple((name, masked) for name, masked in shown if masked != name)


# --- names that are likely the same ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A question about two names as a viewer may see it. `differs`: in what two people are not alike."""

    proposal: MatchProposal
    text: str
    candidate: str
    differs: tuple[str, ...]


def shown_proposals(prepared: PreparedLoad, viewer: Viewer) -> list[ShownProposal]:
    """What is to be asked, names of people masked where the viewer has no right to them."""
    return [
        ShownProposal(
            p,
            viewer.caption(p.label, {"name": p.text}),
            viewer.caption(p.label, {"name": p.candidate}),
            tuple(node_type(p.label).property(name).text.in_(viewer.language) for name in p.differs),
        )
        for p in prepared.proposals
    ]


# --- the plan ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Changed:
    """What one property says before and after, "" for nothing; where a tie moves, its other end and no name."""

    name: str
    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a load would do: which type, to what, and for a change what it says before and after."""

    part: Part
    type: str
    name: str
    changes: tuple[Changed, ...] = ()

    def said(self, language: Language) -> str:
        """What changes, in one line: 从业人数：5 → 7."""
        colon, stop = ("：", "；") if language == "zh" else (": ", "; ")
        return stop.join(
            f"{c.text}{colon if c.text else ''}{c.before or _NONE}{_ARROW}{c.after or _NONE}"
            for c in self.changes
        )


def shortened(plan: Plan, most: int) -> tuple[Plan, int]:
    """The plan with at most `most` steps of each part, nodes before ties, and how many steps it lacks then."""
    moves = plan.moves()
    moved = {e.key for m in moves for e in (m.before, m.after)}
    kept_moves = moves[:most]
    added, changed, removed = plan.added_nodes[:most], plan.changed_nodes[:most], plan.removed_nodes[:most]
    short = replace(
        plan,
        added_nodes=added,
        changed_nodes=changed,
        removed_nodes=removed,
        added_edges=(
            *(m.after for m in kept_moves),
            *islice((e for e in plan.added_edges if e.key not in moved), most - len(added)),
        ),
        changed_edges=plan.changed_edges[: most - len(changed)],
        removed_edges=(
            *(m.before for m in kept_moves),
            *islice((e for e in plan.removed_edges if e.key not in moved), most - len(removed)),
        ),
    )
    return short, _how_many(plan, len(moves)) - _how_many(short, len(kept_moves))


def _how_many(plan: Plan, moves: int) -> int:
    return sum(sum(part.values()) for part in plan.counts().values()) - moves


def names_in(plan: Plan, graph: Graph, held: Iterable[Node] = ()) -> dict[str, Node]:
    """Every node that the plan or the round's graph mentions, by key; `held`: those that only the store knows."""
    known = {n.key: n for n in held}
    known |= {n.key: n for n in plan.removed_nodes}
    known |= {n.key: n for n in plan.added_nodes}
    return known | dict(graph.nodes)


def only_held(plan: Plan, graph: Graph) -> tuple[str, ...]:
    """The keys of ends of ties that neither the round nor the plan brings along: to be asked of the store."""
    known = names_in(plan, graph)
    edges = (*plan.added_edges, *plan.removed_edges, *(c.after for c in plan.changed_edges))
    return tuple(sorted({k for e in edges for k in (e.source, e.target)} - known.keys()))


def steps(plan: Plan, known: Mapping[str, Node], viewer: Viewer) -> Iterator[Step]:
    """The plan as a list, type by type; a move stands once, not as a removal and an addition."""
    language = viewer.language

    def called(key: str) -> str:
        node = known.get(key)
        return viewer.caption(label_of(key), node.properties if node else {"name": "…"})

    moves = plan.moves()
    moved = {e.key for m in moves for e in (m.before, m.after)}
    for node in plan.added_nodes:
        yield Step("added", node.label, viewer.caption(node.label, node.properties))
    for change in plan.changed_nodes:
        said = _changes(
            node_type(change.after.label).properties,
            change.before.properties,
            change.after.properties,
            viewer,
        )
        yield Step(
            "changed", change.after.label, viewer.caption(change.after.label, change.after.properties), said
        )
    for node in plan.removed_nodes:
        yield Step("removed", node.label, viewer.caption(node.label, node.properties))
    for move in moves:
        name = called(move.after.source)
        yield Step(
            "moved",
            move.after.type,
            name,
            (Changed("", "", called(move.before.target), called(move.after.target)),),
        )
    for edge in plan.added_edges:
        if edge.key not in moved:
            yield Step("added", edge.type, _tie(edge, called, language))
    for tie in plan.changed_edges:
        said = _changes(
            edge_type(tie.after.type).properties, tie.before.properties, tie.after.properties, viewer
        )
        yield Step("changed", tie.after.type, _tie(tie.after, called, language), said)
    for edge in plan.removed_edges:
        if edge.key not in moved:
            yield Step("removed", edge.type, _tie(edge, called, language))


def _tie(edge: Edge, called: Callable[[str], str], language: Language) -> str:
    return f"{called(edge.source)} — {edge_type(edge.type).text.in_(language)} — {called(edge.target)}"


def _changes(
    declared: Iterable[Property], before: Properties, after: Properties, viewer: Viewer
) -> tuple[Changed, ...]:
    """What changed, a property at a time. Without the right to names, what is sensitive is masked."""
    language = viewer.language
    found: list[Changed] = []
    for prop in declared:
        if prop.name in DERIVED_PROPERTIES or before.get(prop.name) == after.get(prop.name):
            continue
        if prop.name == EXTRA_PROPERTY:
            extra = viewer.extra_changes(before.get(prop.name), after.get(prop.name))
            found += [Changed(prop.name, *said) for said in extra]
            continue
        values = [format_value(prop, side.get(prop.name), language) for side in (before, after)]
        if prop.sensitive and not viewer.names:
            values = [mask(v) for v in values]
        found.append(Changed(prop.name, prop.text.in_(language), *values))
    return tuple(found)


def touched_graph(plan: Plan, known: Mapping[str, Node], most: int) -> tuple[Graph, dict[str, Part], int]:
    """The affected part for a picture: what is added, changed and removed with its ties, the sign of each, and
    how many things had to be left out because more than `most` are affected.

    What is changed in itself comes before what is only at the end of a tie.
    """
    sign: dict[str, Part] = {}
    sign |= {n.key: "added" for n in plan.added_nodes}
    sign |= {c.after.key: "changed" for c in plan.changed_nodes}
    sign |= {n.key: "removed" for n in plan.removed_nodes}
    sign |= {m.after.source: "moved" for m in plan.moves() if m.after.source not in sign}
    edges = (*plan.added_edges, *plan.removed_edges, *(c.after for c in plan.changed_edges))
    ends = [k for e in edges for k in (e.source, e.target)]
    keys = [k for k in dict.fromkeys((*sign, *ends)) if k in known]
    kept = dict.fromkeys(keys[:most])
    shown = {e.key: e for e in edges if e.source in kept and e.target in kept}
    return Graph({k: known[k] for k in kept}, shown), sign, len(keys) - len(kept)


# --- areas ---------------------------------------------------------------------------------------


def older(prepared: PreparedLoad) -> Text:
    """The warning for a round that is older than what the store holds."""
    held, name = str(prepared.state.round), prepared.reading.round
    said = {lang: (spoken_date(held, lang), spoken_date(name, lang)) for lang in LANGUAGES}
    return Text(
        "注意：现有数据为{}批次，本批（{}）较早，导入后将以较早的内容覆盖较新的内容。".format(*said["zh"]),
        "Careful: the data are of {}, and {} is older; writing it puts older facts over newer ones.".format(
            *said["en"]
        ),
    )


def late_figures(error: StoreError | None = None) -> Text:
    """The message for a load that landed, whose figures could not be worked out then; with why, for a terminal."""
    zh, en = (f"（{error.text.zh.rstrip('。')}）", f" ({error.text.en.rstrip('.')})") if error else ("", "")
    return Text(
        f"数据已全部导入，无须重新导入；覆盖数字尚未计算完毕{zh}，下次打开页面时自动计算。",
        "The load has landed whole and need not be repeated; only its figures are still to be worked out"
        f"{en}, which the next opening of the pages does by itself.",
    )


def area_name(prepared: PreparedLoad, area: str, language: Language) -> str:
    """What an area of the reconciliation is called."""
    return prepared.names.get(area, area) if area else ALL_AREAS.in_(language)
