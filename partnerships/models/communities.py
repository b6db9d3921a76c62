"""Industry-education communities (产教融合共同体): members, meetings and what is shared."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import track_links, tracked
from core.models import Versioned
from partnerships.choices.programmes import (
    CommunityKind,
    CommunityLevel,
    MeetingKind,
    MeetingRole,
    MemberRole,
    MemberType,
    ResourceKind,
)
from partnerships.models.codes import Province
from partnerships.models.enterprises import Enterprise


class CommunityQuerySet(models.QuerySet["Community"]):
    def visible_to(self, user: User) -> CommunityQuerySet:
        return self if user.is_school_staff else self.none()


@tracked()
class Community(Versioned):
    """A body of schools, enterprises and others around an industry, or around the industrial park of a city."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=CommunityKind, default=CommunityKind.INDUSTRY)
    level = models.CharField(_("level"), max_length=10, choices=CommunityLevel)
    industry = models.CharField(_("industry"), max_length=120, blank=True)
    document = models.CharField(_("document"), max_length=120, blank=True, help_text=_("Number of the notice."))
    batch = models.CharField(_("batch"), max_length=60, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    secretariat = models.CharField(_("secretariat"), max_length=200, blank=True)
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="communities_owned", verbose_name=_("owner")
    )

    objects = CommunityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CommunityKind.values), name="community_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def present(self, on: date) -> MembershipQuerySet:
        """Who belongs on a day; a day that nobody wrote down counts as long ago, or as not come yet."""
        joined = Q(joined_on__isnull=True) | Q(joined_on__lte=on)
        return self.filter(joined, Q(left_on__isnull=True) | Q(left_on__gt=on))


@tracked()
class Membership(models.Model):
    """A unit's place in a community for a time; the school itself is a member too.

    `role` is the one of today or the last one; MembershipTerm keeps who was what from when to when.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships")
    organisation = models.CharField(_("organisation"), max_length=200)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, blank=True, related_name="memberships")
    is_our_school = models.BooleanField(default=False)
    type = models.CharField(_("kind of unit"), max_length=12, choices=MemberType)
    role = models.CharField(_("role"), max_length=20, choices=MemberRole)
    province = models.ForeignKey(Province, models.PROTECT, null=True, blank=True, related_name="+")
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    left_why = models.CharField(_("why it left"), max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(joined_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="membership_ends_after_start",
                violation_error_message=_("A unit cannot leave before it joined."),
            ),
            models.UniqueConstraint(
                fields=["community", "organisation"],
                condition=Q(left_on__isnull=True),
                name="membership_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation


@tracked()
class MembershipTerm(models.Model):
    """A role that a member held from a day to a day."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="terms")
    role = models.CharField(_("role"), max_length=20, choices=MemberRole)
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=MemberRole.values), name="term_role_known"),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="term_ends_after_start",
                violation_error_message=_("A term cannot end before it begins."),
            ),
            models.UniqueConstraint(fields=["membership"], condition=Q(to_on__isnull=True), name="term_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.get_role_display()


@tracked()
class CommunityMeeting(models.Model):
    """A founding conference, plenary or council meeting of one or several communities."""

    communities = models.ManyToManyField(Community, related_name="meetings")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=MeetingKind, default=MeetingKind.FOUNDING)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    is_year_assumed = models.BooleanField(default=False, help_text="The account gives no year.")
    place = models.CharField(_("place"), max_length=200, blank=True)
    organisations_present = models.PositiveIntegerField(_("organisations present"), null=True, blank=True)
    provinces_present = models.PositiveSmallIntegerField(_("provinces"), null=True, blank=True)
    minutes = models.FileField(_("minutes"), upload_to="communities/%Y/", blank=True)
    minutes_name = models.CharField(max_length=200, blank=True)

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
    """What a meeting voted on; the votes where they were counted."""

    meeting = models.ForeignKey(CommunityMeeting, models.CASCADE, related_name="resolutions")
    subject = models.CharField(_("subject"), max_length=200)
    is_adopted = models.BooleanField(_("adopted"), default=True)
    votes_for = models.PositiveIntegerField(_("for"), null=True, blank=True)
    votes_against = models.PositiveIntegerField(_("against"), null=True, blank=True)
    votes_abstained = models.PositiveIntegerField(_("abstained"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.subject

    @property
    def votes(self) -> int:
        """All that were counted."""
        return sum(number or 0 for number in (self.votes_for, self.votes_against, self.votes_abstained))

    @property
    def was_counted(self) -> bool:
        return any(number is not None for number in (self.votes_for, self.votes_against, self.votes_abstained))

    @property
    def has_too_many_votes(self) -> bool:
        """More than organisations were present: one of the two numbers is wrong."""
        present = self.meeting.organisations_present
        return present is not None and self.votes > present


@tracked()
class SharedResource(Versioned):
    """What a unit shares with the communities; from a meeting, or entered later."""

    meeting = models.ForeignKey(
        CommunityMeeting, models.SET_NULL, null=True, blank=True, related_name="shared_resources",
        verbose_name=_("promised at the meeting"),
    )  # fmt: skip
    communities = models.ManyToManyField(
        Community, related_name="shared_resources", blank=True, verbose_name=_("communities")
    )
    organisation = models.CharField(_("organisation"), max_length=200)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="shared_resources", verbose_name=_("enterprise")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ResourceKind, default=ResourceKind.OTHER)
    name = models.CharField(_("what is shared"), max_length=200)
    description = models.TextField(_("description"), max_length=1000, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    conditions = models.CharField(_("conditions"), max_length=300, blank=True)
    ended_on = models.DateField(_("shared until"), null=True, blank=True)

    class Meta:
        ordering = ["organisation", "name", "pk"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=ResourceKind.values), name="resource_kind_known")]

    def __str__(self) -> str:
        return self.name


SharedResourceCommunitiesLink = track_links(SharedResource, "communities")
