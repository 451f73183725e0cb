"""Gaps as rows for pages, work list and report; their counts and files.

In: Answers and a Viewer. Out: FindingRow, GapItem and GapList values, masked; CSV and Excel bytes.
"""

__all__ = ["cleared", "counts", "files", "gap_report_rows", "gap_rows", "rule_list"]
