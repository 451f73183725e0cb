"""What an .xlsx would cost is found out from its XML, before any of it is built."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.errors import InputError
from loaders.read.limits import (
    MAX_EXCEL_CELLS,
    MAX_RATIO,
    MAX_REPEATED_BYTES,
    MAX_TEXT_BYTES,
    MAX_UNPACKED_BYTES,
    Unusual,
    check_sheet,
    check_unpacked,
    long_texts,
    pieces,
    too_long_texts,
    too_many_cells,
)

ROW = b'<row r="2"><c r="A2" t="s"><v>0</v></c></row>'


def member(unpacked: int, packed: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("a")
    info.file_size, info.compress_size = unpacked, packed
    return info


def sheet(*rows: bytes) -> BytesIO:
    return BytesIO(b"<worksheet><sheetData>" + b"".join(rows) + b"</sheetData></worksheet>")


def seen(stream: BytesIO, long: dict[int, int] | None = None) -> bytes:
    """What is shown of a sheet that is let through."""
    shown: list[bytes] = []
    check_sheet(stream, "a.xlsx", long or {}, shown.append)
    return b"".join(shown)


def refused(stream: BytesIO, long: dict[int, int] | None = None) -> str:
    with pytest.raises(InputError) as told:
        check_sheet(stream, "a.xlsx", long or {}, lambda _: None)
    assert told.value.message("zh").startswith("a.xlsx：")
    return told.value.message("en")


def test_an_archive_within_the_limits_passes() -> None:
    check_unpacked([], "a.xlsx")
    check_unpacked([member(64 * 2**20, 1)], "a.xlsx")  # small enough, however packed
    check_unpacked([member(65 * 2**20, 2**20)], "a.xlsx")


def test_the_members_together_count() -> None:
    half = MAX_UNPACKED_BYTES // 2
    with pytest.raises(InputError, match="the limit is 1024 MiB"):
        check_unpacked([member(half, half), member(half + 1, half)], "a.xlsx")


@pytest.mark.parametrize("packed", [0, 2**20 // 2])
def test_what_is_packed_too_well_is_no_table(packed: int) -> None:
    size = (MAX_RATIO + 1) * 2**20 // 2
    with pytest.raises(InputError, match=r"a\.xlsx: unpacked it is \d+ times as large"):
        check_unpacked([member(size, packed)], "a.xlsx")


def test_all_of_a_sheet_is_shown() -> None:
    assert seen(sheet(ROW, ROW)) == sheet(ROW, ROW).getvalue()


def test_a_cell_far_away_makes_the_rectangle_too_large() -> None:
    assert "the limit is 8,000,000 cells" in refused(sheet(b'<row r="1"><c r="XFD600"/></row>'))
    assert "the limit is" in refused(sheet(b'<row r="400000"></row>'))
    # 26 columns are counted always: the reader makes room for them
    assert seen(sheet(f'<row r="{MAX_EXCEL_CELLS // 26}"></row>'.encode()))


def test_a_shared_text_counts_wherever_it_is_repeated() -> None:
    assert seen(sheet(ROW), {0: MAX_REPEATED_BYTES})
    assert "128 MiB" in refused(sheet(ROW, ROW), {0: MAX_REPEATED_BYTES})
    assert seen(sheet(ROW, ROW), {1: MAX_REPEATED_BYTES})


@pytest.mark.parametrize(
    "xml",
    [
        b"<x:worksheet/>",
        b"\xff\xfe<worksheet>",
        sheet(b"<row><c/></row>").getvalue(),
        sheet(b"<row r='1'/>").getvalue(),
        sheet(b'<row spans="1" r="1"/>').getvalue(),
        sheet(b'<row r="0"/>').getvalue(),
        sheet(b'<row r="1"><c r="a1"/></row>').getvalue(),
        sheet(b'<row r="1"><c r="A1" s ="2"/></row>').getvalue(),
        sheet(b'<!-- x --><row r="1"/>').getvalue(),
        sheet(b'<x:row r="1"/>').getvalue(),
        b'<worksheet><mergeCell ref="A1:$B$2"/></worksheet>',
    ],
)
def test_what_excel_does_not_write_has_to_be_written_anew(xml: bytes) -> None:
    with pytest.raises(Unusual):
        check_sheet(BytesIO(xml), "a.xlsx", {}, lambda _: None)


@given(st.binary(max_size=400))
def test_pieces_together_are_the_whole(xml: bytes) -> None:
    assert b"".join(pieces(BytesIO(xml), "a.xlsx")) == xml


def test_a_piece_ends_with_a_row() -> None:
    xml = sheet(*[ROW] * 200_000).getvalue()
    found = list(pieces(BytesIO(xml), "a.xlsx"))
    assert len(found) > 2
    assert b"".join(found) == xml
    assert all(piece.endswith(b"</row>") for piece in found[:-1])


def test_a_text_that_goes_on_and_on_is_refused() -> None:
    with pytest.raises(InputError, match="1 MiB a cell"):
        list(pieces(BytesIO(b"<worksheet>" + b"x" * 9 * 2**20), "a.xlsx"))


def text(length: int) -> bytes:
    return b"<si><t>" + b"x" * (length - 7) + b"</si>"


def test_long_shared_texts_are_numbered() -> None:
    xml = text(100) + b"<si/>" + text(2000) + text(1000) + b"<x:si>" + b"y" * 5000 + b"</x:si>"
    assert long_texts(BytesIO(xml), "a.xlsx") == {2: 2000, 4: 5006}
    assert long_texts(BytesIO(b""), "a.xlsx") == {}


def test_a_long_text_over_several_pieces_is_counted_whole() -> None:
    # a piece of 4 MiB ends within the last text
    few = [text(1000)] * 4194
    xml = b"".join([*few, text(200_000), text(300_000), text(10)])
    assert long_texts(BytesIO(xml), "a.xlsx") == {4194: 200_000, 4195: 300_000}


def test_a_giant_text_is_refused_wherever_it_stands() -> None:
    for xml in (text(MAX_TEXT_BYTES + 1), text(10) + b"<si>" + b"x" * (5 * 2**20), b"x" * (9 * 2**20)):
        with pytest.raises(InputError, match="1 MiB a cell"):
            long_texts(BytesIO(xml), "a.xlsx")


def test_what_is_said_of_too_much_names_the_limit_in_both_languages() -> None:
    assert (
        too_many_cells("a.csv", 30_000_000)
        .message("zh")
        .startswith("a.csv：内容过大（上限 3000 万个单元格）")
    )
    assert "together more than 64 MiB" in too_long_texts("a.csv").message("en")
