"""Code lists, colleges and majors: what codes in other records mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models.school import College, Major
from api.choices import Scope
from api.fields import own
from api.filters import choice, code, same, yes_or_no
from api.resource import Resource, for_staff
from core.models import Code
from partnerships.models.codes import AgreementKind, Flag, Industry, Nature, Province, Region

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

IN_LIST = ("code", "name_zh", "name_en", "valid_from", "valid_to", "is_active")
BY_CODE = same("code", _("The entry with exactly this code."))


def _code_list(name: str, title: str, model: type[Code], summary: StrOrPromise, *more: str) -> Resource:
    return Resource(
        name=name,
        title=title,
        summary=summary,
        scope=Scope.CODES,
        model=model,
        visible=for_staff(model),
        fields=tuple(own(model, *IN_LIST, *more)),
        filters=(BY_CODE, yes_or_no("is_active", _("Whether forms offer the entry."))),
    )


COLLEGES = Resource(
    name="colleges",
    title="College",
    summary=_("Colleges of the school."),
    scope=Scope.CODES,
    model=College,
    visible=for_staff(College),
    fields=tuple(own(College, "code", "name_zh", "name_en")),
    filters=(BY_CODE,),
)
MAJORS = Resource(
    name="majors",
    title="Major",
    summary=_("Majors, with their codes in the national catalogue."),
    scope=Scope.CODES,
    model=Major,
    visible=for_staff(Major),
    fields=tuple(own(Major, "code", "name_zh", "name_en", "college", "level")),
    filters=(
        BY_CODE,
        code("college", _("Of the college with this code.")),
        choice(Major, "level", _("Of this level.")),
    ),
)
RESOURCES = (
    COLLEGES,
    MAJORS,
    _code_list("provinces", "Province", Province, _("Provinces of GB/T 2260.")),
    _code_list("regions", "Region", Region, _("Cities and counties of GB/T 2260."), "province"),
    _code_list("natures", "Nature", Nature, _("Natures of units, as the graduate-employment system codes them.")),
    _code_list("industries", "Industry", Industry, _("Industries of GB/T 4754."), "employment_code", "edition"),
    _code_list("flags", "Flag", Flag, _("What colleges report of enterprises: above designated size, listed, …")),
    _code_list("agreement-kinds", "AgreementKind", AgreementKind, _("Kinds of cooperation agreements."), "makes_base"),
)
