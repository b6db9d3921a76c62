"""What an enterprise is called and marked with, and what its registration is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from accounts.models.people import User
from accounts.models.school import College
from core.names import in_language
from partnerships.models.codes import Flag
from partnerships.models.enterprises import CreditCheck, Enterprise, FormerName, Site, Tag


@dataclass
class Labels:
    """Short lists around an enterprise, in the reader's language."""

    flags: list[str]
    tags: list[str]
    colleges: list[str]
    former_names: list[str]


def labels_with() -> dict[str, ArraySubquery]:
    """The labels as columns of another query, to be read by labels_of: no query of their own."""
    flags = Flag.objects.filter(enterprises=OuterRef("pk")).order_by("code")
    tags = Tag.objects.filter(enterprises=OuterRef("pk")).order_by("name")
    colleges = College.objects.filter(enterprises=OuterRef("pk")).order_by("code")
    former_names = FormerName.objects.filter(enterprise=OuterRef("pk")).order_by("pk")
    in_both = JSONObject(zh="name_zh", en="name_en")
    return {
        "flag_rows": ArraySubquery(flags.values(row=in_both)),
        "college_rows": ArraySubquery(colleges.values(row=in_both)),
        "tag_names": ArraySubquery(tags.values("name")),
        "former": ArraySubquery(former_names.values("name")),
    }


def labels_of(enterprise: Any) -> Labels:
    """The labels of a file that was read with labels_with."""
    return Labels(
        flags=[in_language(row["zh"], row["en"]) for row in enterprise.flag_rows],
        colleges=[in_language(row["zh"], row["en"]) for row in enterprise.college_rows],
        tags=enterprise.tag_names,
        former_names=enterprise.former,
    )


@dataclass
class Identity:
    """What the page of an enterprise's registration shows."""

    checks: list[CreditCheck]
    sites: list[Site]
    subsidiaries: list[Enterprise]


def identity(user: User, enterprise: Enterprise) -> Identity:
    """Checks, sites and companies below it; three queries."""
    below = Enterprise.objects.visible_to(user).current().filter(parent=enterprise)
    return Identity(
        checks=list(enterprise.checks.select_related("by")),
        sites=list(enterprise.sites.select_related("province")),
        subsidiaries=list(below.select_related("province", "region")[:100]),
    )
