"""Text files to rows of cells: encoding, separator, quotation marks, and each fault with its line.

In: an open file. Out: rows of text, or TextFault with the line and what is wrong. Knows nothing of sheets.
"""

__all__ = ["encoding", "fault", "rows", "signatures"]
