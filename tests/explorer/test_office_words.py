"""What office staff read speaks as their office does: no words of software, no commands, no Latin words but a few.

It reads the texts as they are declared: the Fluent file, the canvas's own, the schema, and the Chinese texts in the
sources of what the pages show. What speaks to the person who deploys, or to the analyst who writes a query, is named.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax import ast as fluent

from explorer.i18n import FILES
from graph_model.coverage.questions import read_questions
from graph_model.coverage.totals import totals
from graph_model.schema import EDGE_TYPES, NODE_TYPES
from loaders.forms.form import read_forms
from loaders.problems import CODES

OLD = (
    "实体|提问|假设推演|推演|程度|覆盖缺口|缺口|未消除|已消除|统一安排|保存安排|去向不明|未对上|留在外面|停止得太晚|暂予接受|接受至|"
    "隶属党员|外地|独立|部署人员|终端|命令行|设置文件|配置文件|库中"
)
"""Words that domain.md replaces, and those that name what staff have nothing to do with."""

LATIN = {"Excel", "Word", "WPS", "PDF", "PNG", "SVG", "CSV", "MB", "xlsx", "xty"}
FILE_KINDS = {
    *(
        "csv",
        "txt",
        "xls",
        "xlsb",
        "zip",
        "docx",
        "pptx",
        "numbers",
        "Numbers",
        "XML",
        "HTML",
        "RTF",
        "SYLK",
        "slk",
    ),
    *(
        "DIF",
        "dif",
        "mht",
        "ods",
        "Parquet",
        "OpenDocument",
        "OpenOffice",
        "LibreOffice",
        "GraphML",
        "GEXF",
        "Gephi",
    ),
    "JSON",
}
"""What a file is, where that has to be said of it."""

FOR_OTHERS = (
    # the command line
    *(
        "explorer/cli.py",
        "explorer/commands",
        "explorer/server",
        "explorer/settings.py",
        "explorer/start.py",
    ),
    *("graph_model/connect.py", "graph_model/engine", "loaders/synth", "loaders/reconcile/declared.py"),
    # the analyst's query
    *("graph_model/cypher_guard.py", "graph_model/store/cypher.py"),
    # the store's faults: all of them folded away
    *("graph_model/store/driver.py", "graph_model/store/encryption.py"),
    # a rule, question, threshold or form that is written wrongly: folded away too
    *("graph_model/coverage", "graph_model/profile.py", "graph_model/schema", "loaders/forms/form.py"),
    "explorer/report",  # its words have their own test
)
READERS = "loaders/clean loaders/map loaders/match loaders/privacy.py loaders/round_names.py".split()  # noqa: SIM905
"""They read what offices write, old words too, by patterns; what they say is in loaders/problems.py."""
FOLDED = {
    "StoreError",
    "StoreUnavailable",
    "StoreDenied",
    "EngineError",
    "SchemaError",
    "LoadUncertain",
    "QueryRefused",
}
"""Errors whose own text no page shows, or that answer a query."""

HAN = re.compile(r"[一-鿿]")


def fluent_texts() -> Iterator[tuple[str, str]]:
    for entry in FluentParser().parse(FILES["zh"].read_text("utf-8")).body:
        if isinstance(entry, fluent.Message):
            yield (
                entry.id.name,
                re.sub(r"\{[^}]*\}", "", FluentSerializer().serialize_entry(entry).partition("=")[2]),
            )


def schema_texts() -> Iterator[tuple[str, str]]:
    for node in NODE_TYPES.values():
        yield node.label, node.text.zh
        for p in node.properties:
            yield f"{node.label}.{p.name}", " ".join((p.text.zh, *(t.text.zh for t in p.terms)))
    for edge in EDGE_TYPES.values():
        yield edge.type, " ".join((edge.text.zh, edge.reverse.zh, *(p.text.zh for p in edge.properties)))


def declared_texts() -> Iterator[tuple[str, str]]:
    for form in read_forms():
        yield form.label, f"{form.title.zh} {form.explain.zh}"
    for total in totals():
        yield total.id, total.text.zh
    for question in read_questions().questions:
        yield question.id, re.sub(r"\{\w*\}", "", question.title.zh)
    for code, kind in CODES.items():
        yield code, re.sub(r"\{\w*\}", "", f"{kind.what.zh} {kind.right.zh}")


def source_texts() -> Iterator[tuple[str, str]]:
    for room in ("explorer", "graph_model", "loaders"):
        for source in sorted(Path(room).rglob("*.py")):
            if not source.as_posix().startswith((*FOR_OTHERS, *READERS)):
                tree = ast.parse(source.read_text("utf-8"))
                yield from ((f"{source}:{line}", text) for line, text in said_in(tree))


def said_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The Chinese texts of a source: no docstrings, no patterns, no English that quotes Chinese, nothing folded."""
    if isinstance(tree, ast.Call):
        called = tree.func.id if isinstance(tree.func, ast.Name) else ""
        if called in FOLDED:
            return
        if any(word.arg == "page" for word in tree.keywords):  # the page has a text of its own
            tree = ast.Module([ast.Expr(w.value) for w in tree.keywords if w.arg == "page"], [])
    if isinstance(tree, ast.Expr) and isinstance(tree.value, ast.Constant):
        return
    text = written(tree)
    if text is None:
        for child in ast.iter_child_nodes(tree):
            yield from said_in(child)
    elif not re.search(r"[\\<|]", text) and len(HAN.findall(text)) > len(re.findall(r"[A-Za-z]{2,}", text)):
        yield getattr(tree, "lineno", 0), text


def written(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"\{\w*\}", "", node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "" for v in node.values)
    return None


def wrong_in(text: str, latin: set[str]) -> list[str]:
    return re.findall(OLD, text) + [w for w in re.findall(r"[A-Za-z][A-Za-z_-]*", text) if w not in latin]


@pytest.mark.parametrize(
    ("texts", "latin"),
    [
        (fluent_texts, LATIN),
        (schema_texts, set()),
        (declared_texts, LATIN),
        (source_texts, LATIN | FILE_KINDS),
    ],
    ids=["pages", "schema", "declared", "sources"],
)
def test_what_office_staff_read_is_in_the_words_of_their_office(texts, latin: set[str]) -> None:
    found = {where: wrong for where, text in texts() if (wrong := wrong_in(text, latin))}
    assert found == {}


def test_the_sentences_of_the_pages_have_chinese_punctuation() -> None:
    half = re.compile(r"(?<=[一-鿿”）])[,;:!?()](?!\d)|(?<=[一-鿿])\.(?!\w)")
    found = {id_: text for id_, text in (*fluent_texts(), *declared_texts()) if half.search(text)}
    assert found == {}


@pytest.mark.parametrize("text", ["查看实体", "运行 branchmap load", "没有 TOML 文件"])
def test_what_is_not_allowed_is_found(text: str) -> None:
    assert wrong_in(text, LATIN)
