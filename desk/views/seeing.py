"""Applicants as an enterprise sees them, whichever way it came; a visitor says which are its own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.choices import Level
from core.acting import attempt_edit
from core.paging import page_of
from core.uploads import download, name_with_ending
from desk.forms import AnswerForm
from desk.selectors import applicants as selectors
from desk.services import answering
from desk.services.looking import note_look
from desk.visitors import Visitor
from placements.choices import ApplicationState
from placements.models.applications import Application
from placements.models.postings import Posting
from placements.selectors.applications import application_path


def list_page(request: HttpRequest, visitor: Visitor, posting: Posting) -> HttpResponse:
    """Who applied to one posting."""
    page = page_of(selectors.applicants(visitor, posting), request)
    context = {
        "visitor": visitor, "base": visitor.base, "posting": posting, "page": page, "link": bool(visitor.token),
        "rows": [(row, visitor.address("application", row.pk)) for row in page],
        "forward": visitor.address("forward") if visitor.token else "",
    }  # fmt: skip
    return render(request, "desk/applicants.html", context)


def _found(visitor: Visitor, pk: int) -> Application:
    return get_object_or_404(selectors.application(visitor, pk))


def application_page(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """What one student sent; that it was looked at is kept."""
    found = _found(visitor, pk)
    if request.method == "GET":
        note_look(found, contact=visitor.contact, by=visitor.user, name=visitor.name, at=timezone.now())
    return _application(request, visitor, found, AnswerForm(initial={"version": found.version}))


def _application(request: HttpRequest, visitor: Visitor, found: Application, form: AnswerForm) -> HttpResponse:
    moves = list(found.moves.all())
    context = {
        "visitor": visitor, "base": visitor.base, "application": found, "posting": found.posting, "form": form,
        "link": bool(visitor.token), "moves": answering.possible_answers(found), "history": moves,
        "path": application_path(found, moves), "level": dict(Level.choices).get(found.snapshot.get("level", ""), ""),
        "documents": [(each, visitor.address("document", found.pk, each.pk)) for each in found.documents.all()],
        "action": visitor.address("application_move", found.pk), "back": visitor.list_address(found.posting),
    }  # fmt: skip
    return render(request, "desk/application.html", context, status=422 if form.errors else 200)


def move(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """One answer; what cannot be is said on the page of the application, with what was typed."""
    found = _found(visitor, pk)
    form = AnswerForm(request.POST)

    def answer() -> object:
        said = form.cleaned_data
        return answering.answer_application(
            found, ApplicationState(said["to"]), contact=visitor.contact, by=visitor.user, version=said["version"],
            at=timezone.now(), reason=said["reason"], rejection=said["rejection"],
        )  # fmt: skip

    if form.is_valid() and attempt_edit(form, found, answer):
        return redirect(visitor.address("application", pk))
    return _application(request, visitor, _found(visitor, pk), form)


def document(request: HttpRequest, visitor: Visitor, pk: int, document: int) -> HttpResponseBase:
    """A file as the student sent it; who opened it is kept."""
    found = _found(visitor, pk)
    file = next((each for each in found.documents.all() if each.pk == document), None)
    if file is None:
        raise Http404
    response = download(file.file, name_with_ending(file.name, file.file))
    if request.method == "GET":
        note_look(found, document=file, contact=visitor.contact, by=visitor.user, name=visitor.name, at=timezone.now())
    return response
