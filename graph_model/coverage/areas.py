"""Which residential and commercial areas things of the graph belong to; and a place to choose, with its figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from graph_model.coverage.totals import Part, Rate, rate_texts
from graph_model.errors import InputError, StoreError
from graph_model.schema import label_of
from graph_model.store.store import Store

BATCH = 1000
_MOST = 100_000
AREA_LABELS = ("ResidentialArea", "CommercialArea")

_PATHS: Mapping[str, tuple[str, ...]] = {
    "Unit": ("-[:MANAGES|LOCATED_IN]->(a)",),
    "Branch": ("-[:LEADS]->(a)", "-[:ORGANISED_IN]->(:Unit)-[:MANAGES|LOCATED_IN]->(a)"),
    "Member": (
        "-[:EMPLOYED_BY]->(:Unit)-[:MANAGES|LOCATED_IN]->(a)",
        "-[:AFFILIATED_WITH]->(:Branch)-[:LEADS]->(a)",
        "-[:AFFILIATED_WITH]->(:Branch)-[:ORGANISED_IN]->(:Unit)-[:MANAGES|LOCATED_IN]->(a)",
    ),
    "JointMeeting": ("-[:HELD_IN]->(a)",),
    "Matter": ("<-[:TOOK_UP]-(:JointMeeting)-[:HELD_IN]->(a)",),
    "Activity": ("-[:HELD_IN]->(a)",),
    "RepresentativeMeeting": ("-[:HELD_IN]->(a)",),
    "BranchMeeting": (
        "-[:HELD_BY]->(:Branch)-[:LEADS]->(a)",
        "-[:HELD_BY]->(:Branch)-[:ORGANISED_IN]->(:Unit)-[:MANAGES|LOCATED_IN]->(a)",
    ),
    "Liaison": ("-[:POSTED_TO]->(a)", "-[:POSTED_TO]->(:Unit)-[:MANAGES|LOCATED_IN]->(a)"),
    "CoBuildingPair": (
        "-[:PARTNER]->(:Unit)-[:MANAGES|LOCATED_IN]->(a)",
        "-[:PARTNER]->(:Branch)-[:LEADS]->(a)",
    ),
}
"""From a thing of a label to its areas. A label that is not here belongs to none."""

_UNDER: Mapping[str, str] = {
    "Subdistrict": "<-[:PART_OF]-(a:ResidentialArea|CommercialArea)",
    "District": "<-[:PART_OF]-(:Subdistrict)<-[:PART_OF]-(a:ResidentialArea|CommercialArea)",
}
LEVELS = tuple(_UNDER)
"""The labels of what areas are part of."""


@dataclass(frozen=True, slots=True)
class Area:
    """A residential or commercial area: label, key and name."""

    label: str
    key: str
    name: str

    @property
    def order(self) -> tuple[int, bytes]:
        """Residential areas first, then by name as Chinese lists are: GB encodings go by pinyin."""
        return (AREA_LABELS.index(self.label), self.name.encode("gb18030", "replace"))


def areas_of(store: Store, keys: Iterable[str]) -> dict[str, tuple[Area, ...]]:
    """The areas of each key, in order. A thing without an area is left out.

    Unit: the areas that it manages and the one where it stands; branch: those that it leads, and those of its
    units; member: those of unit and branch; area: itself. StoreError when there are more than can be right.
    """
    by_label: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys(keys):
        by_label[label_of(key)].append(key)
    found: dict[str, set[Area]] = defaultdict(set)
    for label in AREA_LABELS:
        for node in store.nodes(by_label.pop(label, [])):
            found[node.key].add(Area(label, node.key, str(node.properties.get("name", ""))))
    for label, group in by_label.items():
        for path in _PATHS.get(label, ()):
            for start in range(0, len(group), BATCH):
                _collect(store, label, path, group[start : start + BATCH], found)
    return {key: tuple(sorted(areas, key=lambda a: (a.order, a.key))) for key, areas in found.items()}


def areas_under(store: Store, key: str) -> tuple[str, ...]:
    """The keys of the areas of a sub-district or of all sub-districts of a district; none for anything else."""
    path = _UNDER.get(label_of(key))
    if path is None:
        return ()
    text = f"MATCH (x:{label_of(key)} {{key: $key}}){path}\nRETURN DISTINCT a.key AS area ORDER BY area"
    return tuple(str(row["area"]) for row in store.ask(text, {"key": key}, limit=_MOST).rows)


def _collect(store: Store, label: str, path: str, keys: list[str], found: dict[str, set[Area]]) -> None:
    text = (
        f"UNWIND $keys AS key\nMATCH (x:{label} {{key: key}}){path}\n"
        "RETURN DISTINCT key, a.key AS area, a.name AS name"
    )
    answer = store.ask(text, {"keys": keys}, limit=_MOST)
    if answer.truncated:
        raise StoreError(
            f"{label} 所属区域多于 {_MOST} 条，无法全部列出。",
            f"{label}: more than {_MOST} ties to areas, too many to list all of them.",
        )
    for row in answer.rows:
        of = label_of(str(row["area"]))
        if of in AREA_LABELS:
            found[str(row["key"])].add(Area(of, str(row["area"]), str(row["name"] or "")))


# ---- a place to choose

_SUBDISTRICTS = "MATCH (s:Subdistrict)\nRETURN s.key AS key, s.name AS name ORDER BY key"


@dataclass(frozen=True, slots=True)
class Locality:
    """A sub-district or area. `areas`: the keys of its areas, of an area its own. `above`: its sub-district, or "".

    A thing lies in it that belongs to one of `areas` (`areas.areas_of`): a unit to those that it manages and where
    it stands.
    """

    label: str
    key: str
    name: str
    areas: frozenset[str]
    above: str = ""

    def holds(self, areas: Iterable[str]) -> bool:
        """Whether what belongs to these areas lies in it."""
        return not self.areas.isdisjoint(areas)


@dataclass(frozen=True, slots=True)
class LocalityFigures:
    """One line of the comparison: the rates of its units, and how many problems belong to its areas."""

    locality: Locality
    rates: tuple[Rate, ...]
    problems: int


def read_localities(store: Store) -> tuple[Locality, ...]:
    """The sub-districts, each followed by its areas; last the areas of no sub-district."""
    found: list[tuple[Area, str]] = []
    for label in AREA_LABELS:
        text = f"""
MATCH (a:{label})
OPTIONAL MATCH (a)-[:PART_OF]->(s:Subdistrict)
RETURN a.key AS key, a.name AS name, min(s.key) AS above ORDER BY key"""
        rows = store.ask(text, limit=_MOST).rows
        found += [(Area(label, r["key"], str(r["name"] or "")), str(r["above"] or "")) for r in rows]
    above: dict[str, list[Area]] = defaultdict(list)
    for area, of in sorted(found, key=lambda pair: (pair[0].order, pair[0].key)):
        above[of].append(area)
    whole = [
        Area("ResidentialArea", str(r["key"]), str(r["name"] or ""))
        for r in store.ask(_SUBDISTRICTS, limit=_MOST).rows
    ]
    made: list[Locality] = []
    for each in sorted(whole, key=lambda s: (s.order, s.key)):
        own = frozenset(a.key for a in above[each.key])
        made.append(Locality("Subdistrict", each.key, each.name, own))
        made += _areas(above[each.key], each.key)
    return (*made, *_areas(above[""], ""))


def _areas(areas: Iterable[Area], above: str) -> Iterable[Locality]:
    return (Locality(a.label, a.key, a.name, frozenset((a.key,)), above) for a in areas)


def find_locality(localities: Iterable[Locality], name: str) -> Locality:
    """The place of a name or key; InputError for none, with the nearest names, and for a name that several have."""
    known = tuple(localities)
    found = [each for each in known if name in (each.key, each.name)]
    if len(found) == 1:
        return found[0]
    if found:
        keys = [each.key for each in found]
        raise InputError(
            f"有 {len(found)} 个地方叫“{name}”，请用编号之一：{'、'.join(keys)}",
            f"{len(found)} places are called “{name}”. Say one of: {', '.join(keys)}",
        )
    names = [each.name for each in known]
    near = get_close_matches(name, names, 5, 0.3) or names[:5]
    raise InputError(
        f"没有叫“{name}”的街道、居民区或商业区" + (f"；相近的有：{'、'.join(near)}" if near else "。"),
        f"There is no sub-district or area called “{name}”"
        + (f"; there are: {', '.join(near)}" if near else "."),
    )


def compare_localities(
    localities: Iterable[Locality],
    parts: Mapping[str, Iterable[Part]],
    problems: Mapping[frozenset[str], int],
) -> tuple[LocalityFigures, ...]:
    """A line for each place. `parts`: as `measures.rates_by_part`; `problems`: how many belong to just these areas.

    What belongs to several areas of a sub-district counts once in it.
    """
    rates = {p.id: p.rates for id_ in ("subdistrict", "area") for p in parts.get(id_, ()) if p.id}
    none = tuple(Rate(t.id, 0, 0, 0, 0) for t in rate_texts())
    of_area: dict[str, list[frozenset[str]]] = defaultdict(list)
    for areas in problems:
        for area in areas:
            of_area[area].append(areas)
    made: list[LocalityFigures] = []
    for place in localities:
        groups = {areas for area in place.areas for areas in of_area[area]}
        count = sum(problems[areas] for areas in groups)
        made.append(LocalityFigures(place, rates.get(place.key, none), count))
    return tuple(made)
