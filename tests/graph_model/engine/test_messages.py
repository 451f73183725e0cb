import pytest

from graph_model.engine import messages
from graph_model.engine.config import EngineFolder


@pytest.fixture
def folder(tmp_path):
    found = EngineFolder.of(tmp_path)
    found.log.mkdir(parents=True)
    return found


def logged(folder, text, name="keeper.log"):
    (folder.log / name).write_text(text, "utf-8")
    return messages.last_lines(folder.log)


def test_where_there_are_no_logs_there_are_no_lines(folder):
    assert messages.last_lines(folder.log / "none") == ()


def test_problems_come_before_the_rest(folder):
    assert logged(folder, "start\nSEVERE no memory\nend\n") == ("SEVERE no memory",)


def test_without_a_problem_the_last_lines_are_told(folder):
    assert logged(folder, "\n".join(f"line {n}" for n in range(9))) == tuple(
        f"line {n}" for n in range(3, 9)
    )


def test_stack_frames_and_noise_are_left_out(folder):
    text = "Exception in thread\n  at x.Y(Z.java:1)\n... 7 more\nWARNING GraalVM\n"
    assert logged(folder, text) == ("Exception in thread",)


def test_only_the_last_run_is_told(folder):
    assert logged(folder, f"ERROR old\n{messages.BEGINS}\nERROR new\n") == ("ERROR new",)


def test_a_long_line_is_cut_and_the_end_of_a_long_log_is_read(folder):
    [line] = logged(folder, "x" * 30_000 + "\nERROR " + "y" * 400)
    assert line == "ERROR " + "y" * 294


def test_lines_of_all_logs_are_told_in_their_order(folder):
    logged(folder, "ERROR java", "java.out")
    assert logged(folder, "ERROR keeper") == ("ERROR keeper", "ERROR java")


def test_an_engine_that_did_not_start_says_so_with_its_log(folder):
    logged(folder, "ERROR No space left")
    text = messages.did_not_start(folder).text
    assert text.zh.startswith(f"{folder.root} 中的内置引擎启动时退出了。")
    assert "\n  ERROR No space left\n" in text.zh
    assert "did not open its data within 30 s" in messages.did_not_start(folder, 30).text.en


@pytest.mark.parametrize(
    ("newer", "older"), [("26.10.1", "26.9.1"), ("26.10.2.post1", "26.10.2"), ("27.1", "26.12.9")]
)
def test_versions_are_compared_by_their_numbers(newer, older):
    assert messages.version_of(newer) > messages.version_of(older)
