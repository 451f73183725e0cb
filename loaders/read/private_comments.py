"""Find the comments of an .xlsx that hold what must not be stored."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from graph_model.text import Text
from loaders.ooxml.sheet import column_number
from loaders.privacy import private_kind

_COMMENT = re.compile(r"<(?:\w+:)?comment\s([^>]*)>(.*?)</(?:\w+:)?comment>", re.DOTALL)
_REF = re.compile(r"""\bref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7})["']""")
_WORDS = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")


def private_comments(xml: str) -> Mapping[tuple[int, int], Text]:
    """(row from 1, column from 0) of each comment with something private in it, with its kind; not its text.

    >>> private_comments('<comment ref="B2"><text><r><t>139 0000</t></r><r><t> 0000</t></r></text></comment>')
    {(2, 1): Text(zh='电话号码', en='a phone number')}
    """
    found: dict[tuple[int, int], Text] = {}
    for inside, body in _COMMENT.findall(xml):
        ref = _REF.search(inside)
        # what is written in two colours stands in two pieces
        kind = private_kind(html.unescape("".join(_WORDS.findall(body))))
        if ref is not None and kind is not None:
            found[int(ref[2]), column_number(ref[1])] = kind
    return found
