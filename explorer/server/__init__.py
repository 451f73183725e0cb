"""The pages' own process: where the sample lies, a free port, start and stop.

In: Settings. Out: `serve.pages` runs Streamlit on 127.0.0.1 until its parent ends.
"""

__all__ = ["samples", "serve"]
