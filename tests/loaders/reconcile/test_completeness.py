"""Whether a round is meant to be complete, and which areas it does not list."""

from graph_model.store.graph_source import InMemoryGraph
from loaders.reconcile.completeness import declares_all_areas, missing_areas
from loaders.reconcile.declared import DeclaredTotal
from tests.support.graphs import graph, node


def test_only_a_total_of_all_areas_declares_the_whole() -> None:
    of_an_area, of_all = DeclaredTotal("members", 3, None, area="r_1"), DeclaredTotal("members", 3, None)
    assert not declares_all_areas([])
    assert not declares_all_areas([of_an_area])
    assert declares_all_areas([of_an_area, of_all])


def test_areas_that_a_round_does_not_list_are_named_in_order() -> None:
    held = graph(
        node("r_1", name="乙居民区"), node("r_2", name="甲居民区"), node("c_1", name="商圈"), node("u_1")
    )
    assert missing_areas(graph(node("r_1")), InMemoryGraph(held)) == ("商圈", "甲居民区")
    assert missing_areas(held, InMemoryGraph(held)) == ()
