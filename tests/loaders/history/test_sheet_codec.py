import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.history.sheet_codec import are_sheets, pack, unpack
from loaders.read.workbooks import Worksheet, worksheet_of
from loaders.read.xlsx_details import Details

CELLS = st.none() | st.text(min_size=1, max_size=5)
MARK = b"branchmap sheets 1\n"


def packed(lines):
    return gzip.compress(lines, mtime=0)


def told(sheet):
    """A sheet with what its comparison leaves out."""
    numbers = [sheet.numeric(c) for c in range(len(sheet.columns))]
    return sheet, numbers, sheet.details.merged, sheet.details.hidden, sheet.details.faults


@given(st.lists(st.lists(CELLS, max_size=3), max_size=4), st.booleans())
def test_sheets_come_back_as_they_were_and_always_as_the_same_bytes(rows, numeric):
    sheets = [worksheet_of("a.csv", "党员", rows, numeric), worksheet_of("a.csv", "空", [])]
    packed = pack(sheets)
    assert pack(sheets) == packed
    assert [told(s) for s in unpack(packed, "a.csv")] == [told(s) for s in sheets]


def test_what_stands_beside_the_values_comes_back():
    details = Details(((0, 2, 1, 3),), frozenset({2, 3, 7}), {(2, 0): "#N/A"})
    sheet = Worksheet("a.xlsx", "党员", (["x", None],), 2, True, lambda _: frozenset({1}), details)
    assert told(unpack(pack([sheet]), "a.xlsx")[0]) == told(sheet)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        MARK + b"x",
        MARK + packed(b"x\n"),
        MARK + packed(b"{}\n"),
        MARK + packed(b'{"columns": 1}\n'),
        MARK + packed(b'{"columns": 0}\n')[:-9],
        MARK + packed(b'{"columns": 0}\n')[:10] + b"\xff" * 20,
    ],
)
def test_anything_else_is_refused(content):
    assert are_sheets(content) == content.startswith(MARK)
    with pytest.raises(ValueError, match=r"."):
        unpack(content, "a.csv")
