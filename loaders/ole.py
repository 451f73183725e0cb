"""Take the workbook out of an OLE container (.xls), also where other parts of the container are not in order."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)
"""How a workbook begins, from Excel 2 to Excel 2003."""
_ENTRY = 128
_ROOT, _STREAM = 5, 2
_NAMES = ("workbook", "book")


class NoWorkbook(ValueError):
    """Raised for a container that holds something else, such as a Word document."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the directory: its name in small letters, kind, neighbours and first below, start and size."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


def is_workbook(head: bytes) -> bool:
    """Does a file that begins so hold an old workbook: in a container, or as it is, as some exports write it."""
    return head.startswith((SIGNATURE, *_BEGINNINGS))


def workbook_stream(data: bytes) -> bytes:
    """The records of the workbook in a file; NoWorkbook where there is none, ValueError for a damaged container.

    Only the chain of the workbook itself is followed. Exports (PHPExcel, PEAR) write chains of other parts that run
    into it, or lengths that are too large, which a strict reader refuses.
    """
    if not data.startswith(SIGNATURE):
        return data
    try:
        return _Container(data).workbook()
    except (struct.error, IndexError) as error:
        raise ValueError("the container is damaged") from error


class _Container:
    """The sectors of a container and which follows which."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        self._size = 1 << (shift if shift in (9, 12) else 9)
        self._mini_size = 1 << (mini_shift if mini_shift < shift else 6)
        directory, _, self._least, mini, _, more, _ = struct.unpack_from("<7i", data, 48)
        self._next = self._table(self._sectors_of_table(more))
        entries = self._read(directory, len(self._next) * self._size)
        self._entries = [
            _entry(entries[at : at + _ENTRY]) for at in range(0, len(entries) - _ENTRY + 1, _ENTRY)
        ]
        self._mini_next = self._table(self._chain(mini, len(self._next)))

    def workbook(self) -> bytes:
        """The workbook; one within an embedded object is another."""
        outer = [self._entries[at] for at in self._top()]
        for entries in (outer, self._entries):
            for name in _NAMES:
                for entry in entries:
                    if entry.kind == _STREAM and entry.name == name:
                        return self._stream(entry)
        if not outer:
            raise ValueError("the directory of the container is cut or damaged")
        raise NoWorkbook

    def _stream(self, entry: _Entry) -> bytes:
        large, small = self._read(entry.start, entry.size), b""
        if entry.size < self._least or not large.startswith(_BEGINNINGS):
            small = self._read_mini(entry.start, entry.size)
        return small if small.startswith(_BEGINNINGS) else large

    def _top(self) -> Iterator[int]:
        """The entries right below the root."""
        waiting, seen = [e.child for e in self._entries[:1] if e.kind == _ROOT], set[int]()
        while waiting:
            at = waiting.pop()
            if 0 <= at < len(self._entries) and at not in seen:
                seen.add(at)
                yield at
                waiting += [self._entries[at].left, self._entries[at].right]

    def _read(self, start: int, size: int) -> bytes:
        sectors = self._chain(start, -(-size // self._size))
        return b"".join(map(self._sector, sectors))[:size]

    def _read_mini(self, start: int, size: int) -> bytes:
        root = self._entries[0]
        held = self._read(root.start, root.size)
        width = self._mini_size
        found: list[bytes] = []
        while 0 <= start < len(self._mini_next) and len(found) * width < size:
            found.append(held[start * width : (start + 1) * width])
            start = self._mini_next[start]
        return b"".join(found)[:size]

    def _sector(self, at: int) -> bytes:
        return self._data[(at + 1) * self._size : (at + 2) * self._size]

    def _chain(self, start: int, most: int) -> list[int]:
        """The sectors from one on, at most so many: a chain may go round in circles."""
        found: list[int] = []
        while 0 <= start < len(self._next) and len(found) < most:
            found.append(start)
            start = self._next[start]
        return found

    def _sectors_of_table(self, more: int) -> list[int]:
        """Where the table of all chains stands: 109 sectors in the head, more of them in a chain of their own."""
        found = list(struct.unpack_from("<109i", self._data, 76))
        most = len(self._data) // self._size
        while 0 <= more < most and len(found) <= most:
            *further, more = struct.unpack(f"<{self._size // 4}i", self._sector(more))
            found += further
        return [at for at in found if 0 <= at < most]

    def _table(self, sectors: Sequence[int]) -> list[int]:
        table = b"".join(map(self._sector, sectors))
        return list(struct.unpack(f"<{len(table) // 4}i", table[: len(table) // 4 * 4]))


def _entry(raw: bytes) -> _Entry:
    length, kind, _, left, right, child = struct.unpack_from("<HBBiii", raw, 64)
    start, size = struct.unpack_from("<iI", raw, 116)
    name = raw[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
    return _Entry(name.lower(), kind, left, right, child, start, size)
