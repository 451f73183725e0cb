"""Who may not see names learns nothing from a load about who is held: the same answer, whether a name is there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from explorer.loading.blind_load import as_seen
from explorer.server.samples import sample_rounds
from explorer.viewer import Viewer, mask
from graph_model.connect import StoreChoice, open_store
from graph_model.graph import Node
from graph_model.keys import KeyMaker
from graph_model.store.store import Store
from loaders.pipeline import prepare
from loaders.prepared_load import LoadRequest
from tests.support.books import save
from tests.support.command_line import Line

pytestmark = pytest.mark.slow

ROUND = sample_rounds()[-1]


@dataclass(frozen=True)
class Site:
    """A loaded round, one of its people, and the unit where that one is employed."""

    line: Line
    person: Node
    unit: str
    store: Store
    home: Path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home: Path = tmp_path_factory.mktemp("home")
    with open_store(StoreChoice(home, heap_mib=256)) as store:
        line = Line(home)
        assert line("load", str(ROUND), "--yes").returncode == 0
        held = store.held()
        edge = next(
            e for e in held.edges.values() if e.type == "EMPLOYED_BY" and _called(held.nodes[e.source])
        )
        unit = str(held.nodes[edge.target].properties["name"])
        yield Site(line, held.nodes[edge.source], unit, store, home)


def _called(node: Node) -> bool:
    """A member of a surname of one character and a name of two, with what tells people of one name apart."""
    known = node.label == "Member" and {"joined", "born"} <= node.properties.keys()
    return (
        known
        and len(str(node.properties["name"])) == len(mask(str(node.properties["name"]))) == 3
        and (mask(str(node.properties["name"])).count("*") == 2)
    )


def books(site: Site, folder: Path, name: str, *sheets: str) -> tuple[str, ...]:
    """A workbook that names somebody, and how it is loaded."""
    rows = {
        "党员": [
            ["姓名", "出生年月", "入党时间", "所在单位"],
            [name, site.person.properties["born"], site.person.properties["joined"], site.unit],
        ],
        "党支部": [["党支部名称", "组建单位", "书记"], ["新支部", site.unit, name]],
        "单位": [["单位名称", "单位类别", "从业人数"], [site.unit, "物业公司", 77]],
    }
    file = save(folder / "a.xlsx", **{sheet: rows[sheet] for sheet in sheets})
    return ("load", str(file), "--round", "2006-11")


def answers(
    site: Site, tmp_path: Path, *sheets: str, options: tuple[str, ...] = ()
) -> list[tuple[int, str]]:
    """What is answered for the one who is held, for one called alike, and for one who is not there at all."""
    name = str(site.person.properties["name"])
    found = []
    for number, asked in enumerate((name, f"{name[0]}龘龘", f"{name[:2]}龘")):
        done = site.line(*books(site, tmp_path / str(number), asked, *sheets), *options)
        said = done.stdout + done.stderr
        assert name not in said
        said = re.sub(r'"sha256": "\w+"', "", said).replace(str(tmp_path / str(number)), "")
        found.append((done.returncode, said))
    return found


@pytest.mark.parametrize("sheets", [("党员",), ("单位", "党员"), ("单位", "党员", "党支部"), ("党支部",)])
@pytest.mark.parametrize(
    "options", [(), ("--json",), ("--complete",), ("--clean-rows",), ("--complete", "--json")]
)
def test_the_answer_is_the_same_whoever_is_named(
    site: Site, tmp_path: Path, sheets: tuple[str, ...], options: tuple[str, ...]
) -> None:
    held, alike, nobody = answers(site, tmp_path, *sheets, options=options)
    assert held == alike == nobody


def test_people_are_listed_and_what_is_not_about_them_is_compared(site: Site, tmp_path: Path) -> None:
    line = books(site, tmp_path, str(site.person.properties["name"]), "单位", "党员")
    found: Any = site.line.json(*line, "--json")
    listed = {(s["what"], s["type"]) for s in found["list"]}
    assert ("added", "Member") in listed
    assert ("changed", "Unit") in listed
    assert not any(m["of"] == "members" for m in found["movements"])
    clear: Any = json.loads(site.line(*line, "--json", "--names").stdout)
    assert clear["plan"]["added"].get("Member", 0) == 0


def test_a_person_outside_of_the_workbooks_is_looked_for_with_the_right_to_names_only(
    site: Site, tmp_path: Path
) -> None:
    line = books(site, tmp_path, str(site.person.properties["name"]), "党支部")
    done = site.line(*line, "--yes")
    assert done.returncode == 2
    assert "--names" in done.stderr
    assert site.line.json("status", "--json")["round"] == "2006-10"
    assert site.line(*line, "--names").returncode == 0


def test_the_very_files_that_were_loaded_last_and_files_without_people_are_compared_as_they_are(
    site: Site, tmp_path: Path
) -> None:
    again: Any = site.line.json("load", str(ROUND), "--json")
    assert again["plan"] == {"added": {}, "changed": {}, "removed": {}}
    units: Any = site.line.json(*books(site, tmp_path, "无", "单位"), "--json")
    assert units["plan"]["changed"] == {"Unit": 1}


def test_a_sheet_that_was_left_out_for_naming_unknown_people_is_not_told_of(
    site: Site, tmp_path: Path
) -> None:
    """Whether most of its names are held would show in it, as it shows in the problem of a single one."""
    named = [save(tmp_path / "b.xlsx", 党支部=[["党支部名称", "书记"], ["新支部", "李龘龘"]])]
    prepared = prepare(site.store, LoadRequest(named, KeyMaker(b"test"), "2006-11"))
    for code in ("broken_reference", "unanswered_references"):
        found = replace(prepared.reading.problems[0], code=code)
        load = replace(prepared, reading=replace(prepared.reading, problems=(found,)))
        seen = as_seen(load, Viewer(), site.store, site.home)
        assert (seen.blind, seen.needs_names, seen.load.reading.problems) == (True, True, ()), code
