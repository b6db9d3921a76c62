"""The way to an address: a link that the reader's phone opens; the portal itself asks no map."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings


def map_link(address: str) -> str:
    """The search of a map for an address; nothing for none."""
    return settings.MAP_URL.replace("{address}", quote(address, safe="")) if address else ""
