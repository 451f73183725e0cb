"""What the load page asks and does: check and write a load, templates, answers about names, history, undo."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from explorer.answers import Answers
from explorer.loading.load_facts import names_in, only_held
from graph_model.graph import Graph, Node
from graph_model.plan import Plan
from graph_model.progress import Progress
from loaders import pipeline
from loaders.history.load_journal import settle_history
from loaders.history.load_log import LoadEntry, read_history
from loaders.history.undo import Undo, prepare_undo, undo_last
from loaders.prepared_load import LandedLoad, LoadRequest, PreparedLoad
from loaders.resolve.aliases import AliasAnswer
from loaders.template.prefill import Rows, rows_of_area
from loaders.template.template import write_template


def check(answers: Answers, request: LoadRequest, on_progress: Progress) -> PreparedLoad:
    """Read the files and compare them with what is held; InputError for files that cannot be read at all."""
    return pipeline.prepare(answers.store, request, on_progress=on_progress)


def write(answers: Answers, prepared: PreparedLoad, on_progress: Progress, by: str) -> LandedLoad:
    """Write a checked load and recompute the findings; raises what `pipeline.apply` raises."""
    return pipeline.run(
        answers.store, prepared, answers.catalogue, answers.profile, on_progress=on_progress, by=by or None
    )


def blank_template(*, full: bool = False) -> bytes:
    """The survey workbook without rows, as .xlsx; `full`: with the columns that not every office surveys."""
    return _template(None, full=full)


def area_template(answers: Answers, area: str) -> bytes:
    """The survey workbook filled with what is known of one area, by its key, as .xlsx."""
    return _template(rows_of_area(answers.store.held(), area))


def _template(rows: Rows | None, *, full: bool = False) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path, rows, full=full)
        return path.read_bytes()


def named_nodes(answers: Answers, plan: Plan, graph: Graph) -> dict[str, Node]:
    """The nodes that a plan is about, by key: of the round where it has them, else as they are stored."""
    return names_in(plan, graph, answers.nodes(only_held(plan, graph)))


def keep_answer(answers: Answers, answer: AliasAnswer, by: str) -> None:
    """Keep what the user says of a likely name; later rounds are read by it."""
    pipeline.save_alias_answer(answers.store, *answer, by=by)


def settle(answers: Answers, data: Path) -> None:
    """Write down what a program that died left unsaid in the history; once, when the pages start."""
    with suppress(OSError):  # a folder that cannot be written to can still be read
        settle_history(data, answers.store)


def load_entries(answers: Answers, data: Path) -> tuple[LoadEntry, ...]:
    """The loads that were made from this data folder, the newest first."""
    return read_history(data, answers.store)


def undo_offered(answers: Answers, data: Path) -> Undo:
    """The last load and the plan that takes it back; InputError where there is none."""
    return prepare_undo(answers.store, data)


def undo(answers: Answers, data: Path, asked: Undo, by: str) -> LoadEntry:
    """Take the last load back; StoreBusy where another load came in between."""
    return undo_last(answers.store, data, undo=asked, by=by or None)
