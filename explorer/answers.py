"""What pages and exports ask of the store, cached until the next load, and what people change. No drawing here."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from graph_model.coverage.areas import Locality, areas_under, read_localities
from graph_model.coverage.catalogue import Catalogue, Rule, Severity, Status
from graph_model.coverage.evaluate import Figure, first_gaps, subjects
from graph_model.coverage.head_counts import members_of
from graph_model.coverage.measures import units
from graph_model.coverage.questions import Question, QuestionAnswer, answer_question
from graph_model.coverage.registers import (
    OrganisationFigures,
    company_members,
    organisation_rows,
    organisations_below,
    read_below,
)
from graph_model.coverage.totals import Part, Rate
from graph_model.errors import StoreBusy
from graph_model.findings.counts import count_by_subject, worst_severities
from graph_model.findings.findings import Finding, edit, read_findings
from graph_model.findings.freshness import read_freshness
from graph_model.findings.refresh import refresh_findings
from graph_model.findings.round_figures import Change, RoundFigures, change_between, figures_history
from graph_model.findings.snapshot import NEVER, read_snapshot, stored_rates_by_part, subjects_page
from graph_model.graph import Node
from graph_model.profile import Profile, Reckoning, reckon
from graph_model.store.driver import Row
from graph_model.store.neighborhood import Neighborhood, read_neighborhood
from graph_model.store.paths import Paths, SharedNeighbor, shared_neighbors, shortest_paths
from graph_model.store.store import Round, State, Store

T = TypeVar("T")
_REMEMBERED = 256
_MOMENT = 0.3  # seconds for which another process's load may stay unseen


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the first page shows, from one point in time.

    `subdistrict`: what the survey is of: the sub-district, or the district where it is of several of them.
    """

    state: State
    round: Round | None
    previous: Round | None
    subdistrict: Node | None
    totals: dict[str, int]
    rates: tuple[Rate, ...]
    figures: tuple[Figure, ...]
    reckoning: Reckoning
    """The date by which periods are reckoned."""


class Answers:
    """Asks a store once per load: an answer stays valid until the store's version changes."""

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        profile: Profile,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.store = store
        self.profile = profile
        self._known = catalogue
        self._today = today
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()
        self._asked = (float("-inf"), -1, 0)  # when, after how many writes of ours, and the version

    @property
    def catalogue(self) -> Catalogue:
        """The rules that count at the date by which periods are reckoned."""
        if self.profile.todays_norms:
            return self._known
        return self._known.in_force(self.reckoning().day, todays=False)

    def reckoning(self) -> Reckoning:
        """The date by which periods are reckoned now, and who says so."""
        own = self.remember("own date", lambda: read_freshness(self.store).own_date)
        return reckon(self.profile.given, own, self._today())

    def remember(self, key: Hashable, ask: Callable[[], T]) -> T:
        """What `ask` gives, cached until the next load; for what other modules derive from the store."""
        full = (self._version(), key)
        with self._lock:
            if full in self._kept:
                self._kept.move_to_end(full)
                return cast(T, self._kept[full])
        answer = ask()
        with self._lock:
            self._kept[full] = answer
            while len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
        return answer

    def _version(self) -> int:
        """Which load answers belong to. Asked once a moment: one click asks for dozens of answers."""
        asked, writes, version = self._asked
        if writes != self.store.writes or time.monotonic() - asked > _MOMENT:
            version = self.store.state().version
            self._asked = (time.monotonic(), self.store.writes, version)
        return version

    def refresh(self) -> None:
        """Recompute the findings where a load came since, or another month; the one thing that a page run writes."""
        with suppress(StoreBusy):  # another process is recomputing them; the next page run looks again
            self.remember(
                # another process may have worked them out as of another month: then the revision is a new one
                ("refreshed", self.reckoning().day[:7], self.revision()),
                lambda: refresh_findings(self.store, self._known, self.profile, today=self._today()),
            )

    def state(self) -> State:
        """Which load the store is at, asked anew."""
        return self.store.state()

    def nodes(self, keys: Iterable[str]) -> tuple[Node, ...]:
        """The nodes of these keys, in the order of the keys; unknown keys are left out."""
        return self.store.nodes(keys)

    def node(self, key: str | None) -> Node | None:
        """The node of a key; None where there is none."""
        if not key:
            return None
        return self.remember(("node", key), lambda: next(iter(self.nodes((key,))), None))

    def search(self, text: str, labels: tuple[str, ...]) -> tuple[Node, ...]:
        """Nodes of these labels whose name, pinyin or initials hold the text."""
        return self.store.find(text, labels=labels)

    def names(self, *labels: str) -> dict[str, str]:
        """{key: name} of every node of these labels, in the order of Chinese dictionaries."""
        return self.remember(("names", labels), lambda: self._names(labels))

    def _names(self, labels: tuple[str, ...]) -> dict[str, str]:
        source = self.store.holdings()
        names = {n.key: n.name or n.key for label in labels for n in source.named(label)}
        return dict(sorted(names.items(), key=lambda item: item[1].encode("gb18030", "replace")))

    def areas_under(self, key: str) -> tuple[str, ...]:
        """The keys of the areas of a sub-district or district; none for anything else."""
        return self.remember(("areas under", key), lambda: areas_under(self.store, key))

    def localities(self) -> tuple[Locality, ...]:
        """The sub-districts, each with its areas after it: what can be chosen as the place."""
        return self.remember("localities", lambda: read_localities(self.store))

    def organisations_below(self, key: str) -> tuple[OrganisationFigures, ...]:
        """The organisations directly below one, each with all that is below it; last all of them together."""
        return self.remember(("below", key, self.revision()), lambda: self._below(key))

    def _below(self, key: str) -> tuple[OrganisationFigures, ...]:
        below = read_below(self.store, key)
        if not below:
            return ()
        keys = [key, *(k for under in below.values() for k in under)]
        rules = [r.id for r in self.catalogue.rules if r.nature != "data"]
        problems = count_by_subject(self.store, keys, rules)
        return organisations_below(key, below, organisation_rows(self.store, keys), problems)

    def overview(self) -> Overview:
        """The first page's figures."""
        reckoning = self.reckoning()
        return self.remember(("overview", reckoning), lambda: self._overview(reckoning))

    def _overview(self, reckoning: Reckoning) -> Overview:
        state = self.store.state()
        rounds = self.store.rounds()
        current = next((r for r in rounds if r.name == state.round), None)
        earlier = [r for r in rounds if current and r.name < current.name]
        found = self._surveyed()
        as_of = reckoning.day if current is not None else None
        now = read_snapshot(self.store, self.catalogue, self.profile, as_of)
        return Overview(
            state,
            current,
            earlier[0] if earlier else None,
            found,
            now.totals,
            now.rates,
            now.figures,
            reckoning,
        )

    def _surveyed(self) -> Node | None:
        several = len(self.names("Subdistrict")) > 1
        district = self.store.first("District") if several else None
        return district or self.store.first("Subdistrict")

    def findings(self) -> tuple[Finding, ...]:
        """Every finding; asked again when one was edited, by whomever."""
        return self.remember(("findings", self.revision()), lambda: read_findings(self.store))

    def edit_findings(self, keys: Collection[str], values: Mapping[str, str]) -> int:
        """Set what people write about findings; how many were changed. InputError for a value that is not allowed."""
        return edit(self.store, keys, values)

    def revision(self) -> str:
        """What changes whenever a finding does."""
        return read_freshness(self.store).revision

    def history(self) -> tuple[RoundFigures, ...]:
        """Rates and totals of each round of which they were kept, oldest first."""
        return self.remember(("history", self.revision()), lambda: figures_history(self.store))

    def changes(self) -> tuple[Change, ...]:
        """How the rates changed since the round before; none where that was not kept."""
        two = self._last_two()
        if two is None:
            return ()
        return self.remember(("changes", self.revision()), lambda: change_between(self.store, *two))

    def totals_since(self) -> dict[str, int]:
        """By how much each control total differs from what was found in the round before; none as for `changes`."""
        two = self._last_two()
        if two is None:
            return {}
        before, after = two
        return {
            id_: found - before.totals[id_] for id_, found in after.totals.items() if id_ in before.totals
        }

    def _last_two(self) -> tuple[RoundFigures, RoundFigures] | None:
        """What was true of the round before and of the present one."""
        name = self.store.state().round
        known = [f for f in self.history() if name is not None and f.round <= name]
        if len(known) < 2 or known[-1].round != name:
            return None
        return known[-2], known[-1]

    def units(self) -> tuple[Row, ...]:
        """Every unit that a rate asks about, with what covers it."""
        seen = self.overview()
        as_of = seen.reckoning.day if seen.round is not None else NEVER
        return self.remember(("units", as_of), lambda: units(self.store, self.profile, as_of))

    def company_members(self) -> tuple[Row, ...]:
        """The members in the property companies, with their clear names; no more than a list can show."""
        return self.remember("company members", lambda: company_members(self.store))

    def parts(self) -> dict[str, tuple[Part, ...]]:
        """The rates by area, ownership and kind."""
        seen = self.overview()
        as_of = seen.reckoning.day if seen.round is not None else None
        return self.remember(
            ("parts", as_of), lambda: stored_rates_by_part(self.store, self.catalogue, self.profile, as_of)
        )

    def page(self, rule: Rule, as_of: str, status: Status, number: int = 0) -> tuple[Row, ...]:
        """One page of a rule's subjects of one status, by name; the first one at once."""
        return self.remember(
            ("page", rule.id, as_of, status, number),
            lambda: subjects_page(
                self.store, self.catalogue, self.profile, as_of, rule, status=status, number=number
            ),
        )

    def subjects(
        self,
        rule: Rule,
        as_of: str,
        status: Status,
        *,
        limit: int = 10_000,
        seconds: float | None = None,
    ) -> tuple[Row, ...]:
        """A rule's subjects of one status, by name; `seconds` where it may take longer than a page waits."""
        return self.remember(
            ("subjects", rule.id, as_of, status, limit),
            lambda: subjects(
                self.store, rule, self.profile, as_of, status=status, limit=limit, seconds=seconds
            ),
        )

    def first_gaps(self, rule: Rule, as_of: str, order: str, limit: int) -> tuple[Row, ...]:
        """The first of a rule's gaps by one of its columns."""
        return self.remember(
            ("first gaps", rule.id, as_of, order, limit),
            lambda: first_gaps(self.store, rule, self.profile, as_of, order=order, limit=limit),
        )

    def rings(self, as_of: str) -> dict[str, Severity]:
        """The worst severity of each gap's subject, by key: of the gaps as they are noted."""
        return self.remember(
            ("rings", as_of, self.revision()), lambda: worst_severities(self.store, self.catalogue.rules)
        )

    def around(
        self, keys: tuple[str, ...], depth: int, labels: tuple[str, ...] | None = None
    ) -> Neighborhood:
        """What lies around some nodes."""
        return self.remember(
            ("around", keys, depth, labels),
            lambda: read_neighborhood(self.store, keys, depth=depth, labels=labels),
        )

    def paths(
        self,
        source: str,
        target: str,
        *,
        types: tuple[str, ...] | None,
        avoid: tuple[str, ...],
        every: bool,
    ) -> Paths:
        """The shortest ways between two nodes; InputError for a node that is not there."""
        return shortest_paths(self.store, source, target, types=types, avoid=avoid, every=every)

    def ask_question(self, question: Question, chosen: Mapping[str, str]) -> QuestionAnswer:
        """The rows that answer a ready question; InputError for a choice that is not allowed."""
        return answer_question(self.store, question, chosen)

    def question_count(self, question: Question) -> tuple[int, bool]:
        """How many rows answer a question without blanks, and whether there are more."""

        def counted() -> tuple[int, bool]:
            answered = answer_question(self.store, question, {})
            return len(answered.rows), answered.truncated

        return self.remember(("question count", question.id, question.cypher), counted)

    def shared(self, keys: tuple[str, ...]) -> tuple[SharedNeighbor, ...]:
        """What several nodes have in common."""
        return self.remember(("shared", keys), lambda: shared_neighbors(self.store, keys))

    def members_of(self, keys: tuple[str, ...]) -> dict[str, int]:
        """How many members belong to each key, whether they are on the screen or not."""
        return self.remember(("members", keys), lambda: members_of(self.store, keys))

    def gaps_of(self, key: str, label: str, as_of: str) -> tuple[tuple[Rule, Row], ...]:
        """The rules in which a node is a gap or unknown, with its row in each."""
        hits: list[tuple[Rule, Row]] = []
        statuses: tuple[Status, ...] = ("gap", "unknown")
        for rule in self.catalogue.rules:
            if rule.about != label:
                continue
            for status in statuses:
                hits += [(rule, r) for r in self.subjects(rule, as_of, status) if r["key"] == key]
        return tuple(hits)
