"""Postings that wait, that are about to close or found nobody, and interviews of the next day; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models.people import User
from notifications.choices import Counting, Matter
from notifications.occasions import Asked, Occasion, Rule, Words
from notifications.terms import Terms
from placements.choices import PostingState
from placements.models.applications import Application
from placements.models.interviews import InterviewBooking
from placements.models.postings import SEARCHED, Posting

AT_ONCE = 2000
MOST_NAMED = 20
REVIEWED_WITHIN = 2  # working days
LOOKING_AFTER = ("created_by", "enterprise__owner")
UNREAD = (*SEARCHED, "description", "description_en")


def who_looks_after(posting: Posting) -> list[User]:
    """Its author and the owner of the enterprise, each once."""
    people = [posting.created_by, posting.enterprise.owner]
    return list({person.pk: person for person in people if person is not None and person.is_active}.values())


def posting_still_open(subject_id: int, *, now: datetime) -> bool:
    """Asked of an invitation at the moment of sending."""
    return Posting.objects.open(timezone.localdate(now)).filter(pk=subject_id).exists()


def _author_and_owner(posting: Posting) -> dict[str, list[User | None]]:
    return {"author": [posting.created_by], "owner": [posting.enterprise.owner]}


def _words(posting: Posting, more: Words, to: User) -> Words:
    return {"posting": str(posting), "enterprise": str(posting.enterprise), "closes_on": posting.closes_on, **more}


def _closing(asked: Asked) -> Iterator[Occasion]:
    closing = asked.narrowed(Posting.objects.open(asked.today)).filter(closes_on__lte=asked.around[1])
    rows = closing.select_related(*LOOKING_AFTER).defer(*UNREAD).annotate(number=Count("applications"))
    for posting in rows.order_by("pk").iterator(chunk_size=AT_ONCE):
        mark = asked.mark_of(posting.closes_on)
        if mark is not None:
            said = {"days": (posting.closes_on - asked.today).days, "applications": posting.number}
            yield Occasion(
                subject_id=posting.pk,
                on=posting.closes_on,
                mark=mark,
                people=_author_and_owner(posting),
                words=partial(_words, posting, said),
                link=reverse("placements:posting", args=[posting.pk]),
                enterprise_id=posting.enterprise_id,
                because={"applications": posting.number},
            )


def _waiting(asked: Asked) -> Iterator[Occasion]:
    """A list for each of the office, of which they are the subject: a letter for every posting would be too many."""
    monday = asked.today - timedelta(days=asked.today.weekday())
    mark = asked.mark_of(monday)
    waiting = _long_in_review(asked) if mark is not None else []
    if mark is None or not waiting:
        return
    for officer in asked.narrowed(User.objects.holding(Role.OFFICER, on=asked.today)).order_by("pk"):
        yield Occasion(
            subject_id=officer.pk,
            on=monday,
            mark=mark,
            people={"office": [officer]},
            words=partial(_list_of_waiting, waiting),
            link=reverse("placements:posting_list") + "?state=in_review",
            because={"number": len(waiting)},
        )


def _long_in_review(asked: Asked) -> list[tuple[Posting, date]]:
    """Those that wait longer than the terms let them, in working days, with the day on which they were sent to review
    last, as the history has it; the longest first.
    """
    history: Any = Posting.history.rel.related_model  # type: ignore[attr-defined]  # made by core.history.tracked
    steps = history.objects.filter(pgh_obj=OuterRef("pk"))
    other = steps.exclude(state=PostingState.IN_REVIEW).order_by("-pgh_id").values("pgh_id")[:1]
    rows = Posting.objects.filter(state=PostingState.IN_REVIEW).annotate(last_other=Coalesce(Subquery(other), 0))
    waiting = steps.filter(pgh_id__gt=OuterRef("last_other")).order_by("pgh_id").values("pgh_created_at")[:1]
    begun: QuerySet[Any] = rows.annotate(since=Coalesce(Subquery(waiting), "updated_at"))
    dated = [
        (each, timezone.localdate(each.since))
        for each in begun.select_related("enterprise").defer(*UNREAD).order_by("since", "pk")
    ]
    allowed = asked.terms.number or REVIEWED_WITHIN
    return [(posting, on) for posting, on in dated if asked.days.after(on, allowed) <= asked.today]


def _list_of_waiting(waiting: list[tuple[Posting, date]], to: User) -> Words:
    named = [
        {"posting": str(each), "enterprise": str(each.enterprise), "since": on} for each, on in waiting[:MOST_NAMED]
    ]
    return {"postings": named, "number": len(waiting), "more": len(waiting) - len(named)}


def _empty(asked: Asked) -> Iterator[Occasion]:
    """Closed, and nobody applied; one that was copied since is in hand."""
    closed = Posting.objects.filter(state=PostingState.CLOSED, closes_on__range=asked.around)
    rows = asked.narrowed(closed).filter(
        ~Exists(Application.objects.filter(posting=OuterRef("pk")).order_by()),
        ~Exists(Posting.objects.filter(copied_from=OuterRef("pk")).order_by()),
    )
    for posting in rows.select_related(*LOOKING_AFTER).defer(*UNREAD).order_by("pk").iterator(chunk_size=AT_ONCE):
        mark = asked.mark_of(posting.closes_on)
        if mark is not None:
            yield Occasion(
                subject_id=posting.pk,
                on=posting.closes_on,
                mark=mark,
                people=_author_and_owner(posting),
                words=partial(_words, posting, {}),
                link=reverse("placements:posting", args=[posting.pk]),
                enterprise_id=posting.enterprise_id,
            )


def _interviews(asked: Asked) -> Iterator[Occasion]:
    """Student and host each with the page that is theirs. A host who is a contact has the appointment by calendar."""
    booked = InterviewBooking.objects.filter(
        cancelled_at__isnull=True,
        slot__cancelled_at__isnull=True,
        slot__starts_at__gt=asked.now,
        slot__starts_at__date__lte=asked.around[1],
    )
    rows = asked.narrowed(booked).select_related(
        "slot__posting__enterprise", "slot__created_by", "application__student"
    )
    for booking in rows.order_by("pk").iterator(chunk_size=AT_ONCE):
        slot = booking.slot
        starts_at = timezone.localtime(slot.starts_at)
        mark = asked.mark_of(starts_at.date())
        if mark is None:
            continue
        pages = {
            "student": (booking.application.student, reverse("placements:application", args=[booking.application_id])),
            "host": (slot.created_by, reverse("placements:interviews", args=[slot.posting_id])),
        }
        for audience, (person, link) in pages.items():
            yield Occasion(
                subject_id=booking.pk,
                on=starts_at.date(),
                mark=mark,
                more=f"{starts_at:%H%M}",
                people={audience: [person]},
                words=partial(_words_of_interview, booking, asked.today),
                link=link,
                enterprise_id=slot.posting.enterprise_id,
            )


def _words_of_interview(booking: InterviewBooking, on: date, to: User) -> Words:
    slot, student = booking.slot, booking.application.student
    starts_at = timezone.localtime(slot.starts_at)
    said = {"starts_at": starts_at, "ends_at": timezone.localtime(slot.ends_at), "place": slot.place}
    whose = {"student": str(student), "is_host": to.pk != student.pk, "is_today": starts_at.date() == on}
    return _words(slot.posting, {**said, **whose, "online_url": slot.online_url}, to)


RULES = (
    Rule(
        slug="placements.posting",
        name=_("Posting closes soon"),
        about=_("An open posting is near its closing day."),
        matter=Matter.POSTING,
        template="emails/placements/posting_closes.txt",
        terms=Terms(marks=(-7, -1), until=0, audiences=("author", "owner")),
        audiences={"author": _("Author"), "owner": _("Owner of the enterprise")},
        find=_closing,
    ),
    Rule(
        slug="placements.review",
        name=_("Postings wait for review"),
        about=_("Postings were sent to review, and nobody has decided about them; one list for all of them."),
        matter=Matter.POSTING,
        template="emails/placements/postings_wait.txt",
        terms=Terms(
            marks=(0, 3), until=4, counting=Counting.ON_WORKING_DAYS, audiences=("office",), number=REVIEWED_WITHIN
        ),
        audiences={"office": _("Employment office")},
        find=_waiting,
        number_name=_("Working days in review"),
    ),
    Rule(
        slug="placements.empty",
        name=_("Posting without applicants"),
        about=_("A posting has closed, and nobody applied."),
        matter=Matter.POSTING,
        template="emails/placements/posting_empty.txt",
        terms=Terms(marks=(1,), until=7, audiences=("author", "owner")),
        audiences={"author": _("Author"), "owner": _("Owner of the enterprise")},
        find=_empty,
    ),
    Rule(
        slug="placements.interview",
        name=_("Interview tomorrow"),
        about=_("A booked hour of an interview is near."),
        matter=Matter.APPLICATION,
        template="emails/placements/interview_near.txt",
        terms=Terms(marks=(-1,), until=0, audiences=("student", "host")),
        audiences={"student": _("Student"), "host": _("Host of the school")},
        find=_interviews,
    ),
)
