"""The survey forms: one TOML file each, read into Form and FormColumn values.

In: forms/*.toml. Out: `form.read_forms()` -> Form records; `answers` and `terms`: what was answered about sheets and
words, and what is asked. A faulty form raises SchemaError at start.
Imports graph_model.schema, plan, errors, text.
"""

__all__ = ["answers", "form", "terms"]
