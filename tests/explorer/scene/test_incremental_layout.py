"""New nodes beside what stands: on free spots, near their neighbours, and nothing that stood moves."""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.scene.incremental_layout import extend_layout
from explorer.scene.spacing import BOX_HEIGHT, BOX_WIDTH

STEP = 112.0


def hub(count):
    ties = {"u_0": {f"m_{i:03}": 1.0 for i in range(count)}}
    return ties | {key: {"u_0": 1.0} for key in ties["u_0"]}


def crowded(spots, kept):
    placed = sorted(spots.items())
    return [
        (a, b)
        for i, (a, (ax, ay)) in enumerate(placed)
        for b, (bx, by) in placed[i + 1 :]
        if abs(ax - bx) < BOX_WIDTH - 1 and abs(ay - by) < BOX_HEIGHT - 1 and not {a, b} <= set(kept)
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 120),
    st.lists(st.tuples(st.integers(-600, 600), st.integers(-600, 600)), max_size=40, unique=True),
)
def test_nothing_moves_and_no_two_new_ones_are_crowded(count, others) -> None:
    kept = {"u_0": (0.0, 0.0)} | {f"b_{i}": (float(x), float(y)) for i, (x, y) in enumerate(others)}
    ties = hub(count) | {f"b_{i}": {} for i in range(len(others))}
    spots = extend_layout(ties, kept, STEP)
    assert {key: spots[key] for key in kept} == kept
    assert len(spots) == len(ties)
    assert crowded(spots, kept) == []


def test_two_hundred_stand_as_near_as_they_can() -> None:
    spots = extend_layout(hub(200), {"u_0": (0.0, 0.0)}, STEP)
    area = 200 * BOX_WIDTH * BOX_HEIGHT
    farthest = max((x * x + y * y) ** 0.5 for x, y in spots.values())
    assert farthest < 1.6 * (area / 3.14159) ** 0.5


def test_what_is_tied_to_nothing_that_stands_has_no_place_yet() -> None:
    ties = {"a": {}, "b": {"c": 1.0}, "c": {"b": 1.0}}
    assert extend_layout(ties, {"a": (1.0, 2.0)}, STEP) == {"a": (1.0, 2.0)}
