"""The invented field of the sample survey: areas, units, branches and what they do, per round."""

from __future__ import annotations

from dataclasses import replace

from sample_happenings import ACTIVITIES, AWARDS, MEETINGS, PAIRS, POSTS, REPRESENTATIVES
from sample_people import LATER, Person, people_of
from sample_records import Area, Branch, Matter, Survey, Unit

SUBDISTRICT = "兰桥街道"


def _r(name: str) -> str:
    return f"{name}居民区"


_RESIDENTIAL = (
    # name, residents' committee, owners' committee, households, neighbours
    ("新桃源", "有", "有", "1286", "合欣 绿庭"),
    ("合欣", "有", "有", "942", "新桃源 静苑"),
    ("静苑", "有", "有", "1105", "合欣 东昱苑"),
    ("东昱苑", "有", "无", "760", "静苑 檀香"),
    ("开元", "有", "有", "588", "澜汀 祥和"),
    ("檀香", "有", "有", "1320", "东昱苑 祥和"),
    ("祥和", "有", "有", "1674", "檀香 开元"),
    ("绿庭", "有", "有", "1018", "新桃源 砚溪"),
    ("砚溪", "有", "无", "865", "绿庭 枫渡"),
    ("枫渡", "有", "无", "690", "砚溪 榆桥"),
    ("榆桥", "有", "", "734", "枫渡 鹿鸣"),
    ("澜汀", "有", "有", "1150", "开元 柳岸"),
    ("云岫", "有", "无", "412", "荷汐"),
    ("鹿鸣", "有", "", "305", "榆桥"),
    ("柳岸", "无", "有", "980", "澜汀 荷汐"),
    ("荷汐", "", "无", "", "柳岸 云岫"),
)
_COMMERCIAL = (
    ("兰桥商业区", "86", ("新桃源居民区",)),
    ("鹤塘商业广场", "142", ("祥和居民区", "星汇商业街")),
    ("星汇商业街", "57", ("鹤塘商业广场",)),
)

_COMPANIES = (
    # name, areas managed (the first one's workbook lists it), employees, buildings
    ("新桃源物业", "新桃源", "64", "1-28号楼"),
    ("合生物业", "合欣", "51", "1-16号楼"),
    ("静安地产物业", "静苑", "47", "1-12号楼"),
    ("东昱物业", "东昱苑", "38", "1-9号楼"),
    ("开元旅业物业", "开元", "22", ""),
    ("檀苑物业", "檀香", "45", "1-24号楼"),
    ("茸盛物业", "祥和", "40", "1-30号楼"),
    ("绿庭物业", "绿庭", "36", ""),
    ("砚溪物业", "砚溪", "58", "1-14号楼"),
    ("枫渡物业", "枫渡", "27", ""),
    ("榆桥物业", "榆桥", "33", "1-11号楼"),
    ("澜汀物业", "澜汀", "41", "1-20号楼"),
    ("云岫物业", "云岫", "12", ""),
    ("柳岸物业", "柳岸", "29", "1-17号楼"),
    ("荷汐物业", "荷汐", "", ""),
    ("秋澄物业", "新桃源", "14", "29-33号楼"),
    ("秋橙物业", "合欣", "11", "17-20号楼"),
    ("锦栖物业", "静苑 东昱苑", "26", ""),
    ("泊岚物业", "东昱苑", "", "10-12号楼"),
    ("梧栖物业", "檀香 祥和", "19", ""),
    ("闻笙物业", "祥和", "3", ""),
    ("竹隐物业", "绿庭 砚溪", "31", ""),
    ("鹭洲物业", "枫渡", "8", ""),
    ("松霭物业", "榆桥", "16", "12-15号楼"),
    ("朴园物业", "澜汀 开元", "18", ""),
    ("青禾里物业", "柳岸 荷汐", "", ""),
)
_PLACES = {
    **dict.fromkeys(("商业管理公司", "松新经济公司", "新城经济公司", "社区服务中心"), "兰桥商业区"),
    **{f"鹤塘{s}": "鹤塘商业广场" for s in ("书局", "茶舍", "照相馆", "布坊", "钟表行", "药房")},
    "澜汀幼儿园": "澜汀居民区",
}
_ADMINISTERED = ("新桃源物业", "松新经济公司", "新城经济公司", "社区服务中心")
_EXEMPT = ("新桃源物业", "商业管理公司")
"""Companies of the sub-district and of commercial areas are not under dual management."""
_HEADQUARTERS = (
    "新桃源物业",
    "商业管理公司",
    "合生物业",
    "静安地产物业",
    "东昱物业",
    "砚溪物业",
    "枫渡物业",
)
_OWNERSHIP = {"新桃源物业": "集体", "云岫物业": "集体"}
_STATUS = {"泊岚物业": "", "鹭洲物业": "", "闻笙物业": "空壳", "青禾里物业": "已停业"}

_OTHERS = (
    Unit("商业管理公司", "兰桥商业区", trade="商业管理服务", employees="30", manages=("兰桥商业区",)),
    Unit("鹤塘商业物业", "鹤塘商业广场", trade="商业物业管理", employees="44", manages=("鹤塘商业广场",)),
    Unit("星汇商业物业", "星汇商业街", trade="商业物业管理", employees="17", manages=("星汇商业街",)),
    Unit("松新经济公司", "汇总", "经济公司", "集体", trade="综合经济服务", employees="24"),
    Unit("新城经济公司", "汇总", "经济公司", "集体", trade="综合经济服务", employees="20"),
    Unit("社区服务中心", "汇总", "社区服务中心", "", trade="社区服务", employees="18"),
    Unit("兰桥便民服务站", "汇总", "其他单位", "集体", "已停业", "社区服务"),
    Unit("澜汀幼儿园", "澜汀居民区", "其他单位", "国有", trade="学前教育", employees="35"),
    *(
        Unit(f"鹤塘{shop}", "鹤塘商业广场", "其他单位", trade="零售服务")
        for shop in ("书局", "茶舍", "照相馆", "布坊", "钟表行", "药房")
    ),
)


def _companies() -> tuple[Unit, ...]:
    return tuple(
        Unit(
            name,
            _r(areas.split()[0]),
            ownership=_OWNERSHIP.get(name, "民营"),
            status=_STATUS.get(name, "正常经营"),
            employees=employees,
            manages=tuple(_r(a) for a in areas.split()),
            buildings=buildings,
        )
        for name, areas, employees, buildings in _COMPANIES
    )


def _own(name: str, area: str, founded: str, elected: str, ends: str, **more: object) -> Branch:
    """A company's own branch."""
    branch = Branch(f"{name}党支部", _r(area), "独立", founded, elected, ends, units=(name,))
    return replace(branch, **more)  # type: ignore[arg-type]


_JOINT_UNITS = ("商业管理公司", "松新经济公司", "新城经济公司", "社区服务中心")
_SHOPS = tuple(f"鹤塘{s}" for s in ("书局", "茶舍", "照相馆", "布坊", "钟表行", "药房"))

_BRANCHES = (
    _own(
        "新桃源物业",
        "新桃源",
        "2001-12",
        "2004-12",
        "2007-12",
        secretary="新桃源物业/1",
        committee=tuple(f"新桃源物业/{i}" for i in (2, 3, 4, 5)),
    ),
    _own(
        "合生物业",
        "合欣",
        "2000-09",
        "2003-09",
        "2006-09",
        secretary="合生物业/1",
        dual="合欣居民区党支部",
    ),
    _own(
        "静安地产物业",
        "静苑",
        "2002-05",
        "2005-05",
        "2008-05",
        secretary="静安地产物业/1",
        dual="静苑居民区党支部",
    ),
    _own(
        "东昱物业",
        "东昱苑",
        "2004-01",
        "2004-01",
        "2007-01",
        secretary="东昱物业/1",
        dual="东昱苑居民区党支部",
    ),
    _own("砚溪物业", "砚溪", "2002-05-20", "", "", secretary="砚溪物业/1"),
    _own("枫渡物业", "枫渡", "2005-11-08", "2005-11-08", "2008-11-08"),
    Branch(
        "兰桥联合党支部",
        "兰桥商业区",
        "联合",
        "2006-06",
        "2006-06",
        "2009-06",
        units=_JOINT_UNITS,
        secretary="社区服务中心/1",
        committee=("商业管理公司/1", "松新经济公司/1", "新城经济公司/1"),
    ),
    Branch(
        "鹤塘商户联合党支部",
        "鹤塘商业广场",
        "联合",
        "2005-03",
        "2005-03",
        "2008-03",
        units=_SHOPS,
        secretary="书局/1",
    ),
    Branch(
        "鹤塘商业广场党支部",
        "鹤塘商业广场",
        "商业广场",
        "2005-04-18",
        "2005-04-18",
        "2008-04-18",
        leads="鹤塘商业广场",
        secretary="广场/1",
    ),
    Branch("枫渡旧改临时党支部", "枫渡居民区", "临时", "2006-01", secretary="旧改/1"),
    Branch("星汇施工临时党支部", "星汇商业街", "临时", "2006-08", secretary="施工/1"),
    Branch("鹿鸣迁建临时党支部", "鹿鸣居民区", "临时", secretary="迁建/1"),
    Branch(
        "旧仓居民区党支部",
        "枫渡居民区",
        "居民区",
        "1994-03",
        "2002-03",
        "2007-03",
        "2006-06",
        secretary="旧仓/1",
    ),
)

_TERMS = {
    # residential branch: founded, present term began, term ends (5 years)
    "合欣": ("1996-05", "2001-05", ""),
    "檀香": ("1999-02", "2002-02", "2007-02"),
    "榆桥": ("2000-10", "", ""),
    "柳岸": ("", "", ""),
    "澜汀": ("1998-01", "2002-01-16", "2007-01-16"),
    "祥和": ("1995-06-12", "2004-06-12", "2009-06-12"),
}
_HEADS = {"鹿鸣": "砚溪物业/2"}
_COMMITTEES = {"祥和": ("祥和/2", "祥和/3", "祥和/4"), "绿庭": ("绿庭/2",)}


def _residential_branches() -> tuple[Branch, ...]:
    return tuple(
        Branch(
            f"{area}居民区党支部",
            _r(area),
            "居民区",
            *_TERMS.get(area, ("1999-06", "2004-06", "2009-06")),
            leads=_r(area),
            secretary=_HEADS.get(area, f"{area}/1"),
            committee=_COMMITTEES.get(area, ()),
        )
        for area, *_ in _RESIDENTIAL
        if area != "云岫"
    )


_NOT_REPORTED = ("鹿鸣居民区", "星汇商业街")
"""Areas whose workbook the sub-district filled in itself: nobody there has reported yet in the later round."""
_LIAISONS_REPORT = {"云岫居民区": "宇文澈", "兰桥商业区": "温若渊"}


def _reported(area: str, round_: str, people: dict[str, Person]) -> tuple[str, str, str]:
    """Who reported an area and when: its branch's secretary, or the liaison where there is no branch."""
    if round_ == LATER and area in _NOT_REPORTED:
        return ("", "", "")
    if area in _LIAISONS_REPORT:
        return ("党建联络员", _LIAISONS_REPORT[area], f"{round_}-16")
    heads = {b.leads: b for b in (*_BRANCHES, *_residential_branches()) if b.leads}
    if area not in heads:
        return ("兰桥街道党建办公室", "", f"{round_}-18")
    return (heads[area].name, people[heads[area].secretary].name, f"{round_}-12")


def _placed(unit: Unit) -> Unit:
    """Where a unit stands, who administers it, whether it is exempt, and whether it is a headquarters."""
    return replace(
        unit,
        place=_PLACES.get(unit.name, ""),
        under=SUBDISTRICT if unit.name in _ADMINISTERED else "",
        exempt="是" if unit.name in _EXEMPT else "",
        office="总部" if unit.name in _HEADQUARTERS else "",
    )


def _later() -> Survey:
    areas = tuple(
        Area(_r(n), True, committee, owners, size, tuple(_r(x) for x in near.split()))
        for n, committee, owners, size, near in _RESIDENTIAL
    ) + tuple(Area(n, False, "", "", size, near) for n, size, near in _COMMERCIAL)
    return Survey(
        LATER,
        people_of(LATER),
        areas,
        tuple(map(_placed, _companies() + _OTHERS)),
        _BRANCHES + _residential_branches(),
        MEETINGS,
        POSTS,
        PAIRS,
        AWARDS,
        ACTIVITIES,
        REPRESENTATIVES,
    )


def _open(matter: Matter, round_: str) -> Matter:
    """A matter as that round knew it: what was resolved later was not resolved yet."""
    return (matter[0], "否", "", "", *matter[4:]) if matter[2][:7] > round_ else matter


def survey_of(round_: str) -> Survey:
    """The survey of a round, with who reported each area."""
    survey = _survey_of(round_)
    told = (replace(a, reported=_reported(a.name, round_, survey.people)) for a in survey.areas)
    return replace(survey, areas=tuple(told))


def _survey_of(round_: str) -> Survey:
    """The earlier round is the later one without what came in between."""
    later = _later()
    if round_ == LATER:
        return later
    units = {u.name: u for u in later.units if u.name not in ("秋橙物业", "朴园物业")}
    units["青禾里物业"] = replace(units["青禾里物业"], status="正常经营", employees="9")
    units["鹤塘商业物业"] = replace(units["鹤塘商业物业"], employees="40")
    branches = (replace(b, dissolved="") for b in later.branches if b.founded[:7] <= round_)
    return Survey(
        round_,
        people_of(round_),
        tuple(replace(a, committee="无") if a.name == _r("枫渡") else a for a in later.areas),
        tuple(units.values()),
        tuple(branches),
        tuple(
            replace(m, matters=tuple(_open(t, round_) for t in m.matters))
            for m in later.meetings
            if m.held[:7] <= round_
        ),
        tuple(p for p in later.posts if p.since <= round_),
        tuple(
            replace(p, contact="2006-03" if p.contact > round_ else p.contact)
            for p in later.pairs
            if p.signed[:7] <= round_
        ),
        tuple(a for a in later.awards if a[2][:7] <= round_),
        tuple(a for a in later.activities if a[1][:7] <= round_),
        later.representatives,
    )
