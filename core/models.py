"""Bases that every app's tables may use, and the ledger of sent forms."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.names import in_language


class Code(models.Model):
    """One entry of an official code list; lists change by year, so entries have a life."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    is_active = models.BooleanField(_("offered in forms"), default=True)

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)


C = TypeVar("C", bound=Code)


def offered(entries: models.QuerySet[C], on: date) -> models.QuerySet[C]:
    """The entries of a code list that forms offer on a day."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return entries.filter(begun, Q(valid_to__isnull=True) | Q(valid_to__gte=on), is_active=True)


class Versioned(models.Model):
    """A record that two people may edit: the version tells a stale form from a fresh one."""

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class SentForm(models.Model):
    """A form that was sent: its token is used up, and where its outcome stands. See core.once."""

    token = models.UUIDField(primary_key=True)
    location = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.token)
