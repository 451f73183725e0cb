"""The node types: found by label and by key, each prefix once, all texts there."""

from __future__ import annotations

from collections import Counter

import pytest

from graph_model.errors import SchemaError
from graph_model.schema.extra_values import EXTRA_PROPERTY
from graph_model.schema.node_types import NODE_TYPES, label_of, node_type


def test_a_type_is_found_by_its_label_and_by_each_key() -> None:
    for label, declared in NODE_TYPES.items():
        assert node_type(label) is declared
        assert label_of(f"{declared.prefix}_1:x_2") == label


def test_an_unknown_label_is_answered_with_those_there_are() -> None:
    with pytest.raises(SchemaError) as told:
        node_type("Company")
    assert "ResidentialArea" in told.value.message("en")
    assert "ResidentialArea" in told.value.message("zh")


@pytest.mark.parametrize("text", ["", "unit_1", "U_1", "_1"])
def test_a_text_that_is_no_key_has_no_label(text: str) -> None:
    with pytest.raises(KeyError):
        label_of(text)


def test_no_prefix_and_no_name_is_there_twice() -> None:
    for of in (
        [t.prefix for t in NODE_TYPES.values()],
        [t.text.zh for t in NODE_TYPES.values()],
        [t.text.en for t in NODE_TYPES.values()],
    ):
        assert Counter(of).most_common(1)[0][1] == 1
    for declared in NODE_TYPES.values():
        assert Counter(p.name for p in declared.properties).most_common(1)[0][1] == 1


def test_only_what_a_survey_states_has_columns_that_no_form_has() -> None:
    for declared in NODE_TYPES.values():
        held = [p for p in declared.properties if p.name == EXTRA_PROPERTY]
        assert bool(held) == declared.survey
        assert all(p.sensitive for p in held)  # nobody knows what such a column holds
