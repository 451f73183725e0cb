"""A walk is kept as a view and comes back with the same nodes and places, also on other data."""

from explorer.answers import Answers
from explorer.explore.build_scene import visible_graph
from explorer.explore.exploration import Exploration
from explorer.explore.saved_exploration import restore_exploration, to_saved_view
from explorer.explore.saved_views import Opened, View
from graph_model.coverage.catalogue import read_catalogue
from graph_model.profile import read_profile
from tests.support.graphs import fill, graph, node, tie

FIELD = (
    node("s_1"),
    node("r_1"),
    node("r_2"),
    node("u_1"),
    tie("r_1 PART_OF s_1"),
    tie("r_2 PART_OF s_1"),
    tie("u_1 MANAGES r_1"),
)
WALK = (
    Exploration(("s_1",))
    .expand("r_1")
    .hide(["r_2"])
    .filter(["Unit"])
    .lay_out("circle")
    .move({"u_1": (5.0, 6.0)})
)
NODES = ("r_1", "s_1", "u_1")
PLACES = {"s_1": (0.0, 0.0), "r_1": (1.0, 2.0), "u_1": (9.0, 9.0), "r_9": (3.0, 3.0)}


def asked(store) -> Answers:
    return Answers(store, read_catalogue(), read_profile())


def test_a_walk_comes_back_as_it_was(store) -> None:
    fill(store, graph(*FIELD))
    view = to_saved_view(WALK, frozenset(NODES), PLACES)
    found = restore_exploration(asked(store), Opened("视图", view))
    assert found.walk == WALK
    assert found.places == {"s_1": (0.0, 0.0), "r_1": (1.0, 2.0), "u_1": (5.0, 6.0)}
    assert (found.gone, found.newer) == ({}, 0)


def test_what_came_since_is_hidden_and_what_lost_its_tie_is_still_shown(store) -> None:
    fill(store, graph(*FIELD[:-1], node("r_3"), tie("r_3 PART_OF s_1")))
    answers = asked(store)
    found = restore_exploration(answers, Opened("视图", to_saved_view(WALK, frozenset(NODES), PLACES)))
    assert set(visible_graph(answers, found.walk)[0]) == set(NODES)
    assert (found.newer, found.walk.hidden) == (1, ("r_2", "r_3"))


def test_what_is_gone_is_counted_by_type(store) -> None:
    fill(store, graph(node("r_1")))
    view = to_saved_view(WALK, frozenset(NODES), PLACES)
    answers = asked(store)
    found = restore_exploration(answers, Opened("视图", view, ("s_1", "u_1")))
    assert found.gone == {"Subdistrict": 1, "Unit": 1}
    assert found.walk.focus == ("r_1",)
    assert set(visible_graph(answers, found.walk)[0]) == {"r_1"}


def test_a_view_of_other_making_opens_without_what_cannot_be_read(store) -> None:
    fill(store, graph(*FIELD))
    strange = View(("u_1",), {}, {"off": 3}, "spiral", {"focus": ["u_1", 4], "depth": "x", "opened": [[1]]})
    found = restore_exploration(asked(store), Opened("视图", strange))
    assert (found.walk.focus, found.walk.layout, found.walk.off) == (("u_1",), "force", ())
    assert found.newer == 1
