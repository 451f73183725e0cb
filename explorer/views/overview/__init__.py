"""总览: the overview: rates and their trend, totals, gaps by severity, area and rule.

In: the PageContext. Out: Streamlit elements; `page.overview` is the page.
"""

__all__ = ["page"]
