"""Tokens with which a person's programs read, and who read personal data with them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from api.choices import Scope
from core.history import tracked


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def of(self, person: User) -> ApiTokenQuerySet:
        return self.filter(person=person)

    def working(self, at: datetime) -> ApiTokenQuerySet:
        """Neither revoked nor past their end; whether the person may read is asked at each request."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at)


@tracked(exclude=("last_used_at", "last_used_from", "digest"))
class ApiToken(models.Model):
    """Lets a program read in a person's name, no more than the person sees today and than its scopes name.

    Kept is the SHA-256 of the token, never the token; `mark` are its last letters, to tell one from another.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="api_tokens", verbose_name=_("person"))
    name = models.CharField(_("what it is for"), max_length=80)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope), verbose_name=_("may read"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    mark = models.CharField(_("ends with"), max_length=6, editable=False)
    created_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("holds until"))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True, editable=False)
    last_used_from = models.GenericIPAddressField(_("last used from"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("token of the API")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="api_token_ends_after_start"),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=list(Scope.values)) & Q(scopes__len__gte=1),
                name="api_token_scopes_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def works(self, at: datetime) -> bool:
        """See also ApiTokenQuerySet.working."""
        return self.revoked_at is None and self.expires_at > at

    @property
    def scope_labels(self) -> list[Any]:
        return [Scope(scope).label for scope in self.scopes]


class TokenMinute(models.Model):
    """How many requests came with a token in the minute that runs, for all web servers together."""

    token = models.OneToOneField(ApiToken, models.CASCADE, related_name="minute")
    minute = models.DateTimeField()
    taken = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.token_id} {self.taken}"


class ApiRead(models.Model):
    """One request by which personal data left: by which token, what, and how many records."""

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="reads")
    resource = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.resource} {self.number}"
