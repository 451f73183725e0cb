"""The schema: whole, without a name that means two things, and readable in a picture."""

from __future__ import annotations

import re

import pytest

from graph_model.errors import SchemaError
from graph_model.schema import EDGE_TYPES, NODE_TYPES, edge_type, label_of, node_type
from graph_model.schema.stored_properties import PLACE_PROPERTIES, SEARCH_PROPERTY
from graph_model.schema.types import EdgeType, NodeType, Property, Term
from graph_model.text import Text

EVERY = [*NODE_TYPES.values(), *EDGE_TYPES.values()]


def test_the_types_of_the_design_are_there() -> None:
    assert {t.label for t in NODE_TYPES.values() if t.survey} == {
        "District",
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
        "BranchMeeting",
        "RepresentativeMeeting",
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
    found = {
        f"{t.label}.{p.name}" for t in survey for p in t.properties if p.sensitive and p.name != "extra"
    }
    assert found == {
        "ResidentialArea.property_manager",
        "ResidentialArea.part_time_committee",
        "ResidentialArea.reported_by",
        "CommercialArea.reported_by",
        "Unit.legal_representative",
        "Member.name",
        "Member.born",
        "Member.joined",
        "Member.converted",
        "Liaison.name",
        "Matter.responsible_person",
        "Matter.raised_by",
        "BranchMeeting.topic",
        "Award.deed",
    }


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
