"""Which tests stay in one process when several run at once (-n): all of the one server, and else those of a file."""

from __future__ import annotations

import re

from xdist.scheduler import LoadScopeScheduling

_ON_SERVER = re.compile(r"\[(?:.*-)?server(?:-.*)?\]$")
_OWN_SERVERS = "test_all_or_nothing.py"


def group_of(nodeid: str) -> str:
    """The group of a test by its id.

    >>> group_of("tests/test_store.py::test_a[server-x]"), group_of("tests/test_store.py::test_a[bundled-x]")
    ('server', 'tests/test_store.py')
    >>> group_of("tests/test_all_or_nothing.py::test_a[server-3]")
    'tests/test_all_or_nothing.py'
    """
    file = nodeid.partition("::")[0]
    return "server" if _ON_SERVER.search(nodeid) and not file.endswith(_OWN_SERVERS) else file


class Groups(LoadScopeScheduling):
    """Hands out whole groups, the largest first."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
