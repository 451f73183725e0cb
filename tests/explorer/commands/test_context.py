"""What every command prints with: text that steers nothing, tables, JSON, and the sample where nothing is loaded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.commands.context import Context, clean, reckoned
from explorer.settings import Settings
from explorer.viewer import Viewer
from graph_model.engine.config import EngineFolder
from graph_model.errors import InputError
from graph_model.profile import Reckoning
from graph_model.store.store import Store
from graph_model.text import Text
from tests.support.command_line import Printed
from tests.support.graphs import fill, graph, node

ITEM, NUMBER = Text("项目", "Item"), Text("数", "Number")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲\n乙", "甲\n乙"),
        ("a\x1b[2Jb\r\x07", "a�[2Jb��"),
        ("a\u202eb", "a�b"),
        ("王　小明\xa0同志", "王　小明\xa0同志"),  # the blank of Chinese text is one, and steers nothing
        ("", ""),
    ],
)
def test_no_cell_steers_the_terminal(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text())
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert len(once) == len(text)
    assert not any(ord(c) < 32 and c != "\n" for c in once)


def test_results_and_messages_stand_apart_and_in_the_language_asked_for(tmp_path: Path) -> None:
    for language, line, said in (("zh", "好\n", "注意\n"), ("en", "fine\n", "careful\n")):
        printed = Printed.on(tmp_path, language=language)
        printed.context.line(Text("好", "fine"))
        printed.context.tell(Text("注意", "careful"))
        assert (printed.out.getvalue(), printed.err.getvalue()) == (line, said)


def test_names_are_those_that_the_settings_allow(tmp_path: Path) -> None:
    assert Printed.on(tmp_path).context.viewer == Viewer(names=False, language="zh")
    assert Printed.on(tmp_path, names=True, language="en").context.viewer == Viewer(
        names=True, language="en"
    )


def test_json_is_alone_and_keeps_chinese_as_it_is(tmp_path: Path) -> None:
    printed = Printed.on(tmp_path)
    printed.context.json({"name": "甲\x1b", "share": None})
    assert json.loads(printed.out.getvalue()) == {"name": "甲\x1b", "share": None}
    assert "甲" in printed.out.getvalue()
    assert "\x1b" not in printed.out.getvalue()


def test_a_table_has_a_dash_for_nothing_and_takes_markup_for_text(tmp_path: Path) -> None:
    printed = Printed.on(tmp_path, language="en")
    printed.context.table(Text("表", "Table"), (ITEM, NUMBER), [("[red]甲[/red]\x1b", 12), ("乙", None)])
    said = printed.out.getvalue()
    assert said.splitlines()[0].rstrip() == "Table"
    assert "[red]甲[/red]�" in said
    assert "     12 │" in said  # numbers stand to the right
    assert "      — │" in said


def test_an_empty_table_has_its_headings(tmp_path: Path) -> None:
    printed = Printed.on(tmp_path)
    printed.context.table(Text("表", "Table"), (ITEM, NUMBER), [])
    assert "项目" in printed.out.getvalue()


def test_types_are_called_as_people_call_them(tmp_path: Path) -> None:
    context = Printed.on(tmp_path).context
    assert [context.named(t) for t in ("Unit", "EMPLOYED_BY", "Other")] == ["单位", "任职于", "Other"]


def test_progress_on_no_terminal_is_silent(tmp_path: Path) -> None:
    printed = Printed.on(tmp_path)
    with printed.context.progress() as steps:
        steps("read", 1, 2)
        steps("Unit", 1, 2)
        steps("of a later version", 2, 2)
    assert printed.err.getvalue() == ""


def test_the_sample_stands_in_where_nothing_was_loaded_and_that_is_said(tmp_path: Path) -> None:
    printed = Printed.on(tmp_path)
    assert printed.context.or_demo() is printed.context  # there is no sample either
    EngineFolder.of(tmp_path / "demo").databases.mkdir(parents=True)
    assert printed.context.or_demo().settings.data == tmp_path / "demo"
    assert "示例数据" in printed.err.getvalue()
    on_server = Context(Settings(tmp_path, store="bolt://h"), printed.context.out, printed.context.err)
    assert on_server.or_demo() is on_server
    EngineFolder.of(tmp_path).databases.mkdir(parents=True)
    assert printed.context.or_demo() is printed.context


def test_the_date_that_counts_is_printed_or_what_to_do_first(store: Store, tmp_path: Path) -> None:
    printed = Printed.on(tmp_path)
    with pytest.raises(InputError, match="branchmap load"):
        reckoned(printed.context, store)
    fill(store, graph(node("u_1")))
    assert (reckoned(printed.context, store).origin, printed.err.getvalue()) == ("today", "")
    (tmp_path / "profile.toml").write_text('[reckoning]\nas_of = "2006-10"', "utf-8")
    assert reckoned(printed.context, store) == Reckoning("2006-10", "setting")
    assert "日期按2006年10月计" in printed.err.getvalue()
