"""问题清单: the gaps page: the list with its filters, one rule at a time, one gap, downloads.

In: the PageContext. Out: Streamlit elements; `page.gaps` is the page.
"""

__all__ = ["page"]
