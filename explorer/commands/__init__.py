"""The commands of the command line, one module each.

In: options, a Context (settings, printing, open store). Out: text or JSON on stdout, an exit code; errors
become text in explorer.cli alone.
"""

__all__ = ["context", "files", "stopping"]
