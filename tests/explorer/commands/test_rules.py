"""`branchmap rules`: the rules in words, and a faulty file of the site named; no store is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_model.coverage.catalogue import BUILT_IN, read_catalogue
from tests.support.command_line import Line

KNOWN = read_catalogue()


@pytest.fixture
def site(tmp_path: Path) -> Line:
    """A site with one rule of its own and a file that is none."""
    folder = tmp_path / "home" / "rules"
    folder.mkdir(parents=True)
    own = (BUILT_IN / "no_work_coverage.toml").read_text("utf-8")
    (folder / "mine.toml").write_text(own, "utf-8")
    (folder / "broken.toml").write_text("title = ", "utf-8")
    return Line(tmp_path / "home")


def test_every_rule_with_its_texts_and_thresholds(tmp_path: Path) -> None:
    value = Line(tmp_path / "home").json("rules", "--json", "--lang", "en")
    assert [r["id"] for r in value["rules"]] == [r.id for r in KNOWN.every]
    assert value["faults"] == []
    due = next(r for r in value["rules"] if r["id"] == "own_branch_due")
    rule = KNOWN.rule("own_branch_due")
    assert (due["title"], due["severity"], due["about"], due["params"]) == (
        rule.title.en,
        "high",
        "Unit",
        dict(rule.params),
    )
    assert rule.source is not None
    assert (due["nature"], due["source"], due["effective"], due["local"], due["on"]) == (
        "blank",
        rule.source.en,
        "2018-10-28",
        False,
        True,
    )
    assert not (tmp_path / "home" / "engine").exists()


def test_a_rule_that_the_site_switched_off_is_listed_as_off(tmp_path: Path) -> None:
    line = Line(tmp_path / "home")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "profile.toml").write_text("[rules]\nstale_pair = false", "utf-8")
    found = {r["id"]: (r["on"], r["local"]) for r in line.json("rules", "--json")["rules"]}
    assert (found["stale_pair"], found["no_joint_meeting"]) == ((False, True), (True, True))
    refused = line("gaps", "stale_pair")
    assert (refused.returncode, "已停用" in refused.stderr) == (2, True)


def test_the_sites_own_stand_among_them_and_a_faulty_file_is_named(site: Line) -> None:
    value = site.json("rules", "--json")
    assert "mine" in [r["id"] for r in value["rules"]]
    [fault] = value["faults"]
    assert "broken" in fault
    shown = site("rules")
    assert "mine" in shown.stdout
    assert "单位" in shown.stdout
    assert "broken" in shown.stderr
    assert shown.returncode == 0


def test_a_faulty_rule_is_refused_with_what_would_be_right(site: Line) -> None:
    done = site("rules", "check", str(site.data / "rules" / "broken.toml"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "broken" in done.stderr
    assert site("rules", "check", str(site.data / "none.toml")).returncode == 2
    assert not (site.data / "engine").exists()
