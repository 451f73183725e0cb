"""Saved views: kept, listed, opened as they were, deleted; left alone by loads."""

import pytest

from explorer.explore.saved_views import (
    LONGEST_NAME,
    Opened,
    Saved,
    View,
    delete,
    open_view,
    rename,
    save,
    saved_views,
)
from explorer.viewer import Viewer
from graph_model.errors import InputError
from graph_model.graph import Node
from tests.support.graphs import answers_of, fill, graph, node

EMPTY = '{"form":1,"nodes":[],"positions":%s,"filters":{},"layout":"","walk":{},"note":""}'
NAMES, MASKED = Viewer(names=True), Viewer()
VIEW = View(
    ("u_1", "b_1"),
    {"u_1": (1.04, -20.0), "b_1": (3.0, 4.5)},
    {"hidden": ["Member"], "joint": True},
    "force",
    {"focus": ["u_1"], "depth": 2},
    "给李书记看",
)
READ = View(
    VIEW.nodes, {"u_1": (1.0, -20.0), "b_1": (3.0, 4.5)}, VIEW.filters, "force", VIEW.walk, VIEW.note
)


def test_a_view_opens_as_it_was_saved(store) -> None:
    fill(store, graph(node("u_1"), node("b_1")))
    key = save(answers_of(store), "  月 报 ", VIEW, "office")
    opened = open_view(answers_of(store), key, NAMES)
    assert (opened.name, opened.view, opened.missing) == ("月 报", READ, ())
    (listed,) = saved_views(answers_of(store))
    assert listed == Saved(key, "月 报", "office", listed.written, 2)
    delete(answers_of(store), key)
    assert saved_views(answers_of(store)) == ()


def test_a_note_is_for_who_may_see_names(store) -> None:
    fill(store, graph(node("u_1"), node("b_1")))
    key = save(answers_of(store), "月报", VIEW, "office")
    assert open_view(answers_of(store), key, MASKED).view.note == ""


def test_a_view_is_renamed_and_keeps_the_rest(store) -> None:
    fill(store, graph(node("u_1"), node("b_1")))
    key, other = save(answers_of(store), "月报", VIEW, "甲"), save(answers_of(store), "走访", View(), "乙")
    rename(answers_of(store), key, " 月 会 ")
    assert open_view(answers_of(store), key, NAMES) == Opened("月 会", READ)
    rename(answers_of(store), key, "月 会")
    for wrong in ("走访", " ", "长" * (LONGEST_NAME + 1)):
        with pytest.raises(InputError):
            rename(answers_of(store), key, wrong)
    delete(answers_of(store), other)
    with pytest.raises(InputError, match="已经不在"):
        rename(answers_of(store), other, "新名")


def test_a_name_is_taken_once_unless_it_is_to_be_written_over(store) -> None:
    key = save(answers_of(store), "月报", VIEW, "甲")
    with pytest.raises(InputError, match="月报"):
        save(answers_of(store), "月报", View(), "乙")
    assert save(answers_of(store), "月报", View(("u_2",)), "乙", replace=True) == key
    assert [(s.name, s.author, s.size) for s in saved_views(answers_of(store))] == [("月报", "乙", 1)]


def test_a_load_leaves_views_alone_and_what_is_gone_is_named(store) -> None:
    fill(store, graph(node("u_1"), node("b_1")))
    key = save(answers_of(store), "月报", VIEW, "office")
    fill(store, graph(node("b_1")))
    opened = open_view(answers_of(store), key, NAMES)
    assert (opened.view, opened.missing) == (READ, ("u_1",))


@pytest.mark.parametrize("name", ["", "  ", "长" * (LONGEST_NAME + 1)])
def test_a_name_is_neither_empty_nor_endless(store, name) -> None:
    with pytest.raises(InputError):
        save(answers_of(store), name, VIEW, "office")


def test_too_much_is_refused(store) -> None:
    with pytest.raises(InputError):
        save(answers_of(store), "月报", View(note="长" * 5000), "office")
    with pytest.raises(InputError):
        save(answers_of(store), "月报", View(filters={"x": "长" * 1_000_000}), "office")


@pytest.mark.parametrize(
    "body",
    ["", "no json", "[]", '{"form":2}', EMPTY % '{"u_1":[1]}', EMPTY % '{"u_1":[NaN,1]}'],
)
def test_a_damaged_view_is_listed_but_not_opened(store, body) -> None:
    store.put([Node("SavedView", "v_1", {"name": "旧", "body": body, "author": "", "written": ""})])
    assert [(s.name, s.size) for s in saved_views(answers_of(store))] == [("旧", 0)]
    with pytest.raises(InputError, match="旧"):
        open_view(answers_of(store), "v_1", NAMES)


@pytest.mark.parametrize("key", ["v_gone", "?"])
def test_a_view_that_is_not_there_is_said_kindly(store, key) -> None:
    with pytest.raises(InputError):
        open_view(answers_of(store), key, NAMES)


def test_only_views_can_be_deleted(store) -> None:
    fill(store, graph(node("u_1")))
    for key in ("u_1", "?"):
        with pytest.raises(InputError):
            delete(answers_of(store), key)
    assert len(store.nodes(["u_1"])) == 1
