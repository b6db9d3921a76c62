"""What was answered. An answer never changes; that of a graduate does not know whose it is."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Level, Role
from accounts.models.people import User
from accounts.models.school import College, Major
from core.history import tracked
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need
from surveys.models.asking import Invitation
from surveys.models.surveys import Survey, SurveyItem


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, user: User) -> AnswerQuerySet:
        """The office and leadership see all; college staff what was said about majors of their colleges."""
        if user.is_office or user.has_role(Role.LEADER):
            return self
        own = Answer.colleges.through._default_manager.filter(answer=OuterRef("pk"), college__in=user.college_ids)
        return self.filter(Exists(own))


class Answer(models.Model):
    """One answered questionnaire, with the majors that it speaks of."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="answers")
    invitation = models.OneToOneField(
        Invitation, models.CASCADE, null=True, blank=True, related_name="answer", help_text="Never of a graduate."
    )
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, null=True, blank=True, related_name="survey_answers")
    received_on = models.DateField(_("received"))
    majors = models.ManyToManyField(Major, related_name="survey_answers", blank=True, verbose_name=_("majors"))
    colleges = models.ManyToManyField(College, related_name="survey_answers", blank=True, verbose_name=_("colleges"))
    comment = models.TextField(_("Anything else you would like to say"), max_length=3000, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to surveys")
        constraints = [
            models.CheckConstraint(
                condition=Q(enterprise__isnull=True, invitation__isnull=True)
                | Q(enterprise__isnull=False, invitation__isnull=False),
                name="answer_of_enterprise_or_nameless",
            )
        ]

    def __str__(self) -> str:
        return str(self.enterprise or self.survey)


class Rating(models.Model):
    """What was said to one question: a step of its scale, that it does not apply, or words."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="ratings")
    item = models.ForeignKey(SurveyItem, models.PROTECT, related_name="ratings")
    value = models.CharField(max_length=20, blank=True)
    text = models.TextField(max_length=3000, blank=True)

    class Meta:
        ordering = ["item__place", "item"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "item"], name="rating_once"),
            models.CheckConstraint(condition=~Q(value="") | ~Q(text=""), name="rating_says_something"),
        ]
        indexes = [models.Index(fields=["item", "value"], name="rating_by_value")]

    def __str__(self) -> str:
        return self.value or self.text[:80]


@tracked()
class DemandLine(models.Model):
    """People of one major that an enterprise looks for; taken over it is a need of the enterprise."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="lines")
    major = models.ForeignKey(Major, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("major"))
    wanted = models.CharField(_("another major or post"), max_length=120, blank=True)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    level = models.CharField(_("level at least"), max_length=12, choices=Level, blank=True)
    monthly_pay = models.PositiveIntegerField(_("pay, yuan a month"), null=True, blank=True)
    need = models.OneToOneField(Need, models.SET_NULL, null=True, blank=True, related_name="survey_line")
    taken_over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(major__isnull=False) | ~Q(wanted=""), name="line_names_somebody")
        ]

    def __str__(self) -> str:
        return str(self.major) if self.major else self.wanted
