"""Lists that people come back to, and letters to many at once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> SavedViewQuerySet:
        """One's own, and what colleagues share."""
        return self.filter(Q(owner=user) | Q(is_shared=True)) if user.is_school_staff else self.none()


@tracked()
class SavedView(models.Model):
    """Filters, order and columns of a list under a name."""

    page = models.CharField(max_length=60, help_text="Name of the list's address.")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=2000, blank=True, help_text="The address after the question mark.")
    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    is_shared = models.BooleanField(_("for all staff"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "page", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name


class MailingQuerySet(models.QuerySet["Mailing"]):
    def visible_to(self, user: User) -> MailingQuerySet:
        """All staff of the school: each file's timeline tells of it to them, too."""
        return self if user.is_school_staff else self.none()


@tracked()
class Mailing(models.Model):
    """A letter written once and sent to the contacts of many enterprises."""

    subject = models.CharField(_("subject"), max_length=150)
    body = models.TextField(_("text"), max_length=8000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    letters = models.PositiveIntegerField(_("letters"), default=0)
    without_address = models.PositiveIntegerField(_("enterprises without an address"), default=0)

    objects = MailingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.subject
