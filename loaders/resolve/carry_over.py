"""Keep stored properties that are absent from a partial load: those whose columns its sheets do not have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph_model.graph import Edge, EdgeKey, Node, Properties
from graph_model.schema import DERIVED_PROPERTIES, edge_type
from graph_model.store.graph_source import Holdings
from loaders.map.records import Layout, Once
from loaders.resolve.references import Tied

_Spoken = frozenset[str]


class Spoken:
    """Which properties a sheet's columns give, of its own things and of their ties; each sheet looked at once."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, str | None], tuple[Layout, _Spoken]] = {}

    def of(self, layout: Layout, tie: str | None = None) -> _Spoken:
        """The names of the properties, of the rows' nodes or of their ties of a type."""
        at = (id(layout), tie)
        if at not in self._found:
            columns = (c for c in layout.form.columns if c.heading in layout.columns)
            found = frozenset(c.property.name for c in columns if c.property and c.on == tie)
            self._found[at] = (layout, found)  # kept with it, so that no other sheet gets its id
        return self._found[at][1]


def unspoken(before: Node, layouts: Iterable[Layout], spoken: Spoken) -> Properties:
    """What is held of a thing, and none of the sheets that speak of it has a column for."""
    said: _Spoken = frozenset(("name", *DERIVED_PROPERTIES)).union(*map(spoken.of, layouts))
    return {name: value for name, value in before.properties.items() if name not in said}


def with_unspoken(
    edges: Mapping[EdgeKey, Edge], tied: Iterable[Tied], held: Holdings, spoken: Spoken
) -> dict[EdgeKey, Edge]:
    """The ties with what is held of them, and no sheet that states them has a column for."""
    names = Once(lambda type_: frozenset(p.name for p in edge_type(type_).properties))
    lacking: dict[EdgeKey, _Spoken] = {}
    for key, reference in tied:
        rest = lacking.get(key, names[key[0]])
        if rest:
            lacking[key] = rest - spoken.of(reference.record.layout, key[0])
    sources: dict[str, set[str]] = defaultdict(set)
    for (type_, source, _), rest in lacking.items():
        if rest:
            sources[type_].add(source)
    found = dict(edges)
    for type_, keys in sources.items():
        for key, before in held.ties(keys, [type_], "source").items():
            rest = lacking.get(key, frozenset())
            if key in found and rest:
                kept = {name: value for name, value in before.properties.items() if name in rest}
                if kept:
                    found[key] = found[key]._replace(properties={**kept, **found[key].properties})
    return found
