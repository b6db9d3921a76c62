"""Agreements and promises."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from api.choices import Scope
from api.fields import computed, many, nested, own
from api.filters import choice, code, days, key, yes_or_no
from api.resource import Resource, visible
from api.resources.enterprises import KEPT, OF_ENTERPRISE, WHEN
from api.values import Coded, chosen, whole_yuan
from partnerships.choices.agreements import AgreementStage
from partnerships.models.agreements import Agreement, AgreementField, AgreementParty, Signature
from partnerships.models.commitments import Commitment


def _stage(agreement: Agreement) -> dict[str, str] | None:
    return chosen(AgreementStage, agreement.stage_on(timezone.localdate()))


AGREEMENTS = Resource(
    name="agreements",
    title="Agreement",
    summary=_("Cooperation agreements with their parties and dates; not their texts and files."),
    scope=Scope.AGREEMENTS,
    model=Agreement,
    visible=visible(Agreement),
    fields=(
        *own(Agreement, "enterprise", "kind", "title", "number", "track", "state", "signed_on", "starts_on"),
        *own(Agreement, "ends_on", "renews_itself", "owner", "deputy", "content", "originals", "archived_on"),
        computed("stage", Coded, _stage, _("Where it stands today, as its state and dates have it.")),
        computed(
            "amount", int | None, lambda row: whole_yuan(row.amount), _("The sum that it names, in whole yuan.")
        ),
        *own(
            Agreement,
            renewed_from_id=_("Number of the agreement that it renews."),
            framework_id=_("Number of the framework agreement that it is under."),
            **KEPT,
        ),
        many(Agreement, "colleges", _("Colleges that it is of; none means the whole school.")),
        many(Agreement, "majors", _("Majors that it is for.")),
        nested(
            Agreement, "parties", _("Its parties by their letters: 1 is Party A."),
            own(AgreementParty, "place", "is_school", "enterprise", "name", "role"), title="Party",
        ),
        nested(Agreement, "fields", _("Fields of cooperation."), own(AgreementField, "name"), title="FieldOfWork"),
        nested(
            Agreement, "signatures", _("When and how each side signed; not who."),
            own(Signature, "side", "signed_on", "way"), title="Signature",
        ),
    ),
    filters=(
        OF_ENTERPRISE,
        code("kind", _("Of the kind with this code.")),
        choice(Agreement, "state", _("In this state.")),
        code("college", _("Of the college with this code."), path="colleges"),
        yes_or_no("renews_itself", _("Whether it renews itself.")),
        *days("signed_on", _("Signed on this day or later."), _("Signed on this day or earlier.")),
        *days("ends_on", _("Ends on this day or later."), _("Ends on this day or earlier.")),
    ),
    orders=WHEN,
)  # fmt: skip
COMMITMENTS = Resource(
    name="commitments",
    title="Commitment",
    summary=_("Promises by either side, and whether they were kept."),
    scope=Scope.AGREEMENTS,
    model=Commitment,
    visible=visible(Commitment),
    fields=(
        *own(Commitment, "enterprise", "side", "kind", "description", "number", "unit", "due_on", "state"),
        *own(
            Commitment, "delivered", "evidence",
            agreement_id=_("Number of the agreement that it is under."),
            closed_on=_("On which day it was closed."),
            **KEPT,
        ),
    ),
    filters=(
        OF_ENTERPRISE,
        key("agreement", _("Under the agreement with this number.")),
        choice(Commitment, "side", _("By this side.")),
        choice(Commitment, "kind", _("Of this kind.")),
        choice(Commitment, "state", _("In this state.")),
        *days("due_on", _("Due on this day or later."), _("Due on this day or earlier.")),
    ),
    orders=WHEN,
)  # fmt: skip
RESOURCES = (AGREEMENTS, COMMITMENTS)
