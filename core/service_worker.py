"""The script that shows kept pages where there is no connection; see static/js/offline.js."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

SCRIPT = Path(settings.BASE_DIR) / "static" / "js" / "service-worker.js"


@login_not_required
@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, since a worker sees only addresses below its own; asked for anew each time, as it has no version."""
    return HttpResponse(
        SCRIPT.read_bytes(),
        content_type="text/javascript; charset=utf-8",
        headers={"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"},
    )
