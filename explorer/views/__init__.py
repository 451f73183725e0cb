"""The pages: one file each, one function each."""
