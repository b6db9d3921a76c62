"""Agreements of the past, and programmes that gain something later."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models.people import User
from agreements.services.past import file_past_agreement
from core.errors import RuleBroken
from partnerships.choices.agreements import Side
from partnerships.models.agreements import Agreement
from tests.factories.partnerships import AgreementKindFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db


def file(by: User, **fields: object) -> Agreement:
    given = {"kind": AgreementKindFactory(), "title": "Base", "at": timezone.now(), **fields}
    return file_past_agreement(EnterpriseFactory(), by=by, **given)


def test_days_that_the_account_does_not_give_stay_empty(officer):
    agreement = file(officer)
    assert (agreement.state, agreement.signed_on, agreement.starts_on) == ("signed", None, None)
    assert [move.state for move in agreement.moves.all()] == ["draft", "signed"]
    assert sorted(agreement.enterprise.timeline.values_list("detail", flat=True)) == ["draft", "signed"]


def test_one_side_alone_may_have_signed(officer):
    agreement = file(officer, signed_on=date(2023, 5, 19), signatures=[(Side.SCHOOL, "Liu Qin", "Vice Dean")])
    assert [(s.side, s.name, s.signed_on) for s in agreement.signatures.all()] == [
        ("school", "Liu Qin", date(2023, 5, 19))
    ]


@pytest.mark.usefixtures("in_english")
def test_a_signature_without_its_day_is_refused_and_nothing_is_filed(officer):
    with pytest.raises(RuleBroken, match="needs the day"):
        file(officer, signatures=[(Side.SCHOOL, "Liu Qin", "Vice Dean")])
    assert not Agreement.objects.exists()


def test_a_stranger_files_nothing(stranger):
    with pytest.raises(PermissionDenied):
        file(stranger)
    assert not Agreement.objects.exists()
