"""Peak memory and seconds of reading hostile files as a round: the reading process and its parent together.

    python bench/hostile_files.py            # this program
    PYTHONPATH=OTHER python bench/hostile_files.py --only faulty_rows     # another version, one file

Each file is at most 200 MB on disk. Goal: at most 600 MiB, or refused in one line within 10 s; of the program alone,
without the reading process, at most 300 MiB above what it takes at rest.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil

MIB = 2**20
HEAD = "姓名,性别,出生年月,所在单位\n"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
READ = """
import sys
from pathlib import Path
import psutil
from graph_model.errors import InputError
from graph_model.keys import KeyMaker
from loaders.survey import read_round
print(psutil.Process().memory_info().rss, flush=True)
try:
    read = read_round([Path(sys.argv[1])], keys=KeyMaker(b"bench"), round="2006-10")
    first = next(iter(read.problems), None)
    print(len(read.graph.nodes), "nodes,", len(read.problems), "problems:", first and first.what.zh[:60])
except InputError as error:
    print("refused:", error.text.zh[:80])
"""


def packed(path: Path, parts: dict[str, Iterable[bytes]]) -> Path:
    """A zip whose parts are written piece by piece."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in parts.items():
            with archive.open(name, "w", force_zip64=True) as part:
                for piece in pieces:
                    part.write(piece)
    return path


def workbook(path: Path, sheet: Iterable[bytes], shared: Iterable[bytes] = (b"<sst/>",)) -> Path:
    """A workbook of one sheet, given as pieces of its XML."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    return packed(
        path,
        {
            "_rels/.rels": [
                f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{office}/officeDocument" '
                'Target="xl/workbook.xml"/></Relationships>'.encode()
            ],
            "xl/_rels/workbook.xml.rels": [
                f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{office}/worksheet" '
                f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{office}/sharedStrings" '
                'Target="sharedStrings.xml"/></Relationships>'.encode()
            ],
            "xl/workbook.xml": [
                f'<workbook xmlns="{MAIN}" xmlns:r="{office}"><sheets><sheet name="党员" sheetId="1" r:id="r1"/>'
                "</sheets></workbook>".encode()
            ],
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": shared,
        },
    )


def sheet_of(rows: Iterable[bytes]) -> Iterable[bytes]:
    """The XML of a sheet of these rows."""
    yield f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    yield from rows
    yield b"</sheetData></worksheet>"


def name(n: int) -> str:
    """An invented person's name, another for each number below 400 million."""
    return f"张{chr(0x4E00 + n % 20_000)}{chr(0x4E00 + n // 20_000)}"


def _zip_of_csvs(path: Path) -> Path:
    rows = (HEAD + "张三,男,1980-01,甲物业\n" * 30_000).encode()
    return packed(path / "a.zip", {f"{n}.csv": [rows] * 20 for n in range(40)})


def _shared_text(path: Path) -> Path:
    return workbook(
        path / "a.xlsx",
        sheet_of([b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>']),
        [b"<sst><si><t>", *([b"x" * MIB] * 950), b"</t></si></sst>"],
    )


def _inline_text(path: Path) -> Path:
    return workbook(
        path / "a.xlsx",
        sheet_of(
            [b'<row r="1"><c r="A1" t="inlineStr"><is><t>', *([b"x" * MIB] * 700), b"</t></is></c></row>"]
        ),
    )


def _faulty_rows(path: Path) -> Path:
    with (path / "a.csv").open("w", encoding="utf-8") as file:
        file.write(HEAD)
        file.writelines(f"{name(n)},无此性别{n},三十年前{n},没有的物业{n}\n" for n in range(300_000))
    return path / "a.csv"


def _broken_references(path: Path) -> Path:
    with (path / "a.csv").open("w", encoding="utf-8") as file:
        file.write(HEAD)
        file.writelines(f"{name(n)},男,1980-01,没有的物业{n}\n" for n in range(300_000))
    return path / "a.csv"


def _same_person(path: Path) -> Path:
    (path / "a.csv").write_text(HEAD + "张三,男,1980-01,\n" * 300_000, "utf-8")
    return path / "a.csv"


def _far_cell(path: Path) -> Path:
    row = '<row r="1048576"><c r="Z1048576" t="str"><v>x</v></c></row>'
    return workbook(path / "a.xlsx", sheet_of([row.encode()]))


def _wide_line(path: Path) -> Path:
    (path / "a.csv").write_text(HEAD + "," * 6_000_000 + "\n", "utf-8")
    return path / "a.csv"


def _many_cells(path: Path) -> Path:
    cells = "".join(f'<c r="{c}{{0}}"><v>1</v></c>' for c in "ABCDEFGH")
    rows = (f'<row r="{n}">{cells.format(n)}</row>'.encode() for n in range(1, 990_001))
    return workbook(path / "a.xlsx", sheet_of(rows))


def _short_cells(path: Path) -> Path:
    (path / "a.csv").write_text(HEAD + "1,2,3,4,5,6,7,8,9\n" * 3_300_000, "utf-8")
    return path / "a.csv"


def _long_texts(path: Path) -> Path:
    with (path / "a.csv").open("w", encoding="utf-8") as file:
        file.write(HEAD)
        file.writelines(f"{n}{'长' * 9000},男,,\n" for n in range(7_000))
    return path / "a.csv"


def _many_files(path: Path) -> Path:
    return packed(path / "a.zip", {f"{n}.csv": [f"{HEAD}张{n},坏,坏,\n".encode()] for n in range(5_000)})


def _no_rows_end(path: Path) -> Path:
    return workbook(path / "a.xlsx", sheet_of([b"<c/>" * 250_000] * 400))


FILES: dict[str, Callable[[Path], Path]] = {
    "zip_of_csvs": _zip_of_csvs,
    "shared_text": _shared_text,
    "inline_text": _inline_text,
    "faulty_rows": _faulty_rows,
    "broken_references": _broken_references,
    "same_person": _same_person,
    "far_cell": _far_cell,
    "wide_line": _wide_line,
    "many_cells": _many_cells,
    "short_cells": _short_cells,
    "long_texts": _long_texts,
    "many_files": _many_files,
    "no_rows_end": _no_rows_end,
}


@dataclass(slots=True)
class Peak:
    """The most memory taken at once, in bytes: together, by the program, by its children."""

    together: int = 0
    own: int = 0
    children: int = 0

    def take(self, own: int, children: int) -> None:
        """Count one more look."""
        self.together = max(self.together, own + children)
        self.own, self.children = max(self.own, own), max(self.children, children)


def measure(path: Path, limit: float) -> tuple[Peak, int, float, str]:
    """(peak of the program and its children, the program's bytes at rest, seconds, its answer) of reading one file."""
    began, peak = time.monotonic(), Peak()
    done = subprocess.Popen(
        [sys.executable, "-c", READ, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    process = psutil.Process(done.pid)
    while done.poll() is None and time.monotonic() - began < limit:
        try:
            children = sum(p.memory_info().rss for p in process.children(recursive=True))
            peak.take(process.memory_info().rss, children)
        except psutil.NoSuchProcess:
            continue
        time.sleep(0.02)
    seconds = time.monotonic() - began
    done.kill()
    rest, _, said = (done.communicate()[0] or "").strip().partition("\n")
    return peak, int(rest or 0), seconds, said or f"no answer (exit {done.returncode})"


def main() -> None:
    """Print a line for each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=FILES, nargs="*", default=list(FILES))
    parser.add_argument("--limit", type=float, default=300)
    args = parser.parse_args()
    for name in args.only:
        with tempfile.TemporaryDirectory() as folder:
            path = FILES[name](Path(folder))
            size = path.stat().st_size / MIB
            peak, rest, seconds, said = measure(path, args.limit)
            together, above, children = (n // MIB for n in (peak.together, peak.own - rest, peak.children))
            parts = f"(program +{above}, reading process {children})"
            print(
                f"{name:18} {size:5.0f} MiB on disk  {together:5} MiB {parts} {seconds:6.1f} s  {said}",
                flush=True,
            )


if __name__ == "__main__":
    main()
