"""From an address to a store: what is accepted, and what is refused with a hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_model.connect import StoreChoice, open_store, server_address
from graph_model.errors import InputError, StoreUnavailable

pytestmark = pytest.mark.slow


def given() -> str:
    return "geheim-7"


@pytest.mark.parametrize(
    ("text", "url", "user", "database"),
    [
        ("neo4j://anna@db.example:7688", "neo4j://db.example:7688", "anna", None),
        ("bolt://127.0.0.1", "bolt://127.0.0.1:7687", "neo4j", None),
        ("neo4j+s://anna@db.example/field", "neo4j+s://db.example:7687", "anna", "field"),
        ("bolt+ssc://anna@[::1]:7001", "bolt+ssc://[::1]:7001", "anna", None),
    ],
)
def test_an_address_is_read(text: str, url: str, user: str, database: str | None) -> None:
    found = server_address(text, given)
    assert (found.url, found.writer.user, found.database) == (url, user, database)
    assert found.writer.password == "geheim-7"
    assert "geheim-7" not in repr(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("http://anna@db.example", "neo4j://user@host:7687"),
        ("db.example:7687", "neo4j://user@host:7687"),
        ("neo4j://", "neo4j://user@host:7687"),
        ("", "neo4j://user@host:7687"),
        ("neo4j://anna@db.example:port", "port"),
        ("neo4j://anna@db.example:70000", "port"),
        ("neo4j://[::1", "neo4j://user@host:7687"),
    ],
)
def test_a_wrong_address_is_answered_with_a_right_one(text: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        server_address(text, given)
    assert said in refused.value.message("en")


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(InputError) as refused:
        server_address("neo4j://anna:geheim-7@db.example", None)
    assert "BRANCHMAP_PASSWORD" in refused.value.message("en")
    assert "geheim-7" not in str(refused.value)


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    choice = StoreChoice(tmp_path, "bolt://anna@127.0.0.1:1", given)
    with pytest.raises(StoreUnavailable) as gone, open_store(choice):
        pass
    assert "geheim-7" not in str(gone.value)


def test_without_an_address_the_data_folder_has_its_own_store(tmp_path: Path) -> None:
    with open_store(StoreChoice(tmp_path, heap_mib=256)) as store:
        assert store.state().version == 0
        assert store.url.startswith("bolt://127.0.0.1:")
