"""Staff invite students whom a posting fits to look at it; nobody is invited twice to one posting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models.people import StudentProfile, User
from core.errors import RuleBroken
from notifications.choices import Matter
from notifications.services.notifying import notify
from placements import matching, rules
from placements.models.postings import Posting
from placements.selectors.fitting_students import candidates, invitation_key, invitations

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Invited:
    """How many were told, and how many chosen ones were not: invited before, applied since, or no student of theirs."""

    told: int
    passed_over: int


@transaction.atomic
def invite_students(posting: Posting, students: Iterable[int], *, by: User, at: datetime) -> Invited:
    """Write to those of the chosen people who still fit, have not applied and were not invited before.

    The posting is locked, so that it is open when they are told and two colleagues do not count the same student.
    """
    posting = Posting.objects.select_for_update(of=("self",), no_key=True).get(pk=posting.pk)
    rules.can_invite(by).or_raise()
    on, chosen = timezone.localdate(at), set(students)
    if not posting.is_open(on):
        raise RuleBroken(_("Students are invited while the posting is open for applications."))
    if not chosen:
        raise RuleBroken(_("Choose the students to invite."))
    if len(chosen) > MOST_AT_ONCE:
        raise RuleBroken(_("At most %(count)s students are invited at once.") % {"count": MOST_AT_ONCE})
    profiles = candidates(posting, by, on=on).filter(user__in=chosen - invitations(posting).keys())
    told = 0
    for profile in profiles.select_related("user", "major").prefetch_related("languages").order_by("user__number"):
        told += _invite(posting, profile, on=on, at=at)
    return Invited(told, len(chosen) - told)


def _invite(posting: Posting, profile: StudentProfile, *, on: date, at: datetime) -> bool:
    """Tell one student, with what speaks for it in the student's language."""
    with translation.override(profile.user.language):
        ticks = matching.fit(posting, profile, on=on)
        if matching.obstacles(ticks):
            return False
        context: dict[str, object] = {
            "posting": str(posting),
            "enterprise": str(posting.enterprise),
            "reasons": "\n".join(f"– {tick.text}" for tick in ticks if tick.passed and tick.rule != "open"),
            "closes_on": posting.closes_on,
        }
    stored = notify(
        profile.user,
        key=invitation_key(posting),
        matter=Matter.POSTING,
        template="emails/placements/posting_invited.txt",
        context=context,
        at=at,
        link=reverse("placements:posting", args=[posting.pk]),
        still_due="placements.posting",
        subject_id=posting.pk,
    )
    return stored > 0
