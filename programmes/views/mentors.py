"""Industry mentors: the list, one mentor, terms with their letters, and the aims of a year."""

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
from accounts.models.school import College, Major
from core.acting import attempt, attempt_edit, attempt_once
from core.decisions import YES
from core.forms import fields_of
from core.paging import page_of
from exporting.sending import exported
from partnerships import rules as partnership_rules
from partnerships.models.enterprises import Enterprise
from partnerships.models.mentors import Mentor, MentorAppointment
from programmes import exports, rules
from programmes.forms import mentors as forms
from programmes.selectors import letters
from programmes.selectors import mentors as selectors
from programmes.services import mentors as services


@staff_only
@require_GET
def mentor_list(request: PortalRequest) -> HttpResponseBase:
    """The list beside the aim of the year, its rows alone for htmx, or with `?format=` the way to a file."""
    on = timezone.localdate()
    colleges = [(each.pk, each) for each in College.objects.all()]
    majors = [(each.pk, each) for each in Major.objects.all()]
    form = forms.MentorFilter(request.GET, colleges=colleges, majors=majors)
    year = form.chosen.get("year") or on.year
    rows = selectors.mentor_list(request.user, form.chosen, on=on)
    if "format" in request.GET:
        return exported(request, exports.mentors(year), rows, filters=form, people=YES)
    context = {"form": form, "page": page_of(rows, request), "year": year, "today": on}
    if request.htmx:
        return render(request, "programmes/mentor_list.html#rows", context)
    targets, counts = selectors.annual_targets(year), selectors.mentors_of(year)
    context |= {"targets": targets, "counts": counts, "may_appoint": rules.can_appoint(request.user)}
    return render(request, "programmes/mentor_list.html", context)


@staff_only
@require_GET
def mentor(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(selectors.mentor_with_parts(request.user), pk=pk)
    context = {
        "mentor": record,
        "enterprise": record.enterprise,
        "years": selectors.years_of(record),
        "today": timezone.localdate(),
        "may_appoint": rules.can_appoint(request.user),
        "may_record": rules.can_record_appearance(request.user),
        "may_keep": partnership_rules.can_keep_file(request.user),
    }
    return render(request, "programmes/mentor.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def mentor_new(request: PortalRequest, pk: int) -> HttpResponse:
    """Appoint a person of an enterprise: who it is, and the first term."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rules.can_appoint(request.user).or_raise()
    today = timezone.localdate()
    first = {"from_on": today, "number": letters.next_number(today.year)}
    form = forms.MentorNewForm(request.POST or None, enterprise=enterprise)
    term = forms.TermForm(request.POST or None, initial=first)
    if request.method == "POST" and all([form.is_valid(), term.is_valid()]):
        fields = {**fields_of(form), **term.cleaned_data}

        def appoint() -> str:
            made = services.appoint_mentor(enterprise, **fields, by=request.user, at=timezone.now())
            return reverse("programmes:mentor", args=[made.pk])

        if address := attempt_once(form, appoint):
            messages.success(request, _("The mentor is appointed. Print the letter below."))
            return redirect(address)
    context = {"form": form, "term": term, "enterprise": enterprise}
    return render(request, "programmes/mentor_form.html", context)


def _mentor(request: PortalRequest, pk: int) -> Mentor:
    return get_object_or_404(Mentor.objects.visible_to(request.user).select_related("enterprise"), pk=pk)


@staff_only
@require_http_methods(["GET", "POST"])
def mentor_edit(request: PortalRequest, pk: int) -> HttpResponse:
    record = _mentor(request, pk)
    partnership_rules.can_keep_file(request.user).or_raise()
    form = forms.MentorEditForm(request.POST or None, instance=record, enterprise=record.enterprise)
    if request.method == "POST" and form.is_valid():
        said = {"version": form.cleaned_data["version"], "fields": fields_of(form)}
        at = timezone.now()
        if attempt_edit(form, record, lambda: services.change_mentor(record, **said, by=request.user, at=at)):
            messages.success(request, _("Saved."))
            return redirect("programmes:mentor", pk=pk)
    context = {"form": form, "enterprise": record.enterprise, "mentor": record}
    return render(request, "programmes/mentor_form.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def term_new(request: PortalRequest, pk: int) -> HttpResponse:
    """Appoint a mentor again."""
    record = _mentor(request, pk)
    rules.can_appoint(request.user).or_raise()
    today = timezone.localdate()
    first = {"from_on": today, "number": letters.next_number(today.year)}
    form = forms.TermNewForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():

        def appoint() -> str:
            services.appoint_again(record, fields=fields_of(form), by=request.user, at=timezone.now())
            return reverse("programmes:mentor", args=[pk])

        if address := attempt_once(form, appoint):
            messages.success(request, _("The mentor is appointed. Print the letter below."))
            return redirect(address)
    return render(request, "programmes/term_form.html", {"form": form, "mentor": record})


def _term(request: PortalRequest, pk: int) -> MentorAppointment:
    terms = MentorAppointment.objects.select_related("mentor__enterprise", "college")
    return get_object_or_404(terms, pk=pk, mentor__in=Mentor.objects.visible_to(request.user))


@staff_only
@require_http_methods(["GET", "POST"])
def term_end(request: PortalRequest, pk: int) -> HttpResponse:
    term = _term(request, pk)
    rules.can_appoint(request.user).or_raise()
    form = forms.TermEndForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        on, at = form.cleaned_data["on"], timezone.now()
        if attempt(form, lambda: services.end_appointment(term, on=on, by=request.user, at=at)):
            messages.success(request, _("The term ends on that day."))
            return redirect("programmes:mentor", pk=term.mentor_id)
    return render(request, "programmes/term_form.html", {"form": form, "mentor": term.mentor, "term": term})


@staff_only
@require_GET
def letter(request: PortalRequest, pk: int) -> HttpResponse:
    """The letter of appointment (聘书) as a PDF, in the language of the page."""
    term = _term(request, pk)
    response = HttpResponse(letters.letter_pdf(term), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="appointment-{term.pk}.pdf"'
    return response


@staff_only
@require_http_methods(["GET", "POST"])
def aim(request: PortalRequest) -> HttpResponse:
    """Set a yearly aim, such as 50 mentors; setting the same one anew replaces its number."""
    rules.can_appoint(request.user).or_raise()
    form = forms.TargetForm(request.POST or None, initial={"year": timezone.localdate().year})
    if request.method == "POST" and form.is_valid():
        services.set_annual_target(**form.cleaned_data, by=request.user)
        messages.success(request, _("The aim is set."))
        return redirect("programmes:mentor_list")
    return render(request, "programmes/aim_form.html", {"form": form})
