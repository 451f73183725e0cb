"""Registers of an office, asked whole: members in the companies, postings, co-building pairs, matters."""

from __future__ import annotations

from graph_model.schema import node_type
from graph_model.store.driver import Row
from graph_model.store.store import Store

MOST = 100_000

_AREAS = "collect(DISTINCT a.name) AS areas"


def postings(store: Store) -> tuple[Row, ...]:
    """A row for each posting of a liaison or instructor; one who is posted nowhere has one row too.

    Columns: key, the declared properties (the name is clear: mask it), to (None where nowhere), since, areas.
    """
    text = f"""
MATCH (l:Liaison)
OPTIONAL MATCH (l)-[p:POSTED_TO]->(x:Unit|CommercialArea)
OPTIONAL MATCH (x)-[:MANAGES]->(a:ResidentialArea)
WITH l, p, x, a ORDER BY a.name
WITH l, p, x, {_AREAS}
RETURN l.key AS key, {_told("l", "Liaison")}, x.name AS to, p.since AS since, areas
ORDER BY to, key"""
    return store.ask(text, limit=MOST).rows


def pairs(store: Store) -> tuple[Row, ...]:
    """A row for each co-building pair: key, the declared properties, partners, areas."""
    text = f"""
MATCH (p:CoBuildingPair)
OPTIONAL MATCH (p)-[:PARTNER]->(x:Unit|Branch)
OPTIONAL MATCH (x)-[:MANAGES|LEADS]->(a:ResidentialArea|CommercialArea)
WITH p, x, a ORDER BY x.name, a.name
WITH p, collect(DISTINCT x.name) AS partners, {_AREAS}
RETURN p.key AS key, {_told("p", "CoBuildingPair")}, partners, areas
ORDER BY name, key"""
    return store.ask(text, limit=MOST).rows


def matters(store: Store) -> tuple[Row, ...]:
    """A row for each matter of a joint meeting: key, the declared properties, held (the first time), areas."""
    text = f"""
MATCH (t:Matter)
OPTIONAL MATCH (t)<-[:TOOK_UP]-(j:JointMeeting)
OPTIONAL MATCH (j)-[:HELD_IN]->(a:ResidentialArea|CommercialArea)
WITH t, j, a ORDER BY a.name
WITH t, min(j.held) AS held, {_AREAS}
RETURN t.key AS key, {_told("t", "Matter")}, held, areas
ORDER BY held, name, key"""
    return store.ask(text, limit=MOST).rows


def _told(variable: str, label: str) -> str:
    """What a type declares, whatever that is: a register shows the columns that it knows."""
    return ", ".join(f"{variable}.{p.name} AS {p.name}" for p in node_type(label).properties)


MOST_MEMBERS = 5000

_MEMBERS = """
MATCH (u:Unit {kind: 'property_company'})<-[:EMPLOYED_BY]-(m:Member)
WITH m, min(u.name) AS unit
OPTIONAL MATCH (m)-[:AFFILIATED_WITH]->(b:Branch)
RETURN m.key AS key, m.name AS name, unit, min(b.name) AS branch
ORDER BY unit, key"""


def company_members(store: Store, *, limit: int = MOST_MEMBERS) -> tuple[Row, ...]:
    """A row for each member, by company: key, name (clear: mask it), unit, branch (None where there is none).

    Whoever works at two companies stands once, at the first of them by name. At most `limit` rows.
    """
    return store.ask(_MEMBERS, limit=limit).rows
