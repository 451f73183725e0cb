"""The encoding of a text file, and the line of what is damaged."""

import io

import pytest

from loaders.delimited.encoding import Encoding, encoding_of
from loaders.delimited.fault import TextFault

HEAD = "单位名称,单位类别\n"
ONE = "青松物业,物业公司\n"


def found(data):
    return encoding_of(io.BytesIO(data))


def fault(data):
    with pytest.raises(TextFault) as error:
        found(data)
    return error.value.text.en.partition(";")[0]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("ascii", "utf-8"),
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("utf-32-le", "utf-32-le"),
        ("utf-32-be", "utf-32-be"),
    ],
)
def test_an_encoding_is_found_with_and_without_a_mark(encoding, name):
    text = "a\tb\n" if encoding == "ascii" else "党支部\t性别\n第一党支部\t一\n上海一一\t男\n"
    assert found(text.encode(encoding)) == Encoding(name, text.count("\n") + 1)


def test_no_text_at_all_is_text():
    assert found(b"") == Encoding("utf-8", 1)


@pytest.mark.parametrize("cut", [1, 2])
def test_utf8_that_ends_within_a_character(cut):
    data = (HEAD + ONE + "翠竹").encode()[:-cut]
    shown = "E7 AB" if cut == 1 else "E7"
    assert fault(data) == (
        f"line 3 ends within a character (byte 56: {shown}): the UTF-8 file was cut, and what followed may be missing"
    )


@pytest.mark.parametrize("lines", [0, 1, 3, 60_000])
def test_a_byte_lost_in_utf8_is_told_by_line_and_byte_and_not_taken_for_another_encoding(lines):
    before, line = (HEAD + ONE * lines).encode(), "翠竹物业,物业公司\n".encode()
    data = before + line[:4] + line[5:] + (ONE * 30).encode()
    assert fault(data) == (
        f"line {lines + 2} has damaged text (byte {len(before) + 4}: E7 B9 is no UTF-8): the file is damaged, or was "
        "joined of files in different encodings"
    )


def test_damage_in_the_first_character_of_utf8():
    assert fault((HEAD + ONE).encode()[1:]).startswith("line 1 has damaged text (byte 1: 8D is no UTF-8)")


def test_a_byte_lost_in_gb18030_is_told_by_line():
    before, line = (HEAD + ONE).encode("gb18030"), "翠竹物业".encode("gb18030")
    data = before + line[:-1] + b",\n" + (ONE * 20).encode("gb18030")
    assert fault(data).startswith("line 3 has damaged text")
    assert "GB18030" in fault(data)
    assert fault((HEAD + ONE).encode("gb18030")[:-2]).startswith("line 2 ends within a character")


def test_files_in_different_encodings_that_were_joined_are_told_where_the_second_begins():
    utf8, gb = (HEAD + ONE).encode(), (HEAD + ONE * 40).encode("gb18030")
    assert fault(utf8 + gb).startswith("line 3 has damaged text (byte 53: B5 is no UTF-8)")
    assert fault(gb + utf8).startswith(
        f"line 42 has damaged text (byte {len(gb) + 1}: E5 8D 95 is no GB18030)"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_files_that_were_joined_are_told_whatever_ends_their_lines(end):
    gb = (HEAD + ONE * 40).replace("\n", end).encode("gb18030")
    both = gb + (HEAD + ONE).replace("\n", end).encode()
    assert fault(both).startswith(f"line 42 has damaged text (byte {len(gb) + 1}: E5 8D 95 is no GB18030)")
    assert found(gb) == Encoding("gb18030", 42)


def test_rows_of_figures_below_chinese_headings_take_no_minutes():
    # each line was looked through to the end of the file: 80 kB took 15 s, and the time grew with the square
    rows = 60_000
    assert found((HEAD + "1234,5678\n" * rows).encode("gb18030")) == Encoding("gb18030", rows + 2)


def test_damage_in_utf16():
    assert fault((HEAD + ONE).encode("utf-16")[:-1]).startswith(
        "line 2 ends within a character (byte 41: 0A)"
    )
    assert fault(HEAD.encode("utf-16") + b"\x00\xd8\x0a\x00").startswith("line 2 has damaged text")


def test_line_ends_of_every_kind_are_counted_once_wherever_the_file_is_cut_into_pieces():
    rows = "a\r\n" * 349_525 + "b\rc\nd"  # the first piece ends between \r and \n
    assert found(rows.encode()) == Encoding("utf-8", 349_528)
    assert found(("x" + rows).encode()).lines == 349_528
    assert found(("xx" + rows).encode()).lines == 349_528


def test_a_zero_in_a_text_does_not_make_it_utf16():
    assert found("姓名,性别\n张三,\0男\n王五,女\n".encode()).name == "utf-8"
