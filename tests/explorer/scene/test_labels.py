"""Names in pictures: wrapped within their width, placed beside their nodes, never on top of one another."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.scene.labels import Label, label_box, label_extent, place_labels, wrap_label
from explorer.scene.picture_fonts import width
from explorer.scene.scene import SceneNode


def spot(key: str, x: float = 0.0, y: float = 0.0, **more) -> SceneNode:
    return SceneNode(key, "Unit", key, "#1f5fa8", "square", **{"size": 10.0, "x": x, "y": y, **more})


def names(*nodes: SceneNode, text: str = "新桃源物业") -> dict[str, str]:
    return {n.id: text for n in nodes}


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("", 2, ()),
        ("  ", 2, ()),
        ("甲", 0, ()),
        ("甲乙丙丁", 2, ("甲乙丙丁",)),
        ("甲乙丙丁戊己庚辛壬癸子", 2, ("甲乙丙丁戊己", "庚辛壬癸子")),  # even, no character alone
        ("甲乙丙丁戊己庚辛壬癸子", 1, ("甲乙丙丁戊己庚辛壬…",)),
        ("North Garden Estate Company", 2, ("North Garden Estate", "Company")),  # at a word's end
    ],
)
def test_a_name_is_wrapped_kindly_and_what_is_left_out_is_marked(text, most, lines) -> None:
    assert wrap_label(text, 10.0, 100.0, most) == lines


@given(
    st.text(alphabet="甲乙丙丁ab W -、", max_size=40),
    st.integers(1, 5),
    st.sampled_from([60.0, 80.0, 104.0]),
)
def test_no_line_is_too_wide_and_no_more_lines_than_asked_for(text: str, most: int, widest: float) -> None:
    lines = wrap_label(text, 12.5, widest, most)
    assert len(lines) <= most
    assert all(line and width(line, 12.5) <= widest for line in lines)
    kept = "".join(lines).replace("…", "").replace(" ", "")
    assert text.replace(" ", "").startswith(kept)
    assert "…" in "".join(lines) or kept == text.replace(" ", "")


def test_a_long_title_stays_within_its_width_on_three_lines_too() -> None:
    lines = wrap_label("甲" * 16, 12.5, 104.0, 3)
    assert "".join(lines) == "甲" * 16
    assert max(width(line, 12.5) for line in lines) == 100.0


def test_a_label_stands_below_its_node_and_a_ring_moves_it_down() -> None:
    plain, ringed = spot("a"), spot("a", ring="high")
    [below], left_out = place_labels([plain], names(plain))
    assert (below.lines, below.x, below.y, left_out) == (("新桃源物业",), 0.0, 13.5, 0)
    assert place_labels([ringed], names(ringed))[0][0].y == 13.5 + 7.0
    assert label_extent(plain) == 11.5


def test_a_focus_is_written_larger() -> None:
    node = spot("a", focus=True)
    assert place_labels([node], names(node), size=10.0)[0][0].size == pytest.approx(11.2)


def test_no_names_no_labels() -> None:
    node = spot("a")
    assert place_labels([node], {"a": " "}) == ((), 0)
    assert place_labels([], {}) == ((), 0)


def test_where_there_is_no_room_only_what_matters_is_named() -> None:
    crowd = [spot(f"n{i}{j}", 12.0 * i, 12.0 * j) for i in range(6) for j in range(6)]
    gap = spot("gap", 30.0, 30.0, ring="low")
    found, left_out = place_labels([*crowd, gap], names(*crowd, gap))
    assert found[0].id == "gap"
    assert len(found) + left_out == 37
    assert left_out > 0


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=12, unique=True))
def test_labels_of_ordinary_nodes_cover_neither_one_another_nor_other_nodes(places) -> None:
    nodes = [spot(f"n{i}", float(x), float(y)) for i, (x, y) in enumerate(places)]
    found, left_out = place_labels(nodes, names(*nodes))
    assert len(found) + left_out == len(nodes)
    for one, other in combinations(found, 2):
        assert common(label_box(one), label_box(other)) < 1.0
    for label in found:
        for node in nodes:
            r = label_extent(node)
            around = (node.x - r, node.y - r, node.x + r, node.y + r)
            assert node.id == label.id or common(label_box(label), around) < 1.0


def common(a, b) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def test_the_box_of_a_label_is_as_wide_as_its_widest_line() -> None:
    assert label_box(Label("a", ("甲乙丙", "丁"), 50.0, 10.0, 10.0)) == (35.0, 10.0, 65.0, 35.0)
