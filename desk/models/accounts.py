"""Accounts of enterprises' contacts."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from partnerships.models.contacts import Contact


class ContactAccountQuerySet(models.QuerySet["ContactAccount"]):
    def in_force(self, on: date) -> ContactAccountQuerySet:
        """Accounts that open something: not ended, of a person who works there, at an enterprise whose file is open."""
        return self.filter(
            Q(contact__to_on__isnull=True) | Q(contact__to_on__gte=on),
            ended_at__isnull=True,
            contact__enterprise__archived_at__isnull=True,
        )


@tracked()
class ContactAccount(models.Model):
    """The account of a person at an enterprise; it opens what belongs to the enterprise where they work now."""

    user = models.OneToOneField(User, models.CASCADE, related_name="contact_account")
    contact = models.OneToOneField(Contact, models.CASCADE, related_name="account", verbose_name=_("contact"))
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ContactAccountQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]

    def __str__(self) -> str:
        return str(self.contact)
