"""One reminder to whoever was asked some days ago and has not answered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from notifications.choices import Matter
from notifications.occasions import Rule
from notifications.selectors.reminding import occasion_of
from notifications.services.letters import write_to_many
from notifications.terms import Terms
from partnerships.choices.links import REMINDER
from partnerships.choices.timeline import TimelineKind
from surveys.models.asking import Invitation
from surveys.reminders import silent_invitations
from surveys.services.asking import tell
from surveys.services.letters import make_link


@transaction.atomic
def remind(subject_id: int, now: datetime) -> int:
    """Write to one person, with a link that stands beside the first; returns how many letters that is. Two runs at
    once remind nobody twice.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("survey", "enterprise").get(pk=subject_id)
    )
    if occasion_of("surveys.invitation", subject_id, now=now) is None:
        return 0
    invitation.reminded_at = now
    invitation.save(update_fields=["reminded_at"])
    holding = invitation.links.filter(ended="").first()
    expires_at = holding.expires_at if holding else None
    _link, letter = make_link(invitation, at=now, note=REMINDER, expires_at=expires_at)
    write_to_many([letter], at=now)
    tell(invitation, TimelineKind.SURVEY_SENT, by=None, at=now, detail=REMINDER)
    return 1


RULES = (
    Rule(
        slug="surveys.invitation",
        name=_("Survey to be answered"),
        about=_("Somebody who was asked by a survey has not answered; the reminder has a new link."),
        matter=Matter.SURVEY,
        terms=Terms(marks=(10,), until=60, audiences=("invited",)),
        audiences={"invited": _("Who is asked")},
        find=silent_invitations,
        write=remind,
    ),
)
