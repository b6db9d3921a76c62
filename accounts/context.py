"""What every page knows: the school, the menu, the appearance."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts import selectors


def portal(request: HttpRequest) -> dict[str, Any]:
    """The school's name and the person's menu; one cached query for the school."""
    return {
        "school": selectors.school(),
        "theme": selectors.theme(request),
        "demo": settings.DEMO,
        "languages": settings.LANGUAGES,
    }
