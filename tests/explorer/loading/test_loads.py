"""What the load page does: check, write, look back, take back; templates; answers about names."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from explorer.answers import Answers
from explorer.loading import loads
from graph_model.coverage.catalogue import Catalogue
from graph_model.errors import InputError
from graph_model.keys import site_keys
from graph_model.profile import read_profile
from graph_model.progress import no_progress
from graph_model.store.store import Store
from loaders.prepared_load import LoadRequest
from loaders.resolve.aliases import AliasAnswer
from tests.support.books import save_round
from tests.support.graphs import answers_of, fill, graph, node, tie

UNITS = ["单位名称", "单位类别", "从业人数"]


def test_a_load_from_the_check_to_taking_it_back(store: Store, tmp_path: Path) -> None:
    data, answers = tmp_path / "data", Answers(store, Catalogue(()), read_profile())
    with pytest.raises(InputError):
        loads.undo_offered(answers, data)
    for round_, company in (("2006-04", "甲物业"), ("2006-10", "乙物业")):
        folder = save_round(tmp_path / round_, 单位=[UNITS, [company, "物业公司", 5]])
        request = LoadRequest([folder], site_keys(data), complete=True, data=data)
        prepared = loads.check(answers, request, no_progress)
        assert store.state().round != round_  # a look writes nothing
        called = loads.named_nodes(answers, prepared.plan, prepared.graph)
        assert company in {n.properties["name"] for n in called.values()}
        landed = loads.write(answers, prepared, no_progress, "周科长")
        assert (landed.state.round, landed.figures_late) == (round_, None)
    assert [(e.round, e.by, e.standing) for e in loads.load_entries(answers, data)] == [
        ("2006-10", "周科长", "standing"),
        ("2006-04", "周科长", "standing"),
    ]
    offered = loads.undo_offered(answers, data)
    assert (offered.entry.round, len(offered.plan.added_nodes), len(offered.plan.removed_nodes)) == (
        "2006-10",
        1,
        1,
    )
    loads.undo(answers, data, offered, "")
    assert [n.properties["name"] for n in store.held().nodes.values()] == ["甲物业"]
    assert [e.standing for e in loads.load_entries(answers, data)] == ["undo", "undone", "standing"]


def test_a_template_is_blank_full_or_of_one_area(store: Store) -> None:
    fill(store, graph(node("r_1", name="檀香"), node("u_1", name="甲物业"), tie("u_1 MANAGES r_1")))

    def texts(book: bytes) -> list[str]:
        sheets = openpyxl.load_workbook(io.BytesIO(book)).worksheets
        return [str(c) for s in sheets for row in s.iter_rows(values_only=True) for c in row if c]

    blank, full = texts(loads.blank_template()), texts(loads.blank_template(full=True))
    assert len(blank) < len(full)
    assert "甲物业" not in blank
    assert {"檀香", "甲物业"} <= set(texts(loads.area_template(answers_of(store), "r_1")))


def test_an_answer_about_a_name_is_kept(store: Store) -> None:
    loads.keep_answer(answers_of(store), AliasAnswer("Unit", "甲物业二", "甲物业"), "周科长")
    [kept] = store.records("Alias")
    assert "周科长" in kept.properties.values()


def test_a_folder_that_is_none_does_not_keep_the_pages_from_starting(store: Store, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", "utf-8")
    loads.settle(answers_of(store), tmp_path / "data")
    assert loads.load_entries(answers_of(store), tmp_path / "none") == ()
