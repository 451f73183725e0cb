"""`branchmap status`: what the store holds, its control totals and the coverage rates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer

from explorer.commands.context import Context, context_of
from graph_model.coverage.totals import Part, Rate, rate_sentences, rate_texts, totals
from graph_model.engine import lifecycle
from graph_model.findings.freshness import read_freshness
from graph_model.findings.round_figures import figures_history
from graph_model.findings.snapshot import FiguresSnapshot, read_snapshot, stored_rates_by_part
from graph_model.store.store import Store
from graph_model.text import Text


def status(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
) -> None:
    """数据、总数和覆盖率 · what is held, the totals and the rates."""
    context = context_of(ctx).or_demo()
    with context.store() as store:
        known, profile = context.settings.catalogue(), context.settings.profile()
        fresh = read_freshness(store)
        reckoning = fresh.reckoning(profile, date.today())
        as_of = reckoning.day if fresh.round is not None else None
        catalogue = known.in_force(reckoning.day, todays=profile.todays_norms)
        now = read_snapshot(store, catalogue, profile, as_of)
        value = as_value(context, store, now, stored_rates_by_part(store, catalogue, profile, as_of))
        value |= {"reckoning": {"date": reckoning.day, "origin": reckoning.origin}}
        value["rates_told"] = _told(context, value["round"], reckoning.day)
        rates = now.rates
    if reckoning.notice is not None and as_of is not None:
        context.tell(reckoning.notice)
    if as_json:
        context.json(value)
    else:
        _show(context, value, rates)


def as_value(
    context: Context, store: Store, now: FiguresSnapshot, apart: Mapping[str, tuple[Part, ...]]
) -> dict[str, Any]:
    """The status as JSON says it."""
    return {
        "engine": engine_value(context, store),
        "data": str(context.settings.data),
        "round": store.state().round,
        "version": store.state().version,
        "counts": store.counts(),
        "totals": now.totals,
        "coverage": {r.id: _rate(r) for r in now.rates},
        "coverage_by": {
            id_: [
                {"id": p.id, "name": context.say(p.text), **{r.id: _rate(r) for r in p.rates}}
                for p in found
            ]
            for id_, found in apart.items()
        },
        "trend": [
            {
                "round": f.round,
                "coverage": {r.id: _rate(r) for r in f.rates},
                "other_reading": list(f.apart),
                "totals": dict(f.totals),
            }
            for f in figures_history(store)
        ],
        "rounds": [
            {
                "name": r.name,
                "as_of": r.as_of,
                "loaded": r.loaded,
                "declared": dict(r.declared),
                "files": len(r.files),
            }
            for r in store.rounds()
        ],
    }


def _told(context: Context, round_: str | None, day: str) -> list[str]:
    """A line for each rate: what it counts and what not, by which clause, from which round, reckoned to which day."""
    if round_ is None:
        return []
    profile, language = context.settings.profile(), context.settings.language
    return [
        f"{text.text.in_(language)} — " + " ".join(rate_sentences(text, profile, round_, day, language))
        for text in rate_texts()
    ]


def engine_value(context: Context, store: Store) -> dict[str, Any]:
    """Which engine answers; never its password."""
    if context.settings.store is not None:
        return {"kind": "server", "url": store.url}
    now = lifecycle.status(context.settings.data)
    return {
        "kind": "bundled",
        "url": store.url,
        "pid": now.pid,
        "clients": now.clients,
        "memory_mib": now.memory_mib,
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "unknown": rate.unknown,
        "closed": rate.closed,
        "share": rate.share,
    }


def _show(context: Context, value: dict[str, Any], rates: tuple[Rate, ...]) -> None:
    context.line(
        Text(
            f"批次：{value['round'] or '（还没有导入）'}", f"Round: {value['round'] or '(nothing loaded)'}"
        )
    )
    context.line(Text(f"数据：{value['data']}", f"Data: {value['data']}"))
    if value["round"] is None:
        context.line(
            Text(
                "下一步：用 branchmap template 得到调摸表模板，填好后用 branchmap load 文件夹 --round 年-月 导入；"
                "或运行 branchmap demo 看示例数据。",
                "Next: branchmap template writes the workbooks to fill in, branchmap load FOLDER --round YYYY-MM "
                "loads them; branchmap demo shows sample data.",
            )
        )
        return
    context.table(
        Text("总数", "Totals"),
        (Text("项目", "Item"), Text("数", "Number")),
        [(context.say(t.text), value["totals"][t.id]) for t in totals()],
    )
    texts = {t.id: t.text for t in rate_texts()}
    context.table(
        Text("覆盖率", "Coverage"),
        (
            Text("项目", "Rate"),
            Text("已覆盖", "Covered"),
            Text("正常经营", "Operating"),
            Text("比例", "Share"),
            Text("经营状态不明", "Unknown status"),
            Text("停业或空壳", "Closed or shell"),
        ),
        [
            (
                context.say(texts[r.id]),
                r.numerator,
                r.denominator,
                "—" if r.share is None else f"{r.share:.1%}",
                r.unknown,
                r.closed,
            )
            for r in rates
        ],
    )
    for told in value["rates_told"]:
        context.line(Text(told, told))
    context.table(
        Text("图中的内容", "What the graph holds"),
        (Text("类型", "Type"), Text("数", "Number")),
        [(context.named(t), n) for part in value["counts"].values() for t, n in part.items() if n],
    )
