"""Where the first picture begins."""

from __future__ import annotations

import pytest

from explorer.explore.build_scene import initial_exploration, visible_graph
from explorer.explore.exploration import OVERVIEW_LABELS, Exploration
from graph_model.store.store import Store
from tests.support.graphs import answers_of, fill, graph, node, tie

AREA, UNIT = (node("r_1"), node("r_2")), (node("u_1"), tie("u_1 LOCATED_IN r_1"))


@pytest.mark.parametrize(
    ("things", "focus"),
    [
        ((node("s_1"), *AREA, *UNIT), ("s_1",)),
        ((node("s_1"), node("s_2"), node("x_1"), *AREA), ("s_1", "s_2")),
        ((*AREA, *UNIT), ("r_1", "r_2")),
        ((node("u_1"), node("b_1")), ("u_1",)),
        ((node("b_1"),), ("b_1",)),
    ],
)
def test_it_begins_with_the_highest_that_the_survey_has(store: Store, things, focus) -> None:
    fill(store, graph(*things))
    assert initial_exploration(answers_of(store)) == Exploration(focus, depth=3, labels=OVERVIEW_LABELS)


def test_in_an_empty_store_there_is_nothing_to_begin_with(store: Store) -> None:
    assert initial_exploration(answers_of(store)) == Exploration()


def test_without_a_sub_district_the_units_of_the_areas_are_drawn(store: Store) -> None:
    fill(store, graph(*AREA, *UNIT))
    answers = answers_of(store)
    drawn, cut = visible_graph(answers, initial_exploration(answers))
    assert (sorted(drawn), cut) == (["r_1", "r_2", "u_1"], False)
