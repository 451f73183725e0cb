"""What a type of node or edge is, and its properties: the values in which the schema is declared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from graph_model.errors import SchemaError
from graph_model.text import Text

PropertyType = Literal["text", "integer", "boolean", "date", "term"]


@dataclass(frozen=True, slots=True)
class Term:
    """One legal value of a term property: stored as `value`, shown as `text`."""

    value: str
    text: Text


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a node or an edge.

    A date is text, as exact as the survey was: "2001", "2001-12" or "2001-12-05"; no day is invented.
    `sensitive` properties are masked for whoever has no right to names.
    """

    name: str
    type: PropertyType
    text: Text
    sensitive: bool = False
    terms: tuple[Term, ...] = ()

    def __post_init__(self) -> None:
        if (self.type == "term") != bool(self.terms):
            raise SchemaError(
                f"属性 {self.name}：术语列表只用于 term 类型",
                f"property {self.name}: terms belong to the type 'term', and only to it",
            )


@dataclass(frozen=True, slots=True)
class NodeType:
    """A kind of node. Its caption is always the property `name`; its key starts with `prefix`.

    `survey` is False for what the explorer or a rule makes: a load never touches those.
    """

    label: str
    prefix: str
    text: Text
    properties: tuple[Property, ...]
    survey: bool = True

    def property(self, name: str) -> Property:
        """The declared property of that name; SchemaError names the ones there are."""
        return _named(self.properties, name, self.label)

    def of_people(self) -> bool:
        """Whether its names are those of people: masked for whoever has no right to them."""
        return self.property("name").sensitive


@dataclass(frozen=True, slots=True)
class EdgeType:
    """A kind of edge, (sources)-[:type]->(targets).

    `single`: a source has at most one (a change of it is shown as a move).
    `dashed`: drawn dashed, for what is former, joint or loose.
    `reverse`: how the edge reads from its target's side.
    """

    type: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    text: Text
    reverse: Text
    properties: tuple[Property, ...] = ()
    single: bool = False
    dashed: bool = False
    survey: bool = True

    def property(self, name: str) -> Property:
        """The declared property of that name; SchemaError names the ones there are."""
        return _named(self.properties, name, self.type)


def _named(properties: Iterable[Property], name: str, owner: str) -> Property:
    for candidate in properties:
        if candidate.name == name:
            return candidate
    known = ", ".join(p.name for p in properties)
    raise SchemaError(
        f"{owner} 没有属性 {name}；可用的有：{known}",
        f"{owner} has no property {name}; there are: {known}",
    )
