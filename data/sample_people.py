"""The invented people of the sample survey: who they are and what each round says of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

EARLIER = "2006-04"
LATER = "2006-10"


@dataclass(frozen=True)
class Person:
    """One invented party member as a round tells of them; an empty text is an empty cell."""

    code: str
    book: str
    name: str
    gender: str
    born: str
    joined: str
    standing: str = "正式党员"
    unit: str = ""
    position: str = ""
    branch: str = ""
    outside: bool = False
    since: str = ""
    was: str = ""
    was_outside: bool = False
    until: str = ""
    how: str = ""
    takes_part: str = ""
    represents: str = ""
    absent: str = ""
    duties: str = ""
    lives: str = ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# A surname and a given name are put together by counting, so nobody is meant by them.
_SURNAMES = _words(
    "陆 顾 沈 俞 欧阳 庄 计 瞿 奚 司马 薄 盛 闵 诸葛 卞 郁 褚 尉迟 柏 芮 夏侯 戚 邬 令狐 翟 宓 费 上官 岑 "
    "薛 茅 皇甫 祝 骆 封 段干 蔺 仇 公孙 佘 桑 缪 东方 匡 耿 靳 冼 乐 邸 鄢 苌 逄 裘 浦 步 郏 訾 濮阳 糜 阚"
)
_MEN = _words(
    "砚舟 翀 怀朴 景堃 䶮 守廉 喆 望舒 同泽 镕 敬棠 昶 立隽 桐 季安 承晔 鹤年 樾 明澍 其琛 "
    "致远 珩 仲麒 延祚 润之 骥 百川 绍闻 旻 崇岳 恒叙 瑾 述尧 钧 亦农"
)
_WOMEN = _words(
    "㛃 若蘅 采薇 婧 映秋 堃 璟 雪筠 知微 颀 佩兰 韵 慕贞 琬 秀珩 芷 丽娴 喆 素秋 蕴 春棠 湄 晚晴 瑛 桂枝 "
    "珏 念慈 舜华 芃 玉蓁 沅 淑仪 棠 静姝 娓"
)

# code prefix: (workbook, unit, branch, head count); codes are "prefix/1", "prefix/2" …
_GROUPS: dict[str, tuple[str, str, str, int]] = {
    "新桃源物业": ("新桃源居民区", "新桃源物业", "新桃源物业党支部", 9),
    "商业管理公司": ("兰桥商业区", "商业管理公司", "兰桥联合党支部", 2),
    "合生物业": ("合欣居民区", "合生物业", "合生物业党支部", 6),
    "静安地产物业": ("静苑居民区", "静安地产物业", "静安地产物业党支部", 5),
    "东昱物业": ("东昱苑居民区", "东昱物业", "东昱物业党支部", 4),
    "砚溪物业": ("砚溪居民区", "砚溪物业", "砚溪物业党支部", 8),
    "枫渡物业": ("枫渡居民区", "枫渡物业", "枫渡物业党支部", 3),
    "开元旅业物业": ("开元居民区", "开元旅业物业", "开元居民区党支部", 1),
    "榆桥物业": ("榆桥居民区", "榆桥物业", "榆桥居民区党支部", 4),
    "澜汀物业": ("澜汀居民区", "澜汀物业", "澜汀居民区党支部", 3),
    "松新经济公司": ("汇总", "松新经济公司", "兰桥联合党支部", 2),
    "新城经济公司": ("汇总", "新城经济公司", "兰桥联合党支部", 2),
    "社区服务中心": ("汇总", "社区服务中心", "兰桥联合党支部", 2),
    "便民服务站": ("汇总", "兰桥便民服务站", "新桃源居民区党支部", 1),
    "幼儿园": ("澜汀居民区", "澜汀幼儿园", "澜汀居民区党支部", 3),
    "书局": ("鹤塘商业广场", "鹤塘书局", "鹤塘商户联合党支部", 1),
    "茶舍": ("鹤塘商业广场", "鹤塘茶舍", "鹤塘商户联合党支部", 1),
    "照相馆": ("鹤塘商业广场", "鹤塘照相馆", "鹤塘商户联合党支部", 1),
    "布坊": ("鹤塘商业广场", "鹤塘布坊", "鹤塘商户联合党支部", 1),
    "钟表行": ("鹤塘商业广场", "鹤塘钟表行", "鹤塘商户联合党支部", 1),
    "药房": ("鹤塘商业广场", "鹤塘药房", "鹤塘商户联合党支部", 1),
    "广场": ("鹤塘商业广场", "", "鹤塘商业广场党支部", 3),
    "旧改": ("枫渡居民区", "", "枫渡旧改临时党支部", 3),
    "施工": ("星汇商业街", "", "星汇施工临时党支部", 3),
    "迁建": ("鹿鸣居民区", "", "鹿鸣迁建临时党支部", 3),
    "旧仓": ("枫渡居民区", "", "旧仓居民区党支部", 1),
    **{
        area: (f"{area}居民区", "", f"{area}居民区党支部", count)
        for area, count in (
            ("新桃源", 3),
            ("合欣", 3),
            ("静苑", 3),
            ("东昱苑", 3),
            ("开元", 3),
            ("檀香", 3),
            ("祥和", 8),
            ("绿庭", 7),
            ("砚溪", 3),
            ("枫渡", 3),
            ("榆桥", 3),
            ("澜汀", 3),
            ("鹿鸣", 3),
            ("柳岸", 3),
            ("荷汐", 3),
        )
    },
    "开元流动": ("开元居民区", "", "外市印染厂党支部", 1),
    "云岫流动": ("云岫居民区", "", "外市农机站党支部", 1),
    "荷汐流动": ("荷汐居民区", "", "外市粮油公司党支部", 1),
    "檀香迁出": ("檀香居民区", "", "檀香居民区党支部", 1),
}

_POSITIONS = ("经理", "副经理", "工程主管", "会计", "保安队长", "客服主管", "维修工", "绿化主管", "文员")


def _joint(was: str) -> dict[str, object]:
    """A member of the joint branch who came from the branch of the area where they live."""
    lives = was.removesuffix("党支部")
    return {"since": "2006-06", "was": was, "until": "2006-06", "how": "街道内转接", "lives": lives}


_DUTIES = "党建、精神文明、稳定、服务、建设、管理"

# What is particular to one person in 2006-10, by code.
_PARTICULAR: dict[str, dict[str, object]] = {
    "新桃源物业/1": {"position": "总经理"},
    "新桃源物业/2": {"position": "副总经理"},
    "新桃源物业/9": {"standing": "预备党员", "joined": "2006-07-01"},
    "商业管理公司/1": _joint("合欣居民区党支部"),
    "商业管理公司/2": _joint("枫渡居民区党支部"),
    "松新经济公司/1": _joint("檀香居民区党支部"),
    "松新经济公司/2": _joint("祥和居民区党支部"),
    "新城经济公司/1": _joint("绿庭居民区党支部"),
    "新城经济公司/2": _joint("砚溪居民区党支部"),
    "社区服务中心/1": {**_joint("静苑居民区党支部"), "position": "主任"},
    "社区服务中心/2": _joint("新桃源居民区党支部"),
    "合生物业/2": {"represents": "合欣居民区", "duties": _DUTIES, "takes_part": "合欣居民区党支部"},
    "合生物业/3": {"represents": "合欣居民区", "duties": _DUTIES},
    "合生物业/6": {"joined": "2005-06"},
    "静安地产物业/2": {"represents": "静苑居民区", "duties": _DUTIES, "takes_part": "静苑居民区党支部"},
    "东昱物业/2": {"represents": "东昱苑居民区", "duties": _DUTIES},
    "东昱物业/4": {"branch": "静苑居民区党支部"},
    "砚溪物业/2": {"represents": "砚溪居民区", "duties": _DUTIES},
    "砚溪物业/8": {
        "since": "2006-08",
        "was": "澜汀居民区党支部",
        "until": "2006-08",
        "how": "随单位转接",
    },
    "枫渡物业/3": {"standing": "预备党员", "joined": "2006-02"},
    "开元旅业物业/1": {
        "since": "2006-07",
        "was": "外市纺织厂党支部",
        "was_outside": True,
        "until": "2006-07",
        "how": "跨市转接",
        "lives": "开元居民区",
    },
    "榆桥物业/1": {"branch": "外市机床厂党支部", "outside": True, "absent": "2005-11"},
    "榆桥物业/2": {"branch": ""},
    "榆桥物业/4": {"branch": "鹿鸣居民区党支部"},
    "澜汀物业/2": {"branch": "外市水泥厂党支部", "outside": True},
    "澜汀物业/3": {"standing": "预备党员", "joined": "2006-01"},
    "幼儿园/1": {"position": "园长"},
    "幼儿园/2": {"position": "教师"},
    "幼儿园/3": {"position": "教师", "standing": ""},
    "柳岸/3": {"standing": ""},
    "开元流动/1": {"outside": True, "absent": "2006-01"},
    "云岫流动/1": {"outside": True, "absent": "2006-08"},
    "荷汐流动/1": {"outside": True, "takes_part": "荷汐居民区党支部"},
    # two people of one name, told apart by birth month and joining date
    "祥和/5": {"name": "闻人清和", "gender": "男", "born": "1951-03", "joined": "1974-07"},
    "绿庭/5": {"name": "闻人清和", "gender": "男", "born": "1963-08", "joined": "1988-12"},
    # two rows that look like one person: joining dates one month apart
    "祥和/6": {"name": "乐镕", "gender": "女", "born": "1957-05", "joined": "1981-06"},
    "绿庭/6": {"name": "乐镕", "gender": "女", "born": "1957-05", "joined": "1981-07"},
}

_NO_MOVE: dict[str, object] = {"since": "", "was": "", "until": "", "how": "", "was_outside": False}

_JOINT_CODES = tuple(c for c, p in _PARTICULAR.items() if p.get("how") == "街道内转接")

# What 2006-04 said otherwise; None: was not in that survey.
_BEFORE: dict[str, dict[str, object] | None] = {
    **{code: {**_NO_MOVE, "branch": _PARTICULAR[code]["was"]} for code in _JOINT_CODES},
    "新桃源物业/9": None,
    "开元旅业物业/1": {
        **_NO_MOVE,
        "branch": "外市纺织厂党支部",
        "outside": True,
        "absent": "2005-06",
    },
    "砚溪物业/8": {
        **_NO_MOVE,
        "unit": "澜汀物业",
        "position": "维修主管",
        "branch": "澜汀居民区党支部",
        "book": "澜汀居民区",
    },
    "合生物业/6": {"standing": "预备党员"},
    "云岫流动/1": None,
    "施工/1": None,
    "施工/2": None,
    "施工/3": None,
}
# In the earlier survey only: moved away since.
_GONE = ("檀香迁出/1",)


def _date(year: int, month: int, i: int) -> str:
    """Every fourth person is known to the day, the others to the month, as files are.

    >>> _date(1998, 7, 4), _date(1998, 7, 5)
    ('1998-07-25', '1998-07')
    """
    return f"{year}-{month:02}" + (f"-{1 + i * 13 % 28:02}" if i % 4 == 0 else "")


def _invent(i: int, code: str, book: str, unit: str, branch: str, place: int) -> Person:
    """The i-th person of the sample; everything follows from the number."""
    woman = i % 5 in (1, 3)
    given = (_WOMEN if woman else _MEN)[(i * 3 + i // 5) % 35]
    year = 1945 + i * 11 % 31
    return Person(
        code=code,
        book=book,
        name=_SURNAMES[i * 7 % len(_SURNAMES)] + given,
        gender="女" if woman else "男",
        born=f"{year}-{1 + i * 5 % 12:02}",
        joined=_date(year + 21 + i * 3 % 8, 1 + i * 7 % 12, i),
        unit=unit,
        position=_POSITIONS[place % len(_POSITIONS)] if unit else "",
        branch=branch,
    )


def _all() -> dict[str, Person]:
    people: dict[str, Person] = {}
    for prefix, (book, unit, branch, count) in _GROUPS.items():
        for place in range(count):
            code = f"{prefix}/{place + 1}"
            person = _invent(len(people), code, book, unit, branch, place)
            people[code] = replace(person, **_PARTICULAR.get(code, {}))  # type: ignore[arg-type]
    if unknown := (set(_PARTICULAR) | set(_BEFORE)) - set(people):
        raise KeyError(unknown)
    return people


def people_of(round_: str) -> dict[str, Person]:
    """The people of a round by code; the same person has the same name and dates in both."""
    found = _all()
    if round_ == LATER:
        return {code: p for code, p in found.items() if code not in _GONE}
    for code, change in _BEFORE.items():
        if change is None:
            del found[code]
        else:
            found[code] = replace(found[code], **change)  # type: ignore[arg-type]
    return found
