"""What students say that they can do and when they are free, and whom the office invited to a posting."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.choices import Language, LanguageLevel
from accounts.models.people import StudentProfile
from accounts.services import Spoken, save_profile
from demo.school.world import World
from demo.words.summaries import SUMMARIES
from placements.models.postings import Posting
from placements.selectors.fitting_students import candidates
from placements.services.inviting import invite_students

SICHUAN, CHONGQING = "510000", "500000"
LEVELS = (LanguageLevel.A2, LanguageLevel.B1, LanguageLevel.A2, LanguageLevel.B2)
PROOFS = {LanguageLevel.B1: "CET-4", LanguageLevel.B2: "CET-6"}
SECOND = (Language.JAPANESE, Language.KOREAN, Language.GERMAN)
SAY_MORE = 3  # every third student has filled in more than the school asks for
INVITED = 4
INVITED_POSTINGS = 3


def build_wishes(world: World) -> None:
    """The student with an account has filled in everything, a third of the others some of it."""
    for place, profile in enumerate(world.profiles):
        if place % SAY_MORE == 0:
            world.profiles[place] = _say(world, profile, place // SAY_MORE)


def _say(world: World, profile: StudentProfile, place: int) -> StudentProfile:
    level = LEVELS[(place + 1) % len(LEVELS)]
    languages = [Spoken(Language.ENGLISH, level, PROOFS.get(level, ""))]
    if place % 4 == 0:
        languages.append(Spoken(SECOND[place % len(SECOND)], LanguageLevel.A2))
    zh, en = SUMMARIES[place % len(SUMMARIES)]
    fields: dict[str, Any] = {"summary": zh, "summary_en": en}
    if place % 2 == 0:
        fields |= {"available_from": date(profile.class_of, 3, 1), "available_to": date(profile.class_of, 8, 31)}
    if place % 3 == 0:
        fields["days_a_week"] = 5 - place % 2
    if place % 4 == 1:
        fields["provinces"] = [SICHUAN, CHONGQING]
    return save_profile(profile, by=profile.user, languages=languages, **fields)


def build_invitations(world: World) -> None:
    """The office invited a few students to the postings that opened last; the account stays without."""
    account = world.profiles[0].user_id
    open_now = Posting.objects.open(world.today).prefetch_related("majors", "languages").order_by("-opens_on", "pk")
    for posting in open_now[:INVITED_POSTINGS]:
        fitting = candidates(posting, world.officer, on=world.today).exclude(user=account).order_by("user__number")
        chosen = list(fitting.values_list("user", flat=True)[:INVITED])
        if chosen:
            invite_students(posting, chosen, by=world.officer, at=world.at(world.day(-1), 10))
