"""Everything that is known of one thing, for its page: facts, ties, gaps, timeline. Masked; no drawing here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import networkx as nx

from explorer.answers import Answers
from explorer.i18n import Words
from explorer.lookup.entity_rounds import RoundsSeen, rounds_seen
from explorer.lookup.provenance_text import cells_at, source_text
from explorer.scene.compose import format_value
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Severity
from graph_model.graph import Place
from graph_model.schema import EDGE_TYPES, edge_type, node_type
from graph_model.schema.extra_values import EXTRA_PROPERTY, read_extra
from graph_model.schema.types import EdgeType, NodeType
from loaders.map.column_map import CellMap

MOST_EVENTS = 200


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known: a heading and a value, as people read them, and the cell where that is known."""

    heading: str
    value: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class TieTo:
    """One tie's far end: what it is, what it is called, what the tie itself says, and where it was read."""

    key: str
    kind: str
    caption: str
    says: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Relationships:
    """The ties that read alike from this side."""

    text: str
    to: tuple[TieTo, ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class GapHit:
    """A rule in which the thing is a gap, or for which something about it is unknown."""

    rule: str
    title: str
    severity: Severity
    status: Literal["gap", "unknown"]
    reason: str
    clause: str
    advice: str


@dataclass(frozen=True, slots=True)
class Event:
    """One date in the thing's life, as exact as the survey was; `key` is of what else it is about."""

    date: str
    text: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """What the page shows.

    `place` and, in words, `source` are where the survey stated it last; `cut` where it has more ties than fit;
    `note` says what of its history is not available.
    """

    key: str
    label: str
    kind: str
    caption: str
    facts: tuple[Fact, ...]
    unknown: tuple[str, ...]
    ties: tuple[Relationships, ...]
    gaps: tuple[GapHit, ...]
    timeline: tuple[Event, ...]
    place: Place | None
    cut: bool = False
    source: str = ""
    note: str = ""


def entity(
    answers: Answers, key: str, viewer: Viewer, words: Words, data: Path | None = None
) -> Entity | None:
    """What is known of the thing with that key; None where there is no such thing of the survey's.

    `data` is the data folder with the history of loads: with it, the timeline tells what each round changed,
    and every fact its cell.
    """
    found = answers.nodes([key])
    if not found or not node_type(found[0].label).survey:
        return None
    node = found[0]
    kind = node_type(node.label)
    piece = answers.around((key,), 1)
    seen = answers.overview()
    shown = viewer.properties(kind.label, node.properties)
    at = cells_at(answers, data, node.place) if data and node.place else None
    rounds = rounds_seen(answers, data, key, viewer, words) if data else RoundsSeen(())
    return Entity(
        key,
        kind.label,
        kind.text.in_(viewer.language),
        viewer.caption(kind.label, node.properties),
        tuple(_facts(kind, shown, viewer, at)),
        tuple(
            p.text.in_(viewer.language)
            for p in kind.properties
            if p.name not in node.properties and p.name not in _MAY_BE_EMPTY
        ),
        tuple(_ties(piece.graph, key, viewer, _sources(answers, data, words, viewer))),
        tuple(_gaps(answers, key, kind.label, viewer)) if seen.round else (),
        tuple(_timeline(answers, piece.graph, key, kind, shown, viewer, words, rounds)),
        _seen(node.place, viewer),
        piece.cut,
        source_text(node.place, at, words, viewer) if node.place else "",
        rounds.note,
    )


def _seen(place: Place | None, viewer: Viewer) -> Place | None:
    if place is None:
        return None
    return place._replace(file=viewer.place_name(place.file), sheet=viewer.place_name(place.sheet))


def _facts(kind: NodeType, shown: Mapping[str, Any], viewer: Viewer, at: CellMap | None) -> Iterator[Fact]:
    for declared in kind.properties:
        if declared.name == EXTRA_PROPERTY:
            yield from (Fact(h, text) for h, text in read_extra(shown.get(EXTRA_PROPERTY)).items())
        elif declared.name != "name" and declared.name in shown:
            yield Fact(
                declared.text.in_(viewer.language),
                format_value(declared, shown[declared.name], viewer.language),
                at.properties.get(declared.name, "") if at else "",
            )


def _sources(
    answers: Answers, data: Path | None, words: Words, viewer: Viewer
) -> Callable[[Place | None, str], str]:
    """A function that says where a tie of a type was read; the rows of one sheet are looked up once."""
    known: dict[Place, CellMap | None] = {}

    def source(place: Place | None, type_: str) -> str:
        if place is None:
            return ""
        if data and place not in known:
            known[place] = cells_at(answers, data, place)
        at = known.get(place)
        cell = at.ties.get(type_) if at else None
        return source_text(place, CellMap(cell, {}, {}) if cell else at, words, viewer)

    return source


def _ties(
    graph: nx.MultiDiGraph[str], key: str, viewer: Viewer, source: Callable[[Place | None, str], str]
) -> Iterator[Relationships]:
    groups: dict[tuple[int, str], list[TieTo]] = {}
    dashed: dict[tuple[int, str], bool] = {}
    for declared, text, other, properties, place in _edges(graph, key, viewer):
        node = graph.nodes[other]
        group = (_ORDER.index(declared.type), text)
        dashed[group] = declared.dashed
        groups.setdefault(group, []).append(
            TieTo(
                other,
                node_type(node["label"]).text.in_(viewer.language),
                viewer.caption(node["label"], node["properties"]),
                _said(declared, properties, viewer),
                source(place, declared.type),
            )
        )
    for group in sorted(groups):
        ends = sorted(groups[group], key=lambda t: (t.kind, t.caption, t.key))
        yield Relationships(group[1], tuple(ends), dashed[group])


def _edges(
    graph: nx.MultiDiGraph[str], key: str, viewer: Viewer
) -> Iterator[tuple[EdgeType, str, str, Mapping[str, Any], Place | None]]:
    """Each tie of a node: its type, how it reads from here, the far end, what it says, and where."""
    if key not in graph:
        return
    for _, target, type_, data in graph.out_edges(key, keys=True, data=True):
        declared = edge_type(type_)
        said = data.get("properties", {})
        yield declared, declared.text.in_(viewer.language), target, said, data.get("place")
    for source, _, type_, data in graph.in_edges(key, keys=True, data=True):
        declared = edge_type(type_)
        if source != key:
            said = data.get("properties", {})
            yield declared, declared.reverse.in_(viewer.language), source, said, data.get("place")


def _said(declared: EdgeType, properties: Mapping[str, Any], viewer: Viewer) -> str:
    colon = "：" if viewer.language == "zh" else ": "
    joint = "；" if viewer.language == "zh" else "; "
    said = [
        f"{p.text.in_(viewer.language)}{colon}{format_value(p, properties[p.name], viewer.language)}"
        for p in declared.properties
        if properties.get(p.name) is not None and (viewer.names or not p.sensitive)
    ]
    return joint.join(said)


def _gaps(answers: Answers, key: str, label: str, viewer: Viewer) -> Iterator[GapHit]:
    seen = answers.overview()
    if seen.round is None:
        return
    for rule, row in answers.gaps_of(key, label, seen.reckoning.day):
        yield GapHit(
            rule.id,
            rule.marked_title.in_(viewer.language),
            rule.severity,
            "gap" if row["status"] == "gap" else "unknown",
            rule.explain(viewer.row(rule, row), answers.profile, viewer.language),
            rule.cited.in_(viewer.language),
            rule.advice.in_(viewer.language),
        )


# ---- the timeline


def _timeline(
    answers: Answers,
    graph: nx.MultiDiGraph[str],
    key: str,
    kind: NodeType,
    shown: Mapping[str, Any],
    viewer: Viewer,
    words: Words,
    rounds: RoundsSeen,
) -> list[Event]:
    """Every date that the store has of the thing, the latest first: its own, its ties', its gaps' rounds."""
    events = [
        Event(str(shown[p.name]), p.text.in_(viewer.language))
        for p in kind.properties
        if p.type == "date" and p.name in shown
    ]
    events += _tie_events(graph, key, viewer, words)
    events += _finding_events(answers, key, words)
    node = graph.nodes[key] if key in graph else {}
    place: Place | None = node.get("place")
    joint = words("list-semicolon")
    events += [
        Event(seen.round, words("entity-round", said=joint.join(seen.lines))) for seen in rounds.rounds
    ]
    if place is not None and not rounds.rounds:
        events.append(Event(place.round, words("entity-stated", round=place.round)))
    dated = {(e.date, e.text, e.key): e for e in events if e.date}
    return sorted(dated.values(), key=lambda e: (e.date, e.text), reverse=True)[:MOST_EVENTS]


def _tie_events(graph: nx.MultiDiGraph[str], key: str, viewer: Viewer, words: Words) -> Iterator[Event]:
    """The dates on the ties, and the own dates of what happened with it: meetings, awards, activities, pairs."""
    for declared, text, other, properties, _ in _edges(graph, key, viewer):
        node = graph.nodes[other]
        kind = node_type(node["label"])
        caption = viewer.caption(kind.label, node["properties"])
        said = words("pair", heading=text, value=caption)
        for p in declared.properties:
            if p.type == "date" and properties.get(p.name):
                dated = words("entity-tie-date", what=p.text.in_(viewer.language), tie=said)
                yield Event(str(properties[p.name]), dated, other)
        if kind.label not in _HAPPENINGS:
            continue
        theirs = viewer.properties(kind.label, node["properties"])
        for p in kind.properties:
            if p.type == "date" and p.name in theirs:
                dated = words("entity-tie-date", what=p.text.in_(viewer.language), tie=said)
                yield Event(str(theirs[p.name]), dated, other)


def _finding_events(answers: Answers, key: str, words: Words) -> Iterator[Event]:
    """The rounds between which a gap was open, as far as findings were kept."""
    titles = {r.id: r.title.in_(words.language) for r in answers.catalogue.rules}
    for row in answers.store.ask(_FINDINGS, {"key": key}, limit=MOST_EVENTS).rows:
        said = row["said"]
        title = titles.get(str(said.get("rule")), str(said.get("rule", "")))
        for name in ("first_seen", "cleared_in"):
            if said.get(name):
                yield Event(str(said[name]), words(f"entity-{name.replace('_', '-')}", rule=title))


# empty says that it has not happened, or that the survey gives no numbers
_MAY_BE_EMPTY = ("number", "dissolved", "absent_since", "resolved_on", "solution", EXTRA_PROPERTY)
_FINDINGS = "MATCH (f:Finding) WHERE f.subject = $key RETURN properties(f) AS said ORDER BY f.key"
_ORDER = tuple(EDGE_TYPES)
_HAPPENINGS = ("JointMeeting", "Award", "Activity", "CoBuildingPair")
