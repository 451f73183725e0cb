"""The bundled graph engine as a process: configure, start or attach, check, stop.

In: the data folder. Out: `lifecycle.start_or_attach(folder)` -> a running engine with its Bolt address and accounts.
Imports graph_model.store.driver, locks, errors, text; nothing above.
"""

__all__ = ["config", "keeper", "lifecycle", "messages"]
