"""The school: its name, colleges, offices, places and majors."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.choices import Level, OfficeKind
from core.history import tracked
from core.names import in_language


class BilingualName(models.Model):
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)

    class Meta:
        abstract = True
        ordering = ["name_zh", "name_en"]

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)


@tracked()
class School(BilingualName):
    """The school that runs this portal; there is one row."""

    province_code = models.CharField(_("province (GB/T 2260)"), max_length=6, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    code = models.CharField(
        _("school code"), max_length=10, blank=True, help_text=_("As the Ministry of Education lists the school.")
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="school_is_one")]


@tracked()
class College(BilingualName):
    """A faculty or second-level school (二级学院)."""

    code = models.CharField(_("code"), max_length=20, unique=True)

    class Meta(BilingualName.Meta):
        ordering = ["code"]


@tracked()
class Office(BilingualName):
    """An office of the school or a department of a college that takes part in visits."""

    kind = models.CharField(_("kind"), max_length=12, choices=OfficeKind, default=OfficeKind.OFFICE)
    college = models.ForeignKey(College, models.PROTECT, null=True, blank=True, related_name="offices")


@tracked()
class Facility(BilingualName):
    """A place of the school that guests are shown: a training centre, a laboratory."""


@tracked()
class Major(BilingualName):
    """A major (专业) with its code in the national catalogue, taught by one college."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    college = models.ForeignKey(College, models.PROTECT, related_name="majors", verbose_name=_("college"))
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.DIPLOMA)

    class Meta(BilingualName.Meta):
        ordering = ["code"]


@tracked()
class SpecialDay(BilingualName):
    """A day that is not what its weekday says: a public holiday, or a weekend worked in exchange (调休)."""

    day = models.DateField(_("day"), unique=True)
    is_workday = models.BooleanField(_("a day of work"), default=False)

    class Meta(BilingualName.Meta):
        ordering = ["day"]
