"""The national table of cooperation between schools and enterprises (产学合作数据, ODS_CXHZSJ)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Prefetch, QuerySet

from accounts.models.people import User
from accounts.models.school import Major
from exporting.reading import portions
from partnerships.choices.agreements import AgreementState
from partnerships.choices.programmes import ProgrammeKind, ProgrammeMeasure
from partnerships.models.agreements import Agreement, AgreementParty
from partnerships.models.enterprises import Enterprise
from partnerships.models.programmes import Programme

DONE = (AgreementState.SIGNED, AgreementState.RENEWED, AgreementState.ENDED)


@dataclass
class Cooperation:
    """One enterprise and one major: since when (YYYYMM), and what is on file of it; None where nothing is."""

    major: Major
    since: str = ""
    order_trained: int | None = None
    hired: int | None = None

    def began(self, month: str) -> None:
        self.since = min(self.since or month, month)


def _outcome(programme: Programme, measure: ProgrammeMeasure) -> int:
    return sum(int(found.number) for found in programme.outcomes.all() if found.measure == measure)


def _count(cooperation: Cooperation, programme: Programme) -> None:
    """Add what a programme of this major alone achieved; a number for several majors cannot be divided."""
    if programme.kind == ProgrammeKind.ORDER_CLASS and (trained := _outcome(programme, ProgrammeMeasure.TRAINED)):
        cooperation.order_trained = (cooperation.order_trained or 0) + trained
    if hired := _outcome(programme, ProgrammeMeasure.HIRED):
        cooperation.hired = (cooperation.hired or 0) + hired


def cooperations(enterprise: Enterprise) -> Iterable[Cooperation]:
    """What an enterprise does with each major, by the code of the major; reads what with_cooperation fetched."""
    found: dict[int, Cooperation] = {}
    majors: dict[int, Major] = {}
    months: defaultdict[int, list[str]] = defaultdict(list)
    for agreement in (party.agreement for party in enterprise.parties.all()):
        for major in agreement.majors.all():
            majors[major.pk] = major
            begins = agreement.starts_on or agreement.signed_on
            months[major.pk] += [f"{begins:%Y%m}"] if begins else []
    for programme in enterprise.programmes.all():
        taught = list(programme.majors.all())
        for major in taught:
            majors[major.pk] = major
            months[major.pk] += [f"{programme.since}01"] if programme.since else []
            if len(taught) == 1:
                _count(found.setdefault(major.pk, Cooperation(major)), programme)
    for pk, major in majors.items():
        cooperation = found.setdefault(pk, Cooperation(major))
        for month in months[pk]:
            cooperation.began(month)
    return sorted(found.values(), key=lambda each: each.major.code)


def _with_cooperation(rows: QuerySet[Enterprise], user: User) -> QuerySet[Enterprise]:
    """Files with the agreements that came into force and the programmes, each with its majors."""
    agreements = Agreement.objects.visible_to(user).filter(state__in=DONE).order_by().values("pk")
    parties = AgreementParty.objects.filter(agreement__in=agreements).select_related("agreement")
    parties = parties.prefetch_related("agreement__majors")
    programmes = Programme.objects.visible_to(user).prefetch_related("majors", "outcomes")
    fetched = rows.select_related(None).only("pk", "legal_name", "credit_code")
    return fetched.prefetch_related(Prefetch("parties", parties), Prefetch("programmes", programmes))


def national_rows(rows: QuerySet[Enterprise], user: User, *, on: date) -> Iterator[list[Any]]:
    """One line per enterprise and major; what the portal does not know stays empty."""
    for enterprise in chain.from_iterable(portions(_with_cooperation(rows, user))):
        for each in cooperations(enterprise):
            yield [
                "", each.major.code, enterprise.credit_code, enterprise.legal_name, each.since, each.order_trained,
                None, None, None, None, each.hired, None, f"{on:%Y%m}",
            ]  # fmt: skip
