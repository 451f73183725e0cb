import base64
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader

from explorer.export.picture import PICTURE_FORMATS, render, save
from explorer.fonts import PICTURES
from explorer.scene.labels import label_box, place_labels
from explorer.scene.picture_fonts import clean_line, font_face, replace_missing_glyphs
from explorer.scene.scene import LegendEntry, Scene, SceneEdge, SceneNode
from graph_model.errors import InputError

pytestmark = pytest.mark.slow

SHAPES = ("dot", "square", "diamond", "triangle", "triangleDown", "hexagon", "star", "box")
NASTY = [
    "<script>alert(1)</script>",
    "\"&'",
    "a$b$ \\frac{1}{2} _^{",
    "😀👩‍👩‍👧",
    "\u202eעברית عربى\u200f",
    "\x00\x07\x1b\ufffe\ud800",
    "很长" * 150,
    "",
    "㛃䶮堃喆镕𠮷",
]


def node(key, caption, x=0.0, y=0.0, **more):
    defaults = {"type": "Unit", "colour": "#1f5fa8", "shape": "square", "size": 14.0}
    return SceneNode(id=key, caption=caption, x=x, y=y, **(defaults | more))


def edge(source, target, type_="EMPLOYED_BY", dashed=False):
    return SceneEdge(f"{type_}|{source}|{target}", source, target, type_, "任职于", "#8899aa", dashed)


def scene_of(*nodes, edges=(), title="党建覆盖图", footer="来源：2006-10"):
    legend = (LegendEntry("Unit", "单位", "#1f5fa8", "square", len(nodes)),) if nodes else ()
    return Scene(nodes, tuple(edges), legend, title, footer)


def pixels(data):
    with Image.open(BytesIO(data)) as image:
        return np.asarray(image.convert("L"))


def svg_texts(data):
    return [
        "".join(e.itertext()) for e in ElementTree.fromstring(data).iter("{http://www.w3.org/2000/svg}text")
    ]


PAIR = scene_of(node("a", "新桃源物业"), node("b", "王*", 200.0, shape="dot"), edges=[edge("b", "a")])


def test_a_png_has_the_scale_asked_for_and_is_not_blank():
    once, twice = pixels(render(PAIR, "png", scale=1)), pixels(render(PAIR, "png"))
    assert twice.shape == (once.shape[0] * 2, once.shape[1] * 2)
    assert once.shape[1] == 680
    assert once.min() < 80
    assert np.mean(once == 255) > 0.8


def test_nothing_touches_the_border():
    image = pixels(
        render(
            scene_of(*(node(s, "边缘节点", 400.0 * i, shape=s, size=30.0) for i, s in enumerate(SHAPES))),
            "png",
        )
    )
    rim = np.concatenate(
        (image[:8].ravel(), image[-8:].ravel(), image[:, :8].ravel(), image[:, -8:].ravel())
    )
    assert rim.min() == 255


@pytest.mark.parametrize("name", ["党", "㛃", "𠮷"])
def test_a_chinese_name_is_not_drawn_as_the_missing_sign(name):
    assert not np.array_equal(
        pixels(render(scene_of(node("a", name)), "png")), pixels(render(scene_of(node("a", "〓")), "png"))
    )
    assert replace_missing_glyphs(name) == name


def test_what_no_font_has_shows_as_the_missing_sign():
    assert replace_missing_glyphs("甲\U0001f9ff") == "甲〓"


def test_svg_text_is_text_with_its_font_inside():
    svg = render(PAIR, "svg").decode()
    assert {"新桃源物业", "王*", "党建覆盖图", "来源：2006-10", "单位 2"} <= set(svg_texts(svg))
    assert "src:url(data:font/woff2;base64," in svg
    assert re.findall(r"(?:href|src)=\"https?:", svg) == []
    assert "DOCTYPE" not in svg


def test_pdf_text_can_be_found():
    text = PdfReader(BytesIO(render(PAIR, "pdf"))).pages[0].extract_text()
    assert "新桃源物业" in text
    assert "党建覆盖图" in text


def test_pdf_fonts_are_of_a_kind_that_every_reader_takes():
    fonts = PdfReader(BytesIO(render(PAIR, "pdf"))).pages[0]["/Resources"]["/Font"].get_object()
    inner = [f.get_object()["/DescendantFonts"][0].get_object() for f in fonts.values()]
    assert {f["/Subtype"] for f in inner} == {"/CIDFontType2"}
    assert all(f["/FontDescriptor"]["/FontFile2"].get_data()[:4] == b"\x00\x01\x00\x00" for f in inner)


def test_an_independent_reader_finds_each_text_of_a_pdf_in_one_run(tmp_path):
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine")
    path = tmp_path / "a.pdf"
    path.write_bytes(render(PAIR, "pdf"))
    shown = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert {"党建覆盖图", "新桃源物业", "王*", "单位 2", "来源：2006-10"} <= set(shown.splitlines())
    fonts = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True)
    assert fonts.stderr == ""
    assert [line.split()[-5:-2] for line in fonts.stdout.splitlines()[2:]] == [["yes"] * 3] * 2


def test_many_pdfs_leave_few_fonts_behind():
    for text in ("甲", "乙", "丙", "丁", "甲"):
        render(scene_of(node("a", text * 3), title=text, footer=""), "pdf")
    assert render(PAIR, "pdf") == render(PAIR, "pdf")


@pytest.mark.parametrize("format", PICTURE_FORMATS)
def test_the_same_scene_gives_the_same_file(format):
    assert render(PAIR, format) == render(PAIR, format)


@pytest.mark.parametrize("format", PICTURE_FORMATS)
@pytest.mark.parametrize("name", NASTY)
def test_no_name_does_harm(format, name):
    nodes = [node("a", name, focus=True), node(name or "b", name, 150.0, ring="high")]
    data = render(scene_of(*nodes, title=name, footer=name), format)
    if format == "svg":
        texts = svg_texts(data)
        assert all(tag not in data.decode() for tag in ("<script", "onload"))
        assert not clean_line(name) or len(texts) >= 4
    elif format == "pdf":
        assert len(PdfReader(BytesIO(data)).pages) == 1
    else:
        assert pixels(data).min() < 100


def test_a_dollar_is_a_dollar():
    assert "a$b$c" in svg_texts(render(scene_of(node("a", "a$b$c")), "svg"))


def test_the_font_inside_carries_no_time_of_writing():
    with TTFont(PICTURES, lazy=True) as whole:
        made = whole["head"].modified
    (data,) = re.findall(r"woff2;base64,([^)]*)\)", font_face(["甲"]))
    with TTFont(BytesIO(base64.b64decode(data))) as part:
        assert part["head"].modified == made


@pytest.mark.parametrize("format", PICTURE_FORMATS)
def test_an_empty_scene_says_so(format):
    assert render(scene_of(), format)
    assert "没有可显示的内容" in svg_texts(render(scene_of(), "svg"))


def test_dashed_ties_are_dashed_and_explained():
    svg = render(
        scene_of(node("a", "甲"), node("b", "乙", 200.0), edges=[edge("a", "b", dashed=True)]), "svg"
    ).decode()
    assert svg.count("stroke-dasharray") == 2
    assert "虚线：曾经的、联合的或松散的关系" in svg_texts(svg)


def test_a_tie_without_direction_has_no_arrow():
    ends = (node("a", "甲"), node("b", "乙", 200.0))
    plain = render(scene_of(*ends, edges=[edge("a", "b", "ADJACENT_TO")]), "svg")
    arrow = render(scene_of(*ends, edges=[edge("a", "b", "MANAGES")]), "svg")
    assert plain.count(b"PathCollection") + 1 == arrow.count(b"PathCollection")


def test_parallel_ties_ties_to_itself_and_coinciding_nodes_are_drawn():
    edges = [edge("a", "b"), edge("b", "a"), edge("a", "b", "MANAGES"), edge("a", "a"), edge("a", "c")]
    assert render(scene_of(node("a", "甲"), node("b", "乙", 60.0), node("c", "丙"), edges=edges), "png")


def test_important_names_are_kept_and_labels_do_not_cover_each_other():
    nodes = [node(f"{i:03}", "拥挤的名称", 30.0 * (i % 12), 30.0 * (i // 12)) for i in range(120)]
    nodes[60] = node("060", "重点单位", 0.0, 150.0, ring="low")
    labels, left_out = place_labels(nodes, {n.id: n.caption for n in nodes})
    assert left_out == 120 - len(labels) > 0
    assert "060" in {label.id for label in labels}
    boxes = [label_box(label) for label in labels]
    assert not any(
        min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
    )


def test_a_picture_says_how_many_names_it_leaves_out():
    nodes = [node(f"{i:03}", "拥挤的名称", 30.0 * (i % 12), 30.0 * (i // 12)) for i in range(120)]
    assert any("个名称未显示" in text for text in svg_texts(render(scene_of(*nodes), "svg")))


def test_a_huge_scene_stays_within_what_programs_open():
    height, width = pixels(
        render(scene_of(node("a", "甲"), node("b", "乙", 20000.0, 20000.0)), "png")
    ).shape
    assert width * height <= 37e6


def test_threads_do_not_disturb_each_other():
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(lambda _: render(PAIR, "png", scale=1), range(8)))) == 1


def test_save_writes_to_a_file_and_to_a_buffer(tmp_path):
    target = BytesIO()
    save(PAIR, target, "png", scale=1)
    save(PAIR, tmp_path / "图.png", "png", scale=1)
    assert target.getvalue() == (tmp_path / "图.png").read_bytes()


def test_an_unknown_format_is_refused_with_the_known_ones():
    with pytest.raises(InputError, match="png, svg, pdf"):
        render(PAIR, "jpg")


def test_a_folder_that_is_not_there_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        save(PAIR, tmp_path / "none" / "a.png", "png")
