"""The text of an agreement: read, begun, written, compared, taken away as a document."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_once
from core.uploads import download
from drafting import text_rules as rules
from drafting.choices import DocumentFormat, DocumentLanguage
from drafting.forms.clauses import ClauseForms, clause_forms
from drafting.forms.texts import BeginForm, CompareForm, DocumentForm, TextForm
from drafting.models.texts import Revision
from drafting.selectors import texts as selectors
from drafting.selectors.comparing import Comparison, compare_clauses
from drafting.selectors.facts import still_missing, words_offered
from drafting.services import documents
from drafting.services import texts as services
from partnerships.choices.agreements import Track
from partnerships.models.agreements import Agreement


def _agreement(request: PortalRequest, pk: int) -> Agreement:
    return get_object_or_404(selectors.agreement_for_text(request.user), pk=pk)


def _number(request: PortalRequest, name: str, default: int) -> int:
    value = request.GET.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 6 else default


@staff_only
@require_GET
def text(request: PortalRequest, pk: int) -> HttpResponse:
    """The last revision filled with the facts, or the one that `?revision=` names."""
    agreement = _agreement(request, pk)
    revisions = selectors.revisions_of(agreement)
    context = {
        "agreement": agreement,
        "enterprise": agreement.enterprise,
        "revisions": revisions,
        "may_write": rules.can_write_text(request.user, agreement),
    }
    if revisions:
        number = _number(request, "revision", revisions[0].number)
        shown = selectors.revision_with_clauses(agreement, number) or revisions[0]
        context |= _reading(agreement, shown, revisions)
    return render(request, "drafting/text.html", context)


def _reading(agreement: Agreement, shown: Revision, revisions: list[Revision]) -> dict[str, object]:
    facts = selectors.facts_in_both(agreement)
    last = revisions[0].number
    initial = {"language": documents.language_of(shown), "format": DocumentFormat.PDF, "revision": shown.number}
    return {
        "revision": shown,
        "is_last": shown.number == last,
        "clauses": selectors.read_clauses(shown.clauses.all(), facts),
        "missing": still_missing(shown.clauses.all(), facts["zh-hans"]),
        "departures": selectors.departures(agreement, shown) if shown.number == last else [],
        "compare_form": CompareForm({"from": max(1, last - 1), "to": last}, revisions=revisions),
        "document_form": DocumentForm(initial=initial),
    }


@staff_only
@require_http_methods(["GET", "POST"])
def text_begin(request: PortalRequest, pk: int) -> HttpResponse:
    agreement = _agreement(request, pk)
    rules.can_write_text(request.user, agreement).or_raise()
    form = BeginForm(request.POST or None)
    form.fields["template"].queryset = selectors.templates_for(agreement)  # type: ignore[attr-defined]
    form.fields["template"].choices = selectors.template_choices(agreement)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        template = form.cleaned_data["template"]

        def begin() -> str:
            services.begin_text(agreement, template, by=request.user, at=timezone.now())
            return reverse("drafting:text", args=[pk])

        if address := attempt_once(form, begin):
            messages.success(request, _("The text is begun. Change its clauses to what was agreed."))
            return redirect(address)
    return render(request, "drafting/text_begin.html", {"form": form, "agreement": agreement})


@staff_only
@require_http_methods(["GET", "POST"])
def text_edit(request: PortalRequest, pk: int) -> HttpResponse:
    agreement = _agreement(request, pk)
    rules.can_write_text(request.user, agreement).or_raise()
    last = selectors.last_revision(agreement)
    if last is None:
        return redirect("drafting:text_begin", pk=pk)
    form = TextForm(request.POST or None, initial={"based_on": last.number})
    clauses = clause_forms(request.POST or None, last.clauses.all())
    if agreement.track == Track.STANDARD:
        clauses.keep_fixed(selectors.fixed_keys(agreement))
    sent = request.method == "POST" and all([form.is_valid(), clauses.is_valid()])
    if sent and attempt(form, lambda: _save(request, agreement, form, clauses)):
        return redirect("drafting:text", pk=pk)
    context = {"form": form, "clauses": clauses, "agreement": agreement, "words": words_offered()}
    return render(request, "drafting/text_edit.html", {**context, "between": _between(agreement, form)})


def _save(request: PortalRequest, agreement: Agreement, form: TextForm, clauses: ClauseForms) -> None:
    based_on = form.cleaned_data["based_on"]
    saved = services.save_text(
        agreement,
        based_on=based_on,
        clauses=clauses.clauses(),
        note=form.cleaned_data["note"],
        by=request.user,
        at=timezone.now(),
    )
    if saved.number == based_on:
        messages.info(request, _("Nothing was changed, so there is no new revision."))
    else:
        messages.success(request, _("Saved as revision %(number)s.") % {"number": saved.number})


def _between(agreement: Agreement, form: TextForm) -> Comparison | None:
    """What somebody else saved since the form was opened; the form then stands on the newest revision."""
    if not form.is_bound or not isinstance(form.cleaned_data.get("based_on"), int):
        return None
    last = selectors.last_revision(agreement)
    opened = selectors.revision_with_clauses(agreement, form.cleaned_data["based_on"])
    if last is None or opened is None or last.number == opened.number:
        return None
    form.rebase(last.number)
    return compare_clauses(list(opened.clauses.all()), list(last.clauses.all()))


@staff_only
@require_GET
def compare(request: PortalRequest, pk: int) -> HttpResponse:
    """Any two revisions; numbers that there are not give the last two."""
    agreement = _agreement(request, pk)
    revisions = selectors.revisions_of(agreement)
    if not revisions:
        return redirect("drafting:text", pk=pk)
    last = revisions[0].number
    numbers = _number(request, "from", max(1, last - 1)), _number(request, "to", last)
    before, after = (selectors.revision_with_clauses(agreement, number) for number in numbers)
    if before is None or after is None:
        return redirect("drafting:compare", pk=pk)
    context = {
        "agreement": agreement,
        "before": before,
        "after": after,
        "comparison": compare_clauses(list(before.clauses.all()), list(after.clauses.all())),
        "form": CompareForm({"from": before.number, "to": after.number}, revisions=revisions),
    }
    return render(request, "drafting/compare.html", context)


@staff_only
@require_GET
def document(request: PortalRequest, pk: int) -> FileResponse | HttpResponse:
    """Word or PDF of a revision; a question that makes no sense leads back to the text."""
    agreement = _agreement(request, pk)
    form = DocumentForm(request.GET)
    revision = form.is_valid() and selectors.revision_with_clauses(agreement, form.cleaned_data["revision"])
    if not revision:
        return redirect("drafting:text", pk=pk)
    language = DocumentLanguage(form.cleaned_data["language"])
    made = documents.document_file(
        agreement, revision, language=language, format=DocumentFormat(form.cleaned_data["format"])
    )
    return download(made, str(made.name))
