"""What a leader should know before a visit; and the three questions to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When, Window
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.names import in_language
from partnerships.choices.agreements import AgreementStage, Side
from partnerships.choices.needs import NeedKind
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need
from placements.choices import ApplicationState, PostingKind, PostingState
from placements.models.applications import Application
from placements.models.postings import Posting
from visits.models.results import FollowUp
from visits.models.visits import Visit
from visits.selectors.visits import SORTS, with_rows

QUESTIONS = 3
PEOPLE_SHOWN = 24
# What was offered to students, or is about to be.
OFFERED = (PostingState.IN_REVIEW, PostingState.PUBLISHED, PostingState.CLOSED, PostingState.FILLED)


@dataclass(frozen=True)
class Schoolmate:
    """A graduate or intern of ours at the enterprise."""

    name: str
    major: str
    class_of: int | None
    is_intern: bool


@dataclass(frozen=True)
class Background:
    """What a leader should know of the enterprise before going there."""

    contacts: Sequence[Contact]
    last_visits: Sequence[Visit]
    agreements: Sequence[Agreement]
    promises: Sequence[Commitment]
    needs: Sequence[Need]
    postings: Sequence[Posting]
    follow_ups: Sequence[FollowUp]
    schoolmates: Sequence[Schoolmate]
    graduates: int
    interns: int

    @property
    def ours(self) -> list[Commitment]:
        return [promise for promise in self.promises if promise.side == Side.SCHOOL]

    @property
    def theirs(self) -> list[Commitment]:
        return [promise for promise in self.promises if promise.side == Side.ENTERPRISE]


def background(user: User, visit: Visit, *, on: date) -> Background:
    """Eight queries, whatever there is; each list is short."""
    enterprise = visit.enterprise
    before = Visit.objects.took_place().filter(enterprise=enterprise).exclude(pk=visit.pk)
    agreements = Agreement.objects.visible_to(user).with_enterprise(enterprise).with_stage(on)
    hired = _hired(enterprise)
    return Background(
        contacts=list(enterprise.contacts.current(on).with_acquaintances()[:12]),
        last_visits=list(with_rows(before).order_by(*SORTS["newest"])[:3]),
        agreements=list(agreements.select_related("kind").order_by("-starts_on", "-pk")[:6]),
        promises=list(Commitment.objects.visible_to(user).open().filter(enterprise=enterprise)[:12]),
        needs=list(_needs(enterprise)[:6]),
        postings=list(_postings(enterprise)[:6]),
        follow_ups=list(FollowUp.objects.open().filter(visit__enterprise=enterprise).select_related("owner")[:6]),
        schoolmates=[_schoolmate(row) for row in hired],
        graduates=next((row["of_kind"] for row in hired if not row["is_intern"]), 0),
        interns=next((row["of_kind"] for row in hired if row["is_intern"]), 0),
    )


def _needs(enterprise: Enterprise) -> QuerySet[Need]:
    """Open ones; `is_posted` says whether a posting of that kind followed."""
    kinds = {NeedKind.RECRUIT: [PostingKind.JOB, PostingKind.CAMPUS], NeedKind.INTERNS: [PostingKind.INTERNSHIP]}
    after = Posting.objects.filter(enterprise=enterprise, state__in=OFFERED, created_at__gte=OuterRef("created_at"))
    followed = [When(kind=kind, then=Exists(after.filter(kind__in=offered))) for kind, offered in kinds.items()]
    needs: QuerySet[Need] = Need.objects.filter(enterprise=enterprise).open()
    return needs.annotate(is_posted=Case(*followed, default=Value(True)))  # noqa: FBT003


def _postings(enterprise: Enterprise) -> QuerySet[Posting]:
    with_hires = Q(applications__state=ApplicationState.ACCEPTED)
    postings = Posting.objects.filter(enterprise=enterprise).exclude(state=PostingState.DRAFT)
    return postings.annotate(hired=Count("applications", filter=with_hires)).order_by("-pk")


def _hired(enterprise: Enterprise) -> list[dict[str, Any]]:
    """Those who went there from here, the newest first of each kind; names and majors for staff, nothing else."""
    accepted = Application.objects.filter(posting__enterprise=enterprise, state=ApplicationState.ACCEPTED)
    kind = Case(When(posting__kind=PostingKind.INTERNSHIP, then=Value(True)), default=Value(False))  # noqa: FBT003
    numbered = accepted.annotate(is_intern=kind).annotate(
        of_kind=Window(Count("pk"), partition_by=F("is_intern")),
        place=Window(Count("pk"), partition_by=F("is_intern"), order_by=F("pk").desc()),
    )
    said = [f"snapshot__{name}" for name in ("name", "name_en", "major", "major_en", "class_of")]
    rows: Any = numbered.filter(place__lte=PEOPLE_SHOWN).order_by("is_intern", "-pk")
    return list(rows.values("is_intern", "of_kind", *said))


def _schoolmate(row: dict[str, Any]) -> Schoolmate:
    return Schoolmate(
        name=in_language(row["snapshot__name"] or "", row["snapshot__name_en"] or ""),
        major=in_language(row["snapshot__major"] or "", row["snapshot__major_en"] or ""),
        class_of=row["snapshot__class_of"],
        is_intern=row["is_intern"],
    )


def questions_for(visit: Visit, known: Background, *, on: date) -> list[str]:
    """What somebody wrote down to ask; else three that the file suggests."""
    written = [line.strip() for line in visit.questions.splitlines() if line.strip()]
    return written or proposed(known, on=on)


def proposed(known: Background, *, on: date) -> list[str]:
    """The most pressing first: a promise that is late, a need nobody posted, an agreement that ends, teaching."""
    late = [promise for promise in known.promises if promise.due_on and promise.due_on < on]
    asked = [
        *(_of_promise(promise) for promise in late[:1]),
        *(_of_need(need) for need in known.needs if not need.is_posted),  # type: ignore[attr-defined]
        *(_of_agreement(each) for each in known.agreements if each.stage == AgreementStage.EXPIRING),  # type: ignore[attr-defined]
        *(_of_promise(promise) for promise in late[1:]),
        _of_teaching(known),
        _("How many interns and graduates do you expect to take next year, and of which majors?"),
        _("Who would be our contact for the next steps?"),
    ]
    return list(dict.fromkeys(asked))[:QUESTIONS]


def _of_promise(promise: Commitment) -> str:
    words = _("“%(promise)s” was due on %(day)s: what holds it up?")
    if promise.side == Side.SCHOOL:
        words = _("We promised “%(promise)s” by %(day)s: by when do you need it?")
    return words % {"promise": promise.description, "day": _day(promise.due_on)}


def _of_need(need: Need) -> str:
    return _("You need “%(need)s”: may we publish it to our students?") % {"need": need.description}


def _of_agreement(agreement: Agreement) -> str:
    words = _("“%(title)s” ends on %(day)s: do we renew it, and what should change?")
    return words % {"title": agreement.title, "day": _day(agreement.ends_on)}


def _of_teaching(known: Background) -> str:
    """What they said last time is asked after; where they said nothing, it is asked."""
    said = next((visit.feedback for visit in known.last_visits if visit.feedback), "")
    if said:
        return _("Last time you said of our teaching: “%(said)s”. What has changed since?") % {"said": _short(said)}
    return _("What should our graduates learn that they do not bring along today?")


def _day(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


def _short(words: str) -> str:
    words = " ".join(words.split()).rstrip("。.;；")
    return words if len(words) <= 60 else f"{words[:59]}…"
