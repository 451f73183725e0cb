"""`branchmap engine start | stop | status`: keep the bundled engine running, stop it, look at it."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated

import typer

from explorer.commands.context import Context, context_of
from graph_model.engine import lifecycle as bundled
from graph_model.engine import messages
from graph_model.engine.config import EngineFolder
from graph_model.engine.keeper import DETACHED
from graph_model.errors import InputError
from graph_model.text import Text, counted

engine = typer.Typer(add_completion=False, no_args_is_help=True)


@engine.command("start")
def start(ctx: typer.Context) -> None:
    """启动并保持运行 · start it, and keep it running until it is stopped."""
    context = _bundled(ctx)
    with bundled.start_or_attach(
        context.settings.data, heap_mib=context.settings.heap_mib, on_progress=context.tell
    ) as running:
        holder = subprocess.Popen(
            [sys.executable, "-P", "-m", "explorer.commands.hold", str(context.settings.data)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=DETACHED,
        )
        # our own lease ends only after the holder has one
        holder_says = holder.stdout.readline() if holder.stdout else b""
        if not holder_says:
            raise messages.did_not_start(EngineFolder.of(context.settings.data))
    context.line(
        Text(
            f"引擎在运行：{running.bolt_url}。用 branchmap engine stop 停止。",
            f"The engine runs: {running.bolt_url}. Stop it by branchmap engine stop.",
        )
    )


@engine.command("stop")
def stop(ctx: typer.Context) -> None:
    """停止 · stop it."""
    context = _bundled(ctx)
    ran = bundled.stop(context.settings.data)
    context.line(
        Text("引擎已停止。", "The engine was stopped.")
        if ran
        else Text("引擎没有在运行。", "The engine was not running.")
    )


@engine.command("status")
def status(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
) -> None:
    """状态 · how it is."""
    context = _bundled(ctx)
    now = bundled.status(context.settings.data)
    if as_json:
        context.json(
            {
                "running": now.running,
                "port": now.bolt_port,
                "pid": now.pid,
                "clients": now.clients,
                "memory_mib": now.memory_mib,
            }
        )
    elif now.running:
        context.line(
            Text(
                f"在运行：端口 {now.bolt_port}，进程 {now.pid}，{now.clients} 个使用者，内存 {now.memory_mib} MiB。",
                f"Running: port {now.bolt_port}, process {now.pid}, {counted(now.clients, 'client')}, "
                f"{now.memory_mib} MiB.",
            )
        )
    else:
        context.line(Text("没有在运行。", "Not running."))


def _bundled(ctx: typer.Context) -> Context:
    context = context_of(ctx)
    if context.settings.store is not None:
        raise InputError(
            "engine 命令只管内置引擎；--store 指定的数据库服务器由它自己的程序管理。",
            "The engine commands are about the bundled engine; a server given by --store is run by its own programs.",
        )
    return context
