import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.errors import InputError
from loaders.ooxml.package import (
    CONTENT_TYPES,
    Relation,
    append_into,
    as_utf8,
    declare_type,
    free_name,
    named,
    ranges,
    read_parts,
    relate,
    relations,
    scan,
    splice,
    text_of,
    with_attribute,
    write_parts,
)

RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_written_parts_are_read_alike_and_the_same_parts_give_the_same_bytes():
    parts = {"b.xml": b"<b/>", "xl/a.xml": "<a>党</a>".encode()}
    assert list(read_parts(write_parts(parts)).items()) == list(parts.items())
    assert write_parts(parts) == write_parts(parts)


def test_folders_of_an_archive_are_no_parts():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/", b"")
        archive.writestr("xl/a.xml", b"<a/>")
    assert read_parts(out.getvalue()) == {"xl/a.xml": b"<a/>"}


def test_pieces_are_replaced_in_place_whatever_their_order():
    assert splice(b"abcdef", [(4, 5, b"-"), (0, 1, b""), (2, 2, b"1"), (2, 2, b"2")]) == b"b12cd-f"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_mark_before_utf8_goes(mark):
    assert as_utf8(mark + b"<a/>") == b"<a/>"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_becomes_utf8(encoding):
    text = '\ufeff<?xml version="1.0" encoding="UTF-16"?><a>党</a>'
    assert as_utf8(text.encode(encoding)) == '<?xml version="1.0" encoding="UTF-8"?><a>党</a>'.encode()


def test_elements_have_their_names_attributes_depths_and_bytes():
    xml = b'<x:a n="1>"><x:b/><c r:id="7">t</c></x:a>'
    a, b, c = scan(xml)
    assert [(e.prefix, e.name, e.depth) for e in (a, b, c)] == [
        ("x:", "a", 0),
        ("x:", "b", 1),
        ("", "c", 1),
    ]
    assert [xml[e.start : e.end] for e in (a, b, c)] == [xml, b"<x:b/>", b'<c r:id="7">t</c>']
    assert [xml[e.inner : e.close] for e in (a, b, c)] == [b'<x:b/><c r:id="7">t</c>', b"", b"t"]
    assert (a.get("n"), c.get("id"), c.get("n")) == ("1>", "7", None)


def test_elements_below_the_depth_asked_for_are_left_out():
    assert [e.name for e in scan(b"<a><b><c/></b><b/></a>", 1)] == ["a", "b", "b"]


@pytest.mark.parametrize("xml", [b"", b"<a>", b"<a></b>", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'])
def test_what_is_damaged_or_declares_a_document_type_is_refused(xml):
    with pytest.raises(InputError, match="工作簿内部已损坏"):
        scan(xml)


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (b"<a></a>", b"<a><n/></a>"),
        (b"<a><b/></a>", b"<a><b/><n/></a>"),
        (b'<x:a k="/" />', b'<x:a k="/"><n/></x:a>'),
    ],
)
def test_something_is_put_at_the_end_of_an_element(xml, expected):
    assert splice(xml, [append_into(xml, scan(xml)[0], b"<n/>")]) == expected


@pytest.mark.parametrize(
    ("xml", "value", "expected"),
    [
        (b"<a/>", "1", b'<a n="1"/>'),
        (b"<a>t</a>", "&", b'<a n="&amp;">t</a>'),
        (b"<a n='0' m=\"2\"/>", "1", b'<a n="1" m="2"/>'),
        (b'<a n="0" m="2"/>', None, b'<a m="2"/>'),
        (b"<a/>", None, b"<a/>"),
        (b'<a xn="0"/>', "1", b'<a xn="0" n="1"/>'),
    ],
)
def test_an_attribute_is_set_replaced_or_taken_away(xml, value, expected):
    assert splice(xml, [with_attribute(xml, scan(xml)[0], "n", value)]) == expected


def test_a_relation_is_added_beside_those_that_are_there_and_read_back():
    parts = {}
    assert [relate(parts, "xl/workbook.xml", "worksheet", f"xl/worksheets/s{n}.xml") for n in (1, 2)] == [
        "rId1",
        "rId2",
    ]
    assert list(parts) == ["xl/_rels/workbook.xml.rels"]
    assert relations(parts, "xl/workbook.xml") == [
        Relation("rId1", "worksheet", "xl/worksheets/s1.xml", RELS),
        Relation("rId2", "worksheet", "xl/worksheets/s2.xml", RELS),
    ]


def test_targets_beside_and_above_a_part_are_part_names_and_links_to_outside_are_left_out():
    rels = (
        '<Relationships><Relationship Id="a" Type="t/comments" Target="../comments1.xml"/>'
        '<Relationship Id="b" Type="t/hyperlink" Target="file:///x" TargetMode="External"/></Relationships>'
    )
    parts = {"xl/worksheets/_rels/s.xml.rels": rels.encode()}
    assert relations(parts, "xl/worksheets/s.xml") == [Relation("a", "comments", "xl/comments1.xml", "t")]
    assert relations(parts, "xl/other.xml") == []


def test_the_type_of_a_part_is_declared_once():
    parts = {CONTENT_TYPES: b"<Types/>"}
    for _ in range(2):
        declare_type(parts, "xl/a.xml", "t")
    assert parts[CONTENT_TYPES] == b'<Types><Override PartName="/xl/a.xml" ContentType="t"/></Types>'


def test_a_free_name_is_one_that_no_part_has_in_either_case():
    assert free_name({"xl/Comments1.xml": b"", "xl/comments3.xml": b""}, "xl/comments{}.xml") == (
        "xl/comments2.xml"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [("=1&2", "=1&amp;2"), ("\x0b", "_x000B_"), ("_x0041_", "_x005F_x0041_"), ("a_x", "a_x")],
)
def test_a_text_stays_the_text_that_it_is(text, expected):
    assert text_of(text) == expected


@given(st.sets(st.tuples(st.integers(1, 12), st.integers(0, 4))))
def test_ranges_hold_exactly_their_cells(cells):
    found = ranges(sorted(cells))
    assert sorted((row, c) for c, first, last in found for row in range(first, last + 1)) == sorted(cells)


def test_elements_are_found_by_their_local_name():
    assert [e.prefix for e in named(scan(b"<a><x:b/><b/><c/></a>"), "b")] == ["x:", ""]
