"""Many files at once: which are meant, what becomes of them, and then it is done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt_once
from partnerships import rules
from partnerships.choices.lists import MOST_AT_ONCE, BulkAction
from partnerships.forms.bulk import BulkValueForm, ConfirmForm, Selection
from partnerships.selectors.bulk import Plan, plan_of, tags, value_words
from partnerships.services.bulk import change_many
from partnerships.views.lists import LIST, address_of


def _action(name: str) -> BulkAction:
    if name not in BulkAction.values:
        raise Http404
    return BulkAction(name)


@staff_only
@require_http_methods(["GET", "POST"])
def bulk(request: PortalRequest) -> HttpResponse:
    """By GET: choose the value and see what would happen. By POST: do it."""
    rules.can_change_many(request.user).or_raise()
    data = request.POST if request.method == "POST" else request.GET
    selection, action = Selection.of(data), _action(data.get("action", BulkAction.LEVEL))
    if action == BulkAction.EMAIL:
        return redirect(f"{reverse('partnerships:mailing_new')}?{selection.address()}")
    form = BulkValueForm(data if "value" in data else None, action=action)
    rows = selection.rows(request.user, on=timezone.localdate())
    confirm = ConfirmForm(request.POST or None)
    is_agreed = request.method == "POST" and not selection.is_empty and form.is_valid() and confirm.is_valid()
    if is_agreed and (address := _do(request, selection, form, confirm)):
        return redirect(address)
    context: dict[str, Any] = {
        "selection": selection,
        "action": action,
        "form": form,
        "refused": confirm.non_field_errors(),
    }
    context |= {"chosen": rows.count(), "most": MOST_AT_ONCE, "back": address_of(LIST, selection.filter)}
    if form.is_bound and form.is_valid():
        context |= _foreseen(request, selection, form)
    if action == BulkAction.ADD_TAG:
        context["tags"] = tags()
    return render(request, "partnerships/bulk.html", context)


def _foreseen(request: PortalRequest, selection: Selection, form: BulkValueForm) -> dict[str, object]:
    """What would happen now, and the form that agrees to it."""
    rows = selection.rows(request.user, on=timezone.localdate())
    plan: Plan = plan_of(rows, form.change, request.user)
    return {
        "plan": plan,
        "value": form.data.get("value"),
        "words": value_words(form.change),
        "confirm": ConfirmForm(initial={"count": plan.chosen}),
        "has_changed": selection.has_changed(plan.chosen),
    }


def _do(request: PortalRequest, selection: Selection, form: BulkValueForm, confirm: ConfirmForm) -> str:
    """Change the files once; where to go then, or "" when it was refused."""
    done: list[int] = []

    def act() -> str:
        rows, said = selection.rows(request.user, on=timezone.localdate()), confirm.cleaned_data["count"]
        done.append(change_many(rows, form.change, said=said, by=request.user, at=timezone.now()))
        return reverse(LIST)

    address = attempt_once(confirm, act)
    if address and done:
        words = ngettext("%(number)s file is changed.", "%(number)s files are changed.", done[0])
        messages.success(request, words % {"number": done[0]})
    elif address:
        messages.info(request, _("This was done already; nothing was done twice."))
    return address and address_of(LIST, selection.filter)
