"""People at enterprises: the list over all files, and one person."""

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
from core.acting import attempt, attempt_once
from core.forms import fields_of
from core.paging import page_of
from exporting.sending import exported
from notifications.selectors.bounces import mark_bounces
from partnerships import rules
from partnerships.choices.enterprises import FileBlock
from partnerships.exports import contacts as exports
from partnerships.forms.contacts import ContactForm, ContactLeftForm, ContactNewForm
from partnerships.forms.filters import ContactFilter
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.selectors import contacts as selectors
from partnerships.selectors import freshness
from partnerships.services import contacts


@staff_only
@require_GET
def contact_list(request: PortalRequest) -> HttpResponseBase:
    """The list, its rows alone for htmx, or with `?format=` the way to a file of them."""
    on, terms = timezone.localdate(), freshness.periods()
    form = ContactFilter(request.GET)
    rows = selectors.contact_list(request.user, form.chosen, terms=terms, on=on)
    if "format" in request.GET:
        people = rules.can_export_contacts(request.user)
        return exported(request, exports.contacts(terms, on=on), rows, filters=form, people=people)
    page = page_of(rows, request)
    freshness.mark_stale(page, terms.before(FileBlock.CONTACTS, on))
    mark_bounces(page)
    template = "partnerships/contact_list.html#rows" if request.htmx else "partnerships/contact_list.html"
    context = {
        "form": form,
        "page": page,
        "today": on,
        "may_keep": rules.can_keep_file(request.user),
    }
    return render(request, template, context)


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
    # A letter that came back was sent again to this address.
    mended = {"email": request.GET["email"]} if request.method == "GET" and request.GET.get("email") else {}
    form = ContactForm(request.POST or None, instance=contact, initial=mended)
    mark_bounces([contact])
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
    form = ContactLeftForm(
        request.POST or None, contact=contact, user=request.user, initial={"on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _leave(request, contact, form)):
        messages.success(request, _("The contact stays in the history of the file."))
        return redirect("partnerships:enterprise", pk=contact.enterprise_id)
    context = {"form": form, "enterprise": contact.enterprise, "contact": contact}
    return render(request, "partnerships/contact_left.html", context)


def _leave(request: PortalRequest, contact: Contact, form: ContactLeftForm) -> None:
    """The person leaves, and is opened as a contact of the enterprise that they work for now."""
    said = form.cleaned_data
    by, at = request.user, timezone.now()
    if to := said["moved_to"]:
        contacts.contact_moved(contact, on=said["on"], to=to, title=said["title"], by=by, at=at)
    else:
        contacts.contact_left(contact, on=said["on"], by=by, at=at)
