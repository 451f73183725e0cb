"""The words of an invented survey: names put together by counting, so that no real person or thing is meant."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

SYLLABLES = (
    "松枫桥岚溪澄桐槿荷榆竹梅鹿云霞虹月星晨瑞祥安宁康泰景秀翠碧丹青柳杉柏樟楠桃李棠蔷薇芷若海江湖川泉滨洲港湾汀沙石岭谷坡"
    "原野轩阁楼馆坊弄街郡都府华盛昌隆旺寿嘉雅逸恒永明辉光耀东北中春秋新银宝"
)
"""No two of them sound alike: two names that sound alike are then there on purpose."""

SOUNDS_LIKE = {"枫": "峰", "岚": "兰", "溪": "曦", "澄": "城", "槿": "锦", "荷": "和", "榆": "玉", "竹": "珠",
               "梅": "美", "鹿": "禄", "霞": "夏", "星": "兴", "祥": "巷", "安": "岸", "泰": "台", "景": "静",
               "秀": "绣", "杉": "山", "楠": "南", "李": "里", "汀": "亭", "谷": "古", "原": "园", "府": "福",
               "嘉": "佳", "逸": "怡"}  # fmt: skip

TRADES = (
    "物业管理",
    "商业管理",
    "零售",
    "餐饮",
    "教育",
    "医疗",
    "软件",
    "物流",
    "建筑",
    "制造",
    "文化",
    "咨询",
)
POSITIONS = (
    "经理",
    "副经理",
    "工程主管",
    "会计",
    "保安队长",
    "客服主管",
    "维修工",
    "绿化主管",
    "文员",
    "保洁主管",
)
OTHER_UNITS = (
    "社区服务中心",
    "经济公司",
    "幼儿园",
    "小学",
    "书店",
    "药房",
    "软件公司",
    "物流公司",
    "卫生站",
    "文化站",
)
COMPANY_ENDINGS = ("物业有限公司", "物业管理有限公司", "置业物业有限公司", "物业")
TEMPORARY = ("旧改", "迁建", "施工", "防汛")
TOPICS = ("地下车库积水", "电动车充电", "楼道堆物", "绿化补种", "停车位划线", "电梯维修", "垃圾分类投放", "外墙渗水",
          "高空抛物", "路灯更换", "儿童游乐场", "物业费公示")  # fmt: skip
SOLUTIONS = ("由物业公司施工", "三方共同出资", "列入大修计划", "党员志愿者认领", "签订承诺书")
HOW = ("街道内转接", "跨区转接", "跨市转接", "随单位转接")
PROJECTS = ("便民服务日", "结对帮困", "平安巡逻", "课后看护", "垃圾分类", "消夏晚会")
OUTSIDE_PLACES = ("纺织厂", "机床厂", "粮油公司", "农机站", "印染厂", "水泥厂", "学校", "运输队")
AWARDS = ("党建结对共建工作先进集体", "先进基层党组织", "文明单位", "优秀服务窗口")
ACTIVITIES = ("消夏晚会", "迎新联欢会", "义诊", "读书会", "运动会")

_LISTED = (
    "陆 顾 沈 俞 欧阳 庄 计 瞿 奚 司马 薄 盛 闵 诸葛 卞 郁 褚 尉迟 柏 芮 夏侯 戚 邬 令狐 翟 宓 费 上官 岑 "
    "薛 茅 皇甫 祝 骆 封 段干 蔺 仇 公孙 佘 桑 缪 东方 匡 耿 靳 冼 乐 邸 鄢 苌 逄 裘 浦 步 郏 訾 濮阳 糜 阚"
)
_SURNAMES = tuple(_LISTED.split())
_FIRST = (
    "砚怀景守望同敬立季承鹤明其致仲延润百绍崇恒述若采映雪知佩慕秀丽素春晚桂念舜玉淑静文志建国永清"
    "海云书振宏光世家德福学庆元伯思凤宝长金维贤友兆嘉启少耀子梦惠美巧碧爱锦"
)
_SECOND = (
    "舟朴堃廉舒泽棠隽桐安晔年澍琛远麒祚之川闻岳叙尧蘅薇秋筠微兰贞珩娴晴枝慈华蓁仪姝农平军伟峰强林"
    "生成民根龙明祥荣康良才宁辉亮红英芳梅珍霞琴芬娟燕萍莉莲洁颖倩蓉瑶雯"
)
SURNAMES = len(_SURNAMES)
GIVEN = len(_FIRST) * len(_SECOND) + len(_SECOND)


@cache
def people() -> tuple[str, ...]:
    """Every name of a person there is; code = surname * GIVEN + given name."""
    given = [*_SECOND, *(a + b for a in _FIRST for b in _SECOND)]
    return tuple(s + g for s in _SURNAMES for g in given)


def stems(count: int, rng: np.random.Generator) -> list[str]:
    """So many different stems of names, of two syllables where those suffice."""
    length = 2
    while len(SYLLABLES) ** length < 2 * count:
        length += 1
    total = len(SYLLABLES) ** length
    start, step = int(rng.integers(total)), int(rng.integers(total // 3, total // 2))
    while math.gcd(step, total) != 1:
        step += 1
    return [_stem((start + step * i) % total, length) for i in range(count)]


def _stem(number: int, length: int) -> str:
    letters = ""
    for _ in range(length):
        number, digit = divmod(number, len(SYLLABLES))
        letters += SYLLABLES[digit]
    return letters


def twin(stem: str) -> str | None:
    """A stem that sounds the same and is written otherwise, or None.

    >>> twin("松溪"), twin("溪松")
    ('松曦', None)
    """
    other = SOUNDS_LIKE.get(stem[-1])
    return None if other is None else stem[:-1] + other


def numeral(number: int) -> str:
    """A number from 1 as branches count themselves.

    >>> numeral(3), numeral(12), numeral(20), numeral(45), numeral(120)
    ('三', '十二', '二十', '四十五', '120')
    """
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    return ("" if tens == 0 else ("" if tens == 1 else digits[tens]) + "十") + (
        digits[ones] if ones else ""
    )
