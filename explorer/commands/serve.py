"""`branchmap serve` and `branchmap demo`: the explorer in the browser, on one's own data or on the sample."""

from __future__ import annotations

import os
import time
import webbrowser
from dataclasses import replace
from typing import Annotated

import typer

from explorer.commands.context import DEMO, Context, context_of
from explorer.commands.stopping import heard_between, told_when_stopped
from explorer.loading.load_facts import late_figures
from explorer.server.samples import ROUNDS, sample_rounds
from explorer.server.serve import PORT, free_port, has_desktop, pages, stopping_on_signals
from graph_model.engine import lifecycle
from graph_model.errors import InputError
from graph_model.keys import site_keys
from graph_model.store.store import State, Store
from graph_model.text import Text
from loaders.pipeline import prepare, run
from loaders.prepared_load import LoadRequest

_ENGINE_STOP_SECONDS = 15.0

Port = Annotated[
    int,
    typer.Option(
        "--port", min=1, max=65535, help="端口；被占用时用下一个 · the next free one when it is taken"
    ),
]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="打开浏览器 · open the browser")]


def serve(ctx: typer.Context, port: Port = PORT, browser: Browser = True) -> None:
    """打开浏览页面 · run the explorer."""
    _run(context_of(ctx).or_demo(), port, browser, demo=False)


def demo(ctx: typer.Context, port: Port = PORT, browser: Browser = True) -> None:
    """用示例数据打开浏览页面 · run the explorer on the sample."""
    context = context_of(ctx)
    apart = replace(context.settings, data=context.settings.data / DEMO)
    _run(replace(context, settings=apart), port, browser, demo=True)


def _run(context: Context, wanted: int, browser: bool, *, demo: bool) -> None:
    settings = context.settings
    with stopping_on_signals():
        try:
            port = free_port(wanted)
            if port != wanted:
                context.tell(
                    Text(f"端口 {wanted} 已被占用，改用 {port}。", f"Port {wanted} is taken; using {port}.")
                )
            if settings.store is not None and settings.password is None:
                # asked here once: the pages have no terminal to ask on
                password = settings.choice().password
                settings = replace(settings, password=password() if password else "")
                context = replace(context, settings=settings)
            # the pages' process first: it loads its libraries while the engine starts
            with pages(settings.data, settings.environment(), port) as running, context.store() as store:
                if demo:
                    load_sample(context, store)
                running.wait_ready()
                context.line(
                    Text(
                        f"浏览页面：{running.url}（Ctrl-C 停止）",
                        f"The explorer: {running.url} (Ctrl-C stops it)",
                    )
                )
                context.out.file.flush()
                if browser and has_desktop(os.environ):
                    webbrowser.open(running.url)
                running.wait()
        except KeyboardInterrupt:
            context.tell(Text("正在停止……", "Stopping ..."))
        finally:
            if settings.store is None:
                _engine_gone(context)


def load_sample(context: Context, store: Store) -> None:
    """Load the rounds of the sample that the store lacks; InputError where it holds something else."""
    loaded = {r.name for r in store.rounds()}
    if foreign := sorted(loaded - set(ROUNDS)):
        raise InputError(
            f"这个数据库里已有其他数据（批次 {'、'.join(foreign)}），示例不会写进去。"
            "请用 branchmap serve 查看它，或换一个 --data。",
            f"This store holds other data (rounds {', '.join(foreign)}); the sample is not put into it. "
            "Use branchmap serve to see it, or another --data.",
        )
    if ROUNDS[-1] in loaded:
        return
    data = context.settings.data
    keys = site_keys(data, store.state().site)
    catalogue, profile = context.settings.catalogue(), context.settings.profile()
    for folder in sample_rounds():
        if folder.name in loaded:
            continue
        with told_when_stopped(context, store, _sample_is_in), context.progress() as steps:
            request = LoadRequest([folder], keys, complete=True, data=data)
            prepared = prepare(store, request, on_progress=steps)
            with heard_between(steps) as on_progress:
                landed = run(store, prepared, catalogue, profile, on_progress=on_progress)
        agree = (
            Text("，与申报总数一致", ", every declared total found")
            if prepared.reconciled
            else Text("，与申报总数不一致", ", totals differ")
        )
        context.tell(
            Text(
                f"已导入示例批次 {folder.name}{agree.zh}。", f"Sample round {folder.name} loaded{agree.en}."
            )
        )
        if landed.figures_late is not None:
            context.tell(late_figures(landed.figures_late))


def _sample_is_in(now: State) -> Text:
    return Text(f"示例批次 {now.round} 已完整导入。", f"Sample round {now.round} is loaded whole.")


def _engine_gone(context: Context) -> None:
    """Wait a little for the engine to stop when we were its last user, so that nothing of ours is left."""
    until = time.monotonic() + _ENGINE_STOP_SECONDS
    while time.monotonic() < until:
        now = lifecycle.status(context.settings.data)
        if not now.running or now.clients:
            return
        time.sleep(0.2)
