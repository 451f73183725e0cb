"""关系图谱: the graph page: canvas, details beside it, paths, saved views, table.

In: the PageContext. Out: Streamlit elements; `page.graph` is the page, `state` what it remembers of one person.
"""

__all__ = ["page"]
