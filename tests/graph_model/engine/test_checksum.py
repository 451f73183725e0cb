"""The seal: names each data file that is missing or changed, and nothing where there is no seal."""

from pathlib import Path

import pytest

from graph_model.engine.checksum import broken, seal, unseal
from graph_model.engine.config import DATABASE, EngineFolder


@pytest.fixture
def folder(tmp_path: Path) -> EngineFolder:
    made = EngineFolder.of(tmp_path)
    data = made.databases / DATABASE
    data.mkdir(parents=True)
    for name in ("a.bucket", "b.bucket"):
        (data / name).write_bytes(name.encode())
    seal(made)
    return made


def test_what_is_as_it_was_is_whole(folder: EngineFolder) -> None:
    assert broken(folder) == ()


def test_a_changed_and_a_missing_file_are_named(folder: EngineFolder) -> None:
    (folder.databases / DATABASE / "a.bucket").write_bytes(b"else")
    (folder.databases / DATABASE / "b.bucket").unlink()
    assert broken(folder) == ("a.bucket", "b.bucket")


def test_without_a_seal_nothing_is_said(folder: EngineFolder) -> None:
    (folder.databases / DATABASE / "a.bucket").unlink()
    unseal(folder)
    assert broken(folder) == ()
    unseal(folder)


def test_a_seal_that_cannot_be_read_is_an_error(folder: EngineFolder) -> None:
    (folder.databases / "seal.json").write_text("no json")
    with pytest.raises(ValueError, match="Expecting value"):
        broken(folder)


def test_a_file_in_a_folder_of_its_own_is_sealed_by_its_place(folder: EngineFolder) -> None:
    inner = folder.databases / DATABASE / "index" / "a.bucket"
    inner.parent.mkdir()
    inner.write_bytes(b"inner")
    seal(folder)
    assert broken(folder) == ()
    inner.unlink()
    assert broken(folder) == ("index/a.bucket",)
