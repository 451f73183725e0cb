"""The engine's heap by the machine and by the control groups of both versions."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from graph_model.engine.memory import LEAST_MIB, MOST_MIB, container_limits, heap_for, heap_of_machine

GIB = 2**30
NONE = 2**63


@pytest.mark.parametrize(
    ("groups", "files", "limits"),
    [
        (
            "0::/user.slice/app\n",
            {"user.slice/app/memory.max": "max", "user.slice/memory.max": "4096"},
            [4096],
        ),
        ("0::/\n", {"memory.max": "2147483648\n"}, [2 * GIB]),
        ("0::/outer/name\n", {"memory.max": "77"}, [77]),
        ("4:memory:/docker/ab\n1:cpu:/x\n", {"memory/docker/ab/memory.limit_in_bytes": "99"}, [99]),
        ("4:memory:/docker/ab\n", {"memory/memory.limit_in_bytes": "55"}, [55]),
        ("0::/\n", {}, [NONE]),
        ("", {}, [NONE]),
    ],
)
def test_the_limits_of_a_container(
    tmp_path: Path, groups: str, files: dict[str, str], limits: list[int]
) -> None:
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/self/cgroup").write_text(groups, "utf-8")
    for name, text in files.items():
        file = tmp_path / "sys/fs/cgroup" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    assert container_limits(tmp_path) == limits


def test_without_control_groups_nothing_is_limited(tmp_path: Path) -> None:
    assert container_limits(tmp_path) == [NONE]


def test_a_quarter_of_the_memory_within_bounds() -> None:
    assert [heap_for(n * GIB) for n in (0, 1, 2, 4, 16, 32, 500)] == [512, 512, 512, 1024, 4096, 8192, 8192]
    assert (
        LEAST_MIB
        <= heap_of_machine()
        <= min(MOST_MIB, max(LEAST_MIB, psutil.virtual_memory().total // 2**22))
    )
