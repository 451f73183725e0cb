import pytest

from graph_model.errors import SchemaError
from graph_model.schema.declare import count, date, term, text, yes_no
from graph_model.schema.types import EdgeType, NodeType, Property
from graph_model.text import Text

NAME = Text("名", "name")


@pytest.mark.parametrize(
    ("declared", "type_"),
    [
        (text("a", "名", "name"), "text"),
        (date("a", "名", "name"), "date"),
        (yes_no("a", "名", "name"), "boolean"),
        (count("a", "名", "name"), "integer"),
    ],
)
def test_a_short_form_declares_a_property_of_its_type(declared, type_):
    assert declared == Property("a", type_, NAME)


def test_terms_are_declared_in_their_order_with_both_texts():
    declared = term("a", "名", "name", ("x", "甲", "X"), ("y", "乙", "Y"))
    assert [(t.value, t.text) for t in declared.terms] == [("x", Text("甲", "X")), ("y", Text("乙", "Y"))]


def test_terms_belong_to_the_type_term_and_only_to_it():
    with pytest.raises(SchemaError, match="term"):
        Property("a", "term", NAME)
    with pytest.raises(SchemaError, match="term"):
        Property("a", "text", NAME, terms=term("a", "名", "name", ("x", "甲", "X")).terms)


@pytest.mark.parametrize(
    "owner",
    [
        NodeType("Unit", "u_", NAME, (text("a", "名", "name"), count("b", "名", "name"))),
        EdgeType("Unit", (), (), NAME, NAME, (text("a", "名", "name"), count("b", "名", "name"))),
    ],
)
def test_a_property_is_found_by_name_and_a_wrong_name_lists_those_there_are(owner):
    assert owner.property("b").type == "integer"
    with pytest.raises(SchemaError, match="Unit 没有属性 c；可用的有：a, b"):
        owner.property("c")
