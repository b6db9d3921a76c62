"""The charter of a community, its organs, and who sits in them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from communities.choices import OrganKind, SeatRole
from core.history import tracked
from partnerships.models.communities import Community, Membership, Resolution


@tracked()
class Charter(models.Model):
    """A version of the charter (章程), and the vote by which it was adopted."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="charters")
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.FileField(_("file"), upload_to="charters/%Y/", blank=True)
    name = models.CharField(max_length=200, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    resolution = models.ForeignKey(
        Resolution, models.SET_NULL, null=True, blank=True, related_name="charters", verbose_name=_("resolution")
    )
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["community", "number"], name="charter_version_once")]

    def __str__(self) -> str:
        return f"{self.community} {self.number}"


@tracked()
class Organ(models.Model):
    """A council, secretariat, committee or work group of a community."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="organs")
    kind = models.CharField(_("kind"), max_length=14, choices=OrganKind)
    name = models.CharField(_("name"), max_length=120)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OrganKind.values), name="organ_kind_known"),
            models.UniqueConstraint(fields=["community", "name"], name="organ_once"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Seat(models.Model):
    """A person in an organ from a day to a day, for a member or by themselves."""

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="seats")
    membership = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="seats", verbose_name=_("for the member")
    )
    name = models.CharField(_("name"), max_length=80)
    title = models.CharField(_("position"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=18, choices=SeatRole, default=SeatRole.MEMBER)
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=SeatRole.values), name="seat_role_known"),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="seat_ends_after_start",
                violation_error_message=_("A term cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
