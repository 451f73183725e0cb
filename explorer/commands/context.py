"""What every command works with: settings, where to print, and an open store."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn
from rich.table import Table
from rich.text import Text as RichText

from explorer.commands.stopping import before_writing
from explorer.settings import Settings
from explorer.viewer import Viewer
from graph_model.engine.config import EngineFolder
from graph_model.errors import InputError
from graph_model.profile import Reckoning
from graph_model.schema import EDGE_TYPES, NODE_TYPES
from graph_model.text import Text

if TYPE_CHECKING:
    from graph_model.store.store import Store

_PIPE_WIDTH = 160
_HARMLESS = "\n\u3000\xa0"  # the blanks of Chinese text and of web pages count as not printable
_STEPS = {
    "read": Text("读取工作簿", "reading workbooks"),
    "rows": Text("读取行", "reading rows"),
    "assemble": Text("汇总成图", "building the graph"),
    "keep": Text("保存文件", "keeping the files"),
    "write": Text("写入", "writing"),
    "same": Text("核对内容", "comparing the files"),
    "confirm": Text("记入历史", "noting the load"),
    "pack": Text("编制通报", "putting the pack together"),
    "paper": Text("写成文件", "writing the file"),
    "gaps": Text("列出问题", "listing the problems"),
    "rules": Text("计算覆盖规则", "working out the rules"),
}


@dataclass(frozen=True, slots=True)
class Context:
    """One run: its settings, and two places to print: results on `out`, all else on `err`."""

    settings: Settings
    out: Console
    err: Console

    @classmethod
    def of(cls, settings: Settings) -> Context:
        """The context that prints to this process's own output."""
        return cls(settings, _console(stderr=False), _console(stderr=True))

    @property
    def viewer(self) -> Viewer:
        """Who reads the output."""
        return Viewer(self.settings.names, self.settings.language)

    def say(self, text: Text) -> str:
        """A text in the run's language."""
        return text.in_(self.settings.language)

    def tell(self, text: Text | str) -> None:
        """One line for people, beside the result."""
        self.out.file.flush()  # so that both streams stand in the order in which they were said
        self.err.print(clean(text if isinstance(text, str) else self.say(text)), soft_wrap=True)

    def line(self, text: Text) -> None:
        """One line of the result."""
        self.out.print(clean(self.say(text)), soft_wrap=True)

    def json(self, value: Any) -> None:
        """The result as JSON, alone on standard output."""
        self.out.file.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")

    def table(self, title: Text, headings: Sequence[Text], rows: Sequence[Sequence[object]]) -> None:
        """A table of the result; columns whose every value is a number stand to the right."""
        table = Table(title=self.say(title), title_justify="left")
        for index, heading in enumerate(headings):
            numbers = bool(rows) and all(isinstance(row[index], int | float | None) for row in rows)
            table.add_column(self.say(heading), justify="right" if numbers else "left", overflow="fold")
        for row in rows:
            table.add_row(*(RichText(clean("—" if v is None else str(v))) for v in row))
        self.out.print(table)

    def named(self, type_: str) -> str:
        """A node label or an edge type as people call it."""
        known = NODE_TYPES.get(type_) or EDGE_TYPES.get(type_)
        return self.say(known.text) if known else type_

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store, for as long as the block lasts. Raises what `open_store` raises."""
        with ExitStack() as opened:
            with before_writing():
                from graph_model.connect import open_store  # the driver takes a second: not for --help

                store = opened.enter_context(open_store(self.settings.choice(), on_progress=self.tell))
            yield store

    @contextmanager
    def held_store(self) -> Iterator[Store]:
        """The store for reading what was loaded; falls back to the demo's data, and says so.

        Somebody who ran `branchmap demo` and loaded nothing else means that; only reading goes there.
        """
        with self.or_demo().store() as store:
            yield store

    def or_demo(self) -> Context:
        """This context, or the same on the demo's data where the data folder holds none of its own."""
        own, demo = self.settings.data, self.settings.data / DEMO
        if self.settings.store or _has_data(own) or not _has_data(demo):
            return self
        self.tell(
            Text(
                f"{own} 中还没有导入数据，以下是示例数据（{demo}）。",
                f"Nothing was loaded in {own} yet; this is the sample ({demo}).",
            )
        )
        return replace(self, settings=replace(self.settings, data=demo))

    @contextmanager
    def progress(self) -> Iterator[Steps]:
        """A progress bar on the terminal; silent where there is none."""
        bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=self.err,
            transient=True,
            disable=not self.err.is_terminal,
        )
        with bar:
            yield Steps(self, bar, bar.add_task("", total=None))


DEMO = "demo"
"""The subfolder of the data folder in which the demo's data lie, apart from real ones."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What loader and store tell of their progress, on one bar."""

    context: Context
    bar: Progress
    task: TaskID

    def __call__(self, what: str, done: int, of: int) -> None:
        """Show that `done` of `of` is done of `what`."""
        text = _STEPS.get(what)
        shown = self.context.say(text) if text else self.context.named(what)
        self.bar.update(self.task, description=shown, completed=done, total=of)


def context_of(ctx: typer.Context) -> Context:
    """The context of a command."""
    return cast(Context, ctx.obj)


def reckoned(context: Context, store: Store) -> Reckoning:
    """The date that counts, printed where it is not today; InputError where nothing was loaded."""
    from graph_model.findings.freshness import read_freshness  # the store's modules: not for --help

    now = read_freshness(store)
    if now.round is not None:
        found = now.reckoning(context.settings.profile(), date.today())
        if found.notice is not None:
            context.tell(found.notice)
        return found
    raise InputError(
        "还没有导入任何数据：用 branchmap load 文件夹 导入，或用 branchmap demo 看示例。",
        "Nothing has been loaded yet: use branchmap load FOLDER, or branchmap demo for the sample.",
    )


def clean(text: str) -> str:
    """A text without the control characters by which a workbook's cell could steer the terminal.

    >>> clean("a\\x1b[2Jb")
    'a�[2Jb'
    """
    return "".join(c if c.isprintable() or c in _HARMLESS else "�" for c in text)


def _has_data(data: Any) -> bool:
    return EngineFolder.of(data).databases.is_dir()


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    # what a workbook says is text, not markup; a pipe gets whole lines, whatever the terminal's width
    return Console(
        file=stream,
        markup=False,
        highlight=False,
        emoji=False,
        width=None if stream.isatty() else _PIPE_WIDTH,
    )
