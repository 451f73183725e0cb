"""Properties that the program itself stores on survey nodes and edges beside the declared ones."""

from __future__ import annotations

PLACE_PROPERTIES = ("source",)
"""On every survey node and edge: sheet and row as one number (graph_model.store.provenance). Never compared."""

SEARCH_PROPERTY = "search"
"""On every survey node: the text that is searched (name, aliases, pinyin, initials). Derived."""

SOUND_PROPERTY = "sound"
"""On every unit: its canonical name in pinyin, by which look-alikes are found. Derived."""

DERIVED_PROPERTIES = (SEARCH_PROPERTY, SOUND_PROPERTY)
"""What the loader derives from the rest: never a change by itself, and never shown."""
