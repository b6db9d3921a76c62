"""What shows a promise: the page that links records of all apps to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from agreements.choices import EvidenceKind
from agreements.selectors.promises import promise_rows, standing_of
from agreements.selectors.sources import FITS, Found
from agreements.services.evidence import Counted, Key, show_evidence
from core.acting import attempt_edit
from partnerships import rules
from partnerships.models.commitments import Commitment
from visits.forms.evidence_picker import EvidenceForm
from visits.selectors import evidence_picker as selectors


@staff_only
@require_http_methods(["GET", "POST"])
def evidence_pick(request: PortalRequest, pk: int) -> HttpResponse:
    """Records of the enterprise, those that fit the promise first; ticked ones count."""
    promise = get_object_or_404(promise_rows(request.user), pk=pk)
    rules.can_close_promise(request.user, promise).or_raise()
    standing, found = standing_of(promise), selectors.found_records(request.user, promise)
    linked = selectors.linked_keys(standing)
    form = EvidenceForm(request.POST or None, offered={*found, *linked}, initial={"version": promise.version})
    known = {**{key: selectors.found_again(promise, row) for key, row in linked.items()}, **found}
    if request.method == "POST" and form.is_valid() and _save(request, form, promise, known):
        messages.success(request, _("The evidence is saved."))
        return redirect("agreements:promise", pk=pk)
    context = {
        "form": form,
        "standing": standing,
        "promise": promise,
        "groups": selectors.groups(standing, found, form.typed, fits=FITS[promise.kind]),
        "linked": {*linked, *(form.typed.was if form.typed else ())},
    }
    return render(request, "visits/evidence_pick.html", context)


def _save(request: PortalRequest, form: EvidenceForm, promise: Commitment, found: dict[str, Found]) -> bool:
    entered = form.cleaned_data
    counted = [Counted(found[key], form.numbers[key]) for key in entered["picked"]]
    gone = [_split(key) for key in entered["was"] if key not in entered["picked"]]
    return attempt_edit(
        form,
        promise,
        lambda: show_evidence(
            promise, version=entered["version"], counted=counted, gone=gone, words=form.said, by=request.user,
            at=timezone.now(),
        ),
    )  # fmt: skip


def _split(key: str) -> Key:
    kind, record = key.rsplit("-", 1)
    return EvidenceKind(kind).value, int(record)
