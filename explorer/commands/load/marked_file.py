"""Writes the marked workbooks of a load where the user wants them, never over what was read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from explorer.commands.files import write_file
from graph_model.errors import InputError
from graph_model.text import Language
from loaders.annotate.annotated_download import annotate_files
from loaders.prepared_load import PreparedLoad


def check_place(out: Path, paths: Sequence[Path]) -> None:
    """InputError where `out` is one of the files that are loaded, or would be loaded with them the next time."""
    target = out.resolve()
    for path in paths:
        source = path.resolve()
        if target == source and not source.is_dir():
            raise InputError(
                f"{out} 是要导入的文件，标注不能写在它上面。请换一个文件名。",
                f"{out} is loaded itself and is not written over; give the marked workbook another name.",
            )
        if source.is_dir() and (target == source or source in target.parents):
            raise InputError(
                f"{out} 在要导入的文件夹 {path} 之内，下次会被当作调摸表读入。请写到别处。",
                f"{out} is inside the folder {path} and would be loaded with it the next time; write it elsewhere.",
            )


def write_marked(
    prepared: PreparedLoad, out: Path, paths: Sequence[Path], language: Language
) -> Path | None:
    """Write the marked workbook, or the .zip of several; returns where it is, None where no problem is marked.

    `out`: a file, or a folder that is there. The ending is the one that the content needs.
    """
    if not prepared.reading.problems:
        return None
    name, content = annotate_files(prepared.sources, prepared.reading.problems, language)
    place = out / name if out.is_dir() else out.with_suffix(Path(name).suffix)
    check_place(place, paths)
    write_file(place, content)
    return place
