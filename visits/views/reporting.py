"""Writing the report: the page, its draft that saves itself, its photos. Scripts ask the same services as the form."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt_once
from core.errors import RuleBroken
from core.uploads import download
from visits import rules
from visits.forms.reporting import PhotosField, WholeReport, as_sent, typed_in
from visits.models.reports import DraftPhoto, ReportDraft
from visits.models.visits import Visit
from visits.selectors import reporting as selectors
from visits.selectors.visits import visit_with_people
from visits.services import drafts, reporting
from visits.services.drafts import DraftMovedOn, VisitOver


def _visit(request: PortalRequest, pk: int) -> Visit:
    """A visit that this person may report."""
    visit: Visit = get_object_or_404(visit_with_people(request.user), pk=pk)
    rules.can_report(request.user, visit).or_raise()
    return visit


@staff_only
@require_http_methods(["GET", "POST"])
def report(request: PortalRequest, pk: int) -> HttpResponse:
    """Three minutes on a phone; everything is written or nothing, and what was typed is never lost."""
    visit = _visit(request, pk)
    if request.method == "GET":
        return _opened(request, visit)
    wrong = _photos_in(request, visit)
    if "later" in request.POST:
        return _saved_for_later(request, visit, wrong)
    whole = _whole(request, visit, request.POST)
    whole.refuse_photos(wrong)
    if whole.is_valid() and (address := _sent(request, visit, whole)):
        messages.success(request, _("Thank you. The report is on file."))
        return redirect(address) if request.accepts("text/html") else JsonResponse({"location": address})
    if not request.accepts("text/html"):
        return JsonResponse({})  # the script then sends the form itself, and the page says why
    return _page(request, visit, whole)


def _whole(request: PortalRequest, visit: Visit, data: Any, *, revision: int = 0) -> WholeReport:
    on = timezone.localdate()
    known = selectors.known_of(visit, on=on)
    files = request.FILES if data is request.POST else None
    return WholeReport(data, files, visit=visit, user=request.user, on=on, known=known, revision=revision)


def _opened(request: PortalRequest, visit: Visit) -> HttpResponse:
    """With what was typed so far, by whomever."""
    try:
        drafts.refuse_if_over(visit, at=timezone.now())
    except VisitOver as refusal:
        messages.warning(request, str(refusal))
        return redirect("visits:visit", pk=visit.pk)
    draft = selectors.draft_of(visit)
    if draft is None or not draft.said:
        return _page(request, visit, _whole(request, visit, None, revision=draft.revision if draft else 0), draft)
    fresh = {"form_token": str(uuid.uuid4()), "version": str(visit.version), "revision": str(draft.revision)}
    whole = _whole(request, visit, as_sent(draft.said, **fresh))
    whole.show_as_typed()
    return _page(request, visit, whole, draft)


def _page(request: PortalRequest, visit: Visit, whole: WholeReport, draft: ReportDraft | None = None) -> HttpResponse:
    """After a refusal the draft is looked at again: somebody may have saved it elsewhere."""
    moved_on = None
    if request.method == "POST" and (draft := selectors.draft_of(visit)):
        moved_on = draft if whole.form["revision"].value() != str(draft.revision) else None
        whole.take_revision(draft.revision)
    context = {
        "form": whole.form, "visit": visit, "wrong": whole.wrong, "draft": draft, "moved_on": moved_on,
        "photos": draft.photos.all() if draft else (), "most_photos": drafts.MOST_PHOTOS,
        "written_for": rules.written_for(request.user, visit), "is_refused": request.method == "POST", **whole.rows,
    }  # fmt: skip
    return render(request, "visits/report.html", context)


def _photos_in(request: PortalRequest, visit: Visit) -> list[str]:
    """Photos that came with the form become part of the draft, one by one; what is wrong with the others."""
    wrong = []
    for photo in DraftPhoto.objects.filter(draft__visit=visit, pk__in=_numbers(request.POST.getlist("drop"))):
        drafts.drop_photo(photo, by=request.user, at=timezone.now())
    for file in request.FILES.getlist("photos"):
        try:
            _keep(request, visit, file, key=uuid.uuid4().hex)
        except RuleBroken as error:
            wrong.append(str(error))
    return wrong


def _numbers(typed: list[str]) -> list[int]:
    return [int(text) for text in typed if text.isdecimal() and len(text) < 18]


def _keep(request: PortalRequest, visit: Visit, file: Any, *, key: str) -> DraftPhoto:
    if file.size > settings.UPLOAD_LIMIT:
        limit = filesizeformat(settings.UPLOAD_LIMIT)
        raise RuleBroken(_("“%(name)s” is larger than %(limit)s.") % {"name": file.name, "limit": limit})
    return drafts.keep_photo(visit, file, key=key, name=file.name, by=request.user, at=timezone.now())


def _sent(request: PortalRequest, visit: Visit, whole: WholeReport) -> str:
    def write() -> str:
        reporting.report_visit(visit, by=request.user, at=timezone.now(), **whole.said)
        return reverse("visits:visit", args=[visit.pk])

    address = attempt_once(whole.form, write)
    if not address:
        whole.take_version(Visit.objects.get(pk=visit.pk).version)
    return address


def _saved_for_later(request: PortalRequest, visit: Visit, wrong: list[str]) -> HttpResponse:
    """Without a script: what a script does every few seconds."""
    whole = _whole(request, visit, request.POST)
    whole.show_as_typed()
    whole.refuse_photos(wrong)
    try:
        whole.take_revision(_save(request, visit).revision)
    except DraftMovedOn:
        return _page(request, visit, whole)
    except RuleBroken as refusal:
        whole.form.add_error(None, str(refusal))
    if whole.form.errors:
        return _page(request, visit, whole)
    messages.success(request, _("The report is saved. Go on with it whenever you like, on any device."))
    return redirect("visits:report", pk=visit.pk)


def _save(request: PortalRequest, visit: Visit) -> ReportDraft:
    revision = _numbers([request.POST.get("revision", "")])
    device = request.POST.get("device", "")[:40]
    said = typed_in(request.POST)
    number = revision[0] if revision else 0
    return drafts.save_draft(visit, said=said, revision=number, device=device, by=request.user, at=timezone.now())


@staff_only
@require_POST
def report_draft(request: PortalRequest, pk: int) -> JsonResponse:
    """Every few seconds: what was typed, on which revision; answered by the new one, and whom names may mean."""
    visit = _visit(request, pk)
    try:
        draft = _save(request, visit)
    except RuleBroken as error:
        return _refused(visit, error)
    at = f"{timezone.localtime(draft.saved_at):%H:%M}"
    return JsonResponse({"revision": draft.revision, "at": at, "people": _whom_names_mean(request, visit)})


def _whom_names_mean(request: PortalRequest, visit: Visit) -> dict[str, list[tuple[str, str]]]:
    """By row; nothing is looked up while nobody is named."""
    rows = [name for name in request.POST if name.startswith("people-") and name.endswith("-name")]
    if not any(request.POST[name].strip() for name in rows):
        return {}
    return {row.prefix: row.offered for row in _whole(request, visit, request.POST).people.forms}


def _refused(visit: Visit, error: RuleBroken) -> JsonResponse:
    """What a script makes of a refusal: theirs or mine, nothing to report any more, or words to show."""
    if isinstance(error, DraftMovedOn):
        theirs = {"revision": error.draft.revision, "said": error.draft.said}
        return JsonResponse({"conflict": str(error), **theirs}, status=409)
    if isinstance(error, VisitOver):
        return JsonResponse({"over": str(error), "location": reverse("visits:visit", args=[visit.pk])}, status=409)
    return JsonResponse({"error": str(error)}, status=422)


@staff_only
@require_POST
def report_photo_new(request: PortalRequest, pk: int) -> JsonResponse:
    """One photo, in the background; sending it again under its key adds none."""
    visit = _visit(request, pk)
    file, key = request.FILES.get("photo"), request.POST.get("key", "")[:40]
    if file is None or not key:
        return JsonResponse({"error": PhotosField.default_error_messages["missing"]}, status=422)
    try:
        kept = _keep(request, visit, file, key=key)
    except RuleBroken as error:
        return _refused(visit, error)
    return JsonResponse({"pk": kept.pk, "name": kept.name, "src": reverse("visits:report_photo", args=[kept.pk])})


def _photo(request: PortalRequest, pk: int) -> DraftPhoto:
    visible = Visit.objects.visible_to(request.user)
    photo = get_object_or_404(DraftPhoto.objects.select_related("draft"), pk=pk, draft__visit__in=visible)
    _visit(request, photo.draft.visit_id)
    return photo


@staff_only
@require_GET
def report_photo(request: PortalRequest, pk: int) -> FileResponse:
    """For people who may write the report."""
    photo = _photo(request, pk)
    return download(photo.file, photo.name)


@staff_only
@require_POST
def report_photo_drop(request: PortalRequest, pk: int) -> JsonResponse:
    drafts.drop_photo(_photo(request, pk), by=request.user, at=timezone.now())
    return JsonResponse({})
