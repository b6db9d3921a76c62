"""The review of an agreement: how it stands, and what is said and decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_once
from drafting.forms.reviews import CommentForm, DecideForm, HandOnForm, ReviewMoveForm
from drafting.models.reviews import DraftComment, ReviewStep
from drafting.selectors import reviews as selectors
from drafting.services import comments
from drafting.services import reviews as services
from partnerships.choices.agreements import AgreementState
from partnerships.models.agreements import Agreement


def _agreement(request: PortalRequest, pk: int) -> Agreement:
    return get_object_or_404(selectors.agreements_in_review(request.user), pk=pk)


def _step(request: PortalRequest, pk: int) -> ReviewStep:
    """A step of an agreement that the person sees."""
    step = get_object_or_404(ReviewStep.objects.select_related("reviewer"), pk=pk)
    step.agreement = _agreement(request, step.agreement_id)
    return step


def _show(request: PortalRequest, agreement: Agreement, **forms: Any) -> HttpResponse:
    """The page; a form that was sent and is not right stands in it as it was filled in."""
    page = selectors.review_page(request.user, agreement, on=timezone.localdate())
    hand_on = HandOnForm(step=page.open_step) if page.open_step and page.may_hand_on else None
    context = {
        "agreement": agreement,
        "enterprise": agreement.enterprise,
        "page": page,
        "decide_form": DecideForm(),
        "hand_on_form": hand_on,
        "comment_form": CommentForm(revision=page.revision),
        "move_form": None,
        **forms,
    }
    return render(request, "drafting/review.html", context)


@staff_only
@require_GET
def review(request: PortalRequest, pk: int) -> HttpResponse:
    return _show(request, _agreement(request, pk))


@staff_only
@require_POST
def review_move(request: PortalRequest, pk: int) -> HttpResponse:
    """Send to review, take back to draft, or end."""
    agreement, form = _agreement(request, pk), ReviewMoveForm(request.POST)
    sends = form.is_valid() and form.cleaned_data["to"] == AgreementState.IN_REVIEW

    def act() -> None:
        note, by, at = form.cleaned_data["note"], request.user, timezone.now()
        if sends:
            services.send_to_review(agreement, by=by, at=at, note=note)
        else:
            services.stop_review(agreement, form.cleaned_data["to"], by=by, at=at, note=note)

    if not form.is_valid() or not attempt(form, act):
        return _show(request, agreement, move_form=form)
    said = AgreementState(form.cleaned_data["to"]).label
    messages.success(request, _("The agreement is now: %(state)s.") % {"state": said})
    return redirect("drafting:review" if sends else "agreements:agreement", pk=pk)


@staff_only
@require_POST
def review_decide(request: PortalRequest, pk: int) -> HttpResponse:
    """Approve a step or return the draft; what was decided meanwhile is told on a page of its own."""
    step, form = _step(request, pk), DecideForm(request.POST)
    if not form.is_valid():
        return _show(request, step.agreement, decide_form=form)
    comment, by, at = form.cleaned_data["comment"], request.user, timezone.now()
    if form.cleaned_data["answer"] == DecideForm.APPROVE:
        services.approve(step, by=by, at=at, comment=comment)
        messages.success(request, _("You have approved the draft."))
    else:
        services.return_for_correction(step, by=by, at=at, comment=comment)
        messages.success(request, _("The draft was returned for correction; its owner is told."))
    return redirect("drafting:review", pk=step.agreement_id)


@staff_only
@require_POST
def review_hand_on(request: PortalRequest, pk: int) -> HttpResponse:
    step = _step(request, pk)
    form = HandOnForm(request.POST, step=step)

    def act() -> None:
        said = form.cleaned_data
        services.hand_on(step, to=said["to"], note=said["note"], by=request.user, at=timezone.now())

    if not form.is_valid() or not attempt(form, act):
        return _show(request, step.agreement, hand_on_form=form)
    messages.success(request, _("%(person)s has the step now and is told.") % {"person": form.cleaned_data["to"]})
    return redirect("drafting:review", pk=step.agreement_id)


@staff_only
@require_POST
def comment_new(request: PortalRequest, pk: int) -> HttpResponse:
    agreement = _agreement(request, pk)
    revision = agreement.revisions.prefetch_related("clauses").first()
    form = CommentForm(request.POST, revision=revision)

    def act() -> str:
        said = {"text": form.cleaned_data["text"], "clause": form.cleaned_data.get("clause")}
        comments.comment_on_draft(agreement, revision=revision, **said, by=request.user, at=timezone.now())
        return reverse("drafting:review", args=[pk])

    if form.is_valid() and (address := attempt_once(form, act)):
        messages.success(request, _("Your comment stands with the draft."))
        return redirect(address)
    return _show(request, agreement, comment_form=form)


@staff_only
@require_POST
def comment_settle(request: PortalRequest, pk: int) -> HttpResponse:
    """Settle a comment, or with `reopen` open it again."""
    comment = get_object_or_404(DraftComment, pk=pk)
    comment.agreement = _agreement(request, comment.agreement_id)
    if request.POST.get("reopen"):
        comments.reopen_comment(comment, by=request.user)
    else:
        comments.settle_comment(comment, by=request.user, at=timezone.now())
    return redirect(f"{reverse('drafting:review', args=[comment.agreement_id])}#comments")
