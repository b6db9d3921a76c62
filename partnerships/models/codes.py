"""Official code lists; loaded by `manage.py load_codes`, edited by administrators."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from core.models import Code


@tracked()
class Province(Code):
    """A province-level division of GB/T 2260, six digits."""

    def with_city(self, city: str) -> str:
        """As an address begins; a municipality is its own city."""
        if city and self.name_zh == f"{city.removesuffix('市')}市":
            return str(self)
        return f"{self} {city}".strip()


class RegionQuerySet(models.QuerySet["Region"]):
    def of_prefectures(self) -> RegionQuerySet:
        """Cities, prefectures and leagues; the last two digits are zero."""
        return self.filter(code__endswith="00")


@tracked()
class Region(Code):
    """A division of GB/T 2260 below the province: a prefecture-level one (`510100`) or a county (`510104`)."""

    province = models.ForeignKey(Province, models.PROTECT, related_name="regions", verbose_name=_("province"))

    objects = RegionQuerySet.as_manager()


@tracked()
class Nature(Code):
    """Nature of unit (单位性质), two digits of the graduate-employment system."""


@tracked()
class Industry(Code):
    """A section of GB/T 4754, with the employment system's own two-digit code."""

    employment_code = models.CharField(_("code in the employment system"), max_length=4, blank=True)
    edition = models.CharField(_("edition of the standard"), max_length=20, blank=True)


@tracked()
class Flag(Code):
    """What colleges report of an enterprise: above designated size (规上), listed, alumni enterprise and the like."""


@tracked()
class AgreementKind(Code):
    """A kind of cooperation agreement (协议类型)."""

    makes_base = models.BooleanField(_("counts as a practice base"), default=False)
    needs_leadership = models.BooleanField(
        _("leadership decides"), default=False, help_text=_("As a framework agreement, which the president signs.")
    )
    usual_years = models.PositiveSmallIntegerField(_("usual term in years"), null=True, blank=True)
    mark = models.CharField(
        _("mark in the number"), max_length=10, blank=True, help_text=_("What {kind} stands for in agreement numbers.")
    )
