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
class Column:
    """A column: the word of each code; EMPTY is an empty cell. Two million cells take 8 MB so."""

    codes: Ints
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """One form's rows. `book`: the position of the area whose workbook has the row; EMPTY for the summary's."""

    sheet: str
    columns: Mapping[str, Column]
    book: Ints


def make_tables(world: World, declared: Mapping[str, int]) -> tuple[Table, ...]:
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


def _every(words: Sequence[str]) -> Column:
    return Column(np.arange(len(words), dtype=np.int32), words)


def _numbers(values: Ints) -> Column:
    return Column(values, [str(n) for n in range(int(values.max(initial=0)) + 1)])


def _dates(codes: Ints) -> Column:
    return Column(codes, date_words())


def _lists(count: int, source: Ints, texts: Sequence[str]) -> Column:
    """For each of `count` rows the texts of its source, put together."""
    found: dict[int, list[str]] = {}
    for at, text in zip(source.tolist(), texts, strict=True):
        found.setdefault(at, []).append(text)
    codes = np.full(count, EMPTY, np.int32)
    codes[list(found)] = np.arange(len(found))
    return Column(codes, [SEVERAL.join(texts) for texts in found.values()])


def _named(words: Sequence[str], at: Ints) -> list[str]:
    return [words[i] for i in at.tolist()]


def _subdistricts(world: World) -> Table:
    names = world.areas.subdistricts
    return Table("街道", {"街道名称": _every(names)}, np.full(len(names), EMPTY))


def _areas(world: World) -> tuple[Table, Table]:
    areas, count = world.areas, world.areas.residential
    beside = _lists(len(areas.names), areas.adjacent.source, _named(areas.names, areas.adjacent.target))
    street = Column(areas.part_of, areas.subdistricts)
    columns = {
        "居民区名称": _every(areas.names[:count]),
        "所属街道": Column(street.codes[:count], street.words),
        "居民委员会": Column(areas.residents_committee, _YES_NO),
        "业主委员会": Column(areas.owners_committee, _YES_NO),
        "户数": _numbers(areas.size[:count]),
        "相邻区域": Column(beside.codes[:count], beside.words),
    }
    commercial = {
        "商业区名称": _every(areas.names[count:]),
        "所属街道": Column(street.codes[count:], street.words),
        "商户数": _numbers(areas.size[count:]),
        "相邻区域": Column(beside.codes[count:], beside.words),
    }
    at = np.arange(len(areas.names))
    return Table("居民区", columns, at[:count]), Table("商业区", commercial, at[count:])


def _units(world: World) -> Table:
    units: Units = world.units
    columns = {
        "单位名称": _every(units.names),
        "单位类别": Column(units.kind, _UNIT_KINDS),
        "性质": Column(units.ownership, _OWNERSHIP),
        "经营状态": Column(units.status, _STATUS),
        "行业": Column(units.trade, TRADES),
        "从业人数": _numbers(units.employees),
        "管理区域": _lists(
            len(units.names), units.manages.source, _named(world.areas.names, units.manages.target)
        ),
    }
    return Table("单位", columns, units.home)


def _branches(world: World, spell: Spelling) -> Table:
    branches, posts = world.branches, world.posts
    count = len(branches.names)
    columns = {
        "党支部名称": _every(branches.names),
        "支部类型": Column(branches.kind, _BRANCH_KINDS),
        "成立时间": _dates(branches.founded),
        "本届产生时间": _dates(branches.elected),
        "任期届满时间": _dates(branches.term_ends),
        "撤销时间": _dates(branches.dissolved),
        "组建单位": _lists(
            count, branches.units.source, _named(spell.units, spell.unit(branches.units.target))
        ),
        "领导区域": _lists(count, branches.leads.source, _named(world.areas.names, branches.leads.target)),
        "双重管理党支部": Column(spell.branch(branches.dual), spell.branches),
        "书记": Column(spell.person(posts.secretary), spell.people),
        "委员": _lists(
            count,
            posts.committee.source,
            _named(spell.people, spell.person(posts.committee.target)),
        ),
    }
    return Table("党支部", columns, branches.area)


def _members(world: World, spell: Spelling) -> Table:
    members: Members = world.members
    branches: Branches = world.branches
    local = len(branches.names) * 2
    branch_words = [*spell.branches, *spell.outside]

    def either(inside: Ints, outside: Ints) -> Column:
        code = np.where(outside != EMPTY, local + outside, spell.branch(inside))
        return Column(code.astype(np.int32), branch_words)

    columns = {
        "党员编号": Column(spell.numbers(), spell.people),
        "姓名": Column(members.name, people()),
        "性别": Column(members.gender, _GENDERS),
        "出生年月": _dates(members.born),
        "入党时间": _dates(members.joined),
        "党员类别": Column(members.standing, _STANDING),
        "所在单位": Column(spell.unit(members.unit), spell.units),
        "职务": Column(members.position, POSITIONS),
        "组织关系所在党支部": either(members.branch, members.outside),
        "组织关系是否在外": _flag(members.outside),
        "转入时间": _dates(members.since),
        "原党支部": either(members.was, members.was_outside),
        "原党支部是否在外": _flag(members.was_outside),
        "转出时间": _dates(members.until),
        "转接方式": Column(members.how, HOW),
        "参加组织生活党支部": Column(spell.branch(members.takes_part), spell.branches),
        "任社区党员代表的居民区": Column(members.represents, world.areas.names),
        "未参加原组织生活起始时间": _dates(members.absent),
    }
    return Table("党员", columns, members.area)


def _flag(outside: Ints) -> Column:
    """是 where it is outside, empty elsewhere."""
    return Column(np.where(outside == EMPTY, EMPTY, 1).astype(np.int32), _YES_NO)


def _liaisons(world: World, spell: Spelling) -> Table:
    held = world.liaisons
    where = np.where(held.unit == EMPTY, len(spell.units) + held.area, spell.unit(held.unit))
    columns = {
        "联络员姓名": Column(held.name, people()),
        "身份": Column(held.role, _ROLES),
        "派驻单位或区域": Column(where, [*spell.units, *world.areas.names]),
        "派驻时间": _dates(held.since),
    }
    home = np.where(held.unit == EMPTY, held.area, world.units.home[held.unit])
    return Table("党建联络员指导员", columns, home)


def _meetings(world: World, spell: Spelling) -> tuple[Table, Table]:
    met, names = world.meetings, world.areas.names
    there = np.flatnonzero(met.branch != EMPTY)
    source = np.concatenate([there, met.units.source])
    texts = _named(spell.branches, spell.branch(met.branch[there]))
    texts += _named(spell.units, spell.unit(met.units.target))
    meetings = {
        "居民区": Column(met.area, names),
        "召开时间": _dates(met.held),
        "参加方": _lists(len(met.area), source, texts),
        "居委会参加": Column(met.committee, _YES_NO),
        "业委会参加": Column(met.owners, _YES_NO),
    }
    area = met.area[met.matter_of]
    matters = {
        "居民区": Column(area, names),
        "召开时间": _dates(met.held[met.matter_of]),
        "议题": Column(met.topic, TOPICS),
        "是否解决": Column(met.resolved, _YES_NO),
        "解决时间": _dates(met.resolved_on),
        "解决办法": Column(met.solution, SOLUTIONS),
    }
    return Table("联席会议", meetings, met.area), Table("议题", matters, area)


def _pairs(world: World, spell: Spelling) -> Table:
    pairs, branches = world.pairs, world.branches
    first = np.where(
        pairs.unit == EMPTY, len(spell.units) + spell.branch(pairs.unit_branch), spell.unit(pairs.unit)
    )
    columns = {
        "甲方": Column(first, [*spell.units, *spell.branches]),
        "乙方": Column(spell.branch(pairs.branch), spell.branches),
        "签约时间": _dates(pairs.signed),
        "最近活动时间": _dates(pairs.contact),
        "认领项目": Column(pairs.project, PROJECTS),
    }
    return Table("结对共建", columns, branches.area[pairs.branch])


def _extras(world: World, spell: Spelling) -> tuple[Table, Table]:
    extras, units = world.extras, world.units
    awards = {
        "表彰名称": Column(extras.award, AWARDS),
        "获奖方": Column(spell.unit(extras.award_unit), spell.units),
        "授予时间": _dates(extras.awarded),
        "授予单位": Column(np.zeros(len(extras.award), np.int32), ("街道党工委",)),
    }
    activities = {
        "活动名称": Column(extras.activity, ACTIVITIES),
        "举办时间": _dates(extras.activity_held),
        "举办区域": Column(extras.activity_area, world.areas.names),
        "支持单位": Column(spell.unit(extras.activity_unit), spell.units),
        "提供内容": Column(extras.activity % 2, ("场地", "场地和人员")),
    }
    return (
        Table("表彰", awards, units.home[extras.award_unit]),
        Table("活动", activities, extras.activity_area),
    )


def _totals(declared: Mapping[str, int]) -> Table:
    columns = {
        "统计项目": _every(list(declared)),
        "申报数": _every([str(n) for n in declared.values()]),
    }
    return Table("汇总", columns, np.full(len(declared), EMPTY))
