"""Enterprises and what hangs on their files: contacts, needs, programmes, mentors, communities and their members."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from api.choices import Scope
from api.fields import many, nested, own
from api.filters import choice, code, days, key, known, same, yes_or_no
from api.resource import Resource, Rows, visible
from partnerships.models.communities import Community, Membership
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import DERIVED_NAMES, Enterprise, FormerName, Site
from partnerships.models.mentors import Mentor, MentorAppearance, MentorAppointment
from partnerships.models.needs import Need
from partnerships.models.programmes import Programme, ProgrammeCohort, ProgrammeOutcome

OF_ENTERPRISE = key("enterprise", _("Of the enterprise with this number."))
OF_ARCHIVED = known(
    "enterprise_is_archived", "enterprise__archived_at", _("Whether the file of the enterprise was put away.")
)
KEPT = {
    "created_at": _("When it was put on file."),
    "updated_at": _("When its own columns were changed last; see changed_since for everything else."),
}
CONFIRMED = {"confirmed_at": _("When somebody vouched for it last; null for never.")}
WHEN = ("created_at", "updated_at")

ENTERPRISES = Resource(
    name="enterprises",
    title="Enterprise",
    summary=_("Employing units and what the school knows of them; files that were merged away are gone."),
    scope=Scope.ENTERPRISES,
    model=Enterprise,
    visible=visible(Enterprise),
    fields=(
        *own(
            Enterprise, "legal_name", "name_en", "short_name", "credit_code",
            credit_code_state=_("Whether the code was checked with an official source."),
        ),
        *own(Enterprise, "nature", "industry", "province", "region", "city", "address", "website"),
        *own(Enterprise, "staff_count", "staff_counted_on", "level", "parent", "owner", "deputy", "about"),
        many(Enterprise, "flags", _("What colleges report of it.")),
        many(Enterprise, "colleges", _("Colleges that work with it.")),
        nested(
            Enterprise, "former_names", _("Names that it bore before."),
            own(FormerName, "name", "until"), title="FormerName",
        ),
        nested(
            Enterprise, "sites", _("Where it works besides its address."),
            own(Site, "name", "province", "city", "address", "staff_count", "closed_on"), title="Site",
        ),
        *own(
            Enterprise,
            archived_at=_("When the file was put away; null while it is current."),
            last_contact_at=_("When the school was in touch with it last."),
            **CONFIRMED, **KEPT,
        ),
    ),
    filters=(
        same("legal_name", _("With exactly this registered name.")),
        same("credit_code", _("With exactly this credit code.")),
        choice(Enterprise, "level", _("Of this level.")),
        code("province", _("In the province with this code.")),
        code("industry", _("In the industry with this code.")),
        code("nature", _("Of the nature with this code.")),
        code("flag", _("That bears the flag with this code."), path="flags"),
        code("college", _("That the college with this code works with."), path="colleges"),
        known("is_archived", "archived_at", _("Whether the file was put away.")),
    ),
    orders=WHEN,
    unread=("search", *DERIVED_NAMES),
)  # fmt: skip
CONTACTS = Resource(
    name="contacts",
    title="Contact",
    summary=_("People at enterprises (personal data: each request is noted)."),
    scope=Scope.CONTACTS,
    model=Contact,
    visible=visible(Contact),
    fields=(
        *own(Contact, "enterprise", "name", "title", "department", "phone", "landline", "email", "wechat"),
        *own(Contact, "language", "is_primary", "known_by", "from_on", "to_on", **CONFIRMED),
    ),
    filters=(
        OF_ENTERPRISE,
        OF_ARCHIVED,
        yes_or_no("is_primary", _("Whether they are the first contact.")),
    ),
)
NEEDS = Resource(
    name="needs",
    title="Need",
    summary=_("What enterprises asked for, and what became of it."),
    scope=Scope.ENTERPRISES,
    model=Need,
    visible=visible(Need),
    fields=(
        *own(Need, "enterprise", "kind", "source", "description", "headcount", "monthly_pay", "wanted_by"),
        *own(Need, "owner", "state", "result", **CONFIRMED, **KEPT),
        many(Need, "majors", _("Majors that it asks for.")),
    ),
    filters=(
        OF_ENTERPRISE,
        OF_ARCHIVED,
        choice(Need, "kind", _("Of this kind.")),
        choice(Need, "state", _("In this state.")),
        code("major", _("That asks for the major with this code."), path="majors"),
        *days("wanted_by", _("Wanted by this day or later."), _("Wanted by this day or earlier.")),
    ),
    orders=WHEN,
)
PROGRAMMES = Resource(
    name="programmes",
    title="Programme",
    summary=_("Order classes, apprenticeships, industry colleges and training bases run with enterprises."),
    scope=Scope.ENTERPRISES,
    model=Programme,
    visible=visible(Programme),
    fields=(
        *own(Programme, "enterprise", "kind", "level", "name", "number", "since", "until", "place", "places"),
        *own(Programme, "workstations", "area", "content", "owner", **KEPT),
        many(Programme, "majors", _("Majors that it is for.")),
        nested(
            Programme, "cohorts", _("Its classes and intakes."),
            own(ProgrammeCohort, "year", "name", "major", "places", "graduates_in"), title="Cohort",
        ),
        nested(
            Programme, "outcomes", _("What it achieved, by measure and year; a ratio lies between 0 and 1."),
            own(ProgrammeOutcome, "measure", "number", "out_of", "is_minimum", "year", "source"),
            title="ProgrammeOutcome",
        ),
    ),
    filters=(
        OF_ENTERPRISE,
        choice(Programme, "kind", _("Of this kind.")),
        code("major", _("For the major with this code."), path="majors"),
    ),
    orders=WHEN,
)  # fmt: skip
MENTORS = Resource(
    name="mentors",
    title="Mentor",
    summary=_("Industry mentors with their terms and what they did on campus; without their phones and pay."),
    scope=Scope.ENTERPRISES,
    model=Mentor,
    visible=visible(Mentor),
    fields=(
        *own(Mentor, "enterprise", "name", "title", "expertise", **KEPT),
        many(Mentor, "majors", _("Majors that they teach.")),
        nested(
            Mentor, "appointments", _("Their terms."),
            own(MentorAppointment, "kind", "college", "from_on", "to_on", "number"), title="Appointment",
        ),
        nested(
            Mentor, "appearances", _("What they did on campus."),
            own(MentorAppearance, "kind", "subject", "held_on", "place", "hours", "audience"), title="Appearance",
        ),
    ),
    filters=(OF_ENTERPRISE, code("major", _("For the major with this code."), path="majors")),
    orders=WHEN,
)  # fmt: skip
COMMUNITIES = Resource(
    name="communities",
    title="Community",
    summary=_("Industry-education communities in which the school or its partners work together."),
    scope=Scope.ENTERPRISES,
    model=Community,
    visible=visible(Community),
    fields=(
        *own(Community, "name", "kind", "level", "industry", "document", "batch", "founded_on", "secretariat"),
        *own(Community, "owner", **KEPT),
    ),
    filters=(choice(Community, "kind", _("Of this kind.")), choice(Community, "level", _("Of this level."))),
    orders=WHEN,
)


def _memberships(user: User) -> Rows:
    return Membership.objects.filter(community__in=Community.objects.visible_to(user).order_by())


MEMBERSHIPS = Resource(
    name="memberships",
    title="Membership",
    summary=_("Units that belong to a community, or belonged to it."),
    scope=Scope.ENTERPRISES,
    model=Membership,
    visible=_memberships,
    fields=(
        *own(Membership, "enterprise", "organisation", "type", "role", "province", "joined_on", "left_on"),
        *own(Membership, community=_("The community."), is_our_school=_("Whether it is the school itself.")),
    ),
    filters=(
        key("community", _("Of the community with this number.")),
        OF_ENTERPRISE,
        choice(Membership, "role", _("With this role.")),
        known("has_left", "left_on", _("Whether it has left.")),
    ),
)
RESOURCES = (ENTERPRISES, CONTACTS, NEEDS, PROGRAMMES, MENTORS, COMMUNITIES, MEMBERSHIPS)
