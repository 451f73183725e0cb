"""The invented survey: what is written is read without a problem, and the product's answers are the file's."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from explorer.cli import run
from graph_model.coverage.catalogue import months, read_catalogue
from graph_model.coverage.evaluate import figures
from graph_model.coverage.measures import count_totals, rates
from graph_model.coverage.rate_texts import rate_values
from graph_model.coverage.totals import totals
from graph_model.errors import InputError
from graph_model.graph import Graph
from graph_model.keys import KeyMaker
from graph_model.profile import read_profile
from graph_model.store.store import Store
from loaders.reconcile.control_totals import computed_totals
from loaders.reconcile.declared import reconcile
from loaders.survey import ParsedRound, read_round
from loaders.synth.survey import FORMATS, Format, make_survey
from tests.support import oracle, oracle_areas, oracle_members, oracle_rest
from tests.support.graphs import fill

pytestmark = pytest.mark.slow

ROUND = "2006-10"
SECRET = b"test"
CATALOGUE, PROFILE = read_catalogue(), read_profile()
EVERY = replace(CATALOGUE, rules=CATALOGUE.every, off=())
PLAIN = {**oracle.RULES, **oracle_rest.RULES, **oracle_areas.RULES, **oracle_members.RULES}


def read(folder: Path) -> ParsedRound:
    return read_round([folder], keys=KeyMaker(SECRET))


def answers(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "answers.json").read_text("utf-8"))
    return found


def said(graph: Graph) -> tuple[Any, Any]:
    """A graph without the places in which it was read."""
    nodes = {key: (n.label, dict(n.properties)) for key, n in graph.nodes.items()}
    return nodes, {key: dict(e.properties) for key, e in graph.edges.items()}


def files(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


# ---- what is written


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, format_: Format) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        make_survey(300, seed, tmp_path / name, format=format_)
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert files(tmp_path / "a") != files(tmp_path / "c")


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("members", [300, 2000])
def test_it_is_read_without_a_problem_and_its_totals_are_the_answers(
    tmp_path: Path, members: int, format_: Format
) -> None:
    made = make_survey(members, 3, tmp_path / "s", format=format_)
    reading = read(made.folder)
    assert reading.problems == ()
    found = computed_totals(reading.graph)
    told = answers(tmp_path / "s")
    assert {k: found[k] for k in told["totals"]} == told["totals"]
    assert set(told["totals"]) >= {t.id for t in totals()}
    assert all(d.declared == d.found for d in reconcile(reading.declared, found, totals()))
    rows = Counter({c.form: c.rows for c in reading.counts if c.in_problems == 0})
    assert sum(c.rows for c in reading.counts) == sum(made.rows.values()) == sum(told["rows"].values())
    assert len(rows) == len({c.form for c in reading.counts})


def test_every_format_gives_the_same_graph(tmp_path: Path) -> None:
    graphs = [said(read(make_survey(2000, 5, tmp_path / f, format=f).folder).graph) for f in FORMATS]
    assert graphs[0] == graphs[1] == graphs[2]


def test_a_workbook_per_area_and_a_summary_each_marked_as_invented(tmp_path: Path) -> None:
    made = make_survey(300, 1, tmp_path / "s")
    told = answers(tmp_path / "s")["rows"]
    books = sorted(made.folder.glob("*.xlsx"))
    assert made.files == len(books) == told["居民区"] + told["商业区"] + 1
    for path in books:
        for sheet in openpyxl.load_workbook(path):
            assert str(sheet["A1"].value).startswith("说明：虚构数据")
    assert (tmp_path / "s" / "说明.txt").read_text("utf-8").startswith("说明：虚构数据")


def test_large_forms_come_in_parts(tmp_path: Path) -> None:
    whole = make_survey(300, 1, tmp_path / "whole", format="csv")
    parts = make_survey(300, 1, tmp_path / "parts", format="csv", rows_per_file=200)
    assert {p.name for p in parts.folder.glob("党员-*")} == {"党员-1.csv", "党员-2.csv"}
    assert said(read(parts.folder).graph) == said(read(whole.folder).graph)


# ---- what the product answers


@pytest.mark.parametrize(("members", "seed"), [(100, 1), (300, 2), (500, 3)])
def test_plain_python_on_the_graph_finds_every_answer(tmp_path: Path, members: int, seed: int) -> None:
    graph = read(make_survey(members, seed, tmp_path / "s", format="csv").folder).graph
    told = answers(tmp_path / "s")
    field = oracle.Field(graph)
    found = {}
    for rule in CATALOGUE.every:
        rows = Counter(r["status"] for r in PLAIN[rule.id](field, **rule.parameters(PROFILE, ROUND)))
        found[rule.id] = {"population": rows.total(), "gaps": rows["gap"], "unknown": rows["unknown"]}
    assert found == told["rules"]
    names = ("numerator", "denominator", "unknown", "closed")
    known = oracle.rates(graph, months(ROUND), **rate_values(PROFILE))
    rates = {rate: dict(zip(names, values, strict=True)) for rate, values in known.items()}
    assert rates == told["rates"]


def test_each_store_gives_the_answers(tmp_path: Path, store: Store) -> None:
    graph = read(make_survey(500, 4, tmp_path / "s", format="csv").folder).graph
    told = answers(tmp_path / "s")
    fill(store, graph)
    found = {
        f.rule.id: {"population": f.population, "gaps": f.gaps, "unknown": f.unknown}
        for f in figures(store, EVERY, PROFILE, ROUND)
    }
    assert found == told["rules"]
    counted = count_totals(store)
    assert {k: counted[k] for k in told["totals"]} == told["totals"]
    found = {
        r.id: {
            "numerator": r.numerator,
            "denominator": r.denominator,
            "unknown": r.unknown,
            "closed": r.closed,
        }
        for r in rates(store, PROFILE, ROUND)
    }
    assert found == told["rates"]


def test_every_kind_of_gap_is_there_in_a_city(tmp_path: Path) -> None:
    make_survey(100_000, 1, tmp_path / "s", format="parquet")
    told = answers(tmp_path / "s")["rules"]
    assert set(told) == {rule.id for rule in CATALOGUE.every}
    # what an invented survey has no cells for, or no gap of
    assert {rule for rule, count in told.items() if not 0 < count["gaps"] < count["population"]} == {
        "branch_meetings",
        "floating_away",
        "instructor_no_visit",
        "instructor_overload",
        "lost_contact",
        "matter_unassigned",
        "one_sided_pair",
        "owners_committee_share",
        "residence_affiliation",
        "secretary_elsewhere",
        "temporary_review",
    }


# ---- what is refused


@pytest.mark.parametrize(
    ("members", "seed", "round_", "format_", "told"),
    [
        (99, 1, ROUND, "csv", "100"),
        (50_001, 1, ROUND, "xlsx", "--format csv"),
        (300, -1, ROUND, "csv", "种子"),
        (300, 1, "2006-13", "csv", "2006-13"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_written(
    tmp_path: Path, members: int, seed: int, round_: str, format_: Format, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        make_survey(members, seed, tmp_path / "s", format=format_, round=round_)
    assert list(tmp_path.iterdir()) == []


def test_a_survey_is_not_written_over(tmp_path: Path) -> None:
    make_survey(300, 1, tmp_path / "s", format="csv")
    before = files(tmp_path / "s")
    with pytest.raises(InputError, match="换一个文件夹"):
        make_survey(300, 2, tmp_path / "s", format="csv")
    assert files(tmp_path / "s") == before


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(InputError, match="无法写入"):
        make_survey(300, 1, tmp_path / "taken" / "s", format="csv")


# ---- the command


def test_the_command_writes_a_survey(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["synth", "--members", "300", "--seed", "2", "--format", "parquet", "--out", str(tmp_path / "s")]
    assert run(line) == 0
    assert "300" in (tmp_path / "s" / "说明.txt").read_text("utf-8")
    assert answers(tmp_path / "s")["members"] == 300
    assert "answers.json" in capsys.readouterr().err


def test_the_command_names_the_formats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["synth", "--format", "ods", "--out", str(tmp_path / "s")]) == 2
    assert "xlsx、csv、parquet" in capsys.readouterr().err
