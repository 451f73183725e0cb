import json
import os
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from graph_model.engine import config, keeper, lifecycle
from graph_model.engine import process as engine_state
from graph_model.engine.config import EngineFolder
from graph_model.engine.lifecycle import Engine, EngineStatus, start_or_attach, status, stop
from graph_model.engine.memory import heap_of_machine
from graph_model.errors import (
    BranchmapError,
    EngineError,
    InputError,
    QueryRefused,
    StoreError,
    StoreUnavailable,
)
from graph_model.store.driver import BoltDriver

pytestmark = pytest.mark.slow

CLIENT = """
import sys, time
from pathlib import Path
from graph_model.engine.lifecycle import start_or_attach
engine = start_or_attach(Path(sys.argv[1]))
print("ready", engine.bolt_url, flush=True)
time.sleep(300)
"""


def until(true: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def running(data: Path) -> engine_state.Running:
    noted = engine_state.read(EngineFolder.of(data))
    assert noted is not None
    return noted


def gone(*pids: int) -> bool:
    return not any(
        psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE for pid in pids
    )


def rows(it: Engine, text: str) -> list[dict[str, object]]:
    with BoltDriver(it.address) as line:
        return line.read(text)


def create(it: Engine, first: int, last: int) -> None:
    with BoltDriver(it.address) as line:
        line.write(
            lambda t: t.run(f"UNWIND range({first}, {last}) AS k CREATE (:Branch {{key: toString(k)}})")
        )


@contextmanager
def client(data: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", CLIENT, str(data)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("ready bolt://127.0.0.1:")
            yield process
        finally:
            process.kill()


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "数据 one"
    stop(tmp_path / "数据 one")


@pytest.fixture(scope="module")
def shared_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("engine")
    yield folder
    stop(folder)


@pytest.fixture(scope="module")
def shared(shared_data: Path) -> Iterator[Engine]:
    with start_or_attach(shared_data, query_seconds=3) as it:
        with BoltDriver(it.address) as line:
            line.define(["CREATE CONSTRAINT IF NOT EXISTS FOR (n:Branch) REQUIRE n.key IS UNIQUE"])
        create(it, 1, 2000)
        yield it


# what an engine is


def test_the_database_itself_answers(shared: Engine) -> None:
    assert rows(shared, "MATCH (n:Branch) RETURN count(n) AS n") == [{"n": 2000}]


def test_it_listens_on_the_loopback_only_and_calls_nobody(shared: Engine, shared_data: Path) -> None:
    connections = psutil.Process(running(shared_data).java).net_connections("all")
    inet = [c for c in connections if c.family in (socket.AF_INET, socket.AF_INET6) and c.laddr]

    assert {c.laddr.ip for c in inet} == {"127.0.0.1"}
    assert {c.raddr.ip for c in inet if c.raddr} <= {"127.0.0.1"}
    listening = {c.laddr.port for c in inet if c.status == psutil.CONN_LISTEN}
    assert running(shared_data).bolt_port in listening
    assert len(listening) == 2  # Bolt, and the HTTP that has no switch


def test_its_http_needs_a_password(shared: Engine, shared_data: Path) -> None:
    port = running(shared_data).bolt_port
    connections = psutil.Process(running(shared_data).java).net_connections("tcp")
    http = next(c.laddr.port for c in connections if c.status == "LISTEN" and c.laddr.port != port)

    for path in ("/api/v1/server", "/api/v1/query/branchmap/sql/select%201", "/prometheus", "/mcp"):
        with socket.create_connection(("127.0.0.1", http), 10) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            answer = line.recv(100).split()[1]
        assert answer in (b"401", b"403", b"404"), path


def test_no_other_protocol_is_on_its_class_path() -> None:
    package = config.installed()
    assert package is not None
    words = " ".join(config._arguments(package, 1, 2, 512, 60))

    assert not any(
        f"arcadedb-{name}" in words for name in ("mcp", "postgresw", "redisw", "graphql", "console")
    )


def test_passwords_are_in_no_process_list_log_or_representation(shared: Engine, shared_data: Path) -> None:
    secrets = {shared.writer.password, shared.reader.password}
    folder = EngineFolder.of(shared_data)
    told = [
        psutil.Process(pid).cmdline() for pid in (running(shared_data).java, running(shared_data).keeper)
    ]
    told += [list(psutil.Process(running(shared_data).java).environ().values())]
    logs = [path.read_text("utf-8", "replace") for path in folder.log.iterdir() if path.is_file()]
    arguments = (folder.root / config.ARGS).read_text("utf-8")

    for secret in secrets:
        assert not any(secret in text for text in (str(told), *logs, arguments, repr(shared)))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_its_files_are_closed_to_others(shared: Engine, shared_data: Path) -> None:
    folder = EngineFolder.of(shared_data)

    assert stat.S_IMODE(folder.root.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.config.iterdir()} == {0o600}


def test_status_tells_port_process_clients_and_memory(shared: Engine, shared_data: Path) -> None:
    told = status(shared_data)

    assert told.running
    assert shared.bolt_url == f"bolt://127.0.0.1:{told.bolt_port}"
    assert told.clients == 1
    assert told.pid == running(shared_data).java
    assert told.memory_mib is not None
    assert told.memory_mib > 0


# what the reader may


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:Branch {key: 'x'})",
        "CREATE (n:Unheard)",
        "MATCH (n:Branch {key: '1'}) SET n.name = 'x'",
        "MATCH (n:Branch {key: '1'}) REMOVE n.key",
        "MATCH (n:Branch {key: '1'}) DETACH DELETE n",
        "MERGE (n:Branch {key: 'x'})",
        "MATCH (a:Branch {key: '1'}), (b:Branch {key: '2'}) CREATE (a)-[:LEADS]->(b)",
        "CREATE CONSTRAINT FOR (n:Unit) REQUIRE n.key IS UNIQUE",
        "CREATE INDEX FOR (n:Branch) ON (n.name)",
        "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
        "CREATE USER x SET PASSWORD 'long-enough-1'",
        "SHOW USERS",
    ],
)
def test_the_reader_is_refused(shared: Engine, text: str) -> None:
    with pytest.raises(StoreError):
        rows(shared, text)

    assert rows(shared, "MATCH (n:Branch) RETURN count(n) AS n, count(n.name) AS named") == [
        {"n": 2000, "named": 0}
    ]


def test_nobody_makes_the_engine_fetch_an_address(shared: Engine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as target, BoltDriver(shared.address) as line:
        target.settimeout(0.5)
        text = f"LOAD CSV FROM 'http://127.0.0.1:{target.getsockname()[1]}/' AS line RETURN line"
        for ask in (line.read, line.read_all):
            with pytest.raises(StoreError):
                ask(text)
        with pytest.raises(TimeoutError):
            target.accept()


def test_remote_addresses_are_off_by_setting_not_only_by_range(shared: Engine, shared_data: Path) -> None:
    with pytest.raises(StoreError):
        rows(shared, "LOAD CSV FROM 'http://127.0.0.1:9/' AS line RETURN line")

    assert "remote URLs are disabled" in (EngineFolder.of(shared_data).log / "engine.0.log").read_text(
        "utf-8"
    )


def test_the_engine_ends_a_query_that_runs_too_long(shared: Engine) -> None:
    heavy = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(*) AS n"

    with pytest.raises(QueryRefused):
        rows(shared, heavy)

    assert rows(shared, "RETURN 1 AS one") == [{"one": 1}]


def test_a_reader_counts_all_there_is(shared: Engine) -> None:
    counted = rows(shared, "MATCH (a:Branch) MATCH (b:Branch) WHERE a.key = b.key RETURN count(*) AS n")

    assert counted == [{"n": 2000}]


# its life


def test_the_last_lease_ends_it(data: Path) -> None:
    first = start_or_attach(data)
    second = start_or_attach(data)
    process = running(data)
    assert status(data).clients == 2
    assert first.bolt_url == second.bolt_url

    first.release()
    first.release()
    assert rows(second, "RETURN 1 AS one") == [{"one": 1}]
    second.release()

    until(lambda: gone(process.java, process.keeper))
    assert status(data) == EngineStatus(running=False)
    assert not stop(data)


def test_two_processes_that_start_at_once_share_one_engine(data: Path) -> None:
    both = [
        subprocess.Popen([sys.executable, "-c", CLIENT, str(data)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    try:
        said = {process.stdout.readline() for process in both if process.stdout}
        assert said == {f"ready bolt://127.0.0.1:{running(data).bolt_port}\n"}
        assert status(data).clients == 2
    finally:
        for process in both:
            process.kill()
            process.communicate()

    noted = running(data)
    until(lambda: gone(noted.java, noted.keeper))


def test_a_killed_client_gives_up_its_lease(data: Path) -> None:
    with client(data) as process:
        noted = running(data)
        process.kill()
        process.wait()

        until(lambda: gone(noted.java, noted.keeper))


def test_an_interrupt_in_the_clients_terminal_leaves_the_engine_alone(data: Path) -> None:
    with client(data):
        noted = running(data)

    if sys.platform != "win32":
        assert len({os.getpgid(0), os.getpgid(noted.java), os.getpgid(noted.keeper)}) == 3
        assert len({os.getsid(0), os.getsid(noted.java), os.getsid(noted.keeper)}) == 3


def test_what_was_acknowledged_survives_a_killed_engine(data: Path) -> None:
    with start_or_attach(data) as it:
        create(it, 1, 3000)
        noted = running(data)
        psutil.Process(noted.java).kill()
        until(lambda: gone(noted.java, noted.keeper))
        assert not status(data).running

        with start_or_attach(data) as again:
            assert rows(again, "MATCH (n:Branch) RETURN count(n) AS n") == [{"n": 3000}]


def test_an_engine_that_died_of_its_heap_is_called_that_and_the_next_one_holds_what_was_there(
    data: Path,
) -> None:
    with start_or_attach(data, heap_mib=128) as it:
        create(it, 1, 10)
        text = "UNWIND range(100, 50000) AS k CREATE (:Branch {key: toString(k), name: $name})"
        with pytest.raises(StoreUnavailable) as caught, BoltDriver(it.address, wait_seconds=1) as line:
            line.write(lambda t: t.run(text, {"name": "长" * 9000}))

    assert "(128 MiB)" in caught.value.text.en
    for text in (caught.value.text.zh, caught.value.text.en):
        assert "BRANCHMAP_ENGINE_HEAP" in text
        assert it.bolt_url not in text
    with start_or_attach(data, heap_mib=256) as again:
        assert again.heap_mib == 256
        assert rows(again, "MATCH (n:Branch) RETURN count(n) AS n") == [{"n": 10}]


def test_an_engine_does_not_outlive_its_killed_keeper(data: Path) -> None:
    with start_or_attach(data) as it:
        create(it, 1, 100)
        noted = running(data)
        psutil.Process(noted.keeper).kill()
        if sys.platform == "linux":
            until(lambda: gone(noted.java))
            with pytest.raises(StoreUnavailable, match="it starts by itself"):
                rows(it, "RETURN 1 AS one")

        with start_or_attach(data) as again:
            assert gone(noted.java)
            assert rows(again, "MATCH (n:Branch) RETURN count(n) AS n") == [{"n": 100}]


def test_stop_ends_it_for_everybody_and_it_starts_again(data: Path) -> None:
    with start_or_attach(data) as it:
        create(it, 1, 10)
        noted = running(data)

        assert stop(data)

        assert gone(noted.java)
        with pytest.raises(StoreError):
            rows(it, "RETURN 1 AS one")
        with start_or_attach(data) as again:
            assert rows(again, "MATCH (n:Branch) RETURN count(n) AS n") == [{"n": 10}]


def test_progress_is_told_once(data: Path) -> None:
    told: list[str] = []
    with start_or_attach(data, on_progress=lambda text: told.append(text.en)):
        start_or_attach(data, on_progress=lambda text: told.append(text.en)).release()

    assert told == ["Starting the bundled engine ..."]


# when it cannot be had


def test_damaged_data_are_said_with_the_folder_the_log_and_the_way_back(data: Path) -> None:
    start_or_attach(data).release()
    stop(data)
    database = EngineFolder.of(data).databases / "branchmap"
    (database / "configuration.json").write_text("{no", "utf-8")

    with pytest.raises(EngineError) as caught:
        start_or_attach(data)

    said = caught.value.text
    for text in (said.zh, said.en):
        assert str(EngineFolder.of(data).databases) in text
    assert "load the survey rounds again" in said.en
    assert "重新导入各轮调查" in said.zh
    assert not status(data).running


@pytest.mark.skipif(sys.platform == "win32", reason="there the engine is killed, so nothing is sealed")
@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_a_lost_data_file_is_never_taken_for_less_data(data: Path, damage: str) -> None:
    with start_or_attach(data) as it:
        create(it, 1, 10)
    stop(data)
    file = next((EngineFolder.of(data).databases / "branchmap").glob("Branch_*.bucket"))
    kept = file.read_bytes()
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(b"\xff" + kept[1:])

    with pytest.raises(EngineError) as caught:
        start_or_attach(data)
    assert file.name in caught.value.text.zh

    file.write_bytes(kept)
    with start_or_attach(data) as again:
        assert rows(again, "MATCH (n:Branch) RETURN count(n) AS n") == [{"n": 10}]


def test_an_engine_left_without_a_keeper_is_stopped_by_the_next_start(data: Path) -> None:
    folder = EngineFolder.of(data)
    folder.make()
    left = keeper._start(folder, 256, 60)  # noted, but no keeper holds the lock
    try:
        assert status(data).running
        with start_or_attach(data) as it:
            assert left.poll() is not None
            assert rows(it, "RETURN 1 AS one") == [{"one": 1}]
    finally:
        left.kill()
        left.wait()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "engine").write_text("a file where the folder should be")

    with pytest.raises(BranchmapError) as caught:
        start_or_attach(tmp_path)

    assert str(tmp_path / "engine") in caught.value.text.en


def test_data_of_a_newer_engine_are_left_alone(tmp_path: Path) -> None:
    folder = EngineFolder.of(tmp_path)
    folder.make()
    folder.version.write_text("99.1.0", "utf-8")

    with pytest.raises(EngineError) as caught:
        start_or_attach(tmp_path)

    assert "99.1.0" in caught.value.text.zh


@pytest.mark.parametrize(
    "text",
    ["{", "", "[]", "{}", '{"writer": "a"}', '{"writer": "a", "reader": ""}', '{"writer": 1, "reader": 2}'],
)
def test_an_accounts_file_that_lacks_something_is_named_with_what_to_do(tmp_path: Path, text: str) -> None:
    folder = EngineFolder.of(tmp_path)
    folder.make()
    folder.accounts.write_text(text, "utf-8")

    with pytest.raises(EngineError) as caught:
        start_or_attach(tmp_path)

    assert str(folder.accounts) in caught.value.text.en
    assert "delete" in caught.value.text.en
    assert "删除" in caught.value.text.zh


def test_without_its_accounts_file_the_engine_draws_new_passwords_and_keeps_the_data(data: Path) -> None:
    with start_or_attach(data) as it:
        create(it, 1, 10)
    stop(data)
    EngineFolder.of(data).accounts.unlink()

    with start_or_attach(data) as again:
        assert again.writer.password != it.writer.password
        assert rows(again, "MATCH (n:Branch) RETURN count(n) AS n") == [{"n": 10}]


@pytest.mark.parametrize("heap", [0, 64])
def test_a_heap_that_is_too_small_is_refused(tmp_path: Path, heap: int) -> None:
    with pytest.raises(InputError) as caught:
        start_or_attach(tmp_path, heap_mib=heap)

    assert caught.value.exit_code == 2


def test_a_heap_setting_must_be_a_number() -> None:
    assert lifecycle._heap_setting(None) == heap_of_machine()
    assert lifecycle._heap_setting("1024") == 1024
    with pytest.raises(InputError):
        lifecycle._heap_setting("1g")


def test_a_reused_process_id_is_not_the_engine(tmp_path: Path) -> None:
    made = psutil.Process().create_time()
    ours = engine_state.Running(keeper=1, java=os.getpid(), java_made=made, bolt_port=1)

    assert engine_state.engine_process(ours, EngineFolder.of(tmp_path)) is None


def test_a_note_that_cannot_be_read_counts_as_none(tmp_path: Path) -> None:
    folder = EngineFolder.of(tmp_path)
    folder.make()
    folder.state.write_text(json.dumps({"keeper": 1}), "utf-8")

    assert engine_state.read(folder) is None
    assert status(tmp_path) == EngineStatus(running=False)


def test_nothing_to_stop_in_an_empty_folder(tmp_path: Path) -> None:
    assert not stop(tmp_path)
    assert list(tmp_path.iterdir()) == []
