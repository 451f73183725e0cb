"""The picture of some things and what lies around them, for pages that show one beside their text."""

from __future__ import annotations

from datetime import date

from explorer.answers import Answers
from explorer.compose import compose
from explorer.file_names import file_stem
from explorer.i18n import Words
from explorer.scene import Scene
from explorer.viewer import Viewer


def scene_around(
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
    seen = answers.overview()
    graph = answers.around(keys, depth).graph
    stressed = frozenset(keys) if focus is None else focus

    def said(who: Viewer) -> str:
        called = [
            who.caption(data["label"], data["properties"])
            for key, data in graph.nodes(data=True)
            if key in stressed
        ]
        return words("picture-title", subject=words("list-comma").join(called[:3]) or words("nothing"))

    rings = answers.rings(seen.round.as_of) if seen.round else {}
    return compose(
        graph,
        caption=viewer.caption,
        language=viewer.language,
        title=title or said(viewer),
        footer=words(
            "picture-footer",
            round=seen.round.name if seen.round else "—",
            loaded=seen.round.loaded[:10] if seen.round else "—",
        ),
        focus=stressed,
        rings={k: v for k, v in rings.items() if k in graph},
        reveal=viewer.names,
        members=answers.members_of(tuple(sorted(graph))),
        # a file's name is seen where its content is not: nobody is named in it
        file=file_stem(
            title or said(Viewer(names=False, language=viewer.language)),
            seen.round.name if seen.round else "",
            date.today(),
        ),
    )
