"""Each check of the rooms on the smallest tree that breaks it."""

from pathlib import Path

import pytest

from dev.check_rooms import Fault, faults

DOC = '"""A job."""\n'


def tree(root: Path, **files: str) -> Path:
    """A loaders package with these modules."""
    for name, text in {"__init__": DOC, **files}.items():
        file = root / "loaders" / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return root


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, []),
        ({"a": "", "__init__": DOC + "from loaders import a\n"}, [Fault("docstring", "loaders/a.py")]),
        ({"a": DOC}, [Fault("unused", "loaders/a.py")]),
        ({"__init__": DOC + "\n" * 400}, [Fault("lines", "loaders/__init__.py")]),
        (
            {"__init__": DOC + "def f(a, b, c, d, e, *, g, h, i, j): ...\n"},
            [Fault("parameters", "loaders/__init__.py:f")],
        ),
        (
            {"__init__": DOC + 'def f():\n    """Nobody wants to know."""\n'},
            [Fault("prose", "loaders/__init__.py:f")],
        ),
        (
            {"__init__": DOC + "from loaders import a\nclass B: ...\n", "a": DOC + "class B: ...\n"},
            [Fault("class", "B")],
        ),
    ],
)
def test_what_breaks_a_room_is_named(tmp_path: Path, files: dict[str, str], expected: list[Fault]) -> None:
    assert faults(tree(tmp_path, **files)) == expected


ROOM = {"room/a": DOC, "__init__": DOC + "from loaders.room import a\n"}


@pytest.mark.parametrize(
    ("door", "expected"),
    [
        ("__all__ = ['a']", []),
        (
            "",
            [
                Fault("door", "loaders/__init__.py: loaders/room/a.py"),
                Fault("door", "loaders/room/__init__.py"),
            ],
        ),
        ("__all__ = []", [Fault("door", "loaders/__init__.py: loaders/room/a.py")]),
        (f"__all__ = {[*'abcdefghi']}", [Fault("door", "loaders/room/__init__.py")]),
    ],
)
def test_a_room_is_entered_by_its_door(tmp_path: Path, door: str, expected: list[Fault]) -> None:
    assert faults(tree(tmp_path, **ROOM, **{"room/__init__": f"{DOC}{door}\n"})) == expected


def test_a_folder_holds_fifteen_modules(tmp_path: Path) -> None:
    names = [f"m{letter}" for letter in "abcdefghijklmnop"]
    door = DOC + "".join(f"from loaders import {name}\n" for name in names)

    assert faults(tree(tmp_path, __init__=door, **dict.fromkeys(names, DOC))) == [
        Fault("modules", "loaders")
    ]
