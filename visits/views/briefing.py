"""The briefing of a visit: a page for the phone, a sheet of paper, and one for a whole trip."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt_edit
from core.pdf import render_pdf
from partnerships.choices.agreements import Side
from visits import rules
from visits.choices import AHEAD, TopicKind, VisitState
from visits.forms.questions import QuestionsForm
from visits.models.campaigns import Trip
from visits.models.visits import Visit
from visits.selectors import briefing as selectors
from visits.selectors import visits, words
from visits.selectors.briefing_sheet import sheets
from visits.services.briefing import write_questions

SHEET = Path(settings.BASE_DIR) / "templates" / "visits" / "briefing.typ"


@staff_only
@require_http_methods(["GET", "POST"])
def briefing(request: PortalRequest, pk: int) -> HttpResponse:
    """What to know before going there; the questions may be written down here."""
    visit = get_object_or_404(visits.visit_with_people(request.user), pk=pk)
    on = timezone.localdate()
    known = selectors.background(request.user, visit, on=on)
    asked = selectors.questions_for(visit, known, on=on)
    form = QuestionsForm(request.POST or None, initial={"version": visit.version, "questions": "\n".join(asked)})
    if request.method == "POST" and _written(request, visit, form):
        messages.success(request, _("Saved."))
        return redirect("visits:briefing", pk=pk)
    page = {"background": known, "questions": asked, "form": form, **_around(request, visit, known)}
    return render(request, "visits/briefing.html", page)


def _written(request: PortalRequest, visit: Visit, form: QuestionsForm) -> bool:
    rules.can_ask(request.user, visit).or_raise()
    return form.is_valid() and attempt_edit(
        form,
        visit,
        lambda: write_questions(visit, **form.cleaned_data, by=request.user, at=timezone.now()),
    )


def _around(request: PortalRequest, visit: Visit, known: selectors.Background) -> dict[str, object]:
    """The plan, and who meets whom."""
    on, user = timezone.localdate(), request.user
    hosts = visits.of_side(visit, Side.ENTERPRISE)
    knows = {contact.pk: contact for contact in known.contacts}
    met = {person.contact_id for person in hosts}
    return {
        "visit": visit,
        "party": visits.of_side(visit, Side.SCHOOL),
        "hosts": [(person, knows.get(person.contact_id or 0)) for person in hosts],
        "others": [contact for contact in known.contacts if contact.pk not in met][:3],
        "topics": words.topics_of(visit, TopicKind.TOPIC),
        "agenda": words.topics_of(visit, TopicKind.AGENDA),
        "campaigns": words.campaigns_of(visit),
        "flags": words.flags_of(visit),
        "today": on,
        "is_ahead": visit.state in AHEAD,
        "may_ask": rules.can_ask(user, visit),
        "may_report": visits.may_report_now(user, visit, on=on),
    }


@staff_only
@require_GET
def briefing_pdf(request: PortalRequest, pk: int) -> HttpResponseBase:
    """One sheet of paper, in the language asked for with `?language=` or else the reader's."""
    visit = get_object_or_404(visits.visit_with_people(request.user), pk=pk)
    return _pdf(request, [visit], name=visit.enterprise.legal_name)


@staff_only
@require_GET
def trip_briefing_pdf(request: PortalRequest, pk: int) -> HttpResponseBase:
    """A sheet per stop, in the order of travel."""
    trip = get_object_or_404(Trip.objects.visible_to(request.user), pk=pk)
    stops = visits.visit_with_people(request.user).filter(trip=trip).exclude(state=VisitState.CANCELLED)
    ordered = list(stops.order_by("starts_on", "stop", "starts_at_time", "pk"))
    if not ordered:
        raise Http404
    return _pdf(request, ordered, name=trip.name)


def _pdf(request: PortalRequest, stops: list[Visit], *, name: str) -> FileResponse:
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        pdf = render_pdf(SHEET, sheets(request.user, stops, on=timezone.localdate()))
    return FileResponse(BytesIO(pdf), filename=f"{name}.pdf", content_type="application/pdf")
