"""The pages: a folder for each large page, one function each; `shared` holds what several show.

A view asks `answers`, then draws. No page imports another one: ways between them stand in `shared.navigation`.
"""

__all__ = ["entity", "first_steps", "questions", "what_if"]
