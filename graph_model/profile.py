"""The thresholds of the rules: profile.toml, overridden by a site's own file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from graph_model.errors import BranchmapError, InputError, SchemaError
from graph_model.text import Text

BUILT_IN = Path(__file__).with_name("profile.toml")


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
    """Every threshold by its dotted name, such as "branch.min_full_members"."""

    thresholds: Mapping[str, Threshold]
    faults: tuple[BranchmapError, ...] = ()

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
    return Profile(base, tuple(faults))


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
