"""Visits, trips and campaigns."""

from __future__ import annotations

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from api.choices import Scope
from api.fields import Field, many, nested, own
from api.filters import choice, code, days, key, year
from api.resource import Resource, visible
from api.resources.enterprises import KEPT, OF_ENTERPRISE, WHEN
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from visits.models.campaigns import Campaign, CampaignPoint, CampaignReportDay, CampaignTarget, Trip, TripMember
from visits.models.results import FollowUp, Intention, Outcome
from visits.models.visits import Participant, Visit, VisitTopic


def _of_reader(agreements: object, commitments: object) -> list[Field]:
    return [
        many(Visit, "agreements", _("Agreements that came of it, those that you may read."), rows=agreements),
        many(Visit, "commitments", _("Promises that came of it, those that you may read."), rows=commitments),
    ]


def _for_reader(user: User) -> list[Field]:
    return _of_reader(
        Prefetch("agreements", Agreement.objects.visible_to(user)),
        Prefetch("commitments", Commitment.objects.visible_to(user)),
    )


VISITS = Resource(
    name="visits",
    title="Visit",
    summary=_("Visits with who was there, what was offered and intended, and what is still to be done."),
    scope=Scope.VISITS,
    model=Visit,
    visible=visible(Visit),
    fields=(
        *own(Visit, "enterprise", "trip", "direction", "medium", "starts_on", "starts_at_time", "ends_at_time"),
        *own(Visit, "part_of_day", "stop", "place", "address", "goal", "state", "organiser", "result_form"),
        *own(Visit, "nothing_offered", reported_at=_("When it was reported; null until then."), **KEPT),
        many(Visit, "campaigns", _("Campaigns in which it counts.")),
        many(Visit, "colleges", _("Colleges whose visit it is.")),
        nested(
            Visit, "participants", _("Who took part, with the position held that day."),
            own(
                Participant, "side", "name", "title", "was_present",
                part=_("What part they took: leads or takes part."),
            ),
            title="Participant",
        ),
        nested(
            Visit, "topics", _("What was spoken of."),
            own(VisitTopic, "name", kind=_("Planned, on the agenda or said.")), title="Topic",
        ),
        nested(
            Visit, "outcomes", _("What the enterprise offered for each major; pay in yuan a month."),
            own(
                Outcome, "major", "posts", "average_pay", "graduates", "post_pay", "internships", "internship_pay"
            ),
            title="Outcome",
        ),
        nested(
            Visit, "intentions", _("What both sides mean to do."),
            own(Intention, "kind", "name", "terms", "class_of", "state"), title="Intention",
        ),
        nested(
            Visit, "follow_ups", _("What is to be done, by whom and by when."),
            own(FollowUp, "what", "owner", "due_on", "state", "result", closed_at=_("When it was closed.")),
            title="FollowUp",
        ),
        many(Visit, "needs", _("Needs that came of it.")),
        many(Visit, "postings", _("Postings that came of it.")),
    ),
    reader_fields=tuple(_of_reader(None, None)),
    for_reader=_for_reader,
    filters=(
        OF_ENTERPRISE,
        key("campaign", _("That counts in the campaign with this number."), path="campaigns"),
        key("trip", _("On the trip with this number.")),
        code("college", _("Of the college with this code."), path="colleges"),
        choice(Visit, "state", _("In this state.")),
        choice(Visit, "direction", _("In this direction.")),
        choice(Visit, "medium", _("On site or online.")),
        *days("starts_on", _("On this day or later."), _("On this day or earlier.")),
    ),
    orders=WHEN,
)  # fmt: skip
TRIPS = Resource(
    name="trips",
    title="Trip",
    summary=_("Trips of several days; their stops are visits."),
    scope=Scope.VISITS,
    model=Trip,
    visible=visible(Trip),
    fields=(
        *own(Trip, "name", "starts_on", "ends_on", "organiser", "goal"),
        *own(
            Trip,
            campaign=_("The campaign that it belongs to."),
            called_off_at=_("When it was called off; null where it was not."),
            called_off_why=_("Why it was called off."),
            **KEPT,
        ),
        nested(
            Trip, "party", _("Who travels."),
            own(
                TripMember, name=_("Name."), title=_("Position."), leads=_("Whether they lead the party.")
            ),
            title="TripMember",
        ),
    ),
    filters=(
        key("campaign", _("Of the campaign with this number.")),
        *days("starts_on", _("Begins on this day or later."), _("Begins on this day or earlier.")),
    ),
    orders=("starts_on", *WHEN),
)  # fmt: skip
CAMPAIGNS = Resource(
    name="campaigns",
    title="Campaign",
    summary=_("Special actions with their documents, targets and days of reporting."),
    scope=Scope.VISITS,
    model=Campaign,
    visible=visible(Campaign),
    fields=(
        *own(Campaign, "name", "document", "document_number", "theme", "class_of", "starts_on", "ends_on", **KEPT),
        nested(
            Campaign, "targets", _("What it asks for: of everyone, a role, a college, or leaders together."),
            own(CampaignTarget, "measure", "role", "college", "name", "number"), title="Target",
        ),
        nested(
            Campaign, "report_days", _("Days by which figures are reported."),
            own(CampaignReportDay, "day", "name", "reported_on"), title="ReportDay",
        ),
        nested(
            Campaign, "points", _("Purposes, lead offices, next steps and mechanisms that it names."),
            own(CampaignPoint, kind=_("What it is."), name=_("In words.")), title="Point",
        ),
    ),
    filters=(
        year("class_of", _("Of this graduating class.")),
        *days("starts_on", _("Begins on this day or later."), _("Begins on this day or earlier.")),
    ),
    orders=WHEN,
)  # fmt: skip
RESOURCES = (VISITS, TRIPS, CAMPAIGNS)
