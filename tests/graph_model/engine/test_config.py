"""What the engine is told: passwords that stay, files for their owner only, no password on the command line."""

from pathlib import Path

import pytest

from graph_model.engine.config import EngineFolder, passwords, quoted, write_config


@pytest.fixture
def folder(tmp_path: Path) -> EngineFolder:
    made = EngineFolder.of(tmp_path)
    made.make()
    return made


def test_passwords_are_drawn_once_and_kept(folder: EngineFolder) -> None:
    drawn = passwords(folder)
    assert sorted(drawn) == ["reader", "writer"]
    assert drawn["reader"] != drawn["writer"]
    assert passwords(folder) == drawn


def test_the_command_line_holds_limits_and_no_password(folder: EngineFolder, tmp_path: Path) -> None:
    write_config(folder, tmp_path / "package", 7001, 7002, 256, 9)
    line = (folder.root / "config/java.args").read_text("utf-8").splitlines()
    assert {'"-Xmx256m"', '"-Darcadedb.bolt.port=7001"', '"-Darcadedb.command.timeout=9000"'} <= set(line)
    assert not [p for p in passwords(folder).values() if p in "\n".join(line)]


def test_an_argument_is_quoted() -> None:
    assert quoted('a "b" \\c') == '"a \\"b\\" \\\\c"'
