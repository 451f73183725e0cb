"""What a file is by its first bytes."""

import pytest

from loaders.delimited.signatures import kind_of

SPREADSHEET = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"PK\x03\x04\x14\0", "an Excel workbook (.xlsx) or an archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls)"),
        (SPREADSHEET.encode(), "an XML spreadsheet (2003)"),
        (b"\xef\xbb\xbf  " + SPREADSHEET.encode(), "an XML spreadsheet (2003)"),
        (SPREADSHEET.encode("utf-16"), "an XML spreadsheet (2003)"),
        (b"<?xml version='1.0'?><a/>", "an XML file"),
        (b"\r\n<html xmlns:x=''>", "a web page (HTML)"),
        (b"<!DOCTYPE HTML><table>", "a web page (HTML)"),
        (b"<table border=1><tr>", "a web page (HTML)"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; x", "a single-file web page (.mht)"),
        (b"ID;PWXL;N;E\r\n", "a SYLK table (.slk)"),
        (b"TABLE\r\n0,1\r\n", "a DIF table (.dif)"),
        (b"Rar!\x1a\x07\x00", "an archive"),
        (b"%PDF-1.7", "a PDF file"),
    ],
)
def test_a_file_is_known_by_its_first_bytes(head, kind):
    found = kind_of(head)
    assert found is not None
    assert found.en == kind


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\xff\xfe",
        "姓名,性别\n".encode(),
        b"ID,name\n",
        b"ID;PARTY;N\xc3\xa4\n",
        b"<a>,b\n",
        b"TABLE,1",
    ],
)
def test_text_is_none_of_them(head):
    assert kind_of(head) is None
