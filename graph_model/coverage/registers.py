"""Registers of an office, asked whole: company members, postings, pairs, matters; organisations by what is below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

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


# ---- organisations by what is below them

_GROUP = "group"
_ABOVE = ("general_branch", "committee", "work_committee")
_BATCH = 1000
_UNDER = """
UNWIND $keys AS key
MATCH (s:Branch {key: key})<-[:SUPERIOR]-(b:Branch)
RETURN DISTINCT key, b.key AS below ORDER BY key, below"""
_ORGANISATIONS = """
UNWIND $keys AS key
MATCH (b:Branch {key: key})
WHERE b.dissolved IS NULL
OPTIONAL MATCH (b)<-[:AFFILIATED_WITH]-(m:Member)
RETURN b.key AS key, b.name AS name, b.level AS level, b.groups AS groups, count(DISTINCT m) AS members"""


@dataclass(frozen=True, slots=True)
class OrganisationFigures:
    """An organisation with all that is below it, at every level; itself is counted too where it is a line of a table.

    `committees`: general branches and committees; `groups`: those that are named, or where a branch names none, as
    many as it says that it has. Dissolved ones count nowhere. A member with two affiliations counts in both.
    """

    key: str
    name: str
    level: str
    committees: int = 0
    branches: int = 0
    groups: int = 0
    members: int = 0
    problems: int = 0


def read_below(store: Store, key: str) -> dict[str, tuple[str, ...]]:
    """{organisation: those directly below it} from the one with that key down; none for what has nothing below."""
    found: dict[str, tuple[str, ...]] = {}
    level, seen = [key], {key}
    while level:
        under: dict[str, list[str]] = defaultdict(list)
        for keys in _batches(level):
            for row in store.ask(_UNDER, {"keys": keys}, limit=MOST).rows:
                if row["below"] not in seen:  # of two superiors the nearer, and never a circle
                    seen.add(row["below"])
                    under[row["key"]].append(row["below"])
        found.update((k, tuple(v)) for k, v in under.items())
        level = [k for keys in under.values() for k in keys]
    return found


def organisation_rows(store: Store, keys: Iterable[str]) -> dict[str, Row]:
    """{key: name, level, groups (declared), members} of those of the organisations that were not dissolved."""
    wanted = sorted(set(keys))
    rows = (
        r for part in _batches(wanted) for r in store.ask(_ORGANISATIONS, {"keys": part}, limit=MOST).rows
    )
    return {str(row["key"]): row for row in rows}


def organisations_below(
    key: str,
    below: Mapping[str, tuple[str, ...]],
    rows: Mapping[str, Row],
    problems: Mapping[str, int],
) -> tuple[OrganisationFigures, ...]:
    """A line for each organisation directly below, itself counted, by name; then one of all that is below, without
    the organisation itself. None where nothing is below. `problems`: {key: how many problems it has itself}.
    """
    lines = [
        _rolled_up(child, [child, *_all_below(child, below)], below, rows, problems)
        for child in below.get(key, ())
        if child in rows
    ]
    if not lines:
        return ()
    lines.sort(key=lambda line: (line.name.encode("gb18030", "replace"), line.key))
    return (*lines, _rolled_up(key, list(_all_below(key, below)), below, rows, problems))


def _all_below(key: str, below: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for child in below.get(key, ()):
        yield child
        yield from _all_below(child, below)


def _rolled_up(
    key: str,
    counted: Iterable[str],
    below: Mapping[str, tuple[str, ...]],
    rows: Mapping[str, Row],
    problems: Mapping[str, int],
) -> OrganisationFigures:
    own = rows.get(key, {})
    standing = [k for k in counted if k in rows]
    levels = {k: str(rows[k]["level"] or "branch") for k in standing}
    named = sum(level == _GROUP for level in levels.values())
    told = sum(
        int(rows[k]["groups"] or 0)
        for k in standing
        if levels[k] != _GROUP and not any(levels.get(g) == _GROUP for g in below.get(k, ()))
    )
    return OrganisationFigures(
        key,
        str(own.get("name") or ""),
        str(own.get("level") or "branch"),
        sum(level in _ABOVE for level in levels.values()),
        sum(level == "branch" for level in levels.values()),
        named + told,
        sum(int(rows[k]["members"]) for k in standing),
        sum(problems.get(k, 0) for k in standing),
    )


def _batches(keys: list[str]) -> Iterator[list[str]]:
    return (keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH))
