"""Applying, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import signed_in, staff_only, students_only
from accounts.choices import Level, Role
from accounts.http import PortalRequest
from core.acting import attempt_once, refuse
from core.errors import RuleBroken
from core.once import do_once
from core.paging import page_of
from placements import matching, rules
from placements.choices import ApplicationState
from placements.forms.applications import ApplyForm
from placements.forms.filters import ApplicationFilter
from placements.forms.moves import MoveForm, answer_form
from placements.forms.pipeline import NoteForm
from placements.models.applications import Application
from placements.models.postings import Posting
from placements.selectors import applications as selectors
from placements.selectors import postings as posting_selectors
from placements.services import applications as services
from placements.services.notes import write_note
from placements.views.interviews import panel_of
from placements.views.notes import notes_of


@require_http_methods(["GET", "POST"])
@students_only
def apply(request: PortalRequest, pk: int) -> HttpResponse:
    """A posting that ended while the form was open still shows the form, with the reason and the letter."""
    posting = _posting_to_apply_to(request, pk)
    rules.can_apply(request.user).or_raise()
    form = ApplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            location, is_new = do_once(form.cleaned_data["form_token"], lambda: _send(request, posting, form))
        except services.AlreadyApplied as refusal:
            messages.info(request, str(refusal))
            return redirect("placements:application", pk=refusal.application.pk)
        except RuleBroken as error:
            form.add_error(None, str(error))
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
        postings = posting_selectors.visible_postings(request.user, on=timezone.localdate())
    with_names = postings.select_related("enterprise__industry", "province").prefetch_related("majors")
    return get_object_or_404(with_names, pk=pk)


def _send(request: PortalRequest, posting: Posting, form: ApplyForm) -> str:
    sent = services.apply(posting, student=request.user, letter=form.cleaned_data["letter"], at=timezone.now())
    return reverse("placements:application", args=[sent.pk])


def _what_is_sent(request: PortalRequest, posting: Posting) -> dict[str, Any]:
    profile = posting_selectors.profile_of(request.user)
    if profile is None:
        raise Http404
    ticks = matching.fit(posting, profile, on=timezone.localdate())
    return {
        "posting": posting,
        "ticks": ticks,
        "obstacles": matching.obstacles(ticks),
        "snapshot": services.snapshot_of(profile),
        "level": profile.get_level_display(),
        "application": Application.objects.filter(posting=posting, student=request.user).first(),
    }


@require_GET
@signed_in
def application_list(request: PortalRequest) -> HttpResponse:
    """A student's own; for the office all, for college staff those of their students."""
    if rules.can_see_applicants(request.user):
        return _staff_list(request)
    if not request.user.has_role(Role.STUDENT):
        raise Http404
    page = page_of(selectors.application_list(request.user, {}), request)
    return render(request, "placements/my_applications.html", {"page": page})


def _staff_list(request: PortalRequest) -> HttpResponse:
    filters = ApplicationFilter(request.GET)
    wanted = filters.wanted
    page = page_of(selectors.application_list(request.user, wanted), request)
    template = "placements/application_list.html#rows" if request.htmx else "placements/application_list.html"
    return render(request, template, {"filters": filters, "page": page, "posting": wanted.get("posting")})


@require_GET
@signed_in
def application(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.application_page(request.user, pk))
    return application_page(request, found, _step_form(request, found))


def _step_form(request: PortalRequest, found: Application, data: Any = None) -> MoveForm:
    return answer_form(found, data, by_staff=found.student_id != request.user.pk)


def application_page(
    request: PortalRequest, found: Application, form: MoveForm | None = None, note: NoteForm | None = None
) -> HttpResponse:
    """The page of one application, with a form that was refused or with fresh ones."""
    moves = list(found.moves.select_related("by", "contact"))
    possible = selectors.possible_moves(request.user, found)
    context = {
        "application": found,
        "posting": found.posting,
        "history": moves,
        "path": selectors.application_path(found, moves),
        "moves": [state for state in possible if state != ApplicationState.WITHDRAWN],
        "may_withdraw": ApplicationState.WITHDRAWN in possible,
        "form": form or _step_form(request, found),
        "interview": panel_of(request, found),
        **notes_of(request, found, note),
        "is_own": found.student_id == request.user.pk,
        "level": dict(Level.choices).get(found.snapshot.get("level", ""), ""),
    }
    return render(request, "placements/application.html", context)


@require_POST
@signed_in
def application_move(request: PortalRequest, pk: int) -> HttpResponse:
    """One step; what cannot be is said on the application's own page, with what was typed."""
    found = get_object_or_404(selectors.application_page(request.user, pk))
    form = _step_form(request, found, request.POST)
    if form.is_valid():
        entered = form.cleaned_data
        to = ApplicationState(entered["to"])
        try:
            services.move_application(
                found, to, by=request.user, at=timezone.now(), reason=entered["reason"], version=entered["version"],
                rejection=entered.get("rejection"),
            )  # fmt: skip
        except RuleBroken as error:
            refuse(form, error)
            form.refresh_version(found.version)
        else:
            messages.success(request, _("The application is now: %(state)s.") % {"state": to.label})
            return redirect("placements:application", pk=pk)
    return application_page(request, found, form)


@require_POST
@staff_only
def application_note(request: PortalRequest, pk: int) -> HttpResponse:
    """A note among staff; what cannot be is said on the application's own page."""
    found = get_object_or_404(selectors.application_page(request.user, pk))
    if not rules.can_note(request.user, found):
        raise Http404
    form = NoteForm(request.POST, auto_id="note_%s")
    if form.is_valid():
        here = reverse("placements:application", args=[pk])
        text = form.cleaned_data["text"]
        if attempt_once(form, lambda: _note(request, found, text)):
            return redirect(f"{here}#notes")
    return application_page(request, found, note=form)


def _note(request: PortalRequest, found: Application, text: str) -> str:
    write_note(found, text=text, by=request.user, at=timezone.now())
    return reverse("placements:application", args=[found.pk])


@require_POST
@signed_in
def application_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.application_page(request.user, pk))
    try:
        services.withdraw_application(found, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("You have withdrawn your application."))
    return redirect("placements:application", pk=pk)
