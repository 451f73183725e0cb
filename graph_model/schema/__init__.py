"""The schema: every node type and edge type there is, the only list of what exists.

Out: `node_type`, `edge_type`, `label_of` and the lists of both; `types` are the values that declare them,
`stored_properties` what the program adds,
`extra_values` what columns that no form has say. Imports graph_model.errors and text.
"""

from graph_model.schema.edge_types import EDGE_TYPES, edge_type
from graph_model.schema.node_types import NODE_TYPES, label_of, node_type

__all__ = [
    "EDGE_TYPES",
    "NODE_TYPES",
    "edge_type",
    "extra_values",
    "label_of",
    "node_type",
    "stored_properties",
    "types",
]
