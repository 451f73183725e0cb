"""The rooms of the code, read from its folders: what each is for, how many modules it has, which rooms it imports.

`python -m dev.make_docs` writes them into docs/rooms.md.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("graph_model", "loaders", "explorer")
WAY = (
    "loaders.read",
    "loaders.map",
    "loaders.resolve",
    "loaders",
    "graph_model.store",
    "graph_model.coverage",
    "graph_model.findings",
    "explorer",
    "explorer.explore",
    "explorer.scene",
    "explorer.canvas",
    "explorer.export",
)
"""The rooms through which a survey passes on its way from workbooks to pictures, in that order."""


@dataclass(frozen=True, slots=True)
class Room:
    """A folder of modules. `job`: the first line of its docstring. `imports`: the names of other rooms, sorted.

    `door`: what is open to other rooms, as `__all__` says.
    """

    name: str
    job: str
    modules: int
    imports: tuple[str, ...]
    door: tuple[str, ...] = ()


def rooms(root: Path) -> tuple[Room, ...]:
    """Every room of the packages below `root`, by package and name."""
    found = []
    folders = {_dotted(root, file.parent) for p in PACKAGES for file in (root / p).rglob("*.py")}
    for package in PACKAGES:
        for door in sorted((root / package).rglob("__init__.py")):
            name = _dotted(root, door.parent)
            files = sorted(door.parent.glob("*.py"))
            used = {_room_of(m, folders) for f in files for m in _imported(f)} - {name, ""}
            tree = ast.parse(door.read_text("utf-8"))
            job = (ast.get_docstring(tree) or "").partition("\n")[0]
            found.append(Room(name, job, len(files) - 1, tuple(sorted(used)), tuple(exported(tree) or ())))
    return tuple(found)


def exported(tree: ast.Module) -> list[str] | None:
    """The names in a module's `__all__`; None where it has none."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets
        ):
            names: list[str] = ast.literal_eval(node.value)
            return names
    return None


def _way(found: Iterable[Room]) -> Iterator[tuple[str, str]]:
    """(earlier, later) of the rooms that a survey passes, where one of them imports the other."""
    imports = {r.name: r.imports for r in found}
    for later, name in enumerate(WAY):
        for other in WAY[:later]:
            if other in imports[name] or name in imports[other]:
                yield other.replace(".", "/"), name.replace(".", "/")


def rooms_page(root: Path) -> str:
    """docs/rooms.md: a table of the rooms, and a drawing of what imports what inside each package."""
    found = rooms(root)
    lines = [
        "# The rooms of the code",
        "",
        "Made by `make docs` from the folders and their imports; the first line of each `__init__.py` is a room's job.",
        "What is open to other rooms stands in its `__all__`: its modules, or names of the room itself. Modules right",
        "below a package are open to all.",
        "",
        "| room | job | modules | open to others |",
        "|---|---|---|---|",
        *(
            f"| `{r.name.replace('.', '/')}` | {r.job} | {r.modules} | {', '.join(f'`{n}`' for n in r.door)} |"
            for r in found
        ),
    ]
    lines += [
        "",
        "## The way of the data",
        "From workbooks to pictures; an arrow where one of two rooms imports the other. `loaders` is its pipeline,",
        "`explorer` its answers to pages.",
        "```mermaid",
        "flowchart LR",
        *(f"  {a} --> {b}" for a, b in _way(found)),
        "```",
    ]
    for package in PACKAGES:
        inside = [r for r in found if r.name.startswith(f"{package}.")]
        arrows = [
            f"  {_short(r.name)} --> {_short(other)}"
            for r in inside
            for other in r.imports
            if other.startswith(f"{package}.")
        ]
        lines += ["", f"## Inside `{package}`", "```mermaid", "flowchart TD", *arrows, "```"]
    return "\n".join(lines) + "\n"


def _dotted(root: Path, path: Path) -> str:
    return ".".join(path.relative_to(root).parts)


def _imported(file: Path) -> Iterator[str]:
    """The modules that a file imports from, with the name imported where that may be a module itself."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _room_of(imported: str, folders: set[str]) -> str:
    """The longest room that an imported name lies in; nothing where it is none of ours.

    >>> _room_of("loaders.read.xls.read", {"loaders", "loaders.read"}), _room_of("json.loads", {"loaders"})
    ('loaders.read', '')
    """
    while imported and imported not in folders:
        imported = imported.rpartition(".")[0]
    return imported


def _short(name: str) -> str:
    return name.partition(".")[2].replace(".", "_")
