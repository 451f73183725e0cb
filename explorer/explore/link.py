"""A walk as the parameters of a link, and back: what was seen is seen again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from explorer.explore.exploration import MAX_STEPS, OVERVIEW_LABELS, Exploration
from explorer.scene.scene import LAYOUTS, Layout
from graph_model.schema import NODE_TYPES

# of the survey's things only: what the program keeps for itself is not drawn
_KEY = re.compile(rf"(?:{'|'.join(t.prefix for t in NODE_TYPES.values() if t.survey)})_[\w.-]{{1,80}}")
_ENTRY = re.compile(r"[\w:.-]{1,80}")
_MOST = 200  # a link longer than browsers and mail programs take opens nothing
NAMES = ("focus", "depth", "types", "opened", "added", "hidden", "off", "layout", "lit")


def to_link(walk: Exploration) -> dict[str, str]:
    """The parameters of a walk; what is as usual is left out. Places are not part of a link.

    >>> to_link(Exploration(("u_1",), 2).expand("b_1"))
    {'focus': 'u_1', 'depth': '2', 'opened': 'b_1'}
    """
    said = {
        "focus": ",".join(walk.focus),
        "depth": str(walk.depth),
        "types": "overview" if walk.labels == OVERVIEW_LABELS else "",
        "opened": ",".join(k if steps == 1 else f"{k}*{steps}" for k, steps in walk.opened[:_MOST]),
        "added": ",".join(walk.added[:_MOST]),
        "hidden": ",".join(walk.hidden[:_MOST]),
        "off": ",".join(walk.off),
        "layout": walk.layout if walk.layout != "force" else "",
        "lit": ",".join(walk.lit[:_MOST]),
    }
    return {name: text for name, text in said.items() if text}


def from_link(parameters: Mapping[str, str]) -> Exploration | None:
    """The walk that a link means; None where it names no focus. What cannot be read is left out."""
    focus = _keys(parameters.get("focus", ""))
    if not focus:
        return None
    layout: Layout = next((known for known in LAYOUTS if known == parameters.get("layout")), "force")
    return Exploration(
        focus=focus,
        depth=_steps(parameters.get("depth", "1")),
        labels=OVERVIEW_LABELS if parameters.get("types") == "overview" else None,
        opened=tuple(_opened(part) for part in parameters.get("opened", "").split(",") if _is_opened(part)),
        added=_keys(parameters.get("added", "")),
        hidden=_keys(parameters.get("hidden", "")),
        off=tuple(sorted(e for e in parameters.get("off", "").split(",") if _ENTRY.fullmatch(e))),
        layout=layout,
        lit=_keys(parameters.get("lit", "")),
    )


def _keys(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(k for k in text.split(",") if _KEY.fullmatch(k)))[:_MOST]


def _steps(text: str) -> int:
    return min(MAX_STEPS, int(text)) if text.isascii() and text.isdigit() and len(text) < 3 else 1


def _is_opened(part: str) -> bool:
    return _KEY.fullmatch(part.partition("*")[0]) is not None


def _opened(part: str) -> tuple[str, int]:
    key, _, steps = part.partition("*")
    return key, max(1, _steps(steps)) if steps else 1
