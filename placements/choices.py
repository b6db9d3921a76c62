"""Postings and applications: their words and which state may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PostingKind(models.TextChoices):
    INTERNSHIP = "internship", _("Internship")
    JOB = "job", _("Job")
    CAMPUS = "campus", _("Campus recruitment")


class PostingState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("of a posting", "Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")
    FILLED = "filled", _("Filled")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REJECTED = "rejected", _("Rejected")


POSTING_NEXT: dict[PostingState, frozenset[PostingState]] = {
    PostingState.DRAFT: frozenset({PostingState.IN_REVIEW, PostingState.WITHDRAWN}),
    PostingState.IN_REVIEW: frozenset(
        {PostingState.DRAFT, PostingState.PUBLISHED, PostingState.REJECTED, PostingState.WITHDRAWN}
    ),
    PostingState.PUBLISHED: frozenset({PostingState.CLOSED, PostingState.FILLED, PostingState.WITHDRAWN}),
    PostingState.CLOSED: frozenset(),
    PostingState.FILLED: frozenset(),
    PostingState.WITHDRAWN: frozenset(),
    PostingState.REJECTED: frozenset({PostingState.DRAFT}),
}
# Published once and not withdrawn: students may have applied.
STANDING = (PostingState.PUBLISHED, PostingState.CLOSED, PostingState.FILLED)
# What the rules of the review do themselves, and nobody by a button: a published posting is held after a change.
POSTING_HELD: dict[PostingState, frozenset[PostingState]] = {
    PostingState.PUBLISHED: frozenset({PostingState.IN_REVIEW}),
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


# Before an answer: what the enterprise promised is a day to look out for.
WAITING = (
    ApplicationState.SUBMITTED,
    ApplicationState.SEEN,
    ApplicationState.SHORTLISTED,
    ApplicationState.INTERVIEW,
)
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


class PayPeriod(models.TextChoices):
    """What the pay of a posting is given for."""

    HOUR = "hour", _("an hour")
    DAY = "day", _("a day")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


# 21.75 paid days a month of 8 hours: 劳社部发〔2008〕3号.
MONTHLY = {PayPeriod.HOUR: 174, PayPeriod.DAY: 21.75, PayPeriod.MONTH: 1, PayPeriod.YEAR: 1 / 12}


class WorkMode(models.TextChoices):
    ON_SITE = "on_site", pgettext_lazy("of work", "On site")
    HYBRID = "hybrid", _("Partly remote")
    REMOTE = "remote", _("Remote")


class PostingSource(models.TextChoices):
    """Where a posting came from."""

    STAFF = "staff", _("Entered by staff")
    VISIT = "visit", _("From a visit")
    LINK = "link", _("Offered by signed link")
    ACCOUNT = "account", _("Offered by the enterprise's account")
    EXCEL = "excel", _("From Excel")
    COPY = "copy", _("Copy of an earlier one")


class DocumentKind(models.TextChoices):
    """What an application is asked to bring, and what was sent with it."""

    RESUME = "resume", _("Résumé")
    LETTER = "letter", _("Cover letter")
    TRANSCRIPT = "transcript", _("Transcript of grades")
    PORTFOLIO = "portfolio", _("Portfolio")
    CERTIFICATE = "certificate", _("Certificate")
    OTHER = "other", pgettext_lazy("of a document", "Other")


class QuestionKind(models.TextChoices):
    YES_NO = "yes_no", _("Yes or no")
    CHOICE = "choice", _("One of several")
    NUMBER = "number", _("A number")
    TEXT = "text", pgettext_lazy("of an answer", "A few words")


class HoldRule(models.TextChoices):
    """Why a posting is not published by itself."""

    PAY = "pay", _("Pay below the local minimum")
    FEE = "fee", _("Words of fees or deposits")
    AGENCY = "agency", _("Words of agencies")
    ELSEWHERE = "elsewhere", _("An address that leads elsewhere")
    UNVERIFIED = "unverified", _("The enterprise is not verified")
    SEX = "sex", _("Asks for a sex")
    AGE = "age", _("Asks for an age")
    ORIGIN = "origin", _("Asks for an origin")


class ResumeSection(models.TextChoices):
    EDUCATION = "education", pgettext_lazy("of a résumé", "Education")
    INTERNSHIP = "internship", _("Internships and work")
    PROJECT = "project", _("Projects and works")
    AWARD = "award", _("Awards")
    CERTIFICATE = "certificate", _("Certificates")
    ACTIVITY = "activity", _("Activities")
