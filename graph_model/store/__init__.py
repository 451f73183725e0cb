"""The store behind Bolt: schema to Cypher, nodes and relationships in and out, one transaction for each load.

In: an Address (`driver`) or a Plan. Out: `store.Store` with State, Round, rows and networkx graphs.
`driver` is the only module that imports the neo4j package. Imports graph_model.plan, graph, schema, errors.
"""

__all__ = [
    "batches",
    "cypher",
    "driver",
    "graph_source",
    "load_transaction",
    "neighborhood",
    "paths",
    "store",
]
