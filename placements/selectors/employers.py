"""The public face of an enterprise: what students may know of it, and nothing else of its file.

Pages get the plain values below, never the record itself, so that a contact, a note or a code cannot slip in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, JSONObject

from accounts.models.people import StudentProfile, User
from core.names import in_language
from core.search import search_query
from partnerships.choices.agreements import AgreementState
from partnerships.choices.programmes import ProgrammeMeasure
from partnerships.models.agreements import Agreement
from partnerships.models.codes import Flag
from partnerships.models.enterprises import Enterprise, EnterpriseQuerySet
from partnerships.models.programmes import Programme, ProgrammeOutcome
from placements.choices import ApplicationState, PostingKind
from placements.models.applications import Application
from placements.models.postings import Posting, PostingQuerySet
from placements.selectors import postings
from placements.selectors.search_filters import asks_for

POSTINGS_SHOWN = 8
FACE = ("legal_name", "name_en", "website", "staff_count", "about", "city", "nature", "industry", "province", "region")


@dataclass(frozen=True)
class Employer:
    """Who an enterprise is, in the reader's language."""

    pk: int
    name: str
    other_name: str
    industry: str
    nature: str
    place: str
    size: str
    website: str
    about: str
    flags: list[str]
    open_postings: int


@dataclass(frozen=True)
class Went:
    """How many different students of a class accepted an offer there; None is a class that is not known."""

    class_of: int | None
    jobs: int
    internships: int


@dataclass(frozen=True)
class Cooperation:
    """A kind of agreement in force, and the year in which it began; renewals go on from their first."""

    kind: str
    since: int | None


@dataclass(frozen=True)
class Face:
    """What the page of an employer shows."""

    employer: Employer
    rows: list[postings.PostingRow]
    went: list[Went]
    hired: list[ProgrammeOutcome]
    counted_since: datetime | None
    programmes: list[Programme]
    cooperation: list[Cooperation]
    rate: postings.ResponseRate


def employers() -> EnterpriseQuerySet:
    """Enterprises with a public face: every file that is neither archived nor merged away."""
    return Enterprise.objects.current().filter(merged_into__isnull=True)


def _with_face(rows: EnterpriseQuerySet, *, on: date) -> EnterpriseQuerySet:
    """The public columns only, the flags, and how many postings are open."""
    flags = Flag.objects.filter(enterprises=OuterRef("pk")).order_by("code")
    number = Posting.objects.open(on).filter(enterprise=OuterRef("pk")).order_by().values("enterprise")
    return (
        rows.select_related("nature", "industry", "province", "region")
        .only(*FACE, *(f"{name}__{part}" for name in FACE[-4:] for part in ("name_zh", "name_en")))
        .annotate(
            flag_rows=ArraySubquery(flags.values(row=JSONObject(zh="name_zh", en="name_en"))),
            open_count=Coalesce(Subquery(number.annotate(all=Count("pk")).values("all")), 0),
        )
    )


def _employer(enterprise: Enterprise) -> Employer:
    """Plain values of a row that _with_face has read."""
    facts: Any = enterprise
    band = enterprise.staff_band
    return Employer(
        pk=enterprise.pk,
        name=str(enterprise),
        other_name=enterprise.other_name,
        industry=str(enterprise.industry or ""),
        nature=str(enterprise.nature or ""),
        place=enterprise.location,
        size=str(band.label) if band else "",
        website=enterprise.website,
        about=enterprise.about,
        flags=[in_language(row["zh"], row["en"]) for row in facts.flag_rows],
        open_postings=facts.open_count,
    )


def employer_list(wanted: dict[str, Any], *, on: date, profile: StudentProfile | None) -> EnterpriseQuerySet:
    """Employers that were looked for, those with open postings first; see EmployerFilter for the keys."""
    rows = employers()
    if wanted.get("find"):
        query = search_query(wanted["find"])
        rows = rows.none() if query is None else rows.filter(search=query)
    for name in ("province", "industry"):
        if wanted.get(name):
            rows = rows.filter(**{f"{name}__code": wanted[name]})
    hiring = Posting.objects.open(on).order_by()
    if wanted.get("open"):
        rows = rows.filter(pk__in=hiring.values("enterprise"))
    if wanted.get("mine") and profile is not None:
        rows = rows.filter(pk__in=for_student(hiring, profile).values("enterprise"))
    first = Case(When(pk__in=hiring.values("enterprise"), then=Value(0)), default=Value(1))
    return _with_face(rows, on=on).order_by(first, "legal_name", "pk")


def for_student(rows: PostingQuerySet, profile: StudentProfile) -> PostingQuerySet:
    """Postings that ask for the student's major and class, or for none."""
    return rows.filter(asks_for(profile.major.code), Q(class_of=profile.class_of) | Q(class_of__isnull=True))


def employer_rows(page: Iterable[Enterprise]) -> list[Employer]:
    """The lines of one page of employer_list; no query besides the page's own."""
    return [_employer(enterprise) for enterprise in page]


def kept_instead(pk: int) -> int | None:
    """The file that one was merged into; None where it was not."""
    return Enterprise.objects.filter(pk=pk).values_list("merged_into", flat=True).first()


def face(pk: int, user: User, *, on: date, profile: StudentProfile | None) -> Face | None:
    """All that the page of an employer shows, None where there is none; eight queries."""
    first = Application.objects.order_by("submitted_at").values("submitted_at")[:1]
    found = _with_face(employers(), on=on).annotate(counted_since=Subquery(first)).filter(pk=pk).first()
    if found is None:
        return None
    facts: Any = found
    programmes = _programmes(found)
    hired = [outcome for programme in programmes for outcome in programme.hired]  # type: ignore[attr-defined]
    went, rate = _of_applications(found, on=on)
    shown = postings.open_postings_of(found, user, on=on)[:POSTINGS_SHOWN]
    return Face(
        employer=_employer(found),
        rows=postings.posting_rows(shown, on=on, profile=profile),
        went=went,
        hired=sorted(hired, key=lambda outcome: -(outcome.year or 0)),
        counted_since=facts.counted_since,
        programmes=programmes,
        cooperation=_cooperation(found, on=on),
        rate=rate,
    )


def _programmes(enterprise: Enterprise) -> list[Programme]:
    """Programmes with their majors, and in `hired` how many they say were hired."""
    outcomes = ProgrammeOutcome.objects.filter(measure=ProgrammeMeasure.HIRED).select_related("programme")
    rows: QuerySet[Programme] = enterprise.programmes.prefetch_related(
        "majors", Prefetch("outcomes", outcomes, to_attr="hired")
    )
    return list(rows)


def _of_applications(enterprise: Enterprise, *, on: date) -> tuple[list[Went], postings.ResponseRate]:
    """Offers that students accepted, by the class they were in when they applied, latest first; and who got an answer.

    One query for both.
    """
    said = Cast(KeyTextTransform("class_of", "snapshot"), IntegerField())
    accepted, internship = Q(state=ApplicationState.ACCEPTED), Q(posting__kind=PostingKind.INTERNSHIP)
    found: Any = (
        Application.objects.filter(posting__enterprise=enterprise)
        .order_by()
        .annotate(of=Coalesce(said, "student__student_profile__class_of", output_field=IntegerField()))
        .values("of")
        .annotate(
            jobs=Count("student", filter=accepted & ~internship, distinct=True),
            internships=Count("student", filter=accepted & internship, distinct=True),
            **postings.answer_counts(on=on),
        )
    )
    rows = list(found)
    went = [Went(row["of"], row["jobs"], row["internships"]) for row in rows if row["jobs"] or row["internships"]]
    rate = postings.ResponseRate(*(sum(row[name] for row in rows) for name in ("answered", "due")))
    return sorted(went, key=lambda row: -(row.class_of or 0)), rate


def _cooperation(enterprise: Enterprise, *, on: date) -> list[Cooperation]:
    """Kinds of agreements in force; no title and no term."""
    signed = Q(state__in=[AgreementState.SIGNED, AgreementState.RENEWED])
    by_pk = {agreement.pk: agreement for agreement in enterprise.agreements.filter(signed).select_related("kind")}
    in_force: dict[str, int | None] = {}
    for agreement in by_pk.values():
        if agreement.state != AgreementState.SIGNED or not _includes(agreement, on):
            continue
        kind, since = str(agreement.kind), _first_year(agreement, by_pk)
        years = [year for year in (in_force.get(kind), since) if year]
        in_force[kind] = min(years) if years else None
    return [Cooperation(kind=kind, since=since) for kind, since in sorted(in_force.items())]


def _includes(agreement: Agreement, on: date) -> bool:
    """See also AgreementQuerySet.in_force."""
    begun = agreement.starts_on is None or agreement.starts_on <= on
    return begun and (agreement.ends_on is None or agreement.renews_itself or agreement.ends_on >= on)


def _first_year(agreement: Agreement, by_pk: dict[int, Agreement]) -> int | None:
    """The year in which the first of a row of renewals began."""
    seen = set()
    while agreement.renewed_from_id in by_pk and agreement.pk not in seen:
        seen.add(agreement.pk)
        agreement = by_pk[agreement.renewed_from_id]
    began = agreement.starts_on or agreement.signed_on
    return began.year if began else None
