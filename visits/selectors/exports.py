"""The columns of the exported list of visits: the office's ledger, one row for each visit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from partnerships.choices.agreements import Side
from partnerships.exports import MOST_ROWS
from visits.choices import FollowUpState, ParticipantPart
from visits.models.results import Outcome
from visits.models.visits import Participant, Visit, VisitQuerySet
from visits.selectors.visits import of_side

PORTION = 500


def ledger_columns() -> list[str]:
    return [
        _("Campaigns"), _("Date"), _("Direction"), _("Medium"), _("Enterprise"), _("Unified social credit code"),
        _("Province"), _("City"), _("Place"), _("Led by"), _("Position"), _("Participants from the school"),
        _("Received by"), _("Position"), _("Posts"), _("Internships"), _("Majors"), _("What was said"),
        _("Feedback on teaching"), _("Follow-ups open"), _("Evidence"), _("State"),
        _("Reported by"), _("Reported for"),
    ]  # fmt: skip


def ledger_rows(rows: VisitQuerySet) -> Iterator[list[Any]]:
    """One row per visit of the list, fetched in portions."""
    found = rows.select_related("enterprise__province", "reported_by", "reported_for").prefetch_related(
        "campaigns",
        "follow_ups",
        "evidence",
        Prefetch("participants", Participant.objects.all()),
        Prefetch("outcomes", Outcome.objects.select_related("major")),
    )
    for visit in found[: MOST_ROWS + 1].iterator(chunk_size=PORTION):
        yield _row(visit)


def _row(visit: Visit) -> list[Any]:
    enterprise, outcomes = visit.enterprise, visit.outcomes.all()
    school, hosts = of_side(visit, Side.SCHOOL), of_side(visit, Side.ENTERPRISE)
    leading = [person for person in school if person.part == ParticipantPart.LEADS]
    return [
        _("; ").join(campaign.name for campaign in visit.campaigns.all()), visit.starts_on,
        visit.get_direction_display(), visit.get_medium_display(), enterprise, enterprise.credit_code,
        enterprise.province, enterprise.city, visit.place, _names(leading), _titles(leading), _names(school),
        _names(hosts[:1]), _titles(hosts[:1]), sum(row.posts for row in outcomes),
        sum(row.internships for row in outcomes), _("; ").join(str(row.major) for row in outcomes), visit.minutes,
        visit.feedback, sum(row.state == FollowUpState.OPEN for row in visit.follow_ups.all()),
        len(visit.evidence.all()), visit.get_state_display(), visit.reported_by, visit.reported_for,
    ]  # fmt: skip


def _names(people: list[Participant]) -> str:
    return _("; ").join(person.name for person in people)


def _titles(people: list[Participant]) -> str:
    return _("; ").join(person.title for person in people)
