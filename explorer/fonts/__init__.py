"""The fonts that we ship: where they are, and the options by which the pages use them."""

from __future__ import annotations

import json
from pathlib import Path

__all__ = [
    "COMMON",
    "COMMON_BOLD",
    "FAMILY",
    "LICENCE",
    "PICTURES",
    "RARE",
    "font_faces",
    "streamlit_options",
]

FAMILY = "Branchmap Sans"
HERE = Path(__file__).parent
STATIC = HERE.parent / "static"  # beside the Streamlit entry script: the only folder that it serves

PICTURES = HERE / "branchmap-pictures.otf"
"""Every character we have, for matplotlib and for subsets inside exported pictures."""
LICENCE = HERE / "OFL.txt"
COMMON = STATIC / "branchmap-common-400.woff2"
COMMON_BOLD = STATIC / "branchmap-common-700.woff2"
RARE = STATIC / "branchmap-rare-400.woff2"

# Han blocks. A page fetches the rare file only when it shows a character that the common file lacks.
RARE_RANGE = "U+2E80-2FDF,U+3400-4DBF,U+4E00-9FFF,U+F900-FAFF,U+20000-323AF"


def font_faces() -> list[dict[str, str]]:
    """The faces in Streamlit's words. The last face of a weight is asked first, so rare comes before common."""
    faces = (
        (RARE, "400", RARE_RANGE),
        (RARE, "700", RARE_RANGE),
        (COMMON, "400", ""),
        (COMMON_BOLD, "700", ""),
    )
    return [
        {"family": FAMILY, "url": f"app/static/{path.name}", "weight": weight, "style": "normal"}
        | ({"unicodeRange": span} if span else {})
        for path, weight, span in faces
    ]


def streamlit_options() -> dict[str, str]:
    """Options for `streamlit run`, by dotted name: `--{name} {value}`, or an environment variable.

    >>> [name for name in streamlit_options() if name.endswith(".font")]
    ['theme.font', 'theme.light.font', 'theme.dark.font']
    """
    family = f"{FAMILY}, sans-serif"
    return {
        "server.enableStaticServing": "true",
        "theme.font": family,
        # said once more: with a theme for each, the pages follow the system's light or dark
        "theme.light.font": family,
        "theme.dark.font": family,
        "theme.headingFont": family,
        "theme.codeFont": f"{FAMILY}, monospace",
        "theme.fontFaces": json.dumps(font_faces()),
    }


def streamlit_arguments() -> list[str]:
    """The same as command-line arguments."""
    return [f"--{name}={value}" for name, value in streamlit_options().items()]
