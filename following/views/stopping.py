"""The link in a message that stops such messages. Opening it changes nothing, as mail scanners open it too."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.models.people import User
from core.outside import opened_by
from following.choices import Frequency
from following.models import SavedSearch
from following.selectors.stopping import named_by, reader_of
from following.services.stopping import stop as stop_messages


def _language(reader: User) -> str:
    return reader.language


@opened_by(reader_of, language=_language, kind="following-stop")
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, reader: User, token: str) -> HttpResponse:
    named = named_by(token)
    record = named.record
    is_over = record is None or (isinstance(record, SavedSearch) and record.frequency == Frequency.NEVER)
    if request.method == "POST":
        stop_messages(named)
        is_over = True
    return render(request, "following/stop.html", {"kind": named.kind, "record": record, "is_over": is_over})
