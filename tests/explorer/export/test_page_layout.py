from explorer.export.page_layout import MARGIN, layout_page
from explorer.scene.scene import LegendEntry, Scene, SceneEdge, SceneNode

LEGEND = (LegendEntry("Unit", "单位", "#000", "square", 2),)


def unit(key, x, y, caption="甲物业"):
    return SceneNode(key, "Unit", caption, "#000", "square", 16.0, x, y)


def laid(nodes=(), edges=(), legend=LEGEND, title="关系图", footer="来源", language="zh", **how):
    return layout_page(
        Scene(tuple(nodes), tuple(edges), tuple(legend), title, footer, language), str, **how
    )


def test_title_graph_legend_and_footer_stand_below_one_another():
    page = laid([unit("u_1", -40, -300), unit("u_2", 60, 200)])
    title, footer = page.lines
    assert [(title.text, title.strong), (footer.text, footer.strong)] == [("关系图", True), ("来源", False)]
    nodes = sorted(n.y for n in page.nodes)
    assert title.y < nodes[0] < nodes[1] < page.rule_y < page.keys[0].y < footer.y < page.height


def test_the_graph_keeps_its_shape_and_lies_inside_the_sheet():
    first, second = laid([unit("u_1", -400, -300), unit("u_2", 600, 200)]).nodes
    assert (round(second.x - first.x), round(second.y - first.y)) == (1000, 500)
    page = laid([unit("u_1", -400, -300), unit("u_2", 600, 200)])
    assert all(0 < n.x < page.width for n in page.nodes)


def test_a_picture_of_nothing_says_so():
    page = laid(legend=(), footer="", language="en")
    assert [(line.text, line.middle) for line in page.lines] == [
        ("关系图", False),
        ("Nothing to show", True),
    ]
    assert page.keys == ()


def test_the_legend_counts_and_explains_dashed_ties_where_there_are_any():
    edge = SceneEdge("e", "u_1", "u_2", "MANAGES", "管理", "#000", dashed=True)
    nodes = [unit("u_1", 0, 0), unit("u_2", 90, 0)]
    assert [k.text for k in laid(nodes).keys] == ["单位 2"]
    assert [k.text for k in laid(nodes, [edge]).keys] == ["单位 2", "虚线：曾经的、联合的或松散的关系"]


def test_a_legend_that_is_too_wide_goes_on_in_another_row():
    entries = [LegendEntry(str(n), "很长的类型名称" * 3, "#000", "dot", 1) for n in range(4)]
    keys = laid([unit("u_1", 0, 0)], legend=entries).keys
    assert len({k.y for k in keys}) > 1
    assert {k.x for k in keys if k.y != keys[0].y} & {keys[0].x}


def test_without_names_there_are_no_labels():
    assert laid([unit("u_1", 0, 0)]).labels != ()
    assert laid([unit("u_1", 0, 0)], names=False).labels == ()


def test_every_text_is_cleaned():
    scene = Scene((unit("u_1", 0, 0, "a"),), (), LEGEND, "b", "c")
    page = layout_page(scene, lambda text: text.upper().replace("单位", "U"))
    assert [line.text for line in page.lines] == ["B", "C"]
    assert page.keys[0].text == "U 2"
    assert page.lines[0].x == MARGIN
