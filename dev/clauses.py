"""docs/clauses.md: every clause that is cited, by what, since when, and where its text was seen."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_model.coverage.catalogue import read_catalogue
from graph_model.coverage.rate_texts import declared_rates
from graph_model.profile import read_profile

_DOCUMENT = re.compile(r"《[^》]+》")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百]+[条章]")
_TEXTS = ("explorer/**/*.py", "explorer/**/*.ftl", "loaders/**/*.toml")


@dataclass(frozen=True, slots=True)
class Citation:
    """A place that cites: what it is called, the text that cites, since when ("" where not said), local or not."""

    by: str
    text: str
    effective: str = ""
    local: bool = False


def clauses_in(text: str) -> tuple[str, ...]:
    """The clauses that a text cites, each with its document; a document without articles stands for itself.

    >>> clauses_in("《甲条例》第四条及第二章；《乙意见》（2024年公布）")
    ('《甲条例》第四条', '《甲条例》第二章', '《乙意见》')
    """
    found: list[str] = []
    starts = list(_DOCUMENT.finditer(text))
    for at, start in enumerate(starts):
        end = starts[at + 1].start() if at + 1 < len(starts) else len(text)
        articles = _ARTICLE.findall(text[start.end() : end])
        found += [start[0] + article for article in articles] or [start[0]]
    return tuple(dict.fromkeys(found))


def document_of(clause: str) -> str:
    """The document of a clause."""
    found = _DOCUMENT.match(clause)
    return found[0] if found else ""


def citations(root: Path) -> Iterator[Citation]:
    """Every place that cites a norm: rules, thresholds, rates, and texts of pages and reports."""
    for rule in read_catalogue().every:
        said = rule.source.zh if rule.source else ""
        yield Citation(f"规则 rule `{rule.id}`", said, rule.effective, rule.local)
    for name, threshold in read_profile().thresholds.items():
        local = not _DOCUMENT.search(threshold.source)
        yield Citation(f"参数 threshold `{name}`", threshold.source, threshold.effective, local)
    for id_, rate in declared_rates()["rates"].items():
        yield Citation(f"指标 rate `{id_}`", str(rate.get("clause", {}).get("zh", "")))
    for pattern in _TEXTS:
        for file in sorted(root.glob(pattern)):
            text = file.read_text("utf-8")
            for clause in dict.fromkeys(c for line in text.splitlines() for c in clauses_in(line)):
                # titles of forms and brackets of a parser are no norms
                if document_of(clause).startswith(("《中国共产党", "《关于")):
                    yield Citation(f"文字 text `{file.relative_to(root).as_posix()}`", clause)


def cited(root: Path) -> dict[str, list[Citation]]:
    """{clause: what cites it}; what names no document stands under its own words."""
    found: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations(root):
        words = citation.text.partition("，")[0].strip()
        for clause in clauses_in(citation.text) or ((words,) if words else ()):
            found[clause].append(citation)
    return dict(sorted(found.items(), key=lambda item: (not document_of(item[0]), item[0])))


def seen_texts(root: Path) -> Mapping[str, Any]:
    """docs/clauses.toml: {"documents": ..., "clauses": ...}."""
    return tomllib.loads((root / "docs" / "clauses.toml").read_text("utf-8"))


def clause_rows(root: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """Clause, what cites it, since when, local or not, where its text was seen."""
    seen = seen_texts(root)
    for clause, by in cited(root).items():
        document = document_of(clause)
        local = "否 no" if document else "是 yes"
        told = seen["clauses"].get(clause, {})
        sites = "、".join(told.get("seen", ())) or (
            "未见原文 not seen" if document else "没有统一规定 no general norm"
        )
        note = f"<br>{told['zh']}。{told['en']}." if "zh" in told else ""
        since = seen["documents"].get(document, {}).get("effective", "")
        yield clause, "、".join(dict.fromkeys(c.by for c in by)), since or "—", local, sites + note


def document_rows(root: Path) -> Iterator[tuple[str, str, str, str]]:
    """Document, since when, where it was seen, what to know about the date."""
    for name, told in seen_texts(root)["documents"].items():
        note = f"{told['zh']}。{told['en']}." if "zh" in told else ""
        yield name, told["effective"] or "—", "、".join(told["seen"]) or "未见全文 not seen whole", note
