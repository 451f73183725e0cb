"""A graph as it is drawn: nodes with places, colours, captions, labels and a legend.

In: a networkx graph, the Viewer's captions. Out: `scene.Scene`, shared by canvas, pictures and exports.
Colours stand in `palette` alone, outlines in `shapes`. Never imports loaders.
"""

__all__ = ["compose", "filters", "labels", "layout", "palette", "picture_fonts", "scene", "shapes"]
