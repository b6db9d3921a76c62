"""A QR code as a picture of its own; black on white, which cameras read in every light."""

from __future__ import annotations

from io import BytesIO

import segno
from django.http import HttpResponse


def picture(address: str) -> HttpResponse:
    """An SVG that nobody keeps: what it says may grow old or be somebody's own."""
    image = BytesIO()
    segno.make(address, error="m", micro=False).save(image, kind="svg", scale=8, border=4, light="#fff")
    answer = HttpResponse(image.getvalue(), content_type="image/svg+xml")
    answer["Cache-Control"] = "no-store"
    return answer
