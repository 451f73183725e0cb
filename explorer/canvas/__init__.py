"""The two-way graph canvas: draws a Scene in the browser and says what was clicked."""

from explorer.canvas.component import Selection, graph_canvas, panel_edge, submit_on_enter, visible_scene
from explorer.canvas.event import CanvasEvent

__all__ = ["CanvasEvent", "Selection", "graph_canvas", "panel_edge", "submit_on_enter", "visible_scene"]
