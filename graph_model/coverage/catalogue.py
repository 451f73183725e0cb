"""The coverage rules: one TOML file each; figure, list and picture from one Cypher text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, cast, get_args

from graph_model.coverage.open_columns import columns_held
from graph_model.coverage.rate_texts import shared_text
from graph_model.coverage.rule_validation import ALWAYS, TEXTS, RuleFault, at, faults_of, rule_error
from graph_model.errors import BranchmapError, InputError
from graph_model.profile import Profile, month_text
from graph_model.schema import NODE_TYPES
from graph_model.text import Language, Text

BUILT_IN = Path(__file__).with_name("rules")

Severity = Literal["high", "medium", "low"]
Status = Literal["gap", "ok", "unknown"]
Nature = Literal["blank", "irregular", "data"]
_ID = re.compile(r"[a-z][a-z0-9_]{0,60}")

COLUMN_TEXTS: Mapping[str, Text] = {
    "key": Text("标识", "Key"),
    "name": Text("名称", "Name"),
    "status": Text("结果", "Result"),
    "reason": Text("原因", "Reason"),
}
STATUS_TEXTS: Mapping[str, Text] = {
    "gap": Text("存在问题", "Problem"),
    "ok": Text("正常", "In order"),
    "unknown": Text("情况不明", "Unknown"),
}
SEVERITY_TEXTS: Mapping[str, Text] = {
    "high": Text("高", "High"),
    "medium": Text("中", "Medium"),
    "low": Text("低", "Low"),
}
NATURE_TEXTS: Mapping[Nature, Text] = {
    "blank": Text("空白点", "Missing"),
    "irregular": Text("不规范", "Not as the norm says"),
    "data": Text("数据疑点", "Question to the data"),
}

LOCAL_TEXT = Text("地方做法", "local practice")


@dataclass(frozen=True, slots=True)
class RuleColumn:
    """One column of a rule's list. Values found in `terms` are shown by their text."""

    name: str
    text: Text
    sensitive: bool = False
    terms: Mapping[str, Text] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One coverage rule, as its file declares it.

    `cypher` begins with a text of rates.toml where the file says `after`.
    It ends in a WITH that binds key, name, status ('gap' | 'ok' | 'unknown'), reason (a key of
    `reasons`, or '') and the declared columns: one row per subject of the population. `own`: a site's own.
    `source` is where the norm stands and `effective` from when it holds ("" where the rule has no such date);
    `local`: the practice of some places; `on`: it runs unless a site switches it off.
    """

    id: str
    title: Text
    population: Text
    clause: Text
    advice: Text
    about: str
    severity: Severity
    params: Mapping[str, str]
    columns: tuple[RuleColumn, ...]
    reasons: Mapping[str, Text]
    cypher: str
    own: bool = False
    nature: Nature = "irregular"
    source: Text | None = None
    effective: str = ""
    local: bool = False
    on: bool = True

    @property
    def marked_title(self) -> Text:
        """The title, and that it is local practice where it is."""
        if not self.local:
            return self.title
        return Text(f"{self.title.zh}（{LOCAL_TEXT.zh}）", f"{self.title.en} ({LOCAL_TEXT.en})")

    @property
    def cited(self) -> Text:
        """What the norm says, where it stands and from when it holds, in one sentence."""
        zh = [self.source.zh] if self.source else []
        en = [self.source.en] if self.source else []
        if self.effective:
            year, month, day = (int(part) for part in self.effective.split("-"))
            zh.append(f"自{year}年{month}月{day}日起施行")
            en.append(f"in force from {self.effective}")
        if not zh:
            return self.clause
        return Text(f"{self.clause.zh}（{'，'.join(zh)}）", f"{self.clause.en} ({', '.join(en)})")

    def later_than(self, day: str) -> bool:
        """Whether the norm holds only from after a date, as exact as that is."""
        return self.effective[: len(day)] > day

    @property
    def sensitive(self) -> frozenset[str]:
        """The columns that hold people's names."""
        declared = {c.name for c in self.columns if c.sensitive}
        named = NODE_TYPES[self.about].of_people()
        stored = {name for name, holds in columns_held(self.cypher).items() if holds == "name"}
        return frozenset(declared | ({"name"} if named else set()) | (stored if self.own else set()))

    @property
    def uncertain(self) -> frozenset[str]:
        """The columns of a site's own rule whose texts may hold a name, whatever the column is called."""
        if not self.own:
            return frozenset()
        return frozenset((*ALWAYS, *(c.name for c in self.columns))) - columns_held(self.cypher).keys()

    def parameters(self, profile: Profile, as_of: str) -> dict[str, int]:
        """The query's parameters: the rule's thresholds, and $now in months (year * 12 + month)."""
        values = {name: profile.value(dotted) for name, dotted in self.params.items()}
        return {**values, "now": months(as_of)}

    def explain(self, row: Mapping[str, object], profile: Profile, language: Language) -> str:
        """Why a row is a gap or unknown, with the values that led there; "" for one in order."""
        text = self.reasons.get(str(row["reason"]))
        if text is None:
            return ""
        values = {name: profile.value(dotted) for name, dotted in self.params.items()}
        shown = {c.name: format_term(row.get(c.name), c.terms, language) for c in self.columns}
        return text.in_(language).format(**values, **shown)

    # ---- the three answers

    def figure_text(self) -> str:
        """Cypher: how many subjects per status."""
        return f"{self.cypher}\nRETURN status, count(*) AS subjects\nORDER BY status"

    def list_text(self, order: str = "") -> str:
        """Cypher: the subjects of one $status, a page of them ($skip, $limit), by a column or else by name."""
        if order and order not in {c.name for c in self.columns}:
            raise ValueError(f"{self.id} has no column {order}")
        first = f"{order}, " if order else ""
        names = ", ".join((*ALWAYS, *(c.name for c in self.columns)))
        return (
            f"{self.cypher}\nWHERE status = $status\nRETURN {names}\n"
            f"ORDER BY {first}name, key SKIP $skip LIMIT $limit"
        )

    def keys_text(self) -> str:
        """Cypher: the keys of the gaps, for the rings in a picture."""
        return f"{self.cypher}\nWHERE status = 'gap'\nRETURN key\nORDER BY key LIMIT $limit"

    def marks_text(self) -> str:
        """Cypher: the subjects that are not in order with all columns, a page of $limit after the key $after."""
        names = ", ".join((*ALWAYS, *(c.name for c in self.columns)))
        return (
            f"{self.cypher}\nWHERE status <> 'ok' AND key > $after\n"
            f"RETURN {names}\nORDER BY key LIMIT $limit"
        )


def format_term(value: object, terms: Mapping[str, Text] | None, language: Language) -> str:
    """A value of a rule's row as people read it."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return {("zh", True): "是", ("zh", False): "否", ("en", True): "yes", ("en", False): "no"}[
            language, value
        ]
    if isinstance(value, list):
        joint = "、" if language == "zh" else ", "
        return joint.join(format_term(v, terms, language) for v in value) or "—"
    if terms and str(value) in terms:
        return terms[str(value)].in_(language)
    return str(value)


def months(date: str) -> int:
    """A date as a count of months, for differences.

    >>> months("2006-10") - months("2006-04")
    6
    """
    return int(date[:4]) * 12 + int(date[5:7])


def parse_rule(id_: str, text: str, *, own: bool = True) -> Rule:
    """A rule from the text of its file; InputError names every key that is wrong. `own`: it is not one of ours."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise rule_error(id_, [at("TOML", str(error))]) from error
    if faults := list(faults_of(raw, get_args(Severity), own=own)):
        raise rule_error(id_, faults)
    return Rule(
        id=id_,
        about=raw["about"],
        severity=cast(Severity, raw["severity"]),
        params={str(k): str(v) for k, v in raw["params"].items()},
        columns=tuple(_column(name, table) for name, table in raw["columns"].items()),
        reasons={name: _text(t) for name, t in raw["reasons"].items()},
        cypher=_cypher_of(raw["cypher"]),
        own=own,
        nature=cast(Nature, raw.get("nature", "irregular")),
        source=_text(raw["source"]) if "source" in raw else None,
        effective=str(raw.get("effective", "")),
        local=bool(raw.get("local", False)),
        on=bool(raw.get("on", True)),
        **{key: _text(raw[key]) for key in TEXTS},
    )


def _cypher_of(table: Mapping[str, Any]) -> str:
    """The rule's text, behind the shared one that it goes on from."""
    own = str(table["text"]).strip()
    return f"{shared_text(table['after'])}\n{own}" if "after" in table else own


def _column(name: str, table: Mapping[str, Any]) -> RuleColumn:
    terms = table.get("terms")
    return RuleColumn(
        name,
        _text(table),
        bool(table.get("sensitive", False)),
        {v: _text(t) for v, t in terms.items()} if terms else None,
    )


def _text(table: Mapping[str, str]) -> Text:
    return Text(table["zh"], table["en"])


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The rules that run, and the faults of the files that cannot.

    `off`: those that are switched off here; `waiting`: those whose norm does not hold yet at the date that
    counts, where only the norms of that date are to count.
    """

    rules: tuple[Rule, ...]
    faults: tuple[BranchmapError, ...] = ()
    off: tuple[Rule, ...] = ()
    waiting: tuple[Rule, ...] = ()

    @property
    def every(self) -> tuple[Rule, ...]:
        """All rules that there are, those that do not run too, in their order."""
        return _ranked((*self.rules, *self.off, *self.waiting))

    def in_force(self, day: str, *, todays: bool = True) -> Catalogue:
        """The rules that count at a date: all of them (`todays` norms), or only those whose norm holds by then."""
        known = _ranked((*self.rules, *self.waiting)) if self.waiting else self.rules
        late = () if todays else tuple(r for r in known if r.later_than(day))
        return replace(self, rules=tuple(r for r in known if r not in late), waiting=late)

    def ahead(self, day: str) -> tuple[Rule, ...]:
        """The rules that run although their norm holds only from after a date."""
        return tuple(r for r in self.rules if r.later_than(day))

    def rule(self, id_: str) -> Rule:
        """The rule of an id; InputError names the ones there are."""
        for rule in self.rules:
            if rule.id == id_:
                return rule
        if any(rule.id == id_ for rule in self.off):
            raise InputError(f"规则 {id_} 已停用。", f"The rule {id_} is switched off.")
        for rule in self.waiting:
            if rule.id == id_:
                raise InputError(
                    f"规则 {id_} 自 {rule.effective} 起施行，按所计日期尚未施行。",
                    f"The norm of rule {id_} holds from {rule.effective}, after the date that counts.",
                )
        known = "、".join(r.id for r in self.rules)
        raise InputError(
            f"没有规则 {id_}；可用的有：{known}", f"There is no rule {id_}; there are: {known}"
        )


def check_thresholds(rule: Rule, profile: Profile) -> None:
    """InputError where a rule asks for thresholds that the profile does not have."""
    faults = []
    for name, dotted in rule.params.items():
        if dotted not in profile.thresholds:
            near = get_close_matches(dotted, profile.thresholds, 3, 0.4) or sorted(profile.thresholds)
            faults.append(at(f"params.{name}", " | ".join(near)))
    if faults:
        raise rule_error(rule.id, faults)


def read_catalogue(folders: Iterable[Path] = (BUILT_IN,), profile: Profile | None = None) -> Catalogue:
    """The rules of all files in the folders. A faulty file is named and the rest still stand.

    Rules come by severity, then by id. A later folder's rule goes before one of the same name; where it is
    faulty, the earlier one stands. With a `profile`, thresholds that it does not have are faults too, and its
    switches say which rules run; a switch of a rule that there is not is a fault.
    """
    rules: dict[str, Rule] = {}
    faults: list[BranchmapError] = []
    for folder in folders:
        for file in sorted(folder.glob("*.toml")):
            try:
                rules[file.stem] = read_rule(file, profile)
            except InputError as error:
                faults.append(error)
    switches = profile.switches if profile is not None else {}
    faults += [_no_such_switch(name, rules) for name in switches if name not in rules]
    ranked = _ranked(rules.values())
    runs = {r.id for r in ranked if switches.get(r.id, r.on)}
    return Catalogue(
        tuple(r for r in ranked if r.id in runs),
        tuple(faults),
        off=tuple(r for r in ranked if r.id not in runs),
    )


def _ranked(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    order = get_args(Severity)
    return tuple(sorted(rules, key=lambda r: (order.index(r.severity), r.id)))


def _no_such_switch(name: str, rules: Iterable[str]) -> InputError:
    near = get_close_matches(name, list(rules), 3, 0.4)
    return InputError(
        f"参数文件 [rules]：没有规则 {name}" + (f"；相近的有：{'、'.join(near)}" if near else ""),
        f"Profile [rules]: there is no rule {name}" + (f"; the nearest: {', '.join(near)}" if near else ""),
    )


def read_rule(file: Path, profile: Profile | None = None) -> Rule:
    """The rule of one file; InputError names file and key, and what would be right."""
    if not _ID.fullmatch(file.stem):
        right = Text("小写字母、数字和下划线", "a-z, 0-9 and _")
        raise rule_error(file.stem, [RuleFault(Text("文件名", "file name"), right)])
    try:
        rule = parse_rule(file.stem, file.read_text("utf-8-sig"), own=file.parent != BUILT_IN)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"无法读取规则文件 {file}（{error}）。请检查路径和权限，并存为 UTF-8。",
            f"The rule file {file} cannot be read ({error}). Check path and rights, and save it as UTF-8.",
        ) from error
    if profile is not None:
        check_thresholds(rule, profile)
    return rule


def norms_said(catalogue: Catalogue, rules: Iterable[Rule], day: str) -> Text | None:
    """That rules of a later norm are applied, or that some are not yet in force; None where neither is so.

    `rules`: those that are shown; `day`: the date by which periods are reckoned.
    """
    month = month_text(day)
    if catalogue.waiting:
        names = since(catalogue.waiting)
        return Text(
            f"按{month.zh}时的规定衡量，以下规则当时尚未施行，不计问题：{names.zh}。",
            f"Measured by the norms of {month.en}. Not yet in force then, and not counted: {names.en}.",
        )
    ahead = [r for r in rules if r.later_than(day)]
    if not ahead:
        return None
    names = since(ahead)
    return Text(
        f"按现行规定衡量，而日期按{month.zh}计。以下规则施行较晚：{names.zh}。",
        f"Measured by today's norms, while dates are reckoned as of {month.en}. In force only later: {names.en}.",
    )


def since(rules: Sequence[Rule]) -> Text:
    """Rules by the date from which their norm holds, the earliest first.

    A list such as 自2018年10月起施行：甲、乙；自2024年11月起施行：丙.
    """
    dates = sorted({r.effective for r in rules})
    of = {d: [r.title for r in rules if r.effective == d] for d in dates}
    return Text(
        "；".join(f"自{month_text(d).zh}起施行：{'、'.join(t.zh for t in of[d])}" for d in dates),
        "; ".join(f"from {month_text(d).en}: {', '.join(t.en for t in of[d])}" for d in dates),
    )
