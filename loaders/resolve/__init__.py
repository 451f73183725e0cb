"""Records to the desired graph: references by number or name, aliases, the same thing under two keys.

In: records, answers about names (`aliases.AliasBook`), what the store holds (a graph_source). Out: a Graph, Problems
and Proposals from `assemble.assemble`. Open: what is held is asked for while names are resolved; it is to be fetched
once, before.
"""

__all__ = ["affected_subgraph", "aliases", "assemble", "people", "references"]
