#!/usr/bin/env python3
"""Run a real Neo4j Community server for development: no container, no installer, standard library only.

The server's jars come by the ordinary `mvn` client; everything lies in one folder (--home, else .neo4j-dev).

    python dev/neo4j.py fetch            bring the jars (once for each version)
    python dev/neo4j.py start            fetch and set up where needed, start, wait for Bolt
    python dev/neo4j.py status | stop    by the process id that was noted
    python dev/neo4j.py admin ARGS...    neo4j-admin, such as: admin database import full neo4j ...
                                         (stop the server first for what works offline)
    python dev/neo4j.py uri              one JSON line: uri, user, password_file
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

VERSION = "5.26.30"
HOST = "127.0.0.1"
STOP_SECONDS = 60.0
JVM_FLAGS = """\
-XX:-OmitStackTraceInFastThrow
-XX:+UnlockExperimentalVMOptions
-XX:+TrustFinalNonStaticFields
-XX:+DisableExplicitGC
-XX:+ExitOnOutOfMemoryError
-Djdk.nio.maxCachedBufferSize=1024
-Dio.netty.tryReflectionSetAccessible=true
-Dlog4j2.disable.jmx=true
-Dfile.encoding=UTF-8
--add-opens=java.base/java.nio=ALL-UNNAMED
--add-opens=java.base/java.io=ALL-UNNAMED
--add-opens=java.base/sun.nio.ch=ALL-UNNAMED
"""
STEADY = "-XX:+UseG1GC\n"
# half the processor time of a start; a server that lives for minutes earns no more compiling
QUICK = "-XX:+UseSerialGC\n-XX:TieredStopAtLevel=1\n"
JVM_FLAGS_21 = "--enable-native-access=ALL-UNNAMED\n--add-modules=jdk.incubator.vector\n"
PLUGINS = {  # with the coordinates that the published poms forget
    "apoc": ("org.neo4j.procedure:apoc-core:5.26.19", "org.neo4j.procedure:apoc-common:5.26.19"),
    "gds": ("org.neo4j.gds:proc:2.13.9", "org.neo4j.gds:opengds-extension:2.13.9"),
}
PLUGIN_GROUPS = "org.neo4j.procedure,org.neo4j.gds"
COPY_JARS = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"


@dataclass(frozen=True, slots=True)
class Server:
    """One development server: where it lies, and how it runs."""

    home: Path
    version: str = VERSION
    java_home: str = ""
    maven_repository: Path | None = None
    bolt_port: int = 17687
    heap: str = "1g"
    page_cache: str = "512m"
    timeout: float = 180.0
    plugins: tuple[str, ...] = ()
    quick: bool = False

    @property
    def jars(self) -> Path:
        """The jars of this version with these plugins."""
        return self.home / "dist" / "-".join([self.version, *self.plugins])

    @property
    def folder(self) -> Path:
        """What the running server reads and writes."""
        return self.home / "server"

    @property
    def pid_file(self) -> Path:
        """The noted process id."""
        return self.folder / "run" / "neo4j.pid"

    @property
    def password_file(self) -> Path:
        """The password of the user neo4j, for its owner only."""
        return self.folder / "run" / "password"

    @property
    def java(self) -> str:
        """The Java program."""
        return str(Path(self.java_home) / "bin" / "java")


def default_java_home() -> str:
    """JAVA_HOME, else the home of the `java` on the PATH, else nothing (Neo4j 5.26 wants Java 17 or 21)."""
    java = shutil.which("java")
    return os.environ.get("JAVA_HOME") or (str(Path(java).resolve().parents[1]) if java else "")


def pom(server: Server) -> str:
    """The Maven project whose dependencies are the server's jars."""
    coordinates = [
        f"org.neo4j.app:neo4j-server:{server.version}",
        f"org.neo4j:neo4j:{server.version}",
        *(jar for plugin in server.plugins for jar in PLUGINS[plugin]),
    ]
    wanted = "".join(
        f"<dependency><groupId>{group}</groupId><artifactId>{name}</artifactId><version>{version}</version></dependency>\n"
        for group, name, version in (jar.split(":") for jar in coordinates)
    )
    return (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>\n'
        "<groupId>dev</groupId><artifactId>neo4j-dev</artifactId><version>1</version><packaging>pom</packaging>\n"
        f"<dependencies>\n{wanted}</dependencies></project>\n"
    )


def configuration(server: Server) -> str:
    """The text of neo4j.conf: Bolt on the loopback only, no HTTP, no usage report."""
    lines = [
        f"server.default_listen_address={HOST}",
        "server.bolt.enabled=true",
        f"server.bolt.listen_address={HOST}:{server.bolt_port}",
        "server.http.enabled=false",
        "server.https.enabled=false",
        f"server.memory.pagecache.size={server.page_cache}",
        "db.tx_log.rotation.retention_policy=1 files",
        "db.tx_log.rotation.size=64m",
        "dbms.usage_report.enabled=false",
        "server.directories.import=import",
        f"server.directories.plugins={server.jars / 'plugins'}",
        *(["dbms.security.procedures.unrestricted=apoc.*,gds.*"] if server.plugins else []),
    ]
    return "\n".join(lines) + "\n"


def fetch(server: Server) -> None:
    """Bring the jars, unless they are there. CalledProcessError when Maven fails."""
    complete = server.jars / ".complete"
    if complete.exists():
        return
    shutil.rmtree(server.jars, ignore_errors=True)
    server.jars.mkdir(parents=True)
    (server.jars / "pom.xml").write_text(pom(server), "utf-8")
    maven = ["mvn", "-B", "-q", "-f", str(server.jars / "pom.xml"), COPY_JARS, "-DincludeScope=runtime"]
    if server.maven_repository:
        maven.append(f"-Dmaven.repo.local={server.maven_repository.resolve()}")
    for folder, which in (("lib", "exclude"), ("plugins", "include")):
        (server.jars / folder).mkdir()
        if folder == "lib" or server.plugins:
            place = f"-DoutputDirectory={server.jars / folder}"
            subprocess.run([*maven, f"-D{which}GroupIds={PLUGIN_GROUPS}", place], check=True, timeout=1200)
    complete.touch()


def configure(server: Server) -> None:
    """Write the folders, neo4j.conf and the Java machine's arguments."""
    for name in ("conf", "data", "logs", "import", "run"):
        (server.folder / name).mkdir(parents=True, exist_ok=True)
    (server.folder / "conf" / "neo4j.conf").write_text(configuration(server), "utf-8")
    flags = (QUICK if server.quick else STEADY) + JVM_FLAGS
    flags += JVM_FLAGS_21 if java_version(server) >= 21 else ""
    (server.folder / "conf" / "jvm.args").write_text(flags, "utf-8")


def java_version(server: Server) -> int:
    """The Java that will run the server: 17, 21 ..."""
    asked = subprocess.run(
        [server.java, "-XshowSettings:properties", "-version"], capture_output=True, text=True, check=True
    )
    lines = (line.partition("=") for line in asked.stderr.splitlines())
    return int(next(value for name, _, value in lines if "java.specification.version" in name))


def draw_password() -> str:
    """A new password that no command line takes for an option: it does not begin with a dash."""
    return secrets.token_hex(16)


def set_first_password(server: Server) -> None:
    """Draw the password (or take NEO4J_DEV_PASSWORD) before the very first start."""
    if server.password_file.exists():
        return
    server.password_file.touch(mode=0o600)
    server.password_file.write_text(os.environ.get("NEO4J_DEV_PASSWORD") or draw_password())
    if admin(server, ["dbms", "set-initial-password", server.password_file.read_text()]):
        server.password_file.unlink()
        sys.exit("could not set the first password")


def command(server: Server, *options: str) -> list[str]:
    """The Java command line up to the main class."""
    # The plugins are on the class path too: their kernel extensions are found only there.
    path = f"{server.jars}/plugins/*:{server.folder}/conf:{server.jars}/lib/*"
    return [server.java, *options, f"@{server.folder}/conf/jvm.args", "-cp", path]


def environment(server: Server) -> dict[str, str]:
    """What Neo4j's programs look at."""
    conf = str(server.folder / "conf")
    return {
        **os.environ,
        "JAVA_HOME": server.java_home,
        "NEO4J_HOME": str(server.folder),
        "NEO4J_CONF": conf,
    }


def admin(server: Server, arguments: Sequence[str]) -> int:
    """Run neo4j-admin and return its exit code."""
    fetch(server)
    configure(server)
    line = [*command(server, f"-Xmx{server.heap}"), "org.neo4j.cli.AdminTool", *arguments]
    return subprocess.run(line, env=environment(server), check=False).returncode


def running(server: Server) -> int | None:
    """The server's process id, if that process still is this server."""
    try:
        pid = int(server.pid_file.read_text())
        line = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return pid if f"--home-dir={server.folder}".encode() in line.split(b"\0") else None


def answers(server: Server) -> bool:
    """Whether something on the port answers a Bolt handshake."""
    try:
        with socket.create_connection((HOST, server.bolt_port), 1) as line:
            line.settimeout(5)
            line.sendall(b"\x60\x60\xb0\x17" + b"\x00\x08\x08\x05" + b"\x00\x00\x04\x04" + bytes(8))
            return line.recv(4) not in (b"", bytes(4))
    except OSError:
        return False


def start(server: Server) -> None:
    """Start the server and wait for Bolt; leaves with a message where that fails."""
    if pid := running(server):
        print("already running", pid)
        return
    if answers(server):
        sys.exit(f"port {server.bolt_port} is taken by another server")
    fetch(server)
    configure(server)
    set_first_password(server)
    began = time.monotonic()
    calendar_version = int(server.version.split(".")[0]) >= 2025
    main_class = "org.neo4j.server." + ("Neo4jCommunity" if calendar_version else "CommunityEntryPoint")
    folders = [f"--home-dir={server.folder}", f"--config-dir={server.folder}/conf"]
    line = [*command(server, f"-Xms{server.heap}", f"-Xmx{server.heap}"), main_class, *folders]
    with (server.folder / "logs" / "console.log").open("wb") as log:
        process = subprocess.Popen(
            line,
            env=environment(server),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    server.pid_file.write_text(str(process.pid))
    while time.monotonic() - began < server.timeout:
        if process.poll() is not None:
            sys.exit(f"the server exited with {process.returncode}: see {server.folder}/logs")
        if answers(server):
            print(
                f"pid {process.pid}: Bolt on {HOST}:{server.bolt_port} after {time.monotonic() - began:.1f} s"
            )
            return
        time.sleep(0.2)
    stop(server)
    sys.exit(f"no Bolt answer in {server.timeout:.0f} s: see {server.folder}/logs")


def stop(server: Server) -> None:
    """Stop the server: politely, and after a minute by force (its next start then recovers)."""
    pid = running(server)
    if pid is None:
        print("not running")
        return
    began = time.monotonic()
    os.kill(pid, signal.SIGTERM)
    while running(server) and time.monotonic() - began < STOP_SECONDS:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)  # only a server of this very process is our child
        time.sleep(0.1)
    if running(server):
        os.kill(pid, signal.SIGKILL)
    server.pid_file.unlink(missing_ok=True)
    print(f"stopped {pid} in {time.monotonic() - began:.1f} s")


def status(server: Server) -> int:
    """Say whether the server runs and answers; returns 0 when both."""
    alive, bolt = running(server) is not None, answers(server)
    print("running" if alive else "stopped", "bolt" if bolt else "no-bolt")
    return 0 if alive and bolt else 1


def uri(server: Server) -> str:
    """How to connect, as one JSON line."""
    url = f"bolt://{HOST}:{server.bolt_port}"
    return json.dumps({"uri": url, "user": "neo4j", "password_file": str(server.password_file)})


def parser() -> argparse.ArgumentParser:
    """The command line; each option has a NEO4J_DEV_ variable as its default where one makes sense."""
    setting = os.environ.get
    line = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    line.add_argument("--home", type=Path, default=setting("NEO4J_DEV_HOME", ".neo4j-dev"))
    line.add_argument("--version", default=setting("NEO4J_DEV_VERSION", VERSION))
    line.add_argument("--java-home", default=setting("NEO4J_DEV_JAVA_HOME") or default_java_home())
    line.add_argument(
        "--maven-repo", type=Path, default=setting("NEO4J_DEV_MAVEN_REPO"), help="else Maven's own"
    )
    line.add_argument("--bolt-port", type=int, default=setting("NEO4J_DEV_BOLT_PORT", "17687"))
    line.add_argument("--heap", default="1g")
    line.add_argument("--pagecache", default="512m")
    line.add_argument("--timeout", type=float, default=180.0)
    line.add_argument("--plugin", action="append", default=[], choices=sorted(PLUGINS), help="5.26 only")
    line.add_argument("--quick", action="store_true", help="start sooner, run slower: for tests")
    line.add_argument("command", choices=("fetch", "start", "stop", "status", "uri", "admin"))
    line.add_argument("args", nargs=argparse.REMAINDER)
    return line


def server_of(asked: argparse.Namespace) -> Server:
    """The server that a command line means."""
    return Server(
        home=asked.home.resolve(),
        version=asked.version,
        java_home=asked.java_home,
        maven_repository=asked.maven_repo,
        bolt_port=asked.bolt_port,
        heap=asked.heap,
        page_cache=asked.pagecache,
        timeout=asked.timeout,
        plugins=tuple(sorted(asked.plugin)),
        quick=asked.quick,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; returns the exit code."""
    asked = parser().parse_args(arguments)
    server = server_of(asked)
    match asked.command:
        case "admin":
            return admin(server, asked.args)
        case "status":
            return status(server)
        case "uri":
            print(uri(server))
        case "fetch":
            fetch(server)
        case "start":
            start(server)
        case "stop":
            stop(server)
    return 0


if __name__ == "__main__":
    sys.exit(main())
