"""Text files as sheets: the same sheet from the same rows, however the file was written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_model.errors import InputError
from loaders.read.workbooks import read_content, read_workbook

ROWS = [["单位名称", "单位类别", "备注"], ["第一物业", "物业公司", ""], ["上海“一”𠀀", "其他", "a, b; c"]]
CELLS = [tuple(cell or None for cell in row) for row in ROWS]


def cells(sheet):
    return [row.cells for row in sheet.rows()]


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32"]),
    st.sampled_from(",\t;"),
    st.booleans(),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "sep="]),
    st.sampled_from(["", "\x1a"]),
    st.sampled_from(["a.csv", "a.TXT", "a.tsv.", "a.tab"]),
)
def test_a_mangled_file_is_the_same_sheet(encoding, delimiter, always, end, stated, last, name):
    def quoted(cell):
        return f'"{cell}"' if always or delimiter in cell else cell

    text = "".join(delimiter.join(map(quoted, row)) + end for row in ROWS) + last
    if stated:
        text = f"sep={delimiter}{end}" + text
    [sheet] = read_content(text.encode(encoding), name)
    assert cells(sheet) == CELLS
    assert sheet.numeric(0) == {1, 2, 3}


def test_rows_of_very_different_length(tmp_path):
    rows = [["甲"] * 500 for _ in range(300)] + [["乙"], []] * 600 + [["丙" * 9000, "丁"]]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(row) for row in rows), "utf-8")
    [sheet] = read_workbook(path)
    assert (sheet.height, len(sheet.columns)) == (1501, 500)
    assert list(sheet.columns[499]) == ["甲"] * 300 + [None] * 1201
    assert list(sheet.columns[1])[-1] == "丁"


@pytest.mark.parametrize("name", ["a.csv", "a.txt"])
def test_a_fault_is_told_with_the_name_of_the_file_and_the_line(name):
    with pytest.raises(InputError) as error:
        read_content('单位名称,单位类别\n青松物业,"物业公司\n'.encode(), name)
    assert error.value.text.zh == (
        f"{name}：第 2 行有一个引号没有与之配对的另一半，其后的内容分不清属于哪一格；"
        "请改正后重新导入，或在 Excel、WPS 中打开核对，另存为 .xlsx"
    )


def test_more_lines_than_a_sheet_may_have_are_refused_before_they_are_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" + b"1\n" * 15_000_000)
    with pytest.raises(InputError, match="too large"):
        read_workbook(path)
