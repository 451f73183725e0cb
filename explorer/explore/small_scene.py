"""The picture of some things and what lies around them, for pages that show one beside their text."""

from __future__ import annotations

from explorer.answers import Answers
from explorer.explore.build_scene import scene_from_graph
from explorer.i18n import Words
from explorer.scene.compose import DrawOptions
from explorer.scene.scene import Scene
from explorer.viewer import Viewer


def neighborhood_scene(
    answers: Answers,
    keys: tuple[str, ...],
    viewer: Viewer,
    words: Words,
    *,
    depth: int = 1,
    focus: frozenset[str] | None = None,
    title: str | None = None,
) -> Scene:
    """The scene of these things and what lies within `depth` steps: masked, ringed, titled, dated.

    With depth 0 it is these things and the ties between them. `focus` are the ones to stress (all of `keys`
    by default); without `title` the picture is called after them.
    """
    graph = answers.around(keys, depth).graph
    stressed = frozenset(keys) if focus is None else focus

    def titled(who: Viewer) -> str:
        called = [
            who.caption(data["label"], data["properties"])
            for key, data in graph.nodes(data=True)
            if key in stressed
        ]
        return title or words(
            "picture-title", subject=words("list-comma").join(called[:3]) or words("nothing")
        )

    return scene_from_graph(answers, graph, viewer, words, titled, DrawOptions(stressed))
