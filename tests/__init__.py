"""The tests. A package of its own name, so that no other `tests` on the path is taken for it."""
