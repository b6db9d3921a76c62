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


@tracked()
class Nature(Code):
    """Nature of unit (单位性质), two digits of the graduate-employment system."""


@tracked()
class Industry(Code):
    """A section of GB/T 4754, with the employment system's own two-digit code."""

    employment_code = models.CharField(_("code in the employment system"), max_length=4, blank=True)


@tracked()
class AgreementKind(Code):
    """A kind of cooperation agreement (协议类型)."""

    makes_base = models.BooleanField(_("counts as a practice base"), default=False)
