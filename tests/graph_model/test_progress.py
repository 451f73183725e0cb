"""Progress: its steps are texts, so that a type's label may stand in their place."""

from graph_model.progress import ProgressStep, no_progress


def test_a_step_is_its_text() -> None:
    assert ProgressStep.READ == "read"
    assert {str(step) for step in ProgressStep} == {
        "same",
        "read",
        "rows",
        "assemble",
        "keep",
        "write",
        "confirm",
        "rules",
    }


def test_no_progress_takes_any_step() -> None:
    no_progress(ProgressStep.WRITE, 1, 2)
    no_progress("Unit", 0, 0)
