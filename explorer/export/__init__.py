"""A Scene as a file: PNG, SVG, PDF, HTML, GraphML, GEXF, JSON, Excel; and what the file is called.

In: a Scene, a format and ViewOptions. Out: bytes from `formats.export`; `formats.FORMATS` lists them for page
and command line.
"""

__all__ = ["file_names", "formats", "picture", "sheets", "trend_chart"]
