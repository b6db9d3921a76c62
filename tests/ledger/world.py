"""Visits as the platform wants them, and files as it gets them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from itertools import count
from random import Random
from typing import Any

from django.test import Client
from python_calamine import CalamineWorkbook

from accounts.models.people import User
from demo.school.credit_codes import made_up_code
from ledger.models.platform import PlatformFile
from ledger.services import platform as services
from partnerships.choices.agreements import Side
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.visits import OutcomeFactory, ParticipantFactory, led_visit
from tests.ledger.conftest import NOW
from visits.choices import ParticipantPart, VisitState
from visits.models.visits import ResultForm, Visit

DAY = date(2026, 11, 10)
NUMBERS = count(1)


def valid_code() -> str:
    """A credit code that is right by its sum."""
    return made_up_code(Random(next(NUMBERS)), "51")  # noqa: S311 - nothing secret


def complete_visit(leader: User, majors: int = 1, **fields: Any) -> Visit:
    """A reported visit that lacks nothing."""
    said = {"state": VisitState.REPORTED, "starts_on": DAY, "minutes": "谈到实习", **fields}
    if "enterprise" not in said:
        said["enterprise"] = EnterpriseFactory(credit_code=valid_code())
    visit = led_visit(leader, result_form=ResultForm.objects.get(), **said)
    ParticipantFactory(visit=visit, side=Side.ENTERPRISE, name="李总", title="总经理", part=ParticipantPart.CHAIRS)
    for _ in range(majors):
        OutcomeFactory(visit=visit, major=MajorFactory(level="diploma"), posts=5, internships=10)
    return visit


def made_file(visits: Sequence[Visit], by: User, *, complete_only: bool = True) -> PlatformFile:
    return services.make_file([visit.pk for visit in visits], complete_only=complete_only, by=by, at=NOW)


def sheet(content: bytes, number: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(number).to_python()


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def words(response: Any) -> str:
    """What a page says, on one line."""
    return " ".join(response.content.decode().split())


def page_of(client: Client, address: str, **query: str) -> str:
    return words(client.get(address, query))
