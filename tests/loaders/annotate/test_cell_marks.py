from loaders.annotate.cell_marks import CellMark, mark_sheet, unselect

SHEET = "xl/worksheets/sheet1.xml"
STYLES = {True: 4, False: 5}
CELLS = b'<worksheet><sheetData><row r="2"/></sheetData>%s</worksheet>'


def marked(marks, rest=b"", parts=None):
    held = {SHEET: CELLS % rest, "[Content_Types].xml": b"<Types/>"} if parts is None else parts
    mark_sheet(held, SHEET, marks, STYLES)
    return held


def colours(xml):
    """The conditional formats of ours, as they stand in the sheet."""
    start, end = xml.index(b"</sheetData>"), xml.rindex(b"</conditionalFormatting>")
    return xml[start + len(b"</sheetData>") : end].decode().replace("</conditionalFormatting>", "\n")


def test_blocking_cells_and_hints_have_a_rule_each():
    parts = marked([CellMark(2, 0, True, "a"), CellMark(3, 0, True, "b"), CellMark(2, 2, False, "c")])
    rule = '<cfRule type="expression" dxfId="{}" priority="{}"><formula>"branchmap"="branchmap"</formula></cfRule>'
    assert colours(parts[SHEET]) == (
        f'<conditionalFormatting sqref="A2:A3">{rule.format(4, 1)}\n'
        f'<conditionalFormatting sqref="C2">{rule.format(5, 2)}'
    )


def test_a_cell_that_blocks_and_hints_has_the_colour_of_what_blocks():
    parts = marked([CellMark(2, 0, False, "a"), CellMark(2, 0, True, "b")])
    assert parts[SHEET].count(b"<conditionalFormatting") == 1
    assert b'dxfId="4"' in parts[SHEET]


def test_our_priorities_come_after_those_that_are_there():
    theirs = b'<conditionalFormatting sqref="B1"><cfRule priority="7"/></conditionalFormatting>'
    assert b'priority="8"' in marked([CellMark(2, 0, True, "a")], theirs)[SHEET]


def test_earlier_marks_go_and_theirs_stay():
    theirs = b'<conditionalFormatting sqref="B1"><cfRule priority="7"/></conditionalFormatting>'
    parts = marked([CellMark(2, 0, True, "a")], theirs)
    cleared = marked([], parts=parts)[SHEET]
    assert cleared.count(b"<conditionalFormatting") == 1
    assert theirs in cleared


def test_a_mark_inside_a_merged_area_belongs_to_its_first_cell():
    parts = marked([CellMark(3, 1, True, "a")], b'<mergeCells><mergeCell ref="A2:B4"/></mergeCells>')
    assert b'sqref="A2"' in parts[SHEET]
    assert b'ref="A2"' in parts["xl/comments1.xml"]


def test_the_cells_are_not_edited():
    assert b'<sheetData><row r="2"/></sheetData>' in marked([CellMark(2, 0, True, "a")])[SHEET]


def test_a_sheet_is_no_longer_selected():
    xml = (
        b'<worksheet><sheetViews><sheetView tabSelected="1" zoom="9"/></sheetViews><sheetData/></worksheet>'
    )
    assert unselect(xml) == xml.replace(b' tabSelected="1"', b"")
