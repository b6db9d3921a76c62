"""Notes about an enterprise, and the papers kept with its file."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import office_only, staff_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_once
from core.forms import fields_of
from core.paging import page_of
from core.uploads import download
from partnerships import rules
from partnerships.choices.enterprises import NoteVisibility
from partnerships.forms.notes import NoteForm, NoteNewForm, PaperForm
from partnerships.models.enterprises import Enterprise
from partnerships.models.notes import EnterpriseFile, Note
from partnerships.selectors import notes as selectors
from partnerships.services import notes as services


def _enterprise(request: PortalRequest, pk: int) -> Enterprise:
    return get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)


@staff_only
@require_http_methods(["GET", "POST"])
def notes(request: PortalRequest, pk: int) -> HttpResponse:
    """What this person may read of an enterprise, and a form for one more note."""
    record = _enterprise(request, pk)
    form = NoteNewForm(request.POST or None, enterprise=record, initial={"visibility": NoteVisibility.OFFICE})
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def add() -> str:
            services.add_note(record, **fields, by=request.user, at=timezone.now())
            return reverse("partnerships:notes", args=[pk])

        if address := attempt_once(form, add):
            messages.success(request, _("The note is on file."))
            return redirect(address)
    page = page_of(selectors.notes_of(request.user, record), request)
    return render(request, "partnerships/notes.html", {"enterprise": record, "form": form, "page": page})


def _note(request: PortalRequest, pk: int) -> Note:
    """A note that the person may read and wrote; others' are refused with the reason."""
    rows = Note.objects.visible_to(request.user).select_related("enterprise")
    note = get_object_or_404(rows, pk=pk)
    rules.can_change_note(request.user, note).or_raise()
    return note


@staff_only
@require_http_methods(["GET", "POST"])
def note_edit(request: PortalRequest, pk: int) -> HttpResponse:
    note = _note(request, pk)
    initial = {"we_spoke": selectors.we_spoke(note)}
    form = NoteForm(request.POST or None, instance=note, enterprise=note.enterprise, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)
        if attempt(form, lambda: services.change_note(note, **fields, by=request.user)):
            messages.success(request, _("Saved."))
            return redirect("partnerships:notes", pk=note.enterprise_id)
    context = {"form": form, "note": note, "enterprise": note.enterprise}
    return render(request, "partnerships/note_form.html", context)


@staff_only
@require_POST
def note_delete(request: PortalRequest, pk: int) -> HttpResponse:
    note = _note(request, pk)
    services.delete_note(note, by=request.user)
    messages.success(request, _("The note is deleted."))
    return redirect("partnerships:notes", pk=note.enterprise_id)


@staff_only
@require_GET
def papers(request: PortalRequest, pk: int) -> HttpResponse:
    record = _enterprise(request, pk)
    context = {
        "enterprise": record,
        "page": page_of(selectors.papers_of(record), request),
        "agreement_files": selectors.agreement_papers_of(request.user, record)[:50],
        "may_add": rules.can_keep_file(request.user),
        "may_remove": rules.can_remove_paper(request.user),
    }
    return render(request, "partnerships/papers.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def paper_new(request: PortalRequest, pk: int) -> HttpResponse:
    record = _enterprise(request, pk)
    rules.can_keep_file(request.user).or_raise()
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def file() -> str:
            services.file_paper(record, **fields, by=request.user, at=timezone.now())
            return reverse("partnerships:papers", args=[pk])

        if address := attempt_once(form, file):
            messages.success(request, _("The file is stored."))
            return redirect(address)
    return render(request, "partnerships/paper_form.html", {"form": form, "enterprise": record})


@staff_only
@require_GET
def paper(request: PortalRequest, pk: int) -> FileResponse:
    """The file as a download, for people who may see its enterprise."""
    stored = get_object_or_404(EnterpriseFile, pk=pk, enterprise__in=Enterprise.objects.visible_to(request.user))
    return download(stored.file, stored.file_name)


@office_only
@require_POST
def paper_remove(request: PortalRequest, pk: int) -> HttpResponse:
    stored = get_object_or_404(EnterpriseFile.objects.select_related("enterprise"), pk=pk)
    services.remove_paper(stored, by=request.user, at=timezone.now())
    messages.success(request, _("The paper is out of the file; the timeline tells of it."))
    return redirect("partnerships:papers", pk=stored.enterprise_id)
