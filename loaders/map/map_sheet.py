"""Turn the rows of a recognised sheet into Records, or into Problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any, NoReturn

from loaders.clean.fillers import is_unknown
from loaders.clean.parsers import (
    NEVER,
    cell_parser,
    keeps_text,
    parser_of,
    plain_parsers,
    question_of,
    settle,
)
from loaders.codes.row_codes import Struck
from loaders.forms.answers import TermAnswer
from loaders.forms.form import FormColumn, FormPart
from loaders.forms.terms import TermQuestion, property_id
from loaders.map.data_rows import classify_rows
from loaders.map.headings import Header
from loaders.map.preamble import preamble_problems
from loaders.map.records import (
    LONGEST_NOTE,
    Rejected,
    SheetLayout,
    SheetReading,
    TextMemo,
    TooManyFaults,
    note_texts,
    records_of,
    row_names,
    together,
)
from loaders.map.subtotals import Subtotals, check_subtotals
from loaders.privacy import private_rows
from loaders.problem_log import ProblemLog, RowSet
from loaders.problems import CODES, HIDDEN, address, column_letters, problem
from loaders.read.worksheet import Worksheet

_SHOWN_ROWS = 5
MAX_FAULTY = 100_000
"""Rows with a blocking problem, in all sheets of a round: what has more is not read to its end."""


def read_sheet(
    sheet: Worksheet,
    header: Header,
    latest: str = NEVER,
    on_rows: Callable[[int], None] | None = None,
    struck: Struck = "ask",
    most_faulty: int = MAX_FAULTY,
    answers: Sequence[TermAnswer] = (),
) -> SheetReading:
    """The records and problems of a recognised sheet; `latest` is the round, for implausible dates.

    `on_rows`: called after each column with the number of rows done so far. `struck`: what becomes of rows that
    are struck through. `answers`: about words that are no term. Raises TooManyFaults where more than `most_faulty`
    rows have a blocking problem.
    """
    return _Reader(sheet, header, latest, on_rows or _silent, struck, most_faulty, answers).read()


def read_part(
    sheet: Worksheet,
    header: Header,
    part: FormPart,
    live: Sequence[int],
    latest: str = NEVER,
    answers: Sequence[TermAnswer] = (),
) -> SheetReading:
    """The further things of a wide table's rows: of those `live` rows (from 0, below the headings) that name one."""
    return _Reader(sheet, header, latest, _silent, "ask", MAX_FAULTY, answers, (part, live)).read()


def _silent(_rows: int) -> None:
    """No-op progress callback."""


class _Reader:
    """One pass over one sheet, column by column, then row by row."""

    def __init__(
        self,
        sheet: Worksheet,
        header: Header,
        latest: str,
        on_rows: Callable[[int], None],
        struck: Struck,
        most_faulty: int,
        answers: Sequence[TermAnswer],
        of: tuple[FormPart, Sequence[int]] | None = None,
    ) -> None:
        self.struck, self.most_faulty, self.answers = struck, most_faulty, answers
        self.words: list[TermQuestion] = []
        self.sheet, self.latest, self.start = sheet, latest, header.row
        self.layout = SheetLayout(
            header.form, sheet.file, sheet.name, header.columns, header.notes, of is not None
        )
        self.form = header.form
        self.problems = ProblemLog(() if of else preamble_problems(sheet, header))
        self.bad = RowSet()
        raw = {h: list(sheet.columns[i][self.start :]) for h, i in header.columns.items()}
        for heading, those in header.further.items():
            raw[heading] = together(
                [sheet.columns[i][self.start :] for i in (header.columns[heading], *those)]
            )
        different = [_different(column[self.start :]) for column in sheet.columns]
        if of is None:
            self.live, self.sums = self._live_rows(header, different)
        else:
            self.live, self.sums = self._naming_rows(raw[of[0].needs], of[1]), 0
        if sheet.details.merged:
            live = frozenset(self.live)
            for column in self.form.columns:
                if column.heading in raw:
                    self._unmerge(column, raw[column.heading], live)
        self._tell_of_rows(of is None)
        self.different = {h: different[i] for h, i in header.columns.items()}
        self.different |= {h: _different(raw[h]) for h in header.further}
        for heading, text in header.fixed.items():
            raw[heading], self.different[heading] = [text] * max(map(len, raw.values())), {text}
        for heading, texts in header.filled.items():
            raw[heading], self.different[heading] = list(texts), set(filter(None, texts))
        self.hidden = {h: self._hide_private(h, column) for h, column in raw.items()}
        here, self.values = [c for c in self.form.columns if c.heading in raw], dict[str, list[Any]]()
        for number, column in enumerate(here, start=1):
            self.values[column.heading] = self._parse(column, raw[column.heading])
            on_rows(sheet.height * number // (len(here) + 1))  # one more for putting them together
        self._refuse_no_names(raw)
        self.notes = {h: self._note(h, sheet.columns[i][self.start :]) for h, i in header.notes.items()}
        self._require()
        self.different = {}  # done with: room for the records

    def read(self) -> SheetReading:
        clean = [at for at in self.live if at not in self.bad] if self.bad else self.live
        records, untied = records_of(self.layout, self.values, clean, self._row(0), self.notes)
        for at, column, value in untied:
            if value is None:
                heading = column.outside or column.heading
                self._report("outside_unnamed", at, heading, "是", tie=column.heading)
            else:
                tie = next(c.heading for c in self.form.columns if c.tie == column.on)
                self._report("no_tie", at, column.heading, value, tie=tie)
        bad = [at for at in self.live if at in self.bad] if self.bad else ()
        rejected = tuple(
            Rejected(self.layout, self._row(at), row_names(self.form, self.values, at)) for at in bad
        )
        rejected += tuple(Rejected(self.layout, self._row(at), ()) for at in self.beyond)
        return SheetReading(
            *(len(self.live) + len(self.beyond) + self.sums, tuple(records), rejected, self.problems),
            *(self.declared.declared, self.live, tuple(self.words)),
        )

    def _row(self, at: int) -> int:
        return self.start + 1 + at

    def _report(self, code: str, at: int, heading: str, value: str | None, **fill: object) -> None:
        row = self._row(at)
        if CODES[code].blocking:
            self._refuse(at)
        if self.problems.only_count(self.sheet.file, self.sheet.name, code, row):
            return
        cell = self.layout.cell(heading, row)
        found = problem(code, self.sheet.file, self.sheet.name, cell, value, heading=heading, **fill)
        self.problems.append(found)

    def _refuse(self, at: int) -> None:
        """Keep a row out; TooManyFaults where there are too many to go on."""
        self.bad.add(at)
        if len(self.bad) > self.most_faulty:
            self._give_up()

    def _give_up(self) -> NoReturn:
        first = problem("faulty_rows", self.sheet.file, self.sheet.name, count=self.most_faulty)
        found = ProblemLog([first])
        found.extend(self.problems)
        raise TooManyFaults(found, self.words)

    # --- rows

    def _live_rows(self, header: Header, different: Sequence[set[str]]) -> tuple[list[int], int]:
        """The rows that are data; rows of sums are reported, blank rows and notes are none."""
        found = classify_rows(self.sheet, header, different)
        self.beyond, self.no_names = found.beyond, found.no_names
        if len(self.beyond) > self.most_faulty:
            self._give_up()
        self._tell_of_unheaded(header, found.running, found.live)
        if found.other is not None:
            count = len(found.beyond)
            self._report("second_heading", found.other, "", None, count=count, row=self.start)
        for at, label in found.sums.items():
            cell = address(0, self._row(at))
            self.problems.append(problem("total_row", self.sheet.file, self.sheet.name, cell, label))
        for at, (code, shown) in found.passed.items():
            code = "branch_taken" if code == "branch_row" and header.filled else code
            self._report(code, at, "", shown, form=self.form.title.zh, form_en=self.form.title.en)
        columns = self.layout.columns
        live = self._without_struck(found.live)
        counted = live if self.struck == "leave" else [at for at in live if at not in self.bad]
        self.declared = check_subtotals(self.sheet, self.form, columns, self.start, counted, found.sums)
        self.problems.extend(self.declared.problems)
        return live, len(found.sums)

    def _naming_rows(self, needed: Sequence[str | None], live: Sequence[int]) -> list[int]:
        """The rows that name a part's thing: not to name one is no fault."""
        self.beyond, self.no_names = (), {}
        self.declared = Subtotals()
        return [at for at in live if (text := needed[at]) and text.strip() and not is_unknown(text)]

    def _without_struck(self, live: list[int]) -> list[int]:
        """The rows of data less those that are struck through, where they are to be left out; in any case say so."""
        struck = [at for at in live if self._row(at) in self.sheet.details.struck]
        if self.struck == "ask":
            for at in struck:
                self._report("struck_row", at, "", None, row=self._row(at))
        elif struck:
            code = "struck_loaded" if self.struck == "load" else "struck_left"
            self._report_rows(code, struck)
        left = frozenset(struck) if self.struck == "leave" else frozenset()
        return [at for at in live if at not in left] if left else live

    def _report_rows(
        self, code: str, found: Sequence[int], heading: str = "", value: str | None = None, **fill: object
    ) -> None:
        if CODES[code].blocking:
            self.problems.add_rows(self.sheet.file, self.sheet.name, code, map(self._row, found))
        rows = "、".join(str(self._row(at)) for at in found[:_SHOWN_ROWS])
        more = "…" if len(found) > _SHOWN_ROWS else ""
        self._report(code, found[0], heading, value, count=len(found), rows=rows + more, **fill)
        for at in found if CODES[code].blocking else ():
            self._refuse(at)

    def _tell_of_unheaded(self, header: Header, running: frozenset[int], live: Sequence[int]) -> None:
        last = max(index for index, heading in enumerate(header.cells) if (heading or "").strip())
        separated = self.sheet.separated
        if separated:
            self._refuse_long_rows(last, live)
        for index, heading in enumerate(header.cells):
            if index in running or (heading or "").strip() or (separated and index > last):
                continue
            cells = self.sheet.columns[index]
            if count := sum(1 for at in live if (cells[self.start + at] or "").strip()):
                at, column = address(index, header.row), column_letters(index)
                self.problems.append(
                    problem(
                        "no_heading",
                        self.sheet.file,
                        self.sheet.name,
                        at,
                        column=column,
                        count=count,
                        row=header.row,
                    )
                )

    def _refuse_long_rows(self, last: int, live: Sequence[int]) -> None:
        """A row of a text file with more cells than there are headings: its cells have moved, or two rows are one."""
        for index in range(last + 1, len(self.sheet.columns)):
            cells = self.sheet.columns[index]
            for at in live:
                cell = cells[self.start + at]
                if cell and cell.strip() and at not in self.bad:
                    self._refuse(at)
                    row = self._row(at)
                    if self.problems.only_count(self.sheet.file, self.sheet.name, "long_row", row):
                        continue
                    where = address(index, row)
                    self.problems.append(
                        problem("long_row", self.sheet.file, self.sheet.name, where, cell, count=last + 1)
                    )

    def _unmerge(self, column: FormColumn, raw: list[str | None], live: frozenset[int]) -> None:
        """Give each row of a merged cell its value where the form says so; else say that it was not given."""
        at_column = self.layout.columns[column.heading]
        done = -1
        for left, top, _, bottom in self.sheet.details.merged:
            first, last = top - 1 - self.start, min(bottom - 1 - self.start, len(raw) - 1)
            if left != at_column or first <= done or first >= len(raw) or not raw[first]:
                continue
            done = last
            empty = [at for at in range(first + 1, last + 1) if not raw[at] and at in live]
            if column.fill_down:
                for at in empty:
                    raw[at] = raw[first]
            elif empty:
                self._report("merged_cells", first, column.heading, None, first=top, last=bottom)

    def _tell_of_rows(self, all_of_them: bool) -> None:
        """Say which rows are hidden, and which formulas have no result."""
        details = self.sheet.details
        hidden = [at for at in self.live if self._row(at) in details.hidden] if all_of_them else []
        if hidden:
            self._report_rows("hidden_rows", hidden)
        if not details.faults:
            return
        live = frozenset(self.live)
        headings = {column: heading for heading, column in self.layout.columns.items()}
        for (row, column), error in sorted(details.faults.items()):
            at = row - self.start - 1
            if at in live and column in headings:
                code = "formula_error" if error else "no_result"
                self._report(code, at, headings[column], error, error=error)

    # --- columns

    def _hide_private(self, heading: str, column: list[str | None]) -> frozenset[int]:
        found = private_rows(column, self.different[heading])
        live = set(self.live) if found else set()
        for at, kind in found.items():
            column[at] = None
            if at in live:
                self._report("private_cell", at, heading, HIDDEN, kind=kind.zh, kind_en=kind.en)
        if found:
            self.different[heading] = _different(column)
        return frozenset(found)

    def _note(self, heading: str, cells: Sequence[str | None]) -> list[str | None]:
        """The texts of a column that is kept as extra values; what is odd in it is reported."""
        found = note_texts(cells, self.live)
        for at, kind in found.private.items():
            self._report("private_cell", at, heading, HIDDEN, kind=kind.zh, kind_en=kind.en)
        for at in found.long:
            self._report("long_note", at, heading, cells[at], most=LONGEST_NOTE)
        for code, places in found.above.items():
            self._report_rows(code, places, heading, cells[places[0]])
        return found.texts

    def _parse(self, column: FormColumn, raw: list[str | None]) -> list[Any]:
        of = property_id(self.form, column)
        parser = parser_of(column, self.latest, [a for a in self.answers if a.property == of])
        if keeps_text(parser, self.different[column.heading]):
            return raw
        memo = TextMemo(cell_parser(column, parser))
        memo.update(plain_parsers(parser, self.different[column.heading]))
        values = list(map(memo.__getitem__, raw))
        if memo.odd:
            self._settle(column, raw, values)
        if memo.several and not column.many:
            for at in self.live:
                names = values[at]
                if names is not None and len(names) > 1:
                    self._report("one_only", at, column.heading, raw[at], count=len(names))
        return values

    def _settle(self, column: FormColumn, raw: list[str | None], values: list[Any]) -> None:
        """Turn what is no plain value into problems, and into the value that is certain."""
        heading, together = column.heading, []
        of, place = property_id(self.form, column), (self.sheet.file, self.sheet.name)
        numbers = cache(partial(self.sheet.numeric, self.layout.columns.get(heading, 0)))
        for odd in settle(values, raw, self.live, lambda at: self._row(at) in numbers()):
            if odd.together:
                together.append(odd)
            else:
                more = {"property": of, "count": 1, "rows": self._row(odd.rows[0])}
                self._report(odd.code, odd.rows[0], heading, odd.text, **more, **odd.fill)
        cells = (self.layout.cell(heading, self._row(odd.rows[0])) for odd in together)
        asked = [question_of(of, odd, *place, cell) for odd, cell in zip(together, cells, strict=True)]
        self.words += filter(None, asked)  # all of them, before a problem may end the reading
        for odd, question in zip(together, asked, strict=True):
            fill = question.fill() if question is not None else {}
            self._report_rows(odd.code, odd.rows, heading, odd.text, **fill)

    def _refuse_no_names(self, raw: Mapping[str, list[str | None]]) -> None:
        """What stands in a column of names and is none (无, 在职党员) becomes no name of anything."""
        for heading, column in self.layout.columns.items():
            odd = self.no_names.get(column)
            for at in self.live if odd else ():
                word = raw[heading][at]
                if odd and word in odd and self.values[heading][at] is not None:
                    self._report("no_name", at, heading, word)
            if odd:
                self.values[heading] = [
                    None if t in odd else v for t, v in zip(raw[heading], self.values[heading], strict=True)
                ]

    def _require(self) -> None:
        for column in self.form.columns:
            if not column.required:
                continue
            if column.heading not in self.values:
                # The heading that is missing is a Problem already; without it no row can be read.
                if len(self.live) > self.most_faulty:
                    self._give_up()
                self.bad.update(self.live)
                continue
            values = self.values[column.heading]
            for at in self.live if None in values else ():
                if values[at] is None and at not in self.bad:
                    value = HIDDEN if at in self.hidden[column.heading] else ""
                    self._report("required", at, column.heading, value)


def _different(column: Sequence[str | None]) -> set[str]:
    """The texts of a column, each once: a survey repeats itself."""
    return {text for text in set(column) if text}
