"""Anyone checks an agreement by its code, and learns what stands on every copy, and no more."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.outside import asked_language
from signing.forms import CodeForm
from signing.selectors.verification import check

WRONG_CODES_AN_HOUR = 20
AN_HOUR = 3600


@login_not_required
@never_cache
@require_GET
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """The form; with a code, in the address or typed, what it stands for."""
    with translation.override(asked_language(request) or translation.get_language()):
        response = _answer(request, request.GET.get("code") or code)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _answer(request: HttpRequest, code: str) -> HttpResponse:
    if not code:
        return render(request, "signing/verify.html", {"form": CodeForm()})
    form = CodeForm({"code": code})
    key = f"verify:{get_adapter(request).get_client_ip(request)}:{timezone.now():%Y%m%d%H}"
    wrong = cache.get(key, 0)
    if wrong >= WRONG_CODES_AN_HOUR:
        return render(request, "signing/verify.html", {"form": form, "must_wait": True}, status=429)
    found = check(code) if form.is_valid() else None
    if found is None:
        cache.set(key, wrong + 1, AN_HOUR)
    context = {"form": form, "found": found, "is_unknown": found is None}
    return render(request, "signing/verify.html", context)
