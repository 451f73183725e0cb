"""Records to the desired graph: references by number or name, aliases, the same thing under two keys.

In: records, answers about names (`aliases.AliasBook`), what the store holds (a graph_source). Out: a Graph, Problems
and MatchProposals from `assemble.assemble`. What the store holds is fetched by `context` alone, before names are
resolved.
"""

__all__ = ["affected_subgraph", "aliases", "assemble", "people", "references", "unanswered"]
