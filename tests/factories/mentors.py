"""A mentor with a term and a lecture, and a plaque, as services make them."""

from datetime import date

from django.utils import timezone

from accounts.models.people import User
from partnerships.choices.programmes import ProgrammeKind
from partnerships.models.enterprises import Enterprise
from programmes.services import mentors, plaques


def mentor_records(enterprise: Enterprise, *, by: User) -> dict[str, int]:
    """The keys of each, by the word for it."""
    said = {"by": by, "at": timezone.now()}
    mentor = mentors.appoint_mentor(enterprise, name="曾建", from_on=date(2026, 1, 1), **said)
    appearance = mentors.record_appearance(mentor, subject="机器人", held_on=date(2026, 3, 1), **said)
    plaque = plaques.award_plaque(awarded_to="基地", kind=ProgrammeKind.TRAINING_BASE, enterprise=enterprise, **said)
    return {
        "mentor": mentor.pk,
        "term": mentor.appointments.get().pk,
        "appearance": appearance.pk,
        "plaque": plaque.pk,
    }
