"""What is saved is as it is looked at: dark or light, with names or without, rings in the shape of their node."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from explorer.export.formats import export
from explorer.scene.palette import DARK, LIGHT, RELATIONSHIP_WIDTH, RING_GAP, RINGS, Theme
from explorer.scene.scene import LegendEntry, Scene, SceneEdge, SceneNode, ViewOptions
from tests.support.browser import window

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("合生物业", "王**", "甲支部")
SCENE = Scene(
    (
        SceneNode(
            "u_1",
            "Unit",
            NAMES[0],
            "#1f5fa8",
            "square",
            20,
            0,
            0,
            ring="high",
            detail="单位：合生物业\n性质：民营",
        ),
        SceneNode("m_1", "Member", NAMES[1], "#b8661a", "dot", 14, 200, 0, ring="low", detail="党员：王**"),
        SceneNode("b_1", "Branch", NAMES[2], "#c0392b", "diamond", 14, 100, 140, ring="medium", focus=True),
    ),
    (
        SceneEdge("1", "m_1", "u_1", "EMPLOYED_BY", "任职于", "#c37d3c"),
        SceneEdge("2", "b_1", "u_1", "ORGANISED_IN", "组建于", "#d3746b", dashed=True),
    ),
    (
        LegendEntry("Unit", "单位", "#1f5fa8", "square", 1),
        LegendEntry("high", "问题：高", "#d6002a", "dot", 1),
        LegendEntry("low", "问题：低", "#5c6b73", "dot", 1),
    ),
    "标题",
    "调摸批次 2006-10",
)
NIGHT, UNNAMED = ViewOptions(dark=True), ViewOptions(names=False)
BOTH = pytest.mark.parametrize(
    ("look", "ink"), [(ViewOptions(), LIGHT), (NIGHT, DARK)], ids=["light", "dark"]
)


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def colours(data: bytes) -> dict[tuple[int, ...], int]:
    with Image.open(BytesIO(data)) as image:
        whole = image.convert("RGB")
        return {colour: n for n, colour in whole.getcolors(whole.width * whole.height)}


def styles(data: bytes) -> list[dict[str, str]]:
    """What each path of an SVG looks like; `d` is its way."""
    found = []
    for path in ElementTree.fromstring(data).iter(f"{SVG}path"):
        parts = [p.split(":", 1) for p in path.get("style", "").split(";") if ":" in p]
        found.append({k.strip(): v.strip() for k, v in parts} | {"d": path.get("d", "")})
    return found


def texts(data: bytes) -> str:
    return "\n".join("".join(t.itertext()) for t in ElementTree.fromstring(data).iter(f"{SVG}text"))


@BOTH
def test_a_png_has_the_ground_and_the_colours_of_the_canvas(look: ViewOptions, ink: Theme) -> None:
    there = colours(export(SCENE, "png", look=look))
    assert max(there, key=lambda c: there[c]) == rgb(ink.ground)
    for wanted in (
        *(ink.node(n.colour) for n in SCENE.nodes),
        ink.ring("high"),
        ink.ring("medium"),
        ink.text,
    ):
        assert there.get(rgb(wanted), 0) > 20, wanted


def test_nothing_of_the_light_ground_is_left_in_the_dark() -> None:
    there = colours(export(SCENE, "png", look=NIGHT))
    assert rgb("#ffffff") not in there
    for gone in (LIGHT.ring("high"), LIGHT.text, "#1f5fa8"):
        assert there.get(rgb(gone), 0) == 0, gone
    svg = export(SCENE, "svg", look=NIGHT).decode()
    assert "#fff" not in svg.lower()
    assert DARK.ground in svg


@BOTH
def test_a_pdf_has_the_ground_of_the_canvas(look: ViewOptions, ink: Theme) -> None:
    drawn = PdfReader(BytesIO(export(SCENE, "pdf", look=look))).pages[0].get_contents()
    assert drawn is not None
    # the first filling of the page is its ground
    numbers = re.search(r"([\d.]+) (?:([\d.]+) ([\d.]+) rg|g)", drawn.get_data().decode("latin-1"))
    assert numbers is not None
    first = [float(n) for n in numbers.groups() if n is not None]
    parts = first if len(first) == 3 else first * 3
    assert parts == pytest.approx([c / 255 for c in rgb(ink.ground)], abs=0.01)


def test_where_names_are_hidden_no_picture_has_one() -> None:
    for name in NAMES:
        assert name in texts(export(SCENE, "svg"))
        assert name not in texts(export(SCENE, "svg", look=UNNAMED))
        pdf = PdfReader(BytesIO(export(SCENE, "pdf", look=UNNAMED))).pages[0].extract_text()
        assert name not in pdf
        page = export(SCENE, "html", look=UNNAMED).decode()
        assert name not in page
        assert json.dumps(name)[1:-1] not in page
    for wanted in ("标题", "问题：高 1", "调摸批次 2006-10"):
        assert wanted in texts(export(SCENE, "svg", look=UNNAMED))
    assert "个名称未显示" not in texts(export(SCENE, "svg", look=UNNAMED))


def test_a_table_has_the_names_whatever_the_canvas_shows() -> None:
    book = load_workbook(BytesIO(export(SCENE, "xlsx", look=UNNAMED)))
    assert {row[1] for row in book["对象"].iter_rows(min_row=2, values_only=True)} == set(NAMES)


@BOTH
def test_rings_have_the_shape_of_their_node_and_are_told_apart_without_colours(
    look: ViewOptions, ink: Theme
) -> None:
    found = styles(export(SCENE, "svg", look=look))
    rings = {s: [p for p in found if p.get("stroke") == ink.ring(s) and "C" not in p["d"]] for s in RINGS}
    [square], [diamond] = rings["high"], rings["medium"]
    assert square["d"].count("L") == diamond["d"].count("L") == 3  # and back to where it began
    points = [tuple(map(float, p)) for p in re.findall(r"[ML] ([\d.-]+) ([\d.-]+)", square["d"])]
    side = max(x for x, _ in points) - min(x for x, _ in points)
    assert side == pytest.approx(2 * (20 + RING_GAP + RINGS["high"].width / 2) * 72 / 96, abs=0.01)
    assert float(square["stroke-width"]) == pytest.approx(RINGS["high"].width * 72 / 96)
    assert float(diamond["stroke-width"]) == pytest.approx(RINGS["medium"].width * 72 / 96)
    low = [p for p in found if p.get("stroke") == ink.ring("low") and "C" in p["d"]]
    assert len(low) == 2  # the node's, and the legend's
    assert all("stroke-dasharray" in p for p in low)
    assert not any("stroke-dasharray" in p for p in found if p.get("stroke") == ink.ring("high"))


def test_ties_of_a_wide_picture_are_wide_enough_when_it_is_seen_whole() -> None:
    ends = (
        SceneNode("a", "Unit", "甲", "#1f5fa8", "square", 20, 0, 0),
        SceneNode("b", "Unit", "乙", "#1f5fa8", "square", 20, 4000, 0),
    )
    tie = (SceneEdge("1", "a", "b", "T", "t", "#628fc2"),)
    data = export(Scene(ends, tie, (), "", ""), "svg")
    width = float(ElementTree.fromstring(data).get("width", "").removesuffix("pt"))
    [line] = [p for p in styles(data) if p.get("stroke") == "#628fc2"]
    assert float(line["stroke-width"]) / width * 1000 >= 1.2
    [near] = [p for p in styles(export(SCENE, "svg")) if p.get("stroke") == "#c37d3c"]
    assert float(near["stroke-width"]) == pytest.approx(RELATIONSHIP_WIDTH * 72 / 96)


SEEN = """(out) => {
    const c = document.querySelector('canvas');
    const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
    const counts = {};
    for (let i = 0; i < d.length; i += 4) {
      const colour = `${d[i]},${d[i + 1]},${d[i + 2]}`;
      counts[colour] = (counts[colour] ?? 0) + 1;
    }
    const at = network.getPosition('u_1');
    const p = network.canvasToDOM({ x: at.x - out, y: at.y - out });
    const r = c.width / c.clientWidth;
    const i = 4 * (Math.round(p.y * r) * c.width + Math.round(p.x * r));
    return {
      counts, corner: [d[i], d[i + 1], d[i + 2]], ground: getComputedStyle(document.body).backgroundColor,
      width: Object.values(network.body.edges)[0].options.width * network.getScale(),
    };
}"""


@pytest.mark.browser
@BOTH
def test_a_page_is_drawn_as_the_canvas_draws(
    tmp_path: Path, browser: Any, look: ViewOptions, ink: Theme
) -> None:
    path = tmp_path / "图.html"
    path.write_bytes(export(SCENE, "html", look=look))
    faults: list[str] = []
    with window(browser) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path.as_uri())
        page.wait_for_function("document.fonts.status === 'loaded'")
        # the corner of the square's ring: a round one would not be there
        seen = page.evaluate(SEEN, 20 + RING_GAP + RINGS["high"].width / 2)
    assert faults == []
    for colour in (*(ink.node(n.colour) for n in SCENE.nodes), *(ink.ring(s) for s in RINGS), ink.text):
        assert seen["counts"].get(",".join(map(str, rgb(colour))), 0) > 10, colour
    assert seen["ground"] == f"rgb({', '.join(map(str, rgb(ink.ground)))})"
    assert tuple(seen["corner"]) == rgb(ink.ring("high"))
    assert seen["width"] >= 1.2
