"""What is chosen of a register, as an address line and back: a link opens the same table again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from graph_model.register.kinds import KINDS
from graph_model.register.query import OPERATORS, Operator

NAMES = ("kind", "columns", "where", "sort", "search", "rules", "page", "by", "across", "view")
_MOST = 60
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Where:
    """One condition: the id of a column, what is asked of it, and the values."""

    column: str
    operator: Operator
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterState:
    """What a register shows. `columns` empty: those shown at first. `sort`: ids, "-" before what descends.

    `by` and `across` group instead of listing. `view`: the ready view that it began as.
    """

    kind: str = KINDS[0]
    columns: tuple[str, ...] = ()
    where: tuple[Where, ...] = ()
    sort: tuple[str, ...] = ()
    search: str = ""
    rules: tuple[str, ...] = ()
    page: int = 0
    by: str = ""
    across: str = ""
    view: str = ""

    def with_where(self, column: str, conditions: Sequence[Where]) -> RegisterState:
        """The same with other conditions on one column, at its first page."""
        others = tuple(w for w in self.where if w.column != column)
        return replace(self, where=(*others, *conditions), page=0)

    def of(self, column: str) -> tuple[Where, ...]:
        """The conditions on one column."""
        return tuple(w for w in self.where if w.column == column)


def to_link(state: RegisterState) -> dict[str, str]:
    """The parameters of an address; what is as usual is left out.

    >>> to_link(RegisterState("Unit", where=(Where("trade", "is", ("餐饮", "")),), sort=("-employees",)))
    {'kind': 'Unit', 'where': 'trade:is:%E9%A4%90%E9%A5%AE,', 'sort': '-employees'}
    """
    found = {
        "kind": state.kind,
        "columns": _joined(state.columns),
        "where": ";".join(f"{_safe(w.column)}:{w.operator}:{_joined(w.values)}" for w in state.where),
        "sort": _joined(state.sort),
        "search": state.search,
        "rules": _joined(state.rules),
        "page": str(state.page) if state.page else "",
        "by": state.by,
        "across": state.across,
        "view": state.view,
    }
    return {name: text for name, text in found.items() if text}


def from_link(parameters: Mapping[str, str]) -> RegisterState | None:
    """The state that an address means; None where it names no register. What cannot be read is left out."""
    if parameters.get("kind") not in KINDS:
        return None
    page = parameters.get("page", "")
    return RegisterState(
        kind=parameters["kind"],
        columns=_parts(parameters.get("columns", "")),
        where=tuple(w for part in parameters.get("where", "").split(";")[:_MOST] if (w := _where(part))),
        sort=_parts(parameters.get("sort", "")),
        search=parameters.get("search", "")[:_LONGEST],
        rules=_parts(parameters.get("rules", "")),
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 0,
        by=parameters.get("by", "")[:_LONGEST],
        across=parameters.get("across", "")[:_LONGEST],
        view=parameters.get("view", "")[:_LONGEST],
    )


def _where(text: str) -> Where | None:
    parts = text.split(":")
    if len(parts) != 3 or parts[1] not in OPERATORS:
        return None
    operator = parts[1]
    values = tuple(unquote(v)[:_LONGEST] for v in parts[2].split(",")[:_MOST])
    if operator in ("empty", "filled"):
        values = ()
    elif operator != "is" and not values[0]:
        return None
    return Where(unquote(parts[0]), operator, values)


def _joined(values: Sequence[str]) -> str:
    return ",".join(_safe(v) for v in values)


def _safe(text: str) -> str:
    return quote(text, safe="-_.")


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unquote(p) for p in text.split(",") if p))[:_MOST]
