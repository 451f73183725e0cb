"""The life of a gap over the survey rounds: what a round changes, and what people arrange about it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast, get_args

from graph_model.coverage.catalogue import Rule
from graph_model.errors import InputError
from graph_model.findings.freshness import Freshness, new_revision
from graph_model.findings.record_versions import with_earlier_values
from graph_model.findings.revert import EDITABLE, UNDONE
from graph_model.graph import Node, Properties
from graph_model.profile import Profile
from graph_model.schema import node_type
from graph_model.store.driver import Row
from graph_model.store.store import STATE_KEY, Round, Store

LABEL = "Finding"
PAGE = 1_000_000
LONGEST = 500

GapStatus = Literal["new", "continuing", "reopened", "cleared"]
WorkState = Literal["todo", "doing", "accepted"]
GAP_STATUSES: tuple[GapStatus, ...] = get_args(GapStatus)
STATES: tuple[WorkState, ...] = get_args(WorkState)
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d{2})?")


# ---- one finding


@dataclass(frozen=True, slots=True)
class Finding:
    """One gap as it is remembered. `present`: the last answer of the rule about the subject."""

    key: str
    rule: str
    subject: str
    said: Properties

    @property
    def name(self) -> str:
        """What the subject was called when it was last seen; not masked."""
        return self.text("name")

    @property
    def cleared(self) -> bool:
        """Whether the last round found it no longer."""
        return "cleared_in" in self.said

    @property
    def unknown(self) -> bool:
        """Whether it stays open because the last round left open whether it still is a gap."""
        return self.text("present") == "unknown"

    @property
    def rounds(self) -> int:
        """In how many rounds it was seen."""
        return int(self.said.get("rounds", 0))

    def text(self, name: str) -> str:
        """A property as text; "" where there is none."""
        return str(self.said.get(name, ""))

    def life(self, round_: str) -> GapStatus:
        """Where it stands in a round."""
        if self.cleared:
            return "cleared"
        if self.text("reopened_in") == round_:
            return "reopened"
        return "new" if self.text("first_seen") == round_ else "continuing"

    def state(self, today: date) -> WorkState:
        """The state of the work on a day: an acceptance that has run out is to do again."""
        state = cast(WorkState, self.said.get("state", "todo"))
        return "todo" if state == "accepted" and is_past(self.text("accepted_until"), today) else state

    def overdue(self, today: date) -> bool:
        """Whether its due date has passed, and it is neither cleared nor accepted."""
        return not self.cleared and self.state(today) != "accepted" and is_past(self.text("due"), today)


def is_past(day: str, today: date) -> bool:
    """Whether a date, as exact as it is, lies wholly before today.

    >>> is_past("2006-10", date(2006, 10, 31)), is_past("2006-10", date(2006, 11, 1)), is_past("", date.max)
    (False, True, False)
    """
    return bool(day) and day < today.isoformat()[: len(day)]


def finding_key(rule: str, subject: str) -> str:
    """The key of the finding of a rule about a subject.

    >>> finding_key("own_branch_due", "u_1")
    'f_own_branch_due:u_1'
    """
    return f"f_{rule}:{subject}"


# ---- what a round changes: pure


@dataclass(frozen=True, slots=True)
class RuleHit:
    """One subject that a rule does not find in order."""

    rule: str
    subject: str
    name: str
    status: Literal["gap", "unknown"]
    reason: str
    areas: str = ""
    """The keys of the areas that the subject belongs to, with blanks between."""


@dataclass(frozen=True, slots=True)
class CurrentHits:
    """What the rules say now. `ran`: the rules that gave an answer; of the others nothing is known.

    `stopped`: the rules that do not count here any more, switched off or not yet in force.
    """

    marks: Mapping[str, RuleHit]
    ran: frozenset[str]
    failed: frozenset[str] = frozenset()
    stopped: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, marks: Iterable[RuleHit], ran: Collection[str], failed: Collection[str] = ()
    ) -> CurrentHits:
        """What marks say, by the key of the finding; a subject that a rule gives twice is a gap if one row says so."""
        by_key: dict[str, RuleHit] = {}
        for mark in marks:
            key = finding_key(mark.rule, mark.subject)
            if key not in by_key or (mark.status == "gap" and by_key[key].status != "gap"):
                by_key[key] = mark
        return cls(by_key, frozenset(ran), frozenset(failed))


def finding_changes(
    held: Mapping[str, Finding], present: CurrentHits, round_: str, *, version: int, by_rule: bool = False
) -> tuple[Node, ...]:
    """The findings that a round changes, as the properties to write; what is no longer true comes as None.

    A gap is new, continues or is reopened. One whose rule ran is cleared when the subject is neither a gap
    nor unknown any more; an unknown one stays open. A rule that did not run leaves its findings alone.
    `version`: of the store that says so; with each finding is kept what it was before, for whoever undoes
    the load. `by_rule`: the data are those of before, and only rules, thresholds or the date were changed.
    """
    found: list[Node] = []
    for key, mark in present.marks.items():
        old = held.get(key)
        if mark.status == "gap":
            new = _seen(mark, old, round_)
        elif old is not None and not old.cleared:
            new = {"present": "unknown", "reason": mark.reason, "name": mark.name}
        else:
            continue
        _keep(found, key, new, old, version)
    for key, old in held.items():
        stopped = old.rule in present.stopped
        if key not in present.marks and (stopped or old.rule in present.ran) and not old.cleared:
            gone = {"present": "gone", "cleared_in": round_, "by_rule": by_rule or stopped}
            _keep(found, key, gone, old, version)
    return tuple(found)


def _seen(mark: RuleHit, old: Finding | None, round_: str) -> dict[str, Any]:
    before = old.text("seen_in").split() if old else []
    rounds = sorted({*before, round_})
    new: dict[str, Any] = {
        "name": mark.name,
        "rule": mark.rule,
        "subject": mark.subject,
        "reason": mark.reason,
        "present": "gap",
        "seen_in": " ".join(rounds),
        "first_seen": rounds[0],
        "last_seen": rounds[-1],
        "rounds": len(rounds),
        "areas": mark.areas or None,
    }
    if old is not None and old.cleared:
        new |= {"cleared_in": None, "by_rule": None, "reopened_in": round_}
    return new


def _keep(found: list[Node], key: str, new: Mapping[str, Any], old: Finding | None, version: int) -> None:
    """Note a change, unless it says what is held already."""
    if old is None or any(old.said.get(name) != value for name, value in new.items()):
        found.append(
            Node(LABEL, key, {**new, **with_earlier_values(old.said if old else None, new, version)})
        )


# ---- the store


def read_findings(store: Store) -> tuple[Finding, ...]:
    """Every finding that the store holds, by key."""
    return _findings(store.records(LABEL))


def _findings(nodes: Iterable[Node]) -> tuple[Finding, ...]:
    """Without those that wait until their gap is seen again, the only load that saw it being undone."""
    return tuple(_finding(node) for node in nodes if node.properties.get("present") != UNDONE)


def _finding(node: Node) -> Finding:
    said = node.properties
    return Finding(node.key, str(said.get("rule", "")), str(said.get("subject", "")), said)


def rule_rows(
    store: Store,
    rule: Rule,
    profile: Profile,
    as_of: str,
    *,
    page: int = PAGE,
    seconds: float | None = None,
) -> Iterator[tuple[Row, ...]]:
    """Every subject of a rule that is a gap or unknown, by key, in pages. Raises what the store says of the query."""
    after = ""
    while True:
        values = {**rule.parameters(profile, as_of), "after": after, "limit": page}
        rows = store.ask(rule.marks_text(), values, limit=page, seconds=seconds).rows
        yield rows
        if len(rows) < page:
            return
        after = str(rows[-1]["key"])


def rule_hit(rule: Rule, row: Row) -> RuleHit:
    """What a rule's row says of its subject."""
    return RuleHit(rule.id, str(row["key"]), str(row["name"] or ""), row["status"], str(row["reason"]))


def rule_hits(store: Store, rule: Rule, profile: Profile, as_of: str, *, page: int = PAGE) -> list[RuleHit]:
    """Every subject of a rule that is a gap or unknown, by key. Raises what the store says of the query."""
    return [
        rule_hit(rule, row) for rows in rule_rows(store, rule, profile, as_of, page=page) for row in rows
    ]


def write_findings(
    store: Store,
    round_: Round,
    *,
    now: CurrentHits,
    before: Freshness,
    rules: str,
    also: Sequence[Node] = (),
) -> int:
    """Bring the findings up to what the rules say now; returns how many changed.

    `before`: how they stood before the rules were asked; `rules`: the hash of those that were asked.
    StoreBusy where a load came since then: what was found is of data that are no more, and nothing is written.
    Findings, `also` (the round's figures) and the mark that it was done land together, so that a crash
    leaves it to be done at the next opening. What people wrote is never touched.
    """
    held = {f.key: f for f in read_findings(store)}
    same_data = before.load == str(before.version)
    new = finding_changes(
        held, now, round_.name, version=before.version, by_rule=same_data and before.rules != rules
    )
    # rules that failed are tried again at the next opening
    failed = " ".join(sorted(now.failed)) or None
    mark = {"refreshed": f"{before.version} {rules}", "failed": failed}
    [state] = store.nodes([STATE_KEY])
    done = new_revision(**mark, **with_earlier_values(state.properties, mark, before.version))
    store.put([*new, *also, done], version=before.version)
    return len(new)


# ---- what people arrange


def edit(store: Store, keys: Collection[str], values: Mapping[str, str]) -> int:
    """Write owner, due date, note or state of some findings, all of them or none; returns how many changed.

    `values` names what changes; "" takes it away. InputError for a property that only a round may say, an
    impossible date, a state that there is not, an acceptance without date and reason, a finding that is
    cleared, and a finding that is not there.
    """
    given = {name: _checked(name, value.strip()) for name, value in values.items()}
    held = {f.key: f for f in read_findings(store)} if len(keys) > 50 else _few(store, keys)
    new: list[Node] = []
    for key in keys:
        if key not in held:
            raise InputError(
                "没有这条问题记录。请刷新页面后重试。",
                f"There is no such finding ({key}). Reload the page and try again.",
            )
        after = _edited(held[key], given)
        if any(held[key].said.get(name) != value for name, value in after.items()):
            new.append(Node(LABEL, key, after))
    if new:
        store.put([*new, new_revision()])
    return len(new)


def _few(store: Store, keys: Collection[str]) -> dict[str, Finding]:
    return {f.key: f for f in _findings(store.nodes(keys))}


def _checked(name: str, value: str) -> str:
    if name not in EDITABLE:
        raise InputError(
            f"“{name}”不能改：只能改{'、'.join(_title(n, 'zh') for n in EDITABLE)}。问题由下一批调摸核实后销号。",
            f"“{name}” cannot be changed: only {', '.join(EDITABLE)}. A problem is settled by a later round.",
        )
    if len(value) > LONGEST:
        raise InputError(
            f"“{_title(name, 'zh')}”有 {len(value)} 字，最多 {LONGEST} 字，请缩短。",
            f"“{_title(name, 'en')}” has {len(value)} characters, {LONGEST} are the most. Shorten it.",
        )
    if name in ("due", "accepted_until") and value and not _is_day(value):
        raise InputError(
            f"“{_title(name, 'zh')}”应写成 2006-11 或 2006-11-30，现为“{value}”。",
            f"“{_title(name, 'en')}” is written as 2006-11 or 2006-11-30, not “{value}”.",
        )
    if name == "state" and value not in ("", *STATES):
        raise InputError(
            f"办理状态只能是{'、'.join(_state_titles('zh'))}，不能是“{value}”。问题由下一批调摸核实后销号，不能手工销号。",
            f"The state is one of {', '.join(_state_titles('en'))}, not “{value}”. Only a later round settles a "
            "problem.",
        )
    return value


def _edited(old: Finding, given: Mapping[str, str]) -> dict[str, Any]:
    if old.cleared and any(given.values()):
        raise InputError(
            "该问题已销号，无须再交办。",
            "This problem is settled: nothing is left to assign.",
        )
    after: dict[str, Any] = {name: value or None for name, value in given.items()}
    merged = {**{n: old.text(n) for n in EDITABLE}, **given}
    if merged["state"] == "accepted" and not (merged["accepted_until"] and merged["accepted_reason"]):
        raise InputError(
            "暂缓整改须同时写明“暂缓至”和“暂缓理由”。",
            "To put a problem off, say until when and for what reason.",
        )
    if merged["state"] != "accepted" and "state" in given:
        # a date and a reason without an acceptance would mislead
        after |= {n: None for n in ("accepted_until", "accepted_reason") if not given.get(n)}
    return after


def _is_day(value: str) -> bool:
    if not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value if len(value) == 10 else f"{value}-01")
    except ValueError:
        return False
    return True


def _title(name: str, language: Literal["zh", "en"]) -> str:
    return node_type(LABEL).property(name).text.in_(language)


def _state_titles(language: Literal["zh", "en"]) -> list[str]:
    return [t.text.in_(language) for t in node_type(LABEL).property("state").terms]
