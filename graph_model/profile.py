"""How a site measures: thresholds (profile.toml, its own file over it), the date that counts, the rules that run."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from graph_model.errors import BranchmapError, InputError, SchemaError
from graph_model.text import Text

Origin = Literal["today", "option", "setting", "survey"]
_DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d{2}))?")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


BUILT_IN = Path(__file__).with_name("profile.toml")


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A date as exact as it is known (YYYY-MM or YYYY-MM-DD), and whose it is."""

    day: str
    origin: Origin = "today"

    @property
    def month(self) -> Text:
        """The month as people write it.

        >>> Reckoning("2006-10").month
        Text(zh='2006年10月', en='October 2006')
        """
        return month_text(self.day)

    @property
    def notice(self) -> Text | None:
        """The sentence that stands on a page or report that is not reckoned by today; None where it is.

        >>> Reckoning("2006-10", "survey").notice.zh
        '示例数据，日期按2006年10月计'
        """
        if self.origin == "today":
            return None
        zh, en = self.month.zh, self.month.en
        if self.origin == "survey":
            return Text(f"示例数据，日期按{zh}计", f"Sample data: dates are reckoned as of {en}")
        return Text(f"日期按{zh}计", f"Dates are reckoned as of {en}")


def month_text(day: str) -> Text:
    """Year and month of a date as people write them."""
    return Text(f"{day[:4]}年{int(day[5:7])}月", f"{_MONTHS[int(day[5:7]) - 1]} {day[:4]}")


def read_day(text: str) -> str:
    """A date as YYYY-MM or YYYY-MM-DD; InputError for one that is neither, or that the calendar lacks.

    >>> read_day(" 2006-10 ")
    '2006-10'
    """
    found = _DAY.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError(text)
        date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError as error:
        raise InputError(
            f"日期应写成 2006-10 或 2006-10-31，现为“{text}”。",
            f"A date is written as 2006-10 or 2006-10-31, not “{text}”.",
        ) from error
    return found[0]


def reckon(given: Reckoning | None, own: str, today: date) -> Reckoning:
    """The date that counts: the one that was given, else the example's `own` ("" where it has none), else today."""
    if given is not None:
        return given
    return Reckoning(own, "survey") if own else Reckoning(today.isoformat())


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number of the profile: what it means, where it comes from and since when."""

    name: str
    value: int
    text: Text
    source: str
    effective: str


@dataclass(frozen=True, slots=True)
class Profile:
    """Every threshold by its dotted name, such as "branch.min_full_members", and how rules are applied here.

    `given`: the date by which periods are reckoned, where it is not today's or the example's own.
    `todays_norms`: whether rules count whose norm holds only from after that date. `switches`: rules that are
    switched on or off here.
    """

    thresholds: Mapping[str, Threshold]
    faults: tuple[BranchmapError, ...] = ()
    given: Reckoning | None = None
    todays_norms: bool = True
    switches: Mapping[str, bool] = field(default_factory=dict)

    def value(self, name: str) -> int:
        """The number behind a name; SchemaError names the nearest there are."""
        if name not in self.thresholds:
            known = "、".join(sorted(self.thresholds))
            raise SchemaError(
                f"规则参数中没有 {name}；可用的有：{known}", f"no threshold {name} in the profile: {known}"
            )
        return self.thresholds[name].value


def read_profile(site: Path | None = None) -> Profile:
    """The built-in profile, with the values of a site's file over it.

    A site's file may name only thresholds that exist, and needs only `value` for each. What is wrong in it
    stands in `faults`, with file and key, and the built-in value holds: a slip does not stop the rest.
    """
    base = {
        name: _threshold(name, table)
        for name, table in _flatten(tomllib.loads(BUILT_IN.read_text("utf-8")))
    }
    if site is None or not site.exists():
        return Profile(base)
    try:
        said = tomllib.loads(site.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        return Profile(base, (_unreadable(site, error),))
    faults: list[BranchmapError] = []
    given, todays_norms = _reckoned(site, said.pop("reckoning", {}), faults)
    switches = _switches(site, said.pop("rules", {}), faults)
    faults += [_stray(site, group) for group, names in said.items() if not isinstance(names, dict)]
    for name, table in _flatten(said, every=True):
        if (fault := _fault(site, name, table, base)) is not None:
            faults.append(fault)
            continue
        old = base[name]
        base[name] = Threshold(
            name,
            table["value"],
            old.text,
            str(table.get("source", site.name)),
            str(table.get("effective", old.effective)),
        )
    return Profile(base, tuple(faults), given, todays_norms, switches)


def _reckoned(site: Path, said: Any, faults: list[BranchmapError]) -> tuple[Reckoning | None, bool]:
    """The section [reckoning]: `as_of`, a date, and `todays_norms`, true or false."""
    given, todays = None, True
    for name, value in said.items() if isinstance(said, dict) else [("", said)]:
        if name == "as_of":
            try:
                given = Reckoning(read_day(str(value)), "setting")
            except InputError as error:
                faults.append(_in_file(site, f"[reckoning] {name}", error.text))
        elif name == "todays_norms" and isinstance(value, bool):
            todays = value
        else:
            right = Text(
                '应为 as_of = "2006-10" 或 todays_norms = true',
                'is as_of = "2006-10" or todays_norms = true',
            )
            faults.append(_in_file(site, f"[reckoning] {name}", right))
    return given, todays


def _switches(site: Path, said: Any, faults: list[BranchmapError]) -> dict[str, bool]:
    """The section [rules]: the id of a rule, and true or false."""
    found: dict[str, bool] = {}
    for name, value in said.items() if isinstance(said, dict) else [("", said)]:
        if isinstance(value, bool):
            found[name] = value
        else:
            faults.append(_in_file(site, f"[rules] {name}", Text("应为 true 或 false", "is true or false")))
    return found


def _in_file(site: Path, key: str, right: Text) -> InputError:
    return InputError(f"参数文件 {site}，{key}：{right.zh}", f"Profile {site}, {key}: {right.en}")


def _unreadable(site: Path, error: Exception) -> InputError:
    return InputError(
        f"参数文件 {site} 不能读取，或不是有效的 TOML（UTF-8）：{error}。现用内置参数，请改正。",
        f"The profile {site} cannot be read or is not valid TOML in UTF-8: {error}. "
        "The built-in values hold until it is mended.",
    )


def _stray(site: Path, name: str) -> InputError:
    return InputError(
        f"参数文件 {site}：{name} 不在任何一节中；应写成 [节.参数] 和 value = 整数。",
        f"Profile {site}: {name} stands in no section; write [section.threshold] and value = a whole number.",
    )


def _fault(site: Path, name: str, table: Any, base: Mapping[str, Threshold]) -> InputError | None:
    if name not in base:
        known = get_close_matches(name, base, 3, 0.4) or sorted(base)
        return InputError(
            f"参数文件 {site}：没有参数 {name}；可用的有：{'、'.join(known)}",
            f"Profile {site}: there is no threshold {name}; there are: {', '.join(known)}",
        )
    value = table.get("value") if isinstance(table, dict) else table
    if not isinstance(table, dict) or not isinstance(value, int) or isinstance(value, bool) or value < 0:
        return InputError(
            f"参数文件 {site}：{name}.value 应为整数（0 或以上），现为 {value!r}。现用内置值 {base[name].value}。",
            f"Profile {site}: {name}.value should be a whole number of 0 or more, not {value!r}. "
            f"The built-in {base[name].value} holds.",
        )
    return None


def _flatten(tables: Mapping[str, Any], *, every: bool = False) -> list[tuple[str, Any]]:
    return [
        (f"{group}.{name}", table)
        for group, names in tables.items()
        if isinstance(names, dict)
        for name, table in names.items()
        if every or isinstance(table, dict)
    ]


def _threshold(name: str, table: Mapping[str, Any]) -> Threshold:
    text = Text(table["zh"], table["en"])
    rest = {f.name: table[f.name] for f in fields(Threshold) if f.name in table}
    return Threshold(name=name, text=text, **rest)
