"""The monthly pack and the work list: what they say, and as Word, PDF and Excel.

In: Answers, a Viewer, a round. Out: `report.monthly_pack` -> Report blocks, `docx_bytes`, `pdf_bytes`, `worklist`.
"""

__all__ = ["blocks", "docx", "pdf", "report", "worklist"]
