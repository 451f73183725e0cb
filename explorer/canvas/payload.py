"""A Scene as the bytes that go to the browser, and the hash that says whether it changed."""

from __future__ import annotations

import hashlib
import json

from explorer.scene.scene import Scene


def encode_scene(scene: Scene) -> tuple[str, bytes]:
    """The scene as (version, JSON in UTF-8): equal scenes have equal versions.

    >>> encode_scene(Scene((), (), (), "", ""))[1]
    b'{"edges":[],"file":"","filters":[],"footer":"","language":"zh","legend":[],"nodes":[],"title":""}'
    """
    whole = {name: _plain(getattr(scene, name)) for name in Scene.__slots__}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    # Half a surrogate pair, as damaged files hold, cannot be sent: it is shown as "?".
    raw = text.encode("utf-8", "replace")
    return hashlib.sha256(raw).hexdigest()[:20], raw


def _plain(value: object) -> object:
    # dataclasses.asdict copies deeply, and takes three times as long for thousands of nodes.
    if isinstance(value, tuple):
        return [{name: getattr(part, name) for name in part.__slots__} for part in value]
    return value
