"""Rows of a text file: what is read, and at which line each fault is told."""

import io

import pytest

from loaders.delimited.fault import TextFault
from loaders.delimited.rows import MAX_CELLS_IN_ROW, MAX_FIELD, read_rows

HEAD = "单位名称,单位类别,性质\n"
ONE = "青松物业,物业公司,民营\n"
TWO = "翠竹物业,物业公司,集体\n"
ROWS = [
    ["单位名称", "单位类别", "性质"],
    ["青松物业", "物业公司", "民营"],
    ["翠竹物业", "物业公司", "集体"],
]


def read(text, encoding="utf-8", most_cells=10**6):
    data = text if isinstance(text, bytes) else text.encode(encoding)
    return list(read_rows(io.BytesIO(data), most_cells))


def fault(text, encoding="utf-8"):
    with pytest.raises(TextFault) as error:
        read(text, encoding)
    return error.value.text.en.partition(";")[0]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + '青松物业,物业公司,"民营\n' + TWO, 2),  # never closes
        (HEAD + ONE + '"翠竹物业,物业公司,集体\n', 3),
        (HEAD + '青松物业,"物业公司,民营\n翠竹物业,"物业公司,集体\n', 2),  # closes where the next begins
        (HEAD + '"青松"物业,物业公司,民营\n', 2),  # text behind it
        (HEAD + '青松物业",物业公司,民营\n', 2),  # a quotation mark after text
        (HEAD + ONE + '翠竹物业,物业"公司,集体\n', 3),
        (HEAD + '青松物业,物业公司,"民营\n翠竹物业,物业公司,集体"\n', 2),  # closes after a whole row
        (HEAD + '"青松物业,物业公司,民营\n翠竹物业",物业公司,集体\n', 2),
        (HEAD + '青松物业,物业公司,"民营\n' + TWO * 9 + '白云物业,物业公司,集体"\n', 2),
        (HEAD + '青松物业,物业公司,"民营\n' + TWO + '白云,"物业公司",集体,余\n', 2),
        (HEAD + '青松物业,"物业\n公司","民营\n' + TWO, 3),  # behind a cell of two lines
        ('单位名称\n"青松物业\n翠竹物业"\n', 2),  # a table of one column
        ('"单位名称,单位类别,性质\n青松物业,物业公司,民营"\n', 1),
    ],
)
def test_a_quotation_mark_without_its_other_half_is_refused_where_its_cell_begins(text, line):
    assert fault(text).startswith(f"line {line} has a quotation mark without its other half, ")


def test_quotation_marks_that_swallow_a_large_file_are_refused_where_they_begin():
    assert fault(HEAD + '"' + ONE + TWO * 100_000).startswith("line 2 has a quotation mark")


def test_cells_of_several_lines_and_quotation_marks_in_pairs_are_read():
    text = (
        '"党员名册\n2006"\n'
        + HEAD
        + '"青松\n物业",物业公司,"民营,\n及""其他"""\n上海"翠竹"物业,物业公司,集体\n'
    )
    assert read(text) == [
        ["党员名册\n2006"],
        ROWS[0],
        ["青松\n物业", "物业公司", '民营,\n及"其他"'],
        ['上海"翠竹"物业', "物业公司", "集体"],
    ]


def test_a_blank_before_a_quotation_mark_does_not_count():
    assert read('"青松, 物业", "物业公司", "民营"\n') == [["青松, 物业", "物业公司", "民营"]]


@pytest.mark.parametrize("first", ["sep=|", '"sep=|"', "\ufeffSEP=|"])
def test_a_stated_separator_is_used_and_is_no_row(first):
    text = "\r\n".join([first, "单位名称|性质", "青松;物业|民营,其他", ""])
    assert read(text) == [["单位名称", "性质"], ["青松;物业", "民营,其他"]]


def test_lines_are_counted_with_the_one_that_states_the_separator():
    assert fault('sep=,\n单位名称,性质\n"青松物业,民营\n').startswith("line 3 ")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_and_a_mixture_of_them(end):
    assert read((HEAD + ONE + TWO).replace("\n", end)) == ROWS
    assert read(HEAD + ONE.replace("\n", end) + TWO) == ROWS


def test_page_breaks_around_a_line_do_not_count():
    assert read(HEAD + "\f" + ONE + TWO.replace("\n", "\v\n") + "\x0c\n") == [*ROWS, []]


@pytest.mark.parametrize("sign", "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
def test_rows_with_another_sign_than_a_line_end_between_them_are_refused(sign):
    assert fault(HEAD + ONE.replace("\n", sign) + TWO).startswith("line 2 has several rows in it")
    assert fault((HEAD + ONE + TWO).replace("\n", sign)).startswith("line 1 has several rows in it")


def test_such_a_sign_within_a_cell_is_left_to_who_reads_the_cell():
    assert read("名称,备注\n青松,一\u2028二\n") == [["名称", "备注"], ["青松", "一\u2028二"]]


@pytest.mark.parametrize("end", ["\x1a", "\x1a\r\n", "\x1a" * 90, "\n\x1a\0\0"])
def test_an_end_of_file_character_ends_the_file(end):
    assert read(HEAD + ONE + TWO + end)[:3] == ROWS
    assert read(HEAD + ONE + TWO.rstrip() + end) == ROWS


def test_an_end_of_file_character_with_more_behind_it_is_refused():
    assert (
        fault(HEAD + ONE + "\x1a" + TWO)
        == "line 3 has an end-of-file character (0x1A, Ctrl-Z) with more behind it"
    )
    assert fault(HEAD + "\x1a\n" + TWO * 40).startswith("line 2 has an end-of-file character")


def test_nul_characters_are_refused_at_their_line():
    assert fault(HEAD + ONE + "翠竹\0物业,物业公司,集体\n").startswith("line 3 has NUL characters")
    assert fault(HEAD + ONE * 20_000 + "\0" * 4096).startswith("line 20002 has NUL characters")


def test_files_that_were_joined():
    assert read("\ufeff" + HEAD + ONE + "\ufeff" + HEAD + TWO) == [*ROWS[:2], ROWS[0], ROWS[2]]
    glued = "\ufeff" + HEAD + ONE.rstrip() + "\ufeff" + HEAD + TWO
    assert fault(glued).startswith("line 2 goes on with the beginning of another file")


@pytest.mark.parametrize(
    "row", [",".join(["甲"] * (MAX_CELLS_IN_ROW + 1)), "甲" * 2**22, "甲," + "乙" * (MAX_FIELD + 1)]
)
def test_a_line_beyond_all_measure_is_refused(row):
    assert fault(HEAD + row + "\n").startswith("line 2 is too long")


def test_more_cells_than_are_wanted_are_refused_before_they_are_read():
    with pytest.raises(OverflowError):
        next(read_rows(io.BytesIO((HEAD + ONE * 1000).encode()), 3000))
    assert len(read(HEAD + ONE * 1000, most_cells=3006)) == 1001


def test_what_is_no_text_says_what_it_is():
    assert fault(b"PK\x03\x04\0\0") == "no text but an Excel workbook (.xlsx) or an archive"
    assert fault(b"\xff\x80" * 40) == "no text, or in an encoding other than UTF-8 and GB18030"


def test_no_rows():
    assert (read(""), read("sep=;"), read("\n\n")) == ([], [], [[], []])
