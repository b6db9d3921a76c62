"""Industry-education communities (产教融合共同体): members, meetings and what is shared."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import track_links, tracked
from partnerships.choices.programmes import CommunityLevel, MeetingRole, MemberRole, MemberType
from partnerships.models.codes import Province
from partnerships.models.enterprises import Enterprise


class CommunityQuerySet(models.QuerySet["Community"]):
    def visible_to(self, user: User) -> CommunityQuerySet:
        return self if user.is_school_staff else self.none()


@tracked()
class Community(models.Model):
    """A body of schools, enterprises and others around one industry."""

    name = models.CharField(_("name"), max_length=200)
    level = models.CharField(_("level"), max_length=10, choices=CommunityLevel)
    industry = models.CharField(_("industry"), max_length=120)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@tracked()
class Membership(models.Model):
    """A unit's place in a community for a time; the school itself is a member too."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships")
    organisation = models.CharField(_("organisation"), max_length=200)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, blank=True, related_name="memberships")
    is_our_school = models.BooleanField(default=False)
    type = models.CharField(_("kind of unit"), max_length=12, choices=MemberType)
    role = models.CharField(_("role"), max_length=20, choices=MemberRole)
    province = models.ForeignKey(Province, models.PROTECT, null=True, blank=True, related_name="+")
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "organisation"],
                condition=Q(left_on__isnull=True),
                name="membership_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.organisation


@tracked()
class CommunityMeeting(models.Model):
    """A founding conference, plenary or council meeting of one or several communities."""

    communities = models.ManyToManyField(Community, related_name="meetings")
    name = models.CharField(_("name"), max_length=200)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    is_year_assumed = models.BooleanField(default=False, help_text="The account gives no year.")
    place = models.CharField(_("place"), max_length=200, blank=True)
    organisations_present = models.PositiveIntegerField(_("organisations present"), null=True, blank=True)
    provinces_present = models.PositiveSmallIntegerField(_("provinces"), null=True, blank=True)

    class Meta:
        ordering = ["-held_on", "pk"]

    def __str__(self) -> str:
        return self.name


CommunityMeetingCommunitiesLink = track_links(CommunityMeeting, "communities")


@tracked()
class MeetingPerson(models.Model):
    """Who chaired or spoke at a meeting, and for whom."""

    meeting = models.ForeignKey(CommunityMeeting, models.CASCADE, related_name="people")
    role = models.CharField(max_length=10, choices=MeetingRole)
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class Resolution(models.Model):
    """What a meeting approved."""

    meeting = models.ForeignKey(CommunityMeeting, models.CASCADE, related_name="resolutions")
    subject = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.subject


@tracked()
class SharedResource(models.Model):
    """What a unit shares with the communities."""

    meeting = models.ForeignKey(CommunityMeeting, models.CASCADE, related_name="shared_resources")
    organisation = models.CharField(max_length=200)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, blank=True, related_name="shared_resources")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
