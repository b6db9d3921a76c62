"""Postings, applications and events."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from api.choices import Scope
from api.fields import computed, many, nested, own
from api.filters import choice, code, days, key, year
from api.resource import Resource, Rows, visible
from api.resources.enterprises import KEPT, OF_ENTERPRISE, WHEN
from api.values import Coded, Colleague, coded, colleague
from events.models import Event, EventSpeaker
from placements.models.applications import Application, ApplicationMove
from placements.models.postings import SEARCHED, Posting, PostingLanguage


def _postings(user: User) -> Rows:
    """All to staff. Whoever else may see some of them has no token."""
    return Posting.objects.visible_to(user, on=timezone.localdate())


POSTINGS = Resource(
    name="postings",
    title="Posting",
    summary=_("Openings of enterprises: internships, jobs and campus recruitment, in every state."),
    scope=Scope.POSTINGS,
    model=Posting,
    visible=_postings,
    fields=(
        *own(Posting, "enterprise", "kind", "title", "title_en", "description", "description_en", "skills"),
        *own(Posting, "headcount", "major_classes", "class_of", "level", "province", "city", "address", "mode"),
        *own(Posting, "pay_min", "pay_max", "pay_period", "pay_months", "pay_negotiable", "starts_on", "ends_on"),
        *own(Posting, "days_a_week", "opens_on", "closes_on", "answer_by", "state", "source"),
        *own(Posting, published_at=_("When it was published; null until then."), **KEPT),
        many(Posting, "majors", _("Majors that it is for; none means all.")),
        nested(
            Posting, "languages", _("Languages that it asks for."),
            own(PostingLanguage, "language", "level"), title="PostingLanguage",
        ),
    ),
    filters=(
        OF_ENTERPRISE,
        choice(Posting, "kind", _("Of this kind.")),
        choice(Posting, "state", _("In this state.")),
        choice(Posting, "source", _("From this source.")),
        code("province", _("In the province with this code.")),
        code("major", _("That names the major with this code."), path="majors"),
        year("class_of", _("For this graduating class.")),
        *days("opens_on", _("Opens on this day or later."), _("Opens on this day or earlier.")),
        *days("closes_on", _("Closes on this day or later."), _("Closes on this day or earlier.")),
    ),
    orders=("closes_on", *WHEN),
    unread=SEARCHED,
)  # fmt: skip


def _profile(application: Application) -> Any:
    return getattr(application.student, "student_profile", None)


def _major(application: Application) -> dict[str, str] | None:
    profile = _profile(application)
    return coded(profile.major) if profile else None


def _class_of(application: Application) -> int | None:
    profile = _profile(application)
    return profile.class_of if profile else None


APPLICATIONS = Resource(
    name="applications",
    title="Application",
    summary=_(
        "Applications that you may open, with who sent them and how far they are (personal data: each request is"
        " noted). Not what was sent with them, and not what was noted about them."
    ),
    scope=Scope.APPLICATIONS,
    model=Application,
    visible=visible(Application),
    fields=(
        *own(Application, "posting", "state", submitted_at=_("When it was sent."), **KEPT),
        computed("student", Colleague, lambda row: colleague(row.student), _("Who sent it."), related=["student"]),
        computed(
            "major", Coded | None, _major, _("What the student studies."), related=["student__student_profile__major"]
        ),
        computed("class_of", int | None, _class_of, _("In which year the student graduates.")),
        nested(
            Application, "moves", _("Its steps."),
            own(ApplicationMove, state=_("The state that it came to."), at=_("When.")), title="ApplicationStep",
        ),
    ),
    filters=(
        key("posting", _("To the posting with this number.")),
        key("enterprise", _("To postings of the enterprise with this number."), path="posting__enterprise"),
        choice(Application, "state", _("In this state.")),
        code("major", _("Of students of the major with this code."), path="student__student_profile__major"),
        year("class_of", _("Of students who graduate in this year."), path="student__student_profile__class_of"),
    ),
    orders=("submitted_at", *WHEN),
    unread=("letter", "snapshot"),
)  # fmt: skip
EVENTS = Resource(
    name="events",
    title="Event",
    summary=_("Talks, fairs, recommendation meetings and other events for students."),
    scope=Scope.POSTINGS,
    model=Event,
    visible=visible(Event),
    fields=(
        *own(Event, "kind", "name", "name_en", "description", "description_en", "state", "held_on"),
        *own(Event, "starts_at_time", "ends_at_time", "place", "capacity", "takes_sign_ups", "sign_up_until"),
        *own(Event, "college", "class_of", "organiser", **KEPT),
        many(Event, "majors", _("Majors that it is for; none means all.")),
        many(Event, "enterprises", _("Enterprises that come.")),
        nested(
            Event, "speakers", _("Who speaks."),
            own(EventSpeaker, "name", "title", enterprise=_("Where they work.")), title="Speaker",
        ),
    ),
    filters=(
        choice(Event, "kind", _("Of this kind.")),
        choice(Event, "state", _("In this state.")),
        key("enterprise", _("To which the enterprise with this number comes."), path="enterprises"),
        code("college", _("That the college with this code holds.")),
        *days("held_on", _("On this day or later."), _("On this day or earlier.")),
    ),
    orders=WHEN,
)  # fmt: skip
RESOURCES = (POSTINGS, APPLICATIONS, EVENTS)
