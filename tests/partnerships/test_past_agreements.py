"""Agreements of the past, and programmes that gain something later."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships.choices.agreements import Side
from partnerships.choices.programmes import ProgrammeFeatureKind, ProgrammeKind
from partnerships.models.agreements import Agreement
from partnerships.models.programmes import Programme, ProgrammeFeature
from partnerships.services.past import file_past_agreement
from partnerships.services.programmes import open_programme
from partnerships.services.upgrades import upgrade_programme
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


def test_a_signature_without_its_day_is_refused_and_nothing_is_filed(officer):
    with pytest.raises(RuleBroken, match="needs the day"):
        file(officer, signatures=[(Side.SCHOOL, "Liu Qin", "Vice Dean")])
    assert not Agreement.objects.exists()


def test_a_stranger_files_nothing(stranger):
    with pytest.raises(PermissionDenied):
        file(stranger)
    assert not Agreement.objects.exists()


def college_of(officer: User) -> Programme:
    return open_programme(
        EnterpriseFactory(),
        kind=ProgrammeKind.INDUSTRY_COLLEGE,
        name="College",
        features=[(ProgrammeFeatureKind.MODE, "apprenticeship")],
        by=officer,
        at=timezone.now(),
    )


def test_an_upgrade_adds_what_is_new_and_says_so_on_the_timeline(officer):
    programme = college_of(officer)
    features = [(ProgrammeFeatureKind.MODE, "apprenticeship"), (ProgrammeFeatureKind.NEW_MAJOR, "Equipment Design")]
    upgrade_programme(programme, features=features, by=officer, at=timezone.now())
    assert set(programme.features.values_list("kind", "name")) == {
        ("mode", "apprenticeship"),
        ("new_major", "Equipment Design"),
    }
    assert programme.enterprise.timeline.get(kind="note").text == "College: Equipment Design"


def test_a_stranger_upgrades_nothing(officer, stranger):
    programme = college_of(officer)
    with pytest.raises(PermissionDenied):
        upgrade_programme(programme, features=[(ProgrammeFeatureKind.SKILL, "welding")], by=stranger, at=timezone.now())
    assert ProgrammeFeature.objects.count() == 1
