"""Who speaks for a member, and lists of members on their way in."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from partnerships.models.communities import Community, Membership
from partnerships.models.contacts import Contact


class RepresentativeQuerySet(models.QuerySet["Representative"]):
    def current(self, on: date) -> RepresentativeQuerySet:
        return self.filter(Q(to_on__isnull=True) | Q(to_on__gte=on))


@tracked()
class Representative(models.Model):
    """The person who represents a member unit (单位代表), from a day to a day."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="representatives")
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("contact on file")
    )
    name = models.CharField(_("name"), max_length=80)
    title = models.CharField(_("position"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="representative_ends_after_start",
                violation_error_message=_("A term cannot end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def has_left(self, on: date) -> bool:
        """Their last day as representative lies behind; see also RepresentativeQuerySet.current."""
        return self.to_on is not None and self.to_on < on


@tracked(exclude=("rows",))
class MemberList(models.Model):
    """A list of members that somebody brought: what its rows say, until they are written."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="member_lists")
    name = models.CharField(_("file"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    columns = models.JSONField(default=list, help_text="Of each column its heading, and the field that it holds.")
    rows = models.JSONField(default=list, help_text="Of each row its number, values and problems.")
    written_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name


@tracked(exclude=("digest",))
class MemberLink(models.Model):
    """An address by which a member's representative finds and asks for what others share; its digest alone is kept."""

    digest = models.CharField(max_length=64, unique=True, editable=False, help_text="SHA-256 of the token.")
    representative = models.ForeignKey(Representative, models.CASCADE, related_name="links")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-issued_at", "-pk"]

    def __str__(self) -> str:
        return str(self.representative)
