"""Whether the code keeps to its rooms: sizes, doors, docstrings, parameters, names. `make check` runs it."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dev.rooms import PACKAGES, exported

ROOT = Path(__file__).resolve().parents[1]
MOST_MODULES, MOST_LINES, MOST_PARAMETERS, MOST_NAMES = 15, 400, 8, 8
_NOT_PLAIN = re.compile(r"\b(nobody|said|told|brought up)\b", re.IGNORECASE)
"""Words of a tale, where a docstring is to say what goes in and out in standard terms."""
_COMMANDS = ("explorer/commands/", "explorer/cli.py")
"""Their parameters are the options of a command."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: the check, and the place (`file` or `file:name`)."""

    check: str
    place: str


def faults(root: Path) -> list[Fault]:
    """Every fault of the packages below `root`, by check and place."""
    trees = {
        file.relative_to(root).as_posix(): ast.parse(file.read_text("utf-8"))
        for package in PACKAGES
        for file in sorted((root / package).rglob("*.py"))
    }
    lines = {place: (root / place).read_text("utf-8").count("\n") for place in trees}
    folders = Counter(p.rpartition("/")[0] for p in trees if not p.endswith("/__init__.py"))
    found = [
        *(Fault("modules", folder) for folder, n in folders.items() if n > MOST_MODULES),
        *(Fault("lines", place) for place, n in lines.items() if n > MOST_LINES),
        *(fault for place, tree in trees.items() for fault in _of_module(place, tree)),
        *_doors(trees),
        *_classes(trees),
        *_unused(root, trees),
    ]
    return sorted(found, key=lambda f: (f.check, f.place))


def _of_module(place: str, tree: ast.Module) -> Iterator[Fault]:
    if not ast.get_docstring(tree):
        yield Fault("docstring", place)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            name = getattr(node, "name", "")
            if _NOT_PLAIN.search(ast.get_docstring(node) or ""):
                yield Fault("prose", f"{place}:{name}" if name else place)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            of = node.args
            names = [
                a.arg for a in (*of.posonlyargs, *of.args, *of.kwonlyargs) if a.arg not in ("self", "cls")
            ]
            if len(names) > MOST_PARAMETERS and not place.startswith(_COMMANDS):
                yield Fault("parameters", f"{place}:{node.name}")


def _doors(trees: Mapping[str, ast.Module]) -> Iterator[Fault]:
    """Rooms without a door (`__all__`) or with too wide a one, and imports past a door.

    A name in `__all__` is one of the room's modules, or a value of the `__init__` itself. Modules beside the rooms,
    right below a package, are open to all.
    """
    doors = {
        place: exported(tree) for place, tree in trees.items() if place.count("/") > 1 and _is_room(place)
    }
    yield from (
        Fault("door", place) for place, names in doors.items() if names is None or len(names) > MOST_NAMES
    )
    for place, tree in trees.items():
        for module in _imports(tree, trees):
            room = f"{module.rpartition('/')[0]}/__init__.py"
            inside = place.startswith(room.removesuffix("__init__.py"))
            name = module.rpartition("/")[2].removesuffix(".py")
            if room in doors and not inside and name not in (doors[room] or ()):
                yield Fault("door", f"{place}: {module}")


def _is_room(place: str) -> bool:
    return place.endswith("/__init__.py")


def _imports(tree: ast.Module, trees: Mapping[str, ast.Module]) -> Iterator[str]:
    """The files of our modules that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            here = node.module.replace(".", "/")
            files = {f"{here}.py", *(f"{here}/{name.name}.py" for name in node.names)}
            yield from sorted(files & trees.keys())


def _classes(trees: Mapping[str, ast.Module]) -> Iterator[Fault]:
    places = defaultdict(list)
    for place, tree in trees.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(place)
    yield from (Fault("class", name) for name, where in places.items() if len(where) > 1)


def _unused(root: Path, trees: Mapping[str, ast.Module]) -> Iterator[Fault]:
    """Modules that no other one imports or names, nor the project's own file."""
    imported = set()
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                imported.add(node.value)
    settings = root / "pyproject.toml"
    imported |= set(
        re.findall(r"[a-z_]+(?:\.[a-z_]+)+", settings.read_text("utf-8") if settings.exists() else "")
    )
    for place in trees:
        name = place.removesuffix(".py").replace("/", ".")
        if not place.endswith("/__init__.py") and name not in imported and place != "explorer/app.py":
            yield Fault("unused", place)


def main() -> int:
    """Print what is wrong; 1 where there is anything."""
    found = faults(ROOT)
    print("\n".join(f"{f.check}: {f.place}" for f in found) or "rooms are in order")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
