"""Walk the graph: start, expand, undo, links, saved views; the picture of where one stands.

In: Answers, a Viewer, what was clicked. Out: Exploration values and their Scene.
"""

__all__ = [
    "build_scene",
    "exploration",
    "link",
    "saved_exploration",
    "saved_views",
    "shown_cypher",
    "small_scene",
]
