"""The text of one cell to a value, or a ParseFault that says what would be right; names in canonical form.

In: text. Out: values, ParseFault, canonical names, simplified Chinese, pinyin. Pure.
Imports loaders.forms (columns say their type), loaders.characters and graph_model.schema.
"""

__all__ = ["cells", "dates", "fillers", "name_variants", "parse", "parsers", "person_names", "pinyin"]
