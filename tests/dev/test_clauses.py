"""Every clause that anything cites has a row, with where its text was seen, and one date for each document."""

from __future__ import annotations

import pytest

from dev.clauses import citations, cited, clause_rows, clauses_in, document_of, seen_texts
from dev.make_docs import ROOT
from graph_model.coverage.catalogue import read_catalogue


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("地方做法", ()),
        ("《甲条例（试行）》第四条", ("《甲条例（试行）》第四条",)),
        (
            "《甲条例》第十一条、第十二条；《乙章程》第七条",
            ("《甲条例》第十一条", "《甲条例》第十二条", "《乙章程》第七条"),
        ),
        ("中办发〔2012〕11号《丙意见（试行）》：推进", ("《丙意见（试行）》",)),
    ],
)
def test_a_text_is_taken_apart_into_its_clauses(text: str, found: tuple[str, ...]) -> None:
    assert clauses_in(text) == found


def test_every_clause_cited_says_where_its_text_was_seen() -> None:
    seen = seen_texts(ROOT)
    norms = [clause for clause in cited(ROOT) if document_of(clause)]
    assert [c for c in norms if c not in seen["clauses"]] == []
    assert [c for c in norms if document_of(c) not in seen["documents"]] == []
    assert sorted(set(seen["clauses"]) - set(norms)) == []  # nothing that nobody cites


def test_every_source_of_a_rule_has_a_row() -> None:
    rows = {row[0]: row[1] for row in clause_rows(ROOT)}
    for rule in read_catalogue().every:
        if rule.source is not None:
            clauses = clauses_in(rule.source.zh) or (rule.source.zh,)
            assert [c for c in clauses if f"`{rule.id}`" not in rows[c]] == []


def test_a_citation_of_one_document_has_the_date_of_that_document() -> None:
    dates = {name: told["effective"] for name, told in seen_texts(ROOT)["documents"].items()}
    wrong = []
    for citation in citations(ROOT):
        documents = {document_of(c) for c in clauses_in(citation.text)}
        if citation.effective and documents and citation.effective not in {dates[d] for d in documents}:
            wrong.append((citation.by, citation.effective))
    assert wrong == []
