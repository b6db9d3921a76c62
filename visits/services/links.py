"""What came of a visit elsewhere: agreements, postings and needs, and drafting them from its report."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models.people import User
from agreements.services.agreements import draft_agreement
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships.choices.needs import NeedSource
from partnerships.models.agreements import Agreement
from partnerships.models.codes import AgreementKind
from partnerships.models.needs import Need
from placements.choices import PostingKind, PostingSource
from placements.models.postings import Posting
from placements.services.postings import draft_posting
from visits import rules
from visits.choices import TOOK_PLACE
from visits.models.results import Outcome
from visits.models.visits import Visit
from visits.selectors.visits import promises_to_take_over

OPEN_FOR = timedelta(days=30)


def _check(visit: Visit, record: Agreement | Posting | Need, *, by: User) -> None:
    rules.can_link(by, visit).or_raise()
    of = {record.enterprise_id} | (record.enterprise_keys() if isinstance(record, Agreement) else set())
    if visit.enterprise_id not in of:
        raise RuleBroken(_("This belongs to another enterprise than the visit."))


@transaction.atomic
def link_agreement(visit: Visit, agreement: Agreement, *, by: User, at: datetime) -> None:
    """Say that an agreement came of a visit; saying it twice changes nothing."""
    _check(visit, agreement, by=by)
    visit.agreements.add(agreement)


@transaction.atomic
def link_posting(visit: Visit, posting: Posting, *, by: User, at: datetime) -> None:
    """Say that a posting came of a visit."""
    _check(visit, posting, by=by)
    visit.postings.add(posting)


@transaction.atomic
def link_need(visit: Visit, need: Need, *, by: User, at: datetime) -> None:
    """Say that the school learnt of a need at a visit, which is then its source."""
    _check(visit, need, by=by)
    visit.needs.add(need)
    need = lock(need)
    if need.source != NeedSource.VISIT:
        need.source = NeedSource.VISIT
        save(need)


@transaction.atomic
def draw_agreement(
    visit: Visit,
    *,
    kind: AgreementKind,
    title: str,
    by: User,
    at: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
    **more: Any,
) -> Agreement:
    """Draft the agreement that a visit led to; open promises of the visit become promises of the agreement.

    Majors are those for which something was offered; college staff draft for their own college. `more`
    goes to partnerships' draft_agreement.
    """
    visit = lock(visit)
    rules.can_draw_agreement(by, visit).or_raise()
    _took_place(visit)
    if "majors" not in more:
        more["majors"] = [outcome.major for outcome in visit.outcomes.select_related("major")]
    if "colleges" not in more and not by.is_office:
        more["colleges"] = [grant.college for grant in by.grants if grant.college_id in by.college_ids]
    agreement = draft_agreement(
        visit.enterprise, kind=kind, title=title, starts_on=starts_on, ends_on=ends_on, by=by, at=at, **more
    )
    visit.agreements.add(agreement)
    for commitment in promises_to_take_over(visit).select_for_update(of=("self",)):
        commitment.agreement = agreement
        save(commitment)
    return agreement


@transaction.atomic
def draw_posting(visit: Visit, outcome: Outcome, *, kind: PostingKind, by: User, at: datetime) -> Posting:
    """Draft the posting of what was offered for one major; asked again, it is the draft that exists.

    It closes in 30 days unless its author says otherwise.
    """
    visit = lock(visit)
    rules.can_draw_posting(by, visit).or_raise()
    _took_place(visit)
    if outcome.visit_id != visit.pk:
        raise RuleBroken(_("This was offered at another visit."))
    drawn = visit.postings.filter(kind=kind, majors=outcome.major).first()
    if drawn is not None:
        return drawn
    fields = _posting_fields(visit, outcome, kind, on=timezone.localdate(at))
    posting = draft_posting(
        visit.enterprise, fields=fields, majors=[outcome.major], by=by, at=at, source=PostingSource.VISIT
    )
    visit.postings.add(posting)
    return posting


def _took_place(visit: Visit) -> None:
    if visit.state not in TOOK_PLACE:
        raise RuleBroken(_("Nothing can have come of a visit that has not taken place."))


def _posting_fields(visit: Visit, outcome: Outcome, kind: PostingKind, *, on: date) -> dict[str, Any]:
    """What the report says of an offer, as a posting says it."""
    is_internship = kind == PostingKind.INTERNSHIP
    places = outcome.internships if is_internship else outcome.posts
    if not places:
        raise RuleBroken(_("No place of this kind was offered for this major."))
    titles = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            titles[language] = _("%(major)s (%(kind)s)") % {"major": outcome.major, "kind": kind.label}
    classes = visit.campaigns.filter(class_of__isnull=False).order_by("pk").values_list("class_of", flat=True)
    return {
        "kind": kind,
        "title": titles["zh-hans"][:120],
        "title_en": titles["en"][:160],
        "description": _("Offered at a visit. Write here what the work is and what it asks for."),
        "headcount": places,
        "class_of": classes.first(),
        "province": visit.enterprise.province,
        "city": visit.enterprise.city,
        "pay_min": outcome.internship_pay if is_internship else outcome.post_pay,
        "closes_on": on + OPEN_FOR,
    }
