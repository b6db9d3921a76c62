"""One enterprise, one file: identity, contacts and needs."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.people import User
from accounts.models.school import Major
from core.history import track_links, tracked
from core.models import Versioned
from core.names import in_language
from core.search import search_column
from partnerships.choices import ENTERPRISE_STALE_AFTER, CreditCodeState, EnterpriseLevel, NeedKind, NeedState
from partnerships.models.codes import Industry, Nature, Province


class EnterpriseQuerySet(models.QuerySet["Enterprise"]):
    def visible_to(self, user: User) -> EnterpriseQuerySet:
        """All staff of the school see every file; students see only its public face elsewhere."""
        return self if user.is_school_staff else self.none()

    def current(self) -> EnterpriseQuerySet:
        return self.filter(archived_at__isnull=True)


@tracked(exclude=("search",))
class Enterprise(Versioned):
    """An employing unit (用人单位) and everything the school knows of it."""

    legal_name = models.CharField(_("full registered name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    credit_code_state = models.CharField(
        max_length=12, choices=CreditCodeState, default=CreditCodeState.UNVERIFIED, editable=False
    )
    nature = models.ForeignKey(Nature, models.PROTECT, null=True, blank=True, verbose_name=_("nature of unit"))
    industry = models.ForeignKey(Industry, models.PROTECT, null=True, blank=True, verbose_name=_("industry"))
    province = models.ForeignKey(Province, models.PROTECT, null=True, blank=True, verbose_name=_("province"))
    city = models.CharField(_("city"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    staff_count = models.PositiveIntegerField(_("number of staff"), null=True, blank=True)
    staff_counted_on = models.DateField(_("staff counted on"), null=True, blank=True)
    level = models.CharField(
        pgettext_lazy("of an enterprise", "level"),
        max_length=10,
        choices=EnterpriseLevel,
        default=EnterpriseLevel.NORMAL,
    )
    is_above_designated_size = models.BooleanField(_("above designated size"), default=False)
    is_listed = models.BooleanField(_("listed company"), default=False)
    is_specialised = models.BooleanField(_("specialised and innovative SME"), default=False)
    is_alumni = models.BooleanField(_("alumni enterprise"), default=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subsidiaries", verbose_name=_("parent company")
    )
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="enterprises_owned", verbose_name=_("owner")
    )
    deputy = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="enterprises_deputised", verbose_name=_("deputy")
    )
    about = models.TextField(_("what the enterprise does"), blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    search = search_column("legal_name", "name_en", "short_name", "credit_code", "city")

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        ordering = ["legal_name", "pk"]
        verbose_name = _("enterprise")
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                name="enterprise_credit_code_once",
                condition=~Q(credit_code="") & Q(archived_at__isnull=True),
                violation_error_message=_("An enterprise with this credit code is on file already."),
            ),
            models.CheckConstraint(
                condition=Q(credit_code_state__in=CreditCodeState.values), name="enterprise_code_state_known"
            ),
            models.CheckConstraint(condition=Q(level__in=EnterpriseLevel.values), name="enterprise_level_known"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="enterprise_search"),
            models.Index(fields=["legal_name", "id"], name="enterprise_by_name"),
        ]

    def __str__(self) -> str:
        return in_language(self.legal_name, self.name_en)

    @property
    def other_name(self) -> str:
        """The name in the language that the reader does not read; empty where there is only one name."""
        other = in_language(self.name_en, self.legal_name)
        return "" if other == str(self) else other

    @property
    def location(self) -> str:
        """Province and city; empty where neither is known."""
        return self.province.with_city(self.city) if self.province else self.city

    def is_stale(self, now: datetime) -> bool:
        """Nobody has said for a year that the file is still correct."""
        return self.confirmed_at is None or self.confirmed_at < now - ENTERPRISE_STALE_AFTER


@tracked()
class FormerName(models.Model):
    """A name that the enterprise bore before."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="former_names")
    name = models.CharField(_("former name"), max_length=200)
    until = models.DateField(_("until"), null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class ContactQuerySet(models.QuerySet["Contact"]):
    def current(self, on: date) -> ContactQuerySet:
        """People who work there on a day."""
        return self.filter(Q(to_on__isnull=True) | Q(to_on__gte=on))


@tracked()
class Contact(models.Model):
    """A person at an enterprise, for a time; one who leaves stays in the history."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=80, db_index=True)
    title = models.CharField(_("position"), max_length=120, blank=True)
    department = models.CharField(_("department"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_primary = models.BooleanField(_("first contact"), default=False)
    known_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="contacts_known", verbose_name=_("known by")
    )
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["to_on", "-is_primary", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
                name="contact_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(is_primary=True, to_on__isnull=True),
                name="contact_one_primary",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NeedQuerySet(models.QuerySet["Need"]):
    def visible_to(self, user: User) -> NeedQuerySet:
        return self if user.is_school_staff else self.none()

    def open(self) -> NeedQuerySet:
        return self.filter(state=NeedState.OPEN)


@tracked()
class Need(Versioned):
    """What an enterprise asked for, when, and what became of it."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="needs")
    kind = models.CharField(_("kind"), max_length=20, choices=NeedKind)
    description = models.CharField(_("what is needed"), max_length=300)
    majors = models.ManyToManyField(Major, related_name="needs", blank=True, verbose_name=_("majors"))
    headcount = models.PositiveIntegerField(_("number"), null=True, blank=True)
    monthly_pay = models.PositiveIntegerField(_("pay, yuan a month"), null=True, blank=True)
    wanted_by = models.DateField(_("wanted by"), null=True, blank=True)
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("owner")
    )
    state = models.CharField(_("state"), max_length=8, choices=NeedState, default=NeedState.OPEN)
    result = models.CharField(_("result"), max_length=300, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["state", "wanted_by", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=NeedState.values), name="need_state_known")]

    def __str__(self) -> str:
        return self.description


NeedMajorsLink = track_links(Need, "majors")
