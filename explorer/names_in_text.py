"""People's names in names of files and sheets: found by how Chinese names look, never by who is held.

Whether a name is found must not depend on the store: what is masked and what is not would tell who is in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_COMMON = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟"
    "谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
"""The hundred surnames that most people have."""
_OTHER = frozenset(
    "常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲"
    "翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏"
    "宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝鄢糜闻檀束鞠邰匡钮荆支昝屠谈计茅"
)
_COMPOUND = (
    "欧阳|司马|上官|诸葛|司徒|东方|独孤|南宫|夏侯|尉迟|皇甫|公孙|慕容|令狐|宇文|长孙|轩辕|端木|百里|呼延|申屠|太史|闻人|"
    "澹台|公冶|宗政|濮阳|淳于|单于|钟离|鲜于|闾丘|公羊|万俟|赫连"
)
_PLACES = (
    "居民区|商业区|居委会?|社区|小区|街道|片区|园区|花园|家园|新村|公寓|广场|大厦|中心|商圈|商城|市场|学校|小学|中学|大学|幼儿园|医院|"
    "物业|公司|集团|企业|党支部|支部|党委|党总支|总支|委员会|工会|协会|银行|酒店|店|厂|馆|院|局|所|站|苑|村|街|路|区|楼|镇|乡|县|市|省"
)
_WORDS = (
    "党员|员工|职工|干部|人员|老师|主任|经理|党务|党建|党费|书记|委员|同志|先生|女士|居民|单位|名单|名册|花名册|汇总|合计|统计|调摸|调查|摸底|排查|底数|台账|表格|表|"
    "联席会议|会议|结对|共建|活动|事项|通报|奖项|表彰|工作|副本|新建|最新|修改|更新|终稿|定稿|初稿|报送|上报|填报|信息|情况|登记|个人|"
    "简历|档案|转入|转出|发展|预备|入党|积极分子|资料|材料|文件|数据|示例|模板|整改|负责人|联系人|联络员|指导员|代表|说明|"
    "高层|高级|金融|方案|方法|方面|文化|文明|文档|成员|成立|时间|全部|全体|项目|计划|关系|关于|管理|安全|安装|单独|章程|常规|"
    "的|及|和|与|等|年|月|日|第|期|批|版"
)
_PARTS = re.compile(f"(?P<place>(?:{_PLACES})+)|(?P<word>{_WORDS})")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U000323af]+(?:[·•‧・][\u3400-\u9fff]+)*")


def mask_people(text: str, mask: Callable[[str], str]) -> str:
    """The text with what looks like a person's name masked.

    >>> hide = lambda name: name[0] + "*" * (len(name) - 1)
    >>> mask_people("党员王小明.xlsx", hide), mask_people("2006-10 欧阳小明_李芳", hide)
    ('党员王**.xlsx', '2006-10 欧***_李*')
    >>> mask_people("柳岸居民区.xlsx", hide), mask_people("汇总表", hide), mask_people("新桃源物业", hide)
    ('柳岸居民区.xlsx', '汇总表', '新桃源物业')
    """
    return _HAN.sub(lambda run: _masked_run(run.group(), mask), text)


def _masked_run(run: str, mask: Callable[[str], str]) -> str:
    found: list[str] = []
    start = 0
    for part in _cuts(run):
        before = run[start : part.start()]
        # what stands before the word for a place or a unit is its name
        found += [before if part["place"] else _masked(before, mask), part.group()]
        start = part.end()
    return "".join([*found, _masked(run[start:], mask)])


def _cuts(run: str) -> list[re.Match[str]]:
    """The words of the run that are no part of a name: one letter for a place counts at the end of the run only."""
    return [
        part
        for part in _PARTS.finditer(run)
        if not (part["place"] and len(part.group()) == 1 and part.end() < len(run))
    ]


def _masked(token: str, mask: Callable[[str], str]) -> str:
    return mask(token) if _is_name(token) else token


def _is_name(token: str) -> bool:
    if "·" in token or re.search("[•‧・]", token):
        return True
    if re.match(f"(?:{_COMPOUND}).{{1,2}}$", token):
        return True
    if token[:1] in _COMMON:
        return len(token) in (2, 3)
    return token[:1] in _OTHER and len(token) == 3
