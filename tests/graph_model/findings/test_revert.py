"""Undoing a load: gaps, figures and rounds are again what they were before it, on a walk of many loads too."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.errors import StoreBusy
from graph_model.findings.counts import count_by_status, count_overdue
from graph_model.findings.findings import EDITABLE, edit, read_findings, write_findings
from graph_model.findings.freshness import is_stale, read_freshness
from graph_model.findings.refresh import refresh_findings
from graph_model.findings.round_figures import figures_history as figures
from graph_model.findings.rule_run import current_hits, run_rules
from graph_model.findings.snapshot import read_snapshot
from graph_model.graph import Graph
from graph_model.keys import KeyMaker
from graph_model.profile import Profile, read_profile
from graph_model.secret import site_secret
from graph_model.store.store import Store
from loaders.history.load_log import FIGURES, read_history
from loaders.history.rebuild import rebuild
from loaders.history.undo import undo_last
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from tests.support.books import save

PROFILE = read_profile()
RULES = read_catalogue()
TODAY = date(2006, 12, 1)
ONE = Catalogue((RULES.rule("own_branch_due"),))
"""A gap of each company with three full members and no branch."""

UNITS = ["单位名称", "单位类别", "经营状态", "管理区域"]
MEMBERS = ["姓名", "入党时间", "出生年月", "所在单位", "党员类别"]


def stricter(minimum: int) -> Profile:
    old = PROFILE.thresholds["branch.min_full_members"]
    return Profile({**PROFILE.thresholds, old.name: replace(old, value=minimum)})


def workbook(path: Path, members: Mapping[str, int]) -> Path:
    """A workbook of companies, each with so many full members."""
    people = [
        [f"{unit}{'一二三四五六'[n]}", "2001", "1970-01", unit, "正式党员"]
        for unit, number in members.items()
        for n in range(number)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    save(
        path,
        居民区=[["居民区名称"], ["檀香居民区"]],
        单位=[UNITS, *[[unit, "物业公司", "正常经营", "檀香居民区"] for unit in members]],
        党员=[MEMBERS, *people],
    )
    return path


@dataclass
class Office:
    """A store with a data folder, and whoever loads and undoes there."""

    store: Store
    home: Path
    loads: int = 0

    @property
    def data(self) -> Path:
        return self.home / "data"

    def load(
        self, round_: str, members: Mapping[str, int], *, complete: bool = True, up: bool = True
    ) -> dict[str, dict[str, Any]]:
        self.loads += 1
        path = workbook(self.home / str(self.loads) / "a.xlsx", members)
        secret = site_secret(self.data)
        prepared = prepare(
            self.store,
            LoadRequest([path], keys=KeyMaker(secret), data=self.data, round=round_, complete=complete),
        )
        apply(self.store, prepared)
        if up:
            refresh_findings(self.store, ONE, PROFILE)
        return self.gaps()

    def undo(self) -> dict[str, dict[str, Any]]:
        undo_last(self.store, self.data)
        refresh_findings(self.store, ONE, PROFILE)
        return self.gaps()

    def gaps(self) -> dict[str, dict[str, Any]]:
        """{company: what its gap is remembered as}."""
        names = ("seen_in", "first_seen", "last_seen", "rounds", "cleared_in", "reopened_in")
        round_ = self.store.state().round or ""
        return {
            f.name: {"life": f.life(round_), **{n: f.said[n] for n in names if n in f.said}}
            for f in read_findings(self.store)
        }

    def members(self) -> dict[str, int]:
        """{round: the members kept with it}."""
        return {f.round: f.totals["members"] for f in figures(self.store)}

    def key(self, name: str) -> str:
        return next(f.key for f in read_findings(self.store) if f.name == name)


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    return Office(store, tmp_path)


def seen(*rounds: str, life: str, **more: Any) -> dict[str, Any]:
    return {
        "life": life,
        "seen_in": " ".join(rounds),
        "first_seen": rounds[0],
        "last_seen": rounds[-1],
        "rounds": len(rounds),
        **more,
    }


# ---- the gaps


def test_after_an_undo_every_gap_has_the_history_that_it_had(office: Office) -> None:
    first = {"甲物业": seen("2006-04", life="new"), "乙物业": seen("2006-04", life="new")}
    wrong = {"甲物业": 3, "乙物业": 1, "丙物业": 3}
    assert office.load("2006-04", {"甲物业": 3, "乙物业": 3, "丙物业": 1}) == first
    assert office.load("2006-10", wrong) == {
        "甲物业": seen("2006-04", "2006-10", life="continuing"),
        "乙物业": seen("2006-04", life="cleared", cleared_in="2006-10"),
        "丙物业": seen("2006-10", life="new"),
    }
    assert office.undo() == first
    assert office.load("2006-11", wrong) == {
        "甲物业": seen("2006-04", "2006-11", life="continuing"),
        "乙物业": seen("2006-04", life="cleared", cleared_in="2006-11"),
        "丙物业": seen("2006-11", life="new"),
    }


def test_a_gap_that_came_back_is_cleared_again_by_the_undo(office: Office) -> None:
    office.load("2006-04", {"甲物业": 3})
    office.load("2006-07", {"甲物业": 1})
    office.load("2006-10", {"甲物业": 3})
    assert office.undo() == {"甲物业": seen("2006-04", life="cleared", cleared_in="2006-07")}
    assert office.undo() == {"甲物业": seen("2006-04", life="new")}
    assert office.undo() == {}


def test_what_people_arranged_outlives_an_undo(office: Office) -> None:
    office.load("2006-04", {"甲物业": 3})
    before = office.key("甲物业")
    edit(office.store, [before], {"owner": "王书记"})
    office.load("2006-10", {"甲物业": 3, "乙物业": 3})
    both = [before, office.key("乙物业")]
    edit(office.store, both, {"due": "2006-11"})
    assert office.undo() == {"甲物业": seen("2006-04", life="new")}
    [found] = read_findings(office.store)
    assert (found.text("owner"), found.text("due")) == ("王书记", "2006-11")
    assert count_by_status(office.store, "2006-04") == {("own_branch_due", "new"): 1}
    assert count_overdue(office.store, TODAY).total == 1
    assert office.load("2006-11", {"甲物业": 3, "乙物业": 3})["乙物业"] == seen("2006-11", life="new")
    assert {f.name: f.text("due") for f in read_findings(office.store)} == {
        "甲物业": "2006-11",
        "乙物业": "2006-11",
    }


def test_an_undo_before_the_findings_were_brought_up(office: Office) -> None:
    office.load("2006-04", {"甲物业": 3}, up=False)
    office.load("2006-10", {"甲物业": 3}, up=False)
    assert office.undo() == {"甲物业": seen("2006-04", life="new")}


def test_after_an_undo_nothing_is_worked_out_again(office: Office) -> None:
    office.load("2006-04", {"甲物业": 3})
    before = read_snapshot(office.store, ONE, PROFILE, "2006-04")
    for round_, complete in (("2006-10", True), ("2006-04", False)):
        office.load(round_, {"甲物业": 4, "乙物业": 4}, complete=complete)
        undo_last(office.store, office.data)
        assert not is_stale(office.store, ONE, PROFILE)
        assert read_snapshot(office.store, ONE, PROFILE, "2006-04") == before


def test_where_the_figures_before_are_not_known_they_are_worked_out_again(office: Office) -> None:
    office.load("2006-04", {"甲物业": 3})
    office.load("2006-04", {"甲物业": 4})
    (read_history(office.data, office.store)[0].folder(office.data) / FIGURES).unlink()
    undo_last(office.store, office.data)
    assert (office.members(), is_stale(office.store, ONE, PROFILE)) == ({}, True)
    refresh_findings(office.store, ONE, PROFILE)
    assert office.members() == {"2006-04": 3}


def test_a_threshold_changed_under_an_undone_load_clears_by_the_rule(office: Office) -> None:
    office.load("2006-04", {"甲物业": 3})
    office.load("2006-10", {"甲物业": 3})
    refresh_findings(office.store, ONE, stricter(4))
    undo_last(office.store, office.data)
    assert office.gaps() == {"甲物业": seen("2006-04", life="new")}
    refresh_findings(office.store, ONE, stricter(4))
    [found] = read_findings(office.store)
    assert (found.text("cleared_in"), found.said["by_rule"]) == ("2006-04", True)


def test_rules_asked_before_an_undo_are_not_noted_after_it(office: Office) -> None:
    office.load("2006-04", {"甲物业": 1})
    office.load("2006-10", {"甲物业": 3}, up=False)
    before = read_freshness(office.store)
    now = current_hits(office.store, run_rules(office.store, ONE.rules, PROFILE, "2006-10"))
    assert [m.status for m in now.marks.values()] == ["gap"]
    round_ = office.store.rounds()[0]
    undo_last(office.store, office.data)
    with pytest.raises(StoreBusy):
        write_findings(office.store, round_, now=now, before=before, rules="")
    assert read_findings(office.store) == ()


# ---- a round that is loaded late


def test_a_late_part_of_an_older_round_leaves_the_figures_of_that_round_alone(office: Office) -> None:
    office.load("2006-04", {"甲物业": 1})
    office.load("2006-10", {"甲物业": 3})
    now = seen("2006-10", life="new")
    assert office.load("2006-04", {"乙物业": 4}, complete=False) == {"甲物业": now, "乙物业": now}
    assert (office.store.state().round, office.members()) == ("2006-10", {"2006-04": 1, "2006-10": 7})
    assert office.undo() == {"甲物业": now}
    assert (office.store.state().round, office.members()) == ("2006-10", {"2006-04": 1, "2006-10": 3})


def test_a_late_part_of_a_round_of_which_nothing_was_loaded_keeps_no_figures_with_it(
    office: Office,
) -> None:
    office.load("2006-10", {"甲物业": 3})
    office.load("2006-04", {"乙物业": 4}, complete=False)
    assert (office.store.state().round, office.members()) == ("2006-10", {"2006-10": 7})
    office.undo()
    assert ([r.name for r in office.store.rounds()], office.members()) == (["2006-10"], {"2006-10": 3})


def test_an_older_round_loaded_whole_is_the_present_one_until_it_is_undone(office: Office) -> None:
    office.load("2006-04", {"甲物业": 1})
    office.load("2006-10", {"甲物业": 3})
    office.load("2006-04", {"甲物业": 2})
    assert (office.store.state().round, office.members()) == ("2006-04", {"2006-04": 2, "2006-10": 3})
    office.undo()
    assert (office.store.state().round, office.members()) == ("2006-10", {"2006-04": 1, "2006-10": 3})


def test_a_round_is_rebuilt_as_it_was_when_it_was_the_newest(office: Office) -> None:
    office.load("2006-04", {"甲物业": 1})
    first = office.store.held()
    office.load("2006-10", {"甲物业": 3})
    office.load("2006-04", {"乙物业": 4}, complete=False)
    assert rebuild(office.data, "2006-04") == first
    assert rebuild(office.data, "2006-10") == office.store.held()


# ---- a walk


STEPS = 14


def kept(store: Store) -> tuple[Any, ...]:
    """All that an undo is to bring back: what is held, gaps without what people write of them, figures."""
    state, now = store.state(), read_freshness(store)
    done = (now.rules, now.failed) if now.load == str(state.version) else None
    gaps = {f.key: {n: v for n, v in f.said.items() if n not in EDITABLE} for f in read_findings(store)}
    return store.held(), state.round, gaps, store.records("SurveyRound"), done


@pytest.mark.parametrize("seed", range(4))
def test_on_any_walk_an_undo_gives_what_was_before_the_load(office: Office, seed: int) -> None:
    draw, store = random.Random(seed), office.store
    before: list[tuple[Any, ...]] = []
    arranged: dict[str, str] = {}
    for _ in range(STEPS):
        step = draw.choice(["load", "load", "part", "undo", "undo", "rules", "arrange"])
        gaps = [f.key for f in read_findings(store) if not f.cleared]
        if step in ("load", "part"):
            before.append(kept(store))
            members = {u: draw.randint(1, 5) for u in draw.sample(["甲物业", "乙物业", "丙物业"], 2)}
            round_ = draw.choice(["2006-04", "2006-07", "2006-10", "2007-01"])
            up = draw.random() < 0.8
            office.load(round_, members, complete=step == "load", up=up)
        elif step == "undo" and before:
            undo_last(store, office.data)
            assert kept(store) == before.pop()
        elif step == "rules":
            refresh_findings(store, ONE, draw.choice([PROFILE, stricter(4)]))
        elif step == "arrange" and gaps:
            key = draw.choice(gaps)
            arranged[key] = draw.choice(["王书记", "李书记"])
            edit(store, [key], {"owner": arranged[key]})
    while before:
        undo_last(store, office.data)
        assert kept(store) == before.pop()
    owners = {n.key: n.properties.get("owner") for n in store.records("Finding")}
    assert {k: v for k, v in owners.items() if v} == arranged
    assert (read_findings(store), store.rounds(), store.held()) == ((), (), Graph.of())
