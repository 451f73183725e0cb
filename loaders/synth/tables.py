"""An invented survey as tables: one per form, with the headings of the forms and values in plain form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from loaders.synth.branches import Branches
from loaders.synth.dates import EMPTY, Ints, date_words
from loaders.synth.field import Units
from loaders.synth.members import Members
from loaders.synth.spelling import Spelling
from loaders.synth.words import (
    ACTIVITIES,
    AWARDS,
    HOW,
    POSITIONS,
    PROJECTS,
    SOLUTIONS,
    TOPICS,
    TRADES,
    people,
)
from loaders.synth.world import World

SEVERAL = "、"
_YES_NO = ("否", "是")
_UNIT_KINDS = ("物业公司", "社区服务中心", "经济公司", "其他单位")
_OWNERSHIP = ("集体", "民营", "国有", "外资", "混合")
_STATUS = ("正常经营", "空壳", "已停业")
_BRANCH_KINDS = ("独立", "联合", "居民区", "商业广场", "临时")
_GENDERS = ("男", "女")
_STANDING = ("正式党员", "预备党员")
_ROLES = ("党建联络员", "党建指导员")


@dataclass(frozen=True, slots=True)
class SampleColumn:
    """A column: the word of each code; EMPTY is an empty cell. Two million cells take 8 MB so."""

    codes: Ints
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class SampleTable:
    """One form's rows. `book`: the position of the area whose workbook has the row; EMPTY for the summary's."""

    sheet: str
    columns: Mapping[str, SampleColumn]
    book: Ints


def make_tables(world: World, declared: Mapping[str, int]) -> tuple[SampleTable, ...]:
    """Every table of the survey; `declared`: what the summary sheet declares, by the item's name."""
    spell = Spelling(world)
    return (
        _subdistricts(world),
        *_areas(world),
        _units(world),
        _branches(world, spell),
        _members(world, spell),
        _liaisons(world, spell),
        *_meetings(world, spell),
        _pairs(world, spell),
        *_extras(world, spell),
        _totals(declared),
    )


def _every(words: Sequence[str]) -> SampleColumn:
    return SampleColumn(np.arange(len(words), dtype=np.int32), words)


def _numbers(values: Ints) -> SampleColumn:
    return SampleColumn(values, [str(n) for n in range(int(values.max(initial=0)) + 1)])


def _dates(codes: Ints) -> SampleColumn:
    return SampleColumn(codes, date_words())


def _lists(count: int, source: Ints, texts: Sequence[str]) -> SampleColumn:
    """For each of `count` rows the texts of its source, put together."""
    found: dict[int, list[str]] = {}
    for at, text in zip(source.tolist(), texts, strict=True):
        found.setdefault(at, []).append(text)
    codes = np.full(count, EMPTY, np.int32)
    codes[list(found)] = np.arange(len(found))
    return SampleColumn(codes, [SEVERAL.join(texts) for texts in found.values()])


def _named(words: Sequence[str], at: Ints) -> list[str]:
    return [words[i] for i in at.tolist()]


def _subdistricts(world: World) -> SampleTable:
    names = world.areas.subdistricts
    return SampleTable("街道", {"街道名称": _every(names)}, np.full(len(names), EMPTY))


def _areas(world: World) -> tuple[SampleTable, SampleTable]:
    areas, count = world.areas, world.areas.residential
    beside = _lists(len(areas.names), areas.adjacent.source, _named(areas.names, areas.adjacent.target))
    street = SampleColumn(areas.part_of, areas.subdistricts)
    columns = {
        "居民区名称": _every(areas.names[:count]),
        "所属街道": SampleColumn(street.codes[:count], street.words),
        "居民委员会": SampleColumn(areas.residents_committee, _YES_NO),
        "业主委员会": SampleColumn(areas.owners_committee, _YES_NO),
        "户数": _numbers(areas.size[:count]),
        "相邻区域": SampleColumn(beside.codes[:count], beside.words),
    }
    commercial = {
        "商业区名称": _every(areas.names[count:]),
        "所属街道": SampleColumn(street.codes[count:], street.words),
        "商户数": _numbers(areas.size[count:]),
        "相邻区域": SampleColumn(beside.codes[count:], beside.words),
    }
    at = np.arange(len(areas.names))
    return SampleTable("居民区", columns, at[:count]), SampleTable("商业区", commercial, at[count:])


def _units(world: World) -> SampleTable:
    units: Units = world.units
    columns = {
        "单位名称": _every(units.names),
        "单位类别": SampleColumn(units.kind, _UNIT_KINDS),
        "性质": SampleColumn(units.ownership, _OWNERSHIP),
        "经营状态": SampleColumn(units.status, _STATUS),
        "行业": SampleColumn(units.trade, TRADES),
        "从业人数": _numbers(units.employees),
        "管理区域": _lists(
            len(units.names), units.manages.source, _named(world.areas.names, units.manages.target)
        ),
    }
    return SampleTable("单位", columns, units.home)


def _branches(world: World, spell: Spelling) -> SampleTable:
    branches, posts = world.branches, world.posts
    count = len(branches.names)
    columns = {
        "党支部名称": _every(branches.names),
        "支部类型": SampleColumn(branches.kind, _BRANCH_KINDS),
        "成立时间": _dates(branches.founded),
        "本届产生时间": _dates(branches.elected),
        "任期届满时间": _dates(branches.term_ends),
        "撤销时间": _dates(branches.dissolved),
        "组建单位": _lists(
            count, branches.units.source, _named(spell.units, spell.unit(branches.units.target))
        ),
        "领导区域": _lists(count, branches.leads.source, _named(world.areas.names, branches.leads.target)),
        "双重管理党支部": SampleColumn(spell.branch(branches.dual), spell.branches),
        "书记": SampleColumn(spell.person(posts.secretary), spell.people),
        "委员": _lists(
            count,
            posts.committee.source,
            _named(spell.people, spell.person(posts.committee.target)),
        ),
    }
    return SampleTable("党支部", columns, branches.area)


def _members(world: World, spell: Spelling) -> SampleTable:
    members: Members = world.members
    branches: Branches = world.branches
    local = len(branches.names) * 2
    branch_words = [*spell.branches, *spell.outside]

    def either(inside: Ints, outside: Ints) -> SampleColumn:
        code = np.where(outside != EMPTY, local + outside, spell.branch(inside))
        return SampleColumn(code.astype(np.int32), branch_words)

    columns = {
        "党员编号": SampleColumn(spell.numbers(), spell.people),
        "姓名": SampleColumn(members.name, people()),
        "性别": SampleColumn(members.gender, _GENDERS),
        "出生年月": _dates(members.born),
        "入党时间": _dates(members.joined),
        "党员类别": SampleColumn(members.standing, _STANDING),
        "所在单位": SampleColumn(spell.unit(members.unit), spell.units),
        "职务": SampleColumn(members.position, POSITIONS),
        "组织关系所在党支部": either(members.branch, members.outside),
        "组织关系是否在外": _flag(members.outside),
        "转入时间": _dates(members.since),
        "原党支部": either(members.was, members.was_outside),
        "原党支部是否在外": _flag(members.was_outside),
        "转出时间": _dates(members.until),
        "转接方式": SampleColumn(members.how, HOW),
        "参加组织生活党支部": SampleColumn(spell.branch(members.takes_part), spell.branches),
        "任社区党员代表的居民区": SampleColumn(members.represents, world.areas.names),
        "未参加原组织生活起始时间": _dates(members.absent),
    }
    return SampleTable("党员", columns, members.area)


def _flag(outside: Ints) -> SampleColumn:
    """是 where it is outside, empty elsewhere."""
    return SampleColumn(np.where(outside == EMPTY, EMPTY, 1).astype(np.int32), _YES_NO)


def _liaisons(world: World, spell: Spelling) -> SampleTable:
    held = world.liaisons
    where = np.where(held.unit == EMPTY, len(spell.units) + held.area, spell.unit(held.unit))
    columns = {
        "联络员姓名": SampleColumn(held.name, people()),
        "身份": SampleColumn(held.role, _ROLES),
        "派驻单位或区域": SampleColumn(where, [*spell.units, *world.areas.names]),
        "派驻时间": _dates(held.since),
    }
    home = np.where(held.unit == EMPTY, held.area, world.units.home[held.unit])
    return SampleTable("党建联络员指导员", columns, home)


def _meetings(world: World, spell: Spelling) -> tuple[SampleTable, SampleTable]:
    met, names = world.meetings, world.areas.names
    there = np.flatnonzero(met.branch != EMPTY)
    source = np.concatenate([there, met.units.source])
    texts = _named(spell.branches, spell.branch(met.branch[there]))
    texts += _named(spell.units, spell.unit(met.units.target))
    meetings = {
        "居民区": SampleColumn(met.area, names),
        "召开时间": _dates(met.held),
        "参加方": _lists(len(met.area), source, texts),
        "居委会参加": SampleColumn(met.committee, _YES_NO),
        "业委会参加": SampleColumn(met.owners, _YES_NO),
    }
    area = met.area[met.matter_of]
    matters = {
        "居民区": SampleColumn(area, names),
        "召开时间": _dates(met.held[met.matter_of]),
        "议题": SampleColumn(met.topic, TOPICS),
        "是否解决": SampleColumn(met.resolved, _YES_NO),
        "解决时间": _dates(met.resolved_on),
        "解决办法": SampleColumn(met.solution, SOLUTIONS),
    }
    return SampleTable("联席会议", meetings, met.area), SampleTable("议题", matters, area)


def _pairs(world: World, spell: Spelling) -> SampleTable:
    pairs, branches = world.pairs, world.branches
    first = np.where(
        pairs.unit == EMPTY, len(spell.units) + spell.branch(pairs.unit_branch), spell.unit(pairs.unit)
    )
    columns = {
        "甲方": SampleColumn(first, [*spell.units, *spell.branches]),
        "乙方": SampleColumn(spell.branch(pairs.branch), spell.branches),
        "签约时间": _dates(pairs.signed),
        "最近活动时间": _dates(pairs.contact),
        "认领项目": SampleColumn(pairs.project, PROJECTS),
    }
    return SampleTable("结对共建", columns, branches.area[pairs.branch])


def _extras(world: World, spell: Spelling) -> tuple[SampleTable, SampleTable]:
    extras, units = world.extras, world.units
    awards = {
        "表彰名称": SampleColumn(extras.award, AWARDS),
        "获奖方": SampleColumn(spell.unit(extras.award_unit), spell.units),
        "授予时间": _dates(extras.awarded),
        "授予单位": SampleColumn(np.zeros(len(extras.award), np.int32), ("街道党工委",)),
    }
    activities = {
        "活动名称": SampleColumn(extras.activity, ACTIVITIES),
        "举办时间": _dates(extras.activity_held),
        "举办区域": SampleColumn(extras.activity_area, world.areas.names),
        "支持单位": SampleColumn(spell.unit(extras.activity_unit), spell.units),
        "提供内容": SampleColumn(extras.activity % 2, ("场地", "场地和人员")),
    }
    return (
        SampleTable("表彰", awards, units.home[extras.award_unit]),
        SampleTable("活动", activities, extras.activity_area),
    )


def _totals(declared: Mapping[str, int]) -> SampleTable:
    columns = {
        "统计项目": _every(list(declared)),
        "申报数": _every([str(n) for n in declared.values()]),
    }
    return SampleTable("汇总", columns, np.full(len(declared), EMPTY))
