import os
import socket
import subprocess
import sys

import psutil
import pytest

from graph_model.engine import process
from graph_model.engine.config import EngineFolder

NOTE = process.Running(keeper=1, java=2, java_made=3.5, bolt_port=7687)


@pytest.fixture
def folder(tmp_path):
    found = EngineFolder.of(tmp_path)
    found.root.mkdir(parents=True)
    return found


def test_a_note_is_read_as_it_was_written_until_it_is_forgotten(folder):
    process.write(folder, NOTE)
    assert process.read(folder) == NOTE
    process.forget(folder)
    assert process.read(folder) is None
    process.forget(folder)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"keeper": 1}', "\udcff"])
def test_a_note_that_cannot_be_read_is_none(folder, text):
    folder.state.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert process.read(folder) is None


def test_a_process_that_is_not_the_engine_is_not_taken_for_it(folder):
    me = psutil.Process()
    ours = process.Running(os.getpid(), os.getpid(), me.create_time(), 1)
    assert process.engine_process(ours, folder) is None


def test_a_process_that_listens_is_told_from_one_that_does_not():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert process.listens(psutil.Process(), port)
    assert not process.listens(psutil.Process(), port)


def test_a_process_is_stopped_and_one_that_is_gone_is_no_error():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        found = psutil.Process(child.pid)
        process.stop_process(found)
        assert child.wait() != 0
    process.stop_process(found)
