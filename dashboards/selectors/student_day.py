"""A student's day: what to do now, what is next, where the applications stand, and three postings that fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, FilteredRelation, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import StudentProfile, User
from accounts.selectors import student_profile
from calendars.selectors.deadlines import Deadline, deadlines_of, of_interview
from events.choices import EventState, RegistrationState
from events.models import Event, Registration
from placements.choices import ApplicationState
from placements.models.applications import Application
from placements.models.interviews import InterviewSlot
from placements.selectors.for_you import ForYou, postings_for

ROWS = 6
NEXT = 4
AHEAD = timedelta(days=365)
THREE = 3


@dataclass(frozen=True)
class ToDo:
    """One thing that waits for the student, and where it is done."""

    text: str
    path: str
    label: str
    is_good_news: bool = False


@dataclass(frozen=True)
class StudentDay:
    to_do: list[ToDo]
    ahead: list[Deadline]
    applications: list[Application]
    fitting: list[ForYou]
    event: Event | None

    @property
    def next(self) -> Deadline | None:
        return self.ahead[0] if self.ahead else None


def student_day(user: User, *, now: datetime) -> StudentDay:
    """What a student finds first, in a fixed number of queries."""
    on, profile = timezone.localdate(now), student_profile(user)
    applications = list(_applications(user, now=now))
    ahead = [*deadlines_of(user, first=on, last=on + AHEAD), *_interviews(applications, now=now)]
    return StudentDay(
        to_do=[*_of_applications(applications), *_of_profile(profile)],
        ahead=sorted(ahead, key=lambda deadline: (deadline.on, deadline.kind))[:NEXT],
        applications=applications[:ROWS],
        fitting=postings_for(profile, on=on, most=THREE) if profile else [],
        event=_next_event(user, profile, on=on),
    )


def _applications(user: User, *, now: datetime) -> list[Application]:
    """Newest first, each with the hour of its interview, and whether one is to be booked: offered, and none taken."""
    hours = InterviewSlot.objects.filter(posting=OuterRef("posting"), starts_at__gt=now, cancelled_at__isnull=True)
    rows = Application.objects.filter(student=user).annotate(
        booked=FilteredRelation("bookings", condition=Q(bookings__cancelled_at__isnull=True)),
        has_to_book=Q(state=ApplicationState.INTERVIEW) & Exists(hours.order_by()) & Q(booked__isnull=True),
    )
    lean = rows.defer("letter", "snapshot", "posting__description", "posting__search", "posting__enterprise__search")
    with_names = lean.select_related("posting__enterprise", "booked__slot")  # type: ignore[misc]
    return list(with_names.order_by("-submitted_at", "-pk"))


def _of_applications(applications: list[Application]) -> list[ToDo]:
    offered = [each for each in applications if each.state == ApplicationState.OFFERED]
    to_book = [each for each in applications if getattr(each, "has_to_book", False)]
    return [
        *(_to_do(each, _("%(enterprise)s offers you “%(posting)s”."), _("Answer the offer"), good=True)
          for each in offered),
        *(_to_do(each, _("%(enterprise)s invites you to an interview for “%(posting)s”."), _("Book an hour"), good=True)
          for each in to_book),
    ]  # fmt: skip


def _to_do(application: Application, text: str, label: str, *, good: bool) -> ToDo:
    named = {"enterprise": application.posting.enterprise, "posting": application.posting}
    path = reverse("placements:application", args=[application.pk])
    return ToDo(text % named, path, label, is_good_news=good)


def _of_profile(profile: StudentProfile | None) -> list[ToDo]:
    """What postings are compared with and what is not said yet."""
    if profile is None:
        text = _("The portal does not know your major and class yet. Ask your college to enter them.")
        return [ToDo(text, reverse("accounts:profile"), _("Profile"))]
    said = (
        (profile.cities or profile.provinces, _("where you wish to work")),
        (profile.skills, _("your skills")),
        (profile.pay_from, _("the pay you wish for")),
    )
    missing = [words for value, words in said if not value]
    if not missing:
        return []
    text = _("Your profile does not say yet: %(what)s.") % {"what": _("; ").join(missing)}
    return [ToDo(text, reverse("accounts:student"), _("Finish the profile"))]


def _interviews(applications: list[Application], *, now: datetime) -> Iterator[Deadline]:
    """Hours that are booked and lie ahead."""
    for application in applications:
        booking = getattr(application, "booked", None)
        if booking is not None and booking.slot.cancelled_at is None and booking.slot.starts_at > now:
            yield of_interview(application, booking)


def _next_event(user: User, profile: StudentProfile | None, *, on: date) -> Event | None:
    """The next one that is announced to this student, with whether they have signed up."""
    mine = Registration.objects.filter(event=OuterRef("pk"), student=user).exclude(state=RegistrationState.CANCELLED)
    rows = Event.objects.filter(state=EventState.PUBLISHED, held_on__gte=on).annotate(signed_up=Exists(mine.order_by()))
    if profile is not None:
        rows = rows.for_student(profile)
    return rows.select_related("room").order_by("held_on", "starts_at_time", "pk").first()
