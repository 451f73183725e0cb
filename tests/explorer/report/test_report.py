import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from explorer.answers import Answers
from explorer.cli import run
from explorer.export.trend_chart import trend_chart
from explorer.report.blocks import (
    GroupRow,
    Heading,
    Paragraph,
    Report,
    ReportTable,
    Section,
    TableColumn,
    TableRow,
    picture_from_png,
)
from explorer.report.docx import to_docx
from explorer.report.pdf import to_pdf
from explorer.report.report import build_monthly_report
from explorer.report.words import format_rate
from explorer.server.samples import sample_rounds
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.coverage.measures import count_totals, rates
from graph_model.coverage.totals import main_rates
from graph_model.errors import InputError
from graph_model.findings.refresh import refresh_findings
from graph_model.keys import KeyMaker
from graph_model.profile import Reckoning, read_profile
from graph_model.store.store import Round
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from tests.support.graphs import fill, graph, node, staff, tie
from tests.support.office import converted, pdf_texts

pytestmark = pytest.mark.slow

TODAY = date(2006, 11, 15)
ONE = Catalogue((read_catalogue().rule("own_branch_due"),))
SECRET = b"a-secret-for-tests"
A_ROUND = Round(
    "2006-10", "2006-10", "2006-11-01T08:00:00+00:00", {"companies": 2}, {"甲.xlsx": "ab12" * 16}
)
HOSTILE = (
    "=1+1",
    "<b>&amp;",
    "{nb} {place}",
    "a\x00\x08\ud800b",
    "⁂⁂⁂",
    "𠮷㛃",
    "🎉",
    "‮右",
    "很" * 3000,
    "",
)


def answers(store):
    return Answers(store, read_catalogue(), replace(read_profile(), given=Reckoning("2006-10", "setting")))


def docx_text(data):
    """Every text of the document, paragraph by paragraph and cell by cell."""
    opened = docx.Document(io.BytesIO(data))
    cells = (c for t in opened.tables for tr in t._tbl.tr_lst for c in tr.tc_lst)
    lines = [p.text for p in opened.paragraphs]
    return "\n".join([*lines, *("".join(t.text or "" for t in c.iter(qn("w:t"))) for c in cells)])


def pdf_text(data):
    return "\n".join(pdf_texts(data))


def closed_up(text):
    """Without spaces and line ends: a PDF breaks lines where it likes."""
    return re.sub(r"\s+", "", text)


def said(report):
    """Every text of a report."""
    found = []
    for block in report.blocks:
        if isinstance(block, ReportTable):
            found += [c.text for c in block.columns]
            found += [
                x for row in block.rows for x in (row.cells if isinstance(row, TableRow) else (row.text,))
            ]
        elif isinstance(block, Heading | Paragraph):
            found.append(block.text)
        elif not isinstance(block, Section):
            found.append(block.caption)
    return found


# ---- the sample, from workbooks to paper


def test_the_samples_pack_says_what_status_says_in_word_pdf_and_libreoffice(store, tmp_path):
    for folder in sample_rounds():
        apply(store, prepare(store, LoadRequest([folder], keys=KeyMaker(SECRET))))
    asked = answers(store)
    asked.refresh()
    seen = asked.overview()
    report = build_monthly_report(asked, Viewer(), today=TODAY)
    word, pdf = to_docx(report), to_pdf(report)
    texts = (
        docx_text(word),
        pdf_text(pdf),
        converted(word, "a.docx", "txt:Text (encoded):UTF8", tmp_path).read_text("utf-8-sig"),
    )
    for text in map(closed_up, texts):
        counted = {rate.id: rate for rate in rates(store, read_profile(), seen.round.as_of)}
        for rate in (counted[told.id] for told in main_rates()):
            assert f"{format_rate(rate)}（{rate.numerator}/{rate.denominator}）" in text
        assert f"其他联系：另有{counted['contact'].numerator}家" in text
        totals = count_totals(store)
        assert f"共调摸物业公司{totals['companies']}家" in text
        assert f"党员{totals['members']}名" in text
        problems = [f for f in seen.figures if f.rule.nature != "data"]
        assert f"共发现问题{sum(f.gaps for f in problems)}项" in text
        assert "申报的8项总数与实有数全部一致" in text
        assert "兰桥街道2006年10月党建覆盖情况通报" in text
        for figure in seen.figures:
            if figure.rule.nature != "data" or figure.gaps or figure.unknown:
                assert closed_up(figure.rule.title.zh) in text
        # no digests, no names of files, no commands
        assert not [d for f, d in seen.round.files.items() if d[:12] in text or closed_up(f) in text]
        assert "branchmap" not in text.lower()
        assert not re.findall("[A-Za-z]{3,}", text)
    parts = [b.text for b in report.blocks if isinstance(b, Heading) and b.level == 1]
    assert parts[:3] == ["一、总体情况", "二、主要问题", "三、下步工作"]
    annexes = [b.text for b in report.blocks if isinstance(b, Paragraph) and b.kind == "annex-title"]
    assert annexes == [
        "应建未建清单",
        "应联未联清单",
        "党建指导员、联络员派驻一览表",
        "党支部换届提醒清单",
        "流动党员台账",
        "党建结对共建台账",
        "联席会议议题台账",
        "分居民区覆盖率表",
        "数据说明",
    ]
    # people's names are nowhere
    names = {str(n.properties["name"]) for n in store.held().nodes.values() if n.label == "Member"}
    assert not [
        name for name in names if len(name) > 1 and closed_up(name) in closed_up(texts[0] + texts[1])
    ]
    assert len(docx.Document(io.BytesIO(word)).inline_shapes) == 1  # the course of the rates
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all("+" in name for name in fonts), f"not embedded as a subset: {fonts}"


# ---- small graphs


def small(*more, declared=None):
    """A company with four members and no branch in 北苑, and one that nobody reaches."""
    return graph(
        node("s_1", name="兰桥街道"),
        node("r_1", name="北苑居民区"),
        node("u_1", name="甲物业", kind="property_company", status="operating", ownership="private"),
        node("u_2", name="乙物业", kind="property_company", status="operating", ownership="private"),
        tie("r_1 PART_OF s_1"),
        tie("u_1 MANAGES r_1"),
        staff("u_1", full=4),
        *more,
    )


def test_nothing_loaded_is_said(store):
    with pytest.raises(InputError, match="还没有导入任何数据"):
        build_monthly_report(answers(store), Viewer())


def test_another_round_is_refused_and_the_right_one_named(store):
    fill(store, small(), round=A_ROUND)
    with pytest.raises(InputError, match="--round 2006-10"):
        build_monthly_report(answers(store), Viewer(), round_="2005-10")


def test_a_round_without_gaps_says_so(store):
    fill(store, graph(node("s_1", name="兰桥街道")), round=A_ROUND)
    report = build_monthly_report(answers(store), Viewer(), today=TODAY)
    assert Paragraph("（日期按2006年10月计）", "subtitle") in report.blocks
    texts = said(report)
    assert any("逐项检查，未发现问题" in t for t in texts)
    assert "附件：1．应建未建清单（本期无）" in texts
    assert "附件1" not in texts
    assert any(t.endswith("此前没有可以比较的批次。") for t in texts)
    assert "未发现问题" in closed_up(pdf_text(to_pdf(report)))
    assert "未发现问题" in docx_text(to_docx(report))


def test_the_notice_of_one_round_word_for_word(store):
    fill(store, small(), round=A_ROUND)
    asked = Answers(store, ONE, read_profile())
    report = build_monthly_report(asked, Viewer(), today=TODAY)
    at = next(n for n, b in enumerate(report.blocks) if isinstance(b, Section))
    texts = [b.text for b in report.blocks[:at] if isinstance(b, Heading | Paragraph)]
    assert texts[:3] == [
        "兰桥街道2006年10月党建覆盖情况通报",
        "（数据截至2006年10月　制表日期：2006年11月15日）",
        "一、总体情况",
    ]
    assert texts[3] == (
        "截至2006年10月，全街道共调摸物业公司2家，其中正常经营2家；经营状态不明0家、停业或空壳0家单独列出，"
        "不计入覆盖率。有党员的公司1家，党员4名。"
    )
    assert texts[5].startswith("其他联系：另有1家尚未实现工作覆盖的公司")
    assert texts[7:14] == [
        "二、主要问题",
        "对照有关规定逐项检查，共发现问题1项，其中空白点1项、不规范0项；按等级分，高1项、中0项、低0项。"
        "另有0项因调摸表未填而无法判断，不计入问题。",
        "本期新发现1项，持续未销号0项，再次出现0项；本期已销号0项，暂缓整改0项，逾期未完成0项。",
        "（一）空白点",
        f"1．{ONE.rules[0].title.zh}：1项。分布在北苑居民区。",
        "（二）分区域情况",
        "各区域问题数如下表，逐项情况见整改台账。",
    ]
    assert texts[14] == "三、下步工作"
    assert texts[16].endswith("整改情况及时报街道党建办，由街道党建办核实后销号。")
    assert texts[17:19] == ["附件：1．应建未建清单", "2．应联未联清单（本期无）"]
    assert texts[-2:] == ["兰桥街道党工委", "2006年11月15日"]
    tables = [b for b in report.blocks[:at] if isinstance(b, ReportTable)]
    assert [r.cells for r in tables[1].rows] == [
        ("北苑居民区", "1", "0", "1", "1", "0"),
        ("合计", "1", "0", "1", "1", "0"),
    ]
    advice, title = ONE.rules[0].advice.zh, ONE.rules[0].title.zh
    assert [r.cells for r in tables[2].rows] == [
        ("1", advice, title, "1", "所在居民区党组织", "待明确", "2006年12月31日前（拟）")
    ]
    # what was arranged stands in place of the proposal, what is overdue is marked, who is named is masked
    asked.edit_findings(["f_own_branch_due:u_1"], {"owner": "周小明", "due": "2006-11-01"})
    for viewer, owner in ((Viewer(), "周**"), (Viewer(names=True), "周小明")):
        blocks = build_monthly_report(asked, viewer, today=TODAY).blocks
        late = [b for b in blocks if isinstance(b, ReportTable)][2].rows[0]
        assert (late.cells[4:], late.alarm) == (("所在居民区党组织", owner, "2006年11月1日"), True)
    assert any("逾期未完成1项" in b.text for b in blocks if isinstance(b, Paragraph))


def test_change_and_reasons_are_told_of_each_rate(store):
    first = Round("2006-04", "2006-04", "2006-05-01T08:00:00+00:00", {}, {})
    fill(store, small(), round=first)
    refresh_findings(store, ONE, read_profile())
    fill(store, small(node("b_1", name="甲支部"), tie("b_1 ORGANISED_IN u_1")), round=A_ROUND)
    report = build_monthly_report(Answers(store, ONE, read_profile()), Viewer(), today=TODAY)
    assert (
        "1．组织覆盖率由2006年4月的0.0%上升到50.0%，上升50.0个百分点。其中，工作进展使其提高50.0个百分点，"
        "公司新增、停业等基数变化没有影响；新覆盖的公司有甲物业。"
    ) in said(report)
    assert any("本期已销号1项" in t for t in said(report))


def test_the_lives_of_the_problems_add_up_to_them_without_what_is_unknown_now(store):
    for round_, known in (("2006-04", {"status": "operating"}), ("2006-10", {})):
        units = (node("u_1", name="甲", **known), node("u_2", name="乙", status="operating"))
        staffed = graph(*units, staff("u_1", full=3), staff("u_2", full=3))
        fill(store, staffed, round=Round(round_, round_, f"{round_}-30T08:00:00+00:00", {}, {}))
        refresh_findings(store, ONE, read_profile())
    texts = said(build_monthly_report(Answers(store, ONE, read_profile()), Viewer(), today=TODAY))
    assert any("共发现问题1项" in t and "另有1项因调摸表未填而无法判断" in t for t in texts)
    assert any("新发现0项，持续未销号1项，再次出现0项" in t for t in texts)


def test_a_declared_total_that_differs_is_marked(store):
    declared = Round("2006-10", "2006-10", "2006-11-01T08:00:00+00:00", {"companies": 3}, {})
    fill(store, small(), round=declared)
    report = build_monthly_report(answers(store), Viewer(), today=TODAY)
    assert "有1项申报数与实有数不一致，须书面说明原因。" in said(report)
    assert TableRow(("物业公司", "3", "2", "-1", "—", "—"), alarm=True) in [
        r for b in report.blocks if isinstance(b, ReportTable) for r in b.rows
    ]


def test_english_is_complete(store):
    fill(store, small(), round=A_ROUND)
    texts = said(build_monthly_report(answers(store), Viewer(language="en"), today=TODAY))
    assert "1. The situation" in texts
    assert "About the data" in texts
    ours = [t for t in texts if re.search("[一-鿿]", t)]
    assert all(any(n in t for n in ("兰桥街道", "北苑", "甲", "乙")) for t in ours), ours


# ---- the writers


def paper(*blocks, language="zh"):
    return Report("月报", blocks, TODAY, language)


PNG = trend_chart([], [("2006-10", {"companies": 29})], "zh")
COLUMNS = (TableColumn("名称", 3, "left"), TableColumn("数", 1))


def test_word_pages_are_a4_with_chinese_fonts_by_name_and_page_numbers():
    data = to_docx(
        paper(
            Paragraph("月报", "title"),
            Heading("一、覆盖率"),
            Paragraph("正文"),
            Section(True),
            Heading("附件"),
        )
    )
    opened = docx.Document(io.BytesIO(data))
    sizes = [(round(s.page_width.mm), round(s.page_height.mm)) for s in opened.sections]
    assert sizes == [(210, 297), (297, 210)]
    fonts = {
        name: opened.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Normal", "Title", "Heading 1", "Report Cell")
    }
    assert fonts == {
        "Normal": "仿宋_GB2312",
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
        "Report Cell": "宋体",
    }
    fields = [i.text.strip() for i in opened.sections[0].footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE"]
    assert opened.core_properties.title == "月报"


def test_word_repeats_a_tables_headings():
    opened = docx.Document(
        io.BytesIO(
            to_docx(
                paper(ReportTable(COLUMNS, (TableRow(("甲", "1")), GroupRow("区"), TableRow(("乙", "2")))))
            )
        )
    )
    table = opened.tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [c.text for c in table.rows[3].cells] == ["乙", "2"]
    assert len(table.rows[2]._tr.tc_lst) == 1


def test_pdf_pages_are_a4_numbered_and_repeat_a_tables_headings():
    rows = tuple(TableRow((f"物业{n}", str(n))) for n in range(300))
    data = to_pdf(paper(ReportTable(COLUMNS, rows), Section(True), Paragraph("完")))
    reader, texts = pypdf.PdfReader(io.BytesIO(data)), pdf_texts(data)
    count = len(texts)
    assert count > 5
    for number, text in enumerate(texts, start=1):
        assert f"—{number}—" in closed_up(text)
    assert all("名称" in text for text in texts[:-1])
    sizes = [(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in reader.pages]
    assert sizes[0] == (595, 842)
    assert sizes[-1] == (842, 595)
    whole = closed_up("".join(texts))
    assert all(f"物业{n}" in whole for n in range(300))
    assert reader.metadata.title == "月报"


def test_pdf_has_no_line_that_begins_with_a_full_stop():
    text = pdf_text(to_pdf(paper(Paragraph("党建工作，" * 200 + "完。"))))
    assert not [line for line in text.splitlines() if line.startswith(("，", "。"))]
    assert closed_up(text).count("党建工作，") == 200


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_only_text(name):
    report = Report(
        name,
        (
            Heading(name),
            Paragraph(name),
            ReportTable(COLUMNS, (TableRow((name, name)), GroupRow(name))),
            picture_from_png(PNG, name),
        ),
        TODAY,
        "zh",
    )
    assert docx_text(to_docx(report))
    read = closed_up(pdf_text(to_pdf(report)))
    assert "—1—" in read
    if name == "{nb} {place}":
        assert "{nb}{place}" in read


def test_a_table_row_that_does_not_fit_is_our_fault():
    with pytest.raises(ValueError, match="1 cells under 2 headings"):
        ReportTable(COLUMNS, (TableRow(("甲",)),))


def test_a_long_report_opens_in_libreoffice(tmp_path):
    rows = tuple(TableRow((f"物业{n}", str(n)), alarm=n % 7 == 0) for n in range(300))
    names = tuple(TableRow((name, "=1")) for name in HOSTILE)
    data = to_docx(
        paper(
            Paragraph("月报", "title"), ReportTable(COLUMNS, (*rows, *names)), picture_from_png(PNG, "图1")
        )
    )
    pages = pdf_texts(converted(data, "long.docx", "pdf:writer_pdf_Export", tmp_path).read_bytes())
    whole = closed_up("".join(pages))
    assert all(f"物业{n}" in whole for n in range(300))
    assert f"—{len(pages)}—" in whole


def test_the_command_refuses_an_ending_it_does_not_know(tmp_path, capsys):
    assert run(["report", "--data", str(tmp_path), "--out", str(tmp_path / "a.odt")]) == 2
    assert ".docx、.pdf、.xlsx" in capsys.readouterr().err
    assert not list(Path(tmp_path).iterdir())
