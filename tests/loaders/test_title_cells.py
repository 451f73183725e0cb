"""The titles of workbooks, read from their beginnings; what cannot be read has none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from loaders.title_cells import title_cells
from tests.support.books import save

SHEETS = "xl/worksheets/sheet1.xml"


def packed(**parts: str) -> io.BytesIO:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return into


def test_the_rows_above_the_headings_of_every_sheet(tmp_path: Path) -> None:
    rows = [["姓名", "所在单位", "入党时间"], ["张小明", "青松物业", "2001-06"]]
    book = save(tmp_path / "a.xlsx", 党员=[["2024年6月党员花名册"], ["填表人", "李小红"], *rows], 单位=rows)
    with book.open("rb") as content:
        assert title_cells("a.xlsx", content) == ("2024年6月党员花名册", "填表人", "李小红")


def test_rows_of_a_narrow_table_are_no_titles(tmp_path: Path) -> None:
    rows = [["姓名", "入党时间"], ["张小明", "2001年6月"]]
    book = save(
        tmp_path / "a.xlsx", 党员=rows, 居民区=[["居民区名称"], ["青松居民区"]], 单位=[["2024年6月"], *rows]
    )
    with book.open("rb") as content:
        assert title_cells("a.xlsx", content) == ("2024年6月",)


def test_inline_texts_prefixes_and_parts_of_any_name() -> None:
    book = packed(
        **{
            "XL\\Worksheets\\甲.XML": '<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row><x:c t="inlineStr"><x:is>'
            "<x:r><x:t>2024年</x:t></x:r><x:r><x:t>6月</x:t></x:r><x:rPh><x:t>nián</x:t></x:rPh>"
            "</x:is></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"
        }
    )
    assert title_cells("a.XLSX", book) == ("2024年6月",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_first_lines_of_a_text(encoding: str) -> None:
    text = "2024年6月单位名册,,\n名称,类别,性质\n青松物业,物业公司,民营\n"
    assert title_cells("a.csv", io.BytesIO(text.encode(encoding))) == ("2024年6月单位名册",)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", io.BytesIO(b"PK no archive")),
        ("a.xlsx", packed(**{SHEETS: "<worksheet><row"})),
        ("a.xlsx", packed(**{SHEETS: "no xml"})),
        (
            "a.xlsx",
            packed(
                **{SHEETS: "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet><row><c>&a;</c></row></worksheet>"}
            ),
        ),
        ("a.xlsx", packed(**{SHEETS: '<worksheet><row><c t="s"><v>7</v></c></row></worksheet>'})),
        ("a.parquet", io.BytesIO(b"PAR1")),
        ("a.csv", io.BytesIO(b"")),
    ],
)
def test_what_cannot_be_read_has_no_title(name: str, content: io.BytesIO) -> None:
    assert title_cells(name, content) == ()


def test_only_the_beginning_of_a_part_is_unpacked() -> None:
    title = '<worksheet><sheetData><row><c t="inlineStr"><is><t>2024年6月</t></is></c></row>'
    book = packed(**{SHEETS: title + "<row><c><v>1</v></c><c><v>2</v></c></row>" * 300_000})
    assert title_cells("a.xlsx", book) == ("2024年6月",)
