"""Files of other programs to rows of cells: HTML tables, SpreadsheetML 2003, OpenDocument, .xlsb, files with passwords.

In: the bytes of a file. Out: `sheets.ForeignSheet` with its rows and what stands beside them, or ForeignFault with what
is wrong and what to do. Used by the reading process alone, which limits memory and time.
"""

__all__ = ["html_tables", "kinds", "locked", "ods", "sheets", "spreadsheetml", "xlsb"]
