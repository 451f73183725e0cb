"""Districts, superiors, branch meetings, representatives, organisers and stages of awards are read."""

from __future__ import annotations

from tests.loaders.test_wide_tables import named, reading_of, ties

SHEETS = {
    "街道": [["街道名称", "所属区"], ["岳阳街道", "松江区"]],
    "居民区": [
        ["居民区名称", "所属街道", "填报单位", "填报人", "填报时间"],
        ["檀香居民区", "岳阳街道", "檀香居民区党支部", "赵丁", "2006-10-08"],
    ],
    "单位": [
        ["单位名称", "单位类别", "主管街道或区", "不实行双重管理", "总部或项目"],
        ["新桃源物业", "物业公司", "岳阳街道", "是", "总部"],
        ["合生物业", "物业公司", "松江区", "否", "管理处"],
    ],
    "党支部": [
        ["党支部名称", "组织类别", "上级党组织", "批准延期至", "书记由上级任命", "领导区域"],
        ["檀香居民区党支部", "党支部", "岳阳街道党工委", "2007-03", "是", "檀香居民区"],
        ["岳阳街道党工委", "党工委", None, None, None, None],
    ],
    "党员": [
        ["姓名", "入党时间", "组织关系所在党支部", "任社区党员代表的居民区", "代表职责", "居住地居民区"],
        ["王甲", "1995-07", "檀香居民区党支部", "檀香居民区", "参与小区建设管理", "檀香居民区"],
    ],
    "三会一课": [
        ["党支部", "会议类型", "召开时间", "主题", "参加人数"],
        ["檀香居民区党支部", "党员大会", "2006-09-12", "换届", 12],
        ["檀香居民区党支部", "党课", "2006-09-12", "学习党章", 11],
    ],
    "党员代表会议": [["居民区", "本届产生时间", "代表人数"], ["檀香居民区", "2005-03", 30]],
    "联席会议": [["居民区", "召开时间", "参加方"], ["檀香居民区", "2006-08-01", "檀香居民区党支部"]],
    "议题": [
        ["居民区", "召开时间", "议题", "责任单位", "责任人", "办结期限", "议题来源"],
        ["檀香居民区", "2006-08-01", "地下车库积水", "新桃源物业", "赵丁", "2006-12", "居民来信"],
    ],
    "活动": [["活动名称", "举办时间", "主办方"], ["纳凉晚会", "2006-07", "檀香居民区党支部"]],
    "表彰": [
        ["表彰名称", "获奖方", "评选进展", "公示时间", "先进事迹"],
        ["优秀共产党员", "王甲", "公示", "2006-06-20", "带头排涝"],
    ],
}


def test_the_levels_and_who_is_over_whom_are_read(tmp_path):
    reading = reading_of(tmp_path, **SHEETS)
    assert [p.code for p in reading.problems if p.blocking] == []
    assert named(reading)["District"] == ["松江区"]
    assert ties(reading, "PART_OF") == {("岳阳街道", "松江区"): {}, ("檀香居民区", "岳阳街道"): {}}
    assert ties(reading, "ADMINISTERED_BY") == {
        ("新桃源物业", "岳阳街道"): {},
        ("合生物业", "松江区"): {},
    }
    assert ties(reading, "SUPERIOR") == {("檀香居民区党支部", "岳阳街道党工委"): {}}
    assert ties(reading, "LIVES_IN") == {("王甲", "檀香居民区"): {}}
    assert ties(reading, "REPRESENTS") == {("王甲", "檀香居民区"): {"duties": "参与小区建设管理"}}


def test_what_is_held_and_given_is_read(tmp_path):
    reading = reading_of(tmp_path, **SHEETS)
    held = named(reading)
    assert held["BranchMeeting"] == [
        "檀香居民区党支部2006-09-12党课",
        "檀香居民区党支部2006-09-12支部党员大会",
    ]
    assert held["RepresentativeMeeting"] == ["檀香居民区党员代表会议"]
    assert ties(reading, "HELD_BY") == {
        ("檀香居民区党支部2006-09-12支部党员大会", "檀香居民区党支部"): {},
        ("檀香居民区党支部2006-09-12党课", "檀香居民区党支部"): {},
        ("纳凉晚会", "檀香居民区党支部"): {},
    }
    assert ties(reading, "GIVEN_TO") == {("优秀共产党员", "王甲"): {}}
    values = {n.label: dict(n.properties) for n in reading.graph.nodes.values()}
    kinds = [n.properties["kind"] for n in reading.graph.nodes.values() if n.label == "BranchMeeting"]
    assert sorted(map(str, kinds)) == ["general_meeting", "lecture"]
    assert values["Award"]["state"] == "published"
    assert {k: values["Matter"][k] for k in ("responsible", "responsible_person", "due", "raised_by")} == {
        "responsible": "新桃源物业",
        "responsible_person": "赵丁",
        "due": "2006-12",
        "raised_by": "居民来信",
    }
