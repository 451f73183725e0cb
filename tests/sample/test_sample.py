"""The sample survey, read by openpyxl and counted here: an independent check of the loader's totals."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tomllib
import unicodedata
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"
ROUNDS = ("2006-04", "2006-10")
Row = dict[str, str]

# Which headings mean the same, written out here on purpose: not read from the forms.
SAME = {
    "小区名称": "居民区名称",
    "居委会": "居民委员会",
    "商业广场": "商业区名称",
    "公司名称": "单位名称",
    "单位类型": "单位类别",
    "所有制": "性质",
    "状态": "经营状态",
    "管理小区": "管理区域",
    "支部名称": "党支部名称",
    "组建形式": "支部类型",
    "组建时间": "成立时间",
    "联合单位": "组建单位",
    "双重管理": "双重管理党支部",
    "所在区域": "领导区域",
    "书记姓名": "书记",
    "支部委员": "委员",
    "党员姓名": "姓名",
    "入党年月": "入党时间",
    "工作单位": "所在单位",
    "岗位": "职务",
    "组织关系": "组织关系所在党支部",
    "关系在外": "组织关系是否在外",
    "转出党支部": "原党支部",
    "社区党员代表": "任社区党员代表的居民区",
    "召开区域": "居民区",
    "区域": "居民区",
    "会议时间": "召开时间",
    "参会单位": "参加方",
    "事项": "议题",
    "解决情况": "是否解决",
    "处理结果": "解决办法",
    "活动地点": "举办区域",
    "活动时间": "举办时间",
    "承办单位": "支持单位",
}
SHEETS = {"党员名册": "党员"}


def text_of(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return unicodedata.normalize("NFKC", str(value)).strip() if value is not None else ""


def day(text: str) -> str:
    return text.replace("年", "-").replace("月", "-").replace("日", "").replace(".", "-").strip("-")


@cache
def rows(round_: str, sheet: str) -> tuple[Row, ...]:
    found = []
    for path in sorted((SAMPLE / round_).glob("*.xlsx")):
        book = load_workbook(path, read_only=True)
        for page in book.worksheets:
            if SHEETS.get(page.title, page.title) == sheet:
                found += table([[text_of(c) for c in row] for row in page.iter_rows(values_only=True)])
        book.close()
    return tuple(found)


def table(lines: list[list[str]]) -> list[Row]:
    head = next(i for i, line in enumerate(lines) if sum(map(bool, line)) > 1 or line[0] == "街道名称")
    names = [SAME.get(h, h) for h in lines[head]]
    filled = [dict(zip(names, line, strict=False)) for line in lines[head + 1 :] if any(line)]
    return [
        {k: v.replace(" ", "") if k in ("姓名", "书记", "委员") else v for k, v in r.items()}
        for r in filled
    ]


def companies(round_: str) -> set[str]:
    return {r["单位名称"] for r in rows(round_, "单位") if r["单位类别"] == "物业公司"}


def members(round_: str) -> dict[tuple[str, str, str], Row]:
    return {(r["姓名"], day(r["出生年月"]), day(r["入党时间"])): r for r in rows(round_, "党员")}


def one(round_: str, sheet: str, **wanted: str) -> Row:
    (found,) = [r for r in rows(round_, sheet) if all(r[k] == v for k, v in wanted.items())]
    return found


def split(text: str) -> list[str]:
    return [p for p in text.replace(",", "、").split("、") if p]


def facts(round_: str) -> dict[str, Any]:
    read: dict[str, Any] = tomllib.loads((SAMPLE / "facts.toml").read_text(encoding="utf-8"))["rounds"]
    found: dict[str, Any] = read[round_]
    return found


def counted(round_: str) -> dict[str, int]:
    units = [r for r in rows(round_, "单位") if r["单位类别"] == "物业公司"]
    plazas = {r["商业区名称"] for r in rows(round_, "商业区")}
    by_owner = Counter({r["单位名称"]: r["性质"] for r in units}.values())
    standing = [b for b in rows(round_, "党支部") if not b["撤销时间"]]
    employed = [m["所在单位"] for m in members(round_).values() if m["所在单位"] in companies(round_)]
    managed = {(r["单位名称"], a) for r in units for a in split(r["管理区域"])}
    return {
        "companies": len(companies(round_)),
        "collective": by_owner["集体"],
        "private": by_owner["民营"],
        "commercial": len({u for u, a in managed if a in plazas}),
        "residential": len({u for u, a in managed if a not in plazas}),
        "with_branch": len(companies(round_) & {u for b in standing for u in split(b["组建单位"])}),
        "with_members": len(set(employed)),
        "members": len(employed),
    }


def test_totals_of_the_later_round() -> None:
    assert counted("2006-10") == {
        "companies": 29,
        "collective": 2,
        "private": 27,
        "commercial": 3,
        "residential": 26,
        "with_branch": 7,
        "with_members": 10,
        "members": 45,
    }


@pytest.mark.parametrize("round_", ROUNDS)
def test_declared_are_found(round_: str) -> None:
    declared = [int(r["申报数"]) for r in rows(round_, "汇总")]
    assert declared == list(counted(round_).values())
    assert facts(round_)["totals"] == counted(round_)


@pytest.mark.parametrize("round_", ROUNDS)
def test_every_sheet_is_marked_as_invented(round_: str) -> None:
    for path in sorted((SAMPLE / round_).glob("*.xlsx")):
        book = load_workbook(path)
        assert {page["A1"].value for page in book.worksheets} == {"（示例数据：人物均为虚构）"}


@pytest.mark.parametrize("round_", ROUNDS)
def test_what_is_named_is_listed(round_: str) -> None:
    units = {r["单位名称"] for r in rows(round_, "单位")}
    branches = {r["党支部名称"] for r in rows(round_, "党支部")}
    areas = {r["居民区名称"] for r in rows(round_, "居民区")} | {
        r["商业区名称"] for r in rows(round_, "商业区")
    }
    names = Counter(name for name, _, _ in members(round_))
    for m in members(round_).values():
        assert not m["所在单位"] or m["所在单位"] in units
        home = m["组织关系所在党支部"]
        assert not home or (home in branches) != bool(m["组织关系是否在外"])
        assert not m["原党支部"] or (m["原党支部"] in branches) != bool(m["原党支部是否在外"])
    for b in rows(round_, "党支部"):
        assert set(split(b["组建单位"])) <= units
        assert set(split(b["领导区域"])) <= areas
        assert set(split(b["双重管理党支部"])) <= branches
        assert all(names[n] == 1 for n in [*split(b["书记"]), *split(b["委员"])])
    for r in rows(round_, "单位"):
        assert set(split(r["管理区域"])) <= areas
    for meeting in rows(round_, "联席会议"):
        assert set(split(meeting["参加方"])) <= units | branches
    for pair in rows(round_, "结对共建"):
        assert {pair["甲方"], pair["乙方"]} <= units | branches
    assert len(rows(round_, "党员")) == len(members(round_))


def test_own_branch_of_xintaoyuan() -> None:
    branch = one("2006-10", "党支部", 党支部名称="新桃源物业党支部")
    assert (branch["支部类型"], day(branch["成立时间"])) == ("独立", "2001-12")
    assert one("2006-10", "单位", 单位名称="新桃源物业")["性质"] == "集体"
    secretary = one("2006-10", "党员", 姓名=branch["书记"])
    assert (secretary["职务"], secretary["所在单位"]) == ("总经理", "新桃源物业")
    committee = [one("2006-10", "党员", 姓名=n)["所在单位"] for n in split(branch["委员"])]
    assert committee == ["新桃源物业"] * 4


def test_joint_branch_of_four_units() -> None:
    branch = one("2006-10", "党支部", 党支部名称="兰桥联合党支部")
    assert split(branch["组建单位"]) == ["商业管理公司", "松新经济公司", "新城经济公司", "社区服务中心"]
    assert one("2006-10", "单位", 单位名称="商业管理公司")["管理区域"] == "兰桥商业区"
    assert companies("2006-10") & set(split(branch["组建单位"])) == {"商业管理公司"}
    two = [m for m in members("2006-10").values() if m["所在单位"] == "商业管理公司"]
    assert [m["原党支部"] for m in two] == ["合欣居民区党支部", "枫渡居民区党支部"]
    before = [m for m in members("2006-04").values() if m["所在单位"] == "商业管理公司"]
    assert [m["组织关系所在党支部"] for m in before] == ["合欣居民区党支部", "枫渡居民区党支部"]
    assert "兰桥联合党支部" not in {b["党支部名称"] for b in rows("2006-04", "党支部")}


def test_dual_management_and_representatives() -> None:
    dual = {b["党支部名称"]: b["双重管理党支部"] for b in rows("2006-10", "党支部") if b["双重管理党支部"]}
    assert dual == {
        "合生物业党支部": "合欣居民区党支部",
        "静安地产物业党支部": "静苑居民区党支部",
        "东昱物业党支部": "东昱苑居民区党支部",
    }
    seats = {(m["所在单位"], m["任社区党员代表的居民区"]) for m in members("2006-10").values()}
    assert {
        ("合生物业", "合欣居民区"),
        ("静安地产物业", "静苑居民区"),
        ("东昱物业", "东昱苑居民区"),
    } <= seats


def test_transfer_from_another_city() -> None:
    after = one("2006-10", "党员", 所在单位="开元旅业物业")
    assert after["组织关系所在党支部"] == "开元居民区党支部"
    assert (after["原党支部"], after["原党支部是否在外"]) == ("外市纺织厂党支部", "是")
    before = one("2006-04", "党员", 所在单位="开元旅业物业")
    assert before["组织关系所在党支部"] == after["原党支部"]
    assert before["姓名"] == after["姓名"]


def test_joint_meeting_of_tanxiang() -> None:
    meeting = one("2006-10", "联席会议", 居民区="檀香居民区")
    assert (meeting["参加方"], meeting["居委会参加"]) == ("檀香居民区党支部、檀苑物业", "√")
    matters = [t for t in rows("2006-10", "议题") if t["居民区"] == "檀香居民区"]
    assert [(t["议题"], t["是否解决"]) for t in matters] == [
        ("11-13号楼地下车库雨季积水", "√"),
        ("摩托车进出地下车库不便", "√"),
    ]
    assert "排水沟" in matters[0]["解决办法"]
    assert "坡道" in matters[1]["解决办法"]


def test_pair_award_activities_and_posts() -> None:
    assert one("2006-10", "结对共建", 甲方="茸盛物业")["乙方"] == "祥和居民区党支部"
    award = one("2006-10", "表彰", 获奖方="茸盛物业")
    assert award["表彰名称"] == "党建结对共建工作先进集体"
    assert "2006-01" < day(award["授予时间"]) < "2006-07-01"
    assert {(a["活动名称"], a["支持单位"]) for a in rows("2006-10", "活动")} == {
        ("夏季纳凉晚会", "绿庭物业"),
        ("夏季纳凉晚会", "茸盛物业"),
        ("迎新年联欢会", "绿庭物业"),
        ("迎新年联欢会", "茸盛物业"),
    }
    posts = {
        (p["身份"], w) for p in rows("2006-10", "党建联络员指导员") for w in split(p["派驻单位或区域"])
    }
    assert {("党建联络员", "兰桥商业区"), ("党建指导员", "兰桥商业区")} <= posts
    assert one("2006-10", "党支部", 支部类型="商业广场")["领导区域"] == "鹤塘商业广场"


def test_people_keep_their_identity_and_change_is_seen() -> None:
    before, after = members("2006-04"), members("2006-10")
    assert (len(before), len(after), len(set(before) & set(after))) == (127, 131, 126)
    moved = [k for k in set(before) & set(after) if before[k]["所在单位"] != after[k]["所在单位"]]
    assert [(before[k]["所在单位"], after[k]["所在单位"]) for k in moved] == [("澜汀物业", "砚溪物业")]
    names = Counter(name for name, _, _ in after)
    assert {n for n, c in names.items() if c > 1} == {"闻人清和", "乐镕"}


@pytest.mark.parametrize("round_", ROUNDS)
def test_each_rate_adds_up(round_: str) -> None:
    unlike = {r["单位名称"]: r["经营状态"] for r in rows(round_, "单位") if r["单位类别"] == "物业公司"}
    states = Counter(unlike.values())
    # 应建尽建率 asks units of every kind
    for rate in (r for name, r in facts(round_)["coverage"].items() if name != "due"):
        assert (rate["denominator"], rate["unknown"]) == (states["正常经营"], states[""])


def test_the_script_writes_these_files_and_the_same_bytes_again(tmp_path: Path) -> None:
    for name in ("a", "b"):
        subprocess.run([sys.executable, ROOT / "data" / "make_sample.py", tmp_path / name], check=True)
    made = sorted(p.relative_to(tmp_path / "a") for p in (tmp_path / "a").rglob("*") if p.is_file())
    assert len(made) == 41
    assert {p.relative_to(SAMPLE) for p in SAMPLE.rglob("*.xlsx")} == {
        p for p in made if p.suffix == ".xlsx"
    }
    for file in made:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
        assert content(tmp_path / "a" / file) == content(SAMPLE / file)


def content(path: Path) -> dict[str, bytes]:
    """What is inside: two machines may pack the same workbook differently."""
    if path.suffix != ".xlsx":
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as parts:
        return {name: parts.read(name) for name in parts.namelist()}
