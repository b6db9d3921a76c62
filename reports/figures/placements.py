"""Figures about postings, applications and events."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Role
from accounts.models.people import StudentProfile
from core.days import midnight, midnight_after
from events.choices import EventKind
from events.models import Event
from placements.choices import ApplicationState, PostingState
from placements.models.applications import Application
from placements.models.postings import Posting
from reports.figures.figure import Column, Figure, Rows, for_staff
from reports.figures.of_visits import keys
from reports.figures.scope import Scope
from reports.figures.visits import ENTERPRISE
from reports.figures.ways import each_of, month, of_place, plain

SHOWN_TO_STUDENTS = (PostingState.PUBLISHED, PostingState.CLOSED, PostingState.FILLED)
POSTING_COLUMNS = (
    Column(_("Posting"), "__str__"),
    ENTERPRISE,
    Column(_("Kind"), "get_kind_display"),
    Column(_("Places"), "headcount"),
    Column(_("Closes on"), "closes_on"),
)
# Leadership sees how many and where, not who: a student's name is no part of a figure.
APPLICATION_COLUMNS = (
    Column(_("Posting"), "posting"),
    Column(_("Enterprise"), "posting.enterprise"),
    Column(_("Sent on"), "submitted_at"),
    Column(pgettext_lazy("application", "State"), "get_state_display"),
)
STUDENT_COLUMNS = (
    Column(_("Major"), "major"),
    Column(_("Graduating class"), "class_of"),
    Column(_("Class"), "class_name"),
)
OF_POSTINGS = {
    "college": plain("majors__college", is_many=True),
    "major": plain("majors", is_many=True),
    **of_place(""),
    "industry": plain("enterprise__industry__code"),
    "class_of": plain("class_of"),
    "month": month("published_at", is_moment=True),
}
OF_APPLICATIONS = {
    "college": plain("student__student_profile__major__college"),
    "major": plain("student__student_profile__major"),
    **of_place("posting__"),
    "industry": plain("posting__enterprise__industry__code"),
    "class_of": plain("student__student_profile__class_of"),
    "month": month("submitted_at", is_moment=True),
}
OF_STUDENTS = {"college": plain("major__college"), "major": plain("major"), "class_of": plain("class_of")}


def _open(scope: Scope) -> Rows:
    return for_staff(Posting.objects.open(scope.on), scope)


def _from_visits(scope: Scope) -> Rows:
    links = Posting.visits.through._default_manager.filter(visit__in=keys(scope))
    return for_staff(Posting.objects.filter(state__in=SHOWN_TO_STUDENTS, pk__in=links.values("posting")), scope)


def every_application(scope: Scope) -> Rows:
    """Leadership counts all; others those of students whom they may see."""
    rows: Rows = Application.objects.all()
    if scope.user is not None and not scope.user.has_role(Role.LEADER):
        rows = Application.objects.visible_to(scope.user)
    return for_staff(rows, scope)


def applications(scope: Scope) -> Rows:
    """Those that count for this reader; of a campaign those sent within its dates."""
    rows = every_application(scope)
    campaign = scope.campaign
    if campaign and campaign.starts_on:
        rows = rows.filter(submitted_at__gte=midnight(campaign.starts_on))
    if campaign and campaign.ends_on:
        rows = rows.filter(submitted_at__lt=midnight_after(campaign.ends_on))
    return rows


def _students(scope: Scope) -> Rows:
    """Students whom this person may see; with a campaign those of its graduating class."""
    rows: Rows = StudentProfile.objects.filter(user__is_active=True).order_by("pk")
    if scope.user is not None and not scope.user.has_role(Role.LEADER):
        rows = rows & StudentProfile.objects.visible_to(scope.user)
    if scope.campaign and scope.campaign.class_of:
        rows = rows.filter(class_of=scope.campaign.class_of)
    return for_staff(rows, scope)


def _events(scope: Scope) -> Rows:
    rows = for_staff(Event.objects.held(), scope)
    return rows.filter(campaigns=scope.campaign) if scope.campaign else rows


FIGURES = (
    Figure(
        slug="postings-open",
        name=_("Open postings"),
        definition=_("Published postings that take applications on the day, of the whole school."),
        counted=_open,
        columns=POSTING_COLUMNS,
        link="placements:posting",
        ways=OF_POSTINGS,
        related=("enterprise",),
        is_of_campaign=False,
    ),
    Figure(
        slug="places-open",
        name=_("Places in open postings"),
        definition=_("Places in published postings that take applications on the day, of the whole school."),
        counted=_open,
        sums="headcount",
        columns=POSTING_COLUMNS,
        link="placements:posting",
        ways=OF_POSTINGS,
        related=("enterprise",),
        is_of_campaign=False,
    ),
    Figure(
        slug="postings-from-visits",
        name=_("Postings that a visit led to"),
        definition=_("Postings linked to a visit that took place and published at some time, ended ones too."),
        counted=_from_visits,
        columns=POSTING_COLUMNS,
        link="placements:posting",
        visits="visits",
        related=("enterprise",),
    ),
    Figure(
        slug="applications",
        name=_("Applications"),
        definition=_("Applications that students sent; with a campaign, those sent on a day within its dates."),
        counted=applications,
        columns=APPLICATION_COLUMNS,
        link="placements:application",
        ways=OF_APPLICATIONS,
        about_employment=True,
        part_path="state",
        part_label=lambda state: ApplicationState(state).label,
        related=("posting__enterprise",),
    ),
    Figure(
        slug="acceptances",
        name=_("Offers accepted"),
        definition=_("Applications in which the student accepted the offer, of all applications sent."),
        counted=lambda scope: applications(scope).filter(state=ApplicationState.ACCEPTED),
        among=applications,
        among_name=_("applications"),
        columns=APPLICATION_COLUMNS,
        link="placements:application",
        ways=OF_APPLICATIONS,
        about_employment=True,
        related=("posting__enterprise",),
    ),
    Figure(
        slug="students",
        name=_("Students"),
        definition=_("Students with an account; with a campaign, those of its graduating class."),
        counted=_students,
        columns=STUDENT_COLUMNS,
        ways=OF_STUDENTS,
        about_employment=True,
        related=("major",),
    ),
    Figure(
        slug="students-wishing",
        name=_("Students who wish for an industry"),
        definition=_(
            "Students with an account whose profile names an industry they wish to work in; who names several counts "
            "in each, and once in the whole."
        ),
        counted=lambda scope: _students(scope).filter(industries__len__gt=0),
        columns=STUDENT_COLUMNS,
        ways=OF_STUDENTS | {"industry": each_of("industries")},
        about_employment=True,
        related=("major",),
    ),
    Figure(
        slug="students-applied",
        name=_("Students who applied"),
        definition=_(
            "Students with at least one application, of all students; with a campaign, of its graduating class."
        ),
        counted=lambda scope: _students(scope).filter(user__in=applications(scope).order_by().values("student")),
        among=_students,
        among_name=_("students"),
        columns=STUDENT_COLUMNS,
        ways=OF_STUDENTS,
        about_employment=True,
        related=("major",),
    ),
    Figure(
        slug="events",
        name=_("Events"),
        definition=_(
            "Talks, fairs, recommendation meetings and thematic activities; with a campaign, those held for it."
        ),
        counted=_events,
        columns=(
            Column(pgettext_lazy("event", "Name"), "name"),
            Column(_("Kind"), "get_kind_display"),
            Column(_("Held on"), "held_on"),
        ),
        link="events:event",
        ways={"campaign": plain("campaigns", is_many=True), "month": month("held_on")},
        part_path="kind",
        part_label=lambda kind: EventKind(kind).label,
    ),
)
