"""Changes since a moment: who follows them has what the lists have."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.choices import Role
from api.resources.catalogue import RESOURCES
from partnerships.models.enterprises import Enterprise
from partnerships.services.merging import merge_enterprises
from tests.api.conftest import Program
from tests.factories.accounts import CollegeFactory, MajorFactory, person
from tests.factories.partnerships import (
    AgreementFactory,
    EnterpriseFactory,
    FlagFactory,
    IndustryFactory,
    NatureFactory,
    ProvinceFactory,
)
from tests.factories.visits import VisitFactory
from visits.choices import FollowUpState
from visits.models.results import FollowUp, Outcome


class Copy:
    """What somebody has who took a list once and its changes since."""

    def __init__(self, reads: Program, name: str) -> None:
        self.reads, self.name, self.records, self.mark = reads, name, {}, ""

    def follow(self) -> dict[int, Any]:
        asked = {"changed_since": self.mark} if self.mark else {}
        mark = self.reads.get(f"{self.name}/", **asked, limit=1).json()["as_of"]
        self.records |= {item["id"]: item for item in self.reads.items(f"{self.name}/", **asked)}
        if self.mark:
            response = self.reads.get(f"{self.name}/gone/", **asked, limit=200).json()
            for key in response["items"]:
                self.records.pop(key, None)
        self.mark = mark
        return self.records

    def whole(self) -> dict[int, Any]:
        return {item["id"]: item for item in self.reads.items(f"{self.name}/")}


@pytest.mark.django_db(transaction=True)
def test_who_follows_the_changes_has_what_the_list_has():
    """Bulk changes, links, other tables and deletions, in an order of chance."""
    from_chance = Random(20261122)
    reads = Program(_officer())
    made = [VisitFactory() for _number in range(6)]
    college = CollegeFactory()
    copy = Copy(reads, "visits")
    copy.follow()

    for _step in range(25):
        visit = from_chance.choice(made)
        from_chance.choice(CHANGES)(visit, college)
        assert copy.follow() == copy.whole()

    made[0].participants.all().delete()
    made[0].delete()
    assert copy.follow() == copy.whole()
    assert made[0].pk not in copy.records


def _officer() -> Any:
    return person(Role.OFFICER)


CHANGES = (
    lambda visit, college: type(visit).objects.filter(pk=visit.pk).update(goal=str(timezone.now())),
    lambda visit, college: visit.colleges.add(college),
    lambda visit, college: visit.colleges.clear(),
    lambda visit, college: Outcome.objects.create(visit=visit, major=MajorFactory(), posts=2),
    lambda visit, college: Outcome.objects.filter(visit=visit).delete(),
    lambda visit, college: FollowUp.objects.create(
        visit=visit, what="call", owner=visit.organiser or _officer(), due_on=date(2026, 12, 1)
    ),
    lambda visit, college: FollowUp.objects.filter(visit=visit).update(state=FollowUpState.DONE),
)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_is_still_open_is_not_missed():
    """Its rows are dated at its beginning, before the moment at which the others were read."""
    reads = Program(_officer())
    copy = Copy(reads, "enterprises")
    codes = {"province": ProvinceFactory(), "nature": NatureFactory(), "industry": IndustryFactory()}
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        try:
            with transaction.atomic():
                EnterpriseFactory(legal_name="慢慢来有限公司", **codes)
                begun.set()
                assert go_on.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=slowly)
    thread.start()
    assert begun.wait(20)
    EnterpriseFactory(**codes)
    before = dict(copy.follow())
    go_on.set()
    thread.join()

    after = copy.follow()

    assert len(before) == 1
    assert "慢慢来有限公司" in {record["legal_name"] for record in after.values()}
    assert after == copy.whole()


def test_a_file_that_is_merged_away_is_gone(officer, program):
    kept, gone = EnterpriseFactory(), EnterpriseFactory()
    since = timezone.now() - timedelta(minutes=5)
    reads = program(officer)

    merge_enterprises(kept, gone, taken=(), by=officer, at=timezone.now())

    told = reads.get("enterprises/gone/", changed_since=since.isoformat()).json()
    assert told["items"] == [gone.pk]
    assert reads.get(f"enterprises/{gone.pk}/").status_code == 404
    assert reads.keys("enterprises/", changed_since=since.isoformat()) == [kept.pk]


def test_what_moves_to_another_college_is_gone_for_this_one(college, college_staff, program):
    theirs = AgreementFactory()
    theirs.colleges.add(college)
    reads = program(college_staff)
    since = (timezone.now() - timedelta(minutes=5)).isoformat()
    assert reads.get("agreements/gone/", changed_since=since).json()["items"] == []

    theirs.colleges.set([CollegeFactory()])

    assert reads.get("agreements/gone/", changed_since=since).json()["items"] == [theirs.pk]


def test_a_changed_link_is_a_change_of_the_record(officer, program):
    made, other = EnterpriseFactory(), EnterpriseFactory()
    reads = program(officer)
    table = "partnerships_enterprisehistory"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET pgh_created_at = pgh_created_at - interval '1 day'")  # noqa: S608
    since = (timezone.now() - timedelta(hours=1)).isoformat()
    assert reads.keys("enterprises/", changed_since=since) == []

    made.flags.add(FlagFactory())

    assert reads.keys("enterprises/", changed_since=since) == [made.pk]
    assert other.pk in reads.keys("enterprises/")


def test_gone_goes_on_in_pages(officer, program):
    keys = [EnterpriseFactory().pk for _number in range(5)]
    since = (timezone.now() - timedelta(minutes=5)).isoformat()
    Enterprise.objects.filter(pk__in=keys).delete()
    reads = program(officer)

    first = reads.get("enterprises/gone/", changed_since=since, limit=3).json()
    second = reads.get(first["next"]).json()

    assert first["items"] + second["items"] == keys
    assert second["next"] is None


def test_gone_asks_since_when(officer, program):
    response = program(officer).get("enterprises/gone/")

    assert response.status_code == 422
    assert [error["name"] for error in response.json()["errors"]] == ["changed_since"]


@pytest.mark.parametrize("name", RESOURCES)
def test_every_history_that_is_asked_has_an_index_of_its_moments(name, db):
    tables = {model._meta.db_table for model, _column in RESOURCES[name].watched}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_indexes WHERE strpos(indexdef, %s) > 0 AND tablename = ANY(%s)",
            ["USING brin (pgh_created_at)", sorted(tables)],
        )
        indexed = {row[0] for row in cursor.fetchall()}

    assert indexed == tables
