"""The blank survey workbook, and one filled with what is known of one area.

In: the forms, a Store for the filled one. Out: the bytes of an .xlsx. The only owner of openpyxl in loaders.
"""

__all__ = ["prefill", "template"]
