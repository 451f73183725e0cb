"""Texts in two languages."""

from __future__ import annotations

import pytest

from graph_model.text import LANGUAGES, Text


def test_a_text_reads_in_both_languages() -> None:
    assert [Text("党支部", "Branch").in_(language) for language in LANGUAGES] == ["党支部", "Branch"]


@pytest.mark.parametrize(("zh", "en"), [("", "x"), ("党", ""), (" ", "x"), ("党", "\n")])
def test_a_text_needs_both_languages(zh: str, en: str) -> None:
    with pytest.raises(ValueError, match="needs both languages"):
        Text(zh, en)


def test_placeholders_are_filled_in_both_languages() -> None:
    assert Text("{n} 名", "{n} members").fill(n=3) == Text("3 名", "3 members")
    with pytest.raises(KeyError):
        Text("{n} 名", "{m} members").fill(n=3)
