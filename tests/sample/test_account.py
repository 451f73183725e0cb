"""What the account says beside its totals, looked up in the sample's workbooks: each sentence of it is a test."""

from __future__ import annotations

import pytest

from tests.sample.test_sample import day, one, rows, split

pytestmark = pytest.mark.slow

MORE = {
    "填表单位": "填报单位",
    "填表人": "填报人",
    "填表日期": "填报时间",
    "所属社区": "所在区域",
    "领导区域": "所在区域",  # what the other file calls it, for branches
    "主管街道": "主管街道或区",
    "居住社区": "居住地居民区",
    "责任方": "责任单位",
    "完成时限": "办结期限",
    "提出方": "议题来源",
    "主办单位": "主办方",
}


def told(row: dict[str, str], heading: str) -> str:
    """A cell under its heading, or under the other word that some offices use for it."""
    return next((v for k, v in row.items() if MORE.get(k, k) == heading and v), "")


def unit(name: str) -> dict[str, str]:
    return one("2006-10", "单位", 单位名称=name)


def test_the_survey_came_through_secretaries_the_plazas_branch_and_liaisons() -> None:
    areas = [(r["居民区名称"], r) for r in rows("2006-10", "居民区")]
    areas += [(r["商业区名称"], r) for r in rows("2006-10", "商业区")]
    by = {name: (told(r, "填报单位"), told(r, "填报人")) for name, r in areas}
    secretary = one("2006-10", "党支部", 党支部名称="檀香居民区党支部")["书记"]
    assert by["檀香居民区"] == ("檀香居民区党支部", secretary)
    assert by["鹤塘商业广场"][0] == "鹤塘商业广场党支部"
    liaisons = {r["姓名"] for r in rows("2006-10", "党建联络员指导员")}
    assert by["云岫居民区"][0] == "党建联络员"
    assert by["云岫居民区"][1] in liaisons
    assert sorted(name for name, (organisation, _) in by.items() if not organisation) == [
        "星汇商业街",
        "鹿鸣居民区",
    ]


def test_xintaoyuan_is_under_the_sub_district_and_exempt() -> None:
    assert told(unit("新桃源物业"), "主管街道或区") == "兰桥街道"
    assert told(unit("合生物业"), "主管街道或区") == ""
    exempt = {r["单位名称"] for r in rows("2006-10", "单位") if told(r, "不实行双重管理") in ("是", "√")}
    assert exempt == {"新桃源物业", "商业管理公司"}


def test_headquarters_are_told_apart() -> None:
    companies = {r["单位名称"] for r in rows("2006-10", "单位") if told(r, "总部或项目") == "总部"}
    in_branches = {u for b in rows("2006-10", "党支部") for u in split(b["组建单位"])}
    assert len(companies) == 7
    assert companies <= in_branches


def test_the_units_of_the_joint_branch_stand_in_one_place_in_both_rounds() -> None:
    for round_ in ("2006-04", "2006-10"):
        places = {r["单位名称"]: told(r, "所在区域") for r in rows(round_, "单位")}
        assert {places[u] for u in ("商业管理公司", "松新经济公司", "新城经济公司", "社区服务中心")} == {
            "兰桥商业区"
        }


def test_who_was_attached_to_the_area_where_they_live_still_lives_there() -> None:
    two = [m for m in rows("2006-10", "党员") if m["所在单位"] == "商业管理公司"]
    assert [told(m, "居住地居民区") + "党支部" for m in two] == [m["原党支部"] for m in two]


def test_representatives_sit_in_a_meeting_with_its_term_and_have_duties() -> None:
    meetings = {r["居民区"]: day(r["任期届满时间"]) for r in rows("2006-10", "党员代表会议")}
    assert set(meetings) == {"合欣居民区", "静苑居民区", "东昱苑居民区", "砚溪居民区"}
    seated = [m for m in rows("2006-10", "党员") if m["任社区党员代表的居民区"]]
    assert {m["任社区党员代表的居民区"] for m in seated} == set(meetings)
    assert all("党建" in told(m, "代表职责") for m in seated)


def test_matters_have_a_source_and_somebody_responsible() -> None:
    garage = one("2006-10", "议题", 议题="11-13号楼地下车库雨季积水")
    assert (told(garage, "责任单位"), told(garage, "议题来源")) == ("檀苑物业", "居民反映")
    assert day(told(garage, "办结期限")) == "2006-10"


def test_activities_are_held_by_a_branch_or_a_pair() -> None:
    by = {(a["举办区域"], told(a, "主办方")) for a in rows("2006-10", "活动")}
    assert by == {
        ("绿庭居民区", "绿庭居民区党支部"),
        ("祥和居民区", "茸盛物业与祥和居民区党支部结对共建"),
    }


def test_deeds_of_members_are_made_public_and_awards_have_a_stage() -> None:
    stages = {a["获奖方"].replace(" ", ""): (a["评选进展"], a["先进事迹"]) for a in rows("2006-10", "表彰")}
    assert stages["茸盛物业"][0] == "表彰"
    names = {m["姓名"] for m in rows("2006-10", "党员")}
    assert [stage for to, (stage, deed) in stages.items() if to in names and deed] == ["公示"]
