"""Where each node of a graph stands: structure first, force second, never two on one spot."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
import rustworkx as rx

from explorer.scene.incremental_layout import extend_layout
from explorer.scene.spacing import BOX_HEIGHT, BOX_WIDTH, remove_overlaps
from graph_model.schema import EDGE_TYPES

Point = tuple[float, float]
_Array = npt.NDArray[np.float64]
_Ties = Mapping[str, Mapping[str, float]]

STEP = 112.0  # canvas units of a tie between two ordinary neighbours
_STILL = 0.004  # steps: spots that move less than that have found their places
_UNEVEN = 0.01  # of a distance: more than any rounding, less than anybody sees
_WHOLE = 260  # up to here one stress layout holds the whole component
_ROOTS = frozenset(EDGE_TYPES["PART_OF"].targets)
_AREAS = frozenset(EDGE_TYPES["PART_OF"].sources) - _ROOTS


def bounding_box(positions: Mapping[Any, Point]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of positions; four zeros when there are none.

    >>> bounding_box({"a": (1.0, 5.0), "b": (-2.0, 7.0)})
    (-2.0, 5.0, 1.0, 7.0)
    """
    if not positions:
        return (0.0, 0.0, 0.0, 0.0)
    xs = [x for x, _ in positions.values()]
    ys = [y for _, y in positions.values()]
    return (min(xs), min(ys), max(xs), max(ys))


def force_layout(
    graph: nx.MultiDiGraph[str],
    *,
    focus: Iterable[str] = (),
    seed: int = 1,
    keep: Mapping[str, Point] | None = None,
) -> dict[str, Point]:
    """A place for every node, in canvas units (y grows downward); the same graph gives the same places.

    Components stand side by side, those with a node of `focus` first. Nodes in `keep` stay where they
    are, new ones come near their neighbours.
    """
    ties = _ties(graph)
    labels = {key: str(graph.nodes[key].get("label", "")) for key in ties}
    kept = {key: keep[key] for key in ties if key in keep} if keep else {}
    if kept:
        return _beside_kept(ties, labels, kept, seed)
    return _fresh(ties, labels, frozenset(focus), seed)


def _ties(graph: nx.MultiDiGraph[str]) -> dict[str, dict[str, float]]:
    """Neighbours and the wished length of each tie, in steps; loose ties may be longer."""
    ties: dict[str, dict[str, float]] = {key: {} for key in sorted(graph.nodes)}
    for source, target, type_ in sorted(graph.edges(keys=True), key=lambda e: (e[0], e[1], str(e[2]))):
        if source == target:
            continue
        known = EDGE_TYPES.get(str(type_))
        length = min(ties[source].get(target, 9.0), 1.5 if known and known.dashed else 1.0)
        ties[source][target] = ties[target][source] = length
    # A hub's many small neighbours need a longer radius, or they cannot all stand around it.
    crowd = {key: sum(len(ties[other]) <= 2 for other in near) for key, near in ties.items()}
    for key, near in ties.items():
        for other in near:
            near[other] *= min(3.0, max(1.0, crowd[key] / 7, crowd[other] / 7))
    return ties


def _fresh(ties: _Ties, labels: Mapping[str, str], focus: frozenset[str], seed: int) -> dict[str, Point]:
    parts = []
    for names in _components(ties):
        spots = remove_overlaps(_level(_arrange(names, ties, labels, seed)))
        parts.append((not focus.isdisjoint(names), names, spots))
    parts.sort(key=lambda part: (not part[0], -len(part[1]), part[1][0]))
    return _pack([(names, spots) for _, names, spots in parts])


def _components(ties: _Ties) -> list[list[str]]:
    names = list(ties)
    graph, _ = _compiled(names, ties)
    parts = [sorted(names[i] for i in part) for part in rx.connected_components(graph)]
    return sorted(parts)


def _compiled(names: Sequence[str], ties: _Ties) -> tuple[rx.PyGraph[str, float], dict[str, int]]:
    """The ties among `names` as a compiled graph, its node indices in the order of `names`."""
    graph: rx.PyGraph[str, float] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(list(names))
    index = {name: i for i, name in enumerate(names)}
    graph.add_edges_from(
        [
            (index[a], index[b], length)
            for a in names
            for b, length in ties[a].items()
            if a < b and b in index
        ]
    )
    return graph, index


def _arrange(names: Sequence[str], ties: _Ties, labels: Mapping[str, str], seed: int) -> _Array:
    """Spots for connected `names`: whole when few, else group by group and the groups among themselves."""
    if len(names) == 1:
        return np.zeros((1, 2))
    groups = _groups(names, ties, labels)
    if len(names) <= _WHOLE:
        return _stress(_distances(names, ties, groups), seed) * STEP
    members: dict[str, list[str]] = {}
    for name in names:
        members.setdefault(groups[name], []).append(name)
    if max(map(len, members.values())) > 0.9 * len(names):
        return _force(names, ties, seed)
    return _compose_groups(names, ties, members, labels, seed)


def _groups(names: Sequence[str], ties: _Ties, labels: Mapping[str, str]) -> dict[str, str]:
    """The group of each node: the nearest area; without areas, the nearest of the great hubs."""
    roots = {name for name in names if labels[name] in _ROOTS}
    seeds = [name for name in names if labels[name] in _AREAS]
    if len(seeds) < 2:
        roots = set()
        seeds = _hubs(names, ties)
    inside = set(names) - roots
    group = {name: name for name in roots}
    queue = [(0.0, name, name) for name in seeds]
    heapq.heapify(queue)
    while queue:
        distance, name, owner = heapq.heappop(queue)
        if name in group:
            continue
        group[name] = owner
        for other, length in ties[name].items():
            if other in inside and other not in group:
                heapq.heappush(queue, (distance + length, other, owner))
    for name in names:
        group.setdefault(name, "")
    return group


def _hubs(names: Sequence[str], ties: _Ties) -> list[str]:
    chosen: list[str] = []
    taken: set[str] = set()
    for name in sorted(names, key=lambda n: (-len(ties[n]), n)):
        if name not in taken:
            chosen.append(name)
            taken.update((name, *ties[name]))
        if len(chosen) >= max(2, len(names) // 25):
            break
    return chosen


def _distances(names: Sequence[str], ties: _Ties, groups: Mapping[str, str] | None = None) -> _Array:
    """Wished distances in steps; nodes of different groups are wished a little farther apart."""
    graph, _ = _compiled(names, ties)
    distances: _Array = np.asarray(rx.floyd_warshall_numpy(graph, weight_fn=float, default_weight=1.0))
    far = np.max(distances[np.isfinite(distances)], initial=1.0)
    distances = np.where(np.isfinite(distances), distances, far + 1.5)
    if groups is not None:
        owner = np.unique([groups[name] for name in names], return_inverse=True)[1]
        distances = np.where(owner[:, None] == owner[None, :], distances, distances * 1.45)
    return distances


def _stress(distances: _Array, seed: int, rounds: int = 90) -> _Array:
    """Stress majorization: spots whose distances are as near as can be to the wished ones."""
    n = len(distances)
    if n == 1:
        return np.zeros((1, 2))
    spots = _scaled(distances, seed) + np.random.default_rng(seed).normal(0, 0.05, (n, 2))
    wished = distances + np.eye(n)
    weights = wished**-2
    np.fill_diagonal(weights, 0.0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.inv(laplacian + 1.0 / n)
    pull = weights * distances
    for _ in range(rounds):
        apart = _apart(spots)
        ratio = pull / np.maximum(apart, 1e-6)
        moved = inverse @ (ratio.sum(axis=1)[:, None] * spots - ratio @ spots)
        still = float(np.abs(moved - spots).max()) < _STILL
        spots = moved
        if still:
            break
    return spots


def _apart(spots: _Array) -> _Array:
    """How far each is from each."""
    x, y = spots[:, 0], spots[:, 1]
    across, down = x[:, None] - x[None, :], y[:, None] - y[None, :]
    # twice as fast as hypot, and as one array of three axes
    apart: _Array = np.sqrt(across * across + down * down)
    return apart


def _scaled(distances: _Array, seed: int) -> _Array:
    """Classical scaling: a good deterministic start for stress."""
    n = len(distances)
    centre = np.eye(n) - 1.0 / n
    # Where all areas are alike, many directions are equally good, and which of them comes out would be up to the
    # processor's rounding: a little unevenness makes it the same one on every machine.
    uneven = np.random.default_rng(seed).normal(0, _UNEVEN, (n, n))
    squares = distances**2 * (1.0 + uneven + uneven.T)
    values, vectors = np.linalg.eigh(-0.5 * centre @ squares @ centre)
    top = vectors[:, [-1, -2]]
    top = top * np.where(top[np.argmax(np.abs(top), axis=0), [0, 1]] < 0, -1.0, 1.0)  # fix the sign
    result: _Array = top * np.sqrt(np.maximum(values[[-1, -2]], 0.0))
    return result


def _force(names: Sequence[str], ties: _Ties, seed: int) -> _Array:
    """A compiled spring layout for what has no structure to go by."""
    graph, _ = _compiled(names, ties)
    rounds = int(min(60, max(12, 6e7 / len(names) ** 2)))
    found = rx.spring_layout(graph, seed=seed, num_iter=rounds)
    spots = np.array([found[i] for i in range(len(names))])
    return spots * STEP * math.sqrt(len(names)) * 0.6


def _compose_groups(
    names: Sequence[str],
    ties: _Ties,
    members: Mapping[str, list[str]],
    labels: Mapping[str, str],
    seed: int,
) -> _Array:
    owners = sorted(members)
    local = {o: _group_spots(members[o], ties, labels, seed) for o in owners}
    radius = np.array([np.sqrt((local[o] ** 2).sum(axis=1)).max() + BOX_WIDTH / 2 for o in owners])
    where = {name: (g, i) for g, o in enumerate(owners) for i, name in enumerate(members[o])}
    links = [
        (where[a], where[b]) for a in names for b in ties[a] if b in where and where[a][0] != where[b][0]
    ]
    centres = _disc_centres(radius, {(a[0], b[0]) for a, b in links}, seed)
    spots = np.zeros((len(names), 2))
    leads: dict[int, list[tuple[int, int]]] = {g: [] for g in range(len(owners))}
    for a, b in links:
        leads[a[0]].append((a[1], b[0]))
    for g, owner in enumerate(owners):
        inner = np.array([i for i, _ in leads[g]], dtype=int)
        outer = np.array([o for _, o in leads[g]], dtype=int)
        turned = _turned(local[owner], inner, centres[outer] - centres[g])
        local[owner] = turned + centres[g]
    for k, name in enumerate(names):
        g, i = where[name]
        spots[k] = local[owners[g]][i]
    return spots


def _group_spots(names: list[str], ties: _Ties, labels: Mapping[str, str], seed: int) -> _Array:
    inside = set(names)
    near = {n: {o: w for o, w in ties[n].items() if o in inside} for n in names}
    flat = dict.fromkeys(names, "") if len(names) <= _WHOLE else labels
    spots = remove_overlaps(_arrange(names, near, flat, seed))
    centred: _Array = spots - (spots.max(axis=0) + spots.min(axis=0)) / 2
    return centred


def _disc_centres(radius: _Array, links: set[tuple[int, int]], seed: int) -> _Array:
    """Centres for discs so that linked ones are near and none overlap."""
    names = [f"{i:06d}" for i in range(len(radius))]
    ties: dict[str, dict[str, float]] = {name: {} for name in names}
    for a, b in sorted(links):
        ties[names[a]][names[b]] = ties[names[b]][names[a]] = float(radius[a] + radius[b] + STEP / 2)
    centres = _stress(_distances(names, ties), seed, rounds=60)
    need = radius[:, None] + radius[None, :]
    np.fill_diagonal(need, 0.0)
    for _ in range(200):
        apart = np.maximum(_apart(centres), 1e-6)
        lack = np.maximum(need - apart, 0.0)
        if lack.max() < 1.0:
            break
        delta = centres[:, None, :] - centres[None, :, :]
        centres = centres + 0.5 * ((lack / apart)[:, :, None] * delta).sum(axis=1)
    return centres


def _turned(spots: _Array, inner: npt.NDArray[np.int_], outward: _Array) -> _Array:
    """A group turned (and mirrored if better) so that its nodes face what they are tied to."""
    if len(inner) == 0 or len(spots) == 1:
        return spots
    best, result = -1.0, spots
    goal = outward / np.maximum(np.sqrt((outward**2).sum(axis=1)), 1e-6)[:, None]
    for mirror in (1.0, -1.0):
        turned = spots * (1.0, mirror)
        points = turned[inner]
        along = float((points * goal).sum())
        across = float((points[:, 0] * goal[:, 1] - points[:, 1] * goal[:, 0]).sum())
        if math.hypot(along, across) > best + 1e-9:
            best = math.hypot(along, across)
            angle = math.atan2(across, along)
            c, s = math.cos(angle), math.sin(angle)
            result = turned @ np.array([[c, s], [-s, c]])
    return result


def _level(spots: _Array) -> _Array:
    """The same shape, centred, its long side level: reports are wider than they are high."""
    centred: _Array = spots - spots.mean(axis=0)
    if len(spots) < 2:
        return centred
    _, vectors = np.linalg.eigh(centred.T @ centred)
    long, short = vectors[:, 1], vectors[:, 0]
    long, short = (v if v[np.argmax(np.abs(v))] > 0 else -v for v in (long, short))
    levelled: _Array = centred @ np.column_stack((long, short))
    return levelled


def _pack(parts: Sequence[tuple[Sequence[str], _Array]]) -> dict[str, Point]:
    """Components on shelves, left to right and top to bottom, about half as wide again as high."""
    sizes = [spots.max(axis=0) - spots.min(axis=0) + (BOX_WIDTH, BOX_HEIGHT) for _, spots in parts]
    if not sizes:
        return {}
    area = sum(float(size[0] * size[1]) for size in sizes)
    width = max(max(float(size[0]) for size in sizes), math.sqrt(area * 1.6))
    placed: dict[str, Point] = {}
    x = y = height = 0.0
    for (names, spots), size in zip(parts, sizes, strict=True):
        if x > 0 and x + size[0] > width * 1.01:
            x, y, height = 0.0, y + height, 0.0
        corner = spots - spots.min(axis=0) + (x, y)
        placed.update(_points(names, corner))
        x += float(size[0])
        height = max(height, float(size[1]))
    left, top, right, bottom = bounding_box(placed)
    return {
        k: (round(a - (left + right) / 2, 2), round(b - (top + bottom) / 2, 2))
        for k, (a, b) in placed.items()
    }


def _points(names: Iterable[str], spots: _Array) -> dict[str, Point]:
    return {
        name: (round(float(x), 2), round(float(y), 2)) for name, (x, y) in zip(names, spots, strict=True)
    }


def _beside_kept(
    ties: _Ties, labels: Mapping[str, str], kept: Mapping[str, Point], seed: int
) -> dict[str, Point]:
    """New nodes beside what is kept; what touches nothing kept stands below."""
    placed = extend_layout(ties, kept, STEP)
    waiting = [key for key in ties if key not in placed]
    if waiting:
        rest = _fresh({key: ties[key] for key in waiting}, labels, frozenset(), seed)
        left, _, _, bottom = bounding_box(placed)
        r_left, r_top, _, _ = bounding_box(rest)
        shift = (left - r_left, bottom + 2 * BOX_HEIGHT - r_top)
        placed.update({key: (x + shift[0], y + shift[1]) for key, (x, y) in rest.items()})
    return {key: placed[key] for key in ties}
