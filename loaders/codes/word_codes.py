"""Words and names read, but not as they stand, and columns kept as notes: their part of the table of problems."""

from __future__ import annotations

WORD_CODES: dict[str, tuple[bool, str, str, str, str]] = {
    "unlisted_person": (
        False,
        "名册中没有这个人，“{heading}”这一项没有关联",
        "nobody of this name is in the rosters; “{heading}” was not tied",
        "导入有此人的名册后，再导入一次这张表",
        "load a roster with this person, then this table again",
    ),
    "kept_notes": (
        False,
        "另有 {count} 列作为备注信息保留：{headings}",
        "columns kept as extra values: {count} ({headings_en})",
        "不需要保留时请从工作簿中删除这些列",
        "delete the columns from the workbook if they should not be kept",
    ),
    "too_many_notes": (
        False,
        "作为备注信息保留的列最多 {most} 个，这 {count} 列未读取：{headings}",
        "at most {most} columns are kept as extra values; {count} were not read: {headings_en}",
        "请将这些列的内容合并到较少的列，或从工作簿中删除",
        "put what they say into fewer columns, or delete them from the workbook",
    ),
    "long_note": (
        False,
        "备注信息“{heading}”最多保留 {most} 个字，后面的没有保留",
        "of the extra value “{heading}” the first {most} characters were kept, not the rest",
        "请缩短内容，全文另行保存",
        "shorten it, and keep the whole text elsewhere",
    ),
    "unknown_word": (
        False,
        "“{heading}”有 {count} 格写的是“无”“—”一类的字（第 {rows} 行），按没有填写读取",
        "“{heading}” holds a word for no value (无, —) in {count} cells (row {rows}); they were read as empty",
        "已掌握的请填写；不清楚或没有的可以留空",
        "fill in what is known; what is not may stay empty",
    ),
    "unknown_term": (
        True,
        "“{heading}”有 {count} 格写的这个词不在列表中（第 {rows} 行），没有读取",
        "“{heading}” holds a word in {count} cells (row {rows}) that is not of its list; they were not read",
        "{right}。同一个词只需选择一次：请在导入页的“列表用词”中选择",
        "{right_en}. One answer does for all of its cells: choose under “Words of lists” on the load page",
    ),
    "near_term": (
        False,
        "“{heading}”有 {count} 格写的这个词不在列表中（第 {rows} 行），按意思最近的{term}读取",
        "“{heading}” holds a word in {count} cells (row {rows}) that is not of its list; they were read as the "
        "nearest, {term_en}",
        "请核对；如不正确，请在导入页的“列表用词”中改选",
        "check it; where that is wrong, choose otherwise under “Words of lists” on the load page",
    ),
    "answered_term": (
        False,
        "“{heading}”有 {count} 格写的这个词不在列表中（第 {rows} 行），按您的选择读作{term}",
        "“{heading}” holds a word in {count} cells (row {rows}) that is not of its list; they were read as you chose: "
        "{term_en}",
        "如不正确，请在导入页的“列表用词”中改选",
        "where that is wrong, choose otherwise under “Words of lists” on the load page",
    ),
    "odd_credit_code": (
        False,
        "“{heading}”有 {count} 格不是正确的统一社会信用代码（第 {rows} 行），按原样保留",
        "“{heading}” holds no valid social credit code in {count} cells (row {rows}); they were kept as written",
        "请对照营业执照核对，应为 18 位",
        "compare it with the business licence: it has 18 characters",
    ),
    "count_differs": (
        False,
        "{label}“{named}”申报党员数与名册不一致，名册中有 {found} 名",
        "the {label_en} “{named}” declares another number of party members than the rows give, which is {found}",
        "核对申报数与党员名册；名册不全的请补齐",
        "compare the declared number with the list of members; complete the list where it is not whole",
    ),
    "introduced": (
        False,
        "“{named}”没有在{label}表中登记，{count} 处提到它，已按新的{label}记入",
        "“{named}” is listed in no form; it is named in {count} places, and was taken as a new {label_en}",
        "名称有误的请改正；无误的请在{label}表中补充登记",
        "correct the name where it is wrong; where it is right, enter it in the form of {label_en}",
    ),
    "value_above": (
        False,
        "“{heading}”有 {count} 格写的是“同上”一类的字（第 {rows} 行），按上一行的值读取",
        "“{heading}” holds a mark for the value above in {count} cells (row {rows}); they were read as the row above",
        "请核对；建议直接填写内容，以免排序后“同上”对应到其他行",
        "check them; better write the value itself, for after sorting another row stands above",
    ),
    "nothing_above": (
        False,
        "“{heading}”有 {count} 格写的是“同上”一类的字（第 {rows} 行），而上一行没有值，按没有填写读取",
        "“{heading}” holds a mark for the value above in {count} cells (row {rows}) with no value above; they were "
        "read as empty",
        "请直接填写内容",
        "write the value itself",
    ),
    "name_remark": (
        False,
        "“{heading}”有 {count} 格在姓名旁写了说明或职务（第 {rows} 行），只读取了姓名",
        "“{heading}” holds a remark or a role beside the name in {count} cells (row {rows}); only names were read",
        "说明请移到备注；两人同名时可写 张三（大）、张三（小）",
        "move remarks to a column of their own; two people of one name may be 张三（大） and 张三（小）",
    ),
    "written_twice": (
        False,
        "与 {others} 各项都相同，只算一个人",
        "says the same as {others} in everything; both rows are one person",
        "删除多余的一行；如果是两个人，请填写编号加以区分",
        "delete one of them; for two people give each a number",
    ),
}
"""Code -> does it block the load, what is wrong and what would be right, each in Chinese and English."""
