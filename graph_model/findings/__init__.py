"""The life of each gap over the survey rounds, and the figures that are kept with a round.

In: a Store after a load. Out: `refresh` recomputes findings (idempotent), `findings.findings` lists them,
`snapshot` reads the kept figures, `round_figures` the history of rates. Imports graph_model.coverage and store.
"""

__all__ = ["counts", "findings", "freshness", "refresh", "revert", "round_figures", "rule_run", "snapshot"]
