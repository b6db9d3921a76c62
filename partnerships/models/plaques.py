"""Plaques that were awarded, where they hang, and when they were taken down."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from core.models import Versioned
from partnerships.choices.programmes import ProgrammeKind
from partnerships.models.agreements import Agreement
from partnerships.models.communities import CommunityMeeting
from partnerships.models.enterprises import Enterprise
from partnerships.models.programmes import Programme


class PlaqueQuerySet(models.QuerySet["Plaque"]):
    def visible_to(self, user: User) -> PlaqueQuerySet:
        return self if user.is_school_staff else self.none()


@tracked()
class Plaque(Versioned):
    """A plaque awarded (授牌) to a unit, and taken down (摘牌) one day."""

    awarded_to = models.CharField(_("awarded to"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=ProgrammeKind)
    text = models.CharField(_("words on the plaque"), max_length=200, blank=True)
    enterprise = models.ForeignKey(
        Enterprise, models.SET_NULL, null=True, blank=True, related_name="plaques", verbose_name=_("enterprise")
    )
    agreement = models.ForeignKey(
        Agreement, models.SET_NULL, null=True, blank=True, related_name="plaques", verbose_name=_("agreement")
    )
    programme = models.ForeignKey(
        Programme, models.SET_NULL, null=True, blank=True, related_name="plaques", verbose_name=_("programme")
    )
    meeting = models.ForeignKey(
        CommunityMeeting, models.SET_NULL, null=True, blank=True, related_name="plaques", verbose_name=_("meeting")
    )
    awarded_on = models.DateField(_("awarded on"), null=True, blank=True)
    place = models.CharField(_("where it hangs"), max_length=200, blank=True)
    photo = models.FileField(_("photo"), upload_to="plaques/%Y/", blank=True)
    photo_name = models.CharField(max_length=200, blank=True)
    taken_down_on = models.DateField(_("taken down on"), null=True, blank=True)
    taken_down_why = models.CharField(_("why it was taken down"), max_length=300, blank=True)

    objects = PlaqueQuerySet.as_manager()

    class Meta:
        ordering = ["-awarded_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_down_on__isnull=True)
                | Q(awarded_on__isnull=True)
                | Q(taken_down_on__gte=F("awarded_on")),
                name="plaque_down_after_award",
                violation_error_message=_("A plaque cannot be taken down before it was awarded."),
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.awarded_to
