"""Answers that enterprises promised, whether a letter of the desk still holds, and whose account opens nothing any
more; reads only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count
from django.urls import reverse

from desk.models.accounts import ContactAccount, ContactAccountQuerySet
from desk.selectors.addressees import contacts_of
from desk.selectors.links import end_of, request_of
from notifications.models.messages import OutgoingMessage
from notifications.occasions import Asked, Occasion, rules
from notifications.selectors.reminding import terms_of
from partnerships.models.links import SignedLink
from placements.choices import STANDING
from placements.models.postings import Posting
from placements.selectors.answers import unanswered


def link_still_holds(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: this very link still opens something."""
    link = SignedLink.objects.select_related("enterprise", "contact").filter(pk=subject_id).first()
    return link is not None and end_of(link, request_of(link), now=now) is None


def answers_still_due(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: the link in the letter holds, and somebody behind it waits for that very day."""
    waiting = unanswered().filter(posting__desk_requests__links__link=subject_id).select_related("posting")
    first = waiting.first()
    return first is not None and link_still_holds(subject_id, now=now) and _says_its_day(first.posting, subject_id)


def applicants_still_wait(subject_id: int, *, now: datetime) -> bool:
    """The same of a letter without a link; the subject is the posting."""
    first = unanswered().filter(posting=subject_id).select_related("posting").first()
    return first is not None and _says_its_day(first.posting, subject_id)


def _says_its_day(posting: Posting, subject_id: int) -> bool:
    """Was the letter about this subject written for the day that is promised now? The day stands in its key."""
    if posting.answer_by is None:
        return False
    rule = rules()["desk.answers"]
    days = (
        Occasion(subject_id=posting.pk, on=posting.answer_by, mark=mark, people={}) for mark in terms_of(rule).all_marks
    )
    keys = [rule.key_of(day) for day in days]
    return OutgoingMessage.objects.filter(key__in=keys, recipient=None, subject_id=subject_id).exists()


def awaited_answers(asked: Asked) -> Iterator[Occasion]:
    """Postings whose answers are due and of which nothing was written yet; a day that moved makes it another letter."""
    occasions = list(_awaited(asked))
    keys = {occasion.subject_id: rules()["desk.answers"].key_of(occasion) for occasion in occasions}
    letters = OutgoingMessage.objects.filter(key__in=keys.values(), recipient=None)
    written = set(letters.values_list("key", flat=True))
    yield from (occasion for occasion in occasions if keys[occasion.subject_id] not in written)


def _awaited(asked: Asked) -> Iterator[Occasion]:
    postings = asked.narrowed(Posting.objects.filter(state__in=STANDING, answer_by__range=asked.around))
    waiting: dict[int, int] = dict(
        unanswered().filter(posting__in=postings).order_by().values_list("posting").annotate(Count("pk"))
    )
    found = list(postings.filter(pk__in=waiting).select_related("enterprise", "contact").order_by("answer_by", "pk"))
    contacts = contacts_of(found, on=asked.today)
    for posting in found:
        on, contact = posting.answer_by, contacts.get(posting.pk)
        mark = asked.mark_of(on) if on is not None and contact is not None else None
        if on is not None and mark is not None:
            yield Occasion(
                subject_id=posting.pk,
                on=on,
                mark=mark,
                people={"contact": [contact]},
                link=reverse("placements:posting", args=[posting.pk]),
                enterprise_id=posting.enterprise_id,
                because={"waiting": waiting[posting.pk]},
            )


def accounts_to_end(on: date) -> ContactAccountQuerySet:
    """Accounts of people who have left, or whose enterprise's file was closed."""
    holding = ContactAccount.objects.in_force(on).order_by().values("pk")
    return ContactAccount.objects.filter(ended_at__isnull=True).exclude(pk__in=holding)
