"""The settings of a run: data folder, store, language, right to names, memory of the engine."""

from __future__ import annotations

import getpass
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from graph_model import profile
from graph_model.coverage import catalogue
from graph_model.errors import InputError
from graph_model.profile import Reckoning, read_day
from graph_model.text import LANGUAGES, Language

if TYPE_CHECKING:
    from graph_model.connect import StoreChoice

HOME = "BRANCHMAP_HOME"
STORE = "BRANCHMAP_STORE"
LANG = "BRANCHMAP_LANG"
NAMES = "BRANCHMAP_NAMES"
HOSTS = "BRANCHMAP_HOSTS"
AS_OF = "BRANCHMAP_AS_OF"
HEAP = "BRANCHMAP_ENGINE_HEAP"
PASSWORD = "BRANCHMAP_PASSWORD"  # noqa: S105 - the variable's name, not a password
_HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_YES = ("1", "yes", "true", "是")
_NO = ("", "0", "no", "false", "否")


@dataclass(frozen=True, slots=True)
class Settings:
    """One run's settings. `store` None is the bundled engine in the data folder."""

    data: Path
    store: str | None = None
    language: Language = "zh"
    names: bool = False
    heap_mib: int | None = None  # follows the machine
    password: str | None = field(default=None, repr=False)  # never in a log
    as_of: Reckoning | None = None  # as the profile, an example or today's date says

    def environment(self) -> dict[str, str]:
        """The same settings as variables, for a process of ours; `read` turns them back.

        A password travels here and never in arguments, which every user of the machine can read.
        """
        said = {HOME: str(self.data), LANG: self.language}
        said |= {HEAP: str(self.heap_mib)} if self.heap_mib is not None else {}
        said |= {NAMES: "1"} if self.names else {NAMES: "0"}
        said |= {STORE: self.store} if self.store is not None else {}
        said |= {AS_OF: self.as_of.day} if self.as_of is not None else {}
        return said | ({PASSWORD: self.password} if self.password is not None else {})

    def choice(self) -> StoreChoice:
        """The store to open. For a server without a password in the settings, a terminal is asked for it."""
        from graph_model.connect import StoreChoice  # the driver takes a second to import: not for --help

        given = self.password
        return StoreChoice(
            self.data,
            self.store,
            (lambda: given) if given is not None else self._asked_password,
            self.heap_mib,
        )

    def _asked_password(self) -> str:
        if not sys.stdin.isatty():
            raise InputError(
                f"连接数据库需要密码：请放在环境变量 {PASSWORD} 中，或在终端里运行以便输入。",
                f"The store needs a password: put it into the variable {PASSWORD}, or run in a terminal.",
            )
        return getpass.getpass("密码：" if self.language == "zh" else "Password: ", stream=sys.stderr)

    def rule_folders(self) -> tuple[Path, ...]:
        """Where rules are: the built-in ones, then the site's own (data folder, rules/)."""
        return (catalogue.BUILT_IN, self.data / "rules")

    def catalogue(self) -> catalogue.Catalogue:
        """The rules of this site."""
        return catalogue.read_catalogue(self.rule_folders(), self.profile())

    def profile(self) -> profile.Profile:
        """The thresholds of this site (data folder, profile.toml, over the built-in ones), and how it reckons."""
        found = profile.read_profile(self.data / "profile.toml")
        return found if self.as_of is None else replace(found, given=self.as_of)


def read(
    environ: Mapping[str, str],
    *,
    data: str | None = None,
    store: str | None = None,
    language: str | None = None,
    names: bool | None = None,
    as_of: str | None = None,
) -> Settings:
    """The settings of a run: what was given, else the environment, else the usual.

    InputError is raised for a language that we do not speak, a heap that is no number, a variable that is
    neither yes nor no, a host that is no plain name, or a date that is none.
    """
    read_hosts(environ)  # a wrong one is said at once, not in the log of the pages
    folder = data or environ.get(HOME)
    return Settings(
        # absolute: the pages run in a folder of their own
        (Path(folder).expanduser() if folder else platform_folder()).absolute(),
        store or environ.get(STORE) or None,
        read_language(environ, language),
        names if names is not None else _yes(environ),
        _heap(environ.get(HEAP)),
        environ.get(PASSWORD),
        _as_of(environ, as_of),
    )


def _as_of(environ: Mapping[str, str], given: str | None) -> Reckoning | None:
    if given is not None:
        return Reckoning(read_day(given), "option")
    told = environ.get(AS_OF, "")
    return Reckoning(read_day(told), "setting") if told else None


def read_language(environ: Mapping[str, str], given: str | None = None) -> Language:
    """The language to speak; InputError for one that we do not.

    >>> read_language({}), read_language({"BRANCHMAP_LANG": "en"}), read_language({}, "en")
    ('zh', 'en', 'en')
    """
    wanted = given or environ.get(LANG) or "zh"
    for language in LANGUAGES:
        if wanted == language:
            return language
    raise InputError(
        f"没有语言 {wanted}；可用的有：{'、'.join(LANGUAGES)}（--lang 或 {LANG}）。",
        f"There is no language {wanted}; there are: {', '.join(LANGUAGES)} (--lang or {LANG}).",
    )


def read_hosts(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The names, beside the loopback ones, by which the pages may be addressed; InputError for what is no name.

    >>> read_hosts({"BRANCHMAP_HOSTS": "Map.example.org, 10.0.0.5"}), read_hosts({})
    (('map.example.org', '10.0.0.5'), ())
    """
    given = [part.strip().lower() for part in environ.get(HOSTS, "").split(",")]
    names = tuple(name for name in given if name)
    for name in names:
        if not _HOST_NAME.fullmatch(name):
            raise InputError(
                f"环境变量 {HOSTS} 应为主机名，用逗号分隔，不带 http://、端口和 *，现有“{name}”。",
                f"The variable {HOSTS} should be host names with commas between, without http://, ports or *; "
                f"“{name}” is none.",
            )
    return names


def platform_folder() -> Path:
    """The platform's usual place for a program's data."""
    return Path(platformdirs.user_data_dir("branchmap", appauthor=False))


def _yes(environ: Mapping[str, str]) -> bool:
    value = environ.get(NAMES, "").strip().lower()
    if value not in (*_YES, *_NO):
        raise InputError(
            f"环境变量 {NAMES} 应为 1 或 0，现为“{value}”。",
            f"The variable {NAMES} should be 1 or 0, not “{value}”.",
        )
    return value in _YES


def _heap(value: str | None) -> int | None:
    if not value:
        return None
    if not value.isascii() or not value.isdecimal():
        raise InputError(
            f"环境变量 {HEAP} 应为整数（MiB），如 512，现为“{value}”。",
            f"The variable {HEAP} should be a whole number of MiB, such as 512, not “{value}”.",
        )
    return int(value)
