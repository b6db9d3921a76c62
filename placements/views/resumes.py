"""A student's résumés: the files, and the one that the portal writes."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import students_only
from accounts.http import PortalRequest
from accounts.models.people import StudentProfile
from core.acting import attempt_edit, attempt_once
from core.forms import fields_of
from core.uploads import download, name_with_ending
from placements.choices import ResumeSection
from placements.forms.resumes import EntryForm, NewEntryForm, ResumeForm
from placements.selectors.postings import profile_of
from placements.selectors.resumes import LANGUAGES, english_gaps, parts_of, resume_pdf
from placements.services import resumes as services
from placements.services.papers import file_name


def _own_profile(request: PortalRequest) -> StudentProfile:
    profile = profile_of(request.user)
    if profile is None:
        raise Http404
    return profile


@require_http_methods(["GET", "POST"])
@students_only
def resume_list(request: PortalRequest) -> HttpResponse:
    """All résumés; a file is brought on the same page."""
    profile, here = _own_profile(request), reverse("placements:resume_list")
    form = ResumeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and attempt_once(form, lambda: _bring(request, form)):
        messages.success(request, _("The résumé is kept. You can send it with your applications."))
        return redirect(here)
    parts = parts_of(request.user)
    context = {
        "form": form,
        "profile": profile,
        "resumes": request.user.resumes.all(),
        "parts": parts,
        "gaps": english_gaps(profile, parts),
        "written_in": LANGUAGES,
    }
    return render(request, "placements/resume_list.html", context)


def _bring(request: PortalRequest, form: ResumeForm) -> str:
    services.add_resume(request.user, form.cleaned_data["file"], at=timezone.now())
    return reverse("placements:resume_list")


@require_GET
@students_only
def resume(request: PortalRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(request.user.resumes, pk=pk)
    return download(found.file, name_with_ending(found.name, found.file))


@require_POST
@students_only
def resume_delete(request: PortalRequest, pk: int) -> HttpResponse:
    services.delete_resume(get_object_or_404(request.user.resumes, pk=pk), by=request.user)
    messages.success(request, _("The résumé is deleted. What you sent with applications stays as it was."))
    return redirect("placements:resume_list")


@require_GET
@students_only
def resume_written(request: PortalRequest, language: str) -> FileResponse:
    """What the portal would send now, in one language."""
    if language not in LANGUAGES:
        raise Http404
    profile = _own_profile(request)
    pdf = BytesIO(resume_pdf(profile, language))
    return FileResponse(pdf, filename=file_name(profile, language), content_type="application/pdf")


@require_http_methods(["GET", "POST"])
@students_only
def entry_new(request: PortalRequest) -> HttpResponse:
    _own_profile(request)
    asked = request.GET.get("section", "")
    section = asked if asked in ResumeSection.values else ResumeSection.EDUCATION
    form = NewEntryForm(request.POST or None, initial={"section": section})
    if request.method == "POST" and form.is_valid() and attempt_once(form, lambda: _add(request, form)):
        messages.success(request, _("Saved."))
        return redirect("placements:resume_list")
    return render(request, "placements/resume_entry.html", {"form": form})


def _add(request: PortalRequest, form: NewEntryForm) -> str:
    services.add_entry(request.user, fields=fields_of(form))
    return reverse("placements:resume_list")


@require_http_methods(["GET", "POST"])
@students_only
def entry_edit(request: PortalRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(request.user.resume_entries, pk=pk)
    form = EntryForm(request.POST or None, instance=entry, initial={"version": entry.version})
    if request.method == "POST" and form.is_valid():
        version, fields = form.cleaned_data["version"], fields_of(form)
        if attempt_edit(
            form, entry, lambda: services.change_entry(entry, version=version, fields=fields, by=request.user)
        ):
            messages.success(request, _("Saved."))
            return redirect("placements:resume_list")
    return render(request, "placements/resume_entry.html", {"form": form, "entry": entry})


@require_POST
@students_only
def entry_delete(request: PortalRequest, pk: int) -> HttpResponse:
    services.delete_entry(get_object_or_404(request.user.resume_entries, pk=pk), by=request.user)
    messages.success(request, _("The entry is deleted."))
    return redirect("placements:resume_list")
