"""The office's day names what people who left still look after."""

import pytest
from django.utils import timezone

from accounts.choices import Role
from dashboards.selectors.today import LeftBehind, left_behind, staff_day
from tests.factories.accounts import person
from tests.factories.partnerships import EnterpriseFactory, NeedFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def left(db):
    """Two people who left: one with three enterprises, one with a need."""
    EnterpriseFactory.create_batch(3, owner=person(Role.OFFICER, is_active=False))
    NeedFactory(owner=person(None))


def test_people_and_things_are_counted(officer, left):
    EnterpriseFactory(owner=officer)

    assert left_behind(on=timezone.localdate()) == LeftBehind(people=2, enterprises=3, others=1)


def test_the_office_reads_it_and_finds_the_way(client, officer, left):
    client.force_login(officer)

    words = " ".join(client.get("/").content.decode().split())

    assert "2 people who left still look after work (enterprises: 3, other things: 1)." in words
    assert 'href="/handover/">Hand the work over</a>' in words


def test_nobody_else_is_told(client, officer, college_staff, left):
    client.force_login(college_staff)

    assert "/handover/" not in client.get("/").content.decode()
    assert staff_day(college_staff, on=timezone.localdate()).left_behind == LeftBehind()


def test_where_nobody_left_nothing_is_said(client, officer):
    EnterpriseFactory(owner=officer)
    client.force_login(officer)

    assert "Hand the work over" not in client.get("/").content.decode()
