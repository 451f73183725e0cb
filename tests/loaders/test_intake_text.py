"""Text files as offices and exports have them, through the loader's door: read, or blocking with one line."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from graph_model.keys import KeyMaker
from loaders.survey import ParsedRound, read_round

DATA = Path(__file__).parents[1] / "data" / "intake"
HEAD, ONE, TWO = "单位名称,单位类别\n", "青松物业,物业公司\n", "翠竹物业,物业公司\n"


def load(*paths: Path) -> ParsedRound:
    return read_round(paths, keys=KeyMaker(b"test"), round="2006-10")


def names(found: ParsedRound) -> list[str]:
    return sorted(str(n.properties["name"]) for n in found.graph.nodes.values())


def told(found: ParsedRound) -> list[tuple[str, str, bool]]:
    return [(p.file, p.code, p.blocking) for p in found.problems]


def refusal(found: ParsedRound) -> str:
    [problem] = found.problems
    assert (problem.code, problem.blocking, names(found)) == ("unreadable_file", True, [])
    return problem.what.en.partition(";")[0]


def written(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_quotation_mark_that_never_closes_is_refused_at_its_line():
    assert refusal(load(DATA / "stray_quote_last.csv")) == (
        "stray_quote_last.csv: line 3 has a quotation mark without its other half, so that it is not clear which cell "
        "holds what follows"
    )


def test_cut_utf8_is_refused_as_that():
    assert refusal(load(DATA / "utf8_one_bad.csv")) == (
        "utf8_one_bad.csv: line 3 ends within a character (byte 53: E7 BF): the UTF-8 file was cut, and what followed "
        "may be missing"
    )


def test_an_end_of_file_character_is_no_row():
    found = load(DATA / "ctrl_z.csv")
    assert (names(found), told(found)) == (["青松物业"], [])


@pytest.mark.parametrize(
    "text",
    [
        (HEAD + ONE + TWO).replace("\n", "\r"),
        (HEAD + "\f" + ONE + TWO),
        ("\ufeff" + HEAD + ONE + "\ufeff" + HEAD + TWO),
        ("sep=;\r\n" + (HEAD + ONE + TWO).replace(",", ";")),
        (HEAD + ONE + TWO).encode("utf-16-le"),
        (HEAD + ONE + TWO).replace(",", "\t").encode("utf-32"),
    ],
    ids=["carriage returns", "form feed", "joined", "sep", "UTF-16 without a mark", "UTF-32"],
)
def test_text_of_any_kind_is_read(tmp_path, text):
    found = load(written(tmp_path / "单位.csv", text))
    assert (names(found), told(found)) == (["翠竹物业", "青松物业"], [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + ONE.replace("\n", "\v") + TWO, "line 2 has several rows in it"),
        (HEAD + ONE + "\x1a" + TWO, "line 3 has an end-of-file character"),
        (HEAD + "青松\0物业,物业公司\n", "line 2 has NUL characters"),
        (HEAD.encode() + ONE.encode("gb18030"), "line 2 has damaged text"),
        (b"PK\x03\x04\0", "the workbook is damaged or incomplete"),
        (b"%PDF-1.7", "no text but a PDF file"),
    ],
)
def test_what_would_be_read_amiss_is_refused_at_its_line(tmp_path, text, said):
    assert refusal(load(written(tmp_path / "单位.csv", text))).startswith(f"单位.csv: {said}")


def test_a_row_with_more_cells_than_headings_is_told_and_not_loaded(tmp_path):
    text = HEAD + ONE + "翠竹,物业,物业公司\n白云物业,物业公司,,\n"
    found = load(written(tmp_path / "单位.csv", text))
    assert names(found) == ["白云物业", "青松物业"]
    assert [(p.code, p.cell, p.value, p.blocking) for p in found.problems] == [
        ("long_row", "C3", "物业公司", True)
    ]


def test_very_many_rows_with_more_cells_than_headings_are_told_in_one_line(tmp_path):
    found = load(written(tmp_path / "单位.csv", HEAD + "翠竹,物业,物业公司\n" * 10_001))
    assert told(found) == [("单位.csv", "long_rows", True)]
    assert (names(found), found.unaccounted) == ([], 0)


def test_very_many_faulty_rows_end_the_reading_of_their_sheet(tmp_path):
    rows = "".join(f"第{n}物业,坏\n" for n in range(100_001))
    found = load(written(tmp_path / "单位.csv", HEAD + rows), written(tmp_path / "又.csv", HEAD + ONE))
    assert ("单位.csv", "faulty_rows", True) in told(found)
    assert (names(found), found.unaccounted) == (["青松物业"], 0)


HTML = "<html><body><p>没有表格</p></body></html>"
TABLE = "<table><tr><td>单位名称<td>单位类别<tr><td>翠竹物业<td>物业公司</table>"
SPREADSHEET = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


def test_each_file_of_a_folder_is_read_or_blocks_with_one_line(tmp_path):
    folder = tmp_path / "2006-10"
    folder.mkdir()
    written(folder / "甲.csv", "\ufeff" + HEAD + ONE)
    written(folder / "乙.xml", SPREADSHEET)
    written(folder / "丙.txt", (HEAD + TWO).replace(",", "\t").encode("utf-16"))
    written(folder / "丁.html", HTML)
    written(folder / "戊.htm", TABLE.replace("翠竹", "白云"))
    found = load(folder)
    assert names(found) == ["白云物业", "翠竹物业", "青松物业"]
    assert told(found) == [("丁.html", "unreadable_file", True), ("乙.xml", "no_form", True)]


@pytest.mark.parametrize(
    "name",
    [
        "a.mhtml ",
        "a.MHT",
        "a.slk",
        "a.dif",
        "a.prn",
        "a.Numbers",
        "a.xlsx.bak",
        "a.csv.old",
    ],
)
def test_what_may_hold_rows_blocks_however_its_ending_is_written(tmp_path, name):
    folder = tmp_path / "2006-10"
    folder.mkdir()
    written(folder / "甲.csv", HEAD + ONE)
    written(folder / name, "x")
    written(folder / "说明.docx", "x")
    assert told(load(folder)) == [
        (name, "other_workbook", True),
        ("说明.docx", "not_a_workbook", False),
    ]


@pytest.mark.parametrize("name", ["单位.CSV", "单位.csv.", "单位.Csv ", "单位.TXT", "单位.tsv", "单位.tab"])
def test_an_ending_is_known_however_it_is_written(tmp_path, name):
    folder = tmp_path / "2006-10"
    folder.mkdir()
    written(folder / name, (HEAD + ONE).replace(",", "\t"))
    assert (names(load(folder)), told(load(folder))) == (["青松物业"], [])


def test_a_text_without_a_table_blocks(tmp_path):
    folder = tmp_path / "2006-10"
    folder.mkdir()
    written(folder / "甲.csv", HEAD + ONE)
    written(folder / "说明.txt", "本次调摸请于十月底前报送。\n联系人：党建办\n")
    [blocking] = [p for p in load(folder).problems if p.blocking]
    assert (blocking.file, blocking.code) == ("说明.txt", "no_form")
    assert blocking.right.zh.endswith("与调摸无关的文件请移出文件夹")


def test_what_may_hold_rows_blocks_within_an_archive_too(tmp_path):
    path = tmp_path / "2006-10.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("甲.CSV", HEAD + ONE)
        archive.writestr("丁.HTML", HTML)
        archive.writestr("丙.txt", HEAD + TWO)
    found = load(path)
    assert names(found) == ["翠竹物业", "青松物业"]
    assert told(found) == [("丁.HTML", "unreadable_file", True)]


def test_a_file_that_is_given_by_itself_says_what_to_do(tmp_path):
    found = load(written(tmp_path / "丁.html", HTML))
    assert refusal(found) == "丁.html: a web page (HTML) without a table"
    assert "请在 Excel 或 WPS 中打开，另存为 .xlsx" in found.problems[0].what.zh


def test_a_word_document_that_bears_the_name_of_a_workbook(tmp_path):
    data = (DATA.parent / "office.xls").read_bytes()
    data = data.replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))
    found = load(written(tmp_path / "a.xls", data))
    assert refusal(found) == "a.xls: no Excel workbook: a document of Word or another program"
