"""Planning a round that is held already, against its first load; and a change of 500 rows, end to end.

    python bench/plan_unchanged.py [MEMBERS [SECONDS]]

SECONDS: what the first load took, where bench/load_neo4j.py of so many members has just run and the store
still holds its survey; then it is not loaded anew.

Needs a running `dev/neo4j.py` (NEO4J_DEV_HOME, NEO4J_DEV_BOLT_PORT), which is EMPTIED. The round is planned
again four times: from the very files of the last load; from files with the same cells that were saved anew, with
other bytes; where nothing is known of the files, so that they have to be understood to see that they say just what
the store holds; and after another load, when everything that is held has to be read and compared too. The first
two are the figure. The change is read, planned, written and kept in the
history; beside it stands a bare UNWIND of the same rows. Exits with 1 above a quarter of the first load, or
when the change takes five seconds.
"""

from __future__ import annotations

import csv
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import stores
from graph_model.keys import KeyMaker
from graph_model.store.driver import Address
from graph_model.store.store import Store
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest, PreparedLoad
from loaders.synth.survey import make_survey

LIMIT_RATIO, LIMIT_SECONDS, CHANGED_ROWS = 0.25, 5.0, 500
SECRET = b"bench"


def changed_members(folder: Path, into: Path) -> Path:
    """A file of 500 members who can be told apart, each with another post at the same unit."""
    with (folder / "党员.csv").open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        headings = list(reader.fieldnames or ())
        rows = [r for r in reader if r["所在单位"] and r["组织关系所在党支部"]][:CHANGED_ROWS]
    path = into / "一个居民区.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, headings)
        writer.writeheader()
        writer.writerows({**r, "职务": "门岗"} for r in rows)
    return path


def saved_anew(folder: Path, into: Path) -> Path:
    """The same tables without a byte order mark, with the other ends of lines."""
    into = into / folder.name
    into.mkdir(parents=True)
    for file in sorted(folder.glob("*.csv")):
        with (
            file.open(encoding="utf-8-sig", newline="") as rows,
            (into / file.name).open("w", encoding="utf-8", newline="") as stream,
        ):
            csv.writer(stream, lineterminator="\n").writerows(csv.reader(rows))
    return into


def planned(store: Store, path: Path, data: Path | None, *, complete: bool) -> tuple[PreparedLoad, float]:
    """The plan, and how long it took."""
    start = time.perf_counter()
    prepared = prepare(
        store, LoadRequest([path], keys=KeyMaker(SECRET), round="2006-10", complete=complete, data=data)
    )
    return prepared, time.perf_counter() - start


def bare(at: Address, path: Path) -> float:
    """Seconds in which the same rows are written by one UNWIND, by name, without a look at them."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [
            {"name": r["姓名"], "unit": r["所在单位"], "position": r["职务"]}
            for r in csv.DictReader(stream)
        ]
    start = time.perf_counter()
    with stores.driver(at) as line, line.session() as session:
        session.run(
            "UNWIND $rows AS row MATCH (m:Member {name: row.name})-[r:EMPLOYED_BY]->(u:Unit {name: row.unit}) "
            "SET r.position = row.position",
            {"rows": rows},
        ).consume()
    return time.perf_counter() - start


def loaded(store: Store, prepared: PreparedLoad) -> float:
    """Seconds in which a plan is written."""
    if prepared.blocked:
        raise SystemExit(f"there are blocking problems: {prepared.reading.problems[:3]}")
    start = time.perf_counter()
    apply(store, prepared)
    return time.perf_counter() - start


def loaded_first(at: Address, store: Store, folder: Path, data: Path) -> float:
    """Seconds of the first load, into an emptied store."""
    stores.empty(at)
    prepared, first = planned(store, folder, data, complete=True)
    print(f"{first:7.1f} s  reading and planning the first load", flush=True)
    return first + loaded(store, prepared)


def main(members: int, first: float | None) -> int:
    """First load, the plans after it, small change, the plan after that; whether the limits hold."""
    at = stores.address()
    with tempfile.TemporaryDirectory() as folder, Store.open(at) as store:
        data = Path(folder) / "data"
        made = make_survey(members, 1, Path(folder) / "survey", format="csv")
        small = changed_members(made.folder, Path(folder))
        print(f"{members:,} members, {sum(made.rows.values()):,} rows", flush=True)
        if first is None:
            first = loaded_first(at, store, made.folder, data)
        else:  # the store holds it, and the data folder does not know
            loaded(store, planned(store, made.folder, data, complete=True)[0])
        print(f"{first:7.1f} s  first load", flush=True)
        again, second = planned(store, made.folder, data, complete=True)
        if not again.plan.empty:
            raise SystemExit(f"the second plan is not empty: {again.plan.counts()}")
        del again
        print(f"{second:7.1f} s  planning it again: ratio {second / first:.2f}", flush=True)
        anew = saved_anew(made.folder, Path(folder) / "anew")
        for where, kept, said in (
            (anew, data, "from files saved anew"),
            (made.folder, None, "without knowing the files"),
        ):
            same, read = planned(store, where, kept, complete=True)
            if not same.plan.empty:
                raise SystemExit(f"the plan is not empty: {same.plan.counts()}")
            second = max(second, read) if kept is not None else second
            del same
            print(f"{read:7.1f} s  planning it {said}: ratio {read / first:.2f}", flush=True)
        change, third = planned(store, small, data, complete=False)
        print(f"{third:7.1f} s  planning a change of {CHANGED_ROWS} rows", flush=True)
        third += loaded(store, change)
        peer = bare(at, small)
        said = change.plan.counts()["changed"]
        print(f"{third:7.1f} s  planning and writing it: {said}; bare {peer:.1f} s", flush=True)
        after, fourth = planned(store, made.folder, data, complete=True)
        if after.plan.counts()["changed"] != said:
            raise SystemExit(f"the plan does not take the change back: {after.plan.counts()}")
        print(f"{fourth:7.1f} s  planning the round after it: ratio {fourth / first:.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"peak memory {peak:.1f} GiB")
    return int(second / first > LIMIT_RATIO or third > LIMIT_SECONDS)


if __name__ == "__main__":
    numbers = sys.argv[1:]
    sys.exit(main(int(numbers[0]) if numbers else 50_000, float(numbers[1]) if len(numbers) > 1 else None))
