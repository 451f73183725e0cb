"""Read a survey round: files and folders in, desired graph, declared totals and Problems out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from graph_model.coverage.areas import AREA_LABELS
from graph_model.coverage.totals import totals
from graph_model.errors import InputError
from graph_model.gc_pause import gc_paused
from graph_model.graph import Graph
from graph_model.keys import KeyMaker
from graph_model.progress import Progress, ProgressStep, no_progress
from graph_model.store.graph_source import GraphSource, InMemoryGraph
from graph_model.text import Text
from loaders.clean.parse import closest_matches
from loaders.forms.answers import NO_ANSWERS, MatchAnswers
from loaders.forms.form import read_forms
from loaders.forms.terms import TermQuestion, merged_questions
from loaders.map.read_files import FileDigest, ParsedFiles, SheetCount, parse_files
from loaders.map.records import Record
from loaders.map.sensitive import Sensitive, SheetsOfPeople, is_in_sensitive_column, may_contain_name
from loaders.problem_log import ProblemLog
from loaders.problems import Problem
from loaders.read.discovery import list_files, round_from_path, without_passwords
from loaders.reconcile.balance import RowBalance, RowLedger, row_balances
from loaders.reconcile.declared import DeclaredTotal, declared_totals, parse_declared_options
from loaders.reconcile.head_counts import differing_head_counts
from loaders.resolve.aliases import NO_ALIASES, AliasBook, MatchProposal
from loaders.resolve.assemble import build_graph
from loaders.resolve.unanswered import UNANSWERED_BOUNDS, UnansweredBounds

_ROUND = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSummary:
    """What a round says besides its graph: what was read of which files, and what is wrong with it.

    `balances`: what became of the rows of each sheet. `sensitive`: by (file, sheet) the letters of the
    columns that may hold what not everybody may see. `people`: the sheets that list people, as (file, sheet):
    where a row slipped by a column, their names stand in any of them. `areas_of_files`: the area that a file
    is about, where it is about one. `words`: those that are no term of their list, each once.
    `own_date`: the date that an example carries, by which its periods are reckoned.
    """

    round: str
    problems: tuple[Problem, ...]
    declared: tuple[DeclaredTotal, ...]
    counts: tuple[SheetCount, ...]
    files: tuple[FileDigest, ...]
    proposals: tuple[MatchProposal, ...] = ()
    balances: tuple[RowBalance, ...] = ()
    sensitive: Sensitive = field(default_factory=dict)
    people: SheetsOfPeople = frozenset()
    areas_of_files: Mapping[str, str] = field(default_factory=dict)
    words: tuple[TermQuestion, ...] = ()
    own_date: str = ""

    def is_sensitive(self, found: Problem | TermQuestion) -> bool:
        """May the value of a problem, or a word that is asked, be the name of a person, or as private as one."""
        return may_contain_name(found, self.sensitive, self.people)

    def names_somebody(self, found: Problem) -> bool:
        """Does a problem stand in a column that is meant for what not everybody may see."""
        return is_in_sensitive_column(found, self.sensitive)

    @property
    def unaccounted(self) -> int:
        """Rows of which nothing became, not even a problem: 0, or the loader is wrong."""
        return sum(abs(b.unaccounted) for b in self.balances)

    @property
    def blocking(self) -> bool:
        """Is there a problem that must be mended before the round can be loaded."""
        return any(p.blocking for p in self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedRound(RoundSummary):
    """What a round says. Nothing of it is in a store yet."""

    graph: Graph

    def said(self) -> RoundSummary:
        """All of it but the graph."""
        return RoundSummary(**{f.name: getattr(self, f.name) for f in fields(RoundSummary)})


def read_round(
    paths: Sequence[Path],
    *,
    keys: KeyMaker,
    round: str | None = None,
    on_progress: Progress | None = None,
    aliases: AliasBook = NO_ALIASES,
    known: Graph | GraphSource | None = None,
    declare: Sequence[str] = (),
    answers: MatchAnswers = NO_ANSWERS,
) -> ParsedRound:
    """Read the workbooks of a round; nothing is written anywhere.

    `paths`: files, and folders whose workbooks are read with those of their subfolders. `round`: as
    YYYY-MM; by default as folder, file names or titles say. The order of files and rows does not matter.
    `aliases`: the names that are the same by the user's answers. `known`: what the store holds, where the round is
    partial and may refer to it: what a name means is looked for in the round first. `declare`: totals declared by hand.
    `answers`: how words that are no term are to be read.
    Raises InputError for a path that is not there, for no workbook at all, and for no round; a file that
    cannot be used is a blocking Problem, so that all of them are seen at once.
    """
    rows = parse_files(
        round_name(paths, round),
        without_passwords(list_files(paths), ()),
        on_progress=on_progress,
        answers=answers,
    )
    return resolve_round(
        rows,
        keys=keys,
        on_progress=on_progress,
        aliases=aliases,
        known=known,
        declare=declare,
    )


def resolve_round(
    collected: ParsedFiles,
    *,
    keys: KeyMaker,
    on_progress: Progress | None = None,
    aliases: AliasBook = NO_ALIASES,
    known: Graph | GraphSource | None = None,
    declare: Sequence[str] = (),
    unanswered: UnansweredBounds = UNANSWERED_BOUNDS,
) -> ParsedRound:
    """The second half of `read_round`: what the rows mean together. The rows stay as they are."""
    with gc_paused():
        held = InMemoryGraph(known) if isinstance(known, Graph) else known
        return _understand(collected, keys, on_progress or no_progress, aliases, held, declare, unanswered)


def _understand(
    collected: ParsedFiles,
    keys: KeyMaker,
    on_progress: Progress,
    aliases: AliasBook,
    known: GraphSource | None,
    declare: Sequence[str],
    unanswered: UnansweredBounds,
) -> ParsedRound:
    name = collected.round
    rows = [r for r in collected.records if r.layout.form.label is not None]
    on_progress(ProgressStep.ASSEMBLE, 0, 1)
    summary = [r for r in collected.records if r.layout.form.label is None]
    assembled = build_graph(
        rows,
        collected.rejected,
        round_=name,
        keys=keys,
        aliases=aliases,
        held=known,
        refer_to=AREA_LABELS if summary or declare else (),
        unanswered=unanswered,
    )

    def area_of(text: str) -> str | None:
        found = assembled.known.find(AREA_LABELS, text)
        return found[0] if len(found) == 1 else None

    def near(text: str) -> tuple[str, ...]:
        shown = [n for label in AREA_LABELS for n in assembled.known.shown[label].values()]
        return tuple(closest_matches(text, sorted(shown), count=3))

    declared, odd = declared_totals(summary, totals(), name, area_of, near)
    declared = parse_declared_options(declare, declared, totals(), area_of)
    on_progress(ProgressStep.ASSEMBLE, 1, 1)
    problems = ProblemLog()
    for some in (collected.problems, assembled.problems, odd, differing_head_counts(assembled.graph)):
        problems.extend(some)
    _settle_totals(summary, odd, assembled.ledger)
    forms = {f.id: f for f in read_forms()}
    sheets = [(forms[c.form], c.file, c.sheet, c.rows, c.declared) for c in collected.counts]
    return ParsedRound(
        round=name,
        graph=assembled.graph,
        problems=tuple(sorted(problems, key=_order)),
        declared=declared,
        counts=tuple(collected.counts),
        files=tuple(collected.files),
        proposals=assembled.proposals,
        balances=row_balances(sheets, assembled.ledger, problems),
        sensitive=collected.sensitive,
        people=frozenset(collected.people),
        areas_of_files=_areas_of_files(assembled.graph),
        words=merged_questions(collected.words),
        own_date=max((str(r.properties.get("own_date", "")) for r in summary), default=""),
    )


def _settle_totals(summary: Sequence[Record], odd: Sequence[Problem], ledger: RowLedger) -> None:
    """Rows of declared totals land in the round itself, not in a node."""
    refused = {(p.file, p.sheet, p.cell.lstrip(_LETTERS)) for p in odd}
    for row in summary:
        layout = row.layout
        if (layout.file, layout.sheet, str(row.row)) in refused:
            ledger.lose(layout, row.row)
        else:
            ledger.landed[layout.file, layout.sheet] += 1


def _areas_of_files(graph: Graph) -> dict[str, str]:
    """File -> the one area that it lists; a file with several areas, or none, is about no single one."""
    found: dict[str, str | None] = {}
    for key, node in graph.nodes.items():
        if node.label in AREA_LABELS and node.place is not None:
            found[node.place.file] = None if node.place.file in found else key
    return {file: key for file, key in found.items() if key is not None}


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CELL = re.compile(r"([A-Z]+)(\d+)")


def _order(found: Problem) -> tuple[str, str, int, int, str, str, str]:
    """Problems as people work through them: by file, sheet, row, column."""
    at = _CELL.fullmatch(found.cell)
    row, column = (int(at.group(2)), at.group(1)) if at else (0, "")
    return (found.file, found.sheet, row, len(column), column, found.code, found.value)


# --- which round --------------------------------------------------------------------


def round_name(paths: Sequence[Path], given: str | None) -> str:
    """The round that was given, as YYYY-MM, or else the one that the files are in; InputError where neither is one."""
    if given is not None:
        if _ROUND.fullmatch(given):
            return given
        raise InputError(
            f"批次“{given}”不是 年-月；请用 --round 2006-10 这样的写法",
            f"the round “{given}” is no year and month; write it as --round 2006-10",
            page=Text(
                "批次应写作“年-月”，例如 2006-10。", "Write the round as year-month, such as 2006-10."
            ),
        )
    named = round_from_path(paths)
    if named is not None:
        return named
    raise InputError(
        "看不出是哪一批调摸：文件夹名、文件名和表题中没有年月，或有不止一个；请加上 --round 2006-10",
        "which round is this? folder, file names and titles name no month, or several; add --round 2006-10",
        page=Text("文件名和表题均未注明批次，请填写批次。", "Which round is this? Fill it in."),
    )
