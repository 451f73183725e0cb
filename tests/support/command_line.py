"""The command line as a process of its own, on one data folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


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
        return subprocess.run(
            self.command(*arguments),
            env=self.environment(**more),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def json(self, *arguments: str) -> Any:
        done = self(*arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)
