import stat
import zipfile

import pytest

from graph_model.errors import InputError
from graph_model.keys import KeyMaker
from loaders.read.archives import unpack
from loaders.read.discovery import list_files
from loaders.read.workbooks import FORMATS
from loaders.survey import read_round
from tests.support.books import save

SECRET = b"test"


UNIT = [["单位名称", "单位类别"], ["甲物业", "物业公司"]]
MEMBER = [["姓名", "性别", "所在单位"], ["张三", "男", "甲物业"]]


def packed(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def in_code_page(path, name, encoding):
    """An archive as old Windows tools write it: the name in the machine's code page, nothing said about it."""
    raw = name.encode(encoding)
    stand_in = "x" * len(raw)
    packed(path, {stand_in: b"a,b\n"})
    path.write_bytes(path.read_bytes().replace(stand_in.encode(), raw))
    return path


def names(path):
    return [m.name for m in unpack(path, FORMATS).members]


def refused(path):
    with pytest.raises(InputError) as error:
        unpack(path, FORMATS)
    return error.value.text.zh


def test_a_packed_round_reads_as_its_folder_does(tmp_path):
    folder = tmp_path / "2006-10"
    files = [
        save(folder / "单位.xlsx", 单位=UNIT),
        save(folder / "居民区" / "檀香.xlsx", 党员=MEMBER),
    ]
    path = packed(
        tmp_path / "2006-10.zip",
        {f"调摸/{f.relative_to(folder).as_posix()}": f.read_bytes() for f in files},
    )
    by_folder, by_zip = (read_round([p], keys=KeyMaker(SECRET)) for p in (folder, path))
    assert not by_zip.blocking
    assert (by_zip.round, by_zip.graph, by_zip.files) == (by_folder.round, by_folder.graph, by_folder.files)


def test_the_files_of_an_archive_stand_somewhere_so_that_a_history_can_keep_them(tmp_path):
    path = packed(tmp_path / "a.zip", {"b.csv": "单位名称,性质\n"})
    listing = list_files([path])
    [(name, file)] = listing.files
    assert (name, file.read_text()) == ("b.csv", "单位名称,性质\n")
    assert list_files([path]) == listing
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_files_of_many_archives_stand_where_they_are_as_long_as_they_are_listed(tmp_path):
    paths = [
        packed(tmp_path / f"{n}.zip", {f"{n}.csv": f"单位名称,单位类别\n公司{n}号,物业公司\n"})
        for n in range(12)
    ]
    listing = list_files(paths)
    assert [p.is_file() for _, p in listing.files] == [True] * 12
    assert len(read_round(paths, keys=KeyMaker(SECRET), round="2006-10").graph.nodes) == 12


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_in_the_code_page_of_whoever_packed_it(tmp_path, encoding):
    assert names(in_code_page(tmp_path / "a.zip", "党员名册.csv", encoding)) == ["党员名册.csv"]


def test_names_that_say_that_they_are_utf8_and_plain_ones(tmp_path):
    assert names(packed(tmp_path / "a.zip", {"党员.csv": "a", "b.csv": "b"})) == ["党员.csv", "b.csv"]


def test_what_a_system_adds_is_passed_over_and_other_files_are_named(tmp_path):
    path = packed(
        tmp_path / "a.zip",
        {
            "x/a.csv": "a",
            "__MACOSX/x/._a.csv": "b",
            "x/.DS_Store": "c",
            "x/~$a.xlsx": "d",
            "x/说明.docx": "e",
        },
    )
    found = unpack(path, FORMATS)
    assert ([m.name for m in found.members], found.ignored) == (["a.csv"], (("说明.docx", ".docx"),))


@pytest.mark.parametrize("name", ["../a.csv", "x/../../a.csv", "/etc/a.csv", "C:/a.csv", "..\\a.csv"])
def test_names_that_lead_out_are_refused(tmp_path, name):
    assert "指向压缩包之外" in refused(packed(tmp_path / "a.zip", {"ok.csv": "a", name: "b"}))
    assert [*tmp_path.glob("*.csv"), *tmp_path.parent.glob("*.csv")] == []


def test_a_link_is_refused(tmp_path):
    link = zipfile.ZipInfo("a.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "指向压缩包之外" in refused(packed(tmp_path / "a.zip", {link: "/etc/passwd"}))


def test_names_that_no_disk_takes_are_refused(tmp_path):
    assert "过长" in refused(packed(tmp_path / "a.zip", {"党" * 300 + ".csv": "a"}))
    assert "不能用的字符" in refused(packed(tmp_path / "b.zip", {"a\x07.csv": "a"}))
    assert "两个文件" in refused(packed(tmp_path / "c.zip", {"a.csv": "a", "A.csv": "b"}))


def test_an_archive_in_an_archive_is_refused(tmp_path):
    assert "还有压缩包" in refused(packed(tmp_path / "a.zip", {"a.csv": "a", "b.ZIP": "PK"}))


def test_damaged_protected_and_too_large_archives_are_refused(tmp_path):
    whole = packed(tmp_path / "a.zip", {"a.csv": "姓名,性别\n" * 999}).read_bytes()
    (tmp_path / "b.zip").write_bytes(whole[:-9])
    assert "损坏" in refused(tmp_path / "b.zip")
    at = whole.rfind(b"PK\x01\x02")
    (tmp_path / "c.zip").write_bytes(whole[: at + 8] + b"\x01" + whole[at + 9 :])
    assert "密码" in refused(tmp_path / "c.zip")
    (tmp_path / "d.zip").write_bytes(
        whole[: at + 24] + (0xFFFFFFF0).to_bytes(4, "little") + whole[at + 28 :]
    )
    assert "过大" in refused(tmp_path / "d.zip")
    (tmp_path / "e.zip").write_bytes(whole[: at + 24] + (12).to_bytes(4, "little") + whole[at + 28 :])
    assert "损坏" in refused(tmp_path / "e.zip")


def test_an_archive_that_cannot_be_used_is_a_problem_among_the_others(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"hello")
    reading = read_round(
        [tmp_path / "a.zip", save(tmp_path / "b.xlsx", 单位=UNIT)], keys=KeyMaker(SECRET), round="2006-10"
    )
    assert [(p.code, p.file) for p in reading.problems] == [("unreadable_file", "a.zip")]
    assert len(reading.graph.nodes) == 1
