"""Five workbooks as offices keep them, all invented; `python -m tests.support.office_workbooks FOLDER` writes them."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

Rows = Sequence[Sequence[str | int | None]]

ROSTER_TITLE = "檀香社区党员花名册（截至2024年6月）"
ROSTER: Rows = [
    [ROSTER_TITLE, *[None] * 14],
    ["填报单位：檀香社区党总支", *[None] * 14],
    [
        *("序号", "基本信息", None, None, None, "出生日期", "人员类别", "入党日期", "转正日期"),
        *("组织关系", None, "党内职务", "身份证号", "联系电话", "备注"),
    ],
    [
        *(None, "姓名", "性别", "民族", "学历", None, None, None, None),
        *("所在党支部", "转入时间", None, None, None, None),
    ],
    ["青松物业党支部", *[None] * 14],
    [
        *(1, "王甲", "男", "汉族", "大专", "1970-01", "正式党员", "1995-06", "1996-06"),
        *("青松物业党支部", "2010-03", "书记", "x", "x", None),
    ],
    [
        *(2, "孙丁", "女", "汉族", "本科", "1980-01", "正式党员", "2005-06", "2006-06"),
        *("青松物业党支部", "2012-03", "组织委员", "x", "x", None),
    ],
    ["翠竹联合党支部", *[None] * 14],
    [
        *(3, "赵丙", "男", "回族", "高中", "1992-05", "预备党员", "2023-07", None),
        *("翠竹联合党支部", "2023-07", None, "x", "x", "驻外"),
    ],
    ["填表人：周己", None, None, None, None, "审核人：吴庚", *[None] * 9],
]
ROSTER_MERGED = [
    *("A1:O1", "A2:O2", "A3:A4", "B3:E3", "F3:F4", "G3:G4", "H3:H4", "I3:I4", "J3:K3", "L3:L4"),
    *("M3:M4", "N3:N4", "O3:O4", "A5:O5", "A8:O8"),
]
BANDED: Rows = [
    ["序号", "党员姓名", "性别", "民族", "学历", "人员类别", "入党日期"],
    ["青松物业党支部", *[None] * 6],
    [1, "钱辛", "男", "汉族", "初中", "正式党员", "1981-07"],
    [2, "郑壬", "女", "汉族", "高中", "正式党员", "1985-07"],
    ["翠竹联合党支部", *[None] * 6],
    [3, "冯癸", "男", "汉族", "初中", "正式党员", "1979-07"],
]
FLOATING: Rows = [
    ["序号", "姓名", "性别", "所在党组织", "入党日期", "是否流动党员", "流向", "流出时间", "手机号码"],
    [1, "陈子", "男", "青松物业党支部", "2001-05", "是", "外省", "2024-01", "x"],
]
ROSTER_EN: Rows = [
    *([["Roster of party members", *[None] * 8]]),
    [
        *("No.", "Name", "Gender", "Ethnicity", "Education", "Date of birth"),
        *("Date of joining", "Party branch", "Phone"),
    ],
    [1, "Wang Jia", "male", "Han", "college", "1970-01", "1995-06", "Pinewood Branch", "x"],
    [2, "Sun Ding", "female", "Han", "university", "1980-01", "2005-06", "Pinewood Branch", "x"],
]

ORGANISATIONS: Rows = [
    ["党组织基本情况登记表", *[None] * 13],
    [
        *("序号", "党组织名称", "组织类别", "书记姓名", "副书记姓名", "换届日期", "应换届日期"),
        *("党员数", "上级党组织", "成立日期", "党小组数", "联系人", "联系电话", "备注"),
    ],
    [
        *(1, "青松物业党支部", "党支部", "王甲", "孙丁", "2022-03", "2025-03"),
        *(2, "檀香社区党总支", "2010-01", 0, "孙丁", "x", None),
    ],
    [
        *(2, "翠竹联合党支部", "党支部", None, None, "2023-07", "2026-07"),
        *(1, "檀香社区党总支", "2023-07", 0, "赵丙", "x", "新建"),
    ],
    [
        *(3, "檀香社区党总支", "党总支", None, None, "2021-05", "2026-05"),
        *(None, "青松街道党工委", "2009-10", 2, "周己", "x", None),
    ],
]
ORGANISATIONS_EN: Rows = [
    [
        *("No.", "Organisation name", "Level", "Secretary", "Election date", "Party members"),
        *("Superior organisation", "Contact person", "Remarks"),
    ],
    [
        1,
        "Pinewood Branch",
        "branch",
        "Wang Jia",
        "2022-03",
        2,
        "Sandalwood General Branch",
        "Sun Ding",
        None,
    ],
]

COMPANIES: Rows = [
    ["2024年青松街道两新组织党建情况摸底表", *[None] * 25],
    [
        *(
            "序号",
            "单位全称",
            "统一信用代码",
            "详细地址",
            "所在村居",
            "法人姓名",
            "法人政治面貌",
            "登记类型",
        ),
        *(
            "行业类别",
            "是否规上企业",
            "职工总数",
            "党员人数",
            "其中正式党员",
            "其中流动党员",
            "积极分子人数",
        ),
        *(
            "是否已建党组织",
            "组建方式",
            "党组织全称",
            "书记姓名",
            "未建党组织原因",
            "选派指导员",
            "选派时间",
        ),
        *("是否建工会", "是否建团组织", "手机", "备注"),
    ],
    [
        *(1, "青松物业有限公司", None, "x", "檀香居民区", "王甲", "中共党员", "私营企业"),
        *("物业管理", "否", 45, 2, 2, 0, 1),
        *("是", "单独组建", "青松物业党支部", "王甲", None, None, None),
        *("是", "否", "x", None),
    ],
    [
        *(2, "翠竹物业有限公司", None, "x", "檀香居民区", "李乙", "群众", "私营企业"),
        *("物业管理", "否", 20, 0, 0, 0, 0),
        *("否", None, None, None, "无党员", "沈寅", "2024-01"),
        *("否", "否", "x", "拟联合组建"),
    ],
]
COMPANIES_EN: Rows = [
    [
        *("No.", "Company name", "Credit code", "Registered address", "Community", "Legal representative"),
        *("Ownership", "Industry", "Employees", "Party members", "Party branch", "Branch secretary"),
        *("Instructor", "Trade union", "Remarks"),
    ],
    [
        *(1, "Pinewood Ltd", None, "x", "Sandalwood", "Wang Jia", "private", "property", 45, 2),
        *("Pinewood Branch", "Wang Jia", None, "yes", None),
    ],
    [
        *(2, "Bamboo Ltd", None, "x", "Sandalwood", "Li Yi", "private", "property", 20, 0),
        *(None, None, "Shen Yin", "no", "joint branch planned"),
    ],
]

INSTRUCTORS: Rows = [
    ["党建指导员一对一联系企业名单", *[None] * 7],
    ["序号", "指导员姓名", "派出单位", "职级", "联系企业", "联系时间", "联系方式", "备注"],
    [1, "沈寅", "街道党建办", "四级主任科员", "翠竹物业有限公司", "2024-01", "x", None],
    [2, "韩卯", "街道总工会", "干事", "青松物业有限公司", "2024-02", "x", "兼职"],
]
INSTRUCTORS_EN: Rows = [
    ["No.", "Instructor name", "Home unit", "Company served", "Contact since", "Phone"],
    [1, "Shen Yin", "Party-building office", "Bamboo Ltd", "2024-01", "x"],
]

MEETINGS: Rows = [
    ["檀香社区“三位一体”联席会议议定事项台账", *[None] * 9],
    [
        *("序号", "会议名称", "所属社区", "召开时间", "参会单位", "议定事项", "责任单位", "完成时限"),
        *("办结情况", "备注"),
    ],
    [
        *(1, "第一季度联席会议", "檀香居民区", "2024-03-12", "青松物业有限公司、檀香社区党总支"),
        *("小区停车难", "青松物业有限公司", "2024-06", "已办结", None),
    ],
    [
        *(2, "第一季度联席会议", "檀香居民区", "2024-03-12", "青松物业有限公司、檀香社区党总支"),
        *("电梯维修", "翠竹物业有限公司", "2024-09", "办理中", "资金已落实"),
    ],
    [
        *(3, "第二季度联席会议", "檀香居民区", "2024-06-11", "青松物业有限公司、翠竹物业有限公司"),
        *("垃圾分类", "翠竹物业有限公司", "2024-12", "未办结", None),
    ],
]
MEETINGS_EN: Rows = [
    [
        "No.",
        "Meeting",
        "Community",
        "Date held",
        "Attended by",
        "Matter",
        "Responsible",
        "Resolved",
        "Remarks",
    ],
    [
        1,
        "First quarter",
        "Sandalwood",
        "2024-03-12",
        "Pinewood Ltd",
        "Parking",
        "Pinewood Ltd",
        "yes",
        None,
    ],
]

BOOKS: Mapping[str, Mapping[str, Rows]] = {
    "member_roster.xlsx": {"党员花名册": ROSTER, "离退休党员": BANDED, "流动党员": FLOATING},
    "member_roster_en.xlsx": {"Roster": ROSTER_EN},
    "organisation_register.xlsx": {"党组织": ORGANISATIONS},
    "organisation_register_en.xlsx": {"Register": ORGANISATIONS_EN},
    "company_survey.xlsx": {"摸底表": COMPANIES},
    "company_survey_en.xlsx": {"Companies": COMPANIES_EN},
    "instructors_one_to_one.xlsx": {"名单": INSTRUCTORS},
    "instructors_one_to_one_en.xlsx": {"List": INSTRUCTORS_EN},
    "meeting_matters.xlsx": {"台账": MEETINGS},
    "meeting_matters_en.xlsx": {"Minutes": MEETINGS_EN},
}
"""File name -> sheets -> rows."""
_DAY = dt.datetime(2024, 6, 30)


def write_books(folder: Path) -> list[Path]:
    """Write all of them into the folder; their paths. The same cells each time."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder / name, sheets) for name, sheets in BOOKS.items()]


def _write(path: Path, sheets: Mapping[str, Rows]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if rows is ROSTER:
            for cells in ROSTER_MERGED:
                sheet.merge_cells(cells)
    book.properties.created = book.properties.modified = _DAY
    book.save(path)
    return path


if __name__ == "__main__":
    for written in write_books(Path(sys.argv[1])):
        print(written)
