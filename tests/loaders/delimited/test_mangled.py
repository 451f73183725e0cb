"""A text file saved anew by any program, in any encoding, with any separator and line end, says the same."""

import io

from hypothesis import example, given
from hypothesis import strategies as st

from loaders.delimited.rows import read_rows

CELLS = st.text(st.sampled_from('青松物业张一上0129 ,;\t"\n·𠀀（）'), max_size=6).map(str.strip)
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=6)
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


def saved(rows, delimiter, always, end):
    def quoted(cell):
        plain = not (always or set(cell) & {delimiter, '"', "\r", "\n"})
        return cell if plain else '"' + cell.replace('"', '""') + '"'

    return "".join(delimiter.join(map(quoted, row)) + end for row in rows)


def one_kind(row):
    """Lines in a cell beside separators in cells look like rows of their own, and are refused."""
    lines = any("\n" in cell for cell in row)
    return [cell.translate(dict.fromkeys(map(ord, ",;\t"))).strip() if lines else cell for cell in row]


def read(data):
    return list(read_rows(io.BytesIO(data), 10**6))


@given(
    ROWS,
    st.sampled_from(ENCODINGS),
    st.sampled_from(",\t;"),
    st.booleans(),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "sep="]),
    st.integers(0, 3),
    st.sampled_from(["", "\x1a"]),
)
@example([["0\n0", "", "0\n0"]], "utf-8", ",", False, "\n", "", 0, "")
def test_a_mangled_file_gives_the_rows_of_the_plain_one(
    rows, encoding, delimiter, always, end, stated, blank, last
):
    head = [["单位名称", "单位类别", "性质"], ["第一物业", "物业公司", "民营"]]
    rows = head + [one_kind([*row, "", ""][:3]) for row in rows]
    text = saved(rows, delimiter, always, end) + end * blank + last
    if stated:
        text = f"sep={delimiter}{end}" + text
    found = read(text.encode(encoding))
    assert found[: len(rows)] == rows
    assert found[len(rows) :] == [[]] * blank
