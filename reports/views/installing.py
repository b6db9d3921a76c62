"""The portal as an application on a phone's first page: its name, colours and mark (W3C Web Application Manifest)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.selectors import school

BAND, PAPER = "#0b474d", "#f5f7f6"  # as in tokens.css
ICONS = (
    ("icons/icon-192.png", "192x192", "any"),
    ("icons/icon-512.png", "512x512", "any"),
    ("icons/maskable-512.png", "512x512", "maskable"),
)
SHORTCUTS = (
    (gettext_lazy("Postings"), "placements:posting_list"),
    (gettext_lazy("Applications"), "placements:application_list"),
    (gettext_lazy("What I follow"), "following:following"),
)


@require_safe
@login_not_required
def manifest(request: HttpRequest) -> JsonResponse:
    """The same for everyone but for the language."""
    answer = {
        "id": "/",
        "name": _("School–enterprise cooperation portal"),
        "short_name": str(school()),
        "description": _("Internships and jobs at enterprises that work with the school."),
        "lang": translation.get_language(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": BAND,
        "icons": [
            {"src": static(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in ICONS
        ],
        "shortcuts": [{"name": str(label), "url": reverse(name)} for label, name in SHORTCUTS],
    }
    return JsonResponse(answer, content_type="application/manifest+json", headers={"Cache-Control": "max-age=3600"})
