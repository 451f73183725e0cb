"""Where the sample survey lies: in a checkout beside the packages, in a wheel inside of one."""

from __future__ import annotations

from pathlib import Path

from graph_model.errors import SchemaError

ROUNDS = ("2006-04", "2006-10")
_HERE = Path(__file__).parents[1]
_PLACES = (_HERE / "sample", _HERE.parent / "data" / "sample")


def sample_rounds() -> tuple[Path, ...]:
    """The folders of the sample's rounds, oldest first; SchemaError when the installation lacks them."""
    for place in _PLACES:
        folders = tuple(place / name for name in ROUNDS)
        if all(f.is_dir() for f in folders):
            return folders
    raise SchemaError(
        "安装中缺少示例数据，请重新安装 branchmap。",
        "The sample is missing from this installation; install branchmap again.",
    )
