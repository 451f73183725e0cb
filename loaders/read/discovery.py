"""Which files a round is read from: those given, those in folders, those packed in a .zip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from graph_model.errors import InputError
from graph_model.text import Text
from loaders import ole
from loaders.file_kinds import ending_of
from loaders.privacy import masked, masked_names, private_kind
from loaders.read import archives
from loaders.read.workbooks import FORMATS, unlocked_copy
from loaders.round_names import ProposedRound, propose
from loaders.temp_dir import TempDir
from loaders.title_cells import title_cells

_ROUND = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_FOLDER, _FILE, _TITLE = (
    Text("文件夹名", "the folder's name"),
    Text("文件名", "a file's name"),
    Text("表题", "a title"),
)
_LOCK = "~$"
_HALF = re.compile(r"[\ud800-\udfff]")
"""What Python puts for the bytes of a file name that are no text."""
_MAX_FILES = 20_000


@dataclass(frozen=True, slots=True)
class DiscoveredFiles:
    """What there is to read, sorted by name; numbers that must not be kept are masked in all of the names.

    `files`: (name, path). `ignored`: (name, ending) of what is passed over. `refused`: archives that cannot
    be used, and files whose names are no text. `private`: the names of files that held such a number, and what
    kind. `unpacked`: what keeps the files of the archives, and those without their password, in their place as long
    as it is held. `unlocked`: the names of the workbooks whose password was taken off.
    """

    files: tuple[tuple[str, Path], ...]
    ignored: tuple[tuple[str, str], ...] = ()
    refused: tuple[tuple[str, InputError], ...] = ()
    private: tuple[tuple[str, Text], ...] = ()
    unpacked: tuple[archives.Unpacked, ...] = ()
    unlocked: tuple[str, ...] = ()


def list_files(paths: Sequence[Path]) -> DiscoveredFiles:
    """The files that these paths mean; InputError for one that is not there, two of one name, and none."""
    found: dict[str, Path] = {}
    ignored: list[tuple[str, str]] = []
    refused: list[tuple[str, InputError]] = []
    unpacked: list[archives.Unpacked] = []
    for path in paths:
        if not path.exists():
            raise InputError(f"找不到 {path}；请检查路径", f"{path} is not there; check the path")
        if _packed(path):
            try:
                archive = archives.unpack(path, FORMATS)
            except InputError as error:
                refused.append((_text(path.name), error))
                continue
            unpacked.append(archive)
            ignored.extend(archive.ignored)
            _add(found, refused, ((m.name, m.path) for m in archive.members))
        elif path.is_file():
            if not path.name.startswith(_LOCK):
                _add(found, refused, [(path.name, path)])
        else:
            within = list(_within(path))
            ignored.extend(
                (_text(name), ending_of(_text(file.name))) for name, file in within if not _readable(file)
            )
            _add(found, refused, [(name, file) for name, file in within if _readable(file)])
    if not found and not refused:
        raise InputError(
            f"没有可读取的工作簿；可用的类型：{'、'.join(FORMATS)}",
            f"there is no workbook to read; the types are: {', '.join(FORMATS)}",
        )
    names = masked_names(sorted(found))
    kinds = ((shown, private_kind(name)) for name, shown in names.items() if shown != name)
    return DiscoveredFiles(
        tuple(sorted((names[name], path) for name, path in found.items())),
        tuple(sorted((masked(name), ending) for name, ending in ignored)),
        tuple((masked(name), _masked(error)) for name, error in refused),
        tuple((shown, kind) for shown, kind in kinds if kind is not None),
        tuple(unpacked),
    )


def _masked(error: InputError) -> InputError:
    return InputError(masked(error.text.zh), masked(error.text.en))


def without_passwords(listing: DiscoveredFiles, passwords: Sequence[str]) -> DiscoveredFiles:
    """The same files, those with a password as copies without it; one that no password opens is refused.

    A workbook that Excel itself opens without a question, for it is only protected against changes, needs none.
    """
    files: list[tuple[str, Path]] = []
    refused = list(listing.refused)
    opened: list[str] = []
    folder = TempDir()
    for name, path in listing.files:
        try:
            copy = unlocked_copy(path, name, passwords, folder) if _in_container(path) else None
        except InputError as error:
            refused.append((name, error))
            continue
        if copy is not None:
            opened.append(name)
        files.append((name, copy or path))
    if not opened:
        folder.close()
        return replace(listing, files=tuple(files), refused=tuple(refused))
    kept = (*listing.unpacked, archives.Unpacked((), (), folder))
    return replace(
        listing, files=tuple(files), refused=tuple(refused), unpacked=kept, unlocked=tuple(opened)
    )


def _in_container(path: Path) -> bool:
    """May it be a workbook with a password: those, and the oldest ones, stand in a container of their own kind."""
    try:
        with path.open("rb") as file:
            return file.read(len(ole.SIGNATURE)) == ole.SIGNATURE
    except OSError:
        return False  # reading it says so


def round_from_path(paths: Sequence[Path]) -> str | None:
    """The round that these paths are of, by `proposed_round`; None where that is unclear."""
    found = proposed_round(paths)
    return found.round if found else None


def proposed_round(paths: Sequence[Path]) -> ProposedRound | None:
    """The round that the folder of the files is named after (or the .zip of it), or their names or titles say.

    A folder called YYYY-MM says it alone; else folder and files must not name two months.
    """
    folders = sorted({_named_after(p) for p in paths})
    if len(folders) == 1 and _ROUND.fullmatch(folders[0]):
        return ProposedRound(folders[0], _FOLDER, agreed=True)
    files = [f for p in paths for f in ([f for _, f in _within(p) if _readable(f)] if p.is_dir() else [p])]
    names = [*((_FOLDER, name) for name in folders), *((_FILE, f.stem) for f in files)]
    return propose([names, ((_TITLE, text) for text in _titles(files))])


def proposed_round_of_uploads(files: Sequence[tuple[str, IO[bytes]]]) -> ProposedRound | None:
    """The same of files that lie nowhere yet: what each is called, perhaps with its folders, and its content."""
    names = ((_FILE, name) for name, _ in files)
    titles = ((_TITLE, text) for name, content in files for text in title_cells(name, content))
    return propose([names, titles])


def _titles(files: Iterable[Path]) -> Iterator[str]:
    for file in files:
        if file.is_file():
            with file.open("rb") as content:
                yield from title_cells(file.name, content)


def _named_after(path: Path) -> str:
    if _packed(path) and _ROUND.fullmatch(path.stem):
        return path.stem
    return (path if path.is_dir() else path.parent).resolve().name


def _packed(path: Path) -> bool:
    return path.suffix.lower() == archives.ENDING and path.is_file()


def _readable(file: Path) -> bool:
    return ending_of(file.name) in FORMATS


def _add(
    found: dict[str, Path], refused: list[tuple[str, InputError]], files: Iterable[tuple[str, Path]]
) -> None:
    for name, file in files:
        if _text(name) != name:
            refused.append((_text(name), _no_text()))
            continue
        if name in found and found[name].resolve() != file.resolve():
            shown = masked(name)
            raise InputError(
                f"有两个文件都叫 {shown}；请改名，或分开导入",
                f"two files are called {shown}; rename one, or load them apart",
            )
        found[name] = file


def _text(name: str) -> str:
    """A file's name as it can be shown and stored."""
    return _HALF.sub("�", name)


def _no_text() -> InputError:
    """The error for a name that is no text: nothing can be stored or shown under it."""
    return InputError(
        "文件名中有无法识别的字符；请改名后再导入",
        "the file's name has signs that are no text (not UTF-8); rename it, then load it",
    )


def _within(path: Path) -> Iterator[tuple[str, Path]]:
    for count, file in enumerate(sorted(path.rglob("*"))):
        if count > _MAX_FILES:
            raise InputError(
                f"{path} 里的文件太多（超过 {_MAX_FILES} 个）；请选择调摸批次的文件夹",
                f"{path} holds too many files (over {_MAX_FILES}); choose the folder of the round",
            )
        # Hidden files belong to the system, not to the survey.
        hidden = any(p.startswith(".") for p in file.relative_to(path).parts)
        if file.is_file() and not hidden and not file.name.startswith(_LOCK):
            yield file.relative_to(path).as_posix(), file
