"""What enterprises ask for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.school import Major
from core.history import track_links, tracked
from core.models import Versioned
from partnerships.choices.needs import NeedKind, NeedSource, NeedState
from partnerships.models.enterprises import Enterprise
from partnerships.models.freshness import Confirmable


class NeedQuerySet(models.QuerySet["Need"]):
    def visible_to(self, user: User) -> NeedQuerySet:
        return self if user.is_school_staff else self.none()

    def open(self) -> NeedQuerySet:
        return self.filter(state=NeedState.OPEN)

    def with_names(self) -> NeedQuerySet:
        """With the people and majors that rows name; one query more."""
        return self.select_related("owner", "confirmed_by", "confirmed_via").prefetch_related("majors")


@tracked()
class Need(Confirmable, Versioned):
    """What an enterprise asked for, when, and what became of it."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="needs")
    kind = models.CharField(_("kind"), max_length=20, choices=NeedKind)
    source = models.CharField(_("learnt from"), max_length=10, choices=NeedSource, default=NeedSource.STAFF)
    description = models.CharField(_("what is needed"), max_length=300)
    majors = models.ManyToManyField(Major, related_name="needs", blank=True, verbose_name=_("majors"))
    headcount = models.PositiveIntegerField(_("number"), null=True, blank=True)
    monthly_pay = models.PositiveIntegerField(_("pay, yuan a month"), null=True, blank=True)
    wanted_by = models.DateField(_("wanted by"), null=True, blank=True)
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("owner")
    )
    state = models.CharField(_("state"), max_length=8, choices=NeedState, default=NeedState.OPEN)
    result = models.CharField(_("result"), max_length=300, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["state", "wanted_by", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=NeedState.values), name="need_state_known"),
            models.CheckConstraint(condition=Q(source__in=NeedSource.values), name="need_source_known"),
        ]
        indexes = [models.Index(fields=["confirmed_at"], name="need_open_since", condition=Q(state=NeedState.OPEN))]

    def __str__(self) -> str:
        return self.description

    @property
    def is_open(self) -> bool:
        return self.state == NeedState.OPEN


NeedMajorsLink = track_links(Need, "majors")
