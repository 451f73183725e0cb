"""How long `branchmap synth` takes, against pyarrow writing the same columns when they are already there.

    python bench/synth.py [MEMBERS] [csv|parquet]

Each side runs in a process of its own, so that its peak memory is its own. Exits with 1 beyond the limits.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT_SECONDS, LIMIT_GB = 180.0, 2.0


def ours(members: int, format_: str, out: Path) -> None:
    """Make the survey; report seconds and peak memory."""
    from loaders.synth.survey import make_survey

    start = now()
    made = make_survey(members, 1, out, format="parquet" if format_ == "parquet" else "csv")
    report(start, sum(made.rows.values()))


def peer(format_: str, out: Path) -> None:
    """Read the made files into memory, then write them again with pyarrow alone; only the writing counts."""
    import pyarrow.csv as pa_csv
    import pyarrow.parquet as pq

    files = sorted((out / "2006-10").iterdir())
    reading = pq.read_table if format_ == "parquet" else pa_csv.read_csv
    tables = [(path, reading(path)) for path in files]
    writing = pq.write_table if format_ == "parquet" else pa_csv.write_csv
    start = now()
    for path, table in tables:
        writing(table, path.with_suffix(".again"))
    report(start, sum(table.num_rows for _, table in tables))


def now() -> tuple[float, float]:
    """Seconds by the clock, and of processor time: a busy machine stretches only the first."""
    return time.perf_counter(), time.process_time()


def report(start: tuple[float, float], rows: int) -> None:
    """One line of JSON for the parent."""
    seconds, cpu = (end - begin for end, begin in zip(now(), start, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_gb": peak, "rows": rows}))


def measured(*arguments: str) -> dict[str, float]:
    """One side in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(members: int, format_: str) -> int:
    """Both sides once, the ratio, and whether the limits hold."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "survey"
        made = measured("--ours", str(members), format_, str(out))
        bare = measured("--peer", format_, str(out))
    what = f"pyarrow.{'parquet.write_table' if format_ == 'parquet' else 'csv.write_csv'}"
    print(f"{members:,} members, {int(made['rows']):,} rows, {format_}")
    for name, side in (("branchmap synth", made), (f"{what}, columns already in memory", bare)):
        told = f"{side['seconds']:6.1f} s {side['cpu']:6.1f} s of processor {side['peak_gb']:.2f} GB"
        print(f"{told}  {name}")
    print(
        f"ratio {made['seconds'] / bare['seconds']:.2f}, of processor time {made['cpu'] / bare['cpu']:.2f}"
    )
    return int(made["seconds"] > LIMIT_SECONDS or made["peak_gb"] > LIMIT_GB)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    match sys.argv[1:]:
        case ["--ours", count, kind, folder]:
            ours(int(count), kind, Path(folder))
        case ["--peer", kind, folder]:
            peer(kind, Path(folder))
        case rest:
            sys.exit(main(int(rest[0]) if rest else 2_000_000, rest[1] if len(rest) > 1 else "csv"))
