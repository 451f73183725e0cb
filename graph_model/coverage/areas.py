"""Which residential and commercial areas things of the graph belong to, in a few queries for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph_model.errors import StoreError
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
