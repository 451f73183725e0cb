"""The history of loads in the data folder: what each stated, its files, how to rebuild and to undo it.

In: the data folder and a prepared load. Out: `load_log.history` entries, `rebuild`, `undo`,
`entity_history` of one thing, and the reading cache of the last complete load. Imports the rooms below it
and loaders.survey.
"""

__all__ = [
    "entity_history",
    "explanations",
    "load_journal",
    "load_log",
    "logged_problems",
    "reading_cache",
    "rebuild",
    "undo",
]
