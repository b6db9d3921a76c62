"""Dated checks of a credit code, and the places where an enterprise works."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.errors import RuleBroken
from partnerships.choices.enterprises import CheckResult, CheckSource, CreditCodeState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import CreditCheck, Site
from partnerships.models.timeline import TimelineEntry
from partnerships.services import checks, enterprises, sites
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
CODE = "91350100M000100Y43"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 24


def check(enterprise, officer, result=CheckResult.MATCHES, on=date(2026, 11, 20)):
    return checks.record_check(
        enterprise, source=CheckSource.CREDIT_PUBLICITY, result=result, checked_on=on, by=officer, at=NOW
    )


@pytest.mark.parametrize(
    ("code", "result", "state"),
    [
        (CODE, CheckResult.MATCHES, CreditCodeState.VERIFIED),
        (CODE, CheckResult.ABNORMAL, CreditCodeState.VERIFIED),  # found, but with a warning
        (CODE, CheckResult.DIFFERS, CreditCodeState.UNVERIFIED),
        (CODE, CheckResult.NOT_FOUND, CreditCodeState.UNVERIFIED),
        ("91350100M000100Y44", CheckResult.MATCHES, CreditCodeState.VERIFIED),  # an old or foreign registration
    ],
)
def test_a_check_says_how_the_code_stands(officer, code, result, state):
    enterprise = EnterpriseFactory(credit_code=code, credit_code_state=CreditCodeState.UNVERIFIED)

    check(enterprise, officer, result)

    enterprise.refresh_from_db()
    assert enterprise.credit_code_state == state
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.detail) == (TimelineKind.CODE_CHECKED, result)


def test_the_latest_day_of_checking_counts(officer):
    enterprise = EnterpriseFactory(credit_code=CODE)
    check(enterprise, officer, CheckResult.MATCHES, on=date(2026, 11, 20))

    check(enterprise, officer, CheckResult.NOT_FOUND, on=date(2026, 11, 2))

    enterprise.refresh_from_db()
    assert enterprise.credit_code_state == CreditCodeState.VERIFIED


def test_an_edit_keeps_the_check_unless_name_or_code_change(officer):
    enterprise = EnterpriseFactory(credit_code=CODE)
    check(enterprise, officer)
    fields = {"legal_name": enterprise.legal_name, "credit_code": CODE, "city": "南充"}

    enterprise = enterprises.change_enterprise(enterprise, version=None, fields=fields, by=officer, at=NOW)
    assert (enterprise.city, enterprise.credit_code_state) == ("南充", CreditCodeState.VERIFIED)

    enterprise = enterprises.change_enterprise(
        enterprise, version=None, fields={"legal_name": "改名有限公司"}, by=officer, at=NOW
    )
    assert (enterprise.credit_code, enterprise.credit_code_state) == (CODE, CreditCodeState.VALID)


@pytest.mark.parametrize(("code", "on"), [("", date(2026, 11, 20)), (CODE, date(2026, 11, 22))])
def test_a_check_without_a_code_or_of_a_day_to_come_is_refused(officer, code, on):
    enterprise = EnterpriseFactory(credit_code=code)

    with pytest.raises(RuleBroken):
        check(enterprise, officer, on=on)

    assert not CreditCheck.objects.exists()


def test_a_stranger_to_the_file_checks_nothing(college_staff):
    enterprise = EnterpriseFactory(credit_code=CODE)

    with pytest.raises(PermissionDenied):
        check(enterprise, college_staff)

    enterprise.refresh_from_db()
    assert enterprise.credit_code_state == CreditCodeState.UNVERIFIED
    assert not CreditCheck.objects.exists()


def test_a_check_is_recorded_with_its_screenshot_and_only_once(client, officer):
    enterprise = EnterpriseFactory(credit_code=CODE)
    client.force_login(officer)
    address = reverse("partnerships:check_new", args=[enterprise.pk])
    token = client.get(address).context["form"]["form_token"].value()
    data = {"form_token": token, "source": "publicity", "checked_on": timezone.localdate(), "result": "matches"}

    for _ in range(2):
        picture = SimpleUploadedFile("shot.png", PNG, "image/png")
        response = client.post(address, {**data, "screenshot": picture})
        assert response["Location"] == reverse("partnerships:identity", args=[enterprise.pk])

    recorded = CreditCheck.objects.get()
    assert (recorded.code, recorded.by, bool(recorded.screenshot)) == (CODE, officer, True)
    picture = client.get(reverse("partnerships:check_screenshot", args=[recorded.pk]))
    assert b"".join(picture.streaming_content) == PNG
    picture.close()


def test_a_day_to_come_is_said_beside_its_field(client, officer):
    enterprise = EnterpriseFactory(credit_code=CODE)
    client.force_login(officer)
    address = reverse("partnerships:check_new", args=[enterprise.pk])
    token = client.get(address).context["form"]["form_token"].value()
    day = timezone.localdate() + timedelta(days=1)

    response = client.post(
        address, {"form_token": token, "source": "licence", "checked_on": day, "result": "matches", "note": "x"}
    )

    assert set(response.context["form"].errors) == {"checked_on"}
    assert not CreditCheck.objects.exists()


def test_a_site_is_added_changed_and_closed_and_stays(officer):
    enterprise = EnterpriseFactory()
    site = sites.add_site(enterprise, fields={"name": "绵阳厂区", "city": "绵阳"}, by=officer, at=NOW)

    sites.change_site(site, fields={"name": "绵阳厂区", "city": "德阳"}, by=officer, at=NOW)
    sites.change_site(site, fields={"name": "绵阳厂区", "city": "德阳"}, by=officer, at=NOW)
    sites.close_site(site, on=date(2026, 11, 1), by=officer, at=NOW)

    site.refresh_from_db()
    assert (site.city, site.closed_on) == ("德阳", date(2026, 11, 1))
    entries = TimelineEntry.objects.order_by("pk").values_list("kind", "detail", "changes")
    change = {"model": "partnerships.Site", "field": "city", "before": "绵阳", "after": "德阳"}
    assert list(entries) == [
        ("site_changed", "added", []),
        ("site_changed", "changed", [change]),
        ("site_changed", "closed", []),
    ]
    with pytest.raises(RuleBroken):
        sites.close_site(site, on=date(2026, 11, 2), by=officer, at=NOW)


def test_others_add_no_site(college_staff):
    with pytest.raises(PermissionDenied):
        sites.add_site(EnterpriseFactory(), fields={"name": "绵阳厂区"}, by=college_staff, at=NOW)

    assert not Site.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_registration_runs_the_same_queries_for_any_number_of_rows(
    client, officer, django_assert_num_queries, rows
):
    enterprise = EnterpriseFactory(credit_code=CODE)
    for number in range(rows):
        check(enterprise, officer)
        sites.add_site(enterprise, fields={"name": f"厂区{number}"}, by=officer, at=NOW)
        EnterpriseFactory(parent=enterprise)
    client.force_login(officer)

    with django_assert_num_queries(9):  # session, person, roles, enterprise, checks, sites, below, school, inbox
        response = client.get(reverse("partnerships:identity", args=[enterprise.pk]))

    identity = response.context["identity"]
    assert (len(identity.checks), len(identity.sites), len(identity.subsidiaries)) == (rows, rows, rows)
