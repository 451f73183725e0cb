"""The members in the property companies: the list behind the control total that counts them."""

from __future__ import annotations

from graph_model.store.driver import Row
from graph_model.store.store import Store

MOST = 5000

_TEXT = """
MATCH (u:Unit {kind: 'property_company'})<-[:EMPLOYED_BY]-(m:Member)
WITH m, min(u.name) AS unit
OPTIONAL MATCH (m)-[:AFFILIATED_WITH]->(b:Branch)
RETURN m.key AS key, m.name AS name, unit, min(b.name) AS branch
ORDER BY unit, key"""


def company_members(store: Store, *, limit: int = MOST) -> tuple[Row, ...]:
    """A row for each member, by company: key, name (clear: mask it), unit, branch (None where there is none).

    Whoever works at two companies stands once, at the first of them by name. At most `limit` rows.
    """
    return store.ask(_TEXT, limit=limit).rows
