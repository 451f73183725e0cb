"""The tables that `branchmap load` prints: problems, questions, plan, totals, rows."""

from __future__ import annotations

from explorer.commands.context import Context
from explorer.commands.load.plan import Listed, show_plan
from explorer.commands.load.problems import show_problems
from explorer.loading.load_facts import (
    area_name,
    not_complete,
    shown_problems,
    shown_proposals,
    why_no_change,
)
from explorer.loading.match_facts import asked, column_rows, title_of
from graph_model.coverage.totals import totals
from graph_model.text import Text, counted
from loaders.match.proposal import SheetProposal
from loaders.prepared_load import PreparedLoad
from loaders.reconcile.balance import RowBalance

_ITEM, _AREA = Text("项目", "Item"), Text("区域", "Area")


def show(context: Context, prepared: PreparedLoad, found: Listed) -> None:
    """Print everything that a load says; `found` are the steps of its plan."""
    show_problems(context, shown_problems(prepared.reading, context.viewer))
    _matches(context, prepared)
    _proposals(context, prepared)
    _plan(context, prepared, found)
    _rows(context, prepared)
    _movements(context, prepared)
    _reconciliation(context, prepared)


def _matches(context: Context, prepared: PreparedLoad) -> None:
    for one in asked(prepared.matches):
        show_match(context, one)


def show_match(context: Context, one: SheetProposal) -> None:
    """Print what a foreign sheet is taken for, and what its columns become."""
    context.table(
        title_of(one, context.viewer),
        (Text("列名", "Heading"), Text("对应", "Becomes"), Text("把握", "How sure"), Text("依据", "Why")),
        [
            (heading, *(context.say(text) for text in texts))
            for heading, *texts in column_rows(one, context.viewer)
        ],
    )


def _proposals(context: Context, prepared: PreparedLoad) -> None:
    if not prepared.proposals:
        return
    context.table(
        Text("可能是同一个（在“数据导入”页上回答）", "Likely the same (answer on the page Load)"),
        (Text("写法", "Written"), Text("类型", "Type"), Text("可能是", "Likely"), Text("相似度", "Score")),
        [
            (p.text, context.named(p.proposal.label), p.candidate, p.proposal.score)
            for p in shown_proposals(prepared, context.viewer)
        ],
    )


def _plan(context: Context, prepared: PreparedLoad, found: Listed) -> None:
    plan = prepared.plan
    context.line(
        Text("完整批次：没有提到的会删除。", "A complete round: what it does not mention is removed.")
        if plan.complete
        else Text(
            "部分导入：只增加和修改，不删除；表中没有的列，原来的内容不变。",
            "A partial load: adds and changes, removes nothing. What the workbook has no column for stays.",
        )
    )
    if prepared.unmentioned:
        context.line(not_complete(prepared.unmentioned))
        context.line(Text("按完整批次导入：加上 --complete。", "As a complete round: add --complete."))
    show_plan(
        context,
        Text(f"{prepared.reading.round} 的变化", f"What {prepared.reading.round} changes"),
        plan,
        found,
        nothing=why_no_change(prepared.reading),
    )


def _reconciliation(context: Context, prepared: PreparedLoad) -> None:
    shown = [d for d in prepared.differences if not d.area or d.declared is not None]
    if all(d.declared is None for d in shown):
        return
    context.table(
        Text("与申报总数核对", "Declared totals"),
        (
            _ITEM,
            _AREA,
            Text("申报", "Declared"),
            Text("实有", "Found"),
            Text("相差", "Difference"),
            Text("未读入", "Rejected"),
            Text("合并", "Merged"),
            Text("未匹配", "Unmatched"),
            Text("说明", "Explanation"),
        ),
        [
            (
                context.say(d.text),
                area_name(prepared, d.area, context.settings.language),
                d.declared,
                d.found,
                None if d.declared is None else d.difference,
                d.rejected,
                d.merged,
                d.unmatched,
                d.explanation,
            )
            for d in shown
        ],
    )


def _movements(context: Context, prepared: PreparedLoad) -> None:
    names = {t.id: t.text for t in totals()}
    shown = [m for m in prepared.movements if not m.area or m.unusual]
    if not shown:
        return
    context.table(
        Text("与现有数据相比", "Against what is held"),
        (
            _ITEM,
            _AREA,
            Text("期初", "Opening"),
            Text("新增", "Came"),
            Text("减少", "Left"),
            Text("期末", "Closing"),
            Text("提示", "Hint"),
        ),
        [
            (
                context.say(names[m.of]),
                area_name(prepared, m.area, context.settings.language),
                m.opening,
                m.came,
                m.left,
                m.closing,
                context.say(Text("变动异常，请核对", "unusual, check it")) if m.unusual else "",
            )
            for m in shown
        ],
    )


def _off(sheet: RowBalance) -> bool:
    """The sheet's own sum says otherwise than its rows."""
    return sheet.declared is not None and sheet.declared != sheet.rows - sheet.sums


def _rows(context: Context, prepared: PreparedLoad) -> None:
    """In one line where every row landed; else the sheets in which some did not."""
    found = prepared.reading.balances
    rows, landed = sum(b.rows for b in found), sum(b.landed for b in found)
    left, sums = sum(b.in_problems for b in found), sum(b.sums for b in found)
    context.line(
        Text(
            f"共读 {rows} 行 = 读入 {landed} 行 + 有误 {left} 行 + 合计 {sums} 行。",
            f"{counted(rows, 'row')} read = {landed} in + {left} in problems + {counted(sums, 'sum')}.",
        )
    )
    odd = [b for b in found if b.in_problems or b.merged or b.unmatched or b.unaccounted or _off(b)]
    if odd:
        context.table(
            Text("逐表核对行数", "Rows, sheet by sheet"),
            (
                Text("文件", "File"),
                Text("工作表", "Sheet"),
                Text("表内合计", "The sheet's own sum"),
                Text("行数", "Rows"),
                Text("读入", "In"),
                Text("其中合并", "of them merged"),
                Text("有误", "In problems"),
                Text("合计", "Sums"),
                Text("有未匹配的", "With unmatched"),
                Text("未归类", "Not sorted"),
            ),
            [
                (
                    context.viewer.place_name(b.file),
                    context.viewer.place_name(b.sheet),
                    b.declared,
                    b.rows,
                    b.landed,
                    b.merged,
                    b.in_problems,
                    b.sums,
                    b.unmatched,
                    b.unaccounted,
                )
                for b in odd
            ],
        )
