"""Find things and walk the graph: search, one thing with its history, walks, notes, saved views, analysts' queries.

In: Answers, a Viewer, what was typed or clicked. Out: values without drawing: Hit, Entity, Walk, Scene.
Open: `entity_rounds` and `provenance_text` read the data folder themselves.
"""
