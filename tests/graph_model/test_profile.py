"""Thresholds: the built-in ones, a site's over them, and what a site's file may not do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph_model.errors import SchemaError
from graph_model.profile import read_profile


def test_the_built_in_profile_has_a_source_and_a_date_for_each() -> None:
    profile = read_profile()
    assert profile.value("branch.min_full_members") == 3
    assert profile.value("branch.min_full_members_for_committee") == 7
    assert (profile.value("term.community_months"), profile.value("term.other_months")) == (60, 36)
    assert (profile.value("term.remind_months"), profile.value("floating.months")) == (6, 6)
    for threshold in profile.thresholds.values():
        assert threshold.source
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", threshold.effective), threshold.name


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
