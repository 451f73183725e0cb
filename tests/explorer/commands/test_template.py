"""`branchmap template`: a blank workbook, and who may have one that is filled in."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.support.command_line import Line


def test_a_blank_workbook_needs_no_store_and_full_has_more_columns(tmp_path: Path) -> None:
    line, widths = Line(tmp_path / "home"), []
    for columns in ("basic", "full"):
        out = tmp_path / f"{columns}.xlsx"
        done = line("template", str(out), "--columns", columns)
        assert (done.returncode, done.stderr) == (0, f"已写入 {out}。\n")
        widths.append(sum(sheet.max_column for sheet in openpyxl.load_workbook(out).worksheets))
    assert widths[0] < widths[1]
    assert not (tmp_path / "home" / "engine").exists()


def test_only_a_workbook_and_only_outside_the_data_folder(tmp_path: Path) -> None:
    line = Line(tmp_path / "home")
    for out, said in ((tmp_path / "a.csv", "a.csv"), (tmp_path / "home" / "a.xlsx", "数据文件夹")):
        done = line("template", str(out))
        assert done.returncode == 2
        assert said in done.stderr
        assert not out.exists()


def test_one_that_is_filled_in_holds_names(tmp_path: Path) -> None:
    done = Line(tmp_path / "home")("template", str(tmp_path / "a.xlsx"), "--area", "檀香", "--lang", "en")
    assert done.returncode == 2
    assert "add --names" in done.stderr
