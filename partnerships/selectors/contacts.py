"""The list of people at enterprises, and who may be the same person."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django.db.models import F, Func, Q, QuerySet, TextField, Value

from accounts.models.people import User
from core.search import search_query
from partnerships.choices.enterprises import FileBlock
from partnerships.credit_code import normalise
from partnerships.models.contacts import Contact, ContactQuerySet
from partnerships.models.enterprises import Enterprise
from partnerships.naming import name_key
from partnerships.phones import digits
from partnerships.selectors.freshness import Periods

SHORTEST_NUMBER = 4
CANDIDATES = 6
SORTS: dict[str, list[Any]] = {
    "name": ["name", "pk"],
    "enterprise": ["enterprise__legal_name", "-is_primary", "pk"],
    "stale": [F("confirmed_at").asc(nulls_first=True), "pk"],
}


def _digits_in(column: str) -> Func:
    return Func(F(column), Value(r"\D"), Value(""), Value("g"), function="regexp_replace", output_field=TextField())


def _found(rows: ContactQuerySet, words: str) -> ContactQuerySet:
    """By name, e-mail, WeChat, telephone or enterprise; any two characters of a name will do."""
    words = unicodedata.normalize("NFKC", words).strip()
    found = Q(name__icontains=words) | Q(email__icontains=words) | Q(wechat__iexact=words)
    query = search_query(words)
    if query is not None:
        found |= Q(enterprise__in=Enterprise.objects.filter(search=query).order_by().values("pk"))
    number = digits(words)
    if len(number) >= SHORTEST_NUMBER:
        rows = rows.annotate(mobile=_digits_in("phone"), fixed=_digits_in("landline"))
        found |= Q(mobile__contains=number) | Q(fixed__contains=number)
    return rows.filter(found)


def contact_rows(user: User, filters: dict[str, Any], *, terms: Periods, on: date) -> ContactQuerySet:
    """The people that a person asked for: those who work there, unless the past ones are asked for."""
    rows = Contact.objects.visible_to(user).filter(enterprise__archived_at__isnull=True)
    state = filters.get("state") or "current"
    if state == "current":
        rows = rows.current(on)
    elif state == "past":
        rows = rows.filter(to_on__lt=on)
    if filters.get("find"):
        rows = _found(rows, filters["find"])
    if filters.get("mine"):
        rows = rows.filter(Q(known_by=user) | Q(pk__in=user.contacts_known_too.order_by().values("pk")))
    if filters.get("stale"):
        rows = rows.filter(terms.stale(FileBlock.CONTACTS, on))
    return rows.order_by(*SORTS[filters.get("sort") or "name"])


def contact_list(user: User, filters: dict[str, Any], *, terms: Periods, on: date) -> QuerySet[Contact]:
    """The rows with what the list shows of each, in the same query."""
    rows = contact_rows(user, filters, terms=terms, on=on).with_acquaintances()
    return rows.select_related("enterprise").defer("enterprise__about", "enterprise__search")


def duplicates(*, phone: str, email: str, on: date, other_than: Contact | None = None) -> dict[str, Contact]:
    """Who else, in any file, is reached by this mobile number or e-mail address now; by field, one query."""
    number = digits(phone)
    same = Q(email__iexact=email) if email else Q(pk__in=[])
    rows = Contact.objects.current(on).filter(enterprise__archived_at__isnull=True).select_related("enterprise")
    if number:
        rows = rows.annotate(dialled=_digits_in("phone"))
        same |= Q(dialled=number)
    others = rows.exclude(pk=other_than.pk) if other_than and other_than.pk else rows
    found: dict[str, Contact] = {}
    for contact in others.filter(same).order_by("pk")[:CANDIDATES]:
        if number and digits(contact.phone) == number:
            found.setdefault("phone", contact)
        if email and contact.email.lower() == email.lower():
            found.setdefault("email", contact)
    return found


def enterprises_called(user: User, words: str) -> list[Enterprise]:
    """Files that a name or credit code means: exactly one where it is clear, else some that come near."""
    rows = Enterprise.objects.visible_to(user).current().defer("about", "search")
    exact = Q(short_name=words) | Q(name_en__iexact=words) | Q(credit_code=normalise(words))
    if key := name_key(words):
        exact |= Q(name_key=key)
    found = list(rows.filter(exact)[: CANDIDATES + 1])
    query = search_query(words)
    if found or query is None:
        return found
    return list(rows.filter(search=query)[: CANDIDATES + 1])
