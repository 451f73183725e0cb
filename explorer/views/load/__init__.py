"""数据导入: the load page: files in, problems and plan, confirm, history.

In: the PageContext. Out: Streamlit elements; `page.load` is the page. Nothing is written before it is confirmed.
"""

__all__ = ["page"]
