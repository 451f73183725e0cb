"""Unpack the workbooks of a .zip for as long as this program runs, refusing whatever plays tricks."""

from __future__ import annotations

import re
import shutil
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from graph_model.errors import InputError
from loaders.file_kinds import ending_of
from loaders.read.limits import check_unpacked, too_large, unusable
from loaders.temp_dir import TempDir

ENDING = ".zip"
MAX_MEMBERS = 20_000
_MAX_NAME_BYTES = 255
_CHUNK = 2**20
_UTF8, _ENCRYPTED = 0x800, 0x1
_UNICODE_PATH = 0x7075
_DRIVE = re.compile(r"[A-Za-z]:")
_NOT_IN_NAMES = frozenset('<>:"|?*')


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive: its name there, and where it was unpacked to."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The files of an archive that can be read, and (name, ending) of those that are passed over."""

    members: tuple[Member, ...]
    ignored: tuple[tuple[str, str], ...]
    folder: TempDir


def unpack(path: Path, endings: Collection[str]) -> Unpacked:
    """The files of a .zip with one of these endings, unpacked; the same archive is unpacked once.

    A single folder around everything is left out of the names, so that a zipped folder reads as the folder
    does. InputError for an archive that is damaged, protected, too large, nested, or whose names lead
    elsewhere; then nothing of it is unpacked.
    """
    try:
        seen = path.stat()
        return _unpack(path.resolve(), seen.st_size, seen.st_mtime_ns, frozenset(endings))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise unusable(
            path.name,
            "压缩包已损坏或不是 .zip；请重新压缩后再导入",
            "the archive is damaged or no .zip; pack it again, then load it",
        ) from error


@lru_cache(maxsize=8)
def _unpack(path: Path, _size: int, _changed: int, endings: frozenset[str]) -> Unpacked:
    folder = TempDir()
    with zipfile.ZipFile(path) as archive:
        infos = [i for i in archive.infolist() if not i.is_dir()]
        if len(infos) > MAX_MEMBERS:
            raise too_large(path.name, f"{MAX_MEMBERS // 10_000} 万个文件", f"{MAX_MEMBERS:,} files")
        check_unpacked(infos, path.name)
        named = [(name_of(i), i) for i in infos]
        for name, info in named:
            _check(name, info, path.name)
        members: list[Member] = []
        ignored: list[tuple[str, str]] = []
        for name, info in _without_shell([n for n in named if not _of_the_system(n[0])]):
            ending = ending_of(PurePosixPath(name).name)
            if ending not in endings:
                ignored.append((name, ending))
                continue
            target = folder.path / f"{len(members)}{ending}"
            _write(archive, info, target)
            members.append(Member(name, target))
    _check_unique([m.name for m in members], path.name)
    return Unpacked(tuple(members), tuple(ignored), folder)


def _write(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> None:
    # zipfile stops at the size that was declared, and the sizes together were found to be bearable.
    with archive.open(info) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out, _CHUNK)


def name_of(info: zipfile.ZipInfo) -> str:
    """The name of a member as it was meant: as UTF-8, GB18030 or the old code page, with plain slashes.

    >>> gb = zipfile.ZipInfo("党员.xlsx".encode("gb18030").decode("cp437"))
    >>> name_of(gb)
    '党员.xlsx'
    """
    name = _stated(info)
    if name is None:
        name = info.orig_filename
        if not info.flag_bits & _UTF8:
            raw = name.encode("cp437", "replace")
            for encoding in ("utf-8", "gb18030"):
                try:
                    name = raw.decode(encoding)
                    break
                except UnicodeDecodeError:
                    continue
    # macOS takes 'é' apart; Problems and rounds are to name the file as it is written.
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _stated(info: zipfile.ZipInfo) -> str | None:
    """The name in UTF-8 that an extra field gives beside the old one, as Info-ZIP and 7-Zip write it."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == _UNICODE_PATH and size > 5:
            try:
                return extra[9 : 4 + size].decode("utf-8")
            except UnicodeDecodeError:
                return None
        extra = extra[4 + size :]
    return None


def _of_the_system(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1].startswith("~$") or any(p.startswith(".") for p in parts)


def _without_shell(named: list[tuple[str, zipfile.ZipInfo]]) -> list[tuple[str, zipfile.ZipInfo]]:
    """The names without the single folder that is around all of them."""
    tops = {name.partition("/")[0] if "/" in name else None for name, _ in named}
    if len(tops) != 1 or None in tops:
        return named
    return [(name.partition("/")[2], info) for name, info in named]


def _check(name: str, info: zipfile.ZipInfo, archive: str) -> None:
    shown = "".join(c if c.isprintable() else "?" for c in name[:60])
    parts = name.split("/")
    leads_out = name.startswith("/") or ".." in parts or _DRIVE.match(name)
    if leads_out or stat.S_ISLNK(info.external_attr >> 16):
        raise unusable(
            archive,
            f"其中的“{shown}”指向压缩包之外，没有读取任何内容；请只压缩工作簿后重新导入",
            f"“{shown}” in it leads out of the archive, so nothing was read; pack the workbooks alone",
        )
    if not all(c.isprintable() for c in name) or _NOT_IN_NAMES & set(name) or not parts[-1]:
        raise unusable(
            archive,
            f"其中的文件名“{shown}”含有不能用的字符；请改名后重新压缩",
            f"the file name “{shown}” in it has characters that cannot be used; rename it and pack again",
        )
    if any(len(p.encode()) > _MAX_NAME_BYTES for p in parts):
        raise unusable(
            archive,
            f"其中的文件名“{shown}…”过长；请改短后重新压缩",
            f"the file name “{shown}…” in it is too long; shorten it and pack again",
        )
    if name.lower().endswith(ENDING):
        raise unusable(
            archive,
            f"压缩包里还有压缩包“{shown}”；请先解压，再把工作簿压缩在一起",
            f"it holds another archive, “{shown}”; unpack that first, then pack the workbooks together",
        )
    if info.flag_bits & _ENCRYPTED:
        raise unusable(
            archive,
            "压缩包有密码；请去掉密码后再导入",
            "the archive is protected by a password; remove it and load again",
        )


def _check_unique(names: list[str], archive: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise InputError(
                f"{archive} 里有两个文件都叫 {name}；请改名后重新压缩",
                f"{archive} holds two files called {name}; rename one and pack again",
            )
        seen.add(name.casefold())
