"""Invent a believable survey of any size, with the answers that coverage must give.

In: a seed and a size. Out: files of a round and an answers file from `survey.make_survey`; the answers are counted from
how the survey was made, never by the product's rules.
"""

__all__ = ["survey"]
