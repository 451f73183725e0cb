"""Registers: each kind of thing as a table of columns, filtered, sorted, counted and paged in the store.

In: a RegisterQuery and an open store. Out: keys of a page, values of derived columns, counts of groups. Names are
clear: whoever shows them masks them.
"""

__all__ = ["ask", "columns", "kinds", "query"]
