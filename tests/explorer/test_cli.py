"""The command line as scripts and people meet it: output, messages, exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from explorer.cli import hoist
from explorer.server.samples import sample_rounds
from graph_model.engine.lifecycle import start_or_attach
from graph_model.store.driver import Address
from loaders.synth.survey import make_survey
from tests.support.books import save
from tests.support.command_line import Line
from tests.support.locked_books import lock
from tests.support.servers import clear, driver_of

pytestmark = pytest.mark.slow

ROUND = str(sample_rounds()[-1])
TOTALS = {
    "companies": 29,
    "collective": 2,
    "private": 27,
    "commercial": 3,
    "residential": 26,
    "with_branch": 7,
    "with_members": 10,
    "members": 45,
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """The sample's last round, loaded by the command line; the engine stays for the module's tests."""
    data = tmp_path_factory.mktemp("home")
    with start_or_attach(data, heap_mib=256):
        line = Line(data)
        done = line.process("load", ROUND, "--yes")
        assert done.returncode == 0, done.stderr
        yield line


@pytest.fixture
def fresh(tmp_path: Path) -> Line:
    return Line(tmp_path / "home")


@pytest.fixture(scope="module")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Line, Address]]:
    data = tmp_path_factory.mktemp("empty")
    with start_or_attach(data, heap_mib=256) as engine:
        yield Line(data), engine.address


@pytest.fixture
def empty(_running: tuple[Line, Address]) -> Line:
    """A data folder in which nothing was loaded, beside a running engine."""
    line, address = _running
    with driver_of(address) as driver:
        clear(driver, address)
    for left in line.data.iterdir():
        if left.name != "engine":
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    return line


EXAMPLE = "示例数据，日期按2006年10月计"


def refused(done: subprocess.CompletedProcess[str], code: int = 2) -> str:
    """The one line that a refused command says; nothing stands on its output."""
    assert done.returncode == code, (done.stdout, done.stderr)
    assert done.stdout == ""
    # by which date an example is reckoned is said before anything is asked
    [line] = [told for told in done.stderr.splitlines() if told != EXAMPLE]
    assert "Traceback" not in line
    return line


# ---- the line itself


def test_common_options_may_stand_anywhere() -> None:
    assert hoist(["load", "x", "--lang", "en", "--yes", "--names"]) == [
        "--lang",
        "en",
        "--names",
        "load",
        "x",
        "--yes",
    ]
    assert hoist(["load", "--", "--data"]) == ["load", "--", "--data"]


def test_version(fresh: Line) -> None:
    assert fresh.process("--version").stdout == "branchmap 0.2.0\n"


def test_help_lists_every_command(fresh: Line) -> None:
    shown = fresh.process("--help").stdout

    for name in ("demo", "serve", "load", "status", "rules", "gaps", "export", "template", "engine"):
        assert f"\n  {name} " in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nope"], "没有这个命令"),
        (["load"], "缺少 PATH"),
        (["status", "--jso"], "没有选项 --jso；相近的有：--json"),
        (["export", "--focus", "a", "--out", "a.png", "--depth", "x"], "--depth"),
        (["load", "x", "--round"], "--round"),
        (["status", "--lang", "fr"], "没有语言 fr"),
        (["load", "nowhere.xlsx"], "找不到 nowhere.xlsx"),
        (["gaps", "nope"], "没有规则 nope"),
        (["gaps", "--out", "gaps.doc"], ".xlsx"),
        (["export", "--focus", "a", "--out", "a.bmp"], ".graphml"),
        (["template", "a.doc"], ".xlsx"),
        (["template", "/nowhere/a.xlsx"], "无法写入"),
        (["rules", "check", "nowhere.toml"], "nowhere.toml"),
        (["status", "--store", "http://x"], "neo4j://"),
        (["status", "--store", "neo4j://u:pa55word@127.0.0.1:1"], "BRANCHMAP_PASSWORD"),
        (["status", "--store", "neo4j://u@127.0.0.1:1"], "BRANCHMAP_PASSWORD"),
        (["engine", "status", "--store", "neo4j://u@127.0.0.1:1"], "--store"),
        (["engine", "nope"], "没有这个命令"),
    ],
)
def test_what_was_given_wrong_is_said_in_one_line(fresh: Line, arguments: list[str], said: str) -> None:
    line = refused(fresh(*arguments))

    assert said in line
    assert "pa55word" not in line


def test_messages_come_in_english_too(fresh: Line) -> None:
    assert "is not there" in refused(fresh("load", "nowhere.xlsx", "--lang", "en"))
    assert "is not there" in refused(fresh("load", "nowhere.xlsx", BRANCHMAP_LANG="en"))


COMMANDS_ON_DATA = (
    ["status"],
    ["serve", "--no-browser"],
    ["demo", "--no-browser"],
    ["load", ROUND, "--yes"],
    ["history"],
    ["undo"],
    ["compare", "a", "b"],
    ["gaps"],
    ["report"],
    ["export", "--focus", "a", "--out", "a.png"],
    ["engine", "start"],
)


@pytest.mark.parametrize("arguments", COMMANDS_ON_DATA, ids=lambda a: a[0])
def test_a_data_folder_that_is_a_file_is_said_in_one_line(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "file").write_text("x")
    for data in (tmp_path / "file", tmp_path / "file" / "within"):
        assert f"{tmp_path / 'file'}" in refused(Line(data)(*arguments), code=1)


@pytest.mark.skipif(
    sys.platform != "linux", reason="there is no folder that not even an administrator may write"
)
@pytest.mark.parametrize("arguments", COMMANDS_ON_DATA, ids=lambda a: a[0])
def test_a_data_folder_that_may_not_be_written_is_said_in_one_line(arguments: list[str]) -> None:
    assert "权限" in refused(Line(Path("/sys/branchmap"))(*arguments), code=1)


@pytest.mark.parametrize("arguments", [["status"], ["engine", "start"]], ids=lambda a: a[0])
def test_an_accounts_file_that_lacks_an_entry_is_said_in_one_line(
    fresh: Line, arguments: list[str]
) -> None:
    file = fresh.data / "engine/config/accounts.json"
    file.parent.mkdir(parents=True)
    file.write_text('{"writer": "a"}', "utf-8")
    assert "删除这个文件" in refused(fresh(*arguments), code=1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's size")
@pytest.mark.parametrize(
    "arguments",
    [["template", "a.xlsx"], ["synth", "--members", "100", "--format", "csv", "--out", "."]],
    ids=lambda a: a[0],
)
def test_a_disk_that_is_full_is_called_that_and_leaves_no_half_file(
    fresh: Line, tmp_path: Path, arguments: list[str]
) -> None:
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); "
    place = tmp_path / "out"
    place.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", f"{limited}from explorer.cli import main; main()", *arguments],
        env=fresh.environment(PYTHONPATH=os.pathsep.join(sys.path), PYTHONDONTWRITEBYTECODE="1"),
        cwd=place,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "磁盘已满" in refused(done, code=1)
    assert list(place.iterdir()) == []


def test_a_server_that_does_not_answer_is_the_machines_fault(fresh: Line) -> None:
    line = refused(
        fresh("status", "--store", "bolt://u@127.0.0.1:1", BRANCHMAP_PASSWORD="not-shown"), code=1
    )

    assert "127.0.0.1:1" in line
    assert "not-shown" not in line


def test_a_folder_that_cannot_be_one_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    refused(Line(tmp_path / "file")("load", ROUND), code=1)


def test_debug_shows_where_it_happened(fresh: Line) -> None:
    done = fresh.process("load", "nowhere.xlsx", "--debug")

    assert done.returncode == 2
    assert "Traceback" in done.stderr


# ---- load


def test_nothing_is_written_without_yes(empty: Line) -> None:
    found = empty.json("load", ROUND, "--json")
    after = empty.json("status", "--json")
    said = empty("gaps")

    assert found["applied"] is False
    assert found["plan"]["added"]["Unit"] == 40
    assert after["round"] is None
    assert set(after["totals"].values()) == {0}
    assert "branchmap load" in refused(said)


def test_the_same_round_again_plans_nothing(loaded: Line) -> None:
    found = loaded.json("load", ROUND, "--json")

    assert found["plan"] == {"added": {}, "changed": {}, "removed": {}}
    assert found["round"] == "2006-10"
    assert found["complete"] is True
    assert found["reconciled"] is True
    assert {d["id"]: d["found"] for d in found["reconciliation"]} == TOTALS


def test_a_blocking_problem_writes_nothing_and_leaves_with_2(loaded: Line, tmp_path: Path) -> None:
    book = tmp_path / "2006-11" / "坏.xlsx"
    book.parent.mkdir()
    book.write_bytes(b"no workbook")

    done = loaded("load", str(book.parent), "--yes", "--json")

    assert done.returncode == 2
    found = json.loads(done.stdout)
    assert found["applied"] is False
    [problem] = found["problems"]
    assert set(problem) == {"code", "blocking", "file", "sheet", "cell", "value", "what", "right"}
    assert (problem["blocking"], problem["file"]) == (True, "坏.xlsx")
    assert loaded.json("status", "--json")["round"] == "2006-10"


def test_the_marked_workbook_comes_from_the_command_line_and_never_over_what_is_read(
    loaded: Line, tmp_path: Path
) -> None:
    units = [["单位名称", "单位类别"], ["甲物业", "某某"]]
    book = save(tmp_path / "2006-11" / "a.xlsx", 单位=units)
    load = ("load", str(book), "--round", "2006-11", "--marked")

    done = loaded(*load, str(tmp_path / "back.xlsx"))
    assert done.returncode == 2  # the load is blocked all the same
    assert str(tmp_path / "back.xlsx") in done.stderr
    marked = openpyxl.load_workbook(tmp_path / "back.xlsx")
    assert (marked.sheetnames[0], marked["单位"]["B2"].comment is not None) == ("错误清单", True)

    assert loaded(*load, str(tmp_path)).returncode == 2
    assert (tmp_path / "a.xlsx").exists()  # under its own name, in a folder that is there

    before = book.read_bytes()
    assert "不能写在它上面" in refused(loaded(*load, str(book)))
    assert "不能写在它上面" in refused(loaded(*load, str(book.parent)))
    folder = ("load", str(book.parent), "--marked", str(book.parent / "b.xlsx"))
    assert "之内" in refused(loaded(*folder))
    assert book.read_bytes() == before
    assert list(book.parent.iterdir()) == [book]


def test_ctrl_c_in_the_middle_of_writing_says_that_nothing_was_written(empty: Line, tmp_path: Path) -> None:
    made = make_survey(8_000, 1, tmp_path / "city", format="csv")
    with subprocess.Popen(
        empty.command("load", str(made.folder), "--round", "2006-10", "--yes"),
        env=empty.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as running:
        # the history is told of a load right before its writing begins
        told = empty.data / "rounds" / "2006-10"
        while not list(told.glob("*/*")) and running.poll() is None:
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate()
        assert running.returncode == 130, said
        assert "已取消，没有写入任何内容。" in said
        assert empty.json("status", "--json")["round"] is None


def test_the_round_that_the_files_name_is_taken_and_said(empty: Line, tmp_path: Path) -> None:
    book = save(tmp_path / "单位2006年10月.xlsx", 单位=[["名称", "类别"], ["青松物业", "物业公司"]])
    done = empty("load", str(book))
    assert done.stderr.splitlines()[0] == (
        "批次 2006-10，取自文件名中的“2006年10月”；不是这一批时请加 --round 年-月。"
    )
    assert "2006-10 的变化" in done.stdout


def test_a_password_is_given_by_a_file_and_never_repeated(empty: Line, tmp_path: Path) -> None:
    book = lock(save(tmp_path / "a.xlsx", 单位=[["名称", "类别"], ["青松物业", "物业公司"]]), "松柏2006")
    (tmp_path / "p.txt").write_text("错的\n松柏2006\n", "utf-8")
    load = ("load", str(book), "--round", "2006-10")
    assert "--password-file" in empty(*load).stdout
    done = empty(*load, "--password-file", str(tmp_path / "p.txt"))
    assert done.returncode == 0
    assert "2006-10 的变化" in done.stdout
    assert "松柏2006" not in done.stdout + done.stderr


def test_people_see_a_table(loaded: Line) -> None:
    done = loaded("load", ROUND)

    assert "与申报总数核对" in done.stdout
    assert "加 --yes 写入" in done.stderr


def test_a_plan_is_a_list_with_before_and_after_masked_on_the_command_line(
    loaded: Line, tmp_path: Path
) -> None:
    units = [
        ["单位名称", "单位类别", "从业人数"],
        ["合生物业", "物业公司", 77],
        ["新开物业", "物业公司", 5],
    ]
    people = [["姓名", "入党时间", "所在单位"], ["诸葛小明", "2001-10", "新开物业"]]
    book = save(tmp_path / "a.xlsx", 单位=units, 党员=people)
    found = loaded.json("load", str(book), "--round", "2006-11", "--json")

    listed = {(s["what"], s["type"], s["name"]): s["changes"] for s in found["list"]}
    assert ("added", "Unit", "新开物业") in listed
    assert ("added", "Member", "诸葛**") in listed
    assert ("added", "EMPLOYED_BY", "诸葛** — 任职于 — 新开物业") in listed
    [employees] = [c for c in listed["changed", "Unit", "合生物业"] if c["property"] == "employees"]
    assert employees["after"] == "77"
    assert found["list_left_out"] == 0
    assert "诸葛小明" not in json.dumps(found, ensure_ascii=False)

    table = loaded("load", str(book), "--round", "2006-11").stdout
    assert "逐项变化" in table
    assert "77" in table
    assert "诸葛小明" not in table


def test_explained_differences_areas_and_older_rounds_are_said_as_they_are(
    loaded: Line, tmp_path: Path
) -> None:
    totals = [["统计项目", "申报数", "区域", "说明"], ["党员", 1, "檀香居民区", "一人当月调出"]]
    book = save(tmp_path / "a.xlsx", 汇总=totals)
    load = ("load", str(book), "--round", "2006-10", "--partial")
    done = loaded(*load)
    assert "差异均有书面说明" in done.stderr
    assert "请书面说明差异" not in done.stderr
    assert "檀香居民区" in done.stdout
    assert [a["area"] for a in loaded.json(*load, "--json")["areas"] if a["declared"]] == ["檀香居民区"]

    before = str(sample_rounds()[0])
    done = loaded("load", before)
    assert "现有数据为2006年10月批次，本批（2006年4月）较早" in done.stderr
    assert "与上一批次相比" not in done.stdout
    found = loaded.json("load", before, "--json")
    assert (found["held_round"], found["older"]) == ("2006-10", True)
    assert loaded.json("load", ROUND, "--json")["older"] is False


def test_one_problem_is_said_of_in_the_singular(loaded: Line, tmp_path: Path) -> None:
    book = save(tmp_path / "a.xlsx", 单位=[["单位名称", "单位类别"], ["甲物业", "某某"]])
    done = loaded("load", str(book), "--round", "2006-11", "--lang", "en")
    assert "1 problem must be mended" in done.stderr
    assert "1 row read" in done.stdout


def test_a_long_plan_is_cut_on_the_terminal_and_whole_as_json(empty: Line, tmp_path: Path) -> None:
    units = [["单位名称", "单位类别"], *([f"{n}号物业", "物业公司"] for n in range(20))]
    book = save(tmp_path / "a.xlsx", 单位=units)
    assert "另有 8 项" in empty("load", str(book), "--round", "2006-11").stdout
    assert len(empty.json("load", str(book), "--round", "2006-11", "--json")["list"]) == 20
    empty("load", str(book), "--round", "2006-11", "--yes")
    undone = empty("undo").stdout
    assert undone.count("号物业") == 12
    assert "另有 8 项。" in undone  # undo has no --json


def test_rows_that_are_struck_through_are_loaded_or_left_out_as_the_line_says(empty: Line) -> None:
    book = str(Path(__file__).parents[1] / "data" / "intake" / "strike.xlsx")
    line = ("load", book, "--round", "2006-10", "--json")
    found = {choice: empty.json(*line, "--struck", choice) for choice in ("load", "leave")}
    assert {choice: [p["code"] for p in value["problems"]] for choice, value in found.items()} == {
        "load": ["struck_loaded"],
        "leave": ["struck_left"],
    }
    assert empty("load", book, "--round", "2006-10", "--yes").returncode == 2


def test_the_history_tells_of_the_clean_rows_and_of_every_problem_masked(
    empty: Line, tmp_path: Path
) -> None:
    units = [["单位名称", "单位类别"], ["甲物业", "物业公司"], ["乙物业", "某某"]]
    people = [["姓名", "入党时间", "所在单位"], ["诸葛小明", "某年", "甲物业"]]
    branches = [["党支部名称", "书记"], ["甲支部", "诸葛大明"]]
    book = save(tmp_path / "a.xlsx", 单位=units, 党员=people, 党支部=branches)
    empty("load", str(book), "--round", "2006-10", "--clean-rows", "--yes")
    [entry] = empty.json("history", "--json")
    table, listed = empty("history").stdout, empty("history", "--problems", entry["load"][:6]).stdout
    unknown = refused(empty("history", "--problems", "xyz"))
    assert (entry["clean_rows"], entry["blocking"], len(entry["problems"])) == (
        True,
        3,
        3 + entry["warnings"],
    )
    told = json.dumps(entry, ensure_ascii=False)
    assert "诸葛**" in told
    assert "明" not in "".join(p["value"] for p in entry["problems"])
    assert "只导入了" in table
    assert "必须改正" in table
    assert "某某" in listed
    assert "诸葛大明" not in listed
    assert entry["load"][:8] in unknown


# ---- status, gaps, rules


def test_status_as_json(loaded: Line) -> None:
    found = loaded.json("status", "--json")

    assert found["totals"] == TOTALS
    assert found["round"] == "2006-10"
    assert found["engine"]["kind"] == "bundled"
    assert found["counts"]["nodes"]["Unit"] == 40
    assert found["coverage"]["organisation"]["numerator"] == 7
    shares = {id_: (rate["numerator"], rate["denominator"]) for id_, rate in found["coverage"].items()}
    assert (shares["work"], shares["contact"], shares["due"]) == ((10, 25), (7, 25), (5, 6))
    assert [told.split("率")[0] for told in found["rates_told"][:2]] == ["组织覆盖", "单独组建"]
    data = "数据：2006年10月调摸批次，期限算至2006年10月。"
    assert all(told.endswith(data) and "依据：" in told for told in found["rates_told"])
    assert set(found["coverage"]) == {"organisation", "independent", "due", "work", "contact"}
    assert set(found["coverage"]["work"]) == {"numerator", "denominator", "unknown", "closed", "share"}


def test_gaps_as_json_with_names_masked(loaded: Line) -> None:
    rules = {r["id"]: r for r in loaded.json("gaps", "--format", "json")["rules"]}

    floating = rules["floating_member"]
    assert {"id", "about", "severity", "population", "gaps", "unknown", "failed", "rows"} <= set(floating)
    assert len(floating["rows"]) == floating["gaps"] + floating["unknown"]
    assert all("*" in row["name"] for row in floating["rows"])


def test_names_are_shown_on_request(loaded: Line) -> None:
    [rule] = loaded.json("gaps", "floating_member", "--format", "json", "--names")["rules"]

    assert rule["rows"]
    assert not any("*" in row["name"] for row in rule["rows"])


def test_gaps_as_files(loaded: Line, tmp_path: Path) -> None:
    table, book = tmp_path / "a.csv", tmp_path / "a.xlsx"

    for file in (table, book):
        assert loaded("gaps", "no_work_coverage", "--out", str(file)).returncode == 0

    raw = table.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(book)["no_work_coverage"]
    assert rows[0][:5] == ["代号", "问题类型", "名称", "结果", "原因"]
    assert [r[2] for r in rows[1:]] == [sheet.cell(n, 1).value for n in range(3, sheet.max_row + 1)]


def test_rules_are_listed_and_one_can_be_tried(loaded: Line, tmp_path: Path) -> None:
    rule = Path(__file__).parents[2] / "graph_model" / "coverage" / "rules" / "no_work_coverage.toml"
    bad = tmp_path / "bad.toml"
    bad.write_text(rule.read_text("utf-8").replace("WHERE", "WHERR"), "utf-8")

    assert "no_work_coverage" in {r["id"] for r in loaded.json("rules", "--json")["rules"]}
    assert "可用" in loaded("rules", "check", str(rule)).stdout
    assert "bad" in refused(loaded("rules", "check", str(bad)))


# ---- export, template


@pytest.mark.parametrize(
    ("ending", "start"),
    [
        ("png", b"\x89PNG"),
        ("svg", b"<?xml"),
        ("pdf", b"%PDF"),
        ("html", b"<!doctype html>"),
        ("graphml", b"<graphml"),
        ("gexf", b"<gexf"),
        ("json", b"{"),
    ],
)
def test_export_by_ending(loaded: Line, tmp_path: Path, ending: str, start: bytes) -> None:
    out = tmp_path / f"a.{ending}"

    done = loaded("export", "--focus", "檀香居民区", "--depth", "1", "--out", str(out))

    assert done.returncode == 0, done.stderr
    assert start in out.read_bytes()[:200]


@pytest.mark.parametrize("name", ["檀香居民區", "檀香\u200b居民区"])
def test_a_name_in_another_writing_is_the_same_thing(loaded: Line, tmp_path: Path, name: str) -> None:
    done = loaded("export", "--focus", name, "--depth", "0", "--out", str(tmp_path / "a.json"))

    assert done.returncode == 0, done.stderr
    assert "檀香居民区" in (tmp_path / "a.json").read_text("utf-8")


def test_an_unknown_name_gets_the_nearest_ones(loaded: Line) -> None:
    line = refused(loaded("export", "--focus", "檀香小区", "--out", "a.png"))

    assert "檀香居民区" in line
    assert not Path("a.png").exists()


def test_people_are_not_found_by_name_without_the_right_to_names(loaded: Line) -> None:
    [rule] = loaded.json("gaps", "floating_member", "--format", "json", "--names")["rules"]
    name = rule["rows"][0]["name"]

    line = refused(loaded("export", "--focus", name, "--out", "a.png"))

    assert "--names" in line


def test_template(fresh: Line, tmp_path: Path) -> None:
    out = tmp_path / "模板.xlsx"

    assert fresh("template", str(out)).returncode == 0
    assert len(openpyxl.load_workbook(out).sheetnames) > 5


# ---- the engine, and where the output goes


def test_the_engine_is_kept_and_stopped(fresh: Line) -> None:
    assert fresh("engine", "status").stdout == "没有在运行。\n"
    try:
        assert fresh.process("engine", "start").returncode == 0
        assert fresh.json("engine", "status", "--json")["running"] is True
    finally:
        assert fresh.process("engine", "stop").stdout == "引擎已停止。\n"
    assert fresh.json("engine", "status", "--json")["running"] is False


def test_a_reader_that_leaves_early_is_no_error(loaded: Line) -> None:
    asked = subprocess.Popen(
        loaded.command("status", "--json"),
        env=loaded.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert asked.stdout is not None
    asked.stdout.close()
    assert asked.stderr is not None
    said = asked.stderr.read()
    asked.stderr.close()

    assert (asked.wait(), said.decode().splitlines()) == (0, [EXAMPLE])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_said(loaded: Line) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            loaded.command("status", "--json"),
            env=loaded.environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.splitlines()[1].startswith("磁盘已满")
    assert "Traceback" not in done.stderr


def test_a_template_filled_for_an_area_needs_the_right_to_names(loaded: Line, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"

    assert "--names" in refused(loaded("template", str(out), "--area", "檀香居民区"))
    assert not out.exists()
    assert loaded("template", str(out), "--area", "檀香居民区", "--names").returncode == 0
    assert openpyxl.load_workbook(out)["居民区"]["B3"].value == "檀香居民区"


def test_a_report_without_a_place_is_written_where_one_stands(loaded: Line, tmp_path: Path) -> None:
    done = loaded.process("report", "--round", "2006-10", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (0, "")
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "党建覆盖情况通报 2006-10.docx",
        "党建覆盖情况通报 2006-10.pdf",
        "党建覆盖问题整改台账 2006-10.xlsx",
    ]


def test_a_load_says_rows_areas_and_movements(loaded: Line) -> None:
    found = loaded.json("load", ROUND, "--json", "--declare", "檀香居民区:companies=9")

    assert {"left_out", "words", "proposals", "areas", "movements", "sheets", "clean_rows"} <= set(found)
    assert all(s["unaccounted"] == 0 for s in found["sheets"])
    [one] = [a for a in found["areas"] if a["area"] == "檀香居民区" and a["id"] == "companies"]
    assert (one["declared"], one["difference"]) == (9, one["found"] - 9)
    [members] = [m for m in found["movements"] if m["of"] == "members" and m["area"] is None]
    assert (members["opening"], members["came"], members["left"], members["closing"]) == (45, 0, 0, 45)
