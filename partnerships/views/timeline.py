"""What happened around an enterprise: the stream, the letters in it, and the printed brief."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from accounts.access import office_only, staff_only
from accounts.http import PortalRequest
from core.paging import page_of
from core.pdf import render_pdf
from partnerships.forms.timeline import TimelineFilter
from partnerships.models.enterprises import Enterprise
from partnerships.models.timeline import TimelineEntry
from partnerships.selectors import timeline as selectors
from partnerships.selectors.brief import brief_data
from partnerships.selectors.enterprises import enterprise_with_names

BRIEF = Path(settings.BASE_DIR) / "templates" / "partnerships" / "brief.typ"


@staff_only
@require_GET
def timeline(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    form = TimelineFilter(request.GET, people=selectors.people_in(request.user, record))
    context = {
        "enterprise": record,
        "form": form,
        "page": page_of(selectors.timeline(request.user, record, form.chosen), request),
        "periods": form.periods(selectors.periods(timezone.localdate())),
    }
    template = "partnerships/timeline.html#rows" if request.htmx else "partnerships/timeline.html"
    return render(request, template, context)


@office_only
@require_GET
def letter(request: PortalRequest, pk: int) -> HttpResponse:
    """The letter behind an entry, as it was stored for sending."""
    visible = TimelineEntry.objects.visible_to(request.user).select_related("enterprise", "by")
    entry = get_object_or_404(visible, pk=pk)
    message = selectors.letter(entry)
    if message is None:
        raise Http404
    context = {"entry": entry, "enterprise": entry.enterprise, "message": message, "text": selectors.shown(message)}
    return render(request, "partnerships/letter.html", context)


@staff_only
@require_GET
def brief(request: PortalRequest, pk: int) -> HttpResponseBase:
    """One page to print before a meeting, in the language asked for with `?language=` or else the reader's."""
    record = get_object_or_404(enterprise_with_names(request.user), pk=pk)
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        pdf = render_pdf(BRIEF, brief_data(request.user, record, on=timezone.localdate()))
    return FileResponse(BytesIO(pdf), filename=f"{record.legal_name}.pdf", content_type="application/pdf")
