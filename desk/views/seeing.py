"""Applicants as an enterprise sees them, whichever way it came; a visitor says which are its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from core.acting import attempt_edit
from core.paging import page_of
from core.uploads import download, name_with_ending
from desk.forms import AnswerForm
from desk.selectors import applicants as selectors
from desk.visitors import Visitor
from placements.choices import ApplicationState
from placements.models.applications import Application
from placements.models.postings import Posting
from placements.selectors.applications import application_path
from placements.selectors.interviews import booked_hour
from placements.services.applications import move_application
from placements.services.looking import note_look


def list_page(request: HttpRequest, visitor: Visitor, posting: Posting) -> HttpResponse:
    """Who applied to one posting."""
    page = page_of(selectors.applicants(visitor, posting), request)
    context = {
        "visitor": visitor, "base": visitor.base, "posting": posting, "page": page, "link": bool(visitor.token),
        "rows": [(selectors.as_read(row), visitor.address("application", row.pk)) for row in page],
        "forward": visitor.address("forward") if visitor.token else "",
        "hours": visitor.hours_address(posting) if posting.published_at else "",
    }  # fmt: skip
    return render(request, "desk/applicants.html", context)


def _found(visitor: Visitor, pk: int) -> Application:
    return get_object_or_404(selectors.application(visitor, pk))


def application_page(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """What one student sent; that it was looked at is kept."""
    found = _found(visitor, pk)
    if request.method == "GET":
        note_look(found, contact=visitor.contact, at=timezone.now())
    return _application(request, visitor, found, AnswerForm(initial={"version": found.version}))


def _application(request: HttpRequest, visitor: Visitor, found: Application, form: AnswerForm) -> HttpResponse:
    moves = list(found.moves.select_related("contact"))
    context = {
        "visitor": visitor, "base": visitor.base, "applicant": selectors.as_read(found), "posting": found.posting,
        "form": form, "link": bool(visitor.token), "moves": selectors.possible_answers(found),
        "answers": list(found.answers.all()), "booking": booked_hour(found),
        "history": selectors.happened(found, moves), "path": application_path(found, moves),
        "documents": [(each, visitor.address("document", found.pk, each.pk)) for each in found.documents.all()],
        "action": visitor.address("application_move", found.pk), "back": visitor.list_address(found.posting),
        "hours": visitor.hours_address(found.posting),
    }  # fmt: skip
    return render(request, "desk/application.html", context, status=422 if form.errors else 200)


def move(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """One answer; what cannot be is said on the page of the application, with what was typed."""
    found = _found(visitor, pk)
    form = AnswerForm(request.POST)

    def answer() -> object:
        said = form.cleaned_data
        return move_application(
            found, ApplicationState(said["to"]), contact=visitor.contact, at=timezone.now(), reason=said["reason"],
            rejection=said["rejection"], version=said["version"],
        )  # fmt: skip

    if form.is_valid() and attempt_edit(form, found, answer):
        return redirect(visitor.address("application", pk))
    return _application(request, visitor, _found(visitor, pk), form)


def document(request: HttpRequest, visitor: Visitor, pk: int, document: int) -> HttpResponseBase:
    """A file as the student sent it; who opened it is kept."""
    found = _found(visitor, pk)
    file = get_object_or_404(found.documents.all(), pk=document)
    response = download(file.file, name_with_ending(file.name, file.file))
    if request.method == "GET":
        note_look(found, file, contact=visitor.contact, at=timezone.now())
    return response
