"""What came of a visit: offers per major, intentions, things to do, and the papers that show it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.school import Major
from core.history import tracked
from core.models import Versioned
from core.uploads import name_with_ending
from visits.choices import EvidenceKind, FollowUpState, IntentionKind, IntentionState
from visits.models.visits import Visit


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def places(self) -> int:
        """Posts and internships together."""
        return int(self.order_by().aggregate(total=Sum(F("posts") + F("internships")))["total"] or 0)


@tracked()
class Outcome(models.Model):
    """What the enterprise offered for one major: posts and internships with their pay, yuan a month."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="outcomes")
    major = models.ForeignKey(Major, models.PROTECT, related_name="outcomes", verbose_name=_("major"))
    posts = models.PositiveIntegerField(_("posts"), default=0)
    average_pay = models.PositiveIntegerField(_("average pay"), null=True, blank=True)
    graduates = models.PositiveIntegerField(
        _("graduates it means to take"), null=True, blank=True, help_text=_("Where it said so beside the posts.")
    )
    post_pay = models.PositiveIntegerField(_("starting pay"), null=True, blank=True)
    internships = models.PositiveIntegerField(_("internships"), default=0)
    internship_pay = models.PositiveIntegerField(_("internship pay"), null=True, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["visit", "major"], name="outcome_once_per_major")]

    def __str__(self) -> str:
        return f"{self.major}: {self.posts} + {self.internships}"


@tracked()
class Intention(models.Model):
    """What both sides mean to do, or agreed to, at a visit."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="intentions")
    kind = models.CharField(_("kind"), max_length=20, choices=IntentionKind)
    name = models.CharField(_("intention"), max_length=200)
    terms = models.CharField(_("terms"), max_length=300, blank=True)
    class_of = models.PositiveSmallIntegerField(_("graduating class"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=IntentionState, default=IntentionState.INTENDED)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def open(self) -> FollowUpQuerySet:
        return self.filter(state=FollowUpState.OPEN)

    def due_by(self, day: date) -> FollowUpQuerySet:
        return self.open().filter(due_on__lte=day)


@tracked()
class FollowUp(Versioned):
    """One thing to do after a visit, with an owner and a day."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="follow_ups")
    what = models.CharField(_("what is to be done"), max_length=300)
    owner = models.ForeignKey(User, models.PROTECT, related_name="follow_ups", verbose_name=_("owner"))
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=8, choices=FollowUpState, default=FollowUpState.OPEN)
    result = models.CharField(_("result"), max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FollowUpState.values), name="follow_up_state_known")
        ]
        indexes = [models.Index(fields=["due_on"], name="follow_up_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return self.what


@tracked()
class Evidence(models.Model):
    """A photo, sign-in sheet, demand report or news link that shows what happened."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=20, choices=EvidenceKind)
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(_("file"), upload_to="evidence/%Y/", blank=True)
    url = models.URLField(_("address"), blank=True)
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    added_at = models.DateTimeField(auto_now_add=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False, help_text="Of the file as it is kept.")

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def file_name(self) -> str:
        """What the file is called when it leaves: its name on file, with the ending of its kind."""
        return name_with_ending(self.name, self.file)
