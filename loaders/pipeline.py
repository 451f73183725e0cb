"""A load from end to end: read, compare, reconcile, apply. Reading never writes; applying is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from graph_model.coverage.areas import AREA_LABELS
from graph_model.coverage.catalogue import Catalogue
from graph_model.errors import InputError, SchemaError, StoreError
from graph_model.findings.refresh import refresh_findings
from graph_model.gc_pause import gc_paused
from graph_model.graph import Graph, Node, counts_of
from graph_model.inverse_plan import invert_plan
from graph_model.plan import Plan
from graph_model.profile import Profile
from graph_model.progress import Progress, ProgressStep, no_progress
from graph_model.store.graph_source import GraphSource, InMemoryGraph
from graph_model.store.store import Round, State, Store, now
from loaders.clean.parse import canonical_name
from loaders.comparison import compare_complete, compare_partial, without_zeros
from loaders.forms.answers import MatchAnswers
from loaders.history.explanations import differences_of
from loaders.history.load_journal import PlannedLoad, commit, record_pending
from loaders.history.load_log import folder_of
from loaders.history.reading_cache import (
    CachedReading,
    CacheKey,
    cache_key,
    read_cache,
    revalidate,
    write_cache,
)
from loaders.map.read_files import parse_files
from loaders.match.answer_store import keep_answers, read_site_answers
from loaders.match.choose import SheetChooser
from loaders.prepared_load import LandedLoad, LoadRequest, PreparedLoad
from loaders.read.discovery import DiscoveredFiles, list_files, without_passwords
from loaders.read.file_source import sources
from loaders.reconcile.completeness import declares_all_areas, missing_areas
from loaders.reconcile.control_totals import EMPTY_GRAPH, computed_totals, computed_totals_by_area
from loaders.reconcile.declared import TotalKey, with_explanations
from loaders.reconcile.movement import movements
from loaders.resolve.aliases import (
    AliasAnswer,
    AliasBook,
    alias_nodes,
    read_alias_book,
)
from loaders.survey import ParsedRound, resolve_round, round_name
from loaders.temp_dir import remove_stale


@gc_paused()
def prepare(store: Store, request: LoadRequest, *, on_progress: Progress | None = None) -> PreparedLoad:
    """Read the workbooks and compare them with what the store holds. Nothing is written.

    InputError is raised for files that cannot be read at all, and for a complete round of clean rows only;
    bad cells come back as problems.
    """
    paths, complete, data = request.paths, request.complete, request.data
    clean_rows, declare = request.clean_rows, request.declare
    if data is not None:
        request = replace(request, answers=read_site_answers(data).updated(request.answers))
    name, listing = round_name(paths, request.round), list_files(paths)
    remove_stale()
    listing = without_passwords(listing, request.passwords)
    request = replace(request, passwords=())
    aliases = read_alias_book(store.records("Alias"))
    state = store.state()  # first: what is written after it makes the plan too old to be applied
    folder = any(p.is_dir() for p in paths)
    depends = None
    if data is not None and (complete or (complete is None and folder)) and not clean_rows:
        depends = cache_key(
            name,
            listing,
            keys=request.keys,
            complete=complete,
            aliases=aliases,
            declare=declare,
            choices=(request.struck, request.answers),
        )
        known = _held_already(store, data, state, depends, on_progress) if depends is not None else None
        if known is not None:
            return _unchanged(request, known, state, aliases, listing)
    holdings = store.holdings() if state.version else InMemoryGraph(EMPTY_GRAPH)
    choose = SheetChooser(request.answers, lambda: _known_names(holdings))
    rows = parse_files(
        name,
        listing,
        on_progress=on_progress,
        contents=depends is not None,
        struck=request.struck,
        answers=request.answers,
        choose=choose,
    )
    maybe = complete is None and folder and (rows.declares or bool(declare))

    def read(known: GraphSource | None) -> ParsedRound:
        return resolve_round(
            rows,
            keys=request.keys,
            on_progress=on_progress,
            aliases=aliases,
            known=known,
            declare=declare,
        )

    reading = read(None if complete or maybe else holdings)
    maybe_whole = maybe and declares_all_areas(reading.declared)
    unmentioned = missing_areas(reading.graph, holdings) if maybe_whole else ()
    whole = complete or (maybe_whole and not unmentioned)
    partly = clean_rows and reading.blocking
    if complete and partly:
        raise InputError(
            "“只导入没有问题的行”不能与完整批次一起用：没有读入的行会被当成已不存在而删除。请改用部分导入，或先改正。",
            "The clean rows alone cannot be a complete round: rows left out would be removed as gone. Load them "
            "as a partial round, or mend the problems first.",
        )
    if maybe and (partly or not whole) and state.version:
        reading = read(holdings)  # again: a partial round may refer to what is held
    compared = (
        compare_complete(store, state, reading, aliases, on_progress)
        if whole and not partly
        else compare_partial(store, state, holdings, reading, aliases)
    )
    found = computed_totals(reading.graph, compared.beside)
    by_area = computed_totals_by_area(reading.graph, compared.beside)
    said, nodes = reading.said(), (*compared.held.nodes.values(), *reading.graph.nodes.values())
    names = _names(n for n in nodes if n.label in AREA_LABELS)
    differences = differences_of(said, found, by_area, state, data)
    spoken_of = {d.area for d in differences} | {m.area for m in compared.movements}
    # a partial round may declare a total of an area that it does not bring along
    names |= _names(store.nodes(sorted(spoken_of - names.keys() - {""})))
    again = None
    if depends is not None and depends.are_those_of(said) and compared.digest is not None:
        own = {key: name for key, name in names.items() if key in reading.graph.nodes}
        again = CachedReading(
            depends.mark, said, counts_of(reading.graph), rows.contents, found, by_area, own
        )
    return PreparedLoad(
        request,
        said,
        compared.plan,
        state,
        differences,
        found,
        sources(listing.files) if data is not None else {},
        invert_plan(compared.plan, compared.held) if data is not None else None,
        aliases,
        (*reading.proposals, *compared.renamed),
        compared.movements,
        names,
        partly,
        reading.graph,
        compared.digest,
        again,
        listing.unpacked,
        unmentioned,
        tuple(choose.proposals),
    )


def _known_names(holdings: GraphSource) -> dict[str, frozenset[str]]:
    """What the things of the store are called, for knowing them in the columns of foreign sheets."""
    return {
        label: frozenset(canonical_name(n.name) for n in holdings.named(label) if n.name)
        for label in ("Branch", "Unit", *AREA_LABELS)
    }


def _names(nodes: Iterable[Node]) -> dict[str, str]:
    return {n.key: str(n.properties.get("name", n.key)) for n in nodes}


def _held_already(
    store: Store, data: Path, state: State, depends: CacheKey, on_progress: Progress | None
) -> CachedReading | None:
    """The cached reading of the store's last load, where its inputs were just these and it is all that is held."""
    if state.round is None or state.load is None or state.digest is None:
        return None
    known = read_cache(folder_of(data, state.round, state.load), depends)
    if known is None or without_zeros(store.counts()) != known.held:
        return None
    return revalidate(known, depends, on_progress or no_progress)


def _unchanged(
    request: LoadRequest, known: CachedReading, state: State, aliases: AliasBook, listing: DiscoveredFiles
) -> PreparedLoad:
    """A load of what the store holds already: it changes nothing, and reports what it reported before."""
    nothing = Plan(complete=True)
    return PreparedLoad(
        request,
        known.said,
        nothing,
        state,
        differences_of(known.said, known.found, known.by_area, state, request.data),
        known.found,
        sources(listing.files),
        nothing,
        aliases,
        known.said.proposals,
        known.movements,
        known.names,
        digest=lambda: str(state.digest),
        again=known,
        unpacked=listing.unpacked,
    )


def explain(prepared: PreparedLoad, said: Mapping[TotalKey, str]) -> PreparedLoad:
    """The load with written explanations of its differences; `apply` keeps them with the round."""
    return replace(prepared, differences=with_explanations(prepared.differences, said))


def run(
    store: Store,
    prepared: PreparedLoad,
    catalogue: Catalogue,
    profile: Profile,
    *,
    on_progress: Progress | None = None,
    by: str | None = None,
) -> LandedLoad:
    """Write what was prepared, and compute the findings of the graph as it is then.

    Those of the graph before it first, in case an earlier load ended before they were: they would be lost.
    Raises what `apply` raises; once the load has landed, nothing is raised for the findings' sake.
    """
    refresh_findings(store, catalogue, profile, on_progress)
    state = apply(store, prepared, on_progress=on_progress, by=by)
    try:
        refresh_findings(store, catalogue, profile, on_progress)
    except StoreError as error:  # whoever looks next at the store computes them
        return LandedLoad(state, error)
    return LandedLoad(state)


@gc_paused()
def apply(
    store: Store, prepared: PreparedLoad, *, on_progress: Progress | None = None, by: str | None = None
) -> State:
    """Write what was prepared, in one transaction. InputError while a blocking problem stands.

    Where the request names a data folder, the load is kept in its history. `by`: who loads, else the system's user.
    """
    if prepared.reading.unaccounted:
        raise SchemaError(
            f"有 {prepared.reading.unaccounted} 行既没有读入、也没有列出问题，没有写入任何内容；请报告这个错误",
            f"{prepared.reading.unaccounted} rows were neither read nor reported, so nothing was written; please "
            "report this fault",
        )
    if prepared.blocked:
        raise InputError(
            "工作簿中没有数据行，或还有必须改正的问题，没有写入任何内容。请按问题清单改正后重新导入。",
            "The workbooks have no rows, or problems that must be mended; nothing was written. Mend and load again.",
        )
    store.check_room(prepared.plan)
    reading, data = prepared.reading, prepared.request.data
    round_ = _remembered(store, prepared)

    def write(load: str | None) -> State:
        with ThreadPoolExecutor(1) as beside:  # the store is at work meanwhile
            digest = beside.submit(prepared.digest).result if prepared.digest is not None else None
            return store.apply(
                prepared.plan,
                round=round_,
                expected=prepared.state,
                site=prepared.request.keys.fingerprint,
                on_progress=on_progress,
                load=load,
                digest=digest,
            )

    if data is None or prepared.undo is None:
        return write(None)
    on_progress = on_progress or no_progress
    on_progress(ProgressStep.KEEP, 0, 1)
    planned = PlannedLoad(
        reading,
        prepared.sources,
        prepared.plan,
        prepared.undo,
        prepared.state,
        prepared.differences,
        prepared.aliases,
        by,
        prepared.left_out,
        prepared.request.struck,
        MatchAnswers(tuple(p.as_read() for p in prepared.matches), prepared.request.answers.terms),
    )
    pending = record_pending(data, store, planned)
    on_progress(ProgressStep.KEEP, 1, 1)
    state = commit(data, store, pending, write, on_progress)
    with suppress(OSError, InputError):  # the load has landed; what is not kept is asked again
        keep_answers(data, prepared.request.answers)
    if prepared.again is not None:
        # the load has landed: where this cannot be kept, the files are read again, and no more than that
        with suppress(OSError):
            write_cache(pending.folder, _for_the_next_time(prepared.again, prepared.graph))
    return state


def _remembered(store: Store, prepared: PreparedLoad) -> Round:
    """What the store is to remember of the round: a partial load adds to what is known of it."""
    reading = prepared.reading
    declared = {d.id: d.value for d in reading.declared if not d.area}
    files = {f.name: f.sha256 for f in reading.files}
    known = next((r for r in store.rounds() if r.name == reading.round), None)
    if known is not None and not prepared.plan.complete:
        declared, files = {**known.declared, **declared}, {**known.files, **files}
    own_date = reading.own_date or (
        known.own_date if known is not None and not prepared.plan.complete else ""
    )
    return Round(reading.round, reading.round, now(), declared, files, own_date)


def _for_the_next_time(again: CachedReading, graph: Graph) -> CachedReading:
    """With the movements of the round upon itself, unless they are known."""
    return again if again.movements else replace(again, movements=movements(graph, graph))


def save_alias_answer(store: Store, label: str, alias: str, name: str | None, *, by: str = "") -> None:
    """Keep the user's answer to a Proposal: the name (of people: the key) that the alias stands for, or None.

    None says that they are not the same. Later rounds then read it so, and it is not asked again.
    """
    store.put(alias_nodes([AliasAnswer(label, alias, name)], author=by, written=now()))
