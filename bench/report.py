"""How long the monthly pack takes, against python-docx writing the same tables by its own cells.

    python bench/report.py HOME

HOME: a data folder with a loaded round (`branchmap --data HOME load ... --yes`); nothing is written into it. Both
sides run in this process, one after the other. Exits with 1 beyond a limit: seconds by the members, and memory.
"""

from __future__ import annotations

import io
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parent.parent))

from docx import Document

from explorer.answers import Answers
from explorer.report.blocks import Report, ReportTable, TableRow
from explorer.report.docx import to_docx
from explorer.report.pdf import to_pdf
from explorer.report.report import build_monthly_report
from explorer.settings import Settings
from explorer.viewer import Viewer
from graph_model.connect import StoreChoice, open_store

T = TypeVar("T")
LIMITS = ((5_000, 10.0), (20_000, 15.0), (200_000, 60.0))
"""(members, seconds) for the pack as Word and PDF, from an opened store on."""
LIMIT_GB = 1.0


def timed(name: str, work: Callable[[], T]) -> tuple[T, float]:
    """What it gives, and its seconds, which are printed, also of this process alone: the engine has its own."""
    start, cpu = time.perf_counter(), time.process_time()
    answer = work()
    seconds = time.perf_counter() - start
    print(f"{seconds:7.2f} s {time.process_time() - cpu:7.2f} s of processor  {name}", flush=True)
    return answer, seconds


def plain(report: Report) -> bytes:
    """The peer: the same tables as python-docx's users write them, without any look."""
    document = Document()
    for block in report.blocks:
        if isinstance(block, ReportTable):
            table = document.add_table(rows=0, cols=len(block.columns))
            for row in block.rows:
                cells = table.add_row().cells
                for cell, text in zip(
                    cells, row.cells if isinstance(row, TableRow) else (row.text,), strict=False
                ):
                    cell.text = "".join(c for c in text if c.isprintable())
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def main(home: Path) -> int:
    """Each side once, the ratio, and whether the limits hold."""
    settings = Settings(home)
    with open_store(StoreChoice(home)) as store:
        answers = Answers(store, settings.catalogue(), settings.profile())
        timed("findings brought up to date, as after a load", answers.refresh)
        members = int(store.ask("MATCH (m:Member) RETURN count(m) AS n").rows[0]["n"])
        report, built = timed("the notice and its annexes", lambda: build_monthly_report(answers, Viewer()))
    _, word = timed("branchmap: Word", lambda: to_docx(report))
    _, paper = timed("branchmap: PDF", lambda: to_pdf(report))
    _, bare = timed("python-docx: the same tables, cell by cell", lambda: plain(report))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    rows = sum(len(b.rows) for b in report.blocks if isinstance(b, ReportTable))
    whole = built + word + paper
    limit = next((seconds for most, seconds in LIMITS if members <= most), LIMITS[-1][1])
    print(
        f"{members:,} members, {rows:,} rows of tables: {whole:.1f} s of {limit:.0f}, {peak:.2f} GB of {LIMIT_GB:.0f}"
    )
    print(f"ratio {word / bare:.2f} for Word, {whole / bare:.2f} for all")
    return int(whole > limit or peak > LIMIT_GB)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
