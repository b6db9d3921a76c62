"""Lists under a name, and the national table."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_once
from exporting.sending import exported
from partnerships.exports import national
from partnerships.forms.lists import SavedViewEditForm, SavedViewForm, enterprise_filter, known_query
from partnerships.models.lists import SavedView
from partnerships.selectors.enterprise_list import enterprise_rows
from partnerships.services import saved_views as services

LIST = "partnerships:enterprise_list"


def address_of(page: str, query: str) -> str:
    """Where a list shows what is asked for."""
    return f"{reverse(page)}?{query}" if query else reverse(page)


@staff_only
@require_GET
def national_table(request: PortalRequest) -> HttpResponseBase:
    """The national table of cooperation, one line per enterprise and major, of exactly what is filtered."""
    on, form = timezone.localdate(), enterprise_filter(request.GET)
    rows = enterprise_rows(request.user, form.chosen, on=on)
    return exported(request, national.national_table(request.user, on=on), rows, filters=form)


@staff_only
@require_http_methods(["GET", "POST"])
def view_new(request: PortalRequest) -> HttpResponse:
    """Keep the list as it is now: `?page=` names the list, `query` what it shows."""
    page = request.GET.get("page", "")
    if page not in settings.SAVED_LISTS:
        raise Http404
    initial = {"query": known_query(page, QueryDict(request.GET.get("query", "")))}
    form = SavedViewForm(request.POST or None, page=page, owner=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        named = {key: value for key, value in form.cleaned_data.items() if key != "form_token"}

        def save() -> str:
            services.save_view(page=page, by=request.user, **named)
            return reverse(page)

        if attempt_once(form, save):
            messages.success(request, _("The view is saved."))
            return redirect(address_of(page, named["query"]))
    return render(request, "partnerships/view_form.html", {"form": form, "back": address_of(page, initial["query"])})


@staff_only
@require_http_methods(["GET", "POST"])
def view_edit(request: PortalRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView.objects.filter(owner=request.user), pk=pk)
    form = SavedViewEditForm(request.POST or None, instance=view, owner=request.user)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(form, lambda: services.change_view(view, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect(address_of(view.page, view.query))
    context = {"form": form, "view": view, "back": address_of(view.page, view.query)}
    return render(request, "partnerships/view_form.html", context)


@staff_only
@require_POST
def view_delete(request: PortalRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView.objects.filter(owner=request.user), pk=pk)
    services.delete_view(view, by=request.user)
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect(view.page)
