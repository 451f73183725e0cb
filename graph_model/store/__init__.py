"""The store behind Bolt: schema to Cypher, nodes and relationships in and out, one transaction for each load.

In: an Address (`driver`) or a Plan. Out: `store.Store` with State, Round, rows and networkx graphs.
`driver` is the only module that imports the neo4j package. Open: `store` asks graph_model.coverage for totals and
graph_model.findings when a load is undone; both are to be handed in.
"""

__all__ = ["batches", "cypher", "driver", "graph_source", "load_transaction", "neighborhood", "paths", "store"]
