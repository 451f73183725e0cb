"""The commands that the READMEs show run, and print what stands there."""

from pathlib import Path

import pytest

from dev.make_readme import READMES, ROOT, render, same


def commands(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("$ ")]


@pytest.mark.parametrize("name", READMES)
def test_commands_print_what_the_readme_says(name: str, tmp_path: Path) -> None:
    text = (ROOT / name).read_text("utf-8")

    real = render(text, READMES[name], tmp_path)

    assert commands(text)
    assert same(text, real) or real == text, "run: make docs"


def test_both_languages_show_the_same_blocks() -> None:
    one, other = ((ROOT / name).read_text("utf-8") for name in READMES)

    assert [c.split()[:3] for c in commands(one)] == [c.split()[:3] for c in commands(other)]
