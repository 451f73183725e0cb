"""Residential areas as they are where all is in place, at random nearly so: what chance alone seldom puts together."""

from __future__ import annotations

import random

from graph_model.graph import Edge, Node, Place, Scalar
from graph_model.schema import label_of

PLACE = Place("2006-10", "乙.xlsx", "居民区", 2)


def settled_area(draw: random.Random, number: int) -> list[Node | Edge]:
    """An area with branch, company, meeting, matter and small units beside it; of each some part may lack."""
    area, branch, company = f"r_s{number}", f"b_s{number}", f"u_s{number}"
    made = _Made(draw)
    made.node(f"r_n{number}")
    made.node(area, residents_committee=draw.choice((True, True, True, None)), owners_committee=made.half())
    made.node(branch, kind=draw.choice(("residential", None)))
    made.node(
        company, kind="property_company", status="operating", trade="物业管理", dual_exempt=made.half()
    )
    made.tie(branch, "LEADS", area)
    made.tie(company, "MANAGES", area)
    for person in made.staff(company, draw.randint(1, 4)):
        made.tie(person, "AFFILIATED_WITH", branch, often=0.8)
        made.tie(person, "REPRESENTS", area, often=0.3)
    own = f"b_o{number}"
    if made.half():
        made.node(own, kind="independent")
        made.tie(own, "ORGANISED_IN", company)
        made.tie(own, "DUAL_MANAGED_WITH", branch, often=0.5)
    _meeting(made, number, (area, branch, company, own))
    made.node(f"l_s{number}", role="instructor", last_visit=draw.choice(("2006-03", "2006-08-01", None)))
    for at in range(draw.randint(1, 5)):
        small = f"u_t{number}_{at}"
        made.node(small, status="operating", trade=draw.choice(("商业服务", "社区服务", "零售业", None)))
        made.tie(small, "LOCATED_IN", f"r_n{number}" if draw.random() < 0.2 else area, often=0.9)
        made.tie(f"l_s{number}", "POSTED_TO", small)
        made.staff(small, draw.randint(1, 2))
    made.tie(f"r_n{number}", "ADJACENT_TO", area, often=0.5)
    return made.things


def _meeting(made: _Made, number: int, parties: tuple[str, str, str, str]) -> None:
    area, branch, company, own = parties
    meeting, matter = f"j_s{number}", f"t_s{number}"
    held = f"2006-{made.draw.randint(1, 12):02d}"
    made.node(meeting, held=held, residents_committee=made.perhaps(), owners_committee=made.perhaps())
    made.tie(meeting, "HELD_IN", area)
    for party in (branch, company, own):
        made.tie(meeting, "ATTENDED_BY", party, often=0.5)
    due = made.draw.choice((None, "2006", "2006-08", "2006-10-15", "2007-01"))
    responsible = made.draw.choice((None, "物业公司"))
    made.node(matter, resolved=made.perhaps(), due=due, responsible=responsible)
    made.tie(meeting, "TOOK_UP", matter)


class _Made:
    """What was put together so far."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.things: list[Node | Edge] = []
        self._keys: set[str] = set()

    def node(self, key: str, **said: Scalar | None) -> None:
        """A node with what was said of it."""
        label = label_of(key)
        values = {name: value for name, value in said.items() if value is not None}
        self._keys.add(key)
        self.things.append(Node(label, key, {"name": key, "search": key, **values}, PLACE))

    def tie(self, source: str, type_: str, target: str, *, often: float = 1) -> None:
        """A tie, so often; none from or to what was not made."""
        if self.draw.random() < often and {source, target} <= self._keys:
            self.things.append(Edge(type_, source, target, {}, PLACE))

    def staff(self, unit: str, count: int) -> list[str]:
        """Members whom a unit employs."""
        people = [f"m_{unit}_{at}" for at in range(count)]
        for person in people:
            self.node(person, standing=self.draw.choice(("full", "full", "full", "probationary", None)))
            self.tie(person, "EMPLOYED_BY", unit)
        return people

    def half(self) -> bool:
        """True as often as false."""
        return self.draw.random() < 0.5

    def perhaps(self) -> bool | None:
        """True, false or not known."""
        return self.draw.choice((True, False, False, None))
