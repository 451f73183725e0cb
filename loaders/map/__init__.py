"""Sheets to records: recognise the form, find the rows of data, read each cell, report what is wrong.

In: `Worksheet` values of loaders.read. Out: `records.Record` for each row, Problems, declared totals; the door for a
whole round is `read_files.read_rows`. Never imports a store.
"""

__all__ = [
    "column_map",
    "data_rows",
    "heading_rows",
    "heading_words",
    "headings",
    "read_files",
    "records",
    "sensitive",
]
