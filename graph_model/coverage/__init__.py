"""The coverage rules, control totals, rates and ready questions: declared in TOML, asked of a store.

In: a Store, a Profile (thresholds), a round. Out: `catalogue.Catalogue` of rules, `evaluate.figure` (gaps, unknown,
population), rows of subjects, `totals`, `areas_of` keys. Imports graph_model.store, schema, profile, errors, text.
"""

__all__ = [
    "areas",
    "catalogue",
    "evaluate",
    "head_counts",
    "measures",
    "questions",
    "registers",
    "totals",
]
