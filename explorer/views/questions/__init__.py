"""常用查询: the questions page: cards by theme, one question with its answer, the analysts' own queries.

In: the PageContext. Out: Streamlit elements; `page.questions` is the page.
"""

__all__ = ["page"]
