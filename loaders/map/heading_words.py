"""Tell the heading of a column from the name of a person that slipped into it; which columns are kept as notes."""

from __future__ import annotations

import re
from dataclasses import replace

from graph_model.schema import node_type
from loaders.map.heading_rows import flat
from loaders.map.headings import Header, is_known_heading, is_running_heading, unknown_columns
from loaders.problems import Problem, problem
from loaders.read.worksheet import Worksheet

MOST_NOTES = 40
"""So many columns of a sheet are kept as extra values; the rest is told."""

_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎闫余潘杜戴夏钟汪田任"
    "姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍"
    "韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包"
    "司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻"
    "揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺水云昌凤酆皮卡元平"
    "狄贝臧成茅熙籍年农双经居阙逄相晁勾融訾辜寇广禄东欧殳沃利蔚越夔隆师巩厍聂勾敖后竺权逯盍益桓公墨哈谯笪爱阳佴第五言福幸逢帅缑亢况"
    "有琴诸司上夏闻东赫皇尉澹令宇长慕拓百呼端南西微门阿买艾吐古麦热库玉依达扎次尼索旦格拉央"
)
"""With what the names of people begin, those of minorities too."""
_WORDS = frozenset(
    [
        *(
            "年龄",
            "籍贯",
            "党龄",
            "党籍",
            "党费",
            "农历生日",
            "原籍",
            "来源",
            "相片",
            "照片",
            "简历",
            "简介",
            "经历",
        ),
        *(
            "文化程度",
            "文化",
            "毕业院校",
            "毕业学校",
            "毕业时间",
            "车牌号",
            "车牌",
            "双重身份",
            "福利",
            "房产",
            "居住地",
        ),
        *(
            "名次",
            "明细",
            "和谐",
            "水平",
            "安置情况",
            "成员",
            "权重",
            "利润",
            "广告",
            "计划",
            "方式",
            "时间",
            "时段",
            "时期",
        ),
        *(
            "单位性质",
            "单位及职务",
            "单位地址",
            "单位电话",
            "单位类别",
            "单位规模",
            "单位人数",
            "常住地",
            "居住状况",
            "居住类型",
            "居住时间",
        ),
        *(
            "门牌号",
            "门牌",
            "楼门",
            "长期",
            "公示",
            "公章",
            "全称",
            "应缴",
            "应交",
            "包联干部",
            "包保",
            "强项",
            "管理",
            "管理员",
        ),
        *(
            "连续",
            "项目",
            "官方",
            "商户",
            "商铺",
            "关系",
            "都市",
            "冷门",
            "平台",
            "平均",
            "格局",
            "格式",
            "达标",
            "达标情况",
        ),
        *(
            "ethnicity",
            "ethnicgroup",
            "education",
            "degree",
            "occupation",
            "remarks",
            "remark",
            "notes",
            "note",
        ),
        *(
            "age",
            "hometown",
            "nativeplace",
            "category",
            "type",
            "title",
            "rank",
            "jobtitle",
            "contactsince",
        ),
    ]
)
_OF = (
    "申请|入党|党内|党员|党组织|党支部|党籍|党费|党龄|文化|毕业|单位|居住|年度|家庭|经济|成员|管理|党建|公司|关系|项目|流动|组织|包联"
    "|应交|应缴|常住|商户|房屋"
)
_WHAT = (
    "时间|日期|年月|情况|类别|类型|编号|人数|数量|数|名称|职务|职级|地点|方式|状态|状况|程度|性质|所在地|来源|去向|原因|意见"
    "|说明|标准|金额|等级|级别|身份|内容|奖惩|教育|培训|号|形式|隶属|书记|关系|基数|比例|比率|率|处分|奖励|表彰|荣誉|活动|档案"
    "|转接"
)
_COMPOSED = re.compile(rf"(?:{_OF})+(?:{_WHAT})+|(?:是否|有无).+")
_IN_NAMES = re.compile("[·•・a-z]")


def is_plain_heading(text: str) -> bool:
    """Is a text surely no name of a person: a heading of ours, or one as offices have them.

    >>> [is_plain_heading(t) for t in ("民族", "学历", "年龄", "党内职务", "姓名", "备注")]
    [True, True, True, True, True, True]
    >>> [is_plain_heading(t) for t in ("王小明", "王小明备注", "买买提·艾力", "Maria Li")]
    [False, False, False, False]
    """
    heading = flat(text)
    if is_known_heading(text) or is_running_heading(text) or heading in _WORDS:
        return True
    if _COMPOSED.fullmatch(heading):
        return True
    return bool(heading) and heading[0] not in _SURNAMES and _IN_NAMES.search(heading) is None


def with_notes(header: Header) -> Header:
    """The header with the columns that its form does not have as notes.

    Not those of a list of people that may be somebody's name: headings are shown to everybody. A form without
    things (declared totals) has nothing to keep them with.
    """
    label = header.form.label
    if label is None:
        return header
    of_people = node_type(label).of_people()
    kept = {h: at for h, at in unknown_columns(header).items() if not of_people or is_plain_heading(h)}
    return replace(header, notes=kept)


def within_bounds(sheet: Worksheet, header: Header) -> tuple[Header, tuple[Problem, ...]]:
    """The header with no more notes than are kept, and what was too many."""
    over = list(header.notes)[MOST_NOTES:]
    if not over:
        return header, ()
    kept = {heading: header.notes[heading] for heading in list(header.notes)[:MOST_NOTES]}
    found = problem(
        "too_many_notes",
        sheet.file,
        sheet.name,
        header.address_of(header.notes[over[0]]),
        most=MOST_NOTES,
        count=len(over),
        headings="、".join(over),
        headings_en=", ".join(over),
    )
    return replace(header, notes=kept), (found,)
