"""Photos small enough for paper."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from visits.models.results import Evidence

LONGEST = 640  # pixels
QUALITY = 70


def small_photo(evidence: Evidence) -> bytes | None:
    """The photo as a small JPEG; nothing for what is no picture or is missing from the storage."""
    try:
        with evidence.file.open("rb") as file, Image.open(file, formats=("JPEG", "PNG", "WEBP")) as picture:
            picture.draft("RGB", (LONGEST, LONGEST))
            picture.thumbnail((LONGEST, LONGEST))
            kept = io.BytesIO()
            ImageOps.exif_transpose(picture).convert("RGB").save(kept, "JPEG", quality=QUALITY)
    except (OSError, ValueError, SyntaxError):
        return None
    return kept.getvalue()
