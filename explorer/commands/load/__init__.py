"""The commands of a load: `load`, `history`, `undo`, `compare`, and the tables that they print.

In: paths and options. Out: tables or JSON; nothing is written without --yes.
"""

__all__ = ["history", "load"]
