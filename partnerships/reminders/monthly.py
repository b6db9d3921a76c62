"""What owners of enterprises are told once a month: who is silent, and whose data is to be confirmed. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.days import midnight
from core.names import in_language
from notifications.choices import Counting, Matter
from notifications.occasions import Asked, Occasion, Rule, Words
from notifications.terms import Terms
from partnerships.choices.enterprises import FileBlock
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise, EnterpriseQuerySet
from partnerships.selectors.enterprise_filters import months_before
from partnerships.selectors.freshness import periods

MOST_NAMED = 20
SILENT_MONTHS = 6
CONFIRMED_ON = 10  # in the middle between two letters about silence
FILTERED = (3, 6, 12, 24)  # the months that the list of enterprises can be narrowed to


def silent_since(months: int, on: date) -> Q:
    """Nothing has happened with them for so many months; a young file with which nothing has is no silent one."""
    since = midnight(months_before(on, months))
    return Q(last_contact_at__lt=since) | Q(last_contact_at__isnull=True, created_at__lt=since)


def _silent(asked: Asked) -> Iterator[Occasion]:
    """On the first of the month."""
    on, months = asked.today.replace(day=1), asked.terms.number or SILENT_MONTHS
    mark = asked.mark_of(on)
    if mark is None:
        return
    files = Enterprise.objects.current().filter(silent_since(months, on))
    known = f"&contact={months}" if months in FILTERED else ""
    link = f"{reverse('partnerships:enterprise_list')}?owner=me{known}"
    for owner in _owners_of(files, asked):
        yield _occasion(owner, on, mark, link, months=months)


def _to_confirm(asked: Asked) -> Iterator[Occasion]:
    """On the tenth of the month."""
    on = asked.today.replace(day=CONFIRMED_ON)
    mark = asked.mark_of(on)
    if mark is None:
        return
    terms = periods()
    stale = Contact.objects.current(on).filter(terms.stale(FileBlock.CONTACTS, on), enterprise=OuterRef("pk"))
    files = Enterprise.objects.current().filter(terms.stale(FileBlock.IDENTITY, on) | Exists(stale.order_by()))
    link = f"{reverse('partnerships:enterprise_list')}?owner=me&sort=stale"
    for owner in _owners_of(files, asked):
        yield _occasion(owner, on, mark, link)


def _owners_of(files: EnterpriseQuerySet, asked: Asked) -> Sequence[User]:
    """Who owns some of these files, with how many (`files`) and the first of them (`named`); one query."""
    theirs = files.filter(owner=OuterRef("pk")).order_by()
    counted = theirs.values("owner").annotate(number=Count("pk")).values("number")
    longest_first = theirs.order_by(F("last_contact_at").asc(nulls_first=True), "pk")
    named = longest_first.values(json=JSONObject(name="legal_name", name_en="name_en"))[:MOST_NAMED]
    owners = asked.narrowed(User.objects.filter(is_active=True, pk__in=files.order_by().values("owner")))
    return list(owners.annotate(files=Subquery(counted), named=ArraySubquery(named)).order_by("pk"))


def _occasion(owner: Any, on: date, mark: int, link: str, **words: int) -> Occasion:
    return Occasion(
        subject_id=owner.pk,
        on=on,
        mark=mark,
        people={"owner": [owner]},
        words=partial(_words, owner.named, owner.files, words),
        link=link,
        because={"number": owner.files, **words},
    )


def _words(named: Sequence[dict[str, str]], number: int, words: dict[str, int], to: User) -> Words:
    names = [in_language(each["name"], each["name_en"]) for each in named]
    return {"names": names, "number": number, "more": number - len(names), **words}


RULES = (
    Rule(
        slug="partnerships.silent",
        name=_("Enterprises gone silent"),
        about=_("Nothing has happened with enterprises for months; their owner reads of all of them in one letter."),
        matter=Matter.ENTERPRISE,
        template="emails/partnerships/gone_silent.txt",
        terms=Terms(marks=(0,), until=6, counting=Counting.ON_WORKING_DAYS, audiences=("owner",), number=SILENT_MONTHS),
        audiences={"owner": _("Owner of the enterprise")},
        find=_silent,
        number_name=_("Months of silence"),
    ),
    Rule(
        slug="partnerships.contact",
        name=_("Files and contacts to confirm"),
        about=_("Nobody has confirmed files or contacts in time; their owner reads of all of them in one letter."),
        matter=Matter.ENTERPRISE,
        template="emails/partnerships/to_confirm.txt",
        terms=Terms(marks=(0,), until=6, counting=Counting.ON_WORKING_DAYS, audiences=("owner",)),
        audiences={"owner": _("Owner of the enterprise")},
        find=_to_confirm,
    ),
)
