"""Files to sheets of text cells: formats, limits, archives, and what stands beside the values.

In: paths. Out: `discovery.DiscoveredFiles` of a round's files, `workbooks.Worksheet` with its details, InputError for
what cannot be read. Never imports a store, a form or another room of loaders but ooxml.
"""

__all__ = [
    "archives",
    "arrow",
    "content_hash",
    "discovery",
    "file_source",
    "limits",
    "workbooks",
    "worksheet",
]
