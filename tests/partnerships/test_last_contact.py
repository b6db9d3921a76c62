"""What counts as having been in touch with an enterprise."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from events.choices import EventKind
from events.services.events import hold_event
from partnerships.choices.needs import NeedKind
from partnerships.choices.timeline import IN_TOUCH, TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.services import needs, timeline
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.visits import led_visit
from visits.choices import VisitState
from visits.services.reporting import report_visit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def last_contact(enterprise):
    return Enterprise.objects.values_list("last_contact_at", flat=True).get(pk=enterprise.pk)


def test_a_need_that_was_recorded_is_a_contact(officer):
    enterprise = EnterpriseFactory()

    needs.record_need(
        enterprise, fields={"kind": NeedKind.RECRUIT, "description": "剪辑"}, majors=[], by=officer, at=NOW
    )

    assert last_contact(enterprise) == NOW


def test_an_event_is_a_contact_with_whoever_took_part(officer):
    came, stayed_away = EnterpriseFactory(), EnterpriseFactory()

    hold_event(kind=EventKind.TALK, name="宣讲会", by=officer, at=NOW, enterprises=[came])

    assert (last_contact(came), last_contact(stayed_away)) == (NOW, None)


def test_a_visit_is_a_contact_once_it_is_reported(officer, leader):
    visit = led_visit(leader, state=VisitState.HELD, starts_on=date(2026, 11, 18))
    assert last_contact(visit.enterprise) is None

    report_visit(visit, by=leader, at=NOW, minutes="谈到实习", outcomes=(), commitments=())

    assert last_contact(visit.enterprise) == NOW


@pytest.mark.parametrize("kind", TimelineKind)
def test_of_all_that_can_happen_these_are_contacts(officer, kind):
    enterprise = EnterpriseFactory()

    timeline.record(enterprise, kind, by=officer, at=NOW)

    assert last_contact(enterprise) == (NOW if kind in IN_TOUCH else None)


def test_a_private_note_is_not_told_by_its_date(officer):
    enterprise = EnterpriseFactory()

    timeline.record(enterprise, TimelineKind.NOTE, by=officer, at=NOW, private_to=officer)

    assert last_contact(enterprise) is None


def test_what_is_entered_late_does_not_put_the_date_back(officer):
    enterprise = EnterpriseFactory(last_contact_at=NOW)

    timeline.record(enterprise, TimelineKind.NOTE, by=officer, at=NOW - timedelta(days=9))

    assert last_contact(enterprise) == NOW


def test_files_from_before_learn_it_from_their_timeline(officer):
    known, quiet, private = EnterpriseFactory(legal_name="重庆川仪"), EnterpriseFactory(), EnterpriseFactory()
    for kind, days in (("note", 9), ("visit_reported", 5), ("contact_added", 1)):
        known.timeline.create(kind=kind, at=NOW - timedelta(days=days))
    quiet.timeline.create(kind="enterprise_added", at=NOW)
    private.timeline.create(kind="note", at=NOW, private_to=officer)
    Enterprise.objects.update(name_sort="")

    import_module("partnerships.migrations.0008_last_contacts").fill(apps, None)

    assert last_contact(known) == NOW - timedelta(days=5)
    assert (last_contact(quiet), last_contact(private)) == (None, None)
    assert Enterprise.objects.get(pk=known.pk).name_sort == "chong2重qing4庆chuan1川yi2仪"
