"""The reverse of "For you": which students fit a posting and have not applied, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from accounts.choices import LEVEL_ORDER, Level, Role
from accounts.models.people import StudentProfile, StudentProfileQuerySet, User
from core.names import in_language
from notifications.models.messages import OutgoingMessage
from placements import matching
from placements.fitting.score import score
from placements.fitting.ticks import Tick
from placements.models.applications import Application
from placements.models.postings import Posting

MOST_COMPARED = 1_000


def invitation_key(posting: Posting) -> str:
    """Of the message that invites a student; there is one per student and posting."""
    return f"posting:{posting.pk}:invited"


def suited(posting: Posting, *, on: date) -> StudentProfileQuerySet:
    """Students of the class, level and majors of a posting, whether they applied (`has_applied`) or not."""
    rows = StudentProfile.objects.filter(user__in=User.objects.holding(Role.STUDENT, on=on))
    rows = rows.annotate(has_applied=_applied(posting)).filter(_of_major(posting))
    if posting.class_of:
        rows = rows.filter(class_of=posting.class_of)
    if posting.level:
        rows = rows.filter(level__in=LEVEL_ORDER[LEVEL_ORDER.index(Level(posting.level)) :])
    return rows


def _applied(posting: Posting) -> Exists:
    return Exists(Application.objects.filter(posting=posting, student=OuterRef("user")))


def _of_major(posting: Posting) -> Q:
    """Reads posting.majors."""
    majors = list(posting.majors.all())
    wanted = Q(major__in=majors) if majors else Q()
    for each in posting.major_classes:
        wanted |= Q(major__code__startswith=each)
    return wanted


@dataclass(frozen=True)
class MajorNumbers:
    """Of one major: how many students fit, and how many of them have applied."""

    college: int
    college_name: str
    major: int
    major_name: str
    fitting: int
    applied: int


def numbers(posting: Posting, user: User, *, on: date) -> list[MajorNumbers]:
    """Of every major that has students who fit; college staff read those of their college. One query."""
    rows = suited(posting, on=on)
    if not user.is_office and user.college_ids:
        rows = rows.filter(major__college__in=user.college_ids)
    columns = ["major", "major__college"]
    columns += [f"{of}__{column}" for of in ("major", "major__college") for column in ("name_zh", "name_en")]
    counted = rows.order_by("major__college__code", "major__code").values(*columns)
    counted = counted.annotate(number=Count("pk"), number_applied=Count("pk", filter=Q(has_applied=True)))
    return [_numbers(row) for row in counted]


def _numbers(row: dict[str, Any]) -> MajorNumbers:
    return MajorNumbers(
        college=row["major__college"],
        college_name=in_language(row["major__college__name_zh"], row["major__college__name_en"]),
        major=row["major"],
        major_name=in_language(row["major__name_zh"], row["major__name_en"]),
        fitting=row["number"],
        applied=row["number_applied"],
    )


@dataclass(frozen=True)
class Fitting:
    """One student who fits and has not applied."""

    profile: StudentProfile
    points: int
    reasons: list[Tick]
    invited_at: datetime | None


def candidates(posting: Posting, user: User, *, on: date) -> StudentProfileQuerySet:
    """Who fits, has not applied, and may be seen by this person."""
    suiting = suited(posting, on=on).filter(~_applied(posting))
    return suiting.filter(pk__in=StudentProfile.objects.visible_to(user).values("pk"))


def students_for(posting: Posting, user: User, wanted: dict[str, Any], *, on: date) -> list[Fitting]:
    """The best first, of equal points by number; of more than MOST_COMPARED the first by number. Three queries."""
    rows = candidates(posting, user, on=on)
    if wanted.get("college"):
        rows = rows.filter(major__college=wanted["college"])
    if wanted.get("major"):
        rows = rows.filter(major=wanted["major"])
    with_names = rows.select_related("user", "major__college").prefetch_related("languages").order_by("user__number")
    invited = invitations(posting)
    found = [_compared(posting, profile, invited, on=on) for profile in with_names[:MOST_COMPARED]]
    fitting = [row for row in found if row]
    if wanted.get("invited") == "no":
        fitting = [row for row in fitting if row.invited_at is None]
    return sorted(fitting, key=attrgetter("points"), reverse=True)


def invitations(posting: Posting) -> dict[int, datetime]:
    """When each student was invited, by the key of the person."""
    sent = OutgoingMessage.objects.filter(key=invitation_key(posting), recipient__isnull=False)
    return dict(sent.order_by("-queued_at").values_list("recipient", "queued_at"))


def _compared(posting: Posting, profile: StudentProfile, invited: dict[int, datetime], *, on: date) -> Fitting | None:
    """Conditions have the last word, except whether it is open: staff look before it opens, too."""
    ticks = matching.fit(posting, profile, on=on)
    if any(tick.rule != "open" for tick in matching.obstacles(ticks)):
        return None
    return Fitting(profile, score(ticks), matching.reasons(ticks), invited.get(profile.user_id))


def in_words(reasons: Iterable[Tick], *, passed: bool) -> list[str]:
    """What speaks for a student, or what does not and what is not known, in a few words each."""
    return [tick.short for tick in reasons if tick.passed is passed]
