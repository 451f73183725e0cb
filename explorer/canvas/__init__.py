"""The two-way graph canvas: draws a Scene in the browser and says what was clicked."""

from explorer.canvas.component import Selection, draw, enter_opens, seen
from explorer.canvas.event import CanvasEvent

__all__ = ["CanvasEvent", "Selection", "draw", "enter_opens", "seen"]
