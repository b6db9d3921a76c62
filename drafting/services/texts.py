"""The text of an agreement: begun from a template, then saved revision by revision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken, StaleEdit
from core.saving import lock
from drafting import text_rules as rules
from drafting.models.texts import AgreementTemplate, Revision, RevisionClause
from drafting.services.templates import ClauseText, check_clauses, words_of
from partnerships.changes import Change
from partnerships.choices.agreements import AgreementState, Track
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement
from partnerships.models.timeline import agreement_detail
from partnerships.rules import can_change_agreement
from partnerships.services import timeline


def _open(agreement: Agreement, *, by: User) -> Agreement:
    """The agreement under a lock, where this person may write its text now."""
    agreement = lock(agreement)
    can_change_agreement(by, agreement).or_raise()
    if agreement.state != AgreementState.DRAFT:
        raise RuleBroken(rules.text_is_closed())
    return agreement


def _tell(agreement: Agreement, revision: Revision, before: int | None, *, by: User, at: datetime) -> None:
    changes = [Change(model="drafting.Revision", field="number", before=before, after=revision.number)]
    if revision.note:
        changes.append(Change(model="drafting.Revision", field="note", before="", after=revision.note))
    timeline.record(
        agreement.enterprise,
        TimelineKind.AGREEMENT_CHANGED,
        by=by,
        at=at,
        text=agreement.title,
        detail=agreement_detail(agreement.pk),
        link=reverse("drafting:text", args=[agreement.pk]),
        changes=changes,
    )


@transaction.atomic
def begin_text(agreement: Agreement, template: AgreementTemplate, *, by: User, at: datetime) -> Revision:
    """The first revision: the clauses of a template of its kind, or of one for every kind. Raises RuleBroken."""
    agreement = _open(agreement, by=by)
    if agreement.revisions.exists():
        raise RuleBroken(_("This agreement has a text already."))
    offered = AgreementTemplate.objects.filter(Q(kind=agreement.kind_id) | Q(kind__isnull=True), is_active=True)
    if not offered.filter(pk=template.pk).exists():
        raise RuleBroken(_("This template is not offered for this kind of agreement."), field="template")
    clauses = list(template.clauses.all())
    if not clauses:
        raise RuleBroken(_("This template has no clause yet."), field="template")
    note = _("Begun from the template “%(name)s”") % {"name": template}
    revision: Revision = agreement.revisions.create(number=1, template=template, note=note[:300], by=by, at=at)
    RevisionClause.objects.bulk_create(
        RevisionClause(
            revision=revision,
            origin=clause,
            place=clause.place,
            heading_zh=clause.heading_zh,
            heading_en=clause.heading_en,
            body_zh=clause.body_zh,
            body_en=clause.body_en,
            is_fixed=clause.is_fixed,
        )
        for clause in clauses
    )
    _tell(agreement, revision, None, by=by, at=at)
    return revision


def _check_fixed(agreement: Agreement, last: Sequence[RevisionClause], clauses: Sequence[ClauseText]) -> None:
    """On the standard track fixed clauses stay word for word; where they stand may change."""
    if agreement.track != Track.STANDARD:
        return
    written = {clause.words for clause in clauses}
    changed = [str(clause) for clause in last if clause.is_fixed and words_of(clause) not in written]
    if changed:
        raise RuleBroken(
            _(
                "On the standard track these clauses may not be changed: %(clauses)s. "
                "To negotiate them, change the track of the agreement to “Negotiated text” first."
            )
            % {"clauses": ", ".join(changed)}
        )


def _write(revision: Revision, clauses: Sequence[ClauseText]) -> None:
    """The clauses in their order; each keeps the origin of the clause that it changes."""
    keys = [clause.key for clause in clauses if clause.key]
    earlier = RevisionClause.objects.filter(revision__agreement=revision.agreement_id, pk__in=keys).in_bulk()
    rows = []
    for place, each in enumerate(clauses, start=1):
        was = earlier.get(each.key or 0)
        heading_zh, heading_en, body_zh, body_en = each.words
        rows.append(
            RevisionClause(
                revision=revision,
                place=place,
                origin_id=was.origin_id if was else None,
                is_fixed=bool(was and was.is_fixed),
                heading_zh=heading_zh,
                heading_en=heading_en,
                body_zh=body_zh,
                body_en=body_en,
            )
        )
    RevisionClause.objects.bulk_create(rows)


@transaction.atomic
def save_text(
    agreement: Agreement, *, based_on: int, clauses: Sequence[ClauseText], note: str = "", by: User, at: datetime
) -> Revision:
    """The next revision; what differs in nothing from the last one makes none, and the last one is returned.

    Raises StaleEdit when `based_on` is not the number of the last revision any more, and RuleBroken.
    """
    agreement = _open(agreement, by=by)
    last = agreement.revisions.order_by("-number").first()
    if last is None:
        raise RuleBroken(_("This agreement has no text yet."))
    if last.number != based_on:
        raise StaleEdit
    before = list(last.clauses.all())
    check_clauses(clauses)
    if [words_of(clause) for clause in before] == [clause.words for clause in clauses]:
        return last
    _check_fixed(agreement, before, clauses)
    revision: Revision = agreement.revisions.create(
        number=last.number + 1, template=last.template, note=note, by=by, at=at
    )
    _write(revision, clauses)
    _tell(agreement, revision, last.number, by=by, at=at)
    return revision
