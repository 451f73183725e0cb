"""What is no person, unit, branch or area is passed over and told; what may be one is kept, or blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.clean.parse import normalize_whitespace
from loaders.map.row_words import is_group, may_be_no_person
from tests.support.sheets import codes, read

MEMBERS = ["序号", "姓名", "性别", "出生年月", "所在单位"]
PEOPLE = [["1", "张小明", "男", "1968.01", "青松物业"], ["2", "李小红", "女", "1972.01", "翠竹物业"]]
UNITS = ["单位名称", "单位类别", "性质", "从业人数"]
COMPANIES = [["青松物业", "物业公司", "集体", "12"], ["翠竹物业", "物业公司", "民营", "5"]]
BRANCHES = ["党支部名称", "支部类型", "书记"]
AREAS = ["居民区名称", "户数", "业委会"]

PEOPLE_GROUPS = [
    *(
        "在职党员",
        "(二)预备党员",
        "（三）离退休党员",
        "一、青松物业党支部",
        "青松物业有限公司",
        "党员",
        "女",
        "男党员",
    ),
    *(
        "入党积极分子",
        "发展对象",
        "流动党员（流入）",
        "困难党员 3人",
        "2006年新发展党员",
        "第一网格",
        "网格2",
        "青松街道",
    ),
    *(
        "机关支部",
        "转入",
        "其他",
        "第二党小组",
        "青松居民区党员花名册",
        "Ⅱ、两新组织党员",
        "离退休",
        "两委委员",
        "支部书记",
    ),
    *(
        "以下党员组织关系已转出",
        "【在职党员】",
        "★ 流动党员",
        "预备党员：3人",
        "青松物业党支部（共2人）",
        "建设银行青松支行营业部",
        "单位：青松物业",
    ),
]
BRANCH_GROUPS = ["一、青松物业党支部", "机关支部", "青松物业党支部（共2人）"]
UNIT_GROUPS = [
    *(
        "一、集体企业",
        "（二）民营企业",
        "国有企业",
        "规上企业",
        "其他",
        "其他单位",
        "物业公司",
        "楼宇企业",
        "A类企业",
        "独立组建",
        "续表",
        "请勿修改以上内容",
        "个体工商户",
        "社会组织",
    ),
    *(
        "第一网格",
        "青松居民区",
        "青松街道",
        "青松党支部",
        "单位情况一览表",
        "所属街道：青松街道",
        "非公有制企业（2家）",
    ),
    *("三、在辖区的", "以下由居委会填写。", "机关事业单位"),
]


@pytest.mark.parametrize("title", PEOPLE_GROUPS)
def test_the_title_of_a_group_is_no_person(title):
    for row in ([None, title], [title], ["3", title], [title] * 5, [None, title, None, None, "2人"]):
        reading, problems = read(MEMBERS, PEOPLE[0], row, PEOPLE[1])
        assert [r.properties["name"] for r in reading.records] == ["张小明", "李小红"]
        told = [(p.code, p.cell, p.blocking) for p in problems if p.code != "sum_differs"]
        band = "branch_row" if title in BRANCH_GROUPS else "band_row"
        assert told in ([(band, "A3", False)], [("total_row", "A3", False)])
    assert may_be_no_person(title)


def test_a_row_that_names_a_branch_says_what_to_do_and_gives_it_to_nobody():
    reading, problems = read(
        ["姓名", "性别"], ["青松物业党支部"], ["张小明", "男"], ["第二党小组"], ["李小红", "女"]
    )
    assert [r.references for r in reading.records] == [(), ()]
    assert [(p.code, p.cell, p.value) for p in problems] == [
        ("branch_row", "A2", "青松物业党支部"),
        ("band_row", "A4", "第二党小组"),
    ]
    assert "“组织关系所在党支部”" in problems[0].right.zh
    assert "“组织关系所在党支部”" in problems[0].right.en


def test_of_a_row_that_names_a_branch_only_the_branch_is_shown():
    _, problems = read(["姓名", "性别"], ["王小明：青松物业党支部"], ["张小明", "男"])
    assert [(p.code, p.value) for p in problems] == [("branch_row", "青松物业党支部")]


def test_a_branch_over_a_list_of_instructors_is_a_title_only():
    rows = [["姓名", "身份", "派驻单位"], ["青松物业党支部"], ["张小明", "党建指导员", "青松物业"]]
    assert codes(read(*rows, name="指导员")[1]) == [("band_row", "A2")]


@pytest.mark.parametrize("title", UNIT_GROUPS)
def test_the_title_of_a_group_is_no_unit(title):
    for row in (
        [title],
        [title] * 4,
        [title, None, None, "2"][: 4 if is_group(title, "Unit", alone=False) else 1],
    ):
        reading, problems = read(UNITS, COMPANIES[0], row, COMPANIES[1], name="单位")
        assert [r.properties["name"] for r in reading.records] == ["青松物业", "翠竹物业"]
        told = [(p.code, p.cell, p.blocking) for p in problems if p.code != "sum_differs"]
        assert told in ([("band_row", "A3", False)], [("total_row", "A3", False)])


def test_the_titles_of_groups_are_no_branches_and_no_areas():
    groups = (
        ["一、独立党支部"],
        ["两新组织党支部"],
        ["青松居民区"],
        ["第一网格"],
        ["联合党支部"],
        ["行业条线"],
    )
    rows = (["青松党支部", "独立", None], *groups, ["翠竹党支部", "联合", "张小明"])
    reading, problems = read(BRANCHES, *rows, name="党支部")
    assert [r.properties["name"] for r in reading.records] == ["青松党支部", "翠竹党支部"]
    assert [p.code for p in problems] == ["band_row"] * len(groups)
    groups = (["第一网格"], ["东片"], ["二、翠竹片区"], ["（一）动迁小区"], ["青松党委"], ["居民区名单"])
    rows = (["青松居民区", "300", "有"], *groups, ["翠竹居民区", "200", "无"])
    reading, problems = read(AREAS, *rows, name="居民区")
    assert [r.properties["name"] for r in reading.records] == ["青松居民区", "翠竹居民区"]
    assert [p.code for p in problems] == ["band_row"] * len(groups)


def test_a_group_may_be_numbered_where_rows_are():
    reading, problems = read(
        ["序号", *UNITS],
        ["一", "青松片"],
        ["1", *COMPANIES[0]],
        ["二", "翠竹街面"],
        ["2", *COMPANIES[1]],
        name="单位",
    )
    assert [r.properties["name"] for r in reading.records] == ["青松物业", "翠竹物业"]
    assert codes(problems) == [("band_row", "A2"), ("band_row", "A4")]
    rows = (["一", *COMPANIES[0]], ["二", *COMPANIES[1]], ["三", "桂花食品"])
    assert len(read(["序号", *UNITS], *rows, name="单位")[0].records) == 3


@pytest.mark.parametrize(
    "name",
    [
        *(
            "张新村",
            "欧阳建城",
            "党爱国",
            "应建",
            "金融",
            "单国有",
            "王党员",
            "张学院",
            "买买提·艾力",
            "阿卜杜热依木",
        ),
        *(
            "略萨",
            "文艺",
            "尼格买提",
            "司马相如",
            "党员生",
            "车间强",
            "空海",
            "例小平",
            "王代表",
        ),
    ],
)
def test_a_person_with_nothing_but_a_name_stays_one(name):
    reading, problems = read(MEMBERS, *PEOPLE, [None, name])
    assert len(reading.records) == 3
    assert {p.code for p in problems} <= {"name_remark"}


@pytest.mark.parametrize(
    "name",
    [
        "社区服务中心",
        "经济公司",
        "青松物业",
        "青松社区居委会",
        "一品物业",
        "第一百货",
        "示范园管委会",
        "例行检测站",
    ],
)
def test_a_unit_with_nothing_but_a_name_stays_one(name):
    reading, problems = read(UNITS, *COMPANIES, [name], name="单位")
    assert (len(reading.records), problems) == (3, ())


def test_where_rows_have_nothing_but_names_places_are_units():
    rows = (["青松居民区"], ["第一网格"], ["翠竹社区"], ["集体企业"], ["青松物业"])
    reading, problems = read(["单位名称", "单位类别"], *rows, name="单位")
    assert [r.properties["name"] for r in reading.records] == ["青松居民区", "翠竹社区", "青松物业"]
    assert codes(problems) == [("band_row", "A3"), ("band_row", "A5")]


@pytest.mark.parametrize(
    "row",
    [
        ["示例", "某某", "男", "1968.01", "某某物业"],
        ["1", "示例：张三", "男", "1968.01", "青松物业"],
        ["例", "张三", "男", "1968.01", "青松物业"],
        ["例1", "张三", "男"],
        [None, "例：张三", "男"],
        [None, "张三（示例）", "男"],
        [None, "张三(例)", "男"],
        [None, "例如：张三", "男"],
        [None, "（样例）张三", "男"],
        [None, "张三", "男", "1968.01", "示例：某某物业"],
        [None, "张三", "男", "1968.01", "青松物业", "填写示例"],
        ["填写说明", "填姓名", "男或女", "如1968.01"],
        [None, "必填", "必填", "选填", "选填"],
        [None, "请填写真实姓名", "下拉选择"],
        ["【示例】", "张三", "男"],
        ["Example", "张三", "男"],
        ["模板", "张三", "男"],
        [None, "测试", "男"],
        ["格式", "张三", "男"],
    ],
)
def test_an_example_is_no_person(row):
    head = [*MEMBERS, "备注"]
    reading, problems = read(head, row, *PEOPLE)
    assert [r.properties["name"] for r in reading.records] == ["张小明", "李小红"]
    told = [(p.code, p.cell) for p in problems if p.code != "kept_notes"]
    assert told == [("example_row", "A2")]


def test_an_example_above_the_headings_is_no_row_that_was_left_out():
    reading, problems = read(["1", "示例：张三", "男", "1968.01", "青松物业"], MEMBERS, *PEOPLE)
    assert (len(reading.records), problems) == (2, ())


def test_what_only_begins_like_an_example_is_data():
    rows = (["例会", "支部例会。"], ["示范岗创建", None], ["案例讨论", "提供示例"])
    reading, problems = read(["活动名称", "活动内容"], *rows, name="活动")
    assert len(reading.records) == 3
    assert {p.code for p in problems} <= {"unknown_heading", "kept_notes"}


@pytest.mark.parametrize(
    "name", ["某某物业公司", "XX物业公司", "XXX公司", "××食品", "**物业", "示例物业公司"]
)
def test_a_name_that_stands_for_any_is_no_unit(name):
    reading, problems = read(UNITS, [name, "物业公司", "民营"], *COMPANIES, name="单位")
    assert [r.properties["name"] for r in reading.records] == ["青松物业", "翠竹物业"]
    assert codes(problems) == [("example_row", "A2")]


@pytest.mark.parametrize("word", ["本网格无企业", "暂无企业", "无物业公司"])
def test_that_there_is_none_is_no_unit(word):
    reading, problems = read(UNITS, *COMPANIES, [word], name="单位")
    assert (len(reading.records), codes(problems)) == (2, [("nothing_row", "A4")])


@pytest.mark.parametrize(
    "word",
    ["无", "（无）", "略", "—", "/", "暂无", "待补", "XXX", "N/A", "空", "***", "不详", "空岗", "未配备"],
)
def test_a_word_for_nothing_is_no_name(word):
    for row in ([word], [word, word, word], [word, None, None, "0"]):
        reading, problems = read(UNITS, *COMPANIES, row, name="单位")
        assert len(reading.records) == 2
        assert all(p.code == "nothing_row" and not p.blocking for p in problems)
    reading, problems = read(UNITS, *COMPANIES, [word, "物业公司", "集体"], name="单位")
    assert len(reading.records) == 2
    assert [p.cell for p in problems if p.blocking] == ["A4"]
    reading, problems = read(MEMBERS, *PEOPLE, ["3", word, "男", "1970.01"])
    assert len(reading.records) == 2
    assert [p.cell for p in problems if p.blocking] == ["B4"]


def test_the_title_of_a_group_with_data_beside_it_blocks():
    reading, problems = read(MEMBERS, *PEOPLE, [None, "在职党员", "男", "1970.01"])
    assert len(reading.records) == 2
    assert [(p.code, p.cell, p.blocking) for p in problems] == [("no_name", "B4", True)]


def test_the_numbers_of_columns_are_no_row():
    for row in (["1", "2", "3", "4"], ["(1)", "(2)", "(3)", "(4)"], ["１", "２", "３"]):
        reading, problems = read(UNITS, row, *COMPANIES, name="单位")
        assert ([r.row for r in reading.records], codes(problems)) == ([3, 4], [("band_row", "A2")])


# --- whatever is put in, and wherever ------------------------------------------------------------

_TITLES = st.sampled_from(
    [
        *PEOPLE_GROUPS,
        "无",
        "（略）",
        "示例：王五",
        "例：王五",
        "合计",
        "小计：1人",
        "共计2人",
        "其中：女党员1人",
    ]
)
_PUT_IN = st.one_of(
    _TITLES.map(lambda t: [None, t]),
    _TITLES.map(lambda t: [t]),
    _TITLES.map(lambda t: [t] * 5),
    st.just(["示例", "王五", "男", "1970.01", "某某物业"]),
    st.just(["汇总", None, None, None, "2"]),
    st.just([None, "男", "1"]),
    st.just([None, "青松物业 汇总", None, None, "1"]),
)


@given(st.lists(st.tuples(st.integers(0, 2), _PUT_IN), min_size=1, max_size=6))
def test_rows_that_are_none_never_change_what_is_there(put_in):
    rows = list(PEOPLE)
    for at, row in put_in:
        rows.insert(min(at, len(rows)), row)
    reading, problems = read(MEMBERS, *rows)
    assert [(r.properties["name"], r.references[0][1]) for r in reading.records] == [
        ("张小明", ("青松物业",)),
        ("李小红", ("翠竹物业",)),
    ]
    assert not any(p.blocking for p in problems)
    told = {
        int(p.cell[1:])
        for p in problems
        if p.code in ("band_row", "branch_row", "example_row", "nothing_row", "total_row")
    }
    silent = {2 + at for at, row in enumerate(rows) if row not in PEOPLE} - told
    assert silent == set()


@given(st.sampled_from(PEOPLE_GROUPS), st.text("青松翠竹一二三张王李", max_size=3))
def test_whatever_is_the_title_of_a_group_is_looked_at(title, before):
    text = normalize_whitespace(before + title)
    assert may_be_no_person(text) or not is_group(text, "people", alone=True)


def test_declared_totals_are_called_like_groups():
    rows = (
        ["物业公司", "29"],
        ["集体", "7"],
        ["民营企业", "20"],
        ["党员总数", "45"],
        ["其中：女党员", "9"],
        ["总人数", "45"],
    )
    reading, problems = read(["统计项目", "申报数"], ["一、基本情况"], *rows, ["合计", "155"], name="汇总")
    assert [r.properties["item"] for r in reading.records] == [
        "物业公司",
        "集体",
        "民营企业",
        "党员总数",
        "其中：女党员",
        "总人数",
    ]
    assert codes(problems) == [("total_row", "A9"), ("band_row", "A2")]
