"""The texts about a load, the same on page and command line: problems, plan, totals; masked.

In: a prepared load and a Viewer. Out: texts and rows to print or draw.
"""

__all__ = [
    "blind_load",
    "load_facts",
    "loads",
    "match_facts",
    "problem_lines",
    "sample_data",
    "upload_names",
    "word_questions",
]
