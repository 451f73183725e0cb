"""Read the survey forms (forms/*.toml) into Form records; a faulty form stops the program at start."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, cast, get_args

from graph_model import schema
from graph_model.errors import SchemaError
from graph_model.plan import OneTie
from graph_model.schema.types import Property, PropertyType
from graph_model.text import Text

Part = Literal["name", "date"]
TOTALS_COLUMNS = ("item", "value", "explanation", "area", "own_date")


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column of a form: what its cells become.

    `property` alone: a property of the row's node. `tie`: the cell names what the node is tied with, at
    the far end `ends` (the node is the source unless `reverse`). `on`: a property of a tie of this row.
    `flag`: yes or no, asked for by the `outside` of another column. `part`: only part of an identity or
    of a composed name, read as a "name" or a "date".
    `future`: a date that may well lie after the survey. `fill_down`: a cell merged over several rows counts
    for each of them. `introduces`: a name that nothing has becomes a new thing, with a hint; else it is a fault.
    `post`: what the tie says of each person whom the column names. `more`: in the full template only.
    `implied`: (heading, text): where a table has that heading and not this column's own, every row says the text.
    `says`: (ending, heading): a name that ends so is no name, but yes in the column of that heading.
    """

    heading: str
    aliases: tuple[str, ...] = ()
    property: Property | None = None
    tie: str | None = None
    ends: tuple[str, ...] = ()
    reverse: bool = False
    on: str | None = None
    many: bool = False
    required: bool = False
    outside: str | None = None
    flag: bool = False
    part: Part | None = None
    future: bool = False
    fill_down: bool = False
    introduces: bool = False
    post: str | None = None
    more: bool = False
    implied: tuple[tuple[str, str], ...] = ()
    says: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ComposedRelationship:
    """A tie to something whose name is put together from cells of the row."""

    type: str
    ends: tuple[str, ...]
    reverse: bool
    name_from: tuple[str, ...]
    name_suffix: str
    name_join: str

    @property
    def tie(self) -> str:
        """The type of the tie, as a column has it."""
        return self.type

    @property
    def heading(self) -> str:
        """The heading at which a fault of it is shown."""
        return self.name_from[0]


@dataclass(frozen=True, slots=True)
class FormPart:
    """Another form whose thing a row of this one may name too: a company's branch, its instructor.

    `form`: its id. `needs`: the heading of it without which a row gives no such thing. `shared`: headings of it
    that are read from columns of this form (the branch's units: this row's name). `fixed`: headings of it that say
    the same in every row. `columns`: heading in a wide table -> heading of it; nothing else is taken for it.
    """

    form: str
    needs: str
    shared: Mapping[str, str]
    fixed: Mapping[str, str]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Yields:
    """A table with one of the `headings` and one of those `beside`, and none of those `without`, is of another form."""

    headings: tuple[str, ...]
    beside: tuple[str, ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One survey form. `label` is None for the form of declared totals.

    `identity`: alternatives, best first; each part is a property's name or a heading.
    `distinct`: two rows that cannot be distinguished are a Problem (people), not one node.
    `yields`: by which headings a table is none of this form, whatever else it has.
    """

    id: str
    label: str | None
    title: Text
    sheets: tuple[str, ...]
    explain: Text
    identity: tuple[tuple[str, ...], ...]
    columns: tuple[FormColumn, ...]
    ties: tuple[ComposedRelationship, ...] = ()
    name_from: tuple[str, ...] = ()
    name_suffix: str = ""
    name_join: str = ""
    distinct: bool = False
    parts: tuple[FormPart, ...] = ()
    yields: tuple[Yields, ...] = ()

    def __hash__(self) -> int:
        return hash(
            self.id
        )  # a form is asked for by every sheet and row; hashing all its columns took seconds

    @property
    def totals(self) -> bool:
        """Is this the form of declared totals."""
        return self.label is None

    def column(self, heading: str) -> FormColumn:
        """The column of that heading; SchemaError names the ones there are."""
        for column in self.columns:
            if column.heading == heading:
                return column
        raise _fault(
            self.id, f"没有列 {heading}", f"no column {heading}", [c.heading for c in self.columns]
        )


def _fault(form: str, zh: str, en: str, known: Sequence[str] = ()) -> SchemaError:
    tail_zh = f"；可用的有：{'、'.join(known)}" if known else ""
    tail_en = f"; there are: {', '.join(known)}" if known else ""
    return SchemaError(f"表单 {form}：{zh}{tail_zh}", f"form {form}: {en}{tail_en}")


@cache
def read_forms() -> tuple[Form, ...]:
    """The forms that ship with the package, sorted by id; SchemaError for a faulty one."""
    folder = resources.files("loaders") / "forms"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    forms = tuple(parse_form(f.name.removesuffix(".toml"), f.read_text(encoding="utf-8")) for f in files)
    check_parts(forms)
    return forms


@cache
def single_name_relationships() -> frozenset[OneTie]:
    """The ties for which a form has one cell that takes one name: another name takes the place of the one before."""
    cells: Counter[OneTie] = Counter()
    for form in read_forms():
        ways: tuple[FormColumn | ComposedRelationship, ...] = (*form.columns, *form.ties)
        for way in ways:
            if way.tie is not None and form.label is not None:
                several = not isinstance(way, FormColumn) or way.many
                cells[way.tie, "target" if way.reverse else "source", form.label] += 2 if several else 1
    return frozenset(tie for tie, count in cells.items() if count == 1)


def parse_form(id_: str, text: str) -> Form:
    """One form from its TOML text; SchemaError says what is wrong with it."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _fault(id_, f"不是有效的 TOML（{error}）", f"not valid TOML ({error})") from error
    _only(id_, raw, _FORM_KEYS)
    try:
        label = None if raw.get("totals") else schema.node_type(raw["label"]).label
        form = Form(
            id=id_,
            label=label,
            title=Text(raw["title"]["zh"], raw["title"]["en"]),
            sheets=tuple(raw["sheets"]),
            explain=Text(raw["explain"]["zh"], raw["explain"]["en"]),
            identity=tuple(tuple(parts) for parts in raw.get("identity", ())),
            columns=tuple(_column(id_, label, c) for c in raw["column"]),
            ties=tuple(_composed_tie(id_, label, t) for t in raw.get("tie", ())),
            name_from=tuple(raw.get("name_from", ())),
            name_suffix=raw.get("name_suffix", ""),
            name_join=raw.get("name_join", ""),
            distinct=raw.get("distinct", False),
            parts=tuple(_form_part(id_, p) for p in raw.get("part", ())),
            yields=tuple(_yields(id_, y) for y in raw.get("yields", ())),
        )
    except KeyError as missing:
        raise _fault(id_, f"缺少 {missing}", f"{missing} is missing") from missing
    _check(form)
    return form


_FORM_KEYS = frozenset(
    [
        "label",
        "title",
        "sheets",
        "explain",
        "identity",
        "column",
        "tie",
        "name_from",
        "name_suffix",
        "name_join",
        "distinct",
        "totals",
        "part",
        "yields",
    ]
)
_COLUMN_KEYS = frozenset(
    [
        "heading",
        "aliases",
        "property",
        "tie",
        "to",
        "from",
        "on",
        "many",
        "required",
        "outside",
        "flag",
        "part",
        "future",
        "fill_down",
        "introduces",
        "post",
        "more",
        "implied",
        "says",
    ]
)
_YIELDS_KEYS = frozenset(["headings", "beside", "without"])
_PART_KEYS = frozenset(["form", "needs", "shared", "fixed", "columns"])
_TIE_KEYS = frozenset(["type", "to", "from", "name_from", "name_suffix", "name_join"])


def _only(form: str, raw: Mapping[str, Any], known: frozenset[str]) -> None:
    for key in raw:
        if key not in known:
            raise _fault(form, f"不认识的键 {key}", f"unknown key {key}", sorted(known))


def _column(form: str, label: str | None, raw: Mapping[str, Any]) -> FormColumn:
    _only(form, raw, _COLUMN_KEYS)
    tie, on, name = raw.get("tie"), raw.get("on"), raw.get("property")
    ends, reverse = _ends(form, label, tie, raw) if tie else ((), False)
    return FormColumn(
        heading=raw["heading"],
        aliases=tuple(raw.get("aliases", ())),
        property=_property(form, label, on, name) if name else None,
        tie=tie,
        ends=ends,
        reverse=reverse,
        on=on,
        many=raw.get("many", False),
        required=raw.get("required", False),
        outside=raw.get("outside"),
        flag=raw.get("flag", False),
        part=_part(form, raw.get("part")),
        future=raw.get("future", False),
        fill_down=raw.get("fill_down", False),
        introduces=raw.get("introduces", False),
        post=raw.get("post"),
        more=raw.get("more", False),
        implied=tuple((h, text) for text, those in raw.get("implied", {}).items() for h in those),
        says=tuple((ending, h) for h, those in raw.get("says", {}).items() for ending in those),
    )


def _part(form: str, value: Any) -> Part | None:
    for known in get_args(Part):
        if value == known:
            return cast(Part, known)
    if value is not None:
        raise _fault(form, f"part 不能是 {value}", f"part cannot be {value}", get_args(Part))
    return None


def _property(form: str, label: str | None, on: str | None, name: str) -> Property:
    if on is not None:
        return schema.edge_type(on).property(name)
    if label is not None:
        return schema.node_type(label).property(name)
    if name not in TOTALS_COLUMNS:
        raise _fault(form, f"汇总表没有 {name}", f"a form of totals has no {name}", TOTALS_COLUMNS)
    kinds: dict[str, PropertyType] = {"value": "integer", "own_date": "date"}
    return Property(name, kinds.get(name, "text"), Text(name, name))


def _ends(form: str, label: str | None, tie: str, raw: Mapping[str, Any]) -> tuple[tuple[str, ...], bool]:
    """The labels at the far end, and whether the row's node is the target; checked with the schema."""
    edge = schema.edge_type(tie)
    reverse = "from" in raw
    if reverse == ("to" in raw):
        raise _fault(form, f"{tie} 须有 to 或 from 之一", f"{tie} needs either to or from")
    far = tuple(raw["from"] if reverse else raw["to"])
    near_allowed, far_allowed = (edge.targets, edge.sources) if reverse else (edge.sources, edge.targets)
    if label not in near_allowed:
        raise _fault(form, f"{label} 不能有关系 {tie}", f"{label} cannot have the tie {tie}", near_allowed)
    for end in far:
        if end not in far_allowed:
            raise _fault(form, f"{tie} 不能连到 {end}", f"{tie} cannot reach {end}", far_allowed)
    return far, reverse


def _composed_tie(form: str, label: str | None, raw: Mapping[str, Any]) -> ComposedRelationship:
    _only(form, raw, _TIE_KEYS)
    ends, reverse = _ends(form, label, raw["type"], raw)
    return ComposedRelationship(
        raw["type"],
        ends,
        reverse,
        tuple(raw["name_from"]),
        raw.get("name_suffix", ""),
        raw.get("name_join", ""),
    )


def _form_part(form: str, raw: Mapping[str, Any]) -> FormPart:
    _only(form, raw, _PART_KEYS)
    columns = {spelled: heading for heading, those in raw["columns"].items() for spelled in those}
    return FormPart(raw["form"], raw["needs"], raw.get("shared", {}), raw.get("fixed", {}), columns)


def _yields(form: str, raw: Mapping[str, Any]) -> Yields:
    _only(form, raw, _YIELDS_KEYS)
    return Yields(tuple(raw["headings"]), tuple(raw["beside"]), tuple(raw.get("without", ())))


def check_parts(forms: Sequence[Form]) -> None:
    """SchemaError where a part names a form or a column that there is not."""
    by_id = {f.id: f for f in forms}
    for form in forms:
        for part in form.parts:
            if part.form not in by_id:
                raise _fault(form.id, f"没有表单 {part.form}", f"no form {part.form}", sorted(by_id))
            for heading in (part.needs, *part.shared, *part.fixed, *part.columns.values()):
                by_id[part.form].column(heading)
            for heading in part.shared.values():
                form.column(heading)


def _check(form: Form) -> None:
    """What one column alone cannot show: headings are unique, and whatever is named is there."""
    spoken: dict[str, str] = {}
    for column in form.columns:
        for heading in (column.heading, *column.aliases):
            if spoken.setdefault(heading, column.heading) != column.heading:
                raise _fault(form.id, f"列名 {heading} 用了两次", f"the heading {heading} is used twice")
        roles = sum(
            (column.tie is not None, column.property is not None, column.flag, column.part is not None)
        )
        if roles != 1:
            raise _fault(
                form.id,
                f"列 {column.heading} 须恰好是 property、tie、flag、part 之一",
                f"the column {column.heading} must be exactly one of property, tie, flag, part",
            )
        if column.on is not None and column.on not in {c.tie for c in form.columns}:
            raise _fault(form.id, f"没有关系 {column.on} 的列", f"no column makes the tie {column.on}")
        if column.outside is not None and (
            not form.column(column.outside).flag or column.ends != ("Branch",)
        ):
            raise _fault(
                form.id,
                f"{column.heading} 的 outside 须指向 flag 列，且只连到 Branch",
                f"outside of {column.heading} must name a flag column, and reach Branch only",
            )
    for heading in (*form.name_from, *(h for tie in form.ties for h in tie.name_from)):
        form.column(heading)
    if form.label is None:
        return
    names = {c.property.name for c in form.columns if c.property and c.on is None}
    if "name" not in names and not form.name_from:
        raise _fault(form.id, "没有名称：须有 name 列或 name_from", "no name: a column name or name_from")
    if not form.identity:
        raise _fault(form.id, "没有 identity", "identity is missing")
    for part in (p for parts in form.identity for p in parts):
        if part not in names and not (part == "name" and form.name_from):
            form.column(part)
