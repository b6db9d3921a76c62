"""Opening, changing and confirming files."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.choices import Role
from core.errors import RuleBroken, StaleEdit
from partnerships.choices.enterprises import CreditCodeState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.timeline import TimelineEntry
from partnerships.services import enterprises
from partnerships.services.enterprises import DuplicateCreditCode
from tests.factories.accounts import person
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CODE = "91350100M000100Y43"


def test_a_new_file_keeps_the_code_as_meant_and_begins_its_timeline(officer):
    fields = {
        "legal_name": "南充光影科技有限公司",
        "credit_code": "9135 0100-m000100y43",
        "former_names": ["光影工作室"],
    }

    enterprise = enterprises.add_enterprise(by=officer, at=NOW, fields=fields)

    enterprise.refresh_from_db()
    assert (enterprise.credit_code, enterprise.credit_code_state) == (CODE, CreditCodeState.VALID)
    assert enterprise.version == 1
    assert (enterprise.confirmed_at, enterprise.confirmed_by) == (NOW, officer)
    assert [former.name for former in enterprise.former_names.all()] == ["光影工作室"]
    entry = TimelineEntry.objects.get(enterprise=enterprise)
    assert (entry.kind, entry.by, entry.at) == (TimelineKind.ENTERPRISE_ADDED, officer, NOW)
    assert entry.link == f"/enterprises/{enterprise.pk}/"


@pytest.mark.parametrize("code", ["", "91310115MA0000285X", "12345"])
def test_a_missing_or_failing_code_is_kept_as_unverified(officer, code):
    enterprise = enterprises.add_enterprise(by=officer, at=NOW, fields={"legal_name": "甲", "credit_code": code})

    assert (enterprise.credit_code, enterprise.credit_code_state) == (code, CreditCodeState.UNVERIFIED)


def test_two_files_without_a_code_may_stand_side_by_side(officer):
    for name in ("甲", "乙"):
        enterprises.add_enterprise(by=officer, at=NOW, fields={"legal_name": name})

    assert Enterprise.objects.count() == 2


def test_a_second_file_with_the_same_code_is_refused_and_names_the_first(officer):
    first = EnterpriseFactory(credit_code=CODE)

    with pytest.raises(DuplicateCreditCode) as refused:
        enterprises.add_enterprise(by=officer, at=NOW, fields={"legal_name": "乙", "credit_code": CODE.lower()})

    assert refused.value.enterprise == first
    assert Enterprise.objects.count() == 1
    assert not TimelineEntry.objects.exists()


def test_an_archived_file_does_not_hold_its_code(officer):
    EnterpriseFactory(credit_code=CODE, archived_at=NOW)

    enterprises.add_enterprise(by=officer, at=NOW, fields={"legal_name": "乙", "credit_code": CODE})

    assert Enterprise.objects.current().count() == 1


def test_a_change_names_the_fields_and_raises_the_version(officer):
    enterprise = EnterpriseFactory(city="成都")

    changed = enterprises.change_enterprise(
        enterprise, version=1, fields={"city": "南充", "short_name": "启明"}, by=officer, at=NOW
    )

    assert (changed.city, changed.short_name, changed.version) == ("南充", "启明", 2)
    entry = TimelineEntry.objects.get()
    assert entry.kind == TimelineKind.ENTERPRISE_CHANGED
    assert entry.changes == [
        {"model": "partnerships.Enterprise", "field": "city", "before": "成都", "after": "南充"},
        {"model": "partnerships.Enterprise", "field": "short_name", "before": "", "after": "启明"},
    ]


def test_saving_without_a_change_writes_nothing(officer):
    enterprise = EnterpriseFactory(city="成都")

    enterprises.change_enterprise(enterprise, version=1, fields={"city": "成都"}, by=officer, at=NOW)

    enterprise.refresh_from_db()
    assert enterprise.version == 1
    assert not TimelineEntry.objects.exists()


def test_a_stale_change_is_refused_and_nothing_changes(officer):
    enterprise = EnterpriseFactory(city="成都")
    enterprises.change_enterprise(enterprise, version=1, fields={"city": "南充"}, by=officer, at=NOW)

    with pytest.raises(StaleEdit):
        enterprises.change_enterprise(enterprise, version=1, fields={"city": "绵阳"}, by=officer, at=NOW)

    enterprise.refresh_from_db()
    assert (enterprise.city, enterprise.version) == ("南充", 2)


def test_changing_to_the_code_of_another_file_is_refused(officer):
    EnterpriseFactory(credit_code=CODE)
    enterprise = EnterpriseFactory(credit_code="")

    with pytest.raises(DuplicateCreditCode):
        enterprises.change_enterprise(enterprise, version=1, fields={"credit_code": CODE}, by=officer, at=NOW)

    enterprise.refresh_from_db()
    assert enterprise.credit_code == ""


def test_former_names_are_added_and_taken_away(officer):
    enterprise = EnterpriseFactory()
    enterprise.former_names.create(name="旧名一")

    enterprises.change_enterprise(
        enterprise, version=1, fields={"former_names": ["旧名二", "旧名二"]}, by=officer, at=NOW
    )

    assert [former.name for former in enterprise.former_names.all()] == ["旧名二"]
    (change,) = TimelineEntry.objects.get().changes
    assert (change["field"], change["before"]) == ("former_names", [{"zh-hans": "旧名一", "en": "旧名一"}])
    assert change["after"] == [{"zh-hans": "旧名二", "en": "旧名二"}]


def test_confirming_dates_the_file_without_making_open_forms_stale(officer):
    enterprise = EnterpriseFactory()

    confirmed = enterprises.confirm_enterprise(enterprise, by=officer, at=NOW)

    assert (confirmed.confirmed_at, confirmed.confirmed_by, confirmed.version) == (NOW, officer, 1)
    assert TimelineEntry.objects.get().kind == TimelineKind.ENTERPRISE_CONFIRMED


@pytest.mark.parametrize("who", ["college_staff", "leader", "student", "stranger"])
def test_others_cannot_open_or_change_a_file_and_nothing_changes(request, who):
    user = request.getfixturevalue(who)
    enterprise = EnterpriseFactory(city="成都")

    with pytest.raises(PermissionDenied):
        enterprises.add_enterprise(by=user, at=NOW, fields={"legal_name": "甲"})
    with pytest.raises(PermissionDenied):
        enterprises.change_enterprise(enterprise, version=1, fields={"city": "南充"}, by=user, at=NOW)
    with pytest.raises(PermissionDenied):
        enterprises.confirm_enterprise(enterprise, by=user, at=NOW)

    enterprise.refresh_from_db()
    assert (enterprise.city, enterprise.version, enterprise.confirmed_at) == ("成都", 1, None)
    assert Enterprise.objects.count() == 1
    assert not TimelineEntry.objects.exists()


def test_the_college_owner_of_a_file_may_confirm_it(college_staff):
    enterprise = EnterpriseFactory(owner=college_staff)

    assert enterprises.confirm_enterprise(enterprise, by=college_staff, at=NOW).confirmed_by == college_staff


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_add_the_same_code_one_is_told_of_the_other():
    officer = person(Role.OFFICER)

    def add(name: str) -> str:
        try:
            enterprises.add_enterprise(by=officer, at=NOW, fields={"legal_name": name, "credit_code": CODE})
        except RuleBroken:
            return "refused"
        finally:
            connection.close()
        return "added"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(add, ["甲", "乙", "丙", "丁"]))

    assert outcomes == ["added", "refused", "refused", "refused"]
    assert Enterprise.objects.count() == 1
    assert TimelineEntry.objects.count() == 1
