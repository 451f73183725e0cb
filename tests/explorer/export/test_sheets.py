import pytest
from openpyxl import Workbook

from explorer.export.sheets import fit_columns, is_formula_like, sheet_title, text_columns, write_cell


@pytest.fixture
def sheet():
    return Workbook().active


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t1", "\r1", "  =1", "\n=1", "＝1", "－1"])
def test_what_a_program_may_take_for_a_formula(sheet, text):
    assert is_formula_like(text)
    cell = write_cell(sheet, 1, 1, text)
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)


@pytest.mark.parametrize("text", ["", "党员", "1-2", "a=b"])
def test_other_text_is_no_formula(text):
    assert not is_formula_like(text)


def test_a_number_stays_a_number_and_a_text_of_digits_a_text(sheet):
    assert write_cell(sheet, 1, 1, 7).data_type == "n"
    assert write_cell(sheet, 1, 2, "007").value == "007"
    assert write_cell(sheet, 1, 3, None).value is None


def test_what_no_file_can_hold_is_replaced_and_what_is_too_long_is_cut(sheet):
    assert write_cell(sheet, 1, 1, "a\x00\ud800b").value == "a��b"
    assert len(write_cell(sheet, 1, 1, "x" * 40_000).value) == 32_000


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("党员[1]", "党员1"),
        ("a/b\\c:d*e?f'g", "abcdefg"),
        ("x" * 40, "x" * 31),
        ("\x00 a ", "a"),
        ("*?", ""),
    ],
)
def test_a_title_has_only_what_a_title_may_have(name, title):
    assert sheet_title(name) == title


def test_columns_are_as_wide_as_their_longest_line_within_reason(sheet):
    for column, text in enumerate(("ab", "党员" * 8 + "\nx", "y" * 99), start=1):
        write_cell(sheet, 1, column, text)
    fit_columns(sheet, 1, 1)
    assert [sheet.column_dimensions[c].width for c in "ABC"] == [10, 34, 60]
    assert text_columns("党a") == 3
