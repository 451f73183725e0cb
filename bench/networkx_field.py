"""A graph over networkx with what the peers of the rules ask of it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import networkx as nx

Status = str
Said = dict[str, Any]


class Field:
    """A graph with its nodes by label, and what lies at the ends of a node's ties of a type."""

    def __init__(self, graph: nx.MultiDiGraph[str]) -> None:
        self.graph = graph
        self.said: dict[str, Said] = dict(graph.nodes(data="properties"))
        self.label: dict[str, str] = dict(graph.nodes(data="label"))
        self.by_label: dict[str, list[str]] = defaultdict(list)
        for key, label in self.label.items():
            self.by_label[label].append(key)

    def to(self, key: str, type_: str, label: str | None = None) -> list[str]:
        """Where a node's ties of a type lead."""
        ends = [k for k, ties in self.graph.succ[key].items() if type_ in ties]
        return ends if label is None else [k for k in ends if self.label[k] == label]

    def of(self, key: str, type_: str, label: str | None = None) -> list[str]:
        """Where a node's ties of a type come from."""
        ends = [k for k, ties in self.graph.pred[key].items() if type_ in ties]
        return ends if label is None else [k for k in ends if self.label[k] == label]

    def counted(self, members: list[str]) -> tuple[int, int]:
        """How many are full members, and of how many the standing is not known."""
        standing = [self.said[m].get("standing") for m in members]
        return standing.count("full"), standing.count(None)

    def stands(self, branch: str) -> bool:
        """Whether a branch was not dissolved."""
        return "dissolved" not in self.said[branch]

    def here(self, branch: str) -> bool:
        """Whether it stands and is not one outside."""
        return self.stands(branch) and self.said[branch].get("kind") != "outside"

    def lasting(self, branch: str) -> bool:
        """Whether it is a branch here into which affiliations are moved and which elects its secretary."""
        return self.here(branch) and self.said[branch].get("kind") not in ("temporary", "functional")

    def plain(self, branch: str) -> bool:
        """Whether it is lasting and a branch: no committee, general branch or group."""
        return self.lasting(branch) and self.said[branch].get("level", "branch") == "branch"

    def residential(self, branch: str) -> bool:
        """Whether it may lead a residential area."""
        return self.stands(branch) and self.said[branch].get("kind", "residential") == "residential"

    def company(self, unit: str) -> bool:
        """Whether a unit is a property company."""
        return self.said[unit].get("kind") == "property_company"

    def runs(self, unit: str) -> bool:
        """Whether it operates, as far as is known."""
        return self.said[unit].get("status", "operating") == "operating"

    def branches(self, unit: str) -> list[str]:
        """The branches of a unit that stand."""
        return [b for b in self.of(unit, "ORGANISED_IN") if self.stands(b)]

    def places(self, unit: str) -> set[str]:
        """The areas that a unit manages, and the one where it stands."""
        return {*self.to(unit, "MANAGES"), *self.to(unit, "LOCATED_IN")}

    def alike(self, one: str, other: str) -> bool:
        """Whether two units may be of one trade."""
        ends = {str(self.said[u].get("trade", ""))[-2:] for u in (one, other)}
        return len(ends) == 1 or "" in ends

    def surveyed(self) -> list[str]:
        """Residential areas of which more than a name is known."""
        return [a for a in self.by_label["ResidentialArea"] if self.told(a)]

    def told(self, area: str) -> bool:
        """Whether more than its name is known of an area."""
        own = ("residents_committee", "owners_committee", "households", "tenants", "reported_on")
        return bool(
            any(name in self.said[area] for name in own)
            or self.to(area, "PART_OF")
            or self.of(area, "LEADS")
            or self.of(area, "HELD_IN", "JointMeeting")
        )

    def months(self, key: str, name: str) -> int | None:
        """A date as a count of months, where it is known to the month."""
        text = self.said[key].get(name) or ""
        return int(text[:4]) * 12 + int(text[5:7]) if len(text) >= 7 else None
