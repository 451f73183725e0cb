"""Keys of nodes: a keyed hash of what identifies a thing, so that a guessed name cannot be tested against a key."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from graph_model.schema import node_type
from graph_model.secret import site_secret


@dataclass(frozen=True, slots=True)
class KeyMaker:
    """Makes the keys of one site with its secret, which stands in no text of it.

    >>> KeyMaker(b"x").key("Unit", ("新桃源物业",))[:2]
    'u_'
    >>> KeyMaker(b"x")
    KeyMaker()
    """

    secret: bytes = field(repr=False)

    def key(self, label: str, identity: Iterable[str]) -> str:
        """The key of a node: the prefix of its label and a hash of what identifies it in the field."""
        return next(self.keys(label, (identity,)))

    def keys(self, label: str, identities: Iterable[Iterable[str]]) -> Iterator[str]:
        """The key of each of these nodes of a label, as `key` gives it."""
        start = hmac.new(self.secret, f"{label}\x1e".encode(), "sha256")
        prefix = node_type(label).prefix
        for identity in identities:
            found = start.copy()  # what is the same for all of them is done once
            found.update("\x1f".join(identity).encode())
            yield f"{prefix}_{found.hexdigest()[:20]}"

    @property
    def fingerprint(self) -> str:
        """What the store may know of the secret: enough to tell two sites apart, not to find it."""
        return hashlib.sha256(b"branchmap-site" + self.secret).hexdigest()[:16]


def site_keys(data: Path, held: str | None = None) -> KeyMaker:
    """What makes the keys of a data folder's site; its secret is made on first use.

    `held`: the fingerprint that the store remembers, if any. InputError when the secret is damaged, or gone though
    a store or a history was filled with it.
    """
    return KeyMaker(site_secret(data, needed=held is not None))
