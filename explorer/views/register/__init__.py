"""台账: the registers page: one kind of thing as a table that is chosen, filtered, sorted, grouped and taken along."""

__all__ = ["page"]
