"""Which tests stay in one process when several run at once (-n): all of the one server, and else those of a file."""

from __future__ import annotations

import re

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

_ON_SERVER = re.compile(r"\[(?:.*-)?server(?:-.*)?\]$")
_OWN_SERVERS = "test_pipeline_all_or_nothing.py"
_LONGEST = (
    "server",
    f"{_OWN_SERVERS}[server]",
    "test_graph_page.py",
    f"{_OWN_SERVERS}[bundled]",
    "test_clicks.py",
    "test_saved_picture.py",
    "test_overview_page.py",
    "test_page_wiring.py",
    "test_load_page.py",
    "test_lifecycle.py",
    "test_cli.py",
    "test_panel_history.py",
    "test_gaps_page.py",
    "test_serve.py",
    "test_stopping.py",
    "graph_model/store/test_store.py",
    "test_entity_page.py",
    "test_back_button.py",
    "test_choices.py",
    "test_hostile_files.py",
    "canvas/test_component.py",
    "test_make_readme.py",
)
"""The groups that take longest, in this order: begun last, they would leave the other processes idle."""


def group_of(nodeid: str) -> str:
    """The group of a test by its id.

    >>> group_of("store/test_store.py::test_a[server-x]"), group_of("store/test_store.py::test_a[bundled-x]")
    ('server', 'store/test_store.py')
    >>> group_of("loaders/test_pipeline_all_or_nothing.py::test_a[server-3]")
    'loaders/test_pipeline_all_or_nothing.py[server]'
    """
    file = nodeid.partition("::")[0]
    on_server = _ON_SERVER.search(nodeid) is not None
    if file.endswith(_OWN_SERVERS):
        return f"{file}[{'server' if on_server else 'bundled'}]"
    return "server" if on_server else file


class Groups(LoadScopeScheduling):
    """Hands out whole groups, those that take longest first, then by their number of tests."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)

    def _assign_work_unit(self, node: WorkerController) -> None:
        for longest in _LONGEST:
            waiting = next((group for group in self.workqueue if group.endswith(longest)), None)
            if waiting is not None:
                self.workqueue.move_to_end(waiting, last=False)
                break
        super()._assign_work_unit(node)
