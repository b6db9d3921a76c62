"""What members ask of each other, and the three lists."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from communities.choices import ListKind, RequestState
from communities.models.members import Representative
from core.history import tracked
from core.models import Versioned
from partnerships.models.communities import Community, Membership, SharedResource


@tracked()
class ResourceRequest(models.Model):
    """A member's wish to use what another shares, and the answer."""

    resource = models.ForeignKey(SharedResource, models.CASCADE, related_name="requests")
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="resource_requests", verbose_name=_("member that asks")
    )
    representative = models.ForeignKey(Representative, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("who asks"), max_length=80)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language of the letters"), max_length=10, default="zh-hans")
    purpose = models.TextField(_("what for"), max_length=1000)
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=RequestState, default=RequestState.ASKED)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="resource_request_state_known"),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="resource_request_ends_after_start",
                violation_error_message=_("The end cannot lie before the beginning."),
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.REFUSED) | ~Q(answer=""), name="resource_refusal_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.name}"


@tracked()
class ListEntry(Versioned):
    """A line of one of the three lists: core products, technology needs, talent needs."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="list_entries")
    membership = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="list_entries", verbose_name=_("member")
    )
    kind = models.CharField(_("list"), max_length=10, choices=ListKind)
    name = models.CharField(_("what"), max_length=200)
    description = models.TextField(_("description"), max_length=1000, blank=True)
    number = models.PositiveIntegerField(_("people wanted"), null=True, blank=True)
    listed_on = models.DateField(_("listed on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    result = models.CharField(_("what came of it"), max_length=300, blank=True)

    class Meta:
        ordering = ["kind", "name", "pk"]
        verbose_name_plural = "list entries"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ListKind.values), name="list_entry_kind_known"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(listed_on__isnull=True) | Q(closed_on__gte=F("listed_on")),
                name="list_entry_closed_after_listed",
                violation_error_message=_("The end cannot lie before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
