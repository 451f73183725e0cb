"""Rules asked of a store: the figure, the list and the keys. Page, command line and exports call these."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from graph_model.coverage.catalogue import Catalogue, Rule, Severity, Status
from graph_model.errors import InputError, QueryRefused, StoreDenied, StoreError, StoreUnavailable
from graph_model.profile import Profile
from graph_model.schema import NODE_TYPES
from graph_model.store.driver import Row
from graph_model.store.store import Store
from graph_model.text import Text

PAGE = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """One rule's answer in numbers. `failed` says why a rule has none: it is shown, never left out."""

    rule: Rule
    population: int = 0
    gaps: int = 0
    unknown: int = 0
    failed: Text | None = None


def figure(
    store: Store, rule: Rule, profile: Profile, as_of: str, *, seconds: float | None = None
) -> Figure:
    """How many of a rule's subjects are gaps, and how many are unknown.

    `seconds`: how long it may take, where that is not the store's own limit. A rule that the store refuses
    gives a failed figure; a store that does not answer raises.
    """
    try:
        answer = store.ask(rule.figure_text(), rule.parameters(profile, as_of), seconds=seconds)
    except (StoreUnavailable, StoreDenied):
        raise
    except StoreError as error:
        return Figure(rule, failed=error.text)
    found = {str(row["status"]): int(row["subjects"]) for row in answer.rows}
    return Figure(rule, sum(found.values()), found.get("gap", 0), found.get("unknown", 0))


def try_rule(store: Store, rule: Rule, profile: Profile, as_of: str) -> Figure:
    """The figure of a rule that is being written, after a look at its rows, read only.

    InputError says what is wrong: a query that the store refuses, a status or reason that there is not, a
    key that is not of the type that the rule is about.
    """
    found = figure(store, rule, profile, as_of)
    if found.failed is not None:
        raise InputError(
            f"规则 {rule.id} 的查询（cypher.text）不能运行：{found.failed.zh}",
            f"The query of rule {rule.id} (cypher.text) does not run: {found.failed.en}",
        )
    try:
        told = f"{rule.cypher}\nRETURN DISTINCT status, reason ORDER BY status, reason LIMIT 50"
        said = store.ask(told, rule.parameters(profile, as_of)).rows
        rows = [
            r for s in get_args(Status) for r in subjects(store, rule, profile, as_of, status=s, limit=20)
        ]
    except QueryRefused as error:
        raise InputError(
            f"规则 {rule.id} 的清单查询不能运行：{error.text.zh}",
            f"The list of rule {rule.id} does not run: {error.text.en}",
        ) from error
    for row in said:
        if row["status"] not in get_args(Status):
            raise _wrong(rule, "status", row["status"], get_args(Status))
        if row["reason"] not in ("", *rule.reasons) or (row["status"] != "ok" and not row["reason"]):
            raise _wrong(rule, "reason", row["reason"], tuple(rule.reasons))
    for row in rows:
        prefix = NODE_TYPES[rule.about].prefix
        if not str(row["key"]).startswith(f"{prefix}_"):
            raise _wrong(rule, "key", row["key"], (f"{rule.about}.key ({prefix}_…)",))
    return found


def _wrong(rule: Rule, what: str, value: object, right: Iterable[str]) -> InputError:
    known = " | ".join(right)
    # of a value that is not written in the rule itself, nothing is repeated: it may be somebody's name
    told = f" = {value!r}" if str(value) in rule.cypher else ""
    return InputError(
        f"规则 {rule.id} 的查询给出的 {what}{told} 不对；应为 {known}。",
        f"The query of rule {rule.id} gives a wrong {what}{told}; it should be {known}.",
    )


def figures(store: Store, catalogue: Catalogue, profile: Profile, as_of: str) -> tuple[Figure, ...]:
    """Every rule's figure, in the catalogue's order."""
    return tuple(figure(store, rule, profile, as_of) for rule in catalogue.rules)


def subjects(
    store: Store,
    rule: Rule,
    profile: Profile,
    as_of: str,
    *,
    status: Status = "gap",
    skip: int = 0,
    limit: int = PAGE,
    seconds: float | None = None,
) -> tuple[Row, ...]:
    """One page of a rule's subjects of one status, by name. Columns: key, name, status, reason, then its own.

    `seconds`: how long it may take, where that is not the store's own limit.
    """
    values = {**rule.parameters(profile, as_of), "status": status, "skip": skip, "limit": limit}
    return store.ask(rule.list_text(), values, limit=limit, seconds=seconds).rows


def first_gaps(
    store: Store, rule: Rule, profile: Profile, as_of: str, *, order: str, limit: int = PAGE
) -> tuple[Row, ...]:
    """The first of a rule's gaps by one of its columns, then by name; ValueError where it has no such column."""
    values = {**rule.parameters(profile, as_of), "status": "gap", "skip": 0, "limit": limit}
    return store.ask(rule.list_text(order), values, limit=limit).rows


def severities(
    store: Store, rules: Iterable[Rule], profile: Profile, as_of: str, *, limit: int = 10_000
) -> dict[str, Severity]:
    """For each subject of a gap, by key, its worst severity. A rule that fails gives none."""
    worst: dict[str, Severity] = {}
    order: tuple[Severity, ...] = ("low", "medium", "high")
    for rule in rules:
        try:
            rows = store.ask(rule.keys_text(), {**rule.parameters(profile, as_of), "limit": limit}).rows
        except (StoreUnavailable, StoreDenied):
            raise
        except StoreError:
            continue  # the figure of the same rule shows that it failed, and why
        for row in rows:
            key = str(row["key"])
            if key not in worst or order.index(rule.severity) > order.index(worst[key]):
                worst[key] = rule.severity
    return worst
