"""Developers' scripts: not part of the installed product."""
