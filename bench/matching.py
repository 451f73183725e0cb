"""How many columns of the office workbooks are matched without a question, and how long forty foreign sheets take."""

from __future__ import annotations

import time
from pathlib import Path

from loaders.forms.answers import LEAVE, NO_ANSWERS, NOTE
from loaders.forms.form import read_forms
from loaders.match.choose import SheetChooser
from loaders.read.workbooks import read_workbook
from loaders.read.worksheet import Worksheet, worksheet_of

OFFICES = Path(__file__).parents[1] / "tests" / "data" / "offices"
SHEETS = 40


def main() -> None:
    """Print both figures."""
    for path in sorted(OFFICES.glob("*.xlsx")):
        for sheet in read_workbook(path, path.name):
            if not sheet.blank:
                print(f"{path.name} · {sheet.name}: {_counted(sheet)}")
    sheets = [_foreign(number) for number in range(SHEETS)]
    SheetChooser(NO_ANSWERS)(sheets[0], read_forms())  # libraries are loaded with the first
    start = time.perf_counter()
    choose = SheetChooser(NO_ANSWERS)
    for sheet in sheets:
        choose(sheet, read_forms())
    print(
        f"{SHEETS} foreign sheets: {time.perf_counter() - start:.2f} s (goal 2 s), asked: {len(choose.proposals)}"
    )


def _counted(sheet: Worksheet) -> str:
    choose = SheetChooser(NO_ANSWERS)
    header = choose(sheet, read_forms()).header
    if header is None:
        return "asked" if any(p.asks for p in choose.proposals) else "passed over"
    read = len(header.columns) + sum(len(p.columns) for p in header.parts)
    likes = [c for p in choose.proposals for c in p.columns if c.reason in ("alike", "content")]
    taken = sum(c.target not in (NOTE, LEAVE) for c in likes)
    return (
        f"{header.form.id}, {read} columns read ({taken} by likeness or content), {len(header.notes)} notes"
    )


def _foreign(number: int) -> Worksheet:
    """A roster whose headings no form has, with a heading of its own, so that nothing is remembered of the last."""
    headings = ["人员姓名", "性别", "民族", "学历", "入党年份", "归口", "人员分类", f"备注{number}"]
    rows = [
        [f"王{at % 50}", "男", "汉", "大专", "2001-05", f"甲{number}公司党支部", "正式党员", None]
        for at in range(300)
    ]
    return worksheet_of("a.xlsx", f"名册{number}", [headings, *rows])


if __name__ == "__main__":
    main()
