"""Cached parse result of a complete load: where the same files are loaded again, it is read instead of them.

Kept where a load stands in the history, and only of a load that knew all that the store then held. It is used
when the store is still at that load, and everything that what a round says depends on is as it was: the
names of the files, what stands in them, the answers about names, what was asked for, the key secret, and the
program itself. A text file that was saved anew may differ in its bytes. Owns pydantic: JSON to frozen values
and back, with every type checked; a part of Streamlit anyway.
"""

from __future__ import annotations

import hashlib
import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from graph_model.errors import InputError
from graph_model.keys import KeyMaker
from graph_model.private_file import write_private
from graph_model.progress import Progress, ProgressStep
from loaders.map.read_files import FileDigest, sha256_of
from loaders.read.content_hash import content_of
from loaders.read.discovery import DiscoveredFiles
from loaders.read.workbooks import read_workbook
from loaders.reconcile.movement import Movement
from loaders.resolve.aliases import AliasBook
from loaders.survey import RoundSummary

_FILE = "again.json"
_OURS = ("graph_model", "loaders")
_PROGRAM = "branchmap"
_IMPORTED = time.time()


@dataclass(frozen=True, slots=True)
class CacheKey:
    """What a round's reading depends on: the files that are to be read, and `mark`, the same for all else the same."""

    mark: str
    files: tuple[FileDigest, ...]
    listing: DiscoveredFiles

    def are_those_of(self, said: RoundSummary) -> bool:
        """Was just this read, and no file changed in between."""
        return said.files == self.files


@dataclass(frozen=True, slots=True)
class CachedReading:
    """The parse result of a complete load. `mark`: of its inputs. `held`: how many things of each type it left behind.

    `contents`: the digests of what stood in its text files. `found`: the totals, and `by_area` those of each
    area. `names`: of the areas, by key. `movements`: of the same round upon itself.
    """

    mark: str
    said: RoundSummary
    held: Mapping[str, Mapping[str, int]]
    contents: Mapping[str, str]
    found: Mapping[str, int]
    by_area: Mapping[str, Mapping[str, int]]
    names: Mapping[str, str]
    movements: tuple[Movement, ...] = ()


def cache_key(
    round: str,
    listing: DiscoveredFiles,
    *,
    keys: KeyMaker,
    complete: bool | None,
    aliases: AliasBook,
    declare: Sequence[str],
    choices: tuple[object, ...] = (),
) -> CacheKey | None:
    """What `prepare` of these would depend on, the store apart. `choices`: of the user, about rows, sheets and words.

    None where a file cannot be read, and where the program was replaced since it was started: what the old one
    reads is not what the new one would say.
    """
    started = _started()
    if started is None or _program() != started:
        return None
    try:
        files = tuple(FileDigest(file, sha256_of(path)) for file, path in listing.files)
    except OSError:  # reading it says what is wrong
        return None
    values = (
        started,
        keys.fingerprint,
        round,
        complete,
        tuple(f.name for f in files),
        listing.ignored,
        tuple((file, str(error)) for file, error in listing.refused),
        tuple(tuple(a) for a in aliases.answers),
        tuple(declare),
        choices,
    )
    return CacheKey(hashlib.sha256(repr(values).encode()).hexdigest(), files, listing)


def write_cache(folder: Path, again: CachedReading) -> None:
    """Keep it in the folder of its load."""
    # a key of two texts is no key in JSON
    sensitive = [(*at, sorted(letters)) for at, letters in again.said.sensitive.items()]
    plain = replace(again, said=replace(again.said, sensitive={}))
    write_private(folder / _FILE, _json().dump_json((plain, sensitive)))


def read_cache(folder: Path, inputs: CacheKey) -> CachedReading | None:
    """What was kept there, where all but the files was as it is; None where it was not, or is damaged."""
    try:
        again, sensitive = _json().validate_json((folder / _FILE).read_bytes())
    except (OSError, ValidationError):  # then the files are read, and say it themselves
        return None
    if again.mark != inputs.mark:
        return None
    by_sheet = {(file, sheet): frozenset(letters) for file, sheet, letters in sensitive}
    return replace(again, said=replace(again.said, sensitive=by_sheet))


def revalidate(again: CachedReading, inputs: CacheKey, on_progress: Progress) -> CachedReading | None:
    """What was kept, of the files as they are now; None where one of them says something else than it did."""
    before, now = again.said.files, inputs.files
    if [f.name for f in before] != [f.name for f in now]:
        return None
    paths = dict(inputs.listing.files)
    for done, (was, is_) in enumerate(zip(before, now, strict=True)):
        if was != is_:
            on_progress(ProgressStep.SAME, done, len(now))
            if _content(paths[is_.name], is_.name) != again.contents.get(is_.name, ""):
                return None
    return replace(again, said=replace(again.said, files=now))


def _content(path: Path, name: str) -> str | None:
    try:
        return content_of(name, read_workbook(path, name))
    except InputError:  # reading it once more says what is wrong
        return None


@cache
def _json() -> TypeAdapter[tuple[CachedReading, list[tuple[str, str, list[str]]]]]:
    return TypeAdapter(tuple[CachedReading, list[tuple[str, str, list[str]]]])


def _program() -> str:
    """What tells this program from another version of it: all of its files, and the libraries that it names."""
    found = hashlib.sha256(repr((sys.version, _libraries())).encode())
    for package in _OURS:
        for name, file in files_of(package):
            found.update(f"{name}\n".encode())
            found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def files_of(package: str) -> Iterator[tuple[str, Traversable]]:
    """(name, file) of all that a package consists of, in order: modules, forms, tables."""
    yield from _within(resources.files(package), package)


def _within(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for one in sorted(folder.iterdir(), key=lambda f: f.name):
        path = f"{name}/{one.name}"
        if one.is_dir() and one.name != "__pycache__":
            yield from _within(one, path)
        elif one.is_file():
            yield path, one


def _libraries() -> tuple[tuple[str, str], ...]:
    names = (re.match(r"[\w.-]+", said) for said in metadata.requires(_PROGRAM) or ())
    return tuple((m[0], metadata.version(m[0])) for m in names if m)


@cache
def _started() -> str | None:
    """What tells the program that is running from others, taken at the first load; None where it is not known.

    Files that were replaced after this module was imported are not the ones that run: what the old program reads
    would be kept as that of the new one. Where one was replaced later, `_program` differs from this.
    """
    changed = (
        max(at.st_ctime, at.st_mtime)  # a copy may keep the one, no system keeps both
        for package in _OURS
        for _, file in files_of(package)
        if isinstance(file, Path)
        for at in [file.stat()]
    )
    return _program() if max(changed, default=0.0) < _IMPORTED else None
