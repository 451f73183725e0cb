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
    "Unit": ("-[:MANAGES]->(a)",),
    "Branch": ("-[:LEADS]->(a)", "-[:ORGANISED_IN]->(:Unit)-[:MANAGES]->(a)"),
    "Member": (
        "-[:EMPLOYED_BY]->(:Unit)-[:MANAGES]->(a)",
        "-[:AFFILIATED_WITH]->(:Branch)-[:LEADS]->(a)",
        "-[:AFFILIATED_WITH]->(:Branch)-[:ORGANISED_IN]->(:Unit)-[:MANAGES]->(a)",
    ),
    "JointMeeting": ("-[:HELD_IN]->(a)",),
    "Matter": ("<-[:TOOK_UP]-(:JointMeeting)-[:HELD_IN]->(a)",),
    "Activity": ("-[:HELD_IN]->(a)",),
    "Liaison": ("-[:POSTED_TO]->(a)", "-[:POSTED_TO]->(:Unit)-[:MANAGES]->(a)"),
    "CoBuildingPair": ("-[:PARTNER]->(:Unit)-[:MANAGES]->(a)", "-[:PARTNER]->(:Branch)-[:LEADS]->(a)"),
}
"""From a thing of a label to its areas. A label that is not here belongs to none."""


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

    Unit: the areas that it manages; branch: those that it leads or its units manage; member: those of unit
    and branch; area: itself. StoreError when there are more than can be right.
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
