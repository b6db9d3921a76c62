"""Words and looks of the pages of postings and applications: buttons, pay, broad classes, documents, spans of time."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.utils.formats import localize
from django.utils.translation import pgettext_lazy

from placements.broad_classes import class_name
from placements.choices import ApplicationState, DocumentKind, PostingState
from placements.models.applications import Application
from placements.models.postings import Posting
from placements.pay import monthly_in_words, pay_in_short, pay_in_words
from placements.selectors.medians import in_days

register = template.Library()

LABELS = {
    PostingState.DRAFT: pgettext_lazy("button", "Back to draft"),
    PostingState.IN_REVIEW: pgettext_lazy("button", "Send to review"),
    PostingState.PUBLISHED: pgettext_lazy("button", "Publish"),
    PostingState.CLOSED: pgettext_lazy("button", "Close"),
    PostingState.FILLED: pgettext_lazy("button", "Mark as filled"),
    PostingState.WITHDRAWN: pgettext_lazy("button", "Withdraw"),
    PostingState.REJECTED: pgettext_lazy("button", "Reject"),
}
APPLICATION_LABELS = {
    ApplicationState.SEEN: pgettext_lazy("button", "Mark as seen"),
    ApplicationState.SHORTLISTED: pgettext_lazy("button", "Shortlist"),
    ApplicationState.INTERVIEW: pgettext_lazy("button", "Invite to interview"),
    ApplicationState.OFFERED: pgettext_lazy("button", "Offer"),
    ApplicationState.ACCEPTED: pgettext_lazy("button", "Accept the offer"),
    ApplicationState.DECLINED: pgettext_lazy("button", "Decline the offer"),
    ApplicationState.REJECTED: pgettext_lazy("button", "Reject"),
    ApplicationState.NO_REPLY: pgettext_lazy("button", "Close without reply"),
}

REFUSALS = {PostingState.WITHDRAWN, PostingState.REJECTED, ApplicationState.DECLINED, ApplicationState.REJECTED}


@register.filter
def move_look(state: PostingState | ApplicationState, is_first: bool) -> str:  # noqa: FBT001  a filter's argument
    """The look of that button: the way forward is filled, a refusal is red."""
    if state in REFUSALS:
        return "outline-danger"
    return "primary" if is_first and state != PostingState.CLOSED else "outline-secondary"


@register.simple_tag
def move_label(state: PostingState | ApplicationState) -> str:
    """What the button says that moves something to this state."""
    if isinstance(state, PostingState):
        return str(LABELS[state])
    return str(APPLICATION_LABELS[state])


@register.filter
def short_pay(posting: Posting) -> str:
    """The pay with what it is for, for a row."""
    return pay_in_short(posting)


@register.filter
def full_pay(posting: Posting) -> str:
    """All that the posting says of its pay."""
    return pay_in_words(posting)


@register.filter
def monthly_pay(posting: Posting) -> str:
    """What it comes to in a month, where it is given for something else."""
    return monthly_in_words(posting)


@register.filter
def broad_class(code: str) -> str:
    """The name of a broad class of majors."""
    return class_name(code)


@register.filter
def document_name(kind: str) -> str:
    """A document that a posting wants, in words."""
    return str(DocumentKind(kind).label)


@register.simple_tag
def tick(application: Application) -> str:
    """What a ticked application sends: itself, and the version that the page showed."""
    return f"{application.pk}:{application.version}"


@register.simple_tag
def span_in_days(span: timedelta | None) -> str:
    """A span of time, to a tenth of a day."""
    days = in_days(span)
    return "–" if days is None else localize(days)
