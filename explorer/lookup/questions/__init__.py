"""Ready questions and analysts' queries: those of this site, the one that a sentence asks, a query within limits.

In: Answers, a Viewer, a text. Out: Question, Sentence, QueryAnswer. `site_questions` reads and writes the data
folder's `questions/`.
"""

__all__ = ["query", "sentences", "site_questions"]
