"""What pages ask: cached until the next load, read without writing; findings are recomputed on request only."""

import pytest

from explorer.answers import Answers
from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.profile import read_profile
from tests.support.graphs import fill, graph, node, tie

RULE = next(r for r in read_catalogue().rules if r.id == "area_without_branch")
FIELD = graph(
    node("r_1", name="檀香居民区", households=9),
    node("r_2", name="安居民区", households=9),
    node("c_1", name="鹤塘商业街"),
)


@pytest.fixture
def answers(store) -> Answers:
    fill(store, FIELD)
    return Answers(store, Catalogue((RULE,)), read_profile())


def test_reading_the_first_page_writes_nothing(answers, store) -> None:
    before = store.state()
    assert [f.rule.id for f in answers.overview().figures] == [RULE.id]
    assert (answers.findings(), store.state(), store.records("Finding")) == ((), before, ())
    answers.refresh()
    assert {f.subject for f in answers.findings()} == {"r_1", "r_2"}


def test_names_come_in_the_order_of_chinese_dictionaries(answers) -> None:
    assert answers.names("ResidentialArea", "CommercialArea") == {
        "r_2": "安居民区",
        "c_1": "鹤塘商业街",
        "r_1": "檀香居民区",
    }
    assert list(answers.names("ResidentialArea", "CommercialArea")) == ["r_2", "c_1", "r_1"]
    assert answers.names("Unit") == {}


def test_a_node_is_found_by_its_key_or_there_is_none(answers) -> None:
    found = answers.node("r_1")
    assert found is not None
    assert found.properties["name"] == "檀香居民区"
    assert (answers.node("r_9"), answers.node("nonsense"), answers.node(None)) == (None, None, None)


def test_an_answer_is_asked_anew_after_a_load(answers, store) -> None:
    assert answers.node("u_1") is None
    fill(store, graph(FIELD.nodes["r_1"], node("u_1", name="甲"), tie("u_1 MANAGES r_1")))
    found = answers.node("u_1")
    assert found is not None
    assert found.properties["name"] == "甲"
