"""The parts of an .xlsx package as XML bytes: find, splice, put back.

In: the bytes of a workbook. Out: `package.Parts` and edited bytes; what is not edited stays byte for byte.
Imports graph_model.errors only.
"""

__all__ = ["number_formats", "package", "sheet"]
