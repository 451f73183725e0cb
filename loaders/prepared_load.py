"""A load as it is asked for, as it is prepared, and as it landed: values only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph_model.errors import StoreError
from graph_model.graph import Graph
from graph_model.keys import KeyMaker
from graph_model.plan import Plan
from graph_model.store.store import State
from loaders.codes.row_codes import Struck
from loaders.forms.answers import NO_ANSWERS, MatchAnswers
from loaders.forms.terms import TermQuestion
from loaders.history.reading_cache import (
    CachedReading,
)
from loaders.match.proposal import SheetProposal
from loaders.problems import Problem
from loaders.read.archives import Unpacked
from loaders.read.file_source import Source
from loaders.reconcile.control_totals import EMPTY_GRAPH
from loaders.reconcile.declared import Difference
from loaders.reconcile.movement import Movement
from loaders.resolve.aliases import (
    NO_ALIASES,
    AliasBook,
    MatchProposal,
)
from loaders.survey import RoundSummary


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """What is to be loaded, and how.

    `data`: the data folder, where the load is to be in the history and can be undone.

    `complete`: what the round does not mention is removed. By default a round is complete only when it is
    loaded from a folder with declared totals of all areas together in it, and lists every area that the
    store holds; anything less touches only what it mentions, and may refer to what the store holds.
    `declare`: totals declared by hand, as "members=45".
    `clean_rows`: where problems block, load the rest now; such a load is always partial, since a row that
    was left out must not be taken for one that is gone.
    `struck`: what becomes of rows that are struck through; left out, they are gone. `answers`: how foreign sheets
    and words are to be read. `passwords`: each is tried on workbooks that have one; a prepared load holds none of them.
    """

    paths: Sequence[Path]
    keys: KeyMaker
    round: str | None = None
    complete: bool | None = None
    data: Path | None = None
    clean_rows: bool = False
    declare: Sequence[str] = ()
    struck: Struck = "ask"
    answers: MatchAnswers = NO_ANSWERS
    passwords: tuple[str, ...] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class PreparedLoad:
    """A load that is ready to be looked at: what was read, what would change, what was declared.

    `graph`: what the round says, or nothing where these very files are what the store holds, and were not
    read again. `movements`: against what the store holds. `names`: of the areas, by key. `clean_rows`: the
    user chose to load what is clean now and to leave the rest out. `digest`: gives that of what the store
    holds afterwards, where the round is complete. `again`: what is to be kept for the next time. `unpacked`:
    keeps the files of archives in their place as long as this is held. `unmentioned`: the held areas that the
    round does not list; for their sake it is partial, although it looks like a complete one. `matches`: what the
    foreign sheets are thought to be, those that are asked about and those that are read.
    """

    request: LoadRequest
    reading: RoundSummary
    plan: Plan
    state: State
    differences: tuple[Difference, ...]
    found: Mapping[str, int]
    sources: Mapping[str, Source] = field(default_factory=dict)
    undo: Plan | None = None
    aliases: AliasBook = NO_ALIASES
    proposals: tuple[MatchProposal, ...] = ()
    movements: tuple[Movement, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    clean_rows: bool = False
    graph: Graph = EMPTY_GRAPH
    digest: Callable[[], str] | None = None
    again: CachedReading | None = None
    unpacked: tuple[Unpacked, ...] = ()
    unmentioned: tuple[str, ...] = ()
    matches: tuple[SheetProposal, ...] = ()

    @property
    def words(self) -> tuple[TermQuestion, ...]:
        """The words that are no term of their list: what is asked, and what was read as the nearest or as answered."""
        return self.reading.words

    @property
    def empty(self) -> bool:
        """True where no recognised sheet has a row: headings alone say nothing, not even that nothing is left."""
        return not any(c.rows for c in self.reading.counts)

    @property
    def blocked(self) -> bool:
        """True where the load is not to be applied: a blocking problem stands, or nothing was read."""
        blocking = self.reading.blocking and not self.clean_rows
        return self.empty or bool(self.reading.unaccounted) or blocking

    @property
    def older(self) -> bool:
        """True where the store holds a later round already."""
        return self.state.round is not None and self.reading.round < self.state.round

    @property
    def left_out(self) -> tuple[Problem, ...]:
        """The blocking problems whose rows or ties a load of the clean rows leaves out; else none."""
        return tuple(p for p in self.reading.problems if p.blocking) if self.clean_rows else ()

    @property
    def reconciled(self) -> bool:
        """True where totals were declared and every one of them is what was found."""
        declared = [d for d in self.differences if d.declared is not None]
        return bool(declared) and all(d.difference == 0 for d in declared)


@dataclass(frozen=True, slots=True)
class LandedLoad:
    """A load that is in the store whole. `figures_late`: why its figures are still to be computed, if they are."""

    state: State
    figures_late: StoreError | None = None
