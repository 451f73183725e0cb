"""The sample is never put into a store that holds other data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from explorer.commands.serve import load_sample
from explorer.server.samples import ROUNDS
from graph_model.errors import InputError
from graph_model.store.store import Store
from tests.support.command_line import Line, Printed
from tests.support.graphs import ROUND, fill, graph, node


def test_other_rounds_are_named_and_stay(store: Store, tmp_path: Path) -> None:
    fill(store, graph(node("u_1")), round=replace(ROUND, name="1999-01"))
    before = store.state()
    with pytest.raises(InputError) as refused:
        load_sample(Printed.on(tmp_path).context, store)
    assert "1999-01" in refused.value.text.zh
    assert "1999-01" in refused.value.text.en
    assert store.state() == before


def test_a_sample_that_is_loaded_is_not_loaded_again(store: Store, tmp_path: Path) -> None:
    fill(store, graph(node("u_1")), round=replace(ROUND, name=ROUNDS[-1]))
    before = store.state()
    load_sample(Printed.on(tmp_path).context, store)
    assert store.state() == before


@pytest.mark.parametrize("port", ["0", "65536", "x"])
def test_a_port_is_one(tmp_path: Path, port: str) -> None:
    done = Line(tmp_path / "home")("serve", "--port", port)
    assert done.returncode == 2
    assert "--port 的值不对" in done.stderr
