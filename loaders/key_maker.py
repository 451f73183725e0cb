"""Make the keys of nodes with the site's secret, which nothing else in a load need see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from graph_model.schema import make_key, make_keys
from graph_model.secret import fingerprint


@dataclass(frozen=True, slots=True)
class KeyMaker:
    """Makes keys with one secret, and never shows it.

    >>> KeyMaker(b"x")
    KeyMaker()
    """

    secret: bytes = field(repr=False)

    def key(self, label: str, identity: Iterable[str]) -> str:
        """The key of what this identifies."""
        return make_key(label, identity, self.secret)

    def keys(self, label: str, identities: Iterable[Iterable[str]]) -> Iterator[str]:
        """The key of each of these."""
        return make_keys(label, identities, self.secret)

    @property
    def fingerprint(self) -> str:
        """What tells two secrets apart, and may be kept."""
        return fingerprint(self.secret)
