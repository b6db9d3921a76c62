"""The register of agreements: which, in which order, and the parties of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject

from accounts.models.people import User
from agreements.selectors.sleeping import sleeping
from core.names import in_language
from core.search import search_query
from partnerships.choices.agreements import AgreementState
from partnerships.models.agreements import Agreement, AgreementParty, AgreementQuerySet
from partnerships.models.enterprises import Enterprise

SORTS: dict[str, list[Any]] = {
    "newest": ["-created_at", "-pk"],
    "ending": [F("ends_on").asc(nulls_last=True), "pk"],
    "title": ["title", "pk"],
}


def _found(words: str) -> Q:
    """By title or number, or by a party: a file that the words find, or the name of a unit without one."""
    own = Q(title__icontains=words) | Q(number__icontains=words)
    query = search_query(words)
    files = Enterprise.objects.filter(search=query).order_by().values("pk") if query else Enterprise.objects.none()
    parties = AgreementParty.objects.filter(Q(enterprise__in=files) | Q(name__icontains=words)).order_by()
    return own | Q(pk__in=parties.values("agreement"))


def _days(asked: str, on: date) -> Q:
    return Q(state=AgreementState.SIGNED, renews_itself=False, ends_on__range=(on, on + timedelta(days=int(asked))))


def _owner(asked: str, user: User) -> Q:
    if asked == "none":
        return Q(owner__isnull=True)
    return Q(owner=user) | Q(deputy=user) if asked == "me" else Q(owner=asked)


def _more(rows: AgreementQuerySet, asked: str, on: date) -> AgreementQuerySet:
    if asked == "sleeping":
        return sleeping(rows, on=on)
    conditions = {"renews": Q(renews_itself=True), "ends": Q(renews_itself=False), "unnumbered": Q(number="")}
    return rows.filter(conditions[asked])


CONDITIONS: dict[str, Callable[[Any, User, date], Q]] = {
    "find": lambda words, _user, _on: _found(words),
    "stage": lambda stage, _user, _on: Q(("stage", stage)),  # annotated by with_stage
    "kind": lambda code, _user, _on: Q(kind__code=code),
    "college": lambda pk, _user, _on: Q(
        pk__in=Agreement.colleges.through.objects.filter(college=pk).values("agreement")
    ),
    "major": lambda pk, _user, _on: Q(pk__in=Agreement.majors.through.objects.filter(major=pk).values("agreement")),
    "owner": lambda asked, user, _on: _owner(asked, user),
    "track": lambda track, _user, _on: Q(track=track),
    "days": lambda asked, _user, on: _days(asked, on),
    "signed": lambda year, _user, _on: Q(signed_on__year=int(year)),
}


def agreement_list(user: User, filters: dict[str, Any], *, on: date) -> AgreementQuerySet:
    """Agreements that a person may see and asked for, with their stage on a day and their parties."""
    rows = Agreement.objects.visible_to(user).with_stage(on).select_related("enterprise", "kind", "owner", "deputy")
    for name, condition in CONDITIONS.items():
        if filters.get(name):
            rows = rows.filter(condition(filters[name], user, on))
    if filters.get("more"):
        rows = _more(rows, filters["more"], on)
    return with_parties(rows).order_by(*SORTS[filters.get("sort") or "newest"])


def of_enterprise(user: User, enterprise: Enterprise, *, on: date) -> AgreementQuerySet:
    """All agreements that an enterprise is a party of and that a person may see."""
    rows = Agreement.objects.visible_to(user).with_enterprise(enterprise).with_stage(on)
    return with_parties(rows.select_related("enterprise", "kind", "owner"))


def with_parties(rows: AgreementQuerySet) -> AgreementQuerySet:
    """Annotate `partners`: the parties beside the school in the order of their letters, without a query per row."""
    parties = AgreementParty.objects.filter(agreement=OuterRef("pk"), is_school=False).order_by("place", "pk")
    named = JSONObject(pk="enterprise", zh="enterprise__legal_name", en="enterprise__name_en", name="name")
    return rows.annotate(partners=ArraySubquery(parties.values_list(named)))


def partner_names(row: Agreement) -> list[tuple[int | None, str]]:
    """Key of the file (None for a unit without one) and name of each party beside the school."""
    partners: list[dict[str, Any]] = row.partners  # type: ignore[attr-defined]  # annotated by with_parties
    return [(each["pk"], each["name"] or in_language(each["zh"] or "", each["en"] or "")) for each in partners]
