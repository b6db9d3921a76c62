"""Plaques that are awarded."""

from datetime import UTC, datetime

import pytest

from partnerships.choices.programmes import ProgrammeKind
from partnerships.models.timeline import TimelineEntry
from programmes.services import plaques
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_a_plaque_of_an_enterprise_stands_on_its_timeline(officer):
    plaques.award_plaque(
        awarded_to="基地", kind=ProgrammeKind.TRAINING_BASE, enterprise=EnterpriseFactory(), by=officer, at=NOW
    )

    assert TimelineEntry.objects.get().detail == "training_base"
