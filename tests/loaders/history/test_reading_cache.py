"""The same files, loaded again, are not understood again, and say just what they would say; on every store."""

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from dataclasses import fields
from pathlib import Path

import pytest

from graph_model.keys import KeyMaker, site_keys
from graph_model.store.store import Store
from loaders.annotate.annotated_download import annotate_files
from loaders.history import reading_cache
from loaders.history.load_log import read_history
from loaders.history.undo import undo_last
from loaders.pipeline import apply, explain, prepare, save_alias_answer
from loaders.prepared_load import LoadRequest, PreparedLoad
from loaders.read.discovery import list_files
from loaders.synth.survey import make_survey
from tests.support.books import save_round as save

pytestmark = pytest.mark.slow

SAMPLE = Path(__file__).parents[3] / "data" / "sample" / "2006-10"
UNITS = ["单位名称", "单位类别", "管理区域", "没有这一列"]
MEMBERS = ["姓名", "入党时间", "出生年月", "所在单位"]


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def odd(folder: Path) -> Path:
    """A round that can be loaded, with something to be said of it: unknown column, file, sheet, total, name."""
    made = save(
        folder / "2006-04",
        居民区=[["居民区名称"], ["甲居民区"], ["乙居民区"]],
        单位=[
            UNITS,
            ["新桃源物业", "物业公司", "甲居民区", "x"],
            ["新桃源物业公司", "物业公司", "乙居民区", None],
        ],
        党员=[MEMBERS, ["张三", "2001", "1970-01", "新桃源物业"], ["合计", 2, None, None]],
        随手=[["记一笔"], ["无"]],
        汇总=[
            ["统计项目", "申报数", "区域", "说明"],
            ["党员", 2, None, "一人转出"],
            ["党员", 1, "甲居民区", None],
        ],
    )
    (made / "照片.jpg").write_bytes(b"no workbook")
    return made


def sample(_folder: Path) -> Path:
    return SAMPLE


def synthetic(folder: Path) -> Path:
    return make_survey(400, 3, folder / "made", format="csv").folder


def packed(folder: Path) -> Path:
    archive = folder / "2006-10.zip"
    with zipfile.ZipFile(archive, "w") as into:
        for file in sorted(SAMPLE.rglob("*")):
            into.write(file, f"调摸/{file.relative_to(SAMPLE)}")
    return archive


def ready(store: Store, data: Path, *paths: Path, **more) -> tuple[PreparedLoad, bool]:
    """The load, and whether the files were read for it."""
    told = []
    more = {"complete": True, **more}
    prepared = prepare(
        store,
        LoadRequest(list(paths), keys=site_keys(data), data=data, **more),
        on_progress=lambda what, _done, _of: told.append(what),
    )
    return prepared, "read" in told


def load(store: Store, data: Path, *paths: Path, **more) -> None:
    prepared, _ = ready(store, data, *paths, **more)
    apply(store, prepared)


@pytest.mark.parametrize("made", [odd, sample, synthetic, packed])
def test_the_same_files_say_what_they_would_say_if_they_were_read(store, data, tmp_path, made):
    folder = made(tmp_path)
    load(store, data, folder)
    prepared, was_read = ready(store, data, folder)
    assert not was_read
    assert prepared.plan.empty
    afresh = prepare(store, LoadRequest([folder], keys=site_keys(data), complete=True))
    apart = {"request", "graph", "digest", "again", "sources", "undo"}  # a data folder makes these others
    for field in (f.name for f in fields(PreparedLoad) if f.name not in apart):
        assert getattr(prepared, field) == getattr(afresh, field), field
    assert prepared.digest() == afresh.digest() == store.state().digest


def test_what_is_said_again_holds_everything_that_was_odd(store, data, tmp_path):
    folder = odd(tmp_path)
    load(store, data, folder)
    prepared, was_read = ready(store, data, folder)
    assert not was_read
    assert {p.code for p in prepared.reading.problems} == {
        "not_a_workbook",
        "kept_notes",
        "unknown_sheet",
        "total_row",
        "sum_differs",
    }
    assert [d.difference for d in prepared.differences if d.declared is not None] == [-1, 0]
    assert prepared.reading.sensitive["a.xlsx", "党员"] == {"A", "B", "C"}
    assert prepared.reading.people == {("a.xlsx", "党员")}
    assert sorted(prepared.sources) == ["a.xlsx"]


def test_it_is_loaded_and_undone_like_any_other(store, data, tmp_path):
    folder = odd(tmp_path)
    load(store, data, folder)
    before = store.held()
    for _ in range(2):
        prepared, was_read = ready(store, data, folder)
        assert not was_read
        apply(store, explain(prepared, {("members", ""): "重新核对"}))
    assert [e.plan for e in read_history(data, store)[:2]] == [
        {"added": {}, "changed": {}, "removed": {}}
    ] * 2
    [last, *_] = read_history(data, store)
    assert next(t["explanation"] for t in last.totals if t["id"] == "members") == "重新核对"
    undo_last(store, data)
    assert store.held() == before


def save_text(folder: Path, area: str, encoding: str, end: str = "\n") -> Path:
    """A list of units as a text file."""
    lines = ["单位名称,单位类别,管理区域,成立日期", f"李四物业,物业公司,{area},2001"]
    path = folder / "单位.csv"
    path.write_bytes(end.join([*lines, ""]).encode(encoding))
    return path


def test_text_that_was_saved_anew_says_what_it_said(store, data, tmp_path):
    folder = odd(tmp_path)
    for encoding, end in (("utf-8", "\n"), ("gb18030", "\r\n"), ("utf-8-sig", "\n")):
        text = save_text(folder, "甲居民区", encoding, end)
        prepared, was_read = ready(store, data, folder)
        assert was_read == (encoding == "utf-8")
        afresh = prepare(store, LoadRequest([folder], keys=site_keys(data), complete=True))
        assert prepared.reading == afresh.reading  # the digests of the files with it
        assert prepared.plan == afresh.plan
        apply(store, prepared)
        [last, *_] = read_history(data, store)
        [kept] = [f for f in last.files if f.name == text.name]
        assert kept.sha256 == hashlib.sha256(text.read_bytes()).hexdigest()


def another_content(folder: Path, _store: Store, _data: Path) -> dict:
    book = folder / "a.xlsx"
    book.write_bytes(book.read_bytes() + b" ")
    return {}


def another_name(folder: Path, _store: Store, _data: Path) -> dict:
    (folder / "a.xlsx").rename(folder / "改名.xlsx")
    return {}


def another_cell(folder: Path, store: Store, data: Path) -> dict:
    text = save_text(folder, "甲居民区", "utf-8")
    load(store, data, folder)
    text.write_text(text.read_text("utf-8").replace("2001", "2002"), "utf-8")
    return {}


def cells_in_other_columns(folder: Path, store: Store, data: Path) -> dict:
    text = save_text(folder, "甲居民区", "utf-8")
    load(store, data, folder)
    text.write_text(text.read_text("utf-8").replace("李四物业,", "李四物业,,"), "utf-8")
    return {}


def one_file_more(folder: Path, _store: Store, _data: Path) -> dict:
    (folder / "又一张.jpg").write_bytes(b"")
    return {}


def an_answer(_folder: Path, store: Store, _data: Path) -> dict:
    save_alias_answer(store, "Unit", "新桃源物业", "新桃源物业公司")
    return {}


def a_declared_total(_folder: Path, _store: Store, _data: Path) -> dict:
    return {"declare": ["companies=2"]}


def another_round(_folder: Path, _store: Store, _data: Path) -> dict:
    return {"round": "2006-05"}


def a_partial_round(_folder: Path, _store: Store, _data: Path) -> dict:
    return {"complete": False}


def another_program(_folder: Path, store: Store, data: Path) -> dict:
    kept = data / "rounds" / "2006-04" / str(store.state().load) / "again.json"
    said = json.loads(kept.read_text("utf-8"))
    said[0]["mark"] = "0" * 64
    kept.write_text(json.dumps(said), "utf-8")
    return {}


def damage(_folder: Path, store: Store, data: Path) -> dict:
    kept = data / "rounds" / "2006-04" / str(store.state().load) / "again.json"
    kept.write_text(kept.read_text("utf-8")[:-200], "utf-8")
    return {}


def a_death_before_it_was_kept(_folder: Path, store: Store, data: Path) -> dict:
    (data / "rounds" / "2006-04" / str(store.state().load) / "again.json").unlink()
    return {}


def an_undone_load(folder: Path, store: Store, data: Path) -> dict:
    load(store, data, folder)
    undo_last(store, data)
    return {}


@pytest.mark.parametrize(
    "change",
    [
        another_content,
        another_cell,
        cells_in_other_columns,
        another_name,
        one_file_more,
        an_answer,
        a_declared_total,
        another_round,
        a_partial_round,
        another_program,
        damage,
        a_death_before_it_was_kept,
        an_undone_load,
    ],
)
def test_whatever_has_changed_the_files_are_read(store, data, tmp_path, change):
    folder = odd(tmp_path)
    load(store, data, folder)
    _, was_read = ready(store, data, folder, **change(folder, store, data))
    assert was_read


def test_what_another_program_took_out_of_the_store_is_noticed(store, data, tmp_path):
    folder = odd(tmp_path)
    load(store, data, folder)
    store._bolt.write(lambda tx: tx.run("MATCH (m:Member) DETACH DELETE m"))
    prepared, was_read = ready(store, data, folder)
    assert was_read
    assert prepared.plan.counts()["added"] == {"EMPLOYED_BY": 1, "Member": 1}


def test_another_data_folder_reads_the_files(store, data, tmp_path):
    folder = odd(tmp_path)
    load(store, data, folder)
    other = tmp_path / "other"
    other.mkdir()
    (other / "site.secret").write_bytes((data / "site.secret").read_bytes())
    prepared, was_read = ready(store, other, folder)
    assert was_read
    assert prepared.plan.empty


def test_only_its_owner_may_read_what_was_kept(store, data, tmp_path):
    load(store, data, odd(tmp_path))
    [kept] = data.rglob("again.json")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_second_round_says_again_what_it_would_say(store, data, tmp_path):
    first = save(
        tmp_path / "2006-04", 居民区=[["居民区名称"], ["甲居民区"]], 单位=[UNITS, ["合生物业", "物业公司"]]
    )
    later = save(
        tmp_path / "2006-05",
        居民区=[["居民区名称"], ["甲居民区"]],
        单位=[UNITS, ["合生物业管理", "物业公司"]],
    )
    load(store, data, first)
    before, _ = ready(store, data, later)
    assert [p.candidate for p in before.proposals] == ["合生物业"]  # asked while the other is held
    apply(store, before)
    prepared, was_read = ready(store, data, later)
    assert not was_read
    assert prepared.proposals == ()
    assert (
        prepared.movements
        == prepare(store, LoadRequest([later], keys=site_keys(data), complete=True)).movements
    )


def test_a_file_that_cannot_be_read_is_told_as_ever(store, data, tmp_path):
    folder = odd(tmp_path)
    (folder / "b.xlsx").symlink_to("/proc/self/mem")  # opens, and fails when it is read
    prepared, was_read = ready(store, data, folder)
    assert was_read
    unreadable = [p for p in prepared.reading.problems if p.code == "unreadable_file"]
    assert [p.file for p in unreadable] == ["b.xlsx"]
    assert annotate_files(prepared.sources, unreadable)[0] == "marked.zip"  # a text that says so


def test_a_partial_load_keeps_nothing(store, data, tmp_path):
    load(store, data, odd(tmp_path), complete=False)
    assert list(data.rglob("again.json")) == []


def test_the_program_is_part_of_what_a_reading_depends_on(tmp_path, data):
    folder = odd(tmp_path)
    asked = {"complete": True, "aliases": reading_cache.AliasBook(), "declare": ()}
    listing = list_files([folder])
    one, other = (
        reading_cache.cache_key("2006-04", listing, keys=KeyMaker(s), **asked) for s in (b"s", b"t")
    )
    assert one.mark != other.mark
    names = {name for package in ("graph_model", "loaders") for name, _ in reading_cache.files_of(package)}
    assert {
        "loaders/history/reading_cache.py",
        "loaders/forms/members.toml",
        "graph_model/schema/node_types.py",
    } <= names
    assert not any("__pycache__" in n for n in names)


REPLACED = """
import sys
from pathlib import Path
from loaders.history import reading_cache as again
from loaders.read.discovery import list_files

def known():
    asked = {"complete": True, "aliases": again.AliasBook(), "declare": ()}
    return again.cache_key("2006-04", list_files([Path(sys.argv[1])]), keys=again.KeyMaker(b"s"), **asked) is not None

said = [known()]
file = Path(again.__file__).parents[1] / sys.argv[2]
before = file.read_bytes()
for content in (before + b"\\n# new", before):
    file.write_bytes(content)
    said.append(known())
print(said)
"""


@pytest.mark.parametrize("file", ["clean/parse.py", "forms/members.toml"])
def test_a_program_that_was_replaced_while_it_runs_neither_keeps_nor_uses_what_was_said(tmp_path, file):
    assert said_of_replaced(tmp_path, REPLACED, file) == "[True, False, True]"


def test_a_program_that_was_replaced_before_its_first_load_keeps_nothing(tmp_path):
    early = REPLACED.replace("said = [known()]", "said = []")
    assert said_of_replaced(tmp_path, early, "clean/parse.py") == "[False, False]"


def said_of_replaced(tmp_path: Path, program: str, file: str) -> str:
    """What a program answers that replaces a file of its own."""
    root = Path(__file__).parents[3]
    for package in ("graph_model", "loaders"):
        shutil.copytree(root / package, tmp_path / "new" / package)
    done = subprocess.run(
        [sys.executable, "-c", program, odd(tmp_path), file],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "new")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    return done.stdout.strip()
