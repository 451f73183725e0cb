"""Merge all rows about one thing into one node, or report where they contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph_model import schema
from graph_model.graph import NOTHING, Properties, Scalar
from graph_model.schema.extra_values import EXTRA_PROPERTY, read_extra, write_extra
from graph_model.schema.stored_properties import SEARCH_PROPERTY, SOUND_PROPERTY
from loaders.clean.parse import canonical_name
from loaders.clean.pinyin import phonetic_key, search_text
from loaders.map.records import OtherPlaces, Record, format_places, place_of
from loaders.problems import Problem, problem
from loaders.resolve.references import NameIndex


def contradictions(group: Sequence[Record], known: NameIndex) -> list[Problem]:
    """A Problem at each cell that says something else than another row of the same thing."""
    found: list[Problem] = []
    told: set[int] = set()
    for name in sorted({n for record in group for n in record.properties} - {EXTRA_PROPERTY}):
        having = [r for r in group if name in r.properties]
        values = [_comparable(name, r, known) for r in having]
        if _agree(values):
            continue
        others = _places_of_others(values, [place_of(r) for r in having])
        for record, value in zip(having, values, strict=True):
            told.add(id(record))
            layout = record.layout
            heading = next(
                (
                    c.heading
                    for c in layout.form.columns
                    if c.property and not c.on and c.property.name == name
                ),
                layout.form.columns[0].heading,
            )
            found.append(
                problem(
                    "contradiction",
                    layout.file,
                    layout.sheet,
                    layout.cell(heading, record.row),
                    str(record.properties[name]),
                    heading=heading,
                    others=others[value],
                )
            )
    if found:
        # The rows that contradict nothing are left out with the others, and that is said too.
        contrary = format_places(place_of(r) for r in group if id(r) in told)
        found.extend(_left_with(r, contrary) for r in group if id(r) not in told)
    return found


_MANY_VALUES = 100


def _places_of_others(values: Sequence[Scalar], places: Sequence[str]) -> dict[Scalar, str]:
    """By value: where there are other values that do not agree with it."""
    at: dict[Scalar, set[str]] = defaultdict(set)
    for value, place in zip(values, places, strict=True):
        at[value].add(place)
    everywhere = OtherPlaces(places)
    if len(at) > _MANY_VALUES:  # comparing each with each would take too long
        return {value: everywhere.but(own) for value, own in at.items()}
    return {
        value: everywhere.but(set().union(*(own for other, own in at.items() if _agree([value, other]))))
        for value in at
    }


def _left_with(record: Record, others: str) -> Problem:
    layout = record.layout
    cell = layout.cell(layout.form.columns[0].heading, record.row)
    return problem("left_with_others", layout.file, layout.sheet, cell, others=others)


def _comparable(name: str, record: Record, known: NameIndex) -> Scalar:
    value = record.properties[name]
    if name == "name":
        return known.canonical(record.layout.form.label or "", str(value))
    return canonical_name(str(value)) if name == "number" else value


def _agree(values: Sequence[Scalar]) -> bool:
    """The same value everywhere, or dates of which one is only more exact than the other."""
    if len(set(values)) < 2:
        return True
    if not all(isinstance(v, str) and v[:4].isdigit() and len(v) in (4, 7, 10) for v in values):
        return False
    longest = max((str(v) for v in values), key=len)
    return all(longest.startswith(str(v)) for v in values)


def properties_of(
    label: str,
    group: Sequence[Record],
    spelled: Sequence[str],
    searched: Mapping[str, str],
    kept: Properties = NOTHING,
) -> dict[str, Scalar]:
    """What the rows of one thing say of it, and what is derived from that; `searched`: by name.

    `kept`: what is held of it, and the rows do not speak of.
    """
    properties: dict[str, Scalar] = {**kept, **group[0].properties}
    if len(group) > 1:
        _merge(properties, group[1:])
    if EXTRA_PROPERTY in properties:
        extra = _extra_of(group, kept.get(EXTRA_PROPERTY))
        if extra:
            properties[EXTRA_PROPERTY] = write_extra(extra)
        else:
            del properties[EXTRA_PROPERTY]
    number = properties.get("number")
    if len(group) > 1 or spelled or number is not None:
        names = sorted({str(r.properties["name"]) for r in group})
        properties[SEARCH_PROPERTY] = search_text(
            [*names, *(n for n in spelled if n not in names)],
            person=schema.node_type(label).of_people(),
            number=str(number) if number is not None else None,
        )
    else:
        properties[SEARCH_PROPERTY] = searched[str(properties["name"])]
    if label == "Unit":
        properties[SOUND_PROPERTY] = phonetic_key(str(properties["name"]))
    return properties


def _extra_of(group: Sequence[Record], held: Scalar | None) -> dict[str, str]:
    """What the rows say under headings that no form has; different texts of one heading one after the other.

    `held`: what is kept of before: under a heading that none of the sheets has it stays.
    """
    headings = {heading for record in group for heading in record.layout.notes}
    found = {h: text for h, text in read_extra(held).items() if h not in headings}
    said: dict[str, list[str]] = {}
    for record in group:
        for heading, text in read_extra(record.properties.get(EXTRA_PROPERTY)).items():
            said.setdefault(heading, []).append(text)
    return found | {heading: "；".join(dict.fromkeys(texts)) for heading, texts in said.items()}


def _merge(properties: dict[str, Scalar], others: Iterable[Record]) -> None:
    """Add what other rows of the same thing say: the longest name and the most exact date; the rest are equal."""
    for record in others:
        for name, value in record.properties.items():
            held = properties.get(name)
            if held is None or (len(str(value)), str(value)) > (len(str(held)), str(held)):
                properties[name] = value
