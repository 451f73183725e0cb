"""The commands that the READMEs show run, and print what stands there."""

import re
from pathlib import Path

import pytest

from dev.make_readme import READMES, ROOT, render, same
from explorer.cli import COMMANDS
from explorer.i18n import Words

pytestmark = pytest.mark.slow


def commands(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("$ ")]


@pytest.mark.parametrize("name", READMES)
def test_commands_print_what_the_readme_says(name: str, tmp_path: Path) -> None:
    text = (ROOT / name).read_text("utf-8")

    real = render(text, READMES[name], tmp_path)

    assert commands(text)
    assert same(text, real) or real == text, "run: make docs"


@pytest.mark.parametrize("name", READMES)
def test_every_command_and_page_is_named(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    table = re.findall(
        r"`(\w+)", "\n".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
    )
    assert set(COMMANDS) <= set(table)
    for page in ("overview", "graph", "register", "gaps", "what-if", "questions", "entity", "load"):
        assert f"**{Words('zh')(f'page-{page}')}" in text


def test_both_languages_show_the_same_blocks() -> None:
    one, other = ((ROOT / name).read_text("utf-8") for name in READMES)

    assert [c.split()[:3] for c in commands(one)] == [c.split()[:3] for c in commands(other)]
