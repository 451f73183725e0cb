"""The schema: whole, without a name that means two things, and readable in a picture."""

from __future__ import annotations

import hmac
import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.errors import SchemaError
from graph_model.schema import (
    EDGE_TYPES,
    NODE_TYPES,
    PLACE_PROPERTIES,
    SEARCH_PROPERTY,
    EdgeType,
    NodeType,
    Property,
    Term,
    edge_type,
    label_of,
    make_key,
    make_keys,
    node_type,
)
from graph_model.text import Text

EVERY = [*NODE_TYPES.values(), *EDGE_TYPES.values()]


def test_the_types_of_the_design_are_there() -> None:
    assert {t.label for t in NODE_TYPES.values() if t.survey} == {
        "Subdistrict",
        "ResidentialArea",
        "CommercialArea",
        "Unit",
        "Branch",
        "Member",
        "Liaison",
        "CoBuildingPair",
        "JointMeeting",
        "Matter",
        "Award",
        "Activity",
    }
    # what a load never touches
    assert {"SurveyRound", "StoreState", "Finding", "Note"} <= {
        t for t, d in NODE_TYPES.items() if not d.survey
    }


@pytest.mark.parametrize("declared", EVERY, ids=lambda t: getattr(t, "label", None) or t.type)
def test_properties_are_unique_and_leave_the_reserved_names_alone(declared: NodeType | EdgeType) -> None:
    names = [p.name for p in declared.properties]
    assert len(names) == len(set(names))
    assert not set(names) & {"key", SEARCH_PROPERTY, "source", "target", "load"}
    # "round" is what StoreState says and where a survey's node stands; the two never meet
    assert not declared.survey or not set(names) & set(PLACE_PROPERTIES)
    assert all(re.fullmatch(r"[a-z][a-z_]*", n) for n in names)
    assert all(p.name == declared.property(p.name).name for p in declared.properties)


@pytest.mark.parametrize("declared", EVERY, ids=lambda t: getattr(t, "label", None) or t.type)
def test_terms_are_unique_in_value_and_in_both_languages(declared: NodeType | EdgeType) -> None:
    for p in declared.properties:
        for of in ([t.value for t in p.terms], [t.text.zh for t in p.terms], [t.text.en for t in p.terms]):
            assert len(of) == len(set(of))


@pytest.mark.parametrize("declared", EVERY, ids=lambda t: getattr(t, "label", None) or t.type)
def test_captions_are_chinese_and_english(declared: NodeType | EdgeType) -> None:
    texts = [declared.text, *(p.text for p in declared.properties)]
    texts += [t.text for p in declared.properties for t in p.terms]
    texts += [declared.reverse] if isinstance(declared, EdgeType) else []
    assert all(re.search(r"[\u4e00-\u9fff]", t.zh) for t in texts)
    assert not any(re.search(r"[\u4e00-\u9fff]", t.en) for t in texts)


def test_a_name_means_one_thing_and_one_type_everywhere() -> None:
    kinds: dict[str, set[str]] = {}
    for declared in EVERY:
        for p in declared.properties:
            kinds.setdefault(p.name, set()).add(p.type)
    assert {name for name, types in kinds.items() if len(types) > 1} == set()


def test_labels_and_types_are_written_as_cypher_wants_them() -> None:
    assert all(re.fullmatch(r"[A-Z][A-Za-z]+", label) for label in NODE_TYPES)
    assert all(re.fullmatch(r"[A-Z]+(_[A-Z]+)*", type_) for type_ in EDGE_TYPES)


def test_prefixes_are_unique_and_lead_back_to_the_label() -> None:
    prefixes = [t.prefix for t in NODE_TYPES.values()]
    assert len(prefixes) == len(set(prefixes))
    assert {label: label_of(f"{t.prefix}_x") for label, t in NODE_TYPES.items()} == {
        k: k for k in NODE_TYPES
    }
    with pytest.raises(KeyError):
        label_of("no-key")


def test_every_node_has_a_name() -> None:
    assert all(t.property("name").type == "text" for t in NODE_TYPES.values())


def test_peoples_names_and_dates_are_sensitive() -> None:
    survey = [t for t in NODE_TYPES.values() if t.survey]
    found = {f"{t.label}.{p.name}" for t in survey for p in t.properties if p.sensitive}
    assert found == {"Member.name", "Member.born", "Member.joined", "Liaison.name"}


def test_edges_join_what_there_is() -> None:
    for t in EDGE_TYPES.values():
        assert t.sources
        assert t.targets
        assert {*t.sources, *t.targets} <= set(NODE_TYPES)
        if t.survey:
            assert all(NODE_TYPES[label].survey for label in (*t.sources, *t.targets))


def test_every_type_of_a_survey_is_tied_to_something() -> None:
    tied = {label for t in EDGE_TYPES.values() for label in (*t.sources, *t.targets)}
    assert {t.label for t in NODE_TYPES.values() if t.survey} <= tied


def _light(colour: str) -> float:
    """Relative luminance, as the accessibility guidelines compute it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_stand_out_on_white() -> None:
    for t in NODE_TYPES.values():
        assert re.fullmatch(r"#[0-9a-f]{6}", t.colour)
        assert 1.05 / (_light(t.colour) + 0.05) >= 3, t.label


def test_two_types_of_a_survey_differ_in_shape_or_clearly_in_colour() -> None:
    def apart(a: str, b: str) -> float:
        return sum((int(a[i : i + 2], 16) - int(b[i : i + 2], 16)) ** 2 for i in (1, 3, 5)) ** 0.5

    survey = [t for t in NODE_TYPES.values() if t.survey]
    for one, other in combinations(survey, 2):
        assert one.colour != other.colour
        assert one.shape != other.shape or apart(one.colour, other.colour) >= 48, (one.label, other.label)


def test_a_key_tells_the_label_and_hides_the_name() -> None:
    key = make_key("Member", ("王小明", "2001-07"), b"secret")
    assert re.fullmatch(r"m_[0-9a-f]{20}", key)
    assert key == make_key("Member", ("王小明", "2001-07"), b"secret")
    others = [
        make_key("Member", ("王小明", "2001-07"), b"other"),
        make_key("Member", ("王小明2001-07",), b"secret"),
        make_key("Member", ("王小明2", "001-07"), b"secret"),
        make_key("Liaison", ("王小明", "2001-07"), b"secret"),
    ]
    assert key not in others
    assert len({k.partition("_")[2] for k in others}) == 4


def test_a_wrong_name_is_answered_with_the_right_ones() -> None:
    with pytest.raises(SchemaError, match="Member"):
        node_type("Membre")
    with pytest.raises(SchemaError, match="EMPLOYED_BY"):
        edge_type("EMPLOYS")
    with pytest.raises(SchemaError, match="standing"):
        node_type("Member").property("standnig")
    with pytest.raises(SchemaError, match="position"):
        edge_type("EMPLOYED_BY").property("post")


def test_terms_belong_to_a_term_property_only() -> None:
    text = Text("类别", "Kind")
    with pytest.raises(SchemaError):
        Property("kind", "term", text)
    with pytest.raises(SchemaError):
        Property("kind", "text", text, terms=(Term("a", text),))


@given(st.binary(max_size=200), st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])))))
def test_the_keys_of_many_are_those_of_each(secret: bytes, identities: list[list[str]]) -> None:
    texts = ("Unit\x1e" + "\x1f".join(i) for i in identities)
    expected = [f"u_{hmac.digest(secret, t.encode(), 'sha256').hex()[:20]}" for t in texts]
    assert list(make_keys("Unit", identities, secret)) == expected
    assert [make_key("Unit", i, secret) for i in identities] == expected
