"""The text of one cell to a value, or a Fault that says what would be right; names in canonical form.

In: text. Out: values, Fault, canonical names, simplified Chinese, pinyin. Pure.
Imports loaders.forms (columns say their type) and graph_model.schema.
"""

__all__ = ["name_variants", "parse", "parsers", "pinyin"]
