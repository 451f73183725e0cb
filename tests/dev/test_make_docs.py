"""Generated pages say what the source says; links inside the repository lead somewhere."""

import re
from pathlib import Path

import pytest

from dev.make_docs import PAGES, ROOT

WRITTEN = sorted(
    p
    for p in (
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        ROOT / "data" / "README.md",
        ROOT / "data/sample/README.md",
    )
)


@pytest.mark.parametrize("name", PAGES)
def test_generated_pages_are_up_to_date(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == PAGES[name](), "run: make docs"


@pytest.mark.parametrize("file", WRITTEN, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(file: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", file.read_text("utf-8"))

    assert [link for link in links if "://" not in link and not (file.parent / link).exists()] == []
