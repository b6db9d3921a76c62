"""What mentors do on campus: recorded, corrected, taken out, with its photo."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_once
from core.forms import fields_of
from core.uploads import download
from partnerships.models.mentors import Mentor, MentorAppearance
from programmes import rules
from programmes.forms.mentors import AppearanceForm, AppearanceNewForm
from programmes.services import mentors as services


@staff_only
@require_http_methods(["GET", "POST"])
def appearance_new(request: PortalRequest, pk: int) -> HttpResponse:
    mentor = get_object_or_404(Mentor.objects.visible_to(request.user).select_related("enterprise"), pk=pk)
    rules.can_record_appearance(request.user).or_raise()
    first = {"held_on": timezone.localdate()}
    form = AppearanceNewForm(request.POST or None, request.FILES or None, mentor=mentor, initial=first)
    if request.method == "POST" and form.is_valid():

        def record() -> str:
            services.record_appearance(mentor, **fields_of(form), by=request.user, at=timezone.now())
            return reverse("programmes:mentor", args=[pk])

        if address := attempt_once(form, record):
            messages.success(request, _("It counts for the year."))
            return redirect(address)
    return render(request, "programmes/appearance_form.html", {"form": form, "mentor": mentor})


def _appearance(request: PortalRequest, pk: int) -> MentorAppearance:
    rows = MentorAppearance.objects.select_related("mentor__enterprise")
    return get_object_or_404(rows, pk=pk, mentor__in=Mentor.objects.visible_to(request.user))


@staff_only
@require_http_methods(["GET", "POST"])
def appearance_edit(request: PortalRequest, pk: int) -> HttpResponse:
    record = _appearance(request, pk)
    rules.can_record_appearance(request.user).or_raise()
    form = AppearanceForm(request.POST or None, request.FILES or None, instance=record, mentor=record.mentor)
    if request.method == "POST" and form.is_valid():
        fields, at = fields_of(form), timezone.now()
        if attempt(form, lambda: services.change_appearance(record, fields=fields, by=request.user, at=at)):
            messages.success(request, _("Saved."))
            return redirect("programmes:mentor", pk=record.mentor_id)
    context = {
        "form": form,
        "mentor": record.mentor,
        "appearance": record,
        "may_remove": rules.can_appoint(request.user),
    }
    return render(request, "programmes/appearance_form.html", context)


@staff_only
@require_POST
def appearance_remove(request: PortalRequest, pk: int) -> HttpResponse:
    record = _appearance(request, pk)
    services.remove_appearance(record, by=request.user, at=timezone.now())
    messages.success(request, _("Removed; the timeline tells of it."))
    return redirect("programmes:mentor", pk=record.mentor_id)


@staff_only
@require_GET
def appearance_photo(request: PortalRequest, pk: int) -> FileResponse:
    record = _appearance(request, pk)
    if not record.photo:
        raise Http404
    return download(record.photo, record.photo_name)
