"""PDF files with Chinese text, set by Typst from a template file and plain data."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
REMEMBERED = 10  # compilations for which Typst remembers what it has laid out


@cache
def _fonts() -> typst.Fonts:
    """Looked for once in each process."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def forget() -> None:
    """Let Typst drop what it remembers of earlier papers: after a large one that is hundreds of megabytes."""
    for _time in range(REMEMBERED):
        typst.compile(b"", font_paths=_fonts(), ignore_system_fonts=True, format="pdf")


def render_pdf(template: Path, data: dict[str, Any]) -> bytes:
    """Compile templates/<app>/<name>.typ; it reads `json(bytes(sys.inputs.data))`. Values must be plain JSON.

    It may import from the folders of other apps beside its own.

    Fonts at hand: "Noto Sans SC" and "Noto Serif SC". What people typed reaches the page as
    strings, never as markup.
    """
    pdf: bytes = typst.compile(
        str(template),
        root=str(template.parent.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return pdf
