"""How long reading and validating a sheet of members takes, against the bare read by fastexcel (calamine).

Ours is the way of a load: the reading process is started, reads, and hands over to the one that validates.

    python bench/read_members.py [ROWS] [TURNS]

Each turn runs both sides one after the other, each in a process of its own; the best turn of each counts.
Exits with 1 beyond three times the bare read, or 1.5 GiB.
"""

from __future__ import annotations

import csv
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT_RATIO, LIMIT_GIB = 3.0, 1.5


def make(rows: int, folder: Path) -> Path:
    """One workbook with one sheet of so many invented members."""
    from loaders.synth.survey import make_survey
    from loaders.synth.xlsx import write_workbook

    made = make_survey(max(rows, 100), 1, folder / "survey", format="csv")
    with (made.folder / "党员.csv").open(encoding="utf-8-sig", newline="") as stream:
        heading, *members = csv.reader(stream)
    path = folder / "members.xlsx"
    write_workbook(path, "", {"党员": (heading, [tuple(c or None for c in m) for m in members[:rows]])})
    return path


def ours(path: Path) -> int:
    """Read, recognise and validate; the number of rows."""
    from loaders.forms.form import read_forms
    from loaders.map.headings import header_problems, match_form
    from loaders.map.map_sheet import read_sheet
    from loaders.read.workbooks import read_workbook

    rows = 0
    for sheet in read_workbook(path):
        header = match_form(sheet, read_forms())
        if header is not None:
            header_problems(sheet, header)
            reading = read_sheet(sheet, header, "2006-10")
            rows += len(reading.records) + len(reading.rejected)
    return rows


def peer(path: Path) -> int:
    """Every sheet as fastexcel gives it, as Arrow."""
    import fastexcel

    book = fastexcel.read_excel(path)
    return sum(book.load_sheet(name, header_row=None).to_arrow().num_rows for name in book.sheet_names)


def side(name: str, path: Path) -> None:
    """Run one side; one line of JSON for the parent. Importing is not counted."""
    import fastexcel  # noqa: F401

    import loaders.survey  # noqa: F401

    gc.disable()  # as loaders.survey.read_round does; for both sides
    wall, cpu = time.perf_counter(), time.process_time()
    rows = ours(path) if name == "ours" else peer(path)
    seconds, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(json.dumps({"rows": rows, "seconds": seconds, "cpu": cpu, "gib": peak}))


def measured(name: str, path: Path) -> dict[str, float]:
    """One side in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, f"--{name}", str(path)], stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(rows: int, turns: int) -> int:
    """Both sides in turn, the ratio, and whether the limits hold."""
    with tempfile.TemporaryDirectory() as folder:
        path = make(rows, Path(folder))
        size = path.stat().st_size / 2**20
        runs = [(measured("ours", path), measured("peer", path)) for _ in range(turns)]
    mine, bare = (min((r[side] for r in runs), key=lambda r: r["cpu"]) for side in (0, 1))
    print(f"{rows:,} rows, {size:.1f} MiB, best of {turns}")
    for name, found in (("read and validate", mine), ("fastexcel load_sheet().to_arrow()", bare)):
        told = f"{found['seconds']:6.2f} s {found['cpu']:6.2f} s of processor {found['gib']:.2f} GiB"
        print(f"{told}  {name}")
    ratio = mine["seconds"] / bare["seconds"]
    print(f"ratio {ratio:.2f}, of processor time {mine['cpu'] / bare['cpu']:.2f}")
    return int(ratio > LIMIT_RATIO or mine["gib"] > LIMIT_GIB)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    match sys.argv[1:]:
        case ["--ours" | "--peer" as name, path]:
            side(name[2:], Path(path))
        case rest:
            sys.exit(main(int(rest[0]) if rest else 20_000, int(rest[1]) if len(rest) > 1 else 3))
