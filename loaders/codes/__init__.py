"""Parts of the table of everything that can be wrong with what was read, by what they speak of: texts only.

Out: by code, whether it blocks, what is wrong (zh, en), what would be right (zh, en). `loaders.problems` puts
them together.
"""

__all__ = ["file_codes", "match_codes", "row_codes", "word_codes"]
