"""Choose how each sheet of a load is read: by our own headings, by an earlier answer, by a sure proposal, or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from graph_model.errors import InputError
from graph_model.schema import node_type
from loaders.forms.answers import LEAVE, NOTE, MatchAnswers, SheetAnswer
from loaders.forms.form import Form, FormColumn, read_forms
from loaders.map.data_rows import branches_above, branches_below
from loaders.map.heading_rows import Stacked, implied_of, stacks, title_of
from loaders.map.heading_words import is_plain_heading, with_notes
from loaders.map.headings import (
    Header,
    heading_candidates,
    is_list_sheet,
    is_running_heading,
    match_form,
    part_header,
    with_parts,
)
from loaders.map.read_files import Chosen
from loaders.match.evidence import KnownNames
from loaders.match.likeness import heading_key
from loaders.match.proposal import ColumnProposal, SheetProposal, target, target_parts
from loaders.match.propose import (
    GENERIC,
    SheetHeading,
    bind,
    column_proposals,
    headings_of,
    propose,
    propose_for,
)
from loaders.privacy import is_private_heading, private_kind
from loaders.problems import Problem, address, problem
from loaders.read.discovery import list_files
from loaders.read.workbooks import read_workbook
from loaders.read.worksheet import Worksheet


class SheetChooser:
    """What `parse_files` asks of each sheet; afterwards `proposals` has what was thought of the foreign ones.

    `answers`: of the site and of this load. `known`: the names that are held, asked for once and only where a
    foreign sheet comes. `propose`: False where only answers and our own headings count, as for a kept round.
    """

    def __init__(
        self, answers: MatchAnswers, known: Callable[[], KnownNames] = dict, *, propose: bool = True
    ) -> None:
        self.proposals: list[SheetProposal] = []
        self._answers = {a.headings: a for a in answers.sheets}
        self._known = known
        self._names: KnownNames | None = None
        self._proposes = propose

    def __call__(self, sheet: Worksheet, forms: Sequence[Form]) -> Chosen:
        """How the sheet is to be read; a sheet that has to be asked about is one blocking problem."""
        answered = self._answered(sheet, forms)
        if answered is not None:
            return self._by_answer(sheet, *answered, forms)
        header = match_form(sheet, forms)
        base = None if header is None else with_notes(with_parts(header, forms))
        if not self._proposes:
            return Chosen(base)
        if base is None:
            found = propose(sheet, forms, self._held())
            return Chosen(None) if found is None else self._by_proposal(sheet, found, forms)
        missing = _missing(base)
        if not missing and is_ours(sheet, base):
            return self._ours(sheet, base, forms)
        found = propose_for(sheet, base, forms, self._held())
        if missing and (found.certainty == "unsure" or not _complete(sheet, base.form, found)):
            return Chosen(base)  # told at the heading that is missing
        return self._by_proposal(sheet, found, forms)

    def _by_proposal(self, sheet: Worksheet, found: SheetProposal, forms: Sequence[Form]) -> Chosen:
        form = next(f for f in forms if f.id == found.form)
        columns = [c for c in found.columns if target_parts(c.target)]
        if found.certainty == "unsure" and not (len(columns) > 2 and _complete(sheet, form, found)):
            self.proposals.append(replace(found, form=None, runner_up=found.form))
            return Chosen(None)
        if found.certainty != "sure" or _doubts(form, found):
            self.proposals.append(
                _offering(sheet, header_of(sheet, found, forms), replace(found, asks=True))
            )
            return Chosen(None, (_unmatched(found, forms),))
        found = replace(found, columns=tuple(_cautious(c) for c in found.columns))
        self.proposals.append(_offering(sheet, header_of(sheet, found, forms), found))
        return self._read(sheet, found, forms)

    def _ours(self, sheet: Worksheet, base: Header, forms: Sequence[Form]) -> Chosen:
        """A sheet of ours, with those of its further columns that are surely some of the form's under other names."""
        bands = branches_above(sheet, base)
        found = propose_for(sheet, base, forms, self._held()) if bands or _unread(base) else None
        if found is None:
            return Chosen(base)
        if _names_held(base, found):
            self.proposals.append(replace(found, certainty="likely", asks=True))
            return Chosen(None, (_unmatched(found, forms),))
        columns: dict[str, int] = {}
        more: dict[str, tuple[int, ...]] = {}
        for one in found.columns:
            named = target_parts(one.target)
            mine = named is not None and named[0] == base.form.id and named[1] not in base.columns
            if named is not None and mine and one.certainty == "sure" and one.column in _unread(base):
                _place(one, base.form.column(named[1]), columns, more)
        if not columns and not bands:
            return Chosen(base)
        at = {*columns.values(), *(c for those in more.values() for c in those)}
        left = {heading: column for heading, column in base.notes.items() if column not in at}
        header = replace(base, columns={**base.columns, **columns}, notes=left, further=more)
        header = replace(with_parts(header, forms), notes=left)
        proposal = replace(found, columns=tuple(_as_read(c, header) for c in found.columns))
        self.proposals.append(_offering(sheet, header, proposal))
        told = _told(sheet, proposal, header)
        return Chosen(header, () if told is None else (told,))

    def _held(self) -> KnownNames:
        if self._names is None:
            self._names = self._known()
        return self._names

    def _answered(self, sheet: Worksheet, forms: Sequence[Form]) -> tuple[SheetAnswer, Stacked] | None:
        """The answer about these headings, else the nearest about the same columns and others that are only notes."""
        if not self._answers:
            return None
        near: list[tuple[int, SheetAnswer, Stacked]] = []
        for stack in stacks(heading_candidates(sheet)):
            headings = headings_of(sheet, stack, {})
            keys = {h.key for h in headings}
            answer = self._answers.get(tuple(sorted(keys)))
            if answer is not None:
                return answer, stack
            near += (
                (len(keys & set(a.headings)), a, stack)
                for a in self._answers.values()
                if _still_holds(a, headings, forms)
            )
        return max(near, key=lambda one: one[0])[1:] if near else None

    def _by_answer(
        self, sheet: Worksheet, answer: SheetAnswer, stack: Stacked, forms: Sequence[Form]
    ) -> Chosen:
        columns = tuple(
            ColumnProposal(
                h.column,
                h.text,
                h.key,
                LEAVE if _private(h.key, h.text) else answer.columns.get(h.key, NOTE),
                "sure",
                "private" if _private(h.key, h.text) else "answer",
                (),
                _private(h.key, h.text),
            )
            for h in headings_of(sheet, stack, {})
        )
        first, last = stack.rows[0].number, stack.rows[-1].number
        proposal = SheetProposal(
            sheet.file, sheet.name, answer.form, "sure", None, columns, first, last, answered=True
        )
        if answer.form is None or not any(f.id == answer.form for f in forms):
            self.proposals.append(proposal)
            return Chosen(None, (problem("left_out_sheet", sheet.file, sheet.name),))
        header = header_of(sheet, proposal, forms)
        proposal = replace(_offering(sheet, header, proposal), band_taken=answer.band)
        self.proposals.append(proposal)
        return self._read(sheet, proposal, forms)

    def _read(self, sheet: Worksheet, proposal: SheetProposal, forms: Sequence[Form]) -> Chosen:
        header = header_of(sheet, proposal, forms)
        if proposal.band_taken:
            header = replace(header, filled=branches_below(sheet, header))
        told = _told(sheet, proposal, header)
        return Chosen(header, () if told is None else (told,))


def _still_holds(answer: SheetAnswer, headings: Sequence[SheetHeading], forms: Sequence[Form]) -> bool:
    """Does an answer about other headings hold: its columns are here, and what is new is none of the form's."""
    form = next((f for f in forms if f.id == answer.form), None)
    keys, before = {h.key for h in headings}, set(answer.headings)
    read = {key for key, to in answer.columns.items() if target_parts(to)}
    if form is None or not read or not read <= keys or 2 * len(keys & before) < len(keys | before):
        return False
    new = [h for h in headings if h.key not in before]
    return all(target_parts(c.target) is None for c in column_proposals(new, form, bind(new, form)))


def _offering(sheet: Worksheet, header: Header, proposal: SheetProposal) -> SheetProposal:
    """With the branch that a row across the table or a title names, where the rows could be of it."""
    return replace(proposal, band=next(iter(branches_above(sheet, header).values()), None))


def is_ours(sheet: Worksheet, header: Header) -> bool:
    """Do the headings themselves say that a sheet is of this form, so that nothing has to be asked.

    Either the sheet is called so, or there is a column that only such a list has, and our columns are not a few
    among many.
    """
    form = header.form
    name = heading_key(sheet.name)
    if name and any(heading_key(s) in name for s in (*form.sheets, form.title.zh)):
        return True
    distinctive = [h for h in header.columns if h not in GENERIC]
    headed = sum(1 for c in header.cells if c and c.strip())
    read = {*header.columns.values(), *(at for p in header.parts for at in p.columns.values())}
    return bool(distinctive) and 3 * len(read) >= headed


def _unread(header: Header) -> set[int]:
    """The columns with a heading that neither the form nor a part of it reads."""
    read = {*header.columns.values(), *(at for p in header.parts for at in p.columns.values())}
    headed = (at for at, cell in enumerate(header.cells) if cell and cell.strip())
    return {at for at in headed if at not in read and not is_running_heading(header.cells[at])}


def _missing(header: Header) -> set[str]:
    here = header.columns.keys() | header.fixed.keys()
    return {c.heading for c in header.form.columns if c.required} - here


def _targets(proposal: SheetProposal) -> set[str]:
    """The headings of the proposal's own form that it has columns for."""
    named = (target_parts(c.target) for c in proposal.columns)
    return {n[1] for n in named if n is not None and n[0] == proposal.form}


def _complete(sheet: Worksheet, form: Form, proposal: SheetProposal) -> bool:
    cells, here = [c.heading for c in proposal.columns], dict.fromkeys(_targets(proposal), 0)
    implied = implied_of(cells, form, here, title_of(sheet, proposal.first))
    required = {c.heading for c in form.columns if c.required}
    return required <= _targets(proposal) | implied.keys()


def _doubts(form: Form, proposal: SheetProposal) -> bool:
    """Is a column that ties things or has to be there no more than likely: read wrongly, it would tie wrongly."""
    for one in proposal.columns:
        named = target_parts(one.target)
        if one.certainty == "likely" and named is not None and named[0] == form.id:
            column = form.column(named[1])
            if column.required or column.tie is not None:
                return True
    return False


def _names_held(header: Header, proposal: SheetProposal) -> bool:
    """Is there a column of names that the store holds, under a heading that does not say of what."""
    for one in proposal.columns:
        named = target_parts(one.target)
        if one.reason == "content" and named is not None and one.column in _unread(header):
            own = named[0] == header.form.id and named[1] not in header.columns
            if own and header.form.column(named[1]).tie is not None:
                return True
    return False


def _cautious(one: ColumnProposal) -> ColumnProposal:
    """Kept as a note where it is no more than likely and no question is asked."""
    if one.certainty != "likely":
        return one
    return replace(one, target=NOTE, others=(one.target, *one.others))


def _as_read(one: ColumnProposal, header: Header) -> ColumnProposal:
    """What really becomes of a column by the header that was made of it."""
    for form, columns in ((header.form, header.columns), *((p.form, p.columns) for p in header.parts)):
        for heading, at in columns.items():
            if at == one.column or one.column in header.further.get(heading, ()):
                return replace(one, target=target(form.id, heading))
    return replace(one, target=NOTE if one.column in header.notes.values() else LEAVE)


def header_of(sheet: Worksheet, proposal: SheetProposal, forms: Sequence[Form]) -> Header:
    """The header by which a sheet is read as proposed."""
    form = next(f for f in forms if f.id == proposal.form)
    rows = tuple(r for r in sheet.rows(proposal.last) if r.number >= proposal.first)
    stack = next(s for s in stacks(rows) if len(s.rows) == len(rows))
    columns: dict[str, int] = {}
    parts: dict[str, dict[str, int]] = {}
    notes: dict[str, int] = {}
    further: dict[str, tuple[int, ...]] = {}
    left: set[int] = set()
    known = {target(form.id, c.heading) for c in form.columns}
    of_people = form.label is not None and node_type(form.label).of_people()
    for one in proposal.columns:
        named = target_parts(one.target)
        if one.private:
            continue
        again = named is not None and named[1] in columns and not form.column(named[1]).many
        if named is None or (named[0] == form.id and (one.target not in known or again)):
            # a heading is shown to everybody: one that may be a person's name is told and not kept
            if one.target == LEAVE or not of_people or is_plain_heading(one.heading):
                _keep(one, notes, left)
        elif named[0] == form.id:
            _place(one, form.column(named[1]), columns, further)
        else:
            parts.setdefault(named[0], {})[named[1]] = one.column
    fixed = implied_of(stack.cells, form, columns, title_of(sheet, proposal.first))
    header = Header(form, proposal.last, columns, stack.cells, rows, notes, fixed=fixed)
    header = replace(header, left=frozenset(left), further=further)
    by_id = {f.id: f for f in forms}
    needed = {p.form: p.needs for p in form.parts}
    whole = {id_: found for id_, found in parts.items() if needed.get(id_) in found}
    return replace(header, parts=tuple(part_header(header, by_id[i], found) for i, found in whole.items()))


def _place(
    one: ColumnProposal, of: FormColumn, columns: dict[str, int], further: dict[str, tuple[int, ...]]
) -> None:
    """As the column of a heading of the form, or as a further one of it."""
    if of.heading in columns:
        further[of.heading] = (*further.get(of.heading, ()), one.column)
    else:
        columns[of.heading] = one.column


def _keep(one: ColumnProposal, notes: dict[str, int], left: set[int]) -> None:
    if one.target == LEAVE:
        left.add(one.column)
        return
    heading = one.heading
    while heading in notes:
        heading += "2"
    notes[heading] = one.column


def _private(key: str, text: str) -> bool:
    return is_private_heading(key) or private_kind(text) is not None or "地址" in key


def _unmatched(proposal: SheetProposal, forms: Sequence[Form]) -> Problem:
    titles: Mapping[str, Form] = {f.id: f for f in forms}
    zh = [titles[i].title.zh for i in (proposal.form, proposal.runner_up) if i]
    en = [titles[i].title.en for i in (proposal.form, proposal.runner_up) if i]
    return problem(
        "unmatched_sheet",
        proposal.file,
        proposal.sheet,
        address(0, proposal.last),
        form="可能是：" + "，或 ".join(zh),
        form_en="perhaps: " + ", or ".join(en),
    )


def _told(sheet: Worksheet, proposal: SheetProposal, header: Header) -> Problem | None:
    """By which columns a foreign sheet was read, where they are called otherwise than in the form."""
    other = [
        f"{c.heading} → {named[1]}"
        for c in proposal.columns
        if (named := target_parts(c.target)) and heading_key(named[1]) != c.key and c.reason != "same"
    ]
    if not other:
        return None
    return problem(
        "matched_sheet",
        sheet.file,
        sheet.name,
        address(0, header.row),
        form=header.form.title.zh,
        form_en=header.form.title.en,
        columns="、".join(other),
    )


def propose_answers(paths: Sequence[Path], answers: MatchAnswers) -> tuple[SheetProposal, ...]:
    """What the foreign sheets of these files are thought to be; files that cannot be read are passed over here.

    Raises InputError for a path that is not there.
    """
    choose = SheetChooser(answers)
    for file, path in list_files(paths).files:
        with suppress(InputError):  # loading it says what is wrong
            for sheet in read_workbook(path, file):
                if not sheet.blank and not is_list_sheet(sheet):
                    choose(sheet, read_forms())
    return tuple(choose.proposals)
