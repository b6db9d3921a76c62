"""The members of a community on a day: who, as what, from where, and how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext as _

from accounts.models.people import User
from communities.models.members import Representative
from partnerships.choices.programmes import MemberRole
from partnerships.models.codes import Province
from partnerships.models.communities import Community, Membership, MembershipTerm
from partnerships.selectors.provinces import ProvinceTile, province_tiles

NOWHERE = "none"


def role_on(on: date) -> Coalesce:
    """The role that a member held on a day; the one on its record where no term says."""
    begun = Q(from_on__isnull=True) | Q(from_on__lte=on)
    terms = MembershipTerm.objects.filter(begun, membership=OuterRef("pk"))
    held = terms.filter(Q(to_on__isnull=True) | Q(to_on__gte=on)).order_by(F("from_on").desc(nulls_last=True), "-pk")
    last = terms.order_by(F("from_on").desc(nulls_last=True), "-pk")
    return Coalesce(Subquery(held.values("role")[:1]), Subquery(last.values("role")[:1]), F("role"))


def role_weight(column: str) -> Case:
    """The order of the roles, the weightiest first."""
    whens = (When(**{column: role.value}, then=Value(place)) for place, role in enumerate(MemberRole))
    return Case(*whens, output_field=IntegerField())


def member_list(community: Community, chosen: dict[str, Any], *, on: date) -> QuerySet[Membership]:
    """Members on a day with the role of that day, by its weight; `shown` asks for those who left before, or for all."""
    speaking = Representative.objects.current(on).order_by(F("from_on").desc(nulls_last=True), "-pk")
    rows = (
        community.memberships.select_related("enterprise", "province")
        .prefetch_related(Prefetch("representatives", speaking, to_attr="speakers"))
        .annotate(role_then=role_on(on))
    )
    shown = chosen.get("shown", "")
    if shown == "former":
        rows = rows.filter(left_on__lte=on)
    elif shown != "all":
        rows = rows.present(on)
    return _narrowed(rows, chosen).order_by(role_weight("role_then"), "organisation", "pk")


def _narrowed(rows: QuerySet[Membership], chosen: dict[str, Any]) -> QuerySet[Membership]:
    if role := chosen.get("role"):
        rows = rows.filter(Q(role_then=role))
    if kind := chosen.get("kind"):
        rows = rows.filter(type=kind)
    if province := chosen.get("province"):
        rows = rows.filter(province__isnull=True) if province == NOWHERE else rows.filter(province__code=province)
    if chosen.get("undated"):
        rows = rows.filter(joined_on__isnull=True)
    if words := chosen.get("find", "").strip():
        named = Representative.objects.filter(membership=OuterRef("pk"), name__icontains=words)
        file = Q(enterprise__legal_name__icontains=words) | Q(enterprise__name_en__icontains=words)
        rows = rows.filter(Q(organisation__icontains=words) | file | Exists(named))
    return rows


def terms_of(member: Membership) -> QuerySet[MembershipTerm]:
    """Its roles from the first on; one whose beginning nobody wrote down came before the others."""
    return member.terms.order_by(F("from_on").asc(nulls_first=True), "pk")


@dataclass(frozen=True)
class MemberCount:
    """“N units from M provinces” on a day; `undated` of them without a joining day, `nowhere` without a province."""

    units: int
    provinces: int
    undated: int
    nowhere: int
    by_province: dict[str, int]


def units_once(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    """Of each unit one membership, whatever communities it belongs to."""
    file = Cast("enterprise", CharField())
    unit = Coalesce(file, Concat(Value("·"), F("organisation")), output_field=CharField())
    first = rows.order_by().annotate(unit=unit).values("unit").annotate(first=Min("pk")).values("first")
    return Membership.objects.filter(pk__in=first)


def count_members(community: Community, *, on: date) -> MemberCount:
    """The members of a day, counted; one query."""
    return count_rows(community.memberships.present(on).select_related("province").order_by("pk"))


def count_rows(members: Iterable[Membership]) -> MemberCount:
    """Every unit once, also where two of its memberships overlap after files were merged."""
    units: dict[object, Membership] = {}
    for member in members:
        units.setdefault(member.enterprise_id or member.organisation, member)
    by_province = Counter(member.province.code for member in units.values() if member.province)
    return MemberCount(
        units=len(units),
        provinces=len(by_province),
        undated=sum(member.joined_on is None for member in units.values()),
        nowhere=sum(member.province is None for member in units.values()),
        by_province=dict(by_province),
    )


def member_tiles(counted: MemberCount, *, on: date) -> list[ProvinceTile]:
    """Each province with its units and the way to their rows; one query."""
    return province_tiles(counted.by_province, lambda code: "?" + urlencode({"on": on.isoformat(), "province": code}))


def province_choices() -> list[tuple[str, str]]:
    return [(NOWHERE, _("Without a province")), *((each.code, str(each)) for each in Province.objects.order_by("code"))]


def member_of(user: User) -> QuerySet[Membership]:
    """Memberships of the communities that a person may see."""
    communities = Community.objects.visible_to(user)
    related = Membership.objects.select_related("community", "enterprise", "province")
    return related.filter(community__in=communities)


def shown(page: Page[Membership]) -> Page[Membership]:
    """The rows of a page with the words of the role of that day."""
    for member in page:
        row: Any = member
        row.role_words = MemberRole(row.role_then).label
    return page
