"""How many members belong to units, branches and areas: counted in the store, whatever is on a screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph_model.schema import label_of
from graph_model.store.store import Store

BATCH = 1000

_PATHS: Mapping[str, str] = {
    "Unit": "<-[:EMPLOYED_BY]-(m:Member)",
    "Branch": "<-[:AFFILIATED_WITH]-(m:Member)",
    "ResidentialArea": "<-[:MANAGES]-(:Unit)<-[:EMPLOYED_BY]-(m:Member)",
    "CommercialArea": "<-[:MANAGES]-(:Unit)<-[:EMPLOYED_BY]-(m:Member)",
}
"""From a thing of a label to its members. A label that is not here has none to count."""


def members_of(store: Store, keys: Iterable[str]) -> dict[str, int]:
    """The number of different members of each key; a key without one is left out.

    Unit: those who work there; branch: those who are affiliated with it; area: those who work at the units
    that manage it. Former ties do not count.
    """
    by_label: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys(keys):
        by_label[label_of(key)].append(key)
    found: dict[str, int] = {}
    for label, path in _PATHS.items():
        group = by_label.get(label, [])
        text = (
            f"UNWIND $keys AS key\nMATCH (x:{label} {{key: key}}){path}\n"
            "RETURN key, count(DISTINCT m.key) AS members"
        )
        for start in range(0, len(group), BATCH):
            some = group[start : start + BATCH]
            answer = store.ask(text, {"keys": some}, limit=BATCH)
            found.update({str(row["key"]): int(row["members"]) for row in answer.rows})
    return found
