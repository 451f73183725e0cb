"""Every text of the interface stands in both languages, with the same values, and is used."""

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from explorer.i18n import FILES, Words
from graph_model.progress import ProgressStep
from graph_model.text import LANGUAGES

SOURCES = sorted(Path("explorer").rglob("*.py"))


class Variables(Visitor):  # type: ignore[misc]
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.found.add(node.id.name)


def texts(language):
    resource = FluentParser().parse(FILES[language].read_text("utf-8"))
    assert [e for e in resource.body if isinstance(e, ast.Junk)] == []
    found = {}
    for entry in resource.body:
        if isinstance(entry, ast.Message):
            variables = Variables()
            variables.visit(entry)
            assert entry.id.name not in found
            found[entry.id.name] = variables.found
    return found


def test_both_languages_have_the_same_texts_with_the_same_values() -> None:
    assert texts("zh") == texts("en")


def test_every_text_that_the_code_asks_for_is_there() -> None:
    asked = set()
    for source in SOURCES:
        asked |= set(re.findall(r'\b(?:w|words)\(\s*"([a-z-]+)"', source.read_text("utf-8")))
    assert asked - texts("zh").keys() == set()


def test_every_text_is_used() -> None:
    said = "\n".join(source.read_text("utf-8") for source in SOURCES)
    composed = re.findall(r"""\b(?:w|words)\(\s*f["']([^"']*)""", said)  # w(f"life-{life}")
    ways = [".+".join(map(re.escape, re.split(r"\{[^}]*\}?", one))) for one in composed]
    unused = [t for t in texts("zh") if f'"{t}"' not in said and f"'{t}'" not in said]
    assert [t for t in unused if not any(re.fullmatch(way, t) for way in ways)] == []


def test_every_step_of_a_load_has_its_text() -> None:
    assert {t for t in texts("zh") if t.startswith("load-step-")} == {
        f"load-step-{s}" for s in ProgressStep
    }


def test_no_chinese_text_stands_in_a_page() -> None:
    """A page takes its words from the files, so that the switch of language reaches all of it."""
    han = re.compile(r"[一-鿿（）：，。]")
    found = []
    for source in Path("explorer/views").glob("*.py"):
        body = re.sub(r'""".*?"""', "", source.read_text("utf-8"), flags=re.S)
        found += [(source.name, line) for line in body.splitlines() if han.search(line)]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_text_is_an_error(language) -> None:
    with pytest.raises((KeyError, LookupError)):
        Words(language)("no-such-text")


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        Words("zh")("search-none")


def test_plural() -> None:
    assert Words("en")("load-blocked", count=1) == "One fault must be mended first."
    assert Words("en")("load-blocked", count=3) == "3 faults must be mended first."
