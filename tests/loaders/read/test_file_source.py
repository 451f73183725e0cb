"""Files of a load: held as content, or as their place where they are too large or cannot be read."""

from pathlib import Path

from loaders.read.file_source import IN_MEMORY, sources


def test_small_files_are_held(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    assert sources([("a", tmp_path / "a")]) == {"a": b"x"}


def test_files_that_are_too_large_together_are_left_where_they_are(tmp_path: Path) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(b"x")
    with large.open("wb") as file:
        file.truncate(IN_MEMORY)
    assert sources([("small", small), ("large", large)]) == {"small": small, "large": large}


def test_what_cannot_be_read_is_left_where_it_is(tmp_path: Path) -> None:
    assert sources([("folder", tmp_path)]) == {"folder": tmp_path}
