"""Photos: made small enough to keep, without what the camera wrote into them (where, when, by which phone)."""

from __future__ import annotations

import io
from pathlib import PurePath
from typing import IO

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from core.errors import RuleBroken

KINDS = ("JPEG", "PNG", "WEBP")
LONGEST = 2000  # pixels of the longer side that is kept
MOST_PIXELS = 80_000_000  # more than cameras of phones take; unpacked it would fill the memory
QUALITY = 85


def shrunk(file: File[bytes] | IO[bytes], name: str) -> ContentFile[bytes]:
    """The picture as a JPEG of at most LONGEST pixels, upright, with nothing of the file but its pixels.

    Raises RuleBroken for what is no picture, or too large to be unpacked.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=KINDS) as picture:
            _check_size(picture, name)
            picture.draft("RGB", (LONGEST, LONGEST))  # a JPEG is unpacked at a half, a quarter or an eighth
            picture.thumbnail((LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(picture)
            kept = io.BytesIO()
            _on_white(upright).save(kept, "JPEG", quality=QUALITY, optimize=True)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large(name) from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise RuleBroken(_("“%(name)s” is not a photo. Accepted: JPEG, PNG, WebP.") % {"name": name}) from None
    return ContentFile(kept.getvalue(), name=f"{PurePath(name).stem[:80] or 'photo'}.jpg")


def _check_size(picture: Image.Image, name: str) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_large(name)


def _too_large(name: str) -> RuleBroken:
    most = MOST_PIXELS // 1_000_000
    return RuleBroken(_("“%(name)s” has more than %(most)s million pixels.") % {"name": name, "most": most})


def _on_white(picture: Image.Image) -> Image.Image:
    """A JPEG has no transparency. A new picture also leaves behind what hung on the old one."""
    sheet = Image.new("RGB", picture.size, "white")
    layered = picture.convert("RGBA") if "A" in picture.getbands() or "transparency" in picture.info else None
    sheet.paste(layered or picture.convert("RGB"), mask=layered)
    return sheet
