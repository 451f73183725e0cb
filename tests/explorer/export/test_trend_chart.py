import struct

import pytest

from explorer.export.trend_chart import trend_chart, value_label_positions
from graph_model.coverage.totals import Rate


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([], []),
        ([None, None], [None, None]),
        ([0.5], ["above"]),
        ([0.9, 0.1], ["above", "above"]),
        ([0.1, 0.15], ["below", "above"]),
        ([0.3, 0.2, 0.25], ["above", "below", "beside"]),
        ([0.3, 0.3], ["above", None]),
    ],
)
def test_no_number_lies_on_another(values, places):
    assert value_label_positions(values, near=0.1) == places


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("trend", "counts"),
    [
        ([], []),
        ([("2006-10", [Rate("work", 1, 2, 0, 0)])], [("2006-04", {"companies": 3}), ("2006-10", {})]),
        ([("2006-10🎉", [Rate("work", 0, 0, 0, 0)])], []),
    ],
)
def test_there_is_a_chart_of_whatever_is_known(trend, counts, language):
    png = trend_chart(trend, counts, language)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">2I", png[16:24]) == (1720, 660)
