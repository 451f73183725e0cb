"""Schema to Cypher: constraints, indexes, reads and writes. Pure text; values are always parameters."""

from __future__ import annotations

from typing import Literal

from graph_model.errors import SchemaError
from graph_model.graph import Edge
from graph_model.schema import NODE_TYPES, edge_type, label_of, node_type
from graph_model.schema.extra_values import EXTRA_PROPERTY
from graph_model.schema.stored_properties import DERIVED_PROPERTIES, PLACE_PROPERTIES, SEARCH_PROPERTY

EdgeEnds = tuple[str, str, str]
"""(edge type, source label, target label)"""


def constraints() -> tuple[str, ...]:
    """One unique key per node type.

    >>> constraints()[0]
    'CREATE CONSTRAINT district_key IF NOT EXISTS FOR (n:District) REQUIRE n.key IS UNIQUE'
    """
    return tuple(
        f"CREATE CONSTRAINT {label.lower()}_key IF NOT EXISTS FOR (n:{label}) REQUIRE n.key IS UNIQUE"
        for label in NODE_TYPES
    )


def indexes() -> tuple[str, ...]:
    """An index on the name of what a survey holds, by which references and searches find it."""
    return tuple(
        f"CREATE INDEX {label.lower()}_name IF NOT EXISTS FOR (n:{label}) ON (n.name)"
        for label, declared in NODE_TYPES.items()
        if declared.survey
    )


def edge_ends(edge: Edge) -> EdgeEnds:
    """The labels at both ends of an edge, read off its keys; SchemaError where the schema has no such edge."""
    declared = edge_type(edge.type)
    source, target = label_of(edge.source), label_of(edge.target)
    if source not in declared.sources or target not in declared.targets:
        shown = f"({source})-[:{edge.type}]->({target})"
        raise SchemaError(f"{shown} 不在数据模型中", f"{shown} is not in the schema")
    return edge.type, source, target


def all_edge_ends(type_: str) -> tuple[EdgeEnds, ...]:
    """Every pair of labels that an edge type may join."""
    declared = edge_type(type_)
    return tuple((type_, s, t) for s in declared.sources for t in declared.targets)


def create_nodes(label: str) -> str:
    """Rows: {key, properties}. Returns how many were made.

    >>> print(create_nodes("Unit"))
    UNWIND $rows AS row
    CREATE (n:Unit {key: row.key})
    SET n += row.properties
    RETURN count(n) AS done
    """
    return (
        f"UNWIND $rows AS row\nCREATE (n:{node_type(label).label} {{key: row.key}})\n"
        "SET n += row.properties\nRETURN count(n) AS done"
    )


def node_columns(label: str) -> tuple[str, ...]:
    """What `create_listed_nodes` writes besides key and place: all that the schema declares of a label."""
    return (*(p.name for p in node_type(label).properties), *DERIVED_PROPERTIES)


def create_listed_nodes(label: str) -> str:
    """Rows: [key, *node_columns, *PLACE_PROPERTIES], null where a node has none. Returns how many were made.

    Made whole, a node costs a store less than when it is made and then changed; a list less than a map, whose
    names would come again with every row.

    >>> print(create_listed_nodes("Subdistrict"))
    UNWIND $rows AS row
    CREATE (n:Subdistrict {key: row[0], name: row[1], number: row[2], extra: row[3], search: row[4], \
sound: row[5], source: row[6]})
    RETURN count(n) AS done
    """
    return (
        f"UNWIND $rows AS row\nCREATE (n:{node_type(label).label} {{key: row[0], "
        f"{_listed(node_columns(label), 1)}}})\nRETURN count(n) AS done"
    )


def _listed(columns: tuple[str, ...], start: int) -> str:
    return ", ".join(f"{name}: row[{at}]" for at, name in enumerate((*columns, *PLACE_PROPERTIES), start))


def change_nodes(label: str) -> str:
    """Rows: {key, properties}; a property that is to go comes as null. Returns how many were found."""
    return (
        f"UNWIND $rows AS row\nMATCH (n:{node_type(label).label} {{key: row.key}})\n"
        "SET n += row.properties\nRETURN count(n) AS done"
    )


def remove_nodes(label: str) -> str:
    """Rows: {key}. Edges of the node go with it. Returns how many were found."""
    return (
        f"UNWIND $rows AS row\nMATCH (n:{node_type(label).label} {{key: row.key}})\n"
        "DETACH DELETE n\nRETURN count(*) AS done"
    )


def _ends(ends: EdgeEnds) -> str:
    _, source, target = ends
    return f"MATCH (a:{source} {{key: row.source}})\nMATCH (b:{target} {{key: row.target}})"


def create_edges(ends: EdgeEnds) -> str:
    """Rows: {source, target, properties}. Returns how many were made: fewer means an end is missing."""
    return (
        f"UNWIND $rows AS row\n{_ends(ends)}\nCREATE (a)-[r:{ends[0]}]->(b)\n"
        "SET r += row.properties\nRETURN count(r) AS done"
    )


def edge_columns(type_: str) -> tuple[str, ...]:
    """What `create_listed_edges` writes besides ends and place: all that the schema declares of a type."""
    return tuple(p.name for p in edge_type(type_).properties)


def create_listed_edges(ends: EdgeEnds) -> str:
    """Rows: [source, target, *edge_columns, *PLACE_PROPERTIES], null where an edge has none.

    Returns how many were made: fewer means an end is missing.

    >>> print(create_listed_edges(("EMPLOYED_BY", "Member", "Unit")))
    UNWIND $rows AS row
    MATCH (a:Member {key: row[0]})
    MATCH (b:Unit {key: row[1]})
    CREATE (a)-[r:EMPLOYED_BY {position: row[2], source: row[3]}]->(b)
    RETURN count(r) AS done
    """
    type_, source, target = ends
    return (
        f"UNWIND $rows AS row\nMATCH (a:{source} {{key: row[0]}})\nMATCH (b:{target} {{key: row[1]}})\n"
        f"CREATE (a)-[r:{type_} {{{_listed(edge_columns(type_), 2)}}}]->(b)\nRETURN count(r) AS done"
    )


def change_edges(ends: EdgeEnds) -> str:
    """Rows: {source, target, properties}; a property that is to go comes as null."""
    _, source, target = ends
    return (
        f"UNWIND $rows AS row\nMATCH (a:{source} {{key: row.source}})-[r:{ends[0]}]->"
        f"(b:{target} {{key: row.target}})\nSET r += row.properties\nRETURN count(r) AS done"
    )


def remove_edges(ends: EdgeEnds) -> str:
    """Rows: {source, target}. Returns how many were found."""
    _, source, target = ends
    return (
        f"UNWIND $rows AS row\nMATCH (a:{source} {{key: row.source}})-[r:{ends[0]}]->"
        f"(b:{target} {{key: row.target}})\nDELETE r\nRETURN count(*) AS done"
    )


def read_nodes(label: str) -> str:
    """Every node of a label."""
    return f"MATCH (n:{node_type(label).label}) RETURN properties(n) AS properties"


_IN_PAGE = "{0}.key >= $from AND {0}.key < $to"


def nodes_page(label: str) -> str:
    """The nodes of a label with keys from $from up to $to, all in one row, `found`.

    >>> print(nodes_page("Unit"))
    MATCH (n:Unit) WHERE n.key >= $from AND n.key < $to
    RETURN collect(properties(n)) AS found
    """
    return (
        f"MATCH (n:{node_type(label).label}) WHERE {_IN_PAGE.format('n')}\n"
        "RETURN collect(properties(n)) AS found"
    )


def names_page(label: str) -> str:
    """[key, name, number, kind] of the nodes of a label with keys from $from up to $to, in one row, `found`."""
    return (
        f"MATCH (n:{node_type(label).label}) WHERE {_IN_PAGE.format('n')}\n"
        "RETURN collect([n.key, n.name, n.number, n.kind]) AS found"
    )


def nodes_by_names(label: str) -> str:
    """[key, name, number, kind] of the nodes of a label whose name is one of $names, in one row, `found`."""
    return (
        f"UNWIND $names AS name\nMATCH (n:{node_type(label).label} {{name: name}})\n"
        "RETURN collect([n.key, n.name, n.number, n.kind]) AS found"
    )


def edges_page(ends: EdgeEnds) -> str:
    """[source, target, properties] of the edges of sources with keys from $from up to $to, in one row, `found`."""
    type_, source, target = ends
    return (
        f"MATCH (a:{source})-[r:{type_}]->(b:{target}) WHERE {_IN_PAGE.format('a')}\n"
        "RETURN collect([a.key, b.key, properties(r)]) AS found"
    )


def all_by_keys(label: str) -> str:
    """The nodes of a label by $keys, in one row, `found`."""
    return (
        f"UNWIND $keys AS key\nMATCH (n:{node_type(label).label} {{key: key}})\n"
        "RETURN collect(properties(n)) AS found"
    )


def relationships_of(label: str, types: tuple[str, ...], end: Literal["source", "target", "either"]) -> str:
    """[type, source, target, properties] of the edges of the nodes of a label in $keys, in one row, `found`.

    `end`: which end of an edge the node is.

    >>> print(relationships_of("Unit", ("MANAGES",), "source"))
    UNWIND $keys AS key
    MATCH (n:Unit {key: key})-[r:MANAGES]->(m)
    RETURN collect([type(r), n.key, m.key, properties(r)]) AS found
    """
    wanted = "|".join(edge_type(t).type for t in types)
    left, right = {"source": ("-", "->"), "target": ("<-", "-"), "either": ("-", "-")}[end]
    keys = {"source": "n.key, m.key", "target": "m.key, n.key"}.get(end, "startNode(r).key, endNode(r).key")
    return (
        f"UNWIND $keys AS key\nMATCH (n:{node_type(label).label} {{key: key}}){left}[r:{wanted}]{right}(m)\n"
        f"RETURN collect([type(r), {keys}, properties(r)]) AS found"
    )


def companies_of(label: str) -> str:
    """How many companies manage each area of a label in $keys, and how many members work for them."""
    return (
        f"UNWIND $keys AS area\nMATCH (a:{node_type(label).label} {{key: area}})<-[:MANAGES]-"
        "(u:Unit {kind: 'property_company'})\n"
        "OPTIONAL MATCH (u)<-[:EMPLOYED_BY]-(m:Member)\n"
        "RETURN area, count(DISTINCT u) AS companies, count(DISTINCT m) AS members"
    )


def count_nodes(label: str) -> str:
    """How many nodes of a label."""
    return f"MATCH (n:{node_type(label).label}) RETURN count(n) AS total"


def count_edges(type_: str) -> str:
    """How many edges of a type."""
    return f"MATCH ()-[r:{edge_type(type_).type}]->() RETURN count(r) AS total"


def by_keys(label: str) -> str:
    """Nodes of a label by $keys."""
    return f"MATCH (n:{node_type(label).label}) WHERE n.key IN $keys RETURN properties(n) AS properties"


def neighbours(label: str, types: tuple[str, ...]) -> str:
    """The edges of the given types, and their far ends, of the nodes of a label in $keys."""
    wanted = "|".join(edge_type(t).type for t in types)
    return (
        f"MATCH (n:{node_type(label).label})-[r:{wanted}]-(m)\nWHERE n.key IN $keys\n"
        "RETURN type(r) AS type, startNode(r).key AS source, endNode(r).key AS target,\n"
        "       properties(r) AS properties, properties(m) AS other\n"
        "ORDER BY type, source, target LIMIT $limit"
    )


def find(label: str) -> str:
    """Nodes of a label whose search text holds $text; exact and short names first."""
    return (
        f"MATCH (n:{node_type(label).label})\nWHERE n.{SEARCH_PROPERTY} CONTAINS $text\n"
        "RETURN properties(n) AS properties\n"
        "ORDER BY size(n.name), n.name, n.key LIMIT $limit"
    )


def find_extra(label: str) -> str:
    """Nodes of a label whose extra values hold $text, in small letters; short names first."""
    return (
        f"MATCH (n:{node_type(label).label})\nWHERE toLower(n.{EXTRA_PROPERTY}) CONTAINS $text\n"
        "RETURN properties(n) AS properties\n"
        "ORDER BY size(n.name), n.name, n.key LIMIT $limit"
    )


def by_name(label: str) -> str:
    """Nodes of a label with exactly the name $text."""
    return (
        f"MATCH (n:{node_type(label).label} {{name: $text}})\n"
        "RETURN properties(n) AS properties ORDER BY n.key LIMIT $limit"
    )


def first(label: str) -> str:
    """The first node of a label by name."""
    return f"MATCH (n:{node_type(label).label})\nRETURN properties(n) AS properties ORDER BY n.name, n.key LIMIT 1"


def put_nodes(label: str) -> str:
    """Rows: {key, properties}: made where they are not, changed where they are. For what people write."""
    return (
        f"UNWIND $rows AS row\nMERGE (n:{node_type(label).label} {{key: row.key}})\n"
        "SET n += row.properties\nRETURN count(n) AS done"
    )
