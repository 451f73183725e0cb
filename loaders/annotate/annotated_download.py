"""The marked workbooks of a load as one download: the workbook itself, or a .zip where several have problems."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from graph_model.errors import InputError
from graph_model.text import Language, Text
from loaders.annotate.annotate import annotate
from loaders.file_kinds import ending_of
from loaders.problems import Problem
from loaders.read.file_source import Source
from loaders.temp_dir import TempDir

_LIST = Text("说明.txt", "READ ME.txt")


def annotate_files(
    sources: Mapping[str, Source], problems: Sequence[Problem], language: Language = "zh"
) -> tuple[str, bytes]:
    """(file name, content) of the marked workbooks of every file that has problems.

    A file that cannot be marked, because it cannot be read at all, is named in a text beside the others.
    InputError where there is nothing to mark.
    """
    made: dict[str, bytes] = {}
    notes: list[str] = []
    with TempDir() as folder:
        for number, name in enumerate(sorted({p.file for p in problems})):
            source = sources.get(name)
            own = [p for p in problems if p.file == name]
            if source is None:
                notes += [_line(p, language) for p in own]
                continue
            within = folder / str(number)
            within.mkdir()
            ending = ending_of(name)
            path = within / f"in{ending}"
            try:
                path.write_bytes(source if isinstance(source, bytes) else source.read_bytes())
                done = annotate(path, own, within / f"out{ending}", name=name, language=language)
            except (InputError, OSError):  # what is wrong with the file is one of its problems
                notes += [_line(p, language) for p in own]
                continue
            called = str(PurePosixPath(name).with_suffix(done.path.suffix))
            # a.csv and a.xlsx both come back as .xlsx
            made[f"{name}{done.path.suffix}" if called in made else called] = done.path.read_bytes()
            if done.note is not None:
                notes.append(f"{name}：{done.note.in_(language)}")
    if not made and not notes:
        raise InputError("没有需要标注的错误。", "There is no problem to be marked.")
    if len(made) == 1 and not notes:
        [(name, content)] = made.items()
        return Path(name).name, content
    return "marked.zip", _packed(made, notes, language)


def _line(found: Problem, language: Language) -> str:
    return f"{found.place()}：{found.what.in_(language)}（{found.right.in_(language)}）"


def _packed(made: Mapping[str, bytes], notes: Sequence[str], language: Language) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in made.items():
            packed.writestr(name, content)
        if notes:
            packed.writestr(_LIST.in_(language), "\n".join(notes) + "\n")
    return out.getvalue()
