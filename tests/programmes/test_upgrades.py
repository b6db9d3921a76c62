"""What a programme gains later."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models.people import User
from partnerships.choices.programmes import ProgrammeFeatureKind, ProgrammeKind
from partnerships.models.programmes import Programme, ProgrammeFeature
from programmes.services.programmes import open_programme
from programmes.services.upgrades import upgrade_programme
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db


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


def test_college_staff_upgrade_nothing_of_their_own_college_either(officer, college, college_staff):
    programme = college_of(officer)
    programme.majors.add(MajorFactory(college=college))
    with pytest.raises(PermissionDenied):
        upgrade_programme(
            programme, features=[(ProgrammeFeatureKind.SKILL, "welding")], by=college_staff, at=timezone.now()
        )
    assert ProgrammeFeature.objects.count() == 1


def test_a_stranger_upgrades_nothing(officer, stranger):
    programme = college_of(officer)
    with pytest.raises(PermissionDenied):
        upgrade_programme(programme, features=[(ProgrammeFeatureKind.SKILL, "welding")], by=stranger, at=timezone.now())
    assert ProgrammeFeature.objects.count() == 1
