"""Fixed words of surveys: their kinds, the parts of a questionnaire, and what may be answered."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SurveyKind(models.TextChoices):
    """Who is asked about what; the first two go to enterprises, the last to graduates."""

    EMPLOYER = "employer", _("Employer satisfaction")
    DEMAND = "demand", _("Demand survey")
    GRADUATE = "graduate", _("Opinion of graduates")


class Part(models.TextChoices):
    """The headings of a questionnaire, in their order."""

    SERVICE = "service", _("The school's employment service")
    GRADUATES = "graduates", _("Our graduates at your enterprise")
    DEMAND = "demand", _("What you look for")
    WORK = "work", _("Your work")
    SCHOOL = "school", _("The school, looking back")


PARTS_OF: dict[str, tuple[Part, ...]] = {
    SurveyKind.EMPLOYER: (Part.SERVICE, Part.GRADUATES),
    SurveyKind.DEMAND: (Part.DEMAND,),
    SurveyKind.GRADUATE: (Part.WORK, Part.SCHOOL),
}


class AnswerKind(models.TextChoices):
    """How a question is answered."""

    SCALE = "scale", _("Four steps of satisfaction")
    MATCH = "match", _("How well work and major match")
    PAY = "pay", _("Band of pay")
    TEXT = "text", _("In words")


class Satisfaction(models.TextChoices):
    SATISFIED = "satisfied", pgettext_lazy("scale", "Satisfied")
    RATHER = "rather_satisfied", pgettext_lazy("scale", "Rather satisfied")
    NEUTRAL = "neutral", pgettext_lazy("scale", "Neutral")
    DISSATISFIED = "dissatisfied", pgettext_lazy("scale", "Not satisfied")


class Match(models.TextChoices):
    CLOSELY = "closely", pgettext_lazy("work and major", "Match closely")
    MOSTLY = "mostly", pgettext_lazy("work and major", "Match mostly")
    LITTLE = "little", pgettext_lazy("work and major", "Match a little")
    NOT_AT_ALL = "not_at_all", pgettext_lazy("work and major", "Do not match")


class PayBand(models.TextChoices):
    """Yuan a month before tax; the lower bound belongs to the band."""

    TO_3000 = "to_3000", _("Under 3,000 yuan")
    TO_5000 = "to_5000", _("3,000 to 5,000 yuan")
    TO_8000 = "to_8000", _("5,000 to 8,000 yuan")
    TO_12000 = "to_12000", _("8,000 to 12,000 yuan")
    OVER = "over_12000", _("12,000 yuan and more")


NOT_APPLICABLE = "na"
DOES_NOT_APPLY = pgettext_lazy("answer", "Does not apply")
Options = tuple[tuple[str, str | Promise], ...]
OPTIONS: dict[str, Options] = {
    AnswerKind.SCALE: tuple(Satisfaction.choices),
    AnswerKind.MATCH: tuple(Match.choices),
    AnswerKind.PAY: tuple(PayBand.choices),
    AnswerKind.TEXT: (),
}
# Satisfaction is the share of the first two steps among those who took a step; the same is said of work and major.
GOOD: dict[str, tuple[str, ...]] = {
    AnswerKind.SCALE: (Satisfaction.SATISFIED, Satisfaction.RATHER),
    AnswerKind.MATCH: (Match.CLOSELY, Match.MOSTLY),
}
SATISFIED = GOOD[AnswerKind.SCALE]


class SurveyState(models.TextChoices):
    """Where a survey stands on a day; it follows from its dates."""

    AHEAD = "planned", pgettext_lazy("survey", "Not begun")
    RUNNING = "running", pgettext_lazy("survey", "Running")
    CLOSED = "closed", pgettext_lazy("survey", "Closed")


class AskedState(models.TextChoices):
    """How far somebody came who was asked."""

    SENT = "sent", pgettext_lazy("survey", "Sent")
    OPENED = "opened", _("Opened, not answered")
    ANSWERED = "answered", _("Answered")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CAME_BACK = "unreachable", _("Letter came back")


class LinkEnd(models.TextChoices):
    """Why somebody who opens a link finds nothing to answer."""

    ANSWERED = "answered", _("Answered")
    EXPIRED = "expired", _("Expired")
    FORWARDED = "forwarded", _("Passed on")
    REPLACED = "replaced", _("Replaced by a newer letter")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", pgettext_lazy("survey", "Closed")
    AHEAD = "ahead", pgettext_lazy("survey", "Not begun")


RETIRED = (LinkEnd.FORWARDED, LinkEnd.REPLACED, LinkEnd.WITHDRAWN)
# Answers of graduates are shown for groups of at least so many.
FEWEST = 5
MOST_LINES = 5  # majors that one demand survey asks for
