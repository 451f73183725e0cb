#!/usr/bin/env python3
"""Run the commands of the READMEs' console blocks, and put what they print under them.

A line that starts with "$ " is a command; what stands below it, up to the next one, is its output.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from graph_model.engine.lifecycle import start_or_attach
from graph_model.text import Language

ROOT = Path(__file__).resolve().parents[1]
READMES: dict[str, Language] = {"README.md": "en", "README.zh-CN.md": "zh"}
_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"\b([a-z]_[0-9a-f]{4})[0-9a-f]{16}\b")
_ANY_KEY = re.compile(r"\b([a-z])_[0-9a-f]{4}…")


def render(text: str, language: Language, folder: Path) -> str:
    """A README with the real output under each command. They run in `folder`, with data of their own there.

    RuntimeError for a command that fails.
    """
    shutil.copytree(ROOT / "data" / "sample", folder / "data" / "sample")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BRANCHMAP_")},
        "BRANCHMAP_HOME": str(folder / "home"),
        "BRANCHMAP_LANG": language,
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
    }
    with start_or_attach(folder / "home"):  # as when the explorer is open beside the terminal
        return _BLOCK.sub(lambda block: _run(block.group(), environment, folder), text)


def same(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but keys, which are other ones on every site."""
    return _ANY_KEY.sub(r"\1_…", one) == _ANY_KEY.sub(r"\1_…", other)


def _run(block: str, environment: dict[str, str], folder: Path) -> str:
    return "".join(
        f"$ {line}\n{_output(line, environment, folder)}"
        for line in (said[2:] for said in block.splitlines() if said.startswith("$ "))
    )


def _output(line: str, environment: dict[str, str], folder: Path) -> str:
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        check=False,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if done.returncode:
        raise RuntimeError(f"{line}: exit code {done.returncode}: {done.stdout}")
    shown = done.stdout.replace(environment["BRANCHMAP_HOME"], "~/branchmap")
    shown = _KEY.sub(lambda key: f"{key[1]}…".ljust(len(key[0])), shown)
    return "".join(f"{said.rstrip()}\n" for said in shown.splitlines())


def main() -> None:
    """Write both READMEs again."""
    for name, language in READMES.items():
        file = ROOT / name
        # the engine of the commands ends a little after them
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            text = render(file.read_text("utf-8"), language, Path(folder))
        if not same(text, file.read_text("utf-8")):
            file.write_text(text, "utf-8", newline="\n")
            print(name)


if __name__ == "__main__":
    main()
