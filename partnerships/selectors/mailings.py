"""Letters to many enterprises: who would get one, what it says, and what became of those that were written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import CharField, Count, F, Func, QuerySet, Value
from django.utils import translation

from accounts.models.people import User
from notifications.choices import MessageState
from notifications.models.messages import OutgoingMessage
from partnerships import rules
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.lists import Mailing

NAMES_SHOWN = 50
PREVIEWS = 3
PLACEHOLDER = re.compile(r"\{(contact|enterprise)\}")
BRACES = re.compile(r"\{\s*\w+\s*\}")


@dataclass(frozen=True)
class Text:
    """A letter as it is written to one contact."""

    contact: Contact
    subject: str
    body: str


def written_to(contact: Contact, subject: str, body: str) -> Text:
    """The letter with the names put in, in the language of the contact's letters; a subject stays one line."""
    with translation.override(contact.language):
        names = {"contact": contact.name, "enterprise": str(contact.enterprise)}
    line, text = (PLACEHOLDER.sub(lambda found: names[found[1]], each) for each in (subject, body))
    return Text(contact, " ".join(line.split())[:200], text)


def unknown_placeholders(text: str) -> list[str]:
    """What stands in braces and means nothing here."""
    return [found for found in BRACES.findall(text) if not PLACEHOLDER.fullmatch(found)]


@dataclass
class Addressees:
    """Of the chosen files: who gets a letter, and who does not and why."""

    chosen: int
    not_mine: int
    letters: list[Contact] = field(default_factory=list)
    same_address: list[Contact] = field(default_factory=list)
    without: list[Enterprise] = field(default_factory=list)
    without_count: int = 0

    @property
    def without_more(self) -> int:
        return self.without_count - len(self.without)


def _first_contacts(files: QuerySet[Enterprise], on: date) -> QuerySet[Contact]:
    """Of each file the first contact of today who has an address."""
    people = Contact.objects.current(on).exclude(email="").filter(enterprise__in=files.order_by().values("pk"))
    first = people.order_by("enterprise_id", "-is_primary", "pk").distinct("enterprise_id").select_related("enterprise")
    fields = ("name", "email", "language", "enterprise__legal_name", "enterprise__name_en")
    return first.only(*fields)


def addressees(rows: QuerySet[Enterprise], user: User, *, on: date) -> Addressees:
    """Who would get a letter now; an address that several enterprises share gets one. Five queries at most."""
    mine = rules.files_to_change(user, rows)
    chosen, may = rows.count(), mine.count()
    found = Addressees(chosen, chosen - may)
    taken = set()
    for contact in _first_contacts(mine, on):
        address = contact.email.lower()
        (found.same_address if address in taken else found.letters).append(contact)
        taken.add(address)
    found.without_count = may - len(found.letters) - len(found.same_address)
    if found.without_count:
        reached = Contact.objects.current(on).exclude(email="").order_by().values("enterprise")
        found.without = list(mine.exclude(pk__in=reached).only("pk", "legal_name", "name_en")[:NAMES_SHOWN])
    return found


def key_of(mailing: Mailing) -> str:
    """How the keys of its letters begin; the number of the enterprise follows."""
    return f"mailing:{mailing.pk}:"


def letters_of(mailing: Mailing) -> QuerySet[OutgoingMessage]:
    """Its letters in the outbox, those that failed first."""
    rows = OutgoingMessage.objects.filter(recipient=None, key__startswith=key_of(mailing))
    return rows.order_by(
        Func(F("state"), Value(MessageState.FAILED.value), function="NULLIF").desc(nulls_first=True), "pk"
    )


def with_enterprises(letters: Iterable[OutgoingMessage]) -> list[tuple[OutgoingMessage, Enterprise | None]]:
    """Each letter with the file that it was written for; one query."""
    listed = list(letters)
    files = Enterprise.objects.only("pk", "legal_name", "name_en").in_bulk({each.subject_id for each in listed})
    return [(each, files.get(each.subject_id or 0)) for each in listed]


def progress_of(mailings: Iterable[Mailing]) -> dict[int, dict[str, int]]:
    """How many letters of each mailing stand in which state; one query."""
    listed = list(mailings)
    if not listed:
        return {}
    number = Func(F("key"), Value(":"), Value(2), function="split_part", output_field=CharField())
    rows = OutgoingMessage.objects.filter(
        recipient=None, key__startswith="mailing:", queued_at__gte=min(each.at for each in listed)
    )
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for mailing, state, letters in rows.values_list(number, "state").annotate(letters=Count("pk")).order_by():
        found[int(mailing)][state] = letters
    return found
