"""A person's own tokens, and all of them for administrators."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import signed_in, staff_only
from accounts.http import PortalRequest
from api import rules
from api.forms import TokenForm
from api.selectors.tokens import every_token, own_tokens, token_to_end
from api.services import tokens as services
from core.forms import fields_of
from core.once import do_once
from core.paging import page_of


@require_GET
@staff_only
def token_list(request: PortalRequest) -> HttpResponse:
    """One's own; the text of none of them is known any more."""
    may_make = rules.can_have_tokens(request.user)
    context = {"tokens": own_tokens(request.user), "now": timezone.now(), "may_make": may_make}
    return render(request, "api/tokens.html", context)


@require_http_methods(["GET", "POST"])
@staff_only
@never_cache
@reauthentication_required  # type: ignore[untyped-decorator]
@sensitive_variables("texts")
def new_token(request: PortalRequest) -> HttpResponse:
    """The text of the token is in the answer to the form, once, and nowhere else."""
    if not rules.can_have_tokens(request.user):
        raise Http404
    form = TokenForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "api/token_new.html", {"form": form})
    texts: list[str] = []

    def make() -> str:
        texts.append(services.make_token(request.user, at=timezone.now(), **fields_of(form))[1])
        return reverse("api:tokens")

    if not do_once(form.cleaned_data["form_token"], make)[1]:
        messages.warning(request, _("This token was made already. If you did not keep it, revoke it and make another."))
        return redirect("api:tokens")
    return render(request, "api/token_made.html", {"text": texts[0], "name": form.cleaned_data["name"]})


@require_POST
@signed_in
def revoke_token(request: PortalRequest, pk: int) -> HttpResponse:
    token = token_to_end(request.user, pk)
    services.revoke_token(token, by=request.user, at=timezone.now())
    messages.success(request, _("Revoked. Programs that use this token read nothing any more."))
    is_own = token.person_id == request.user.pk
    return redirect("api:tokens" if is_own else "api:every_token")


@require_GET
@staff_only
def all_tokens(request: PortalRequest) -> HttpResponse:
    """Of everybody, for administrators."""
    if not rules.can_see_every_token(request.user):
        raise Http404
    page = page_of(every_token(request.user), request)
    return render(request, "api/every_token.html", {"page": page, "now": timezone.now()})
