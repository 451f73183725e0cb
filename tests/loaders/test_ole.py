"""The workbook within an OLE container, whatever the rest of the container is like."""

import struct
from pathlib import Path

import pytest

from loaders.ole import NoWorkbook, is_workbook, workbook_stream

DATA = Path(__file__).parents[1] / "data"
OFFICE = (DATA / "office.xls").read_bytes()
PHPEXCEL = (DATA / "intake" / "phpexcel.xls").read_bytes()
BOF = b"\x09\x08\x10\x00\x00\x06\x05\x00"


def test_a_small_workbook_stands_among_the_small_parts():
    stream = workbook_stream(OFFICE)
    assert (stream[:8], stream[-4:], len(stream)) == (BOF, b"\x0a\0\0\0", 2858)


def test_the_chain_of_another_part_may_run_into_the_workbook():
    stream = workbook_stream(PHPEXCEL)
    assert (stream[:8], stream[-4:], len(stream)) == (BOF, b"\x0a\0\0\0", 10173)


def test_what_is_in_no_container_stays_as_it_is():
    assert workbook_stream(BOF + b"x") == BOF + b"x"
    assert [is_workbook(head) for head in (BOF, OFFICE, PHPEXCEL, b"PK\x03\x04", b"<html>")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_chain_that_goes_round_in_circles_ends():
    table = 512 + 4 * 3  # the fourth sector, where the small parts begin
    data = bytearray(OFFICE)
    data[table : table + 4] = struct.pack("<i", 3)
    assert len(workbook_stream(bytes(data))) <= 2858


@pytest.mark.parametrize("length", [8, 60, 100, 600, 3000, 5200])
def test_a_container_that_is_cut_is_damaged_or_gives_what_is_left(length):
    try:
        found = workbook_stream(OFFICE[:length])
    except ValueError:
        return
    assert len(found) <= 2858


def test_a_container_without_a_workbook_is_refused():
    data = OFFICE.replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))
    with pytest.raises(NoWorkbook):
        workbook_stream(data)
