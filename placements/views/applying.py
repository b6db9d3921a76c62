"""Applying: the form, and the files that were sent with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import signed_in, students_only
from accounts.http import PortalRequest
from core.acting import refuse
from core.errors import RuleBroken
from core.once import do_once
from core.uploads import download, name_with_ending
from placements import matching, rules
from placements.choices import DocumentKind
from placements.forms.applications import ApplyForm
from placements.models.applications import Application
from placements.models.postings import Posting
from placements.selectors import postings as selectors
from placements.selectors.resumes import english_gaps, parts_of
from placements.services import applying as services
from placements.services import looking, papers, resumes


@require_http_methods(["GET", "POST"])
@students_only
def apply(request: PortalRequest, pk: int) -> HttpResponse:
    """A posting that ended while the form was open still shows the form, with the reason and the letter."""
    posting = _posting_to_apply_to(request, pk)
    rules.can_apply(request.user).or_raise()
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ApplyForm(data, files, posting=posting, resumes=request.user.resumes.all())
    if request.method == "POST" and form.is_valid():
        try:
            location, is_new = do_once(form.cleaned_data["form_token"], lambda: _send(request, posting, form))
        except services.AlreadyApplied as refusal:
            messages.info(request, str(refusal))
            return redirect("placements:application", pk=refusal.application.pk)
        except RuleBroken as error:
            refuse(form, error)
        else:
            _say_sent(request, is_new=is_new)
            return redirect(location)
    return render(request, "placements/apply.html", {"form": form, **_what_is_sent(request, posting)})


def _say_sent(request: PortalRequest, *, is_new: bool) -> None:
    """The same form sent again, as after going back, is told apart from the first time."""
    if is_new:
        messages.success(request, _("Your application has been sent. You will be told when something happens."))
    else:
        messages.info(request, _("This application was sent already; it has not been sent twice."))


def _posting_to_apply_to(request: PortalRequest, pk: int) -> Posting:
    if request.method == "POST":
        postings = Posting.objects.filter(published_at__isnull=False)
    else:
        postings = selectors.visible_postings(request.user, on=timezone.localdate())
    with_names = postings.select_related("enterprise__industry", "province").prefetch_related("majors", "questions")
    return get_object_or_404(with_names, pk=pk)


def _send(request: PortalRequest, posting: Posting, form: ApplyForm) -> str:
    """Send it; a résumé that was chosen on the page is kept for the next time, where there is room."""
    at = timezone.now()
    sent = services.apply(
        posting,
        student=request.user,
        letter=form.cleaned_data["letter"],
        answers=form.answers,
        papers=_papers(request, form),
        asked=form.cleaned_data["asked"],
        at=at,
    )
    file = form.cleaned_data["resume_file"]
    if file and resumes.has_room(request.user):
        resumes.add_resume(request.user, file, at=at)
    return reverse("placements:application", args=[sent.pk])


def _papers(request: PortalRequest, form: ApplyForm) -> list[papers.Paper]:
    brought = [papers.uploaded_paper(kind, file) for kind, file in form.uploads]
    profile = selectors.profile_of(request.user)
    if form.kept:
        brought.insert(0, papers.kept_paper(form.kept))
    elif form.written and profile:
        brought.insert(0, papers.written_paper(profile, form.written))
    return brought


def _what_is_sent(request: PortalRequest, posting: Posting) -> dict[str, Any]:
    profile = selectors.profile_of(request.user)
    if profile is None:
        raise Http404
    ticks = matching.fit(posting, profile, on=timezone.localdate())
    return {
        "posting": posting,
        "wanted": [DocumentKind(kind).label for kind in posting.documents],
        "ticks": ticks,
        "obstacles": matching.obstacles(ticks),
        "snapshot": services.snapshot_of(profile),
        "gaps": english_gaps(profile, parts_of(request.user)),
        "application": Application.objects.filter(posting=posting, student=request.user).first(),
    }


@require_GET
@signed_in
def document(request: PortalRequest, pk: int, file: int) -> HttpResponseBase:
    """A file as it was sent; whoever opens it but the student is kept in the log."""
    found = get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
    sent = get_object_or_404(found.documents, pk=file)
    response = download(sent.file, name_with_ending(sent.name, sent.file))
    looking.note_look(found, sent, by=request.user, at=timezone.now())
    return response
