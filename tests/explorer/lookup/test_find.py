"""The box: pinyin, initials, prefixes, slips; people only for who may see names."""

import pytest

from explorer.answers import Answers
from explorer.lookup.find import Hit, find, names_of, read_query
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Catalogue
from graph_model.graph import Node
from graph_model.profile import read_profile
from loaders.clean.pinyin import search_text
from tests.support.graphs import fill, graph, node

MASKED, NAMES = Viewer(), Viewer(names=True)


def called(key: str, name: str, *aliases: str) -> Node:
    return node(key, name=name, search=search_text([name, *aliases], person=key[0] in "ml"))


FIELD = graph(
    called("u_1", "新桃源物业", "桃源公司"),
    called("r_1", "新桃源居民区"),
    called("r_2", "檀香居民区"),
    called("b_1", "新桃源物业党支部"),
    called("b_2", "合生物业党支部"),
    called("m_1", "桃小红"),
    called("m_2", "新晓明"),
)


@pytest.fixture
def answers(store) -> Answers:
    fill(store, FIELD)
    return Answers(store, Catalogue(()), read_profile())


def keys(answers, typed, viewer=MASKED, **how):
    return [(h.key, h.how) for h in find(answers, typed, viewer, **how).hits]


@pytest.mark.parametrize(
    ("typed", "text", "labels"),
    [
        ("公司:xty", "xty", ("Unit",)),
        ("公司：  XTY ", "xty", ("Unit",)),
        ("党支部：合生", "合生", ("Branch",)),
        ("居民区:檀香", "檀香", ("ResidentialArea",)),
        ("Residential area: x", "x", ("ResidentialArea",)),
        ("area:x", "x", ("ResidentialArea", "CommercialArea")),
        ("支部:", "", ("Branch",)),
        ("甲:乙", "甲:乙", None),
        (":", ":", None),
        ("  ", "", None),
    ],
)
def test_what_was_typed_is_read(typed, text, labels) -> None:
    assert (read_query(typed).text, read_query(typed).labels) == (text, labels)


def test_a_thing_is_found_by_name_pinyin_initials_and_alias(answers) -> None:
    both = {"u_1", "r_1", "b_1"}
    for typed in ("新桃源", "xintaoyuan", "xty", "XTY", "新 桃 源"):
        assert {k for k, _ in keys(answers, typed)} == both, typed
    assert keys(answers, "桃源公司") == [("u_1", "same")]
    assert keys(answers, "物业 合生") == [("b_2", "holds")]


def test_a_name_is_found_however_it_is_written(answers) -> None:
    for typed in (
        "新桃源物業",
        "新桃源物业有限公司",
        "新桃源物業有限責任公司",
        "新桃源\u200b物业",
        "公司：新桃源物業",
    ):
        assert keys(answers, typed)[0] == ("u_1", "same"), typed
        assert keys(answers, typed, most=3)[0] == ("u_1", "same"), typed
    assert {k for k, _ in keys(answers, "新桃源物業")} == {"u_1", "b_1"}
    assert [k for k, _ in keys(answers, "桃小紅", NAMES)] == ["m_1"]
    assert keys(answers, "物業 合生") == [("b_2", "holds")]


def test_a_prefix_keeps_to_its_type(answers) -> None:
    assert keys(answers, "公司：xty") == [("u_1", "starts")]
    assert keys(answers, "党支部:xty") == [("b_1", "starts")]
    assert [k for k, _ in keys(answers, "支部：")] == ["b_2", "b_1"]


def test_hits_stand_by_type_the_best_first(answers) -> None:
    found = find(answers, "新桃源物业", MASKED)
    assert [(g.label, [h.key for h in g.hits]) for g in found.groups] == [
        ("Unit", ["u_1"]),
        ("Branch", ["b_1"]),
    ]
    assert not found.near


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("新桃园物业", "u_1"),
        ("檀湘", "r_2"),
        ("xintaoyaunwuye", "u_1"),
        ("tanxinag", "r_2"),
        ("新桃源勿业", "u_1"),
    ],
)
def test_a_slip_is_forgiven_and_said(answers, typed, first) -> None:
    found = find(answers, typed, MASKED)
    assert found.near
    assert first in [g.hits[0].key for g in found.groups]


@pytest.mark.parametrize(
    "typed", ["", " ", "zzqqxx", "<script>alert(1)</script>", "😀", "\u202e", "a" * 5000, "'\"`;"]
)
def test_nothing_is_found_for_nonsense(answers, typed) -> None:
    assert find(answers, typed, MASKED).groups == ()


def test_people_are_found_only_by_who_may_see_names(answers) -> None:
    assert "m_1" in [k for k, _ in keys(answers, "桃小红", NAMES)]
    for typed in ("桃小红", "taoxiaohong", "txh", "党员:桃", "党员："):
        assert not [h for h in find(answers, typed, MASKED).hits if h.label == "Member"], typed


def test_no_more_of_a_type_than_wanted(answers) -> None:
    (group,) = find(answers, "支部:", MASKED, each=1).groups
    assert (len(group.hits), group.more) == (1, True)


def test_too_many_names_to_hold_are_asked_of_the_store(answers) -> None:
    assert {k for k, _ in keys(answers, "xty", most=3)} == {"u_1", "r_1", "b_1"}
    assert keys(answers, "公司：xty", most=3) == [("u_1", "starts")]
    assert find(answers, "新桃园物业", MASKED, most=3).near


def test_the_names_of_a_type_for_a_list(answers) -> None:
    assert names_of(answers, ("Unit", "Branch")) == (
        Hit("u_1", "Unit", "新桃源物业", "same"),
        Hit("b_2", "Branch", "合生物业党支部", "same"),
        Hit("b_1", "Branch", "新桃源物业党支部", "same"),
    )
    assert names_of(answers, ("Member",)) == ()
    assert names_of(answers, ("Branch",), most=1) is None


def test_a_new_load_is_found_at_once(answers, store) -> None:
    assert keys(answers, "xty")
    fill(store, graph(called("u_9", "绿庭物业")))
    assert keys(answers, "xty") == []
    assert keys(answers, "lt") == [("u_9", "starts")]
