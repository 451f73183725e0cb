"""Say which form a foreign sheet is and what each column becomes, with how sure; keep what the user answered.

In: `Worksheet` values, names that are known, earlier answers. Out: `SheetProposal` values for the user, and the
`Header` values by which loaders.map reads. Never imports a store.
"""

__all__ = ["answer_store", "choose", "proposal", "propose"]
