"""Build the Scene of a walk: graph from the answers, names masked, gaps ringed, title with round and date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import networkx as nx

from explorer.answers import Answers
from explorer.explore.exploration import OVERVIEW_LABELS, Exploration
from explorer.export.file_names import file_stem
from explorer.i18n import Words
from explorer.scene.compose import DrawOptions, compose_scene
from explorer.scene.layout import Point
from explorer.scene.scene import Scene
from explorer.viewer import Viewer
from graph_model.coverage.areas import AREA_LABELS
from graph_model.graph import Node
from graph_model.schema import NODE_TYPES, label_of, node_type
from graph_model.store.neighborhood import merge_neighborhoods

CONFIRM_EXPANSION_FROM = 60
"""An expansion that would bring more new nodes than this is asked about first."""

SURVEY_LABELS = tuple(t.label for t in NODE_TYPES.values() if t.survey)


_MOST_STARTS = 200
"""A link holds the key of each; who surveys more areas has a sub-district."""


def initial_exploration(answers: Answers) -> Exploration:
    """The first picture: each sub-district, its areas, units and branches; nothing in an empty store.

    The tables that offices have name no sub-district: then the areas, else the units or the branches.
    """
    starts: tuple[str, ...] = ()
    for labels in (("Subdistrict",), AREA_LABELS, ("Unit",), ("Branch",)):
        starts = starts or tuple(answers.names(*labels))[:_MOST_STARTS]
    return Exploration(starts, depth=3, labels=OVERVIEW_LABELS) if starts else Exploration()


def visible_graph(answers: Answers, walk: Exploration) -> tuple[nx.MultiDiGraph[str], bool]:
    """The graph of a walk without what it hides, and whether something was cut off by the size limit.

    The joint-branch view brings every unit of a joint branch, wherever the walk began. The same graph is
    handed out again until the next load: it is only to be read.
    """
    joint = walk.layout == "joint"
    asked = ("seen", walk.focus, walk.depth, walk.labels, walk.opened, walk.added, walk.hidden, joint)
    return answers.remember(asked, lambda: _seen(answers, walk))


def _seen(answers: Answers, walk: Exploration) -> tuple[nx.MultiDiGraph[str], bool]:
    parts = [answers.around(walk.focus, walk.depth, walk.labels)]
    parts += [answers.around((key,), steps) for key, steps in walk.opened]
    if walk.added:
        parts.append(answers.around(walk.added, 0))
    graph = merge_neighborhoods(parts)
    if walk.layout == "joint":
        parts.append(answers.around(joint_branches(graph), 1, ("Unit",)))
        graph = merge_neighborhoods(parts)
    graph.remove_nodes_from(walk.hidden)
    return graph, any(p.cut for p in parts)


def joint_branches(graph: nx.MultiDiGraph[str]) -> tuple[str, ...]:
    """The keys of a graph's joint branches, in order."""
    return tuple(sorted(k for k, data in graph.nodes.items() if _has_joint_kind(data)))


def _has_joint_kind(data: Mapping[str, Any]) -> bool:
    """Whether the survey says that a branch is a joint one, however many units are drawn."""
    return bool(data["label"] == "Branch" and data["properties"].get("kind") == "joint")


def expansion_counts(answers: Answers, walk: Exploration, key: str, steps: int = 1) -> Counter[str]:
    """How many new nodes of each type an expansion would bring."""
    there, _ = visible_graph(answers, walk)
    return Counter(label_of(k) for k in answers.around((key,), steps).graph if k not in there)


def exploration_scene(
    answers: Answers,
    walk: Exploration,
    viewer: Viewer,
    words: Words,
    *,
    positions: Mapping[str, Point] | None = None,
) -> Scene:
    """The scene of a walk before the legend's filters, as canvas and exports draw it.

    `positions` are the places of what is on the screen already: those nodes stay where they are.
    """
    graph, _ = visible_graph(answers, walk)
    options = DrawOptions(frozenset(walk.focus), walk.layout, positions, walk.places())
    return scene_from_graph(
        answers, graph, viewer, words, lambda who: scene_title(answers, walk, who, words), options
    )


def scene_from_graph(
    answers: Answers,
    graph: nx.MultiDiGraph[str],
    viewer: Viewer,
    words: Words,
    titled: Callable[[Viewer], str],
    options: DrawOptions,
) -> Scene:
    """The scene of a piece of the store: masked, ringed, sized, dated. `titled`: what a viewer sees as its title."""
    seen = answers.overview()
    round_ = seen.round
    rings = answers.rings(seen.reckoning.day) if round_ else {}
    return compose_scene(
        graph,
        viewer,
        options,
        title=titled(viewer),
        footer=words(
            "picture-footer",
            round=round_.name if round_ else "—",
            loaded=round_.loaded[:10] if round_ else "—",
        ),
        rings={k: v for k, v in rings.items() if k in graph},
        members=answers.members_of(tuple(sorted(graph))),
        # a file's name is seen where its content is not: nobody is named in it
        file=file_stem(
            titled(Viewer(names=False, language=viewer.language)),
            round_.name if round_ else "",
            date.today(),
        ),
    )


def scene_title(answers: Answers, walk: Exploration, viewer: Viewer, words: Words) -> str:
    """What the picture is of."""
    named = [viewer.caption(n.label, n.properties) for n in answers.nodes(walk.focus)]
    return words("picture-title", subject=words("list-comma").join(named[:3]) or words("nothing"))


def node_title(node: Node, viewer: Viewer) -> str:
    """A node as one line of a list: its type and what it is called."""
    kind = node_type(node.label).text.in_(viewer.language)
    return f"{kind} · {viewer.caption(node.label, node.properties)}"
