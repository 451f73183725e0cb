"""Declared totals against found ones; rows in against rows out; a round against the one before it.

In: records and the desired graph. Out: Difference, RowBalance, Movement values. Imports loaders.map, clean and forms,
graph_model.coverage (which totals there are); `completeness` reads a graph_source handed in.
"""

__all__ = ["balance", "completeness", "control_totals", "declared", "head_counts", "movement"]
