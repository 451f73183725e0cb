"""The site's secret: made once, its owner's only, and told apart by a fingerprint that does not give it away."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph_model.errors import InputError
from graph_model.keys import site_keys
from graph_model.secret import site_secret


def test_the_secret_is_made_once_for_each_folder(tmp_path: Path) -> None:
    first = site_secret(tmp_path / "a" / "b")
    assert site_secret(tmp_path / "a" / "b") == first
    assert site_secret(tmp_path / "c") != first
    assert len(first) == 64


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    site_secret(tmp_path)
    assert (tmp_path / "site.secret").stat().st_mode & 0o777 == 0o600


def test_many_at_once_get_the_same(tmp_path: Path) -> None:
    for i in range(20):
        with ThreadPoolExecutor(8) as pool:
            found = set(pool.map(site_secret, [tmp_path / str(i)] * 8))
        assert len(found) == 1


@pytest.mark.parametrize("text", ["", "short", "x" * 65])
def test_a_damaged_secret_is_never_replaced(tmp_path: Path, text: str) -> None:
    file = tmp_path / "site.secret"
    file.write_text(text)
    with pytest.raises(InputError, match=r"site\.secret"):
        site_secret(tmp_path)
    assert file.read_text() == text


def test_a_lost_secret_is_not_made_anew_where_something_was_loaded_with_it(tmp_path: Path) -> None:
    (tmp_path / "rounds" / "2006-10").mkdir(parents=True)
    with pytest.raises(InputError, match=r"site\.secret.*备份"):
        site_secret(tmp_path)
    assert not (tmp_path / "site.secret").exists()


def test_a_store_that_remembers_a_secret_needs_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"site\.secret.*备份"):
        site_keys(tmp_path, "0123456789abcdef")
    assert list(tmp_path.iterdir()) == []
    known = site_keys(tmp_path, None)
    assert site_keys(tmp_path, known.fingerprint) == known
