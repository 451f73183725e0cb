"""Errors: both languages, and exit code 2 for what the user can mend."""

from __future__ import annotations

import pytest

from graph_model import errors
from graph_model.errors import BranchmapError


def every(kind: type[BranchmapError]) -> list[type[BranchmapError]]:
    """The core's own errors: what else has been imported by now has its own."""
    below = (child for child in kind.__subclasses__() if child.__module__ == errors.__name__)
    return [kind, *(one for child in below for one in every(child))]


@pytest.mark.parametrize("kind", every(BranchmapError), ids=lambda k: k.__name__)
def test_an_error_speaks_both_languages_and_says_when_it_is_raised(kind: type[BranchmapError]) -> None:
    error = kind("没有应答", "No answer")
    assert (error.message(), error.message("en")) == ("没有应答", "No answer")
    assert str(error) == "没有应答 / No answer"
    assert kind.__doc__
    assert kind.__name__ in (errors.__doc__ or "")


def test_exit_code_two_is_for_what_was_given() -> None:
    given = {k.__name__ for k in every(BranchmapError) if k.exit_code == 2}
    assert given == {"StoreDenied", "QueryRefused", "InputError"}
