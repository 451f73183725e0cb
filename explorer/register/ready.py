"""The ready registers of an office, declared in views.toml: each is a state that a page or a file begins from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from explorer.register.state import RegisterState, Where
from graph_model.text import Text


@dataclass(frozen=True, slots=True)
class ReadyView:
    """A ready register: its id in a link, what it is called, and what it shows."""

    id: str
    text: Text
    state: RegisterState


@cache
def ready_views() -> tuple[ReadyView, ...]:
    """Every ready register, in the order of the file."""
    raw = tomllib.loads(Path(__file__).with_name("views.toml").read_text("utf-8"))
    return tuple(
        ReadyView(
            id_,
            Text(t["zh"], t["en"]),
            RegisterState(
                kind=t["kind"],
                columns=tuple(t["columns"]),
                where=tuple(
                    Where(c, operator, tuple(values)) for c, operator, *values in t.get("where", ())
                ),
                sort=tuple(t.get("sort", ())),
                rules=tuple(t.get("rules", ())),
                view=id_,
            ),
        )
        for id_, t in raw.items()
    )


def ready_view(id_: str) -> ReadyView | None:
    """The ready register of an id; None where there is none."""
    return next((v for v in ready_views() if v.id == id_), None)
