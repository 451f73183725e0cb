"""The part of the graph on the screen as a frozen value; every step makes a new one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from explorer.scene.scene import Layout

OVERVIEW_LABELS = ("District", "Subdistrict", "ResidentialArea", "CommercialArea", "Unit", "Branch")
"""What the first picture shows: sub-districts with their district, areas, units and branches."""

MAX_STEPS = 3
MAX_HISTORY = 100


@dataclass(frozen=True, slots=True)
class Exploration:
    """Where the walk began and what was done since. Values only, so that it fits into a link.

    `labels` are the only types that the first picture shows (None: all). `opened` are (key, steps) of
    what was expanded, `added` single nodes that were put in, `hidden` those taken out. `off` are the
    legend's entries that are switched off. `moved` are places given by hand, kept whatever the layout
    while the node is `pinned`. `lit` are the nodes of a path or an answer that stay bright.
    """

    focus: tuple[str, ...] = ()
    depth: int = 1
    labels: tuple[str, ...] | None = None
    opened: tuple[tuple[str, int], ...] = ()
    added: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    layout: Layout = "force"
    pinned: tuple[str, ...] = ()
    moved: tuple[tuple[str, float, float], ...] = ()
    lit: tuple[str, ...] = ()

    # ---- growing and shrinking

    def expand(self, key: str, steps: int = 1) -> Exploration:
        """The walk with what lies around a node, so many steps far.

        >>> Exploration(("r_1",)).expand("u_1").expand("u_1", 2).opened
        (('u_1', 2),)
        """
        rest = tuple(o for o in self.opened if o[0] != key)
        return replace(self, opened=(*rest, (key, max(1, min(MAX_STEPS, steps)))))

    def collapse(self, key: str) -> Exploration:
        """The walk without what a node was expanded to; the node itself stays if it came on its own."""
        return replace(self, opened=tuple(o for o in self.opened if o[0] != key))

    def toggle(self, key: str) -> Exploration:
        """Collapse where it is expanded, else expand."""
        return self.collapse(key) if self.is_open(key) else self.expand(key)

    def is_open(self, key: str) -> bool:
        """Whether a node was expanded."""
        return any(k == key for k, _ in self.opened)

    def add(self, keys: Iterable[str]) -> Exploration:
        """The walk with single nodes put in, and shown again where they were hidden."""
        new = tuple(dict.fromkeys(keys))
        return replace(
            self,
            added=(*self.added, *(k for k in new if k not in self.added)),
            hidden=tuple(k for k in self.hidden if k not in new),
        )

    def reach(self, steps: int) -> Exploration:
        """The walk so many steps around where it began, of every type."""
        return replace(self, depth=max(0, min(MAX_STEPS, steps)))

    # ---- hiding

    def hide(self, keys: Iterable[str]) -> Exploration:
        """The walk without some nodes."""
        new = tuple(k for k in dict.fromkeys(keys) if k not in self.hidden)
        return replace(self, hidden=(*self.hidden, *new), lit=tuple(k for k in self.lit if k not in new))

    def show_hidden(self) -> Exploration:
        """The walk with every hidden node back."""
        return replace(self, hidden=())

    def filter(self, off: Collection[str]) -> Exploration:
        """The walk with exactly these entries of the legend switched off."""
        return replace(self, off=tuple(sorted(set(off))))

    # ---- places

    def pin(self, keys: Iterable[str], places: Mapping[str, tuple[float, float]]) -> Exploration:
        """Some nodes held where they stand now, also when the layout changes."""
        held = {k: places[k] for k in keys if k in places}
        pinned = (*self.pinned, *(k for k in held if k not in self.pinned))
        return replace(self.move(held), pinned=pinned)

    def unpin(self, keys: Iterable[str]) -> Exploration:
        """Some nodes let go; they stay where they are until the layout changes."""
        gone = set(keys)
        return replace(self, pinned=tuple(k for k in self.pinned if k not in gone))

    def move(self, places: Mapping[str, tuple[float, float]]) -> Exploration:
        """Some nodes put somewhere by hand."""
        kept = tuple(m for m in self.moved if m[0] not in places)
        return replace(self, moved=(*kept, *((k, x, y) for k, (x, y) in sorted(places.items()))))

    def lay_out(self, layout: Layout) -> Exploration:
        """The walk in another layout: pinned nodes stay where they are, all others find new places."""
        return replace(self, layout=layout, moved=tuple(m for m in self.moved if m[0] in self.pinned))

    def places(self) -> dict[str, tuple[float, float]]:
        """The places given by hand."""
        return {key: (x, y) for key, x, y in self.moved}

    # ---- light

    def light(self, keys: Iterable[str]) -> Exploration:
        """Some nodes lit, with the ties between them."""
        return replace(self, lit=tuple(dict.fromkeys(keys)))


@dataclass(frozen=True, slots=True)
class ExplorationHistory:
    """The walks of one person: what was before, what is now, what was undone.

    Undo and redo go step by step; back and forward go from one beginning (another focus) to another.
    """

    now: Exploration
    past: tuple[Exploration, ...] = ()
    future: tuple[Exploration, ...] = ()

    def do(self, walk: Exploration) -> ExplorationHistory:
        """One step further. A step that changes nothing is none.

        >>> ExplorationHistory(Exploration(("a",))).do(Exploration(("b",))).undo().now.focus
        ('a',)
        """
        if walk == self.now:
            return self
        return ExplorationHistory(walk, (*self.past, self.now)[-MAX_HISTORY:])

    def undo(self) -> ExplorationHistory:
        """One step back; itself at the beginning."""
        if not self.past:
            return self
        return ExplorationHistory(self.past[-1], self.past[:-1], (self.now, *self.future))

    def redo(self) -> ExplorationHistory:
        """One step forward again; itself where nothing was undone."""
        if not self.future:
            return self
        return ExplorationHistory(self.future[0], (*self.past, self.now), self.future[1:])

    def nearest(self, fits: Callable[[Exploration], bool]) -> ExplorationHistory | None:
        """At the walk that fits, as few steps back or else forth as possible; None where none fits.

        >>> walks = ExplorationHistory(Exploration(("a",))).do(Exploration(("b",))).do(Exploration(("c",)))
        >>> walks.undo().nearest(lambda walk: walk.focus == ("c",)) == walks
        True
        """
        before, after = self, self
        while True:
            for found in (before, after):
                if fits(found.now):
                    return found
            if not before.past and not after.future:
                return None
            before, after = before.undo(), after.redo()

    def back(self) -> ExplorationHistory:
        """The end of the walk before this one; itself where there is none."""
        found = self
        while found.past and found.now.focus == self.now.focus:
            found = found.undo()
        return found if found.now.focus != self.now.focus else self

    def forward(self) -> ExplorationHistory:
        """The end of the walk after this one; itself where there is none."""
        found = self
        while found.future and found.now.focus == self.now.focus:
            found = found.redo()
        if found.now.focus == self.now.focus:
            return self
        while found.future and found.future[0].focus == found.now.focus:
            found = found.redo()
        return found
