"""Contacts and needs of an enterprise."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.paging import page_of
from partnerships import rules
from partnerships.forms.enterprises import (
    ContactForm,
    ContactLeftForm,
    ContactNewForm,
    NeedCloseForm,
    NeedForm,
    fields_of,
)
from partnerships.forms.filters import NeedFilter
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need
from partnerships.selectors import needs as need_selectors
from partnerships.services import contacts, needs
from partnerships.views.saving import attempt, attempt_once


@staff_only
@require_http_methods(["GET", "POST"])
def contact_new(request: PortalRequest, pk: int) -> HttpResponse:
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rules.can_keep_file(request.user).or_raise()
    form = ContactNewForm(request.POST or None, initial={"known_by": request.user.pk})
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def add() -> str:
            contacts.add_contact(enterprise, fields=fields, by=request.user, at=timezone.now())
            return reverse("partnerships:enterprise", args=[pk])

        if address := attempt_once(form, add):
            messages.success(request, _("The contact is on file."))
            return redirect(address)
    return render(request, "partnerships/contact_form.html", {"form": form, "enterprise": enterprise})


def _contact(request: PortalRequest, pk: int) -> Contact:
    visible = Enterprise.objects.visible_to(request.user)
    return get_object_or_404(Contact.objects.select_related("enterprise"), pk=pk, enterprise__in=visible)


@staff_only
@require_http_methods(["GET", "POST"])
def contact_edit(request: PortalRequest, pk: int) -> HttpResponse:
    contact = _contact(request, pk)
    rules.can_keep_file(request.user).or_raise()
    form = ContactForm(request.POST or None, instance=contact)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)
        if attempt(form, lambda: contacts.change_contact(contact, fields=fields, by=request.user, at=timezone.now())):
            messages.success(request, _("Saved."))
            return redirect("partnerships:enterprise", pk=contact.enterprise_id)
    context = {"form": form, "enterprise": contact.enterprise, "contact": contact}
    return render(request, "partnerships/contact_form.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def contact_left(request: PortalRequest, pk: int) -> HttpResponse:
    contact = _contact(request, pk)
    rules.can_keep_file(request.user).or_raise()
    form = ContactLeftForm(request.POST or None, contact=contact, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        if attempt(form, lambda: contacts.contact_left(contact, on=on, by=request.user, at=timezone.now())):
            messages.success(request, _("The contact stays in the history of the file."))
            return redirect("partnerships:enterprise", pk=contact.enterprise_id)
    context = {"form": form, "enterprise": contact.enterprise, "contact": contact}
    return render(request, "partnerships/contact_left.html", context)


@staff_only
@require_GET
def need_list(request: PortalRequest) -> HttpResponse:
    form = NeedFilter(request.GET, majors=need_selectors.major_choices())
    page = page_of(need_selectors.need_list(request.user, form.chosen), request)
    template = "partnerships/need_list.html#rows" if request.htmx else "partnerships/need_list.html"
    context = {"form": form, "page": page, "may_keep": rules.can_keep_file(request.user)}
    return render(request, template, context)


@staff_only
@require_http_methods(["GET", "POST"])
def need_new(request: PortalRequest, pk: int) -> HttpResponse:
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rules.can_keep_file(request.user).or_raise()
    form = NeedForm(request.POST or None, initial={"owner": request.user.pk})
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)
        majors = fields.pop("majors")

        def add() -> str:
            needs.record_need(enterprise, fields=fields, majors=majors, by=request.user, at=timezone.now())
            return reverse("partnerships:enterprise_needs", args=[pk])

        if address := attempt_once(form, add):
            messages.success(request, _("The need is on file."))
            return redirect(address)
    return render(request, "partnerships/need_form.html", {"form": form, "enterprise": enterprise})


@staff_only
@require_http_methods(["GET", "POST"])
def need_close(request: PortalRequest, pk: int) -> HttpResponse:
    need = get_object_or_404(Need.objects.visible_to(request.user).select_related("enterprise"), pk=pk)
    rules.can_keep_file(request.user).or_raise()
    form = NeedCloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: needs.close_need(need, **said, by=request.user, at=timezone.now())):
            messages.success(request, _("The need is closed."))
            return redirect("partnerships:enterprise_needs", pk=need.enterprise_id)
    return render(request, "partnerships/need_close.html", {"form": form, "need": need, "enterprise": need.enterprise})
