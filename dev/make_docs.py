#!/usr/bin/env python3
"""Write what is generated: docs/schema.md, docs/rules.md, docs/clauses.md, docs/rooms.md and data/README.md.

python -m dev.make_docs          write them
python -m dev.make_docs --check  only say which are not up to date (exit code 1)
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from dev.clauses import clause_rows, document_rows
from dev.rooms import rooms_page
from graph_model.coverage.catalogue import NATURE_TEXTS, SEVERITY_TEXTS, Rule, read_catalogue
from graph_model.coverage.totals import rate_texts, totals
from graph_model.profile import Profile, read_profile
from graph_model.schema import EDGE_TYPES, NODE_TYPES
from graph_model.schema.types import Property
from loaders.forms.form import Form, FormColumn, read_forms

ROOT = Path(__file__).resolve().parents[1]
_NOTE = "<!-- 由 dev/make_docs.py 生成，请勿手改 · written by dev/make_docs.py; change the source, not this file -->"
_TYPES = {
    "text": "文本 text",
    "integer": "整数 integer",
    "boolean": "是否 yes/no",
    "date": "日期 date",
    "term": "术语 term",
}


def schema() -> str:
    """docs/schema.md: every node type and edge type of graph_model/schema."""
    return _page(
        "# 图模型 · The graph",
        "来源 source: `graph_model/schema`。日期按调查表的精确程度保存（2001、2001-12、2001-12-05）。"
        "Dates are text, as exact as the survey was.",
        "每个节点和关系都记有批次和来源（文件、工作表、行）。Every node and tie knows its round, file, sheet and row.",
        "## 节点 · Node types",
        *(
            part
            for t in NODE_TYPES.values()
            for part in _thing(f"### {t.text.zh} `{t.label}`", t.text.en, t.properties, t.survey)
        ),
        "## 关系 · Edge types",
        *(
            part
            for t in EDGE_TYPES.values()
            for part in _thing(
                f"### {t.text.zh} `{t.type}`",
                f"`(:{'|'.join(t.sources)})-[:{t.type}]->(:{'|'.join(t.targets)})`，"
                f"{t.text.en}; 反向 reverse: {t.reverse.zh}, {t.reverse.en}"
                + ("。一个起点至多一条 · at most one a source" if t.single else ""),
                t.properties,
                t.survey,
            )
        ),
    )


def _thing(heading: str, said: str, properties: Sequence[Property], survey: bool) -> Iterator[str]:
    yield heading
    yield (
        said
        if survey
        else f"{said}。不是调摸表中的内容，由页面、规则或程序自己记录"
        " · not of the workbooks: kept by pages, rules or the program itself"
    )
    if properties:
        yield _table(
            ("属性 property", "中文", "English", "类型 type", "取值 terms", "默认隐去 masked"),
            (
                (
                    f"`{p.name}`",
                    p.text.zh,
                    p.text.en,
                    _TYPES[p.type],
                    "、".join(f"{t.text.zh} `{t.value}`" for t in p.terms),
                    "是 yes" if p.sensitive else "",
                )
                for p in properties
            ),
        )


def rules() -> str:
    """docs/rules.md: the rules with their texts, thresholds, the rates and the control totals."""
    profile = read_profile()
    return _page(
        "# 覆盖规则 · Coverage rules",
        "来源 source: `graph_model/coverage/rules/*.toml`, `profile.toml`, `rates.toml`, `totals.toml`。"
        "单位自己的规则放在数据文件夹的 `rules/`，自己的参数放在 `profile.toml`。"
        "A site's own rules go into `rules/` of its data folder, its own thresholds into `profile.toml` there.",
        "自己的规则里，没有姓名权限的人只看得到数字、是否、`terms` 中的文字和直接取自 `变量.属性` 的列，"
        "其余文字显示为 `**`（[0019](decisions/0019-what-own-rules-and-queries-may-show.md)）。"
        "Of a site's own rule, who may not see names is shown numbers, yes and no, texts of `terms`, and columns "
        "taken as they are from `variable.property`; any other text is `**`.",
        "不明（调查表未填）不算缺口，另行列出。What the survey left empty is unknown, never a gap, and listed apart.",
        "## 规则 · Rules",
        *(part for rule in read_catalogue().rules for part in _rule(rule, profile)),
        "## 参数 · Thresholds",
        _table(
            ("名称 name", "值 value", "含义 meaning", "来源 source", "生效 since"),
            (
                (f"`{t.name}`", str(t.value), f"{t.text.zh}<br>{t.text.en}", t.source, t.effective)
                for t in profile.thresholds.values()
            ),
        ),
        "## 覆盖率 · The rates",
        _table(
            ("名称 name", "含义 meaning"),
            ((f"{r.text.zh} `{r.id}`", f"{r.meaning.zh}<br>{r.meaning.en}") for r in rate_texts()),
        ),
        "## 控制总数 · Control totals",
        _table(
            ("名称 name", "English", "别名 aliases"),
            ((f"{t.text.zh} `{t.id}`", t.text.en, "、".join(t.aliases)) for t in totals()),
        ),
    )


def _rule(rule: Rule, profile: Profile) -> Iterator[str]:
    yield f"### {rule.title.zh} `{rule.id}`"
    yield rule.title.en
    yield "\n".join(
        (
            f"- 等级 severity: {SEVERITY_TEXTS[rule.severity].zh} `{rule.severity}`",
            f"- 对象 population: {rule.population.zh}（`{rule.about}`） · {rule.population.en}",
            f"- 类别 nature: {NATURE_TEXTS[rule.nature].zh} `{rule.nature}`",
            f"- 要求 clause: {rule.clause.zh} · {rule.clause.en}",
            *([f"- 依据 source: {rule.source.zh} · {rule.source.en}"] if rule.source else []),
            *([f"- 施行 effective: {rule.effective}"] if rule.effective else []),
            *(["- 地方做法，可停用 · local practice, may be switched off"] if rule.local else []),
            *(["- 默认停用 · off unless switched on"] if not rule.on else []),
            f"- 建议 advice: {rule.advice.zh} · {rule.advice.en}",
            *(
                f"- 参数 `${name}`: `{dotted}` = {profile.value(dotted)}"
                for name, dotted in rule.params.items()
            ),
            *(f"- 原因 `{name}`: {text.zh} · {text.en}" for name, text in rule.reasons.items()),
        )
    )


def clauses() -> str:
    """docs/clauses.md: every clause that is cited, and where its text was seen."""
    return _page(
        "# 引用的条款 · The clauses that are cited",
        "来源 source: `graph_model/coverage/rules/*.toml`, `profile.toml`, `rates.toml`, `docs/clauses.toml`。"
        "网上看到的多为转载，上报、签发前请与正式文本核对。"
        "What was seen are mostly reprints: compare with the official text before signing.",
        "## 条款 · Clauses",
        _table(
            ("条款 clause", "引用处 cited by", "施行 effective", "地方 local", "原文见于 text seen at"),
            clause_rows(ROOT),
        ),
        "## 文件 · Documents",
        _table(("文件 document", "施行 effective", "见于 seen at", "说明 note"), document_rows(ROOT)),
    )


def data() -> str:
    """data/README.md: the survey's forms, as the loader reads them."""
    return _page(
        "# 数据 · Data",
        "- `sample/`：示例调摸数据，人物均为虚构 · the sample survey, invented people (see its README)\n"
        "- `private/`：本机的真实数据，不进版本库 · real data of this machine, never committed",
        "一批调摸是一个文件夹（名为年月，如 `2006-10`），内有工作簿（.xlsx、.xls、.csv、.txt）。"
        "空白模板：`branchmap template 模板.xlsx`。工作表按表头识别，列的顺序不限。"
        "A round is a folder named by year and month with workbooks in it; sheets are known by their headings.",
        "不要填写身份证号、电话、住址：这类列和单元格不读取、不保存。"
        "Never fill in identity numbers, phone numbers or home addresses: they are neither read nor kept.",
        *(part for form in read_forms() for part in _form(form)),
    )


def _form(form: Form) -> Iterator[str]:
    yield f"## {form.title.zh} · {form.title.en}"
    yield f"{form.explain.zh} {form.explain.en}"
    yield "工作表名 sheet: " + "、".join(form.sheets)
    yield _table(
        ("列名 heading", "也可写作 aliases", "必填 required", "内容 content"),
        (
            (c.heading, "、".join(c.aliases), "是 yes" if c.required else "", _content(c))
            for c in form.columns
        ),
    )


def _content(column: FormColumn) -> str:
    if column.tie is not None:
        ends = "、".join(NODE_TYPES[label].text.zh for label in column.ends)
        return f"{ends}的名称或编号 `{column.tie}`" + ("，可填多个 · several" if column.many else "")
    if column.flag:
        return "是否 yes/no"
    if column.property is None:
        return "识别用 · part of what identifies the row"
    on = f"，关系 `{column.on}`" if column.on else ""
    terms = "、".join(t.text.zh for t in column.property.terms)
    return f"{_TYPES[column.property.type]} `{column.property.name}`{on}" + (f"：{terms}" if terms else "")


def _table(headings: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _page(*parts: str) -> str:
    title, *rest = parts
    return "\n\n".join((title, _NOTE, *rest)) + "\n"


PAGES = {
    "docs/schema.md": schema,
    "docs/rules.md": rules,
    "docs/clauses.md": clauses,
    "docs/rooms.md": partial(rooms_page, ROOT),
    "data/README.md": data,
}
"""Every generated file, and what it should say."""


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with --check say which are not up to date; returns the exit code."""
    stale = []
    for name, make in PAGES.items():
        file, text = ROOT / name, make()
        if file.exists() and file.read_text("utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            file.write_text(text, "utf-8", newline="\n")
    print("\n".join(stale) if stale else "up to date")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
