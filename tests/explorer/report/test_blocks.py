import pytest

from explorer.report.blocks import GroupRow, ReportTable, TableColumn, TableRow, picture_from_png

COLUMNS = (TableColumn("a", 1), TableColumn("b", 2))


def test_a_row_has_a_cell_under_each_heading():
    rows = (GroupRow("全部"), TableRow(("1", "2")))
    assert ReportTable(COLUMNS, rows).rows == rows
    with pytest.raises(ValueError, match="1 cells under 2 headings"):
        ReportTable(COLUMNS, (TableRow(("1",)),))


def test_a_picture_says_its_size_itself():
    png = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")
    found = picture_from_png(png, "图1", 0.9)
    assert (found.width, found.height, found.caption, found.share) == (640, 480, "图1", 0.9)
