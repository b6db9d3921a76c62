"""What a person is responsible for today, as duties that can go to somebody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.decisions import YES, Decision
from partnerships import rules
from partnerships.choices.agreements import AgreementState
from partnerships.models.agreements import Agreement
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need

OVER = (AgreementState.RENEWED, AgreementState.ENDED)


def anybody(_user: User, _row: Any) -> Decision:
    """Everybody of the school's staff may take it."""
    return YES


@dataclass(frozen=True)
class Duty:
    """One way of being responsible: a column that names a person, and the rows that are still open on a day.

    `enterprise` is the path from a row to its enterprise: "" for the row itself, None for none.
    `title` and `day` are columns that tell rows apart; `page` with `page_key` is where a row is read.
    """

    code: str
    label: str | Promise
    model: type[models.Model]
    field: str
    open: Callable[[date], QuerySet[Any]]
    page: str
    page_key: str = "pk"
    enterprise: str | None = "enterprise"
    title: str = ""
    day: str = ""
    can_take: Callable[[User, Any], Decision] = anybody

    def held_by(self, person: User, *, on: date) -> QuerySet[Any]:
        """What this person looks after on a day, with its enterprise."""
        rows = self.open(on).filter(**{self.field: person}).order_by("pk")
        return rows.select_related(self.enterprise) if self.enterprise else rows

    def enterprise_of(self, row: Any) -> Enterprise | None:
        if self.enterprise is None:
            return None
        found: Enterprise = reduce(getattr, self.enterprise.split("__"), row) if self.enterprise else row
        return found

    def name_of(self, row: Any) -> str:
        """What tells the row apart, besides its enterprise."""
        paths = [path for path in (self.title, self.day) if path]
        values = [reduce(getattr, path.split("__"), row) for path in paths]
        return " · ".join(str(value) for value in values if value)

    def link_of(self, row: Any) -> str:
        return reverse(self.page, args=[getattr(row, self.page_key)])


def _contacts(on: date) -> QuerySet[Contact]:
    """People who still work at an enterprise with a current file."""
    return Contact.objects.current(on).filter(enterprise__archived_at__isnull=True)


def _agreements(on: date) -> QuerySet[Agreement]:
    """On the way to be signed, or signed and not expired: whoever owns it sees to its renewal."""
    expired = Q(state=AgreementState.SIGNED, ends_on__lt=on, renews_itself=False)
    return Agreement.objects.exclude(state__in=OVER).exclude(expired).prefetch_related("colleges")


OF_FILE: dict[str, Any] = {"page": "partnerships:enterprise", "enterprise": ""}
OF_CONTACT: dict[str, Any] = {"page": "partnerships:enterprise", "page_key": "enterprise_id", "title": "name"}
DUTIES = (
    Duty("owner", _("Enterprises owned"), Enterprise, "owner", lambda on: Enterprise.objects.current(), **OF_FILE),
    Duty(
        "deputy", _("Enterprises as deputy"), Enterprise, "deputy", lambda on: Enterprise.objects.current(), **OF_FILE
    ),
    Duty("contact", _("Contacts known"), Contact, "known_by", _contacts, **OF_CONTACT),
    Duty("contact_too", _("Contacts also known"), Contact, "also_known_by", _contacts, **OF_CONTACT),
    Duty(
        "need",
        _("Open needs"),
        Need,
        "owner",
        lambda on: Need.objects.open(),
        page="partnerships:enterprise_needs",
        page_key="enterprise_id",
        title="description",
        day="wanted_by",
        can_take=lambda user, _need: rules.can_keep_file(user),
    ),
    Duty(
        "agreement",
        _("Agreements on the way or in force"),
        Agreement,
        "owner",
        _agreements,
        page="agreements:agreement",
        title="title",
        day="ends_on",
        can_take=rules.can_own_agreement,
    ),
)
