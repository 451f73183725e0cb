"""The one transaction of a load: claim the store, write the plan, record the round."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from graph_model.errors import InputError, StoreBusy, StoreError
from graph_model.plan import Plan
from graph_model.progress import Progress, ProgressStep
from graph_model.store.batches import Batch, batches
from graph_model.store.driver import BoltDriver, Sent, Transaction
from graph_model.text import Text

STATE_KEY = "z_state"


@dataclass(frozen=True, slots=True)
class State:
    """Which load the store is at. `version` grows by one with every load; `site` names the key secret.

    `digest`: of everything that surveys put here, where the last load knew all of it (a complete round).
    """

    version: int = 0
    round: str | None = None
    site: str | None = None
    load: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One survey round as the store remembers it: name, date, declared totals, files with SHA-256.

    `own_date`: that of an example, by which its periods are reckoned instead of by today.
    """

    name: str
    as_of: str
    loaded: str
    declared: Mapping[str, int]
    files: Mapping[str, str]
    own_date: str = ""


def now() -> str:
    """The present time as it is stored: UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def read_state(bolt: BoltDriver) -> State:
    """Which load the store is at."""
    rows = bolt.read_all(
        "MATCH (z:StoreState {key: $key}) RETURN z.version AS version, z.round AS round, "
        "z.site AS site, z.load AS load, z.digest AS digest",
        {"key": STATE_KEY},
    )
    # a store that was only opened says which indexes it has, and no version yet
    return State(**{k: v for k, v in rows[0].items() if v is not None}) if rows else State()


def read_rounds(bolt: BoltDriver) -> tuple[Round, ...]:
    """The rounds that were loaded, newest first."""
    rows = bolt.read_all(
        "MATCH (d:SurveyRound) RETURN d.name AS name, d.as_of AS as_of, d.loaded AS loaded, "
        "d.declared AS declared, d.files AS files, d.own_date AS own_date ORDER BY name DESC"
    )
    return tuple(
        Round(
            r["name"],
            r["as_of"],
            r["loaded"],
            json.loads(r["declared"] or "{}"),
            json.loads(r["files"] or "{}"),
            r["own_date"] or "",
        )
        for r in rows
    )


def round_after(loaded: str, before: str | None, *, complete: bool) -> str:
    """The round that the store is at after a load.

    A late part of an older round corrects what is held, and that stays the newest: it would be wrong to take
    all of it for what was true then. A complete round replaces all that is held, also where it is older.

    >>> round_after("2006-04", "2006-10", complete=False), round_after("2006-04", "2006-10", complete=True)
    ('2006-10', '2006-04')
    """
    return loaded if complete or before is None else max(loaded, before)


def is_committed(tx: Transaction, load: str) -> bool:
    """True where an earlier try of the same load landed although its confirmation was lost."""
    rows = tx.run("MATCH (z:StoreState {key: $key}) RETURN z.load AS load", {"key": STATE_KEY})
    return bool(rows) and rows[0]["load"] == load


def claim_load(tx: Transaction, expected: State, round: str | None, site: str, load: str) -> None:
    """Take the store for this load: the version makes sure that the plan is still about what is held."""
    rows = tx.run(
        "MERGE (z:StoreState {key: $key})\n"
        "SET z.version = coalesce(z.version, 0) + 1, z.round = $round, z.site = $site, z.load = $load, "
        "z.digest = null, z.name = 'state'\nRETURN z.version AS version",
        {"key": STATE_KEY, "round": round, "site": site, "load": load},
    )
    if rows[0]["version"] != expected.version + 1:
        raise overtaken_error()


def write_digest(tx: Transaction, digest: str) -> None:
    """Say what all of it comes to, now that it is written."""
    tx.run("MATCH (z:StoreState {key: $key}) SET z.digest = $digest", {"key": STATE_KEY, "digest": digest})


def revision() -> str:
    """A new revision of the findings."""
    return uuid.uuid4().hex[:12]


def check_version(tx: Transaction, version: int) -> None:
    """Let no load in before this transaction ends; StoreBusy where one came since that version."""
    # written first and read then: what was read before the lock could be old
    tx.run("MATCH (z:StoreState {key: $key}) SET z.findings = $new", {"key": STATE_KEY, "new": revision()})
    rows = tx.run("MATCH (z:StoreState {key: $key}) RETURN z.version AS version", {"key": STATE_KEY})
    if not rows or rows[0]["version"] != version:
        raise overtaken_error()


def overtaken_error() -> StoreBusy:
    """The error for a plan that is about an older state of the store."""
    return StoreBusy(
        "在您查看变化之后，另一次导入已改变数据。未写入任何内容，请重新检查。",
        "Another load changed the data after this plan was made. Nothing was written; check again.",
    )


def other_site_error() -> InputError:
    """The error for a load by a site whose key secret is another one than that of what is held."""
    return InputError(
        "这个数据库是用另一个站点密钥导入的，继续导入会把同一个人变成两个人。"
        "请把原来数据目录中的 site.secret 复制过来再导入。",
        "This store was filled with another site's key secret; loading would turn one person into "
        "two. Copy site.secret from the data folder that was used before, then load again.",
        page=Text(
            "现有数据由另一处系统导入，为避免同一人重复计算，本次未导入。请联系系统管理员。",
            "What is held was loaded elsewhere; so nothing was loaded. Ask the administrator.",
        ),
    )


def write_round(tx: Transaction, round: Round) -> None:
    """Keep what a round was."""
    tx.run(
        "MERGE (d:SurveyRound {key: $key})\n"
        "SET d.name = $name, d.as_of = $as_of, d.loaded = $loaded, d.declared = $declared,\n"
        "    d.files = $files, d.own_date = $own_date",
        {
            "key": f"d_{round.name}",
            "name": round.name,
            "as_of": round.as_of,
            "loaded": round.loaded,
            "declared": json.dumps(dict(round.declared)),
            "files": json.dumps(dict(round.files), ensure_ascii=False),
            "own_date": round.own_date or None,
        },
    )


def write_plan(tx: Transaction, plan: Plan, on_progress: Progress) -> None:
    """Every part of a plan, in an order in which no edge ever lacks an end.

    StoreError where the store takes fewer than it was given: then nothing of it may stay.
    """
    total, parts = batches(tx, plan)
    written = 0
    for done in _answered(tx, parts):
        written += done
        on_progress(ProgressStep.WRITE, written, total)


def _answered(tx: Transaction, parts: Iterable[Batch]) -> Iterator[int]:
    """How many things each batch came to, in turn, all of them taken.

    A batch is made and sent while the store is still at the one before it, so neither waits for the other.
    """
    before: tuple[Sent, int] | None = None
    for batch in parts:
        sent = tx.send(batch.text, {"rows": batch.rows})
        if before:
            yield _taken(*before)
        before = sent, len(batch.rows)
    if before:
        yield _taken(*before)


def _taken(sent: Sent, wanted: int) -> int:
    done = int(sent.rows()[0]["done"])
    if done != wanted:
        raise StoreError(
            f"写入时数据库只接受了 {wanted} 项中的 {done} 项，已全部撤销。请重新生成计划再试。",
            f"The store took {done} of {wanted} items, so nothing was written. Plan again.",
        )
    return done
