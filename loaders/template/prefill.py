"""What the store knows of one residential area, as rows of the survey forms: the template's first content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from graph_model.coverage.areas import AREA_LABELS
from graph_model.errors import InputError
from graph_model.graph import Edge, Graph, Node, Scalar
from loaders.clean.parse import canonical_name, closest_matches
from loaders.forms.form import Form, FormColumn, read_forms
from loaders.resolve.references import OUTSIDE

Rows = Mapping[str, tuple[Mapping[str, str], ...]]
"""Form id -> rows, each by heading as people write it."""

_SEPARATOR = "、"


def find_area(held: Graph, name: str) -> Node:
    """The residential or commercial area of that name or number; InputError names the nearest ones."""
    areas = [n for n in held.nodes.values() if n.label in AREA_LABELS]
    wanted = canonical_name(name)
    found = [
        n
        for n in areas
        if wanted in {canonical_name(str(n.properties.get(p, ""))) for p in ("name", "number")} and wanted
    ]
    if len(found) == 1:
        return found[0]
    names = sorted(str(n.properties.get("name", "")) for n in areas)
    near = closest_matches(name, names, count=3) or names[:5]
    raise InputError(
        f"没有（或不止一个）叫“{name}”的居民区或商业区；请用名称或编号，例如：{'、'.join(near) or '—'}",
        f"there is no area “{name}”, or more than one; give a name or number, such as: {', '.join(near) or '—'}",
    )


@dataclass(slots=True)
class _Ties:
    out: dict[str, list[Edge]] = field(default_factory=lambda: defaultdict(list))
    into: dict[str, list[Edge]] = field(default_factory=lambda: defaultdict(list))


def rows_of_area(held: Graph, area: str) -> Rows:
    """The rows of everything that belongs to an area, by its key; loaded again they change nothing.

    The area, the companies that manage it, their branches and those that lead the area, the members of both,
    and what is tied to any of these but people.
    """
    ties = _Ties()
    for edge in held.edges.values():
        ties.out[edge.source].append(edge)
        ties.into[edge.target].append(edge)
    keys = _belonging(held, ties, area)
    names = _names(held)
    return {
        form.id: tuple(
            _row(form, held.nodes[key], held, ties, names)
            for key in sorted(keys, key=lambda k: str(held.nodes[k].properties.get("name", "")))
            if held.nodes[key].label == form.label and held.nodes[key].properties.get("kind") != OUTSIDE
        )
        for form in read_forms()
        if form.label is not None
    }


def _belonging(held: Graph, ties: _Ties, area: str) -> set[str]:
    def sources(type_: str, of: Iterable[str]) -> set[str]:
        return {e.source for key in of for e in ties.into[key] if e.type == type_}

    units = sources("MANAGES", [area])
    branches = sources("LEADS", [area]) | sources("ORGANISED_IN", units)
    members = sources("EMPLOYED_BY", units) | sources("AFFILIATED_WITH", branches)
    core = {area} | units | branches
    around = {e.source for key in core for e in ties.into[key]}
    around = {k for k in around if held.nodes[k].label not in (*AREA_LABELS, "Unit", "Branch", "Member")}
    pairs = {k for k in around if held.nodes[k].label == "CoBuildingPair"}
    around |= sources("GIVEN_TO", pairs)
    around |= {e.target for key in around for e in ties.out[key] if e.type == "TOOK_UP"}
    return core | members | around


def _names(held: Graph) -> Mapping[str, str]:
    """How each thing is written in a cell: its name, or its number where another has the same name."""
    called: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, node in held.nodes.items():
        called[node.label, canonical_name(str(node.properties.get("name", "")))].append(key)
    found: dict[str, str] = {}
    for keys in called.values():
        for key in keys:
            properties = held.nodes[key].properties
            name = str(properties.get("name", ""))
            found[key] = str(properties.get("number", name)) if len(keys) > 1 else name
    return found


def _row(form: Form, node: Node, held: Graph, ties: _Ties, names: Mapping[str, str]) -> Mapping[str, str]:
    row: dict[str, str] = {}
    for column in form.columns:
        if column.tie is not None:
            edges = _edges(column, node, held, ties)
            posts = {c.post for c in form.columns if c.tie == column.tie and c.post}
            if posts:  # each person stands under the post that is held, or under the column of no post
                edges = [e for e in edges if _holds(e, column, posts)]
            elif not column.many:
                # a pair's partners stand in one column each
                taken = sum(c.tie == column.tie for c in form.columns[: form.columns.index(column)])
                edges = edges[taken : taken + 1]
            row[column.heading] = _SEPARATOR.join(names[_far(e, column)] for e in edges)
            if column.outside is not None and edges:
                far = held.nodes[_far(edges[0], column)]
                if far.properties.get("kind") == OUTSIDE:
                    row[column.outside] = "是"
            for own in (c for c in form.columns if c.on == column.tie and c.property is not None):
                said = {_text(own, e.properties.get(own.property.name)) for e in edges if own.property}
                if len(said) == 1:  # one cell cannot say different things of several ties
                    row[own.heading] = said.pop()
        elif column.property is not None and column.on is None:
            row[column.heading] = _text(column, node.properties.get(column.property.name))
    for heading, text in _parts(form, node, held, ties, names).items():
        row[heading] = text
    return {heading: text for heading, text in row.items() if text}


def _holds(edge: Edge, column: FormColumn, posts: Set[str | None]) -> bool:
    held = set(str(edge.properties.get("post", "")).split(_SEPARATOR)) & posts
    return column.post in held if column.post else not held


def _edges(column: FormColumn, node: Node, held: Graph, ties: _Ties) -> list[Edge]:
    own = ties.into[node.key] if column.reverse else ties.out[node.key]
    if column.tie == "ADJACENT_TO":  # stored one way round, said both ways
        own = [*ties.out[node.key], *(Edge(e.type, e.target, e.source) for e in ties.into[node.key])]
    found = [e for e in own if e.type == column.tie and held.nodes[_far(e, column)].label in column.ends]
    own_name = canonical_name(str(node.properties.get("name", "")))

    def order(edge: Edge) -> tuple[int, str]:
        name = str(held.nodes[_far(edge, column)].properties.get("name", ""))
        # a name put together from others (甲与乙结对共建) says which of them stood first
        at = own_name.find(canonical_name(name))
        return (at if at >= 0 else len(own_name), name)

    return sorted(found, key=order)


def _far(edge: Edge, column: FormColumn) -> str:
    return edge.source if column.reverse else edge.target


def _parts(form: Form, node: Node, held: Graph, ties: _Ties, names: Mapping[str, str]) -> dict[str, str]:
    """The cells from which the name of another thing is put together: a matter's meeting."""
    wanted = {c.heading for c in form.columns if c.part is not None}
    if not wanted:
        return {}
    found: dict[str, str] = {}
    for tie in form.ties:
        edges = [e for e in ties.into[node.key] if e.type == tie.type]
        for other in (f for f in read_forms() if edges and f.label in tie.ends):
            row = _row(other, held.nodes[edges[0].source], held, ties, names)
            found |= {h: t for h, t in row.items() if h in wanted}
    return found


def _text(column: FormColumn, value: Scalar | None) -> str:
    """A value as it is written in a cell."""
    if value is None or column.property is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if column.property.type == "term":
        return next((t.text.zh for t in column.property.terms if t.value == value), str(value))
    return str(value)
