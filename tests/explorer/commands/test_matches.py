"""`branchmap matches`: propose, import, list, export and forget answers; nothing of a person is printed."""

import json

from loaders.forms.answers import answers_from_json
from tests.support.books import save
from tests.support.command_line import Line

CONTACTS = [
    ["姓名", "性别", "单位", "职务", "电话", "王小明"],
    ["王甲", "男", "甲公司", "经理", "138", "x"],
]


def test_answers_are_proposed_taken_over_listed_exported_and_forgotten(tmp_path):
    line, book = Line(tmp_path / "home"), save(tmp_path / "2024-06.xlsx", 通讯录=CONTACTS)
    file, copy = tmp_path / "answers.json", tmp_path / "copy.json"

    proposed = line("matches", "propose", str(book), "--out", str(file))
    assert proposed.returncode == 0, proposed.stderr
    assert "党员（不确定），也可能是" in proposed.stdout
    assert "王甲" not in proposed.stdout
    assert "王小明" not in proposed.stdout
    assert answers_from_json(file.read_text("utf-8")).sheets == ()
    assert "可能是姓名" in proposed.stderr
    assert line("matches", "propose", str(book), "--out", str(file), "--names").returncode == 0
    [answer] = answers_from_json(file.read_text("utf-8")).sheets
    assert answer.columns["单位"] == "members/所在单位"

    assert line("matches", "import", str(file)).returncode == 0
    assert "所在单位" in line("matches", "--names").stdout
    assert "所在单位" not in line("matches").stdout
    assert line.json("matches", "--json", "--names")["sheets"][0]["form"] == "members"
    assert line("matches", "export", str(copy), "--names").returncode == 0
    assert json.loads(copy.read_text("utf-8")) == json.loads(file.read_text("utf-8"))

    assert line("matches", "forget", "2", "--names").returncode == 2
    assert line("matches", "forget", "1", "--names").returncode == 0
    assert "还没有记住任何答案" in line("matches").stdout


def test_our_own_headings_need_no_answer(tmp_path):
    book = save(tmp_path / "2024-06.xlsx", 党员=[["姓名", "入党时间"], ["王甲", "2001"]])

    done = Line(tmp_path / "home")("matches", "propose", str(book), "--lang", "en")

    assert "Nothing to match" in done.stdout


def test_answers_are_not_written_into_the_data_folder(tmp_path):
    line = Line(tmp_path / "home")

    assert line("matches", "export", str(tmp_path / "home" / "x.json")).returncode == 2


def test_a_file_that_is_none_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "x.json").write_text("{}", "utf-8")

    done = Line(tmp_path / "home")("matches", "import", str(tmp_path / "x.json"))

    assert (done.returncode, "branchmap matches export" in done.stderr) == (2, True)
