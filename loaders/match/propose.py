"""Propose a form and its columns for a sheet that our own headings do not decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from loaders.forms.answers import LEAVE, NOTE
from loaders.forms.form import Form, FormColumn
from loaders.map.heading_rows import (
    Stacked,
    flat,
    implied_of,
    is_of_another_form,
    stacks,
    title_of,
    without_ordinal,
)
from loaders.map.headings import Header, heading_candidates, is_running_heading
from loaders.match.evidence import ColumnContent, KnownNames, content_of, fit, speaks_for
from loaders.match.likeness import (
    STRIPPED,
    english_of,
    heading_key,
    is_spelling_of,
    likeness,
    same_but_for_words,
    says_two_things,
)
from loaders.match.proposal import Certainty, ColumnProposal, Reason, SheetProposal, target
from loaders.privacy import is_private_heading, private_kind
from loaders.read.worksheet import Worksheet

SURE, LIKELY = 0.9, 0.68
_SHOWN_ROWS, _OTHERS = 5, 3
_MARGIN = 1.2
"""A form that is sure is so much better than the next one."""
GENERIC = frozenset(
    [
        "姓名",
        "性别",
        "出生年月",
        "所在单位",
        "职务",
        "党员编号",
        "联络员姓名",
        "身份",
        "派出单位",
        "说明",
        "区域",
        "申报数",
        "居民区",
        "召开时间",
        "单位名称",
        "党支部名称",
        "居民区名称",
        "商业区名称",
        "街道名称",
        "所属街道",
    ]
)
"""Columns of forms that many lists have which are none of ours; none of them alone makes a sheet a form."""


@dataclass(frozen=True, slots=True)
class SheetHeading:
    """One column of a sheet that has a heading: where, as written, as compared, and what stands below.

    `key`: with the group above, and with its number where it is not the first of that heading; `alone`: without both,
    and without the number that it is written with (联系企业二).
    """

    column: int
    text: str
    key: str
    alone: str
    content: ColumnContent


@dataclass(frozen=True, slots=True)
class Bound:
    """A column of a form for a column of the sheet, with how sure from 0 to 1, and why."""

    heading: SheetHeading
    column: FormColumn
    score: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form for a sheet: the columns that it would have, and how much speaks for it."""

    form: Form
    bound: tuple[Bound, ...]
    strength: float
    share: float
    complete: bool
    distinctive: int
    named: bool

    @property
    def certainty(self) -> Certainty:
        """How sure, the other forms apart."""
        best = [b for b in self.bound if b.score >= SURE]
        if not self.complete or not (self.distinctive or self.named):
            return "unsure"
        required = all(b.score >= SURE for b in self.bound if b.column.required and b.score >= LIKELY)
        if required and len(best) > 1 and (self.share >= 0.5 or (self.named and self.share >= 0.3)):
            return "sure"
        return "likely"


def headings_of(sheet: Worksheet, stack: Stacked, known: KnownNames) -> tuple[SheetHeading, ...]:
    """The columns of a sheet below a stack of heading rows; one of the same heading has its number behind it."""
    found: list[SheetHeading] = []
    seen: dict[str, int] = {}
    below = stack.rows[-1].number
    for at, (cell, group) in enumerate(zip(stack.cells, stack.groups, strict=True)):
        if not flat(cell) or is_running_heading(cell):
            continue
        text = " ".join((cell or "").split())
        key = heading_key(f"{group}{cell}" if group else cell)
        seen[key] = seen.get(key, 0) + 1
        key = key if seen[key] == 1 else f"{key}#{seen[key]}"
        content = content_of(sheet.columns[at][below:], known)
        found.append(SheetHeading(at, text, key, without_ordinal(heading_key(cell)), content))
    return tuple(found)


def propose(sheet: Worksheet, forms: Sequence[Form], known: KnownNames) -> SheetProposal | None:
    """The best form for a sheet, or none where nothing in it looks like the headings of any form."""
    best: tuple[tuple[float, int], Stacked, tuple[SheetHeading, ...], tuple[Candidate, ...]] | None = None
    for stack in sorted(
        stacks(heading_candidates(sheet)), key=lambda s: len(s.rows)
    ):  # no more than needed
        if not _says_something(stack, forms):
            continue
        headings = headings_of(sheet, stack, known)
        candidates = _candidates(sheet, headings, forms, title_of(sheet, stack.rows[0].number))
        score = (round(candidates[0].strength, 2), len(headings)) if candidates else (0.0, 0)
        if candidates and (best is None or score > best[0]):
            best = (score, stack, headings, candidates)
    if best is None:
        return None
    return _proposal(sheet, best[1], best[2], best[3])


def _says_something(stack: Stacked, forms: Sequence[Form]) -> bool:
    """Has a row two headings that are like some of a form: a row of data has none, and is not looked into."""
    keys = {heading_key(c) for c in stack.cells if c}
    return any(sum(any(v >= LIKELY for v in likeness(k, f).values()) for k in keys) > 1 for f in forms)


def propose_for(
    sheet: Worksheet, header: Header, forms: Sequence[Form], known: KnownNames
) -> SheetProposal:
    """What the columns are of a sheet whose form and heading rows are found."""
    stack = next(
        s for s in stacks(heading_candidates(sheet)) if tuple(r.number for r in s.rows) == _numbers(header)
    )
    headings = headings_of(sheet, stack, known)
    title = title_of(sheet, header.top)
    candidates = _candidates(sheet, headings, forms, title)
    own = next((c for c in candidates if c.form == header.form), None) or _candidate(
        sheet, headings, header.form, title
    )
    return _proposal(sheet, stack, headings, (own, *(c for c in candidates if c.form != header.form)))


def propose_as(proposal: SheetProposal, form: Form) -> SheetProposal:
    """The same sheet taken for another form, by its headings and the rows that the proposal shows."""
    headings = tuple(
        SheetHeading(
            c.column,
            c.heading,
            c.key,
            without_ordinal(heading_key(c.heading)),
            content_of((r[c.column] for r in proposal.rows), {}),
        )
        for c in proposal.columns
    )
    columns = column_proposals(headings, form, bind(headings, form))
    return replace(proposal, form=form.id, runner_up=None, columns=columns)


def _numbers(header: Header) -> tuple[int, ...]:
    return tuple(r.number for r in header.rows)


def _candidates(
    sheet: Worksheet, headings: Sequence[SheetHeading], forms: Sequence[Form], title: str
) -> tuple[Candidate, ...]:
    """The forms that anything speaks for, the best first."""
    cells = [h.text for h in headings]
    found = (_candidate(sheet, headings, f, title) for f in forms if not is_of_another_form(cells, f))
    possible = [c for c in found if sum(b.score >= LIKELY for b in c.bound) > 1]
    return tuple(sorted(possible, key=lambda c: (c.complete, c.strength), reverse=True))


def _candidate(sheet: Worksheet, headings: Sequence[SheetHeading], form: Form, title: str) -> Candidate:
    bound = bind(headings, form)
    good = [b for b in bound if b.score >= LIKELY]
    names = {heading_key(s) for s in (*form.sheets, form.title.zh, form.title.en)}
    name = heading_key(sheet.name)
    named = name in names or any(len(n) > 2 and n in name for n in names)
    distinctive = sum(b.column.heading not in GENERIC for b in good)
    required = [c.heading for c in form.columns if c.required]
    here = {b.column.heading: b.heading.column for b in good}
    implied = implied_of([h.text for h in headings], form, here, title)
    complete = set(required) <= here.keys() | implied.keys()
    open_ = [h for h in headings if not _is_private(h)]
    # further things of the row speak for a form that a row may name them in, as in a table of companies
    own = {b.heading.column for b in good if b.reason == "same"}
    further = len(_part_targets(form, headings, own)) if complete and not _lists_people(headings) else 0
    strength = sum(b.score * (0.4 if b.column.heading in GENERIC else 1) for b in good) + further + named
    share = (len(good) + further) / max(1, len(open_))
    return Candidate(form, bound, strength, share, complete, distinctive, named)


def _lists_people(headings: Sequence[SheetHeading]) -> bool:
    return any(h.alone in ("姓名", "党员姓名") for h in headings)


def bind(headings: Sequence[SheetHeading], form: Form) -> tuple[Bound, ...]:
    """The columns of a form for those of a sheet, each once, the surest first.

    Names of the row's own kind alone say nothing: beside 居民区, a column of names of areas is seldom its neighbours.
    """
    columns = {c.heading: c for c in form.columns}
    every: list[Bound] = []
    for heading in headings:
        if _is_private(heading):
            continue
        like = _likeness(heading, form)
        every += (_bound(heading, columns[name], form, alike) for name, alike in like.items())
        if not says_two_things(heading.alone):
            every += (
                Bound(heading, c, LIKELY, "content")
                for c in form.columns
                if form.label not in c.ends and speaks_for(c, heading.content)
            )
    taken: set[int] = set()
    used: set[str] = set()
    found: list[Bound] = []
    many: set[str] = set()
    for one in sorted(every, key=lambda b: (-b.score, b.heading.column)):
        again = one.heading.alone in many and one.heading.alone != one.heading.key
        if one.heading.column in taken or one.column.heading in used or again:
            continue
        if one.column.many and one.column.tie and one.score >= LIKELY:
            many.add(one.heading.alone)
        taken.add(one.heading.column)
        used.add(one.column.heading)
        found.append(one)
    return tuple(found) + _further(headings, found, taken)


def _further(
    headings: Sequence[SheetHeading], found: Sequence[Bound], taken: set[int]
) -> tuple[Bound, ...]:
    """The second and third column of names (联系企业二) for a column of the form that takes several."""
    many = {b.heading.alone: b for b in found if b.column.many and b.column.tie and b.score >= LIKELY}
    more = (h for h in headings if h.column not in taken and h.alone in many and h.alone != h.key)
    return tuple(replace(many[h.alone], heading=h) for h in more)


def _bound(heading: SheetHeading, column: FormColumn, form: Form, alike: float) -> Bound:
    fits = fit(column, form, heading.content)
    score = alike + (1 - alike) * 0.6 * fits if fits > 0 else alike * (1 + 0.45 * fits)
    own = any(is_spelling_of(k, form, column.heading) for k in (heading.alone, _grouped(heading)))
    reason: Reason = "same" if own else "content" if alike < LIKELY and fits > 0 else "alike"
    if says_two_things(heading.alone) and not own:
        score = min(score, alike)
    # likeness of words alone makes nothing sure: what stands in the column has to agree
    if alike < STRIPPED and fits <= 0:
        score = min(score, SURE - 0.01)
    return Bound(heading, column, round(score, 3), reason)


def _grouped(heading: SheetHeading) -> str:
    return heading.key.partition("#")[0]


def _likeness(heading: SheetHeading, form: Form) -> Mapping[str, float]:
    """With the group above and without it: the better of both."""
    both, alone = likeness(_grouped(heading), form), likeness(heading.alone, form)
    return {name: max(both.get(name, 0.0), alone.get(name, 0.0)) for name in {**both, **alone}}


def _is_private(heading: SheetHeading) -> bool:
    return (
        is_private_heading(heading.key) or private_kind(heading.text) is not None or "地址" in heading.key
    )


def _proposal(
    sheet: Worksheet, stack: Stacked, headings: Sequence[SheetHeading], candidates: Sequence[Candidate]
) -> SheetProposal:
    best, next_best = candidates[0], candidates[1] if len(candidates) > 1 else None
    certainty = best.certainty
    rival = next_best is not None and next_best.complete and next_best.strength * _MARGIN > best.strength
    if certainty == "sure" and rival:
        certainty = "likely"
    columns = column_proposals(headings, best.form, best.bound)
    private = {c.column for c in columns if c.private}
    last = stack.rows[-1].number
    rows = tuple(
        tuple(None if at in private else cell for at, cell in enumerate(row.cells))
        for row in islice(sheet.rows(last + 20), last, None)
        if any(c and c.strip() for c in row.cells)
    )
    return SheetProposal(
        sheet.file,
        sheet.name,
        best.form.id,
        certainty,
        next_best.form.id if next_best else None,
        columns,
        stack.rows[0].number,
        last,
        rows[:_SHOWN_ROWS],
    )


def column_proposals(
    headings: Sequence[SheetHeading], form: Form, bound: Sequence[Bound]
) -> tuple[ColumnProposal, ...]:
    """What each column of a sheet becomes where the sheet is of a form; parts of a wide table by their own names."""
    own = {b.heading.column for b in bound if b.reason == "same" and b.score >= LIKELY}
    parts = _part_targets(form, headings, own)
    chosen = {b.heading.column: b for b in bound if b.score >= LIKELY and b.heading.column not in parts}
    found: list[ColumnProposal] = []
    for heading in headings:
        at, one = heading.column, chosen.get(heading.column)
        others = _others(heading, form, one)
        if _is_private(heading):
            found.append(ColumnProposal(at, heading.text, heading.key, LEAVE, "sure", "private", (), True))
        elif one is not None:
            sure: Certainty = "sure" if one.score >= SURE else "likely"
            name = target(form.id, one.column.heading)
            found.append(ColumnProposal(at, heading.text, heading.key, name, sure, one.reason, others))
        elif at in parts:
            found.append(ColumnProposal(at, heading.text, heading.key, parts[at], "sure", "same", others))
        else:
            unsure: Certainty = "unsure" if others else "sure"
            found.append(ColumnProposal(at, heading.text, heading.key, NOTE, unsure, "nothing", others))
    return tuple(found)


def _part_targets(form: Form, headings: Sequence[SheetHeading], taken: set[int]) -> dict[int, str]:
    """By column, the target in a part of the form, of the parts whose needed column is there."""
    found: dict[int, str] = {}
    for part in form.parts:
        known = {heading_key(s): h for s, h in part.columns.items()}
        known |= {heading_key(s): h for h in set(part.columns.values()) for s in english_of(part.form, h)}
        here: dict[str, int] = {}
        for heading in headings:
            own = known.get(heading.alone) or same_but_for_words(heading.alone, known)
            if own and heading.column not in taken and heading.column not in found:
                here.setdefault(own, heading.column)
        if part.needs in here:
            found |= {at: target(part.form, own) for own, at in here.items()}
    return found


def _others(heading: SheetHeading, form: Form, chosen: Bound | None) -> tuple[str, ...]:
    like = sorted(_likeness(heading, form).items(), key=lambda one: (-one[1], one[0]))
    own = chosen.column.heading if chosen else None
    return tuple(target(form.id, name) for name, _ in like if name != own)[:_OTHERS]
