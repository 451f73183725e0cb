"""The layouts a person can choose: force, by area, hierarchy, circle, joint branches. All without chance."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence

import networkx as nx

from explorer.scene.layout import Point, bounding_box, force_layout
from explorer.scene.scene import Layout
from explorer.scene.spacing import BOX_HEIGHT, BOX_WIDTH

_RANKS = (
    ("District",),
    ("Subdistrict",),
    ("ResidentialArea", "CommercialArea"),
    ("Unit",),
    ("Branch",),
    ("Member", "Liaison"),
    (
        "CoBuildingPair",
        "JointMeeting",
        "Activity",
        "Award",
        "Matter",
        "BranchMeeting",
        "RepresentativeMeeting",
    ),
)
"""From the district down to its members: 区 → 街道 → 居民区 → 公司 → 党支部 → 党员, then the rest."""
_RANK = {label: rank for rank, labels in enumerate(_RANKS) for label in labels}
_AREA_RANK = _RANK["ResidentialArea"]
_GAP = 0.8 * BOX_WIDTH


def compute_layout(
    graph: nx.MultiDiGraph[str],
    layout: Layout,
    *,
    focus: Iterable[str] = (),
    keep: Mapping[str, Point] | None = None,
) -> dict[str, Point]:
    """A place for every node in the chosen layout; nodes in `keep` stay, new ones come near their own."""
    if layout == "force" or (keep and any(key in keep for key in graph)):
        return force_layout(graph, focus=focus, keep=keep)
    return _KINDS[layout](graph)


def _label(graph: nx.MultiDiGraph[str], key: str) -> str:
    return str(graph.nodes[key].get("label", ""))


def _rank(graph: nx.MultiDiGraph[str], key: str) -> int:
    return _RANK.get(_label(graph, key), len(_RANKS))


def _near(graph: nx.MultiDiGraph[str]) -> dict[str, list[str]]:
    return {
        key: sorted({*graph.successors(key), *graph.predecessors(key)} - {key}) for key in sorted(graph)
    }


# ---- by area


def _by_area(graph: nx.MultiDiGraph[str]) -> dict[str, Point]:
    """A block for each area: the area in the middle, what belongs to it around it; blocks side by side."""
    near = _near(graph)
    owner = _owners(graph, near)
    groups: dict[str, list[str]] = defaultdict(list)
    for key in near:
        groups[owner.get(key, "")].append(key)
    tops = [key for key in groups.get("", []) if _rank(graph, key) < _AREA_RANK]
    others = [key for key in groups.pop("", []) if key not in tops]
    blocks = [_block(graph, near, middle, keys) for middle, keys in sorted(groups.items(), key=_largest)]
    if others:
        blocks.append(force_layout(nx.MultiDiGraph(graph.subgraph(others))))
    placed = _shelves(blocks)
    left, top, right, _ = bounding_box(placed)
    for i, key in enumerate(tops):
        placed[key] = ((left + right) / 2 + i * 2 * BOX_WIDTH, top - 1.6 * BOX_HEIGHT)
    return placed


def _largest(group: tuple[str, list[str]]) -> tuple[int, str]:
    return -len(group[1]), group[0]


def _owners(graph: nx.MultiDiGraph[str], near: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The area that each node is nearest to; the sub-district belongs to none."""
    owner = {key: key for key in near if _rank(graph, key) == _AREA_RANK}
    queue = deque(owner)
    while queue:
        key = queue.popleft()
        for other in near[key]:
            if other not in owner and _rank(graph, other) != 0:
                owner[other] = owner[key]
                queue.append(other)
    return owner


def _block(
    graph: nx.MultiDiGraph[str], near: Mapping[str, Sequence[str]], middle: str, keys: Sequence[str]
) -> dict[str, Point]:
    """Rings around the middle; on each ring first what is of a higher rank, and kin beside one another."""
    rest = _kin_order(graph, near, middle, set(keys))
    placed = {middle: (0.0, 0.0)}
    radius = 0.0
    while rest:
        radius += 1.25 * BOX_WIDTH
        room = max(4, int(2 * math.pi * radius / (1.05 * BOX_WIDTH)))
        ring, rest = rest[:room], rest[room:]
        for i, key in enumerate(ring):
            angle = -math.pi / 2 + 2 * math.pi * i / len(ring)
            placed[key] = (radius * math.cos(angle), radius * math.sin(angle))
    return placed


def _kin_order(
    graph: nx.MultiDiGraph[str], near: Mapping[str, Sequence[str]], start: str, inside: set[str]
) -> list[str]:
    """Nearest first (in steps), and among those the neighbours of one node together."""
    seen, order = {start}, []
    queue = deque([start])
    while queue:
        key = queue.popleft()
        for other in sorted(near[key], key=lambda k: (_rank(graph, k), k)):
            if other in inside and other not in seen:
                seen.add(other)
                order.append(other)
                queue.append(other)
    return order


def _shelves(blocks: Sequence[Mapping[str, Point]]) -> dict[str, Point]:
    """Blocks in rows, the whole about half as wide again as high."""
    boxes = [bounding_box(block) for block in blocks]
    sizes = [(r - x + BOX_WIDTH + _GAP, b - y + BOX_HEIGHT + _GAP) for x, y, r, b in boxes]
    wide = max([math.sqrt(sum(w * h for w, h in sizes) * 1.7), *(w for w, _ in sizes)], default=0.0)
    placed: dict[str, Point] = {}
    x = y = high = 0.0
    for block, (left, top, _, _), (w, h) in zip(blocks, boxes, sizes, strict=True):
        if x and x + w > wide * 1.01:
            x, y, high = 0.0, y + high, 0.0
        placed.update({k: (a - left + x, b - top + y) for k, (a, b) in block.items()})
        x, high = x + w, max(high, h)
    return placed


# ---- hierarchy


def _hierarchy(graph: nx.MultiDiGraph[str]) -> dict[str, Point]:
    """Each below what it belongs to: sub-district, areas, units, branches, members, the rest."""
    near = _near(graph)
    children: dict[str, list[str]] = defaultdict(list)
    roots: list[str] = []
    for key in near:
        parent = _parent(graph, near, key)
        (children[parent] if parent else roots).append(key)
    for keys in (*children.values(), roots):
        keys.sort(key=lambda k: (not children.get(k), _rank(graph, k), k))
    placed: dict[str, Point] = {}
    tops = _layer_tops(graph, children, roots, BOX_HEIGHT)
    width = _hang(graph, children, roots, 0.0, tops, placed)
    # a wide hierarchy gets longer ties, or it would be a thin strip
    lack = 0.45 * width - max((y for _, y in placed.values()), default=0.0)
    if lack > 0 and len(tops) > 1:
        tops = _layer_tops(graph, children, roots, BOX_HEIGHT + lack / (len(tops) - 1))
        _hang(graph, children, roots, 0.0, tops, placed)
    return placed


def _parent(graph: nx.MultiDiGraph[str], near: Mapping[str, Sequence[str]], key: str) -> str | None:
    """The neighbour in the nearest layer above; the one with the most ties where there are several."""
    rank = _rank(graph, key)
    above = [other for other in near[key] if _rank(graph, other) < rank]
    return min(above, key=lambda o: (rank - _rank(graph, o), -len(near[o]), o), default=None)


def _columns(leaves: int) -> int:
    return max(1, math.ceil(math.sqrt(leaves / 2)))


def _stacks(
    graph: nx.MultiDiGraph[str], children: Mapping[str, Sequence[str]], keys: Sequence[str]
) -> list[list[str]]:
    """The leaves among some siblings, those of one layer together."""
    layers: dict[int, list[str]] = defaultdict(list)
    for key in keys:
        if not children.get(key):
            layers[_rank(graph, key)].append(key)
    return [layers[rank] for rank in sorted(layers)]


def _layer_tops(
    graph: nx.MultiDiGraph[str], children: Mapping[str, Sequence[str]], roots: Sequence[str], gap: float
) -> dict[int, float]:
    """Where each layer begins: a gap below the highest stack of the layer above it."""
    rows: dict[int, int] = dict.fromkeys({_rank(graph, key) for key in graph}, 1)
    for keys in (*children.values(), roots):
        for stack in _stacks(graph, children, keys):
            rank = _rank(graph, stack[0])
            rows[rank] = max(rows[rank], math.ceil(len(stack) / _columns(len(stack))))
    tops: dict[int, float] = {}
    y = 0.0
    for rank in sorted(rows):
        tops[rank] = y
        y += rows[rank] * BOX_HEIGHT + gap
    return tops


def _hang(
    graph: nx.MultiDiGraph[str],
    children: Mapping[str, Sequence[str]],
    keys: Sequence[str],
    left: float,
    tops: Mapping[int, float],
    placed: dict[str, Point],
) -> float:
    """Places siblings and all below them from `left` on; returns the width that they took."""
    x = left
    for key in keys:
        below = children.get(key)
        if below:
            width = max(BOX_WIDTH, _hang(graph, children, below, x, tops, placed))
            placed[key] = (x + width / 2 - BOX_WIDTH / 2, tops[_rank(graph, key)])
            x += width
    widest = 0.0
    for stack in _stacks(graph, children, keys):
        columns = _columns(len(stack))
        # stacks of different layers may share a column, below one another
        for i, key in enumerate(stack):
            row, column = divmod(i, columns)
            placed[key] = (x + column * BOX_WIDTH, tops[_rank(graph, key)] + row * BOX_HEIGHT)
        widest = max(widest, columns * BOX_WIDTH)
    return x + widest - left


# ---- circle


def _circle(graph: nx.MultiDiGraph[str]) -> dict[str, Point]:
    """A ring for each layer, the sub-district in the middle; on a ring, kin stand together."""
    near = _near(graph)
    owner = _owners(graph, near)
    rings: dict[int, list[str]] = defaultdict(list)
    for key in near:
        rings[_rank(graph, key)].append(key)
    areas = sorted(rings.get(_AREA_RANK, []))
    turn = {area: i / max(1, len(areas)) for i, area in enumerate(areas)}
    placed: dict[str, Point] = {}
    radius = 0.0
    for rank in sorted(rings):
        keys = sorted(rings[rank], key=lambda k: (turn.get(owner.get(k, ""), 2.0), owner.get(k, ""), k))
        if len(keys) == 1 and not placed:
            placed[keys[0]] = (0.0, 0.0)
            continue
        radius = max(radius + 1.6 * BOX_WIDTH, len(keys) * 1.02 * BOX_WIDTH / (2 * math.pi))
        for i, key in enumerate(keys):
            angle = -math.pi / 2 + 2 * math.pi * i / len(keys)
            placed[key] = (radius * math.cos(angle), radius * math.sin(angle))
    return placed


# ---- joint branches


def _joint(graph: nx.MultiDiGraph[str]) -> dict[str, Point]:
    """Each joint branch with its units side by side below it, and their people below those."""
    near = _near(graph)
    units = {
        key: sorted(t for _, t, type_ in graph.out_edges(key, keys=True) if type_ == "ORGANISED_IN")
        for key in near
        if _label(graph, key) == "Branch"
    }
    joint = [key for key, several in units.items() if len(several) > 1 or _says_joint(graph, key)]
    taken: set[str] = set()
    blocks = []
    for branch in sorted(joint, key=lambda b: (-len(units[b]), b)):
        if branch not in taken:
            blocks.append(_joint_block(graph, near, branch, units[branch], taken))
    placed = _shelves(blocks)
    rest = [key for key in near if key not in taken]
    if rest:
        below = force_layout(nx.MultiDiGraph(graph.subgraph(rest)))
        left, _, right, bottom = bounding_box(placed)
        r_left, r_top, r_right, _ = bounding_box(below)
        dx = (left + right) / 2 - (r_left + r_right) / 2
        dy = bottom + 2 * BOX_HEIGHT - r_top if placed else 0.0
        placed.update({k: (x + dx, y + dy) for k, (x, y) in below.items()})
    return placed


def _says_joint(graph: nx.MultiDiGraph[str], key: str) -> bool:
    return bool(graph.nodes[key].get("properties", {}).get("kind") == "joint")


def _joint_block(
    graph: nx.MultiDiGraph[str],
    near: Mapping[str, Sequence[str]],
    branch: str,
    units: Sequence[str],
    taken: set[str],
) -> dict[str, Point]:
    taken.add(branch)
    placed: dict[str, Point] = {}
    x = 0.0
    own = [unit for unit in units if unit not in taken]
    taken.update(own)
    for unit in own:
        people = [k for k in near[unit] if _label(graph, k) in ("Member", "Liaison") and k not in taken]
        taken.update(people)
        columns = _columns(len(people))
        width = max(1.6 * BOX_WIDTH, columns * BOX_WIDTH)
        placed[unit] = (x + width / 2, 2.0 * BOX_HEIGHT)
        for i, key in enumerate(people):
            row, column = divmod(i, columns)
            placed[key] = (
                x + (width - (columns - 1) * BOX_WIDTH) / 2 + column * BOX_WIDTH,
                (3.6 + row) * BOX_HEIGHT,
            )
        x += width
    rest = [k for k in near[branch] if _label(graph, k) == "Member" and k not in taken]
    taken.update(rest)
    for i, key in enumerate(rest):
        row, column = divmod(i, 2)
        placed[key] = (x + (column + 0.7) * BOX_WIDTH, (2.0 + row) * BOX_HEIGHT)
    placed[branch] = (max(x, BOX_WIDTH) / 2, 0.0)
    return placed


_KINDS: Mapping[Layout, Callable[[nx.MultiDiGraph[str]], dict[str, Point]]] = {
    "areas": _by_area,
    "hierarchy": _hierarchy,
    "circle": _circle,
    "joint": _joint,
}
