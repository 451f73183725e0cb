"""What several pages show: the search box, notes, saving a picture, small widgets, ways between pages.

In: the PageContext that app.py hands to each page. Out: Streamlit elements. Imports no page.
"""

__all__ = [
    "address",
    "area_counts",
    "find_box",
    "navigation",
    "notes_view",
    "pack",
    "save_picture",
    "widgets",
]
