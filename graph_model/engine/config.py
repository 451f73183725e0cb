"""The configuration of the bundled engine: its folder, accounts, limits and command line."""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import secrets
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graph_model.private_file import private_folder, write_private

PACKAGE = "arcadedb-embedded"
MODULE = "arcadedb_embedded"
DATABASE = "branchmap"
HOST = "127.0.0.1"
WRITER, READER = "writer", "reader"
HEAP = "BRANCHMAP_ENGINE_HEAP"
"""The setting that says how much memory the engine may have, in MiB."""
QUERY_SECONDS = 60
"""No query runs longer than this, whoever sent it: the engine ignores the driver's own time limit."""
ARGS = "config/java.args"
"""Relative to the engine's folder, which is its working directory: the path never has to be encoded."""

LEFT_OUT = ("mcp", "postgresw", "redisw", "graphql", "console", "python-bridge")
"""Parts of the engine that speak other protocols: not on the class path, so they cannot be switched on."""
FOREIGN_SETTINGS = (
    "JDK_JAVA_OPTIONS",
    "JAVA_TOOL_OPTIONS",
    "_JAVA_OPTIONS",
    "CLASSPATH",
    "ARCADEDB",
    "OTEL_",
)
"""Variables by which a machine's own Java set-up would change how our engine runs."""


@dataclass(frozen=True, slots=True)
class EngineFolder:
    """Where everything of the engine lies: `data`/engine."""

    root: Path

    @classmethod
    def of(cls, data: Path) -> EngineFolder:
        """The engine's folder inside a data folder.

        >>> EngineFolder.of(Path("/d")).state.as_posix()
        '/d/engine/state.json'
        """
        return cls(data.absolute() / "engine")

    @property
    def config(self) -> Path:
        """Accounts, groups, command line."""
        return self.root / "config"

    @property
    def log(self) -> Path:
        """The engine's, the keeper's and the Java machine's own logs."""
        return self.root / "log"

    @property
    def clients(self) -> Path:
        """One locked file for each process that uses the engine."""
        return self.root / "clients"

    @property
    def databases(self) -> Path:
        """The data itself."""
        return self.root / "databases"

    @property
    def start_lock(self) -> Path:
        """Held while somebody starts or attaches, and while the keeper decides to leave."""
        return self.root / "start.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper for as long as it lives."""
        return self.root / "keeper.lock"

    @property
    def state(self) -> Path:
        """Who runs, and on which port."""
        return self.root / "state.json"

    @property
    def stop_request(self) -> Path:
        """Made by whoever wants the engine stopped now."""
        return self.root / "stop.request"

    @property
    def accounts(self) -> Path:
        """The two passwords, for the owner of the folder only."""
        return self.config / "accounts.json"

    @property
    def version(self) -> Path:
        """The version of the engine that last wrote the data."""
        return self.root / "version"

    def make(self) -> None:
        """Create the folders, closed to other users. OSError where that fails."""
        for folder in (self.root, self.config, self.log, self.clients):
            private_folder(folder)


def installed() -> Path | None:
    """The folder of the engine's package, or None where it is not there or brings no Java."""
    spec = importlib.util.find_spec(MODULE)  # finds without importing: an import would load a Java machine
    places = list(spec.submodule_search_locations or ()) if spec else []
    return next((Path(p) for p in places if java(Path(p)).is_file()), None)


def installed_version() -> str:
    """The version of the installed engine."""
    return importlib.metadata.version(PACKAGE)


def java(package: Path) -> Path:
    """The engine's own Java program."""
    return package / "jre" / "bin" / ("java.exe" if sys.platform == "win32" else "java")


def environment() -> dict[str, str]:
    """Our environment without what would change the engine, in UTF-8 for paths in Chinese."""
    kept = {k: v for k, v in os.environ.items() if not k.upper().startswith(FOREIGN_SETTINGS)}
    return kept if sys.platform == "win32" else {**kept, "LC_ALL": "C.UTF-8"}


def passwords(folder: EngineFolder) -> dict[str, str]:
    """The writer's and the reader's password by user, drawn at the first call and then kept.

    OSError where the file cannot be read or written, ValueError where it does not hold both.
    """
    if not folder.accounts.exists():
        drawn = {user: secrets.token_urlsafe(24) for user in (WRITER, READER)}
        write_private(folder.accounts, json.dumps(drawn).encode())
    kept = json.loads(folder.accounts.read_text("utf-8"))
    if not isinstance(kept, dict) or not all(
        isinstance(kept.get(u), str) and kept[u] for u in (WRITER, READER)
    ):
        raise ValueError(folder.accounts)
    return {user: kept[user] for user in (WRITER, READER)}


def write_config(
    folder: EngineFolder, package: Path, bolt_port: int, http_port: int, heap_mib: int, query_seconds: int
) -> None:
    """Write every file that the engine reads at its start. OSError or ValueError where that fails."""
    kept = passwords(folder)
    # Nobody ever learns root's password: it is drawn anew at each start and only its hash is written.
    users = (
        _user("root", secrets.token_urlsafe(24), {"*": ["admin"]}),
        _user(WRITER, kept[WRITER], {DATABASE: [WRITER]}),
        _user(READER, kept[READER], {DATABASE: [READER]}),
    )
    write_private(
        folder.config / "server-users.jsonl", "".join(f"{json.dumps(u)}\n" for u in users).encode()
    )
    write_private(
        folder.config / "server-groups.json", json.dumps(_groups(query_seconds), indent=1).encode()
    )
    write_private(folder.config / "logging.properties", _LOGGING.encode())
    arguments = _arguments(package, bolt_port, http_port, heap_mib, query_seconds)
    write_private(folder.root / ARGS, "".join(f"{quoted(a)}\n" for a in arguments).encode())


def quoted(argument: str) -> str:
    r"""An argument as Java's argument files want it.

    >>> print(quoted('C:\\数据 1'))
    "C:\\数据 1"
    """
    return '"' + argument.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _user(name: str, password: str, groups: dict[str, list[str]]) -> dict[str, object]:
    """A line of the engine's users file; the salt counts as text there, not as the bytes it encodes."""
    salt, rounds = base64.b64encode(secrets.token_bytes(32)).decode(), 65_536
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), rounds, 32)
    hashed = f"PBKDF2WithHmacSHA256${rounds}${salt}${base64.b64encode(digest).decode()}"
    return {"name": name, "databases": groups, "password": hashed}


def _groups(query_seconds: int) -> dict[str, object]:
    """The engine's groups: all for admin, data and schema for writer, reading with limits for reader."""
    records = ("createRecord", "readRecord", "updateRecord", "deleteRecord")
    admin = _group(records, ("updateSecurity", "updateSchema", "updateDatabaseSettings"))
    everywhere = {"groups": {"admin": admin, "*": _group((), ())}}
    # No resultSetLimit: it cuts what a query *scans* without a word, so count() answers too little.
    limits = {"readTimeout": query_seconds * 1000}
    ours = {
        "groups": {
            "admin": admin,
            WRITER: _group(records, ("updateSchema",)),
            READER: {**_group(("readRecord",), ()), **limits},
            "*": _group((), ()),
        }
    }
    return {"databases": {"*": everywhere, DATABASE: ours}, "version": 2}


def _group(types: Iterable[str], database: Iterable[str]) -> dict[str, object]:
    """One group without limits: rights on records of every type, rights on the database."""
    rights = {"types": {"*": {"access": list(types)}}, "access": list(database)}
    return {"resultSetLimit": -1, "readTimeout": -1, **rights}


def _arguments(
    package: Path, bolt_port: int, http_port: int, heap_mib: int, query_seconds: int
) -> tuple[str, ...]:
    """The whole command line after `java`. It holds no password."""
    jars = sorted(
        str(jar)
        for jar in (package / "jars").glob("*.jar")
        if not any(word in jar.name for word in LEFT_OUT)
    )
    settings = {
        "server.mode": "production",
        "server.name": DATABASE,
        "server.rootPath": ".",
        "server.logsDirectory": "log",
        "server.defaultDatabases": f"{DATABASE}[root]",
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server.httpIncomingHost": HOST,
        "server.httpIncomingPort": http_port,  # HTTP has no switch: a random port, and nobody is root
        "bolt.host": HOST,
        "bolt.port": bolt_port,
        "bolt.defaultDatabase": DATABASE,
        "studio.enabled": "false",
        "command.timeout": query_seconds * 1000,
        "txWalFlush": 2,  # fsync before a commit is acknowledged: it survives a power cut
        "serverMetrics": "false",
        "support.autoRegister": "false",
        "support.url": f"http://{HOST}:9",
        # The reading group alone would not stop LOAD CSV from reaching out to a web address.
        "opencypher.loadCsv.allowFileUrls": "false",
        "opencypher.loadCsv.allowRemoteUrls": "false",
        "server.security.importBlockLocalNetworks": "true",
    }
    return (
        f"-Xmx{heap_mib}m",
        "-Xms64m",
        *_JVM,
        *(f"-Darcadedb.{name}={value}" for name, value in settings.items()),
        "-cp",
        os.pathsep.join(jars),
        "com.arcadedb.server.ArcadeDBServer",
    )


_JVM = (
    "-XX:+UseSerialGC",  # one user's engine: the smallest collector
    "-XX:+ExitOnOutOfMemoryError",  # without memory it cannot be trusted: end it, nothing is lost
    "-XX:-UsePerfData",  # leaves nothing in the temporary folder
    "-XX:ErrorFile=log/java-crash.log",
    "-XX:-CreateCoredumpOnCrash",  # a core file would hold people's names
    "-Dfile.encoding=UTF-8",
    "-Djava.awt.headless=true",
    "-Djava.net.preferIPv4Stack=true",
    "-Djava.util.logging.config.file=config/logging.properties",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
)
_LOGGING = """\
handlers = java.util.logging.FileHandler
.level = INFO
java.util.logging.FileHandler.pattern = log/engine.%g.log
java.util.logging.FileHandler.limit = 1000000
java.util.logging.FileHandler.count = 3
java.util.logging.FileHandler.append = false
java.util.logging.FileHandler.encoding = UTF-8
java.util.logging.FileHandler.formatter = java.util.logging.SimpleFormatter
java.util.logging.SimpleFormatter.format = %1$tF %1$tT %4$s %5$s%6$s%n
"""
