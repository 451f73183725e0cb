import json
import socket
from pathlib import Path

import pytest

from dev import neo4j as dev


def test_the_command_line_names_a_server(tmp_path: Path) -> None:
    asked = dev.parser().parse_args(["--home", str(tmp_path), "--bolt-port", "17999", "uri"])

    server = dev.server_of(asked)

    assert (server.home, server.bolt_port, server.version) == (tmp_path.resolve(), 17999, "5.26.30")


def test_uri_is_one_json_line_without_the_password(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["--home", str(tmp_path), "--bolt-port", "17999", "uri"]) == 0

    assert json.loads(capsys.readouterr().out) == {
        "uri": "bolt://127.0.0.1:17999",
        "user": "neo4j",
        "password_file": str(tmp_path.resolve() / "server" / "run" / "password"),
    }


def test_the_project_for_maven_names_server_and_plugins() -> None:
    text = dev.pom(dev.Server(Path("/x"), plugins=("apoc",)))

    assert "<artifactId>neo4j-server</artifactId><version>5.26.30</version>" in text
    assert "<artifactId>apoc-core</artifactId>" in text


def test_the_server_listens_on_the_loopback_only_and_reports_nothing() -> None:
    lines = dev.configuration(dev.Server(Path("/x"), bolt_port=17999)).splitlines()

    assert "server.bolt.listen_address=127.0.0.1:17999" in lines
    assert "server.http.enabled=false" in lines
    assert "dbms.usage_report.enabled=false" in lines


def test_nothing_runs_in_an_empty_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        server = dev.Server(tmp_path, bolt_port=unused.getsockname()[1])

        assert dev.status(server) == 1
        dev.stop(server)

    assert capsys.readouterr().out == "stopped no-bolt\nnot running\n"


def test_a_process_id_that_became_another_program_is_not_the_server(tmp_path: Path) -> None:
    server = dev.Server(tmp_path)
    server.pid_file.parent.mkdir(parents=True)
    server.pid_file.write_text("1")

    assert dev.running(server) is None


def test_a_port_that_nobody_listens_on_does_not_answer(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))

        assert not dev.answers(dev.Server(tmp_path, bolt_port=unused.getsockname()[1]))


def test_a_drawn_password_is_never_taken_for_an_option() -> None:
    assert all(dev.draw_password().isalnum() for _ in range(200))
