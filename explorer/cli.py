"""The console command `branchmap`: puts the commands together, and turns every error into one line."""

from __future__ import annotations

import errno
import importlib
import importlib.metadata
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Annotated

import typer
from typer.exceptions import Abort, Exit, TyperException

from explorer import settings
from explorer.commands.context import Context, clean
from explorer.commands.stopping import Stopped, before_writing, interruption, was_interrupted
from graph_model.errors import BranchmapError, file_error
from graph_model.private_file import close_to_others
from graph_model.text import Language, Text

INTERRUPTED = 130
_WITH_VALUE = ("--data", "--store", "--lang", "--as-of")
_FLAGS = ("--names", "--debug")
_EPILOG = (
    "--data --store --lang --as-of --names --debug 写在命令前后都可以 · may stand before or after the command. "
    "数据库密码放在 BRANCHMAP_PASSWORD · the store's password goes into BRANCHMAP_PASSWORD."
)

COMMANDS = {
    "demo": ("explorer.commands.serve", "用示例数据打开浏览页面 · run the explorer on the sample"),
    "serve": ("explorer.commands.serve", "打开浏览页面 · run the explorer"),
    "load": ("explorer.commands.load.load", "导入调摸工作簿；不加 --yes 只查看 · load workbooks, or look"),
    "matches": ("explorer.commands.load.matches", "记住的列对应 · answers about foreign tables"),
    "history": ("explorer.commands.load.history", "导入历史 · the history of loads"),
    "undo": ("explorer.commands.load.history", "撤销最近一次导入 · undo the last load"),
    "compare": ("explorer.commands.load.history", "比较两个批次 · compare two rounds"),
    "status": ("explorer.commands.status", "数据、总数和覆盖率 · what is held, totals, rates"),
    "rules": ("explorer.commands.rules", "判定规则；rules check 检查一个文件 · the coverage rules"),
    "gaps": ("explorer.commands.gaps", "问题清单 · the list of problems"),
    "report": ("explorer.commands.report", "月报（Word、PDF）和整改台账 · the monthly pack, the work list"),
    "export": ("explorer.commands.export", "存成图片、网页或图文件 · save a picture, page or graph"),
    "template": ("explorer.commands.template", "空白调摸表模板 · write the blank survey workbook"),
    "synth": ("explorer.commands.synth", "编造测试用调摸数据，附标准答案 · make an invented survey"),
    "engine": ("explorer.commands.engine", "内置引擎的启动、停止、状态 · the bundled engine"),
}
"""Each command: the module that has it under its name, and what it is for."""


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"branchmap {importlib.metadata.version('branchmap')}\n")
        raise Exit


def common(
    ctx: typer.Context,
    data: Annotated[
        str | None,
        typer.Option("--data", metavar="FOLDER", help="数据文件夹（或 BRANCHMAP_HOME） · the data folder"),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(
            "--store",
            metavar="neo4j://USER@HOST:7687",
            help="Neo4j 服务器；默认用内置引擎 · a Neo4j server",
        ),
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="zh|en", help="语言（或 BRANCHMAP_LANG） · the language")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="YYYY-MM", help="按哪天计算期限，默认今天 · the date that counts"),
    ] = None,
    names: Annotated[
        bool | None, typer.Option("--names", help="显示姓名，默认隐去 · show people's names, else masked")
    ] = None,
    _debug: Annotated[
        bool, typer.Option("--debug", help="出错时显示细节 · show an error's details")
    ] = False,
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="版本 · the version")
    ] = False,
) -> None:
    """党建覆盖图谱：导入调摸工作簿，查看问题清单，导出关系图 · party-building coverage of a sub-district."""
    known = settings.read(os.environ, data=data, store=store, language=lang, names=names, as_of=as_of)
    close_to_others(known.data)
    ctx.obj = Context.of(known)


def build(wanted: str | None) -> typer.Typer:
    """The command line. Only the wanted command is imported: all of them together take seconds."""
    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=_EPILOG,
    )
    app.callback()(common)
    for name, (module, told) in COMMANDS.items():
        part = getattr(importlib.import_module(module), name) if name == wanted else _not_wanted
        if isinstance(part, typer.Typer):
            app.add_typer(part, name=name, help=told)
        else:
            app.command(name, help=told)(part)
    return app


def _not_wanted() -> None:
    """Stands for a command that this run does not call, so that --help can list it."""


def hoist(arguments: Sequence[str]) -> list[str]:
    """The arguments with the common options in front, wherever they stood.

    >>> hoist(["load", "a.xlsx", "--data", "/d", "--yes", "--lang=en"])
    ['--data', '/d', '--lang=en', 'load', 'a.xlsx', '--yes']
    """
    front: list[str] = []
    rest: list[str] = []
    left = iter(arguments)
    for argument in left:
        if argument == "--":
            rest += [argument, *left]
        elif argument in _WITH_VALUE:
            front += [argument, *([value] if (value := next(left, None)) is not None else [])]
        elif argument in _FLAGS or argument.partition("=")[0] in _WITH_VALUE:
            front.append(argument)
        else:
            rest.append(argument)
    return [*front, *rest]


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns its exit code: 0 done, 2 refused because of what was given, 1 our fault."""
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # see explorer.server.serve; read when numpy is imported
    ordered = hoist(arguments)
    language, debug = _language(ordered, os.environ), "--debug" in ordered
    try:
        with before_writing():
            command = typer.main.get_command(build(_command(ordered)))
        # not command.main, which makes an exit code of every Ctrl-C and drops what is to be said of it
        with command.make_context("branchmap", ordered) as ctx:
            code = command.invoke(ctx)
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read our output has seen enough; Python would complain once more at its own end
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, Abort) as stop:
        return _stopped(stop, language)
    except SystemExit:
        return 0  # how the libraries below leave when whoever read our output has gone
    except Exit as left:
        return left.exit_code
    except Exception as error:  # noqa: BLE001 - the last place: every error becomes one line and an exit code
        if was_interrupted(error):
            return _stopped(error, language)
        text, code = explain(error)
        if debug:
            traceback.print_exc()
        _say(text, language)
        return code
    return code if isinstance(code, int) else 0


def _stopped(error: BaseException, language: Language) -> int:
    """Print the message of a Ctrl-C that is still to be printed; its exit code."""
    found = interruption(error)
    text = found.text if isinstance(found, Stopped) else _STOPPED
    if text is not None:
        _say(text, language)
    return INTERRUPTED


def _say(text: Text, language: Language) -> None:
    with suppress(OSError):
        sys.stderr.write(clean(text.in_(language).replace("\n", " ")) + "\n")


def _command(ordered: Sequence[str]) -> str | None:
    """The command among hoisted arguments: the first that is neither a common option nor its value."""
    left = iter(ordered)
    for argument in left:
        if argument in _WITH_VALUE:
            next(left, None)
        elif not argument.startswith("-"):
            return argument
    return None


def explain(error: Exception) -> tuple[Text, int]:
    """What an error tells its reader, and its exit code."""
    if isinstance(error, TyperException):
        return _usage(error), 2
    if (full := _full_disk(error)) is not None:
        error = file_error(full)
    elif isinstance(error, OSError) and error.filename is not None:
        error = file_error(error)
    if isinstance(error, BranchmapError):
        return error.whole, error.exit_code
    what = f"{type(error).__name__}: {error}"
    return (
        Text(
            f"程序出错（{what}）。请加上 --debug 再运行一次，把输出交给维护人员。",
            f"Something went wrong ({what}). Run again with --debug and give the output to your maintainer.",
        ),
        1,
    )


_STOPPED = Text("已停止。", "Stopped.")


def _full_disk(error: BaseException | None) -> OSError | None:
    """The full disk at the bottom of an error, where there is one."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return error
        if str(error) in ("IO_ENOSPC", "IO_EDQUOT", "IO_EFBIG"):  # lxml's words, of a temporary file
            return OSError(errno.ENOSPC, str(error))
        error = error.__cause__
    return None


def _usage(error: TyperException) -> Text:
    """A wrong command line: the parser speaks English only, so the usual faults get messages of our own."""
    english = error.format_message()
    option, parameter = getattr(error, "option_name", None), getattr(error, "param", None)
    hint = str(parameter.get_error_hint()).strip("'") if parameter is not None else ""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        near = "、".join(sorted(getattr(error, "possibilities", None) or ()))
        chinese = f"没有选项 {option}" + (f"；相近的有：{near}" if near else "")
    elif kind == "MissingParameter":
        chinese = f"缺少 {hint}"
    elif kind == "BadParameter":
        chinese = f"{hint} 的值不对：{error.message}"
    elif kind == "BadOptionUsage":
        chinese = f"选项 {option} 用得不对"
    elif english.startswith("No such command"):
        chinese = f"没有这个命令：{english.removeprefix('No such command').strip(' .')}"
    else:
        chinese = english
    return Text(
        f"命令行有误：{chinese.rstrip('。.')}。用 branchmap --help 查看用法。",
        f"Wrong command line: {english.rstrip('.')}. See branchmap --help.",
    )


def _language(arguments: Sequence[str], environ: Mapping[str, str]) -> Language:
    """The language for errors, known before the command line is parsed; Chinese where it is wrong."""
    given: str | None = None
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            given = arguments[index + 1]
        elif argument.startswith("--lang="):
            given = argument.partition("=")[2]
    try:
        return settings.read_language(environ, given)
    except BranchmapError:
        return "zh"


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        # a pipe gets UTF-8 on every system; a terminal that lacks a character shows ? and does not stop us
        with suppress(AttributeError, ValueError):
            if stream.isatty():
                stream.reconfigure(errors="replace")  # type: ignore[union-attr]
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    raise SystemExit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
