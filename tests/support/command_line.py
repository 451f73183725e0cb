"""The command line on a data folder: in this process where its words count, as a program of its own where that does."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from explorer.cli import run
from explorer.commands.context import Context
from explorer.settings import Settings
from graph_model.text import Language


@dataclass(frozen=True)
class Line:
    """The command line on one data folder."""

    data: Path

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "explorer.cli", *arguments]

    def environment(self, **more: str) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("BRANCHMAP_")}
        return {**own, "BRANCHMAP_HOME": str(self.data), **more}

    def __call__(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """What it says and its exit code, run in this process: a start of its own takes a second or two."""
        out, err = io.StringIO(), io.StringIO()
        with _environment(self.environment(**more)), redirect_stdout(out), redirect_stderr(err):
            code = run(arguments)
        return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())

    def process(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """The same from a process of its own."""
        return subprocess.run(
            self.command(*arguments),
            env=self.environment(),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def json(self, *arguments: str) -> Any:
        done = self(*arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@dataclass(frozen=True)
class Printed:
    """A context of the command line, and what was printed on it."""

    context: Context
    out: io.StringIO
    err: io.StringIO

    @classmethod
    def on(cls, data: Path, *, names: bool = False, language: Language = "zh") -> Printed:
        out, err = io.StringIO(), io.StringIO()
        plain = {"markup": False, "highlight": False, "emoji": False, "width": 160}
        settings = Settings(data, names=names, language=language)
        return cls(Context(settings, Console(file=out, **plain), Console(file=err, **plain)), out, err)

    def rows(self) -> list[list[str]]:
        """The cells of each row of the tables that were printed, without headings."""
        lines = (line for line in self.out.getvalue().splitlines() if line.startswith("│"))
        return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


@contextmanager
def _environment(wanted: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(wanted)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
