import re

import pytest

from explorer.export.page import to_html
from explorer.scene.scene import LegendEntry, Scene, SceneEdge, SceneNode
from tests.support.browser import window

ATTACK = "</script><script>window.hit=1</script><img src=x onerror='window.hit=1'><a href='x'>"
NODE = SceneNode(
    "u_0", "Unit", "新桃源物业", "#1f5fa8", "square", 16.0, 0.0, 0.0, detail="单位：新桃源物业"
)


def scene_of(*nodes, edges=(), title="党建覆盖图", footer="来源：2006-10"):
    return Scene(nodes, tuple(edges), (LegendEntry("Unit", "单位", "#1f5fa8", "square", 1),), title, footer)


def test_the_page_names_no_remote_address_to_load():
    page = to_html(scene_of(NODE))
    assert re.findall(r"<(?:link|script|img|iframe)\b[^>]*(?:href|src)=", page) == []
    assert "bootstrap" not in page


def test_the_policy_forbids_the_network_and_foreign_scripts():
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', to_html(scene_of(NODE)))
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "http" not in policy


def test_title_legend_and_footer_are_escaped():
    page = to_html(scene_of(NODE, title=ATTACK, footer=ATTACK))
    assert ATTACK not in page
    assert "<h1>&lt;/script&gt;" in page
    assert "单位 1" in page


def test_a_hostile_name_is_not_markup():
    assert ATTACK not in to_html(
        scene_of(SceneNode(ATTACK, "Unit", ATTACK, "#1f5fa8", "box", 9.0, 0, 0, detail=ATTACK))
    )


def test_the_page_says_its_language():
    assert '<html lang="zh-CN">' in to_html(scene_of(NODE))


def test_an_empty_scene_is_a_page():
    assert "<canvas" not in to_html(Scene((), (), (), "", "", "en"))


@pytest.mark.browser
def test_a_browser_draws_it_and_asks_for_nothing(tmp_path, browser):
    other = SceneNode(
        "b_0", "Branch", ATTACK, "#c0392b", "diamond", 12.0, 200, 50, ring="high", detail=ATTACK
    )
    edges = [SceneEdge(t, "b_0", "u_0", t, t, "#dd9999") for t in ("ORGANISED_IN", "LEADS")]
    path = tmp_path / "图.html"
    path.write_text(to_html(scene_of(NODE, other, edges=edges)), encoding="utf-8")
    errors = []
    with window(browser) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text))
        page.goto(path.as_uri())
        page.wait_for_function("document.fonts.status === 'loaded'")
        blue = page.evaluate(
            """() => { const c = document.querySelector('canvas');
                const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0;
                for (let i = 0; i < d.length; i += 4)
                  if (d[i] === 0x1f && d[i + 1] === 0x5f && d[i + 2] === 0xa8) n++;
                return n; }"""
        )
        hit = page.evaluate("window.hit")
        title = page.evaluate("nodes.get('u_0').title")
        fonts = page.evaluate("[...document.fonts].map(f => f.status)")
    assert blue > 100
    assert (hit, errors, title, fonts) == (None, [], "单位：新桃源物业", ["loaded"])
    assert [url for url in context.asked if not url.startswith(("file:", "data:"))] == []
