"""Every format in which a picture can be taken along, in one table; page and command line use it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from explorer.export import graph_file, page, picture, tables
from explorer.scene.scene import DEFAULT_VIEW, Scene, ViewOptions
from graph_model.errors import InputError
from graph_model.text import Text

SCALES = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the file's ending, its media type, what people call it.

    `scaled`: `scale` matters to it. `looked`: it is looked at, so it follows the canvas's ground and names.
    """

    ending: str
    media: str
    text: Text
    write: Callable[[Scene, int, ViewOptions], bytes]
    scaled: bool = False
    looked: bool = False


FORMATS: Mapping[str, Format] = {
    f.ending: f
    for f in (
        Format(
            "png",
            "image/png",
            Text("PNG 图片", "PNG picture"),
            lambda scene, scale, look: picture.render(scene, "png", scale=scale, look=look),
            scaled=True,
            looked=True,
        ),
        Format(
            "svg",
            "image/svg+xml",
            Text("SVG 图片", "SVG picture"),
            lambda scene, _, look: picture.render(scene, "svg", look=look),
            looked=True,
        ),
        Format(
            "pdf",
            "application/pdf",
            Text("PDF 文件", "PDF document"),
            lambda scene, _, look: picture.render(scene, "pdf", look=look),
            looked=True,
        ),
        Format(
            "html",
            "text/html",
            Text("可操作的网页", "Interactive page"),
            lambda scene, _, look: page.to_html(scene, look).encode("utf-8", "replace"),
            looked=True,
        ),
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Text("Excel 表格", "Excel tables"),
            lambda scene, *_: tables.to_xlsx(scene),
        ),
        Format(
            "graphml",
            "application/graphml+xml",
            Text("GraphML 图文件", "GraphML"),
            lambda scene, *_: graph_file.to_graphml(scene).encode("utf-8", "replace"),
        ),
        Format(
            "gexf",
            "application/gexf+xml",
            Text("GEXF 图文件（Gephi）", "GEXF (Gephi)"),
            lambda scene, *_: graph_file.to_gexf(scene).encode("utf-8", "replace"),
        ),
        Format(
            "json",
            "application/json",
            Text("JSON 数据", "JSON"),
            lambda scene, *_: graph_file.to_json(scene).encode("utf-8", "replace"),
        ),
    )
}
"""By ending, in the order in which they are offered."""


def export(scene: Scene, format: str, *, scale: int = 2, look: ViewOptions = DEFAULT_VIEW) -> bytes:
    """The scene as a file's bytes: what is on the screen, with its places, legend, title, source and masking.

    `scale` is how many pixels of a PNG make one on the screen. A picture and a page follow the `look`; tables
    and graph files are for other programs, which need the names. InputError for a format or scale there is not.
    """
    known = FORMATS.get(format)
    if known is None:
        raise InputError(
            f"不能存成“{format}”；可用的格式：{'、'.join(FORMATS)}。",
            f"No format is called “{format}”; there are: {', '.join(FORMATS)}.",
        )
    if scale not in SCALES:
        raise InputError(
            f"图片倍数 {scale} 不行；可用的有：{'、'.join(map(str, SCALES))}。",
            f"There is no scale {scale}; there are: {', '.join(map(str, SCALES))}.",
        )
    return known.write(scene, scale, look)
