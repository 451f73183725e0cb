"""Thresholds: the built-in ones, a site's over them, and what a site's file may not do."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from graph_model.errors import InputError, SchemaError
from graph_model.profile import Profile, Reckoning, read_day, read_profile, reckon


def test_the_built_in_profile_has_a_source_and_a_date_for_each() -> None:
    profile = read_profile()
    assert profile.value("branch.min_full_members") == 3
    assert profile.value("branch.min_full_members_for_committee") == 7
    assert (profile.value("term.community_months"), profile.value("term.other_months")) == (60, 36)
    assert (profile.value("term.remind_months"), profile.value("floating.months")) == (6, 6)
    for threshold in profile.thresholds.values():
        assert threshold.source
        # what is only practice holds from no date
        local = threshold.source.startswith(("地方做法", "工作提示"))
        assert re.fullmatch("" if local else r"\d{4}-\d\d-\d\d", threshold.effective), threshold.name


def test_a_sites_value_goes_over_the_built_in_one(tmp_path: Path) -> None:
    file = tmp_path / "profile.toml"
    file.write_text('[branch.min_full_members]\nvalue = 5\nsource = "区里通知"\n', "utf-8")
    profile = read_profile(file)
    assert profile.value("branch.min_full_members") == 5
    assert profile.thresholds["branch.min_full_members"].source == "区里通知"
    assert profile.value("branch.max_members") == 50


def test_a_site_without_a_file_has_the_built_in_profile(tmp_path: Path) -> None:
    assert read_profile(tmp_path / "profile.toml") == read_profile()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[branch.minimum]\nvalue = 3", "branch.min_full_members"),
        ("[branch.max_members]\nvalue = '50'", "branch.max_members"),
        ("[branch.max_members]\nvalue = true", "branch.max_members"),
        ("[branch.max_members]\nsource = 'x'", "branch.max_members"),
        ("[branch", "TOML"),
    ],
)
def test_a_faulty_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    profile = read_profile(file)
    [fault] = profile.faults
    assert "mine.toml" in fault.message("en")
    assert said in fault.message("en")
    # the rest still stands
    assert profile.thresholds == read_profile().thresholds


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes("[branch.max_members]\nvalue = 5 # 党员".encode("gb18030"))
    [fault] = read_profile(file).faults
    assert "mine.toml" in fault.message("en")


def test_an_unknown_threshold_is_our_fault() -> None:
    with pytest.raises(SchemaError, match=r"branch\.max_members"):
        read_profile().value("branch.max_member")


def test_the_date_that_is_given_counts_then_an_examples_own_then_today() -> None:
    today = date(2026, 11, 28)
    given = Reckoning("2006-10", "option")
    assert reckon(given, "2006-04", today) == given
    assert reckon(None, "2006-04", today) == Reckoning("2006-04", "survey")
    assert reckon(None, "", today) == Reckoning("2026-11-28", "today")


def test_a_date_that_is_not_today_is_said() -> None:
    assert Reckoning("2026-11-28").notice is None
    for reckoning, zh, en in (
        (
            Reckoning("2006-10", "survey"),
            "示例数据，日期按2006年10月计",
            "Sample data: dates are reckoned as of October 2006",
        ),
        (Reckoning("2006-04-30", "option"), "日期按2006年4月计", "Dates are reckoned as of April 2006"),
    ):
        assert reckoning.notice is not None
        assert (reckoning.notice.zh, reckoning.notice.en) == (zh, en)


@pytest.mark.parametrize("wrong", ["2006", "2006-13", "2006-02-30", "10/2006", ""])
def test_what_is_no_date_is_refused(wrong: str) -> None:
    with pytest.raises(InputError, match="2006-10-31"):
        read_day(wrong)


def test_a_site_says_by_which_date_and_norms_it_reckons_and_which_rules_run(tmp_path: Path) -> None:
    file = tmp_path / "profile.toml"
    file.write_text(
        '[reckoning]\nas_of = "2006-10"\ntodays_norms = false\n[rules]\nstale_pair = false\n', "utf-8"
    )
    profile = read_profile(file)
    assert (profile.given, profile.todays_norms) == (Reckoning("2006-10", "setting"), False)
    assert (profile.switches, profile.faults) == ({"stale_pair": False}, ())
    built_in: Profile = read_profile()
    assert (built_in.given, built_in.todays_norms, built_in.switches) == (None, True, {})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[reckoning]\nas_of = "soon"', "[reckoning] as_of"),
        ('[reckoning]\ntodays_norms = "no"', "[reckoning] todays_norms"),
        ("[reckoning]\nday = 3", "[reckoning] day"),
        ('[rules]\nstale_pair = "off"', "[rules] stale_pair"),
        ("rules = 3", "[rules]"),
    ],
)
def test_a_slip_in_these_sections_is_a_fault_and_the_usual_holds(
    tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "profile.toml"
    file.write_text(text, "utf-8")
    profile = read_profile(file)
    assert (profile.given, profile.todays_norms, profile.switches) == (None, True, {})
    [fault] = profile.faults
    assert said in fault.message("en")
