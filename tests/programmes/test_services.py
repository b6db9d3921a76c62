"""What programmes, mentors and communities refuse."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from communities.services import communities, meetings
from partnerships.choices.programmes import CommunityLevel, ProgrammeKind
from partnerships.models.communities import Community
from partnerships.models.mentors import AnnualTarget, Mentor
from partnerships.models.plaques import Plaque
from partnerships.models.programmes import Programme
from partnerships.models.timeline import TimelineEntry
from programmes.services import programmes
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("who", ["college_staff", "leader", "student", "stranger"])
def test_only_the_office_keeps_programmes_and_communities(request, who):
    user, enterprise = request.getfixturevalue(who), EnterpriseFactory()
    by = {"by": user, "at": NOW}

    for act in (
        lambda: programmes.open_programme(enterprise, kind=ProgrammeKind.ORDER_CLASS, name="甲", **by),
        lambda: programmes.promise_investment(enterprise, promised=1, **by),
        lambda: programmes.award_plaque(awarded_to="甲", kind=ProgrammeKind.ORDER_CLASS, **by),
        lambda: programmes.appoint_mentor(enterprise, name="甲", **by),
        lambda: programmes.set_annual_target(name="甲", number=1, unit="人", by=user),
        lambda: communities.found_community(name="甲", level=CommunityLevel.CITY, industry="乙", **by),
        lambda: meetings.hold_meeting([], name="甲", held_on=None, **by),
    ):
        with pytest.raises(PermissionDenied):
            act()

    for model in (Programme, Plaque, Mentor, AnnualTarget, Community, TimelineEntry):
        assert not model.objects.exists()


def test_a_plaque_of_an_enterprise_stands_on_its_timeline(officer):
    programmes.award_plaque(
        awarded_to="基地", kind=ProgrammeKind.TRAINING_BASE, enterprise=EnterpriseFactory(), by=officer, at=NOW
    )

    assert TimelineEntry.objects.get().detail == "training_base"
