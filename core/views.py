"""Is this process alive, and can the portal do its work? For load balancers and monitors."""

from __future__ import annotations

from celery import current_app
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from kombu.exceptions import OperationalError

from core.tasks import BEAT, SIGNS, WORKER


@login_not_required
@never_cache
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while this process answers; asks no server."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_GET
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, broker, worker and beat all work, else 503; says which does not.

    A worker is heard only while beat rings: without beat both are missing.
    """
    database = _database_answers()
    signs = cache.get_many(SIGNS) if database else {}
    parts = {"database": database, "broker": _broker_answers(), "worker": WORKER in signs, "beat": BEAT in signs}
    words = {name: "ok" if works else "missing" for name, works in parts.items()}
    return JsonResponse(
        {"status": "ok" if all(parts.values()) else "not ready", **words}, status=200 if all(parts.values()) else 503
    )


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker_answers() -> bool:
    """One attempt; the time-outs of CELERY_BROKER_TRANSPORT_OPTIONS hold."""
    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=2)
    except (OperationalError, OSError):
        return False
    return True
