"""The letterhead of the school's documents."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from drafting import text_rules as rules
from drafting.models.texts import Letterhead

WIDEST = (600, 600)  # points of the emblem; a document prints it 12 mm high


def _as_emblem(picture: File[bytes]) -> ContentFile[bytes]:
    """The picture as a small PNG, so that no document grows by it. Raises RuleBroken for a broken one."""
    try:
        with Image.open(picture) as image:
            image.thumbnail(WIDEST)
            written = BytesIO()
            image.convert("RGBA").save(written, "PNG")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise RuleBroken(_("This picture cannot be read. Save it again as PNG."), field="logo") from error
    return ContentFile(written.getvalue(), name="emblem.png")


@transaction.atomic
def change_letterhead(
    *, version: int, fields: dict[str, Any], logo: File[bytes] | None = None, remove_logo: bool = False, by: User
) -> Letterhead:
    """Names, addresses and reach; a new emblem takes the place of the old one. Raises StaleEdit and RuleBroken."""
    rules.can_keep_templates(by).or_raise()
    Letterhead.objects.get_or_create(pk=1)
    head = lock(Letterhead(pk=1), version=version)
    for name, value in fields.items():
        setattr(head, name, value)
    if logo is not None:
        head.logo, head.logo_name = _as_emblem(logo), str(logo.name or "")[-200:]
    elif remove_logo:
        head.logo, head.logo_name = "", ""
    save(head)
    return head
