"""Questionnaires: the set of questions of each kind, and the surveys made of them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from core.models import Versioned
from core.names import in_language
from surveys.choices import AnswerKind, Part, SurveyKind, SurveyState


class Worded(models.Model):
    """Words in one or both languages; who reads the other one reads what there is."""

    name_zh = models.CharField(_("in Chinese"), max_length=200, blank=True)
    name_en = models.CharField(_("in English"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)


SAYS_SOMETHING = ~Q(name_zh="") | ~Q(name_en="")


@tracked()
class SetItem(Worded):
    """A question that surveys of a kind are made of; taking it out of the set leaves it in the surveys that have it."""

    code = models.CharField(max_length=30, unique=True, null=True, blank=True, help_text="Of a question we brought.")
    kind = models.CharField(_("kind"), max_length=10, choices=SurveyKind)
    part = models.CharField(_("heading"), max_length=10, choices=Part)
    answer = models.CharField(_("answered"), max_length=6, choices=AnswerKind, default=AnswerKind.SCALE)
    place = models.PositiveSmallIntegerField(_("place"), default=0)
    is_active = models.BooleanField(_("offered for new surveys"), default=True)

    class Meta:
        ordering = ["kind", "place", "pk"]
        verbose_name = _("question of the set")
        constraints = [
            models.CheckConstraint(condition=SAYS_SOMETHING, name="set_item_says_something"),
            models.CheckConstraint(condition=Q(kind__in=SurveyKind.values), name="set_item_kind_known"),
            models.CheckConstraint(condition=Q(answer__in=AnswerKind.values), name="set_item_answer_known"),
        ]


class SurveyQuerySet(models.QuerySet["Survey"]):
    def visible_to(self, user: User) -> SurveyQuerySet:
        """All staff know of every survey; what of its answers they see is said by AnswerQuerySet."""
        return self if user.is_school_staff else self.none()

    def running(self, on: date) -> SurveyQuerySet:
        return self.filter(closed_at=None, opens_on__lte=on, closes_on__gte=on)


@tracked()
class Survey(Worded, Versioned):
    """A questionnaire that is sent out; once it is answered, other questions make a new version of it."""

    kind = models.CharField(_("kind"), max_length=10, choices=SurveyKind)
    class_of = models.PositiveSmallIntegerField(_("graduating class"), null=True, blank=True)
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("to"))
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    first = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later", editable=False,
        help_text="The first version, of a later one.",
    )  # fmt: skip
    number = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-pk"]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        constraints = [
            models.CheckConstraint(condition=SAYS_SOMETHING, name="survey_says_something"),
            models.CheckConstraint(condition=Q(kind__in=SurveyKind.values), name="survey_kind_known"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="survey_closes_after_opening",
                violation_error_message=_("The survey cannot end before it begins."),
            ),
            models.UniqueConstraint(fields=["first", "number"], name="survey_version_once"),
        ]

    def __str__(self) -> str:
        title = in_language(self.name_zh, self.name_en)
        if self.number == 1:
            return title
        return _text("%(title)s (version %(number)s)") % {"title": title, "number": self.number}

    @property
    def is_of_graduates(self) -> bool:
        return self.kind == SurveyKind.GRADUATE

    def state_on(self, day: date) -> SurveyState:
        if self.closed_at is not None or self.closes_on < day:
            return SurveyState.CLOSED
        return SurveyState.AHEAD if self.opens_on > day else SurveyState.RUNNING


@tracked()
class SurveyItem(Worded):
    """A question of one survey, as it was asked."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="items")
    set_item = models.ForeignKey(SetItem, models.SET_NULL, null=True, blank=True, related_name="+")
    part = models.CharField(_("heading"), max_length=10, choices=Part)
    answer = models.CharField(_("answered"), max_length=6, choices=AnswerKind)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.CheckConstraint(condition=SAYS_SOMETHING, name="survey_item_says_something"),
            models.CheckConstraint(condition=Q(answer__in=AnswerKind.values), name="survey_item_answer_known"),
        ]
