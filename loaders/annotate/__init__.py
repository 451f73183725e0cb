"""Give the workbooks of a load back, with every problem marked at its cell.

In: file sources and Problems. Out: one .xlsx or .zip from `annotated_download.marked`. Imports
loaders.ooxml, read, map.
"""

__all__ = ["annotated_download"]
