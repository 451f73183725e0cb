"""The digest of what stands in a text file: of its cells alone, and only where nothing else is read of it."""

from loaders.read.content_hash import content_of
from loaders.read.worksheet import worksheet_of


def digest(file: str, *rows: list[str]) -> str | None:
    return content_of(file, [worksheet_of(file, "a", list(rows))])


def test_the_same_cells_have_the_same_digest() -> None:
    assert digest("a.csv", ["1", "2"]) == digest("b.CSV", ["1", "2"])


def test_other_cells_or_another_shape_have_another() -> None:
    assert len({digest("a.csv", ["1", "2"]), digest("a.csv", ["1"], ["2"]), digest("a.csv", ["12"])}) == 3


def test_half_a_character_has_a_digest_and_a_workbook_none() -> None:
    assert digest("a.csv", ["\ud842"]) is not None
    assert digest("a.xlsx", ["1"]) is None
