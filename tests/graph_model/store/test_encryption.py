"""Why no encrypted line can be made: said where it is known, and nothing where it is another fault."""

from __future__ import annotations

import pytest

from graph_model.store.driver import Address
from graph_model.store.encryption import encryption_fault
from tests.support.servers import answering


@pytest.mark.parametrize("url", ["bolt://127.0.0.1:7687", "neo4j://127.0.0.1", "bolt+s://", ""])
def test_an_address_without_encryption_or_host_has_no_such_fault(url: str) -> None:
    assert encryption_fault(url) is None


@pytest.mark.parametrize("how", ["s", "ssc"])
def test_where_nobody_listens_encryption_is_not_to_blame(nobody: Address, how: str) -> None:
    assert encryption_fault(nobody.url.replace("bolt:", f"bolt+{how}:")) is None


@pytest.mark.parametrize("kind", ["bolt", "neo4j"])
def test_a_certificate_that_the_server_signed_itself_is_not_trusted(kind: str) -> None:
    with answering(encrypted=True) as port:
        fault = encryption_fault(f"{kind}+s://127.0.0.1:{port}")
        assert fault is not None
        for language in ("zh", "en"):
            assert f"{kind}+ssc://127.0.0.1:{port}" in fault.message(language)  # type: ignore[arg-type]
        assert encryption_fault(f"{kind}+ssc://127.0.0.1:{port}") is None


@pytest.mark.parametrize("how", ["s", "ssc"])
def test_a_server_without_encryption_is_answered_with_the_address_without_it(how: str) -> None:
    with answering(encrypted=False) as port:
        fault = encryption_fault(f"neo4j+{how}://127.0.0.1:{port}")
    assert fault is not None
    for language in ("zh", "en"):
        text = fault.message(language)  # type: ignore[arg-type]
        assert f"neo4j://127.0.0.1:{port}" in text
        assert "ssc://" not in text.replace(f"neo4j+{how}://", "")
