"""A scene as a PNG, SVG or PDF picture, drawn by matplotlib."""

from __future__ import annotations

import atexit
import os
from functools import cache
from io import BytesIO
from pathlib import Path as File
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, BinaryIO, Literal, get_args

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from explorer.export.edge_paths import bends, edge_path
from explorer.export.page_layout import LEGEND_SIZE, MARGIN, LegendKey, PageLayout, layout_page
from explorer.fonts import PICTURES
from explorer.scene.labels import LINE_HEIGHT, Label
from explorer.scene.palette import (
    GLOW,
    RELATIONSHIP_DASH,
    RELATIONSHIP_WIDTH,
    RING_GAP,
    RINGS,
    Theme,
    inks,
    relationship_width_factor,
    ring_radius,
)
from explorer.scene.picture_fonts import (
    characters_digest,
    clean_line,
    code_points,
    font_face,
    font_family,
    replace_missing_glyphs,
    truetype_subset,
)
from explorer.scene.scene import DEFAULT_VIEW, LegendEntry, Scene, SceneEdge, SceneNode, ViewOptions
from explorer.scene.shapes import Shape, has_arrow, offset_outline
from graph_model.errors import InputError

PictureFormat = Literal["png", "svg", "pdf"]
PICTURE_FORMATS: tuple[PictureFormat, ...] = get_args(PictureFormat)

_DPI = 96.0  # one canvas unit is one pixel of a picture at scale 1
_POINT = 72.0 / _DPI
_MOST_FONTS = 16  # of PDFs drawn lately; one is some 100 kB
_MOST_PIXELS = 36e6  # 6,000 x 6,000: what office programs still open with ease
_SCREEN = 1000.0  # a wider picture is looked at smaller, and its ties are drawn wider
_SPARE = File(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
# A PDF gets TrueType (42): of a type 3 font, which is cut into pieces of 256 signs, readers extract lines in pieces.
_SETTINGS: Any = {
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "svg.hashsalt": "branchmap",
    "path.simplify": False,
}
# matplotlib's settings and font caches belong to the whole process: one picture at a time.
_LOCK = Lock()


def save(
    scene: Scene,
    path_or_buffer: str | os.PathLike[str] | BinaryIO,
    format: PictureFormat,
    *,
    scale: int = 2,
    look: ViewOptions = DEFAULT_VIEW,
) -> None:
    """Write a scene as a picture; `scale` is PNG pixels per canvas unit (fewer when the picture is huge).

    Raises InputError for an unknown format and for a file that cannot be written.
    """
    data = render(scene, format, scale=scale, look=look)
    if not isinstance(path_or_buffer, str | os.PathLike):
        path_or_buffer.write(data)
        return
    try:
        File(path_or_buffer).write_bytes(data)
    except OSError as error:
        why = error.strerror
        raise InputError(
            f"图片无法写入 {path_or_buffer}（{why}）；请换一个可写的文件夹",
            f"the picture cannot be written to {path_or_buffer} ({why}); choose a writable folder",
        ) from error


def render(
    scene: Scene, format: PictureFormat, *, scale: int = 2, look: ViewOptions = DEFAULT_VIEW
) -> bytes:
    """A scene as the bytes of a picture, as it is looked at; InputError for an unknown format."""
    if format not in PICTURE_FORMATS:
        raise InputError(
            f"不认识的图片格式 {format}；可用的有：{'、'.join(PICTURE_FORMATS)}",
            f"unknown picture format {format}; there are: {', '.join(PICTURE_FORMATS)}",
        )
    sheet = layout_page(scene, lambda text: replace_missing_glyphs(text, _spare_points()), names=look.names)
    ink = inks(look)
    dpi = min(_DPI * max(1, scale), _DPI * (_MOST_PIXELS / (sheet.width * sheet.height)) ** 0.5)
    target = BytesIO()
    with _LOCK, mpl.rc_context({**_SETTINGS, "font.family": list(_families(sheet, format))}):
        figure = _figure(sheet, scene, format, ink)
        figure.savefig(target, format=format, dpi=dpi, metadata=_metadata(format, clean_line(scene.title)))
    if format == "svg":
        return _finished_svg(target.getvalue().decode(), sheet, ink).encode()
    return target.getvalue()


def _metadata(format: PictureFormat, title: str) -> dict[str, Any]:
    """What the file says of itself: the title, and no date, so that the same scene gives the same file."""
    if format == "png":
        return {"Title": title, "Software": "Branchmap"}
    if format == "svg":
        return {"Title": title, "Creator": "Branchmap", "Date": None}
    return {"Title": title, "Creator": "Branchmap", "Producer": "Branchmap", "CreationDate": None}


@cache
def _spare_points() -> frozenset[int]:
    return code_points(_SPARE)


def _families(sheet: PageLayout, format: PictureFormat) -> tuple[str, ...]:
    """The picture font, then matplotlib's own for the signs that it lacks (emoji, Arabic)."""
    if format != "pdf":
        _add_pictures()
        return (font_family(), "DejaVu Sans")
    texts = _texts(sheet)
    name = f"Branchmap {characters_digest(texts)}"
    path = _folder() / f"{name}.ttf"
    if not path.exists():
        path.write_bytes(truetype_subset(texts, name))
        fontManager.addfont(str(path))
        _keep_few(path.parent)
    return (name, "DejaVu Sans")


@cache
def _add_pictures() -> None:
    fontManager.addfont(str(PICTURES))


@cache
def _folder() -> File:
    """Where the fonts of the last PDFs lie, until the process ends: matplotlib reads fonts from files."""
    folder = TemporaryDirectory(prefix="branchmap-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    return File(folder.name)


def _keep_few(folder: File) -> None:
    for old in sorted(folder.iterdir(), key=lambda f: f.stat().st_mtime_ns)[:-_MOST_FONTS]:
        fontManager.ttflist[:] = [f for f in fontManager.ttflist if f.fname != str(old)]
        old.unlink()


def _figure(sheet: PageLayout, scene: Scene, format: PictureFormat, ink: Theme) -> Figure:
    figure = Figure(figsize=(sheet.width / _DPI, sheet.height / _DPI), dpi=_DPI, facecolor=ink.ground)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_xlim(0, sheet.width)
    axes.set_ylim(sheet.height, 0)
    _draw_glow(axes, sheet.nodes, ink)
    _draw_edges(axes, sheet, scene.edges, ink)
    _draw_nodes(axes, sheet.nodes, ink)
    for i, label in enumerate(sheet.labels):
        _draw_label(axes, label, i, format, ink)
    for line in sheet.lines:
        colour = ink.text if line.strong else ink.faint
        _text(axes, line.text, line.x, line.y, line.size, "center" if line.middle else "left", colour)
    if sheet.keys:
        rule = Path([(MARGIN, sheet.rule_y), (sheet.width - MARGIN, sheet.rule_y)])
        _collection(axes, [rule], ["none"], [ink.line], 1.0, 1)
    for key in sheet.keys:
        _draw_key(axes, key, ink)
    return figure


def _text(
    axes: Axes,
    text: str,
    x: float,
    y: float,
    size: float,
    align: Literal["left", "center"],
    colour: str,
    **more: Any,
) -> None:
    """One line whose top is at y. Never math: a $ in a name is a $."""
    axes.text(
        x,
        y + size * 1.0,
        text,
        fontproperties=FontProperties(size=size * _POINT),
        ha=align,
        va="baseline",
        color=colour,
        parse_math=False,
        zorder=6,
        **more,
    )


def _draw_label(axes: Axes, label: Label, number: int, format: PictureFormat, ink: Theme) -> None:
    halo: dict[str, Any] = {}
    if format == "png":
        halo = {"path_effects": [withStroke(linewidth=2.6, foreground=ink.ground)]}
    elif format == "pdf":
        # A stroked outline would turn the text into curves that nobody can select or search.
        halo = {"bbox": {"facecolor": ink.ground, "alpha": 0.75, "edgecolor": "none", "pad": 0.4}}
    for i, line in enumerate(label.lines):
        top = label.y + i * label.size * LINE_HEIGHT
        gid = f"label-{number}-{i}"
        _text(axes, line, label.x, top, label.size, "center", ink.text, gid=gid, **halo)


def _collection(
    axes: Axes,
    paths: list[Path],
    fill: list[Any],
    stroke: list[str],
    width: float,
    zorder: float,
    dash: tuple[float, float] | None = None,
) -> None:
    """Shapes that are drawn alike; `dash` is as long as it says, whatever the width."""
    if paths:
        # matplotlib counts dashes in widths of the line
        style: Any = (0, tuple(part / width for part in dash)) if dash else "solid"
        axes.add_collection(
            PathCollection(
                paths,
                facecolors=fill,
                edgecolors=stroke,
                linewidths=width * _POINT,
                linestyles=[style],
                zorder=zorder,
                clip_on=False,
            ),
            autolim=False,
        )


def _shape(shape: Shape, x: float, y: float, size: float, by: float = 0.0) -> Path:
    corners = offset_outline(shape, size, by)
    if not corners:
        return Path.circle((x, y), size + by)
    return Path([(x + a, y + b) for a, b in (*corners, corners[0])], closed=True)


def _draw_glow(axes: Axes, nodes: tuple[SceneNode, ...], ink: Theme) -> None:
    focused = [n for n in nodes if n.focus]
    for beyond, strong in GLOW:
        discs = [Path.circle((n.x, n.y), n.size + beyond) for n in focused]
        _collection(axes, discs, [(ink.node(n.colour), strong) for n in focused], ["none"], 0.0, 1)


def _draw_nodes(axes: Axes, nodes: tuple[SceneNode, ...], ink: Theme) -> None:
    for severity, ring in RINGS.items():
        ringed = [n for n in nodes if n.ring == severity]
        ground = [_shape(n.shape, n.x, n.y, n.size, ring_radius(severity)) for n in ringed]
        _collection(axes, ground, [ink.ground], ["none"], 0.0, 4)
        lines = [_shape(n.shape, n.x, n.y, n.size, RING_GAP + ring.width / 2) for n in ringed]
        _collection(axes, lines, ["none"], [ink.ring(severity)], ring.width, 4.5, ring.dash)
    shapes = [_shape(n.shape, n.x, n.y, n.size) for n in nodes]
    _collection(axes, shapes, [ink.node(n.colour) for n in nodes], [ink.ground], 1.2, 5)


def _draw_key(axes: Axes, key: LegendKey, ink: Theme) -> None:
    zoom = key.size / LEGEND_SIZE
    reach = (11 if key.entry else 17) * zoom
    if key.entry is None:
        line = Path([(key.x - 14 * zoom, key.y), (key.x + 14 * zoom, key.y)])
        _collection(
            axes,
            [line],
            ["none"],
            [ink.faint],
            RELATIONSHIP_WIDTH * zoom,
            5,
            _times(RELATIONSHIP_DASH, zoom),
        )
    else:
        _draw_sign(axes, key.entry, key.x, key.y, zoom, ink)
    _text(axes, key.text, key.x + reach + 3 * zoom, key.y - key.size * 0.63, key.size, "left", ink.text)


def _times(dash: tuple[float, float] | None, zoom: float) -> tuple[float, float] | None:
    return dash and (dash[0] * zoom, dash[1] * zoom)


def _draw_sign(axes: Axes, entry: LegendEntry, x: float, y: float, zoom: float, ink: Theme) -> None:
    for severity, ring in RINGS.items():
        if severity == entry.key:
            circle = Path.circle((x, y), 6.5 * zoom)
            colours, width = [ink.ring(severity)], ring.width * 0.8 * zoom
            _collection(axes, [circle], ["none"], colours, width, 5, _times(ring.dash, zoom))
            return
    _collection(axes, [_shape(entry.shape, x, y, 7.0 * zoom)], [ink.node(entry.colour)], ["none"], 0.0, 5)


def _draw_edges(axes: Axes, sheet: PageLayout, edges: tuple[SceneEdge, ...], ink: Theme) -> None:
    zoom = relationship_width_factor(len(edges), _SCREEN / sheet.width)
    place = {n.id: n for n in sheet.nodes}
    drawn = [
        (edge, *edge_path(place[edge.source], place[edge.target], bend, has_arrow(edge.type), zoom))
        for edge, bend in bends(edges)
    ]
    for dashed in (False, True):
        some = [(edge, path) for edge, path, _ in drawn if edge.dashed is dashed]
        _collection(
            axes,
            [path for _, path in some],
            ["none"],
            [ink.tie(edge.colour) for edge, _ in some],
            RELATIONSHIP_WIDTH * zoom,
            2,
            _times(RELATIONSHIP_DASH, zoom) if dashed else None,
        )
    heads = [(edge, head) for edge, _, head in drawn if head is not None]
    colours = [ink.tie(edge.colour) for edge, _ in heads]
    _collection(axes, [head for _, head in heads], colours, ["none"], 0.0, 3)


def _finished_svg(svg: str, sheet: PageLayout, ink: Theme) -> str:
    """The font's part that is needed, halos, and no address of a document type: complete by itself."""
    halo = f"paint-order:stroke;stroke:{ink.ground};stroke-width:3px;stroke-linejoin:round"
    halo = f"g[id^='label-'] text{{{halo}}}"
    style = '<style type="text/css">'
    start = svg.index("<!DOCTYPE")
    svg = svg[:start] + svg[svg.index(">", start) + 1 :].lstrip()
    return svg.replace(style, f"{style}{font_face(_texts(sheet))}{halo}", 1)


def _texts(sheet: PageLayout) -> list[str]:
    texts = [line for label in sheet.labels for line in label.lines]
    return texts + [line.text for line in sheet.lines] + [key.text for key in sheet.keys]
