"""A private file: replaced whole, read by its owner only."""

import stat
from pathlib import Path

from graph_model.private_file import write_private


def test_a_private_file_is_replaced_whole_and_read_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "a"
    for content in ("一".encode(), "二".encode()):
        write_private(path, content)
    assert path.read_text("utf-8") == "二"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]
