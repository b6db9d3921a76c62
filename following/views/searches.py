"""Saved searches: kept, changed, forgotten; and the page of all that one follows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import students_only
from accounts.http import PortalRequest
from core.acting import attempt_edit, attempt_once
from core.forms import fields_of
from core.paging import page_of
from following.forms import ChangeSearchForm, SaveSearchForm
from following.models import SavedSearch
from following.selectors import following as selectors
from following.selectors.searching import kept_query
from following.services import searches as services


@require_GET
@students_only
def following(request: PortalRequest) -> HttpResponse:
    """All that one follows, and what is announced by the enterprises among it."""
    on = timezone.localdate()
    context = {
        "searches": selectors.search_rows(request.user),
        "enterprises": list(selectors.followed_enterprises(request.user)),
        "page": page_of(selectors.followed_postings(request.user), request),
        "announced": list(selectors.opening_soon(request.user, on=on)),
        "today": on,
    }
    return render(request, "following/following.html", context)


@require_http_methods(["GET", "POST"])
@students_only
def search_new(request: PortalRequest) -> HttpResponse:
    """Keep the search of an address: `?query=` is what stands behind its question mark."""
    query = kept_query(request.GET.get("query", ""))
    asks = selectors.asked_in_words(request.user, query)
    form = SaveSearchForm(request.POST or None, initial={"query": query, "name": selectors.name_for(asks)})
    if request.method == "POST" and form.is_valid():

        def keep() -> str:
            services.save_search(**fields_of(form), by=request.user, at=timezone.now())
            return reverse("following:following")

        if location := attempt_once(form, keep):
            messages.success(request, _("The search is saved."))
            return redirect(location)
    back = f"{reverse('placements:posting_list')}?{query}" if query else reverse("placements:posting_list")
    return render(request, "following/search_form.html", {"form": form, "asks": asks, "back": back})


@require_http_methods(["GET", "POST"])
@students_only
def search_edit(request: PortalRequest, pk: int) -> HttpResponse:
    search = get_object_or_404(SavedSearch.objects.filter(user=request.user), pk=pk)
    initial = {"version": search.version, "name": search.name, "frequency": search.frequency}
    form = ChangeSearchForm(request.POST or None, initial=initial)

    def change() -> SavedSearch:
        version, entered = form.cleaned_data["version"], fields_of(form)
        return services.change_search(search, version=version, **entered, by=request.user, at=timezone.now())

    if request.method == "POST" and form.is_valid() and attempt_edit(form, search, change):
        messages.success(request, _("Saved."))
        return redirect("following:following")
    asks = selectors.asked_in_words(request.user, search.query)
    context = {"form": form, "search": search, "asks": asks, "back": reverse("following:following")}
    return render(request, "following/search_form.html", context)


@require_POST
@students_only
def search_delete(request: PortalRequest, pk: int) -> HttpResponse:
    search = get_object_or_404(SavedSearch.objects.filter(user=request.user), pk=pk)
    services.delete_search(search, by=request.user)
    messages.success(request, _("The search “%(name)s” is deleted.") % {"name": search.name})
    return redirect("following:following")
