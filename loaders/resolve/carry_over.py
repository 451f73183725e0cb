"""Keep stored properties that are absent from a partial load: those whose columns its sheets do not have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from graph_model.graph import Edge, EdgeKey, Node, Properties
from graph_model.schema import edge_type
from graph_model.schema.stored_properties import DERIVED_PROPERTIES
from loaders.map.records import SheetLayout
from loaders.resolve.references import ResolvedReference

_Spoken = frozenset[str]


class StatedProperties:
    """Which properties a sheet's columns give, of its own things and of their ties; each sheet looked at once."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, str | None], tuple[SheetLayout, _Spoken]] = {}

    def of(self, layout: SheetLayout, tie: str | None = None) -> _Spoken:
        """The names of the properties, of the rows' nodes or of their ties of a type."""
        at = (id(layout), tie)
        if at not in self._found:
            columns = (c for c in layout.form.columns if c.heading in layout.columns)
            found = frozenset(c.property.name for c in columns if c.property and c.on == tie)
            self._found[at] = (layout, found)  # kept with it, so that no other sheet gets its id
        return self._found[at][1]


def unstated_properties(
    before: Node, layouts: Iterable[SheetLayout], spoken: StatedProperties
) -> Properties:
    """What is held of a thing, and none of the sheets that speak of it has a column for."""
    said: _Spoken = frozenset(("name", *DERIVED_PROPERTIES)).union(*map(spoken.of, layouts))
    return {name: value for name, value in before.properties.items() if name not in said}


def unstated_of_relationship(layout: SheetLayout, type_: str, spoken: StatedProperties) -> frozenset[str]:
    """The properties of a type of relationship that a sheet has no column for."""
    return _properties_of(type_) - spoken.of(layout, type_)


@cache
def _properties_of(type_: str) -> frozenset[str]:
    return frozenset(p.name for p in edge_type(type_).properties)


def with_unspoken(
    edges: Mapping[EdgeKey, Edge],
    tied: Iterable[ResolvedReference],
    before: Mapping[EdgeKey, Edge],
    spoken: StatedProperties,
) -> dict[EdgeKey, Edge]:
    """The relationships with the properties `before` that no sheet that states them has a column for."""
    lacking: dict[EdgeKey, _Spoken] = {}
    for key, reference in tied:
        rest = unstated_of_relationship(reference.record.layout, key[0], spoken)
        lacking[key] = lacking.get(key, rest) & rest
    result = dict(edges)
    for key, stored in before.items():
        rest = lacking.get(key, frozenset())
        if key in result and rest:
            kept = {name: value for name, value in stored.properties.items() if name in rest}
            if kept:
                result[key] = result[key]._replace(properties={**kept, **result[key].properties})
    return result
