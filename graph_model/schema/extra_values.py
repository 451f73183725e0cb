"""Extra values of a thing: what columns that no form has say of it, kept as one property by heading."""

from __future__ import annotations

import json
from collections.abc import Mapping

EXTRA_PROPERTY = "extra"
"""On every node type of the survey: a JSON object, heading -> text, headings sorted. Sensitive: it may name people."""


def read_extra(stored: object) -> dict[str, str]:
    """The values by heading; nothing for what is not there, a text that is no such object under one mark.

    >>> read_extra('{"学历": "大学"}'), read_extra(None), read_extra("?")
    ({'学历': '大学'}, {}, {'…': '?'})
    """
    if stored is None:
        return {}
    try:
        found = json.loads(str(stored))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return {"…": str(stored)}
    return {str(heading): str(value) for heading, value in found.items()}


def write_extra(values: Mapping[str, str]) -> str:
    """The text that is stored: the same for the same values, whatever their order.

    >>> write_extra({"学历": "大学", "民族": "汉"})
    '{"学历": "大学", "民族": "汉"}'
    """
    return json.dumps(dict(sorted(values.items())), ensure_ascii=False)
