"""The members that a unit or a branch declares, against those that the round's rows give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from graph_model.graph import Graph
from graph_model.schema import node_type
from loaders.problems import Problem, address, problem

_DECLARED = "members_declared"


def differing_head_counts(graph: Graph) -> Iterator[Problem]:
    """A hint for each unit and branch whose declared number of members is not that of the rows, by file and row.

    Members of a unit work there or belong to its branch; members of a branch belong to it. Nothing is compared in a
    round without a list of members, nor with an organisation that has others below it, or by its level may have.
    """
    if not any(n.label == "Member" for n in graph.nodes.values()):
        return
    members: dict[str, set[str]] = defaultdict(set)
    units: dict[str, list[str]] = defaultdict(list)
    above: set[str] = set()
    for type_, source, target in graph.edges:
        if type_ in ("AFFILIATED_WITH", "EMPLOYED_BY"):
            members[target].add(source)
        elif type_ == "ORGANISED_IN":
            units[source].append(target)
        elif type_ == "SUPERIOR":
            above.add(target)
    for branch, those in units.items():
        if len(those) == 1:  # of a joint branch's members nobody knows which unit is theirs
            members[those[0]] |= members[branch]
    above |= {
        k for k, n in graph.nodes.items() if n.properties.get("level") in ("committee", "general_branch")
    }
    for node in graph.nodes.values():
        declared, place = node.properties.get(_DECLARED), node.place
        if declared is None or place is None or node.key in above or declared == len(members[node.key]):
            continue
        text = node_type(node.label).text
        yield problem(
            "count_differs",
            place.file,
            place.sheet,
            address(0, place.row),
            str(declared),
            label=text.zh,
            label_en=text.en.lower(),
            named=node.properties["name"],
            found=len(members[node.key]),
        )
