"""The three lists of a community, side by side."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from communities import rules
from communities.choices import ListKind
from communities.exports import THREE_LISTS
from communities.forms.lists import EntryCloseForm, EntryEditForm, EntryNewForm, ListFilter
from communities.models.sharing import ListEntry
from communities.selectors import lists as selectors
from communities.services import lists as services
from core.acting import attempt, attempt_edit, attempt_once
from core.forms import fields_of
from exporting.sending import exported
from partnerships.models.communities import Community


@staff_only
@require_GET
def lists(request: PortalRequest, pk: int) -> HttpResponseBase:
    """All three; with `?format=` the way to a file of them, with `&list=` of one."""
    community = get_object_or_404(Community.objects.visible_to(request.user), pk=pk)
    form = ListFilter(request.GET, community=community)
    kind = request.GET.get("list", "")
    if "format" in request.GET:
        rows = selectors.entries_of(community, form.chosen)
        rows = rows.filter(kind=kind) if kind in ListKind.values else rows
        return exported(request, THREE_LISTS, rows, filters=form, also=["list"])
    context = {
        "community": community,
        "form": form,
        "lists": selectors.three_lists(community, form.chosen),
        "may_keep": rules.can_keep_communities(request.user),
    }
    template = "communities/lists.html#rows" if request.htmx else "communities/lists.html"
    return render(request, template, context)


@staff_only
@require_http_methods(["GET", "POST"])
def entry_new(request: PortalRequest, pk: int) -> HttpResponse:
    """A new line; `?list=<kind>` chooses the list."""
    community = get_object_or_404(Community.objects.visible_to(request.user), pk=pk)
    rules.can_keep_communities(request.user).or_raise()
    kind = request.GET.get("list", "")
    initial = {"kind": kind if kind in ListKind.values else "", "listed_on": timezone.localdate()}
    form = EntryNewForm(request.POST or None, community=community, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def add() -> str:
            services.list_entry(community, fields=fields, by=request.user, at=timezone.now())
            return reverse("communities:lists", args=[pk])

        if address := attempt_once(form, add):
            messages.success(request, _("The line is on the list."))
            return redirect(address)
    return render(request, "communities/lists_form.html", {"form": form, "community": community})


def _entry(request: PortalRequest, pk: int) -> ListEntry:
    visible = Community.objects.visible_to(request.user)
    return get_object_or_404(ListEntry.objects.select_related("community"), pk=pk, community__in=visible)


@staff_only
@require_http_methods(["GET", "POST"])
def entry_edit(request: PortalRequest, pk: int) -> HttpResponse:
    entry = _entry(request, pk)
    rules.can_keep_communities(request.user).or_raise()
    form = EntryEditForm(request.POST or None, instance=entry, community=entry.community)
    if request.method == "POST" and form.is_valid():
        said = {"fields": fields_of(form), "version": form.cleaned_data["version"]}
        if attempt_edit(form, entry, lambda: services.change_entry(entry, **said, by=request.user, at=timezone.now())):
            messages.success(request, _("Saved."))
            return redirect("communities:lists", pk=entry.community_id)
    return render(request, "communities/lists_form.html", {"form": form, "community": entry.community, "entry": entry})


@staff_only
@require_http_methods(["GET", "POST"])
def entry_close(request: PortalRequest, pk: int) -> HttpResponse:
    entry = _entry(request, pk)
    rules.can_keep_communities(request.user).or_raise()
    form = EntryCloseForm(request.POST or None, initial={"closed_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: services.close_entry(entry, **said, by=request.user, at=timezone.now())):
            messages.success(request, _("The line is off the list."))
            return redirect("communities:lists", pk=entry.community_id)
    return render(request, "communities/lists_close.html", {"form": form, "community": entry.community, "entry": entry})
