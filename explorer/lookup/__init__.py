"""Find things and ask about them: search, one entity with its history, questions, queries, notes, proposals.

In: Answers, a Viewer, what was typed. Out: values without drawing: Hit, Entity, Note. Open: `entity_rounds` and
`provenance_text` read the history in the data folder themselves.
"""

__all__ = [
    "entity",
    "entity_rounds",
    "find",
    "notes",
    "proposals",
    "provenance_text",
    "questions",
]
