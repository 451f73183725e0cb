"""The pages' own process: run Streamlit, and end when whoever started us has gone."""

from __future__ import annotations

import os
import runpy
import sys
import threading


def _end_with_parent() -> None:
    """Wait for the pipe from our parent to close, which happens however it ends, then end too."""
    while sys.stdin.buffer.read(1):
        pass
    # at once: Streamlit waits for open pages otherwise, and a lease is a lock that the system frees
    os._exit(0)


def main() -> None:
    """Run `streamlit` with our arguments, as `python -m streamlit` does."""
    os.umask(0o077)  # what the pages write lies in the data folder
    threading.Thread(target=_end_with_parent, daemon=True).start()
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
