"""Problems as lines that wrap on a narrow screen: cell, what stands there, what is wrong, what would be right."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from explorer.i18n import Words
from explorer.loading.load_facts import ShownProblem
from explorer.scene.picture_fonts import clean_line

_STYLE = """<style>
.problem-lines h5 { font-size: .9rem; margin: .8rem 0 .1rem; padding: 0; font-weight: 600; }
.problem-lines ul { list-style: none; margin: 0; padding: 0; }
.problem-lines li { display: grid; grid-template-columns: 4rem minmax(0, 1fr) minmax(0, 1fr); gap: 0 1rem;
  margin: 0; padding: .35rem 0; border-top: 1px solid rgba(128, 128, 128, .3); }
.problem-lines :is(h5, li) { overflow-wrap: anywhere; }
.problem-lines .without-cell .what { grid-column: 1 / 3; }
@media (max-width: 640px) {
  .problem-lines li { grid-template-columns: 3rem minmax(0, 1fr); gap: 0 .6rem; }
  .problem-lines .right { grid-column: 2; }
  .problem-lines .without-cell :is(.what, .right) { grid-column: 1 / 3; }
}
</style>"""


def problem_lines(found: Sequence[ShownProblem], words: Words) -> str:
    """The HTML of these problems, in their order. What people and workbooks wrote is text in it, nothing more."""
    parts = []
    for place, those in groupby(found, lambda p: (p.problem.file, p.problem.sheet)):
        lines = "".join(_line(p, words) for p in those)
        parts.append(f"<h5>{_text(' · '.join(filter(None, place)))}</h5><ul>{lines}</ul>")
    return f'{_STYLE}<div class="problem-lines">{"".join(parts)}</div>'


def _line(found: ShownProblem, words: Words) -> str:
    cell = found.problem.cell
    what = words("load-line-value", value=found.value, what=found.what) if found.value else found.what
    right = words("load-line-right", right=found.right)
    where = f"<b>{_text(cell)}</b>" if cell else ""
    kind = "" if cell else ' class="without-cell"'
    return (
        f'<li{kind}>{where}<span class="what">{_text(what)}</span>'
        f'<span class="right">{_text(right)}</span></li>'
    )


def _text(text: str) -> str:
    return escape(clean_line(text))
