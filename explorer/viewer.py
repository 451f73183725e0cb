"""Who is looking: language, and whether names of people may be seen. Everything shown passes here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from explorer.names_in_text import mask_people
from graph_model.coverage.catalogue import Rule, Status
from graph_model.graph import Scalar
from graph_model.schema import NODE_TYPES, node_type
from graph_model.schema.extra_values import EXTRA_PROPERTY, read_extra, write_extra
from graph_model.text import Language

LEFT_OUT = "**"
"""Stands for a text of which it is not certain that it holds no name."""

# the compound surnames in use; a name that starts with one keeps both characters
_COMPOUND = frozenset(
    (
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "司徒",
        "东方",
        "独孤",
        "南宫",
        "夏侯",
        "尉迟",
        "皇甫",
        "公孙",
        "慕容",
        "令狐",
        "宇文",
        "长孙",
        "轩辕",
        "端木",
        "百里",
        "呼延",
        "申屠",
        "太史",
        "闻人",
        "澹台",
        "公冶",
        "宗政",
        "濮阳",
        "淳于",
        "单于",
        "钟离",
        "鲜于",
        "闾丘",
        "公羊",
        "万俟",
        "赫连",
    )
)


def mask(name: str) -> str:
    """A person's name with only the surname left.

    >>> mask("王小明"), mask("欧阳小明"), mask("李"), mask("")
    ('王**', '欧阳**', '*', '')
    """
    kept = 2 if name[:2] in _COMPOUND and len(name) > 2 else 1
    if len(name) <= kept:
        return "*" * len(name)
    # at most two stars: the length of a long name would tell who it is
    return name[:kept] + "*" * min(len(name) - kept, 2)


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person in front of the screen. Without `names`, sensitive values never leave this module."""

    names: bool = False
    language: Language = "zh"

    def caption(self, label: str, properties: Mapping[str, Any]) -> str:
        """What a node is called on screen: its name, masked for people where the viewer may not see it."""
        name = str(properties.get("name", ""))
        return name if self.names or not node_type(label).of_people() else mask(name)

    def properties(self, label: str, properties: Mapping[str, Scalar]) -> dict[str, Scalar]:
        """The declared properties that this viewer may see; the name masked, other sensitive ones left out.

        Of extra values the headings are left: their texts may name anybody.
        """
        shown: dict[str, Scalar] = {}
        for declared in node_type(label).properties:
            value = properties.get(declared.name)
            if value is None:
                continue
            if declared.sensitive and not self.names:
                if declared.name == "name":
                    shown["name"] = mask(str(value))
                if declared.name == EXTRA_PROPERTY:
                    shown[EXTRA_PROPERTY] = write_extra(self.extra_values(value))
                continue
            shown[declared.name] = value
        return shown

    def extra_values(self, stored: object) -> dict[str, str]:
        """Extra values by heading; LEFT_OUT for each text where names may not be seen."""
        values = read_extra(stored)
        return values if self.names else dict.fromkeys(values, LEFT_OUT)

    def extra_changes(self, before: object, after: object) -> Iterator[tuple[str, str, str]]:
        """(heading, text before, text after) of the extra values that changed, "" for nothing."""
        was, is_ = read_extra(before), read_extra(after)
        shown = self.extra_values(before), self.extra_values(after)
        for heading in sorted(was | is_):
            if was.get(heading) != is_.get(heading):
                yield heading, shown[0].get(heading, ""), shown[1].get(heading, "")

    def row(self, rule: Rule, row: Mapping[str, Any]) -> dict[str, Any]:
        """A rule's row with people's names masked where the viewer may not see them.

        Of a site's own rule, a text that is not certain to be none is left out whole: a part of a name, or one
        in other letters, cannot be masked by its surname.
        """
        if self.names:
            return dict(row)
        sensitive, uncertain = rule.sensitive, rule.uncertain
        return {
            k: _left_out(v, _known(rule, k)) if k in uncertain else _masked(v) if k in sensitive else v
            for k, v in row.items()
        }

    def place_name(self, name: str) -> str:
        """What a file or a sheet is called; people's names in it are masked where the viewer may not see them."""
        return name if self.names else mask_people(name, mask)

    def value(self, value: object, known: Collection[str] = ()) -> object:
        """A value of unknown origin: a text only where it is one of `known` or a key."""
        return value if self.names else _left_out(value, known)

    def searchable(self) -> list[str]:
        """The labels that may be searched: finding a person by a clear name would confirm it."""
        return [t.label for t in NODE_TYPES.values() if t.survey and (self.names or not t.of_people())]


def _masked(value: object) -> object:
    if isinstance(value, list):
        return [_masked(v) for v in value]
    return mask(str(value)) if value is not None else None


_KEY = re.compile(r"[a-z]{1,4}_[0-9a-f]{20}")


def _known(rule: Rule, column: str) -> Collection[str]:
    """The texts that a column of a rule declares."""
    if column == "status":
        return get_args(Status)
    if column == "reason":
        return ("", *rule.reasons)
    return next((c.terms for c in rule.columns if c.name == column and c.terms), ())


def _left_out(value: object, known: Collection[str]) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list):
        return [_left_out(v, known) for v in value]
    text = value if isinstance(value, str) else ""
    return text if isinstance(value, str) and (text in known or _KEY.fullmatch(text)) else LEFT_OUT
