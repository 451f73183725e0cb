"""The page of registers: chosen, filtered, grouped, taken along; a viewer without names is given none."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from explorer.i18n import Words
from explorer.page_context import PageContext
from explorer.register.files import table_csv, table_report, whole_register
from explorer.register.pivot import register_pivot
from explorer.register.rows import columns_of, register_page
from explorer.register.state import RegisterState, Where
from explorer.report.annex_xlsx import annex_xlsx
from explorer.report.docx import to_docx
from explorer.viewer import Viewer
from graph_model.errors import InputError
from graph_model.store.store import Store
from tests.support.graphs import answers_of, enrolled, fill, graph, node, tie

NAMED, MASKED = Viewer(names=True), Viewer()
MEMBERS = RegisterState("Member", ("name", "born", "branch", "standing", "extra.学历"), sort=("-standing",))


def _page() -> None:
    import streamlit as st

    from explorer.views.register.page import register

    register(st.session_state["context"])


def _opened(context: PageContext, **link: str) -> AppTest:
    page = AppTest.from_function(_page, default_timeout=120)
    page.session_state["context"] = context
    for name, value in link.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def test_a_register_as_the_page_and_its_files_show_it(store: Store) -> None:
    context = PageContext(answers_of(store), MASKED, Words("zh"), Path(), True)
    assert "没有符合条件的内容" in _opened(context).info[0].value

    fill(
        store,
        graph(
            node("r_1", name="檀香居民区"),
            node("u_1", name="=甲物业", kind="property_company", employees=30),
            node("u_2", name="乙学校", kind="school"),
            tie("u_1 MANAGES r_1"),
            node("b_1", name="甲支部"),
            tie("b_1 ORGANISED_IN u_1"),
            node("m_x", name="欧阳小明", standing="full", born="1970-01", extra='{"学历": "大学"}'),
            node("m_y", name="王芳芳", standing="probationary"),
            tie("m_x SECRETARY_OF b_1"),
            tie("m_x AFFILIATED_WITH b_1"),
            enrolled("b_1", full=60),
        ),
    )
    answers = answers_of(store)
    context = PageContext(answers, MASKED, Words("zh"), Path(), True)

    # texts of a page, clear and masked
    clear = register_page(answers, NAMED, MEMBERS)
    assert (clear.total, clear.rows[0]) == (62, ("王芳芳", "", "", "预备党员", ""))
    assert ("欧阳小明", "1970-01", "甲支部", "正式党员", "大学") in whole_register(
        answers, NAMED, MEMBERS
    ).rows
    hidden = register_page(answers, MASKED, MEMBERS)
    assert [c.id for c in hidden.columns] == ["name", "branch", "standing"]
    assert ("欧阳**", "甲支部", "正式党员") in whole_register(answers, MASKED, MEMBERS).rows
    # neither search, order, condition nor group tells a name to whoever may not see it
    for told in (
        RegisterState("Member", search="欧阳小明"),
        RegisterState("Member", where=(Where("name", "holds", ("欧阳小明",)),)),
        RegisterState(
            "Member", where=(Where("born", "is", ("1970-01",)), Where("extra.学历", "is", ("大学",)))
        ),
    ):
        assert register_page(answers, MASKED, told).total == 62
    assert (
        register_page(answers, NAMED, RegisterState("Member", search="欧阳小明")).total == 0
    )  # no search text
    units = RegisterState("Unit", ("name", "secretary"), where=(Where("secretary", "holds", ("欧阳",)),))
    assert register_page(answers, MASKED, units).rows == (("=甲物业", "欧阳**"), ("乙学校", ""))
    assert register_page(answers, NAMED, units).rows == (("=甲物业", "欧阳小明"),)
    assert register_pivot(answers, MASKED, RegisterState("Unit", by="secretary")) is None
    assert "born" not in [c.id for c in columns_of(answers, MASKED, "Member")]
    with pytest.raises(InputError, match="不是整数"):
        register_page(answers, MASKED, RegisterState("Unit", where=(Where("employees", "from", ("x",)),)))
    with pytest.raises(InputError, match="上限61条"):
        whole_register(answers, MASKED, MEMBERS, 61)

    # the page itself
    page = _opened(context, kind="Unit", columns="name,areas", sort="-employees", where="areas:filled:")
    assert page.dataframe[0].value.to_dict("records") == [{"名称": "=甲物业", "所属区域": "檀香居民区"}]
    assert page.query_params["where"] == "areas:filled:"
    assert [m.value for m in page.markdown if "条" in m.value] == ["**共 1 条**"]
    page = _opened(context, kind="Member", columns="name,branch")
    assert len(page.dataframe[0].value) == 50
    assert not any("小明" in cell for cell in page.dataframe[0].value["姓名"])
    page.button(key="register-after").click().run()
    assert (len(page.dataframe[0].value), page.query_params["page"]) == (12, "1")
    page = _opened(context, kind="Unit", by="kind", across="areas")
    assert not page.error
    assert page.dataframe[0].value.to_dict("records") == [
        {"类别": "学校", "檀香居民区": "0", "（未填）": "1", "合计": "1", "占比": "50.0%"},
        {"类别": "物业公司", "檀香居民区": "1", "（未填）": "0", "合计": "1", "占比": "50.0%"},
    ]
    page = _opened(context, kind="Unit", where="employees:from:x")
    assert page.error[0].value == "“x”不是整数。"
    page = _opened(context, kind="Award")
    assert page.info[0].value == "没有符合条件的内容，请放宽筛选条件。"
    page.selectbox[0].select("pairs").run()
    assert page.query_params["kind"] == "CoBuildingPair"


def test_no_cell_of_a_file_acts_as_a_formula() -> None:
    heads, rows = ("名称", "=x"), [("=1+1", "@甲"), ("乙", "")]
    report = table_report(heads, rows, MASKED, "单位台账", date(2006, 11, 2))
    sheet = openpyxl.load_workbook(io.BytesIO(annex_xlsx(report))).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0][0] == "单位台账"
    assert cells[2:] == [["序号", "名称", "=x"], [1, "=1+1", "@甲"], [2, "乙", "—"]]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    told = list(csv.reader(io.StringIO(table_csv(heads, rows).decode("utf-8-sig"))))
    assert told == [["名称", "'=x"], ["'=1+1", "'@甲"], ["乙", ""]]
    table = Document(io.BytesIO(to_docx(report))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows][1] == ["1", "=1+1", "@甲"]
