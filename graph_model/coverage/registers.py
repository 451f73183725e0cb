"""Registers of an office, asked whole: members in the companies, postings, co-building pairs, matters."""

from __future__ import annotations

from graph_model.errors import StoreError
from graph_model.schema import node_type
from graph_model.store.driver import Row
from graph_model.store.store import Store

MOST = 100_000


def postings(store: Store) -> tuple[Row, ...]:
    """A row for each posting of a liaison or instructor; one who is posted nowhere has one row too.

    Columns: key, the declared properties (the name is clear: mask it), place (a key, None where nowhere), to (what
    it is called), since. StoreError when there are more than can be right, as for the other registers.
    """
    text = f"""
MATCH (l:Liaison)
OPTIONAL MATCH (l)-[p:POSTED_TO]->(x:Unit|CommercialArea)
RETURN l.key AS key, {_told("l", "Liaison")}, x.key AS place, x.name AS to, p.since AS since
ORDER BY to, key"""
    return _whole(store, text)


def pairs(store: Store) -> tuple[Row, ...]:
    """A row for each co-building pair: key, the declared properties, partners."""
    text = f"""
MATCH (p:CoBuildingPair)
OPTIONAL MATCH (p)-[:PARTNER]->(x:Unit|Branch)
WITH p, x ORDER BY x.name
WITH p, collect(DISTINCT x.name) AS partners
RETURN p.key AS key, {_told("p", "CoBuildingPair")}, partners
ORDER BY name, key"""
    return _whole(store, text)


def matters(store: Store) -> tuple[Row, ...]:
    """A row for each matter of a joint meeting: key, the declared properties, held (the first time)."""
    text = f"""
MATCH (t:Matter)
OPTIONAL MATCH (t)<-[:TOOK_UP]-(j:JointMeeting)
WITH t, min(j.held) AS held
RETURN t.key AS key, {_told("t", "Matter")}, held
ORDER BY held, name, key"""
    return _whole(store, text)


def _whole(store: Store, text: str) -> tuple[Row, ...]:
    answer = store.ask(text, limit=MOST)
    if answer.truncated:
        raise StoreError(
            f"台账多于 {MOST} 条，无法全部列出。",
            f"A register has more than {MOST} rows: too many to list all.",
        )
    return answer.rows


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
