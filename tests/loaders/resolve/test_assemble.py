from hypothesis import given
from hypothesis import strategies as st

from graph_model.keys import KeyMaker
from graph_model.schema.stored_properties import SEARCH_PROPERTY, SOUND_PROPERTY
from loaders.clean.pinyin import search_text
from loaders.forms.form import read_forms
from loaders.map.headings import match_form
from loaders.map.map_sheet import read_sheet
from loaders.read.worksheet import worksheet_of
from loaders.resolve.assemble import build_graph

SECRET = b"test"


def sheet(name, *rows, file="a.xlsx"):
    found = worksheet_of(file, name, rows)
    header = match_form(found, read_forms())
    assert header is not None, name
    return read_sheet(found, header)


def graph_of(*readings):
    return build_graph(
        [r for reading in readings for r in reading.records],
        [r for reading in readings for r in reading.rejected],
        round_="2006-10",
        keys=KeyMaker(SECRET),
    )


def named(graph):
    """The edges by the names of their ends."""
    name = {k: n.properties["name"] for k, n in graph.nodes.items()}
    return sorted((name[s], t, name[o]) for t, s, o in graph.edges)


def problems(found):
    return [(p.code, p.cell, p.value) for p in found.problems]


MEMBERS = ["姓名", "入党时间", "出生年月", "所在单位", "组织关系所在党支部"]
UNITS = ["单位名称", "单位类别"]
BRANCHES = ["党支部名称", "支部类型", "组建单位", "书记"]


def test_a_row_becomes_a_node_that_knows_its_place():
    found = graph_of(sheet("单位", UNITS, ["新桃源物业", "物业公司"]))
    key = KeyMaker(SECRET).key("Unit", ("name", "新桃源物业"))
    node = found.graph.nodes[key]
    assert node.properties == {
        "name": "新桃源物业",
        "kind": "property_company",
        SEARCH_PROPERTY: "新桃源物业 xintaoyuanwuye xtywy",
        SOUND_PROPERTY: "xintaoyuanwuye",
    }
    assert node.place is not None
    assert node.place.source() == "a.xlsx#单位!2"


def test_references_are_resolved_across_files_by_name_and_by_number():
    found = graph_of(
        sheet("党支部", BRANCHES, ["甲党支部", "独立", "U1", "张　三"]),
        sheet("单位", ["单位编号", *UNITS], ["U1", "甲物业有限公司", "物业公司"], file="b.xlsx"),
        sheet("党员", MEMBERS, ["张三", None, None, "甲物业", "甲党支部"], file="c.xlsx"),
    )
    assert found.problems == ()
    assert named(found.graph) == [
        ("张三", "AFFILIATED_WITH", "甲党支部"),
        ("张三", "EMPLOYED_BY", "甲物业有限公司"),
        ("张三", "SECRETARY_OF", "甲党支部"),
        ("甲党支部", "ORGANISED_IN", "甲物业有限公司"),
    ]


def test_a_broken_reference_names_the_nearest():
    found = graph_of(
        sheet("单位", UNITS, ["新桃源物业", None]),
        sheet("党员", MEMBERS, ["张三", None, None, "新桃园物业", None]),
    )
    assert problems(found) == [("broken_reference", "D2", "新桃园物业")]
    assert found.problems[0].right.zh == "最接近的是：新桃源物业"
    assert len(found.graph.nodes) == 2


def test_a_reference_to_a_row_with_a_problem_says_so():
    found = graph_of(
        sheet("单位", [*UNITS, "从业人数"], ["甲物业", None, "很多"]),
        sheet("党员", MEMBERS, ["张三", None, None, "甲物业", None]),
    )
    assert problems(found) == [("rejected_reference", "D2", "甲物业")]
    assert "a.xlsx · 单位 · 2" in found.problems[0].what.zh


def test_the_same_area_in_two_files_is_one_node_with_what_both_know():
    found = graph_of(
        sheet("居民区", ["居民区名称", "户数"], ["檀香居民区", "760"]),
        sheet("居民区", ["居民区编号", "居民区名称", "居委会"], ["R1", "檀香居民区", "有"], file="b.xlsx"),
    )
    [node] = found.graph.nodes.values()
    assert found.problems == ()
    assert node.key == KeyMaker(SECRET).key("ResidentialArea", ("number", "r1"))
    assert (node.properties["households"], node.properties["residents_committee"]) == (760, True)


def test_contradicting_rows_are_both_named_and_make_no_node():
    found = graph_of(
        sheet("居民区", ["居民区名称", "户数"], ["檀香居民区", "760"]),
        sheet("居民区", ["居民区名称", "户数"], ["檀香居民区", "761"], file="b.xlsx"),
    )
    assert [(p.code, p.file, p.cell, p.value) for p in found.problems] == [
        ("contradiction", "a.xlsx", "B2", "760"),
        ("contradiction", "b.xlsx", "B2", "761"),
    ]
    assert "b.xlsx · 居民区 · 2" in found.problems[0].what.zh
    assert found.graph.nodes == {}


def test_the_more_exact_date_and_the_longer_name_are_kept():
    found = graph_of(
        sheet("党支部", ["党支部名称", "成立时间"], ["甲党支部", "2001"]),
        sheet("党支部", ["党支部名称", "成立时间"], ["甲 党支部", "2001-12"], file="b.xlsx"),
    )
    assert found.problems == ()
    assert [n.properties["founded"] for n in found.graph.nodes.values()] == ["2001-12"]


def test_people_who_cannot_be_told_apart_are_a_problem_and_never_one_node():
    found = graph_of(
        sheet("党员", MEMBERS, ["张三", "2001", None, None, None], ["张三", "2001", None, None, None])
    )
    assert problems(found) == [("same_person", "A2", "张三"), ("same_person", "A3", "张三")]
    assert "出生年月、党员编号" in found.problems[0].right.zh
    assert found.graph.nodes == {}


def test_the_same_number_is_the_same_person():
    header = ["党员编号", "姓名", "性别"]
    found = graph_of(
        sheet("党员", header, ["7", "张三", "男"]),
        sheet("党员", header, ["7", "张三", None], file="b.xlsx"),
    )
    assert found.problems == ()
    assert len(found.graph.nodes) == 1


def test_two_of_one_name_are_told_apart_by_the_row_that_refers():
    found = graph_of(
        sheet("单位", UNITS, ["甲物业", None], ["乙物业", None]),
        sheet(
            "党支部", BRANCHES, ["甲党支部", None, "甲物业", "张三"], ["乙党支部", None, "乙物业", "张三"]
        ),
        sheet(
            "党员",
            MEMBERS,
            ["张三", "2001", None, "甲物业", None],
            ["张三", "2002", None, None, "乙党支部"],
        ),
    )
    assert found.problems == ()
    ties = {(t, s, o) for t, s, o in found.graph.edges if t == "SECRETARY_OF"}
    keys = {n.properties.get("joined"): k for k, n in found.graph.nodes.items()}
    branch = {n.properties["name"]: k for k, n in found.graph.nodes.items()}
    assert ties == {
        ("SECRETARY_OF", keys["2001"], branch["甲党支部"]),
        ("SECRETARY_OF", keys["2002"], branch["乙党支部"]),
    }


def test_two_of_one_name_that_nothing_tells_apart_are_listed_by_place():
    found = graph_of(
        sheet("党支部", BRANCHES, ["甲党支部", None, None, "张三"]),
        sheet("党员", MEMBERS, ["张三", "2001", None, None, None], ["张三", "2002", None, None, None]),
    )
    [problem] = found.problems
    assert (problem.code, problem.cell) == ("ambiguous_reference", "D2")
    assert "a.xlsx · 党员 · 2；a.xlsx · 党员 · 3" in problem.what.zh
    assert "2001" not in problem.what.zh


def test_an_outside_branch_never_is_a_local_one():
    header = ["姓名", "性别", "组织关系", "关系在外"]
    found = graph_of(
        sheet("党支部", BRANCHES, ["甲党支部", "独立", None, None]),
        sheet("党员", header, ["张三", "男", "甲党支部", "是"], ["李四", "男", "甲党支部", "否"]),
    )
    assert found.problems == ()
    kinds = {n.key: n.properties.get("kind") for n in found.graph.nodes.values() if n.label == "Branch"}
    assert sorted(kinds.values()) == ["independent", "outside"]
    assert sorted(kinds[target] for _, _, target in found.graph.edges) == ["independent", "outside"]


def test_adjacency_is_stored_once():
    header = ["居民区名称", "相邻区域"]
    found = graph_of(sheet("居民区", header, ["甲居民区", "乙居民区"], ["乙居民区", "甲居民区"]))
    [(type_, source, target)] = found.graph.edges
    assert type_ == "ADJACENT_TO"
    assert source < target


def test_a_tie_to_oneself_is_a_problem():
    found = graph_of(sheet("居民区", ["居民区名称", "相邻区域"], ["甲居民区", "甲居民区"]))
    assert problems(found) == [("self_reference", "B2", "甲居民区")]


def test_two_targets_where_there_can_be_one_are_a_problem():
    header = ["党员编号", "姓名", "所在单位"]
    found = graph_of(
        sheet("单位", UNITS, ["甲物业", None], ["乙物业", None]),
        sheet("党员", header, ["1", "张三", "甲物业"], ["1", "张三", "乙物业"]),
    )
    assert problems(found) == [("two_targets", "C2", "甲物业"), ("two_targets", "C3", "乙物业")]
    assert found.graph.edges == {}


def test_the_same_tie_with_other_properties_is_a_problem():
    header = ["党员编号", "姓名", "所在单位", "职务"]
    found = graph_of(
        sheet("单位", UNITS, ["甲物业", None]),
        sheet("党员", header, ["1", "张三", "甲物业", "经理"], ["1", "张三", "甲物业", "职员"]),
    )
    assert problems(found) == [("contradiction", "D2", "经理"), ("contradiction", "D3", "职员")]


def test_matters_find_their_meeting_by_area_and_date():
    found = graph_of(
        sheet("居民区", ["居民区名称", "户数"], ["檀香居民区", None]),
        sheet("联席会议", ["居民区", "召开时间"], ["檀香居民区", "2006.05"]),
        sheet("议题", ["居民区", "召开时间", "议题"], ["檀香居民区", "2006年5月", "车库进水"]),
    )
    assert found.problems == ()
    assert named(found.graph) == [
        ("檀香居民区2006-05联席会议", "HELD_IN", "檀香居民区"),
        ("檀香居民区2006-05联席会议", "TOOK_UP", "车库进水"),
    ]


def test_search_text_holds_names_pinyin_and_initials():
    assert search_text(["欧阳晓"], person=True) == "欧阳晓 ouyangxiao oyx"
    assert search_text(["ABC物业"], number="U-1") == "abc物业 abcwuye awy u-1"


NAMES = st.sampled_from(["张三", "李四", "王五"])
UNIT = st.sampled_from([None, "甲物业", "乙物业", "丙物业"])
ROWS = st.lists(
    st.tuples(NAMES, st.sampled_from([None, "2001", "2002-07"]), st.none(), UNIT, st.none()), max_size=6
)


def said(found):
    nodes = {k: (n.label, dict(n.properties)) for k, n in found.graph.nodes.items()}
    edges = {k: dict(e.properties) for k, e in found.graph.edges.items()}
    return nodes, edges, sorted((p.code, p.value) for p in found.problems)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_files_changes_nothing(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    units = (UNITS, ["甲物业", None], ["乙物业", None])
    branches = (BRANCHES, ["甲党支部", None, "甲物业", "张三"])
    one = graph_of(
        sheet("单位", *units), sheet("党支部", *branches), sheet("党员", MEMBERS, *rows, file="b.xlsx")
    )
    other = graph_of(
        sheet("党员", MEMBERS, *shuffled, file="0.xlsx"),
        sheet("党支部", *branches, file="z.xlsx"),
        sheet("单位", UNITS, *reversed(units[1:])),
    )
    assert said(one) == said(other)


@given(ROWS)
def test_nodes_and_ties_stand_in_the_order_of_their_keys(rows):
    units = sheet("单位", UNITS, ["甲物业", None], ["乙物业", None])
    found = graph_of(units, sheet("党员", MEMBERS, *rows)).graph
    assert list(found.nodes) == sorted(found.nodes) == [n.key for n in found.nodes.values()]
    assert list(found.edges) == sorted(found.edges) == [e.key for e in found.edges.values()]


@given(ROWS)
def test_every_row_is_a_node_or_a_problem(rows):
    reading = sheet("党员", MEMBERS, *rows)
    found = graph_of(reading)
    made = {n.place.row for n in found.graph.nodes.values() if n.place}
    told = {int(p.cell[1:]) for p in found.problems if p.code == "same_person"}
    assert made | told == {r.row for r in reading.records}
    assert not made & told
