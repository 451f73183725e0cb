"""Registers as pages and files show them: what is chosen, its link, masked texts of a page, groups, ready views.

In: a RegisterState and Answers. Out: RegisterPage, Pivot and files. No drawing here.
"""

__all__ = ["files", "pivot", "ready", "rows", "state"]
