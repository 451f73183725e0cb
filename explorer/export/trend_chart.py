"""The chart of a report: the rates over the rounds, and the control totals beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import MaxNLocator, PercentFormatter

from explorer.fonts import PICTURES
from explorer.scene.picture_fonts import replace_missing_glyphs
from graph_model.coverage.totals import Rate, main_rates, totals
from graph_model.text import Language, Text

Trend = Sequence[tuple[str, Sequence[Rate]]]
"""(round, its rates), oldest first: the rounds whose rates are known."""
Counts = Sequence[tuple[str, Mapping[str, int]]]
"""(round, {total id: number}), oldest first: declared in earlier rounds, counted in the present one."""

COLOURS = ("#1f5fa8", "#8e6c00", "#2f7d5b", "#a0522d")
"""Of the rates, in their order: the same on the page and in print."""
Place = Literal["above", "below", "beside"]
_OFFSETS: Mapping[Place, tuple[int, int]] = {"above": (0, 6), "below": (0, -15), "beside": (8, -3)}
_SIGNS = ("o", "s", "^", "D")
_SHOWN = ("companies", "with_members", "with_branch")
_RATES = Text("覆盖率", "The rates")
_TOTALS = Text("物业公司（家）", "Property companies")


def trend_chart(trend: Trend, counts: Counts, language: Language) -> bytes:
    """The chart as a PNG. Rounds whose rates are unknown have no point: none is made up."""
    # Fonts by file and no settings of the process are touched: pictures may be drawn at the same time.
    figure = Figure(figsize=(8.6, 3.3), dpi=200, facecolor="white")
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2, width_ratios=(1.15, 1.0))
    figure.subplots_adjust(left=0.06, right=0.985, top=0.91, bottom=0.34, wspace=0.16)
    rounds = [name for name, _ in counts] or [name for name, _ in trend]
    known = dict(trend)
    shares = {
        told.text.in_(language): [_share(known.get(name, ()), told.id) for name in rounds]
        for told in main_rates()
    }
    _series(left, shares, "{:.1%}", near=0.15)
    left.set_ylim(0, 1.08)
    left.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    _finish(left, _RATES.in_(language), rounds)
    texts = {t.id: t.text for t in totals()}
    numbers = {
        texts[id_].in_(language): [None if (n := held.get(id_)) is None else float(n) for _, held in counts]
        for id_ in _SHOWN
    }
    top = max((held.get(id_, 0) for _, held in counts for id_ in _SHOWN), default=0)
    _series(right, numbers, "{:.0f}", near=max(top, 1) * 0.17)
    right.set_ylim(0, max(top, 1) * 1.18)
    right.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    _finish(right, _TOTALS.in_(language), rounds)
    out = BytesIO()
    figure.savefig(out, format="png", metadata={"Software": "Branchmap"})
    return out.getvalue()


def _share(rates: Sequence[Rate], id_: str) -> float | None:
    return next((rate.share for rate in rates if rate.id == id_), None)


def _font(size: float) -> FontProperties:
    return FontProperties(fname=PICTURES, size=size)


def _series(axes: Axes, lines: Mapping[str, Sequence[float | None]], form: str, *, near: float) -> None:
    """A line for each name, each point with its number where it covers no other."""
    for index, (name, values) in enumerate(lines.items()):
        points = [(x, y) for x, y in enumerate(values) if y is not None]
        style: dict[str, Any] = {"color": COLOURS[index], "marker": _SIGNS[index], "markersize": 6}
        axes.plot(
            [p[0] for p in points],
            [p[1] for p in points],
            label=replace_missing_glyphs(name),
            linewidth=1.8,
            **style,
        )
    for x in range(max((len(values) for values in lines.values()), default=0)):
        at = [values[x] for values in lines.values()]
        for index, (value, place) in enumerate(zip(at, value_label_positions(at, near=near), strict=True)):
            if value is None or place is None:
                continue
            axes.annotate(
                form.format(value),
                (x, value),
                textcoords="offset points",
                xytext=_OFFSETS[place],
                ha="left" if place == "beside" else "center",
                color=COLOURS[index],
                fontproperties=_font(8.5),
            )


def value_label_positions(values: Sequence[float | None], *, near: float) -> list[Place | None]:
    """Where the number of each point of one round stands, so that none lies on another.

    Above, but below or beside where another point is closer than `near`; None where there is no point, or
    another point of the same height says the number already.

    >>> value_label_positions([0.25, 0.25, 0.58, None], near=0.1)
    ['above', None, 'above', None]
    >>> value_label_positions([0.28, 0.24, 0.26], near=0.1)
    ['above', 'below', 'beside']
    """
    places: list[Place | None] = [None] * len(values)
    heights = sorted({v for v in values if v is not None}, reverse=True)
    for number, height in enumerate(heights):
        first = next(i for i, v in enumerate(values) if v == height)
        above = number > 0 and heights[number - 1] - height < near
        below = number + 1 < len(heights) and height - heights[number + 1] < near
        places[first] = "above" if not above else "beside" if below else "below"
    return places


def _finish(axes: Axes, title: str, rounds: Sequence[str]) -> None:
    axes.set_title(replace_missing_glyphs(title), fontproperties=_font(11), loc="left", color="#222222")
    axes.set_xticks(
        range(len(rounds)), [replace_missing_glyphs(r) for r in rounds], fontproperties=_font(9)
    )
    axes.set_xlim(-0.5, max(len(rounds) - 0.5, 0.5))
    for label in axes.get_yticklabels():
        label.set_fontproperties(_font(9))
    axes.grid(axis="y", color="#e3e3e3", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(prop=_font(8), frameon=False, loc="upper left", bbox_to_anchor=(-0.02, -0.1), ncols=1)
