"""Postings, applications and events: their words and which state may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PostingKind(models.TextChoices):
    INTERNSHIP = "internship", _("Internship")
    JOB = "job", _("Job")
    CAMPUS = "campus", _("Campus recruitment")


class PostingState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")
    FILLED = "filled", _("Filled")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REJECTED = "rejected", _("Rejected")


POSTING_NEXT: dict[PostingState, frozenset[PostingState]] = {
    PostingState.DRAFT: frozenset({PostingState.IN_REVIEW, PostingState.WITHDRAWN}),
    PostingState.IN_REVIEW: frozenset({PostingState.PUBLISHED, PostingState.REJECTED, PostingState.WITHDRAWN}),
    PostingState.PUBLISHED: frozenset({PostingState.CLOSED, PostingState.FILLED, PostingState.WITHDRAWN}),
    PostingState.CLOSED: frozenset(),
    PostingState.FILLED: frozenset(),
    PostingState.WITHDRAWN: frozenset(),
    PostingState.REJECTED: frozenset({PostingState.DRAFT}),
}


class ApplicationState(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    SEEN = "seen", _("Seen")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    INTERVIEW = "interview", _("Interview")
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined by the student")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NO_REPLY = "no_reply", _("Closed without reply")


_ENDS = {ApplicationState.REJECTED, ApplicationState.WITHDRAWN, ApplicationState.NO_REPLY}
APPLICATION_NEXT: dict[ApplicationState, frozenset[ApplicationState]] = {
    ApplicationState.SUBMITTED: frozenset(
        {ApplicationState.SEEN, ApplicationState.SHORTLISTED, ApplicationState.INTERVIEW} | _ENDS
    ),
    ApplicationState.SEEN: frozenset({ApplicationState.SHORTLISTED, ApplicationState.INTERVIEW} | _ENDS),
    ApplicationState.SHORTLISTED: frozenset({ApplicationState.INTERVIEW, ApplicationState.OFFERED} | _ENDS),
    ApplicationState.INTERVIEW: frozenset({ApplicationState.OFFERED} | _ENDS),
    ApplicationState.OFFERED: frozenset(
        {ApplicationState.ACCEPTED, ApplicationState.DECLINED, ApplicationState.WITHDRAWN, ApplicationState.REJECTED}
    ),
    ApplicationState.ACCEPTED: frozenset(),
    ApplicationState.DECLINED: frozenset(),
    ApplicationState.REJECTED: frozenset(),
    ApplicationState.WITHDRAWN: frozenset(),
    ApplicationState.NO_REPLY: frozenset(),
}


class EventKind(models.TextChoices):
    TALK = "talk", _("Campus talk")
    FAIR = "fair", _("Job fair")
    RECOMMENDATION_MEETING = "recommendation_meeting", _("Recommendation meeting")
    THEMATIC_EDUCATION = "thematic_education", _("Thematic education")


class EventItemKind(models.TextChoices):
    CONTENT = "content", _("Content")
    AUDIENCE = "audience", _("Audience")
