import json

import pytest

from graph_model.errors import InputError, StoreBusy, StoreUnavailable
from graph_model.findings.revert import StoredFigures
from graph_model.graph import Graph, Node
from graph_model.plan import make_plan
from graph_model.progress import ProgressStep, no_progress
from graph_model.store.store import State
from loaders.history.load_journal import commit, settle_history, write_entry
from loaders.history.load_log import (
    ENTITY_INDEX,
    FIGURES,
    LANDED,
    LoadEntry,
    StateBefore,
    entries_of,
    figures_before,
    read_history,
    seen_in,
    undo_plan,
)
from loaders.history.load_log import UNDO as UNDO_FILE

EMPTY = Graph.of()
UNIT = Graph.of([Node("Unit", "u_1", {"name": "甲"})])
UNDO = make_plan(UNIT, EMPTY, complete=True)


class At:
    """A store that is at one load."""

    def __init__(self, load=None):
        self.load = load

    def state(self):
        return State(3, "2006-10", load=self.load)


def entry(load="1", before=None, **more):
    at = StateBefore(1, "2006-04", before, None)
    return LoadEntry(load, "2006-10", True, "王主任", "2006-10-02T08:30:00+00:00", at, **more)


def files_of(pending):
    return sorted(p.name for p in pending.folder.iterdir())


def test_an_entry_is_read_back_with_the_plan_that_undoes_it(tmp_path):
    figures = StoredFigures("3 x", {"2006-10": {"rates": "[]"}})
    write_entry(tmp_path, entry(), UNDO, figures)
    assert entries_of(tmp_path) == {"1": entry()}
    assert undo_plan(tmp_path, entry()) == UNDO
    assert figures_before(tmp_path, entry()) == figures


def test_the_files_of_an_entry_are_private(tmp_path):
    pending = write_entry(tmp_path, entry(), UNDO)
    assert {p.stat().st_mode & 0o777 for p in pending.folder.iterdir()} == {0o600}


def test_what_the_load_of_an_empty_store_added_is_not_listed_by_thing(tmp_path):
    first = LoadEntry("1", "2006-10", True, "x", "2006", StateBefore(0, None, None, None))
    assert ENTITY_INDEX not in files_of(write_entry(tmp_path, first, UNDO))
    assert ENTITY_INDEX in files_of(write_entry(tmp_path, entry("2"), UNDO))
    assert FIGURES not in files_of(write_entry(tmp_path, entry("3"), UNDO))


def test_a_load_that_landed_is_noted_with_its_version(tmp_path):
    pending, told = write_entry(tmp_path, entry(), UNDO), []
    state = commit(
        tmp_path,
        At(),
        pending,
        lambda load: State(4, "2006-10", load=load),
        lambda *step: told.append(step),
    )
    assert state == State(4, "2006-10", load="1")
    assert json.loads((pending.folder / LANDED).read_text())["version"] == 4
    assert told == [(ProgressStep.CONFIRM, 0, 1), (ProgressStep.CONFIRM, 1, 1)]


def failing(tmp_path, error, store, before="0"):
    pending = write_entry(tmp_path, entry(before=before), UNDO)

    def write(_):
        raise error

    with pytest.raises(type(error)) as raised:
        commit(tmp_path, store, pending, write, no_progress)
    return pending.folder.exists(), raised.value


def test_a_load_that_was_refused_leaves_no_trace(tmp_path):
    assert failing(tmp_path, InputError("错", "bad"), At())[0] is False


def test_after_any_other_error_the_entry_stays(tmp_path):
    kept, _ = failing(tmp_path, StoreUnavailable("无", "gone"), At())
    assert kept


def test_who_came_first_is_named(tmp_path):
    write_entry(tmp_path, entry("2", before="0"), UNDO)
    kept, error = failing(tmp_path, StoreBusy("忙", "busy"), At("2"))
    assert not kept
    assert error.text.zh.startswith(
        "在您查看变化之后，王主任 已于 2006-10-02 08:30:00（国际标准时间）导入了 2006-10"
    )


def test_who_came_first_with_an_undo_is_named(tmp_path):
    write_entry(tmp_path, entry("2", before="0", undoes="0"), UNDO)
    _, error = failing(tmp_path, StoreBusy("忙", "busy"), At("2"))
    assert "王主任 undid the load of 2006-10 at 2006-10-02 08:30:00 (UTC)" in error.text.en


@pytest.mark.parametrize("store", [At("0"), At("elsewhere"), At()])
def test_a_store_that_is_only_busy_says_so(tmp_path, store):
    write_entry(tmp_path, entry("0"), UNDO)
    _, error = failing(tmp_path, StoreBusy("忙", "busy"), store)
    assert error.text.zh == "忙"


@pytest.mark.parametrize(
    "cut", [lambda b: b[:-12], lambda b: b[:12] + b"\xff" * 20, lambda _: b"", lambda _: b"x"]
)
def test_a_damaged_plan_of_an_entry_is_refused(tmp_path, cut):
    path = write_entry(tmp_path, entry(), UNDO).folder / UNDO_FILE
    path.write_bytes(cut(path.read_bytes()))
    with pytest.raises(InputError, match="撤销 2006-10 所需的记录已缺失或损坏"):
        undo_plan(tmp_path, entry())


def files(data):
    return {p.relative_to(data): p.read_bytes() for p in data.rglob("*") if p.is_file()}


def test_reading_counts_what_landed_unnoted_and_writes_nothing(tmp_path):
    write_entry(tmp_path, entry("1", before="0"), UNDO)
    (write_entry(tmp_path, entry("2", before="1"), UNDO).folder / ENTITY_INDEX).unlink()
    before = files(tmp_path)
    found = {e.load: e for e in read_history(tmp_path, At("2"))}
    assert {load: e.standing for load, e in found.items()} == {"1": "standing", "2": "standing"}
    assert {e.standing for e in read_history(tmp_path, At())} == {"not applied"}
    assert seen_in(tmp_path, found["2"], "u_1") == seen_in(tmp_path, found["1"], "u_1")
    assert files(tmp_path) == before


def test_settling_notes_what_landed_and_keeps_the_indexes_that_are_missing(tmp_path):
    landed = write_entry(tmp_path, entry("1", before="0"), UNDO).folder
    (landed / ENTITY_INDEX).unlink()
    refused = write_entry(tmp_path, entry("2", before="1"), UNDO).folder
    settle_history(tmp_path, At("1"))
    assert [(p / LANDED).exists() for p in (landed, refused)] == [True, False]
    assert (landed / ENTITY_INDEX).read_bytes() == (refused / ENTITY_INDEX).read_bytes()
    settled = files(tmp_path)
    settle_history(tmp_path, At("1"))
    assert files(tmp_path) == settled
    assert {e.load: e.standing for e in read_history(tmp_path, At())} == {
        "1": "standing",
        "2": "not applied",
    }


def test_a_damaged_history_is_left_as_it_is(tmp_path):
    (write_entry(tmp_path, entry("1"), UNDO).folder / "manifest.json").write_text("x")
    before = files(tmp_path)
    settle_history(tmp_path, At("1"))
    assert files(tmp_path) == before


def test_a_load_whose_plan_is_gone_is_settled_without_an_index(tmp_path):
    folder = write_entry(tmp_path, entry("1"), UNDO).folder
    (folder / ENTITY_INDEX).unlink()
    (folder / UNDO_FILE).unlink()
    settle_history(tmp_path, At("1"))
    assert (folder / LANDED).exists()
