"""Where a reader finds the test of each thing that loading promises; a test that is gone is missed here."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
POINTS = {
    "1 template": ("test_template.py", "test_a_filled_template_reads_back"),
    "1 template filled for one area": (
        "test_prefill.py",
        "test_a_template_filled_for_any_area_changes_nothing_when_it_is_loaded",
    ),
    "2 what offices send": ("test_workbooks.py", "def test_"),
    "3 the same thing under two names": ("test_load.py", "test_an_answer_is_asked_for_once"),
    "4 a plan before anything is written": ("test_cli.py", "test_nothing_is_written_without_yes"),
    "4 before and after, masked": (
        "test_load_facts.py",
        "test_the_plan_is_a_list_with_before_and_after_and_masked_names",
    ),
    "4 a partial round": (
        "test_load.py",
        "test_a_partial_load_refers_to_what_is_held_and_removes_nothing",
    ),
    "5 the workbook back, marked": ("test_annotate.py", "def test_"),
    "5 nothing until clean": ("test_load.py", "test_nothing_is_loaded_until_all_is_clean"),
    "5 or the clean rows now": (
        "test_load.py",
        "test_the_clean_rows_are_loaded_when_that_is_said_and_what_is_left_out_is_listed",
    ),
    "6 reconcile in all and by area": ("test_load.py", "test_totals_are_compared_in_all_and_by_area"),
    "6 explanations stay": ("test_load.py", "test_an_explanation_stays_with_the_round"),
    "6 against the last round": (
        "test_load.py",
        "test_opening_came_left_closing_against_what_is_held",
    ),
    "7 undo and look back": (
        "test_history.py",
        "test_the_last_load_is_undone_and_the_one_before_it_too",
    ),
    "8 a believable survey": ("test_synth.py", "def test_"),
    "all or nothing": ("test_all_or_nothing.py", "def test_"),
    "nothing lost quietly": ("test_balance.py", "test_rows_in_are_rows_landed_and_rows_in_problems"),
    "shown in a browser": ("test_load_page.py", "test_from_a_broken_workbook_to_a_load_and_back"),
}


@pytest.mark.parametrize("point", POINTS)
def test_each_point_has_its_test(point: str) -> None:
    file, name = POINTS[point]
    assert name in (HERE / file).read_text("utf-8")
