"""A library is imported without what it would bring along; for everybody else that is there as before."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from graph_model.store.lean_import import imported_without


def test_the_driver_brings_no_pandas_and_pandas_can_be_imported_afterwards():
    code = (
        "import sys, graph_model.store.driver\n"
        "print('neo4j' in sys.modules, 'pandas' in sys.modules)\n"
        "import pandas; print(pandas.DataFrame({'a': [1]}).size)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False", "1"]


def test_only_this_thread_misses_the_module():
    found = []
    before = list(sys.meta_path)
    with imported_without("colorsys"):
        sys.modules.pop("colorsys", None)
        with pytest.raises(ModuleNotFoundError):
            __import__("colorsys")
        other = threading.Thread(target=lambda: found.append(__import__("colorsys").__name__))
        other.start()
        other.join()
    assert found == ["colorsys"]
    assert sys.meta_path == before
