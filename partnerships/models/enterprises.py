"""One enterprise, one file: who it is."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.people import User
from accounts.models.school import College
from core.history import track_links, tracked
from core.models import Versioned
from core.names import in_language
from core.search import Bigrams, search_column
from partnerships.choices.enterprises import (
    CheckResult,
    CheckSource,
    CreditCodeState,
    EnterpriseLevel,
    StaffBand,
)
from partnerships.models.codes import Flag, Industry, Nature, Province, Region
from partnerships.models.freshness import Confirmable
from partnerships.naming import initials, name_key, name_sort

CURRENT = Q(archived_at__isnull=True)

# The orders that the list offers, each kept by an index of its own.
ORDERS = {
    "pinyin": (F("name_sort").asc(), F("id").asc()),
    "newest": (F("created_at").desc(), F("id").desc()),
    "contact": (F("last_contact_at").asc(nulls_first=True), F("id").asc()),
    "confirmed": (F("confirmed_at").asc(nulls_first=True), F("id").asc()),
    "staff": (F("staff_count").desc(nulls_last=True), F("id").asc()),
}


@tracked()
class Tag(models.Model):
    """A word of the office's own to find a group of enterprises by."""

    name = models.CharField(_("tag"), max_length=40, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class EnterpriseQuerySet(models.QuerySet["Enterprise"]):
    def visible_to(self, user: User) -> EnterpriseQuerySet:
        """All staff of the school see every file but those merged away; students only public faces, elsewhere."""
        return self.filter(merged_into__isnull=True) if user.is_school_staff else self.none()

    def behind(self, pk: int) -> EnterpriseQuerySet:
        """A file and those that were merged into it."""
        return self.filter(Q(pk=pk) | Q(merged_into=pk))

    def current(self) -> EnterpriseQuerySet:
        return self.filter(CURRENT)

    def uncompared(self) -> EnterpriseQuerySet:
        """Current files whose name has changed since duplicates were looked for."""
        return self.current().filter(~Q(name_key=models.F("compared_key")))


DERIVED_NAMES = ("name_key", "name_sort", "initials")


@tracked(exclude=("search", *DERIVED_NAMES, "compared_key"))
class Enterprise(Confirmable, Versioned):
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
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name=_("region (GB/T 2260)"))
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
    flags = models.ManyToManyField(Flag, related_name="enterprises", blank=True, verbose_name=_("flags"))
    tags = models.ManyToManyField(Tag, related_name="enterprises", blank=True, verbose_name=_("tags"))
    colleges = models.ManyToManyField(
        College, related_name="enterprises", blank=True, verbose_name=_("colleges that work with it")
    )
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
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", editable=False
    )
    last_contact_at = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)
    name_key = models.CharField(max_length=200, default="", editable=False)
    name_sort = models.CharField(max_length=200, default="", editable=False, db_collation="C")
    initials = models.CharField(max_length=200, default="", editable=False)
    compared_key = models.CharField(
        max_length=200, default="", editable=False, help_text="The name_key by which duplicates were last looked for."
    )
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
            models.Index(fields=["name_key"], name="enterprise_by_name_key"),
            models.Index(
                fields=["id"],
                name="enterprise_to_compare",
                condition=Q(archived_at__isnull=True) & ~Q(name_key=models.F("compared_key")),
            ),
            GinIndex(fields=["name_key"], name="enterprise_like_name", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["initials"], name="enterprise_like_initials", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["level"], name="enterprise_by_level", condition=CURRENT),
            GinIndex(fields=["credit_code"], name="enterprise_like_code", opclasses=["gin_trgm_ops"]),
            *(models.Index(*order, name=f"enterprise_by_{name}", condition=CURRENT) for name, order in ORDERS.items()),
        ]

    def __str__(self) -> str:
        return in_language(self.legal_name, self.name_en)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive_names()
        super().save(*args, **kwargs)

    def derive_names(self) -> None:
        """Work out DERIVED_NAMES, by which files are matched, sorted and found; bulk writers call it for each."""
        self.name_key = name_key(self.legal_name)
        self.name_sort = name_sort(self.legal_name)
        self.initials = initials(self.legal_name)

    def has_flag(self, code: str) -> bool:
        """Whether it bears a flag of the code list; reads flags, which a selector may have fetched with it."""
        return any(flag.code == code for flag in self.flags.all())

    @property
    def staff_band(self) -> StaffBand | None:
        """The band of the number of staff; None while that is not known."""
        if self.staff_count is None:
            return None
        return max((band for band in StaffBand if int(band.value) <= self.staff_count), key=lambda b: int(b.value))

    @property
    def other_name(self) -> str:
        """The name in the language that the reader does not read; empty where there is only one name."""
        other = in_language(self.name_en, self.legal_name)
        return "" if other == str(self) else other

    @property
    def location(self) -> str:
        """Province and city; empty where neither is known."""
        city = str(self.region) if self.region else self.city
        return self.province.with_city(city) if self.province else city


@tracked()
class FormerName(models.Model):
    """A name that the enterprise bore before."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="former_names")
    name = models.CharField(_("former name"), max_length=200)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        indexes = [GinIndex(Bigrams(F("name"), Value("")), name="former_name_search")]

    def __str__(self) -> str:
        return self.name


@tracked()
class Site(models.Model):
    """A place where the enterprise works besides its address: a plant, a branch, a workshop."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="sites")
    name = models.CharField(_("site"), max_length=120)
    province = models.ForeignKey(Province, models.PROTECT, null=True, blank=True, verbose_name=_("province"))
    city = models.CharField(_("city"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    staff_count = models.PositiveIntegerField(_("number of staff"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        ordering = ["closed_on", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def location(self) -> str:
        """Province and city; empty where neither is known."""
        return self.province.with_city(self.city) if self.province else self.city


@tracked()
class CreditCheck(models.Model):
    """A dated look at an official source, with a picture of what it said (GB 32100-2015 codes cannot be asked for)."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="checks")
    source = models.CharField(_("looked up in"), max_length=12, choices=CheckSource)
    checked_on = models.DateField(_("checked on"))
    result = models.CharField(_("result"), max_length=10, choices=CheckResult)
    code = models.CharField(max_length=18, blank=True, editable=False)
    note = models.CharField(_("remark"), max_length=300, blank=True)
    screenshot = models.FileField(_("screenshot"), upload_to="checks/%Y/", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-checked_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(source__in=CheckSource.values), name="check_source_known"),
            models.CheckConstraint(condition=Q(result__in=CheckResult.values), name="check_result_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.checked_on}"


EnterpriseFlagsLink = track_links(Enterprise, "flags")
EnterpriseTagsLink = track_links(Enterprise, "tags")
EnterpriseCollegesLink = track_links(Enterprise, "colleges")
