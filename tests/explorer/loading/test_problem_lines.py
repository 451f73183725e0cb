"""Problems as lines: by sheet, and what stands in a cell never becomes part of the page."""

from __future__ import annotations

from explorer.i18n import Words
from explorer.loading.load_facts import shown_problems
from explorer.loading.problem_lines import problem_lines
from explorer.viewer import Viewer
from loaders.problems import problem
from loaders.survey import RoundSummary


def lines(*problems: object) -> str:
    said = RoundSummary(round="2006-10", problems=problems, declared=(), counts=(), files=())  # type: ignore[arg-type]
    html = problem_lines(shown_problems(said, Viewer()), Words("zh"))
    return html.partition("</style>")[2]


def test_a_line_says_cell_value_what_and_what_would_be_right() -> None:
    found = problem("bad_value", "a.xlsx", "党员", "B3", "abc", heading="入党时间", zh="日期", en="a date")
    assert lines(found) == (
        '<div class="problem-lines"><h5>a.xlsx · 党员</h5><ul>'
        '<li><b>B3</b><span class="what">“abc”：“入党时间”的内容无法识别</span>'
        '<span class="right">应为：日期</span></li></ul></div>'
    )


def test_a_sheet_is_named_once_and_a_whole_file_has_no_cell() -> None:
    one = problem("required", "a.xlsx", "党员", "B3", heading="姓名")
    two = problem("required", "a.xlsx", "党员", "B4", heading="姓名")
    html = lines(one, two, problem("no_form", "b.xlsx", forms="党员"))
    assert html.count("<h5>") == 2
    assert html.count("<b>") == 2
    assert '<h5>b.xlsx</h5><ul><li class="without-cell"><span class="what">' in html


def test_what_a_workbook_says_is_text() -> None:
    html = lines(
        problem("bad_value", "<b>.xlsx", "", "B3", "<img src=x>\u202e", heading="&", zh="<", en="<")
    )
    assert "<img" not in html
    assert "&lt;img src=x&gt; ”" in html
    assert "<h5>&lt;b&gt;.xlsx</h5>" in html
