import zipfile
from dataclasses import asdict

from explorer.loading.load_facts import (
    Changed,
    Step,
    late_figures,
    not_complete,
    shortened,
    shown_problems,
    steps,
    touched_graph,
    why_no_change,
)
from explorer.viewer import Viewer
from graph_model.errors import StoreUnavailable
from graph_model.keys import KeyMaker
from graph_model.plan import make_plan
from loaders.history.load_log import LoadEntry, StateBefore
from loaders.history.logged_problems import read_logged_problems
from loaders.map.column_map import sheet_columns
from loaders.survey import read_round
from loaders.template.template import write_template
from tests.support.books import save
from tests.support.graphs import graph, node, tie


def plan():
    before = graph(
        node("u_1", employees=5),
        node("u_2"),
        node("u_3"),
        node("m_1", name="王小明"),
        tie("m_1 EMPLOYED_BY u_1"),
    )
    after = graph(
        node("u_1", employees=7), node("u_2"), node("u_4"), node("m_1", name="王小明"), tie("m_1 EMPLOYED_BY u_2")
    )  # fmt: skip
    known = {**before.nodes, **after.nodes}
    return make_plan(after, before), known


def test_the_plan_is_a_list_with_before_and_after_and_masked_names():
    assert list(steps(*plan(), Viewer())) == [
        Step("added", "Unit", "u_4"),
        Step("changed", "Unit", "u_1", (Changed("employees", "从业人数", "5", "7"),)),
        Step("removed", "Unit", "u_3"),
        Step("moved", "EMPLOYED_BY", "王**", (Changed("", "", "u_1", "u_2"),)),
    ]
    assert [s.said("zh") for s in steps(*plan(), Viewer()) if s.changes] == ["从业人数：5 → 7", "u_1 → u_2"]
    assert list(steps(*plan(), Viewer(names=True)))[3].name == "王小明"


def test_a_long_plan_is_cut_in_each_part_and_says_how_much_is_left_out():
    whole, known = plan()
    assert shortened(whole, 1) == (whole, 0)
    assert len(list(steps(whole, known, Viewer()))) == 4
    more = make_plan(
        graph(node("u_1"), node("u_2"), node("b_1"), tie("b_1 ORGANISED_IN u_1")), graph(node("u_3"))
    )
    short, left_out = shortened(more, 2)
    assert (len(short.added_nodes), short.added_edges, len(short.removed_nodes), left_out) == (2, (), 1, 2)


def test_what_is_sensitive_is_masked_in_a_change_too():
    before, after = (
        graph(node("m_1", name="王小明", born="1970-01")),
        graph(node("m_1", name="王晓明", born="1971-01")),
    )
    [masked] = steps(make_plan(after, before), after.nodes, Viewer())
    assert "小明" not in str(masked)
    assert "晓明" not in str(masked)


def test_the_affected_part_has_the_ends_of_its_ties_and_a_limit():
    part, signs, left_out = touched_graph(*plan(), most=10)
    assert (set(part.nodes), left_out) == ({"u_1", "u_2", "u_3", "u_4", "m_1"}, 0)
    assert signs == {"u_4": "added", "u_1": "changed", "u_3": "removed", "m_1": "moved"}
    part, _, left_out = touched_graph(*plan(), most=2)
    assert (len(part.nodes), left_out) == (2, 3)


def test_names_in_problems_are_masked_for_whoever_may_not_see_them(tmp_path):
    path = save(
        tmp_path / "a.xlsx",
        单位=[["单位名称", "单位类别"], ["甲物业", "某某"]],
        党员=[["姓名", "所在单位"], ["诸葛明亮", "甲物业"]],
        党支部=[["党支部名称", "书记"], ["甲支部", "诸葛明量"]],
    )
    reading = read_round([path], keys=KeyMaker(b"test"), round="2006-10")
    in_history = read_logged_problems(
        LoadEntry(
            "ab",
            reading.round,
            False,
            "",
            "",
            StateBefore(0, None, None, None),
            problems=tuple(asdict(p) for p in reading.problems),
            columns=sheet_columns(reading.counts),
        )
    )
    for viewer in (Viewer(), Viewer(names=True)):
        assert shown_problems(in_history, viewer) == shown_problems(reading, viewer)
    masked = {
        p.problem.cell: p
        for p in shown_problems(reading, Viewer(), blocking=True)
        if p.problem.sheet != "党员"
    }
    assert (masked["B2"].value, "诸葛明亮" in str(masked["B2"].right)) in {
        ("诸葛**", False),
        ("某某", False),
    }
    texts = " ".join(p.value + p.what + p.right for p in shown_problems(reading, Viewer()))
    assert "诸葛明" not in texts
    assert "某某" in texts
    clear = " ".join(p.value + p.right for p in shown_problems(reading, Viewer(names=True)))
    assert "诸葛明量" in clear
    assert "诸葛明亮" in clear


def archive(path, **files):
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/"), content)
    return path


def test_nothing_that_was_not_compared_is_called_the_same(tmp_path):
    write_template(tmp_path / "blank.xlsx")
    (tmp_path / "damaged.xlsx").write_bytes(b"PK\x03\x04 rubbish")
    (tmp_path / "headings.csv").write_text("单位名称,单位类别\n", "utf-8")
    archive(tmp_path / "out.zip", **{"..__e.xlsx": b"x"})
    archive(tmp_path / "inside.zip", **{"e.xlsx": b"x"})
    save(tmp_path / "other.xlsx", 菜单=[["菜", "价"], ["豆腐", 3]])
    save(tmp_path / "good.xlsx", 单位=[["单位名称"], ["甲物业"]])

    def said(name):
        return why_no_change(read_round([tmp_path / name], keys=KeyMaker(b"s"), round="2006-10")).en

    mend = "Apart from what must be mended, there is nothing to load."
    empty = (
        "No row of these workbooks is filled in (headings only, or no sheet that is recognised); nothing was "
        "written. Fill them in and load again."
    )
    assert {name: said(name) for name in ("blank.xlsx", "headings.csv")} == dict.fromkeys(
        ("blank.xlsx", "headings.csv"), empty
    )
    broken = ("damaged.xlsx", "out.zip", "inside.zip", "other.xlsx")
    assert {name: said(name) for name in broken} == dict.fromkeys(broken, mend)
    assert said("good.xlsx") == "The same as what is held: nothing to load."


def test_why_a_round_is_not_complete_names_the_areas_it_leaves_out():
    few, many = not_complete(("甲居民区", "乙居民区")), not_complete(tuple(f"{n}居" for n in range(12)))
    assert "没有列出现有的区域 甲居民区、乙居民区。" in few.zh
    assert "load it as a complete round" in few.en
    assert "9居等 12 个" in many.zh
    assert "9居 and 2 more" in many.en


def test_names_in_a_row_that_slipped_by_a_column_are_masked_too(tmp_path):
    path = save(
        tmp_path / "a.xlsx",
        党员=[
            ["姓名", "性别", "党员类别", "入党时间", "所在单位", "职务", "王小明是谁"],
            ["张三", "王小明", "欧阳小明", "李小明", "赵小明物业", "139" + "0" * 8, None],
            ["李四", "男", "2001-12", "2001.13", None, None, None],
            ["王五", "男", None, "2001-12", "赵小明物业", None, None],
        ],
        单位=[["单位名称", "单位类别", "没有这一列"], ["甲物业", "某某", None]],
    )
    reading = read_round([path], keys=KeyMaker(b"test"), round="2006-10")
    shown = {(p.problem.sheet, p.problem.cell): p.value for p in shown_problems(reading, Viewer())}
    assert shown == {
        ("党员", "G1"): "王**",
        ("党员", "B2"): "王**",
        ("党员", "C2"): "欧阳**",
        ("党员", "D2"): "李**",
        ("党员", "F2"): "（已隐去）",
        ("党员", "C3"): "2001-12",
        ("党员", "D3"): "2**",
        ("党员", "E4"): "赵**",
        ("单位", "C1"): "没有这一列",
        ("单位", "B2"): "某某",
    }
    right = {
        p.problem.cell: p.right for p in shown_problems(reading, Viewer()) if p.problem.sheet == "党员"
    }
    assert "正式" in right["C2"]
    assert "单位" in right["E4"]
    clear = {p.value for p in shown_problems(reading, Viewer(names=True))}
    assert {"王小明", "欧阳小明", "王小明是谁", "2001.13"} < clear


def test_headings_and_titles_of_groups_are_not_masked_like_names(tmp_path):
    path = save(
        tmp_path / "a.xlsx",
        党员=[
            ["姓名", "民族", "学历", "政治面貌", "党员姓名", "王小明"],
            ["在职党员"],
            ["王小明等困难党员"],
            ["张三", "汉", None, None, None, None],
            ["无"],
            ["合计", "1"],
        ],
    )
    reading = read_round([path], keys=KeyMaker(b"test"), round="2006-10")
    shown = {(p.problem.code, p.problem.cell): p.value for p in shown_problems(reading, Viewer())}
    assert shown == {
        ("kept_notes", "B1"): "民族、学历、政治面貌",
        ("duplicate_heading", "E1"): "党员姓名",
        ("unknown_heading", "F1"): "王**",
        ("band_row", "A2"): "在职党员",
        ("band_row", "A3"): "",
        ("nothing_row", "A5"): "无",
        ("total_row", "A6"): "合计",
    }


def test_a_load_whose_figures_come_later_is_said_to_have_landed():
    told = late_figures(StoreUnavailable("数据库没有应答。", "No answer."))
    assert told.zh.startswith("数据已全部导入，无须重新导入")
    assert "（数据库没有应答）" in told.zh
    assert told.en.startswith("The load has landed whole")
    assert "(No answer)" in told.en
