"""Compare declared totals with found ones: every difference is zero or named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from graph_model.coverage.totals import Total
from graph_model.errors import InputError
from graph_model.graph import Place
from graph_model.text import Text
from loaders.clean.parse import canonical_name
from loaders.map.records import OtherPlaces, Record, place_of
from loaders.problems import Problem, problem
from loaders.reconcile.balance import RowBalance
from loaders.reconcile.control_totals import ROWS_OF

TotalKey = tuple[str, str]
"""(total id, area key); the area is "" for the whole sub-district."""


@dataclass(frozen=True, slots=True)
class DeclaredTotal:
    """A total as a summary sheet declares it, with the written explanation where there is one.

    `area`: the key of the area that it is of, "" for all. `place` is None for one declared by hand.
    """

    id: str
    value: int
    place: Place | None
    explanation: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One total, declared and found. `difference` is found minus declared; 0 where nothing was declared.

    `rejected`: rows that were left out for a problem. `merged`: rows that state the same as an earlier one.
    `unmatched`: rows that are in, while something they refer to was not found. All three are of the rows
    that the total counts, and what may explain the difference. `area`: the key of one area, "" for all.
    """

    id: str
    text: Text
    declared: int | None
    found: int
    difference: int
    place: Place | None = None
    explanation: str = ""
    area: str = ""
    rejected: int = 0
    merged: int = 0
    unmatched: int = 0

    @property
    def key(self) -> TotalKey:
        """Which total of which area."""
        return (self.id, self.area)


AreaOf = Callable[[str], str | None]
"""The key of the area that a name or number means; None where it means none."""


def declared_totals(
    records: Iterable[Record],
    totals: Iterable[Total],
    round_: str,
    area_of: AreaOf = lambda _: None,
    nearest_areas: Callable[[str], tuple[str, ...]] = lambda _: (),
) -> tuple[tuple[DeclaredTotal, ...], tuple[Problem, ...]]:
    """The totals that records of the form 汇总 declare, in the order of `totals`, those of all areas first.

    An item that is no total, an area that is none, and a total declared twice with different numbers, are
    Problems.
    """
    known = tuple(totals)
    by_name = _names(known)
    declared: dict[TotalKey, list[Record]] = {}
    problems: list[Problem] = []
    for record in sorted(records, key=lambda r: (r.layout.file, r.layout.sheet, r.row)):
        id_ = by_name.get(canonical_name(str(record.properties["item"])))
        named = record.properties.get("area")
        area = area_of(str(named)) if named is not None else ""
        if id_ is None:
            items = "、".join(t.text.zh for t in known)
            problems.append(_at("unknown_total", record, "item", items=items))
        elif area is None:
            near = nearest_areas(str(named))
            problems.append(
                _at(
                    "unknown_total_area",
                    record,
                    "area",
                    nearest=f"最接近的是：{'、'.join(near)}" if near else "全街道的总数请留空",
                    nearest_en=f"the nearest: {', '.join(near)}"
                    if near
                    else "leave it empty for all areas",
                )
            )
        else:
            declared.setdefault((id_, area), []).append(record)
    kept: list[DeclaredTotal] = []
    order = {t.id: n for n, t in enumerate(known)}
    for (id_, area), rows in sorted(declared.items(), key=lambda item: (item[0][1], order[item[0][0]])):
        if len({r.properties["value"] for r in rows}) > 1:
            everywhere = OtherPlaces(map(place_of, rows))
            problems.extend(
                _at(
                    "contradiction",
                    row,
                    "value",
                    heading=known[order[id_]].text.zh,
                    others=everywhere.but({place_of(row)}),
                )
                for row in rows
            )
        else:
            kept.append(_declared(id_, area, rows[0], round_))
    return tuple(kept), tuple(problems)


def _names(known: Iterable[Total]) -> dict[str, str]:
    return {canonical_name(n): t.id for t in known for n in (t.text.zh, t.text.en, t.id, *t.aliases)}


def _declared(id_: str, area: str, record: Record, round_: str) -> DeclaredTotal:
    place = Place(round_, record.layout.file, record.layout.sheet, record.row)
    explanation = str(record.properties.get("explanation", ""))
    return DeclaredTotal(id_, int(record.properties["value"]), place, explanation, area)


def _at(code: str, record: Record, name: str, **fill: object) -> Problem:
    layout = record.layout
    column = next(c for c in layout.form.columns if c.property and c.property.name == name)
    cell = layout.cell(column.heading, record.row)
    return problem(code, layout.file, layout.sheet, cell, str(record.properties[name]), **fill)


def parse_declared_options(
    said: Iterable[str], sheet: Iterable[DeclaredTotal], totals: Iterable[Total], area_of: AreaOf
) -> tuple[DeclaredTotal, ...]:
    """The sheet's totals and those given as "members=45", or of one area as "檀香居民区:members=3".

    InputError for one that cannot be understood, or that the sheet gives otherwise.
    """
    known = tuple(totals)
    by_name = _names(known)
    found = {(d.id, d.area): d for d in sheet}
    for text in said:
        name, _, number = text.rpartition("=")
        before, colon, item = name.replace("：", ":").rpartition(":")
        id_, area = by_name.get(canonical_name(item)), area_of(before) if colon else ""
        if id_ is None or area is None or not number.strip().isdecimal():
            items = ", ".join(t.id for t in known)
            raise InputError(
                f"--declare {text} 看不懂；请写成 members=45，或 某居民区:members=3；项目有：{items}",
                f"--declare {text} cannot be understood; write members=45 or AREA:members=3; there are: {items}",
            )
        held = found.get((id_, area))
        if held is not None and held.value != int(number):
            raise InputError(
                f"--declare {text} 与汇总表不同（{held.value}）；请改成一致，或去掉其中一个",
                f"--declare {text} differs from the summary sheet ({held.value}); use one of them",
            )
        found[id_, area] = held or DeclaredTotal(id_, int(number), None, area=area)
    return tuple(found.values())


def reconcile(
    declared: Iterable[DeclaredTotal],
    found: Mapping[str, int],
    totals: Iterable[Total],
    by_area: Mapping[str, Mapping[str, int]] | None = None,
    rows: Iterable[RowBalance] = (),
    area_of_file: Mapping[str, str] | None = None,
) -> tuple[Difference, ...]:
    """Declared against found, one Difference for each of `totals`, zero or not; then those of each area.

    `found`: by the total's id; KeyError for a total that was not counted. `by_area`: the same for each area
    key. `rows`: what became of the rows; those of a file are its area's where `area_of_file` knows it.
    """
    known, kept, areas = tuple(totals), tuple(rows), by_area or {}
    by_key = {(d.id, d.area): d for d in declared}
    result = [_with_rows(_difference(t, by_key.get((t.id, "")), found[t.id]), kept) for t in known]
    files = area_of_file or {}
    named = {area for _, area in by_key if area}
    for area in sorted(areas.keys() | named):
        own = tuple(b for b in kept if files.get(b.file) == area)
        counts = areas.get(area, {})
        for total in known:
            one = _difference(total, by_key.get((total.id, area)), counts.get(total.id, 0))
            result.append(_with_rows(replace(one, area=area), own))
    return tuple(result)


def _difference(total: Total, declared: DeclaredTotal | None, found: int) -> Difference:
    if declared is None:
        return Difference(total.id, total.text, None, found, 0)
    return Difference(
        total.id,
        total.text,
        declared.value,
        found,
        found - declared.value,
        declared.place,
        declared.explanation,
    )


def _with_rows(one: Difference, rows: Iterable[RowBalance]) -> Difference:
    counted = [b for b in rows if b.label == ROWS_OF.get(one.id, "Unit")]
    return replace(
        one,
        rejected=sum(b.in_problems for b in counted),
        merged=sum(b.merged for b in counted),
        unmatched=sum(b.unmatched for b in counted),
    )


def with_explanations(
    differences: Iterable[Difference], said: Mapping[TotalKey, str]
) -> tuple[Difference, ...]:
    """The differences with the explanations that a user wrote, by total and area; an empty one changes nothing.

    >>> with_explanations([Difference("members", Text("党员", "Members"), 45, 44, -1)], {("members", ""): "一人转出"})[
    ...     0
    ... ].explanation
    '一人转出'
    """
    return tuple(replace(d, explanation=said.get(d.key, "").strip() or d.explanation) for d in differences)
