"""`branchmap status`: what the store holds, its control totals and the coverage rates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

import typer

from explorer.commands.context import Context, context_of
from graph_model.coverage.areas import (
    Locality,
    LocalityFigures,
    compare_localities,
    find_locality,
    read_localities,
)
from graph_model.coverage.totals import (
    Part,
    Rate,
    main_rates,
    rate_sentences,
    rate_texts,
    totals,
)
from graph_model.engine import lifecycle
from graph_model.findings.counts import count_by_areas
from graph_model.findings.freshness import read_freshness
from graph_model.findings.round_figures import figures_history
from graph_model.findings.snapshot import FiguresSnapshot, read_snapshot, stored_rates_by_part
from graph_model.store.store import Store
from graph_model.text import Text

_MOST_PLACES = 100
"""With more sub-districts and areas than this only the sub-districts are printed; JSON has all of them."""


def status(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
    place: Annotated[
        str | None,
        typer.Option(
            "--place", metavar="NAME", help="只看一个街道、居民区或商业区 · one sub-district or area"
        ),
    ] = None,
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
        apart = stored_rates_by_part(store, catalogue, profile, as_of)
        value = as_value(context, store, now, apart)
        value |= {"reckoning": {"date": reckoning.day, "origin": reckoning.origin}}
        value["rates_told"] = _told(context, value["round"], reckoning.day)
        every = read_localities(store)
        chosen = None if place is None else find_locality(every, place)
        problems = count_by_areas(store, [r.id for r in catalogue.rules if r.nature != "data"])
        shown = [e for e in every if chosen is None or chosen.key in (e.key, e.above)]
        compared = compare_localities(shown, apart, problems)
        value |= places_value(compared, chosen)
        rates = now.rates if chosen is None else compared[0].rates
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


def places_value(compared: Iterable[LocalityFigures], chosen: Locality | None) -> dict[str, Any]:
    """The comparison of the sub-districts with their areas, and the place that was chosen, as JSON says them."""
    lines = [
        {
            "key": of.locality.key,
            "type": of.locality.label,
            "name": of.locality.name,
            "above": of.locality.above or None,
            "coverage": {r.id: _rate(r) for r in of.rates},
            "problems": of.problems,
        }
        for of in compared
    ]
    return {"place": chosen.key if chosen is not None else None, "places": lines}


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


def _share(rate: Mapping[str, Any]) -> str:
    """A rate with its numbers, or a dash where nothing is in its base."""
    if rate["share"] is None:
        return "—"
    return f"{rate['share']:.0%} {rate['numerator']}/{rate['denominator']}"


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
    whole = value["place"] is None
    if whole:
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
        Text("各街道、居民区、商业区", "Sub-districts and areas"),
        (Text("区域", "Place"), *(text.text for text in main_rates()), Text("问题", "Problems")),
        [
            (
                "　" * (whole and line["above"] is not None) + line["name"],
                *(_share(line["coverage"][text.id]) for text in main_rates()),
                line["problems"],
            )
            for line in value["places"]
            if len(value["places"]) <= _MOST_PLACES or line["type"] == "Subdistrict"
        ],
    )
    if not whole:
        return
    context.table(
        Text("图中的内容", "What the graph holds"),
        (Text("类型", "Type"), Text("数", "Number")),
        [(context.named(t), n) for part in value["counts"].values() for t, n in part.items() if n],
    )
