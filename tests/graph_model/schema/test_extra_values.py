"""Extra values as one text: the same for the same values."""

from graph_model.schema import NODE_TYPES
from graph_model.schema.extra_values import EXTRA_PROPERTY, read_extra, write_extra


def test_the_text_does_not_depend_on_the_order_and_is_read_back():
    values = {"学历": '大"学\\', "民族": "汉"}
    assert write_extra(values) == write_extra(dict(reversed(values.items())))
    assert read_extra(write_extra(values)) == values


def test_a_text_that_is_none_is_not_lost():
    assert (read_extra("[1]"), read_extra("{"), read_extra(None)) == ({"…": "[1]"}, {"…": "{"}, {})


def test_everything_that_the_survey_states_may_have_them_and_they_are_sensitive():
    for kind in NODE_TYPES.values():
        having = [p for p in kind.properties if p.name == EXTRA_PROPERTY]
        assert len(having) == kind.survey, kind.label
        assert all(p.sensitive for p in having)
