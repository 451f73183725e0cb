"""Notes: written, listed, removed; hidden from who may not see names; left alone by loads."""

import pytest

from explorer.lookup.notes import LONGEST, add, author_of, notes_on, remove
from explorer.viewer import Viewer
from graph_model.errors import InputError
from tests.support.graphs import answers_of, fill, graph, node

NAMES, MASKED = Viewer(names=True), Viewer()
REFUSED = [("u_1", "  "), ("u_1", "长" * (LONGEST + 1)), ("u_9", "甲"), ("?", "甲")]
NASTY = "<script>alert(1)</script> \"'`😀\u202e =cmd|' /C calc'!A0"


def test_a_note_is_written_listed_and_removed(store) -> None:
    fill(store, graph(node("u_1"), node("u_2")))
    key = add(answers_of(store), "u_1", f"  {NASTY}  ", "office")
    (note,) = notes_on(answers_of(store), "u_1", NAMES)
    assert (note.key, note.body, note.author, note.subject) == (key, NASTY, "office", "u_1")
    assert notes_on(answers_of(store), "u_2", NAMES) == ()
    remove(answers_of(store), key)
    remove(answers_of(store), key)
    assert notes_on(answers_of(store), "u_1", NAMES) == ()


def test_who_may_not_see_names_sees_that_there_is_a_note_but_not_its_text(store) -> None:
    fill(store, graph(node("u_1")))
    add(answers_of(store), "u_1", "王小明说……", "office")
    (note,) = notes_on(answers_of(store), "u_1", MASKED)
    assert note.body is None
    assert "王小明" not in repr(note)
    (stored,) = store.records("Note")
    assert "王小明" not in str(stored.properties["name"])


def test_a_load_leaves_notes_alone(store) -> None:
    fill(store, graph(node("u_1"), node("u_2")))
    add(answers_of(store), "u_1", "再问一次", "office")
    fill(store, graph(node("u_2")))
    assert [n.body for n in notes_on(answers_of(store), "u_1", NAMES)] == ["再问一次"]


@pytest.mark.parametrize(("subject", "body"), REFUSED)
def test_what_cannot_be_noted_is_refused(store, subject, body) -> None:
    fill(store, graph(node("u_1")))
    with pytest.raises(InputError):
        add(answers_of(store), subject, body, "office")
    assert store.records("Note") == ()


@pytest.mark.parametrize("key", ["u_1", "", "no key"])
def test_only_notes_can_be_removed(store, key) -> None:
    fill(store, graph(node("u_1")))
    with pytest.raises(InputError):
        remove(answers_of(store), key)
    assert len(store.nodes(["u_1"])) == 1


def test_the_author_is_the_user_of_the_settings_else_of_the_machine() -> None:
    assert author_of({"BRANCHMAP_USER": " 党建办 "}) == "党建办"
    assert author_of({}) != " "
