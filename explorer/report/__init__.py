"""The monthly pack and the work list: what they say, and as Word, PDF and Excel.

In: Answers, a Viewer, a round. Out: `report.build_monthly_report` and `report.build_annex` -> Report blocks;
`docx.to_docx`, `pdf.to_pdf`, `annex_xlsx.annex_xlsx` and `worklist.worklist_xlsx` -> files; `annexes.ANNEXES`.
"""

__all__ = ["annex_xlsx", "annexes", "blocks", "docx", "pdf", "report", "words", "worklist"]
