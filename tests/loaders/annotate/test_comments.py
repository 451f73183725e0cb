import re

import pytest

from loaders.annotate.comments import SIGN, comment
from loaders.ooxml.package import relations

SHEET = "xl/worksheets/sheet1.xml"
COMMENTS = "xl/comments1.xml"
SLIM = b"<worksheet><sheetData/><tableParts/></worksheet>"


def fresh():
    return {SHEET: SLIM, "[Content_Types].xml": b"<Types/>"}


def theirs(*comments):
    """Parts of a sheet with comments of another author."""
    parts = fresh()
    comment(parts, SHEET, SLIM, {(1, 0): "x"})
    listed = "".join(f'<comment ref="{ref}" authorId="0">{text}</comment>' for ref, text in comments)
    parts[COMMENTS] = (
        f"<comments><authors><author>王</author></authors><commentList>{listed}</commentList></comments>"
    ).encode()
    return parts


def texts(parts):
    """{cell: its comment}."""
    found = re.findall(r'<comment ref="(\w+)"(.*?)</comment>', parts[COMMENTS].decode(), re.DOTALL)
    return {ref: "".join(re.findall(r"<t(?: [^>]*)?>(.*?)</t>", one, re.DOTALL)) for ref, one in found}


def test_comments_are_written_with_their_shapes_and_linked_to_the_sheet():
    parts = fresh()
    slim = comment(parts, SHEET, SLIM, {(2, 0): "性别有误", (3, 27): "a<b"})
    assert texts(parts) == {"A2": f"{SIGN}\n性别有误", "AB3": f"{SIGN}\na&lt;b"}
    assert [(r.kind, r.target) for r in relations(parts, SHEET)] == [
        ("comments", COMMENTS),
        ("vmlDrawing", "xl/drawings/vmlDrawing1.vml"),
    ]
    shapes = parts["xl/drawings/vmlDrawing1.vml"]
    assert re.findall(rb"<x:Row>(\d+)</x:Row><x:Column>(\d+)</x:Column>", shapes) == [
        (b"1", b"0"),
        (b"2", b"27"),
    ]
    assert slim == SLIM.replace(
        b"<tableParts/>",
        b'<legacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        b'r:id="rId2"/><tableParts/>',
    )
    assert b'PartName="/xl/comments1.xml"' in parts["[Content_Types].xml"]


def test_nothing_to_say_changes_nothing():
    parts = fresh()
    assert comment(parts, SHEET, SLIM, {}) == SLIM
    assert parts == fresh()


def test_earlier_comments_of_ours_go_with_their_shapes():
    parts = fresh()
    slim = comment(parts, SHEET, SLIM, {(2, 0): "a"})
    assert comment(parts, SHEET, slim, {(3, 0): "b"}) == slim
    assert texts(parts) == {"A3": f"{SIGN}\nb"}
    assert re.findall(rb"<x:Row>(\d+)</x:Row>", parts["xl/drawings/vmlDrawing1.vml"]) == [b"2"]


@pytest.mark.parametrize(
    ("held", "added"),
    [
        ("<text><t>原文</t></text>", f"原文\n\n{SIGN}\n请改"),
        ("<text><r><t>原</t></r><r><t>文</t></r></text>", f"原文\n\n{SIGN}\n请改"),
        ("<text/>", f"\n\n{SIGN}\n请改"),
    ],
)
def test_another_authors_comment_is_kept_and_ours_is_added_and_taken_away_again(held, added):
    parts = theirs(("A2", held))
    comment(parts, SHEET, SLIM, {(2, 0): "请改"})
    assert texts(parts) == {"A2": added}
    comment(parts, SHEET, SLIM, {})
    assert texts(parts) == {"A2": added.partition("\n")[0]}


def test_a_comment_that_bears_our_sign_under_another_name_is_ours():
    parts = theirs(("A2", f"<text><t>{SIGN}\nx</t></text>"), ("A3", "<text><t>说明</t></text>"))
    comment(parts, SHEET, SLIM, {})
    assert texts(parts) == {"A3": "说明"}
