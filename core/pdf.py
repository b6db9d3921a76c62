"""PDF files with Chinese text, set by Typst from a template file and plain data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent


def render_pdf(template: Path, data: dict[str, Any]) -> bytes:
    """Compile templates/<app>/<name>.typ; it reads `json(bytes(sys.inputs.data))`. Values must be plain JSON.

    It may import from the folders of other apps beside its own.

    Fonts at hand: "Noto Sans SC" and "Noto Serif SC". What people typed reaches the page as
    strings, never as markup.
    """
    pdf: bytes = typst.compile(
        str(template),
        root=str(template.parent.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return pdf
