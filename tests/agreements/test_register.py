"""The register: filters, export, the calendar of ends, and agreements that sleep."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from agreements.selectors.sleeping import SUBSTANCE, sleeping_list
from partnerships.choices.timeline import TimelineKind
from partnerships.services import timeline
from tests.factories.accounts import CollegeFactory, MajorFactory
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory, signed_agreement

pytestmark = pytest.mark.django_db
LIST = reverse("agreements:agreement_list")
CALENDAR = reverse("agreements:agreement_calendar")
SLEEPING = reverse("agreements:sleeping_agreements")
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def titles(client, **query):
    return {row.title for row in client.get(LIST, query).context["page"]}


def test_each_filter_finds_its_own(client, officer, leader):
    college, major = CollegeFactory(), MajorFactory()
    mine = signed_agreement(
        title="mine", owner=leader, deputy=officer, signed_on=date(2026, 3, 1), track="negotiated", number="7"
    )
    mine.colleges.add(college)
    mine.majors.add(major)
    mine.parties.create(place=3, name="高坪区人民政府")
    AgreementFactory(title="other", owner=leader, renews_itself=True)
    client.force_login(officer)

    for query in (
        {"college": college.pk}, {"major": major.pk}, {"owner": "me"}, {"track": "negotiated"}, {"signed": "2026"},
        {"find": "高坪区"}, {"more": "ends"},
    ):  # fmt: skip
        assert titles(client, **query) == {"mine"}, query
    for query in ({"track": "standard"}, {"more": "renews"}, {"more": "unnumbered"}, {"stage": "draft"}):
        assert titles(client, **query) == {"other"}, query
    assert titles(client, owner=leader.pk) == {"mine", "other"}
    assert titles(client, owner="none") == set()
    assert titles(client, owner="nonsense") == titles(client, signed="0") == {"mine", "other"}


def test_what_is_filtered_is_said_in_chips_and_kept_by_the_export(client, officer):
    agreement = signed_agreement(title="甲", enterprise__name_en="Qiming", amount=5_000_000, signed_on=date(2026, 3, 1))
    agreement.parties.create(place=3, name="高坪区人民政府")
    AgreementFactory(title="乙")
    client.force_login(officer)

    chips = [(chip.name, chip.value) for chip in client.get(LIST, {"signed": "2026"}).context["form"].chips]
    response = client.get(LIST, {"signed": "2026", "format": "xlsx"})

    assert chips == [("signed", "2026")]
    sheet = CalamineWorkbook.from_filelike(BytesIO(response.getvalue())).get_sheet_by_index(0).to_python()
    assert len(sheet) == 2
    assert (sheet[0][12], sheet[0][17]) == ("Parties", "Sum, yuan")
    assert (sheet[1][1], sheet[1][12], sheet[1][17]) == ("甲", "Qiming, 高坪区人民政府", 5_000_000)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_with_every_filter_runs_the_same_queries(client, officer, django_assert_num_queries, rows):
    for _ in range(rows):
        row = signed_agreement(owner=officer, deputy=officer, starts_on=date(2020, 1, 1), ends_on=None)
        row.parties.create(place=3, enterprise=EnterpriseFactory())
    client.force_login(officer)

    with django_assert_num_queries(9):  # session, person, roles, choices, views, count, rows, school, inbox
        html = client.get(LIST, {"owner": "me", "more": "sleeping", "stage": "in_force"}).content.decode()

    assert html.count('<td class="cell-title">') == rows


def test_the_calendar_holds_what_ends_by_month(client, officer):
    may = signed_agreement(ends_on=date(2027, 5, 31))
    early = signed_agreement(ends_on=date(2027, 5, 2), renews_itself=True)
    signed_agreement(ends_on=date(2028, 1, 1))
    AgreementFactory(ends_on=date(2027, 5, 3))
    client.force_login(officer)

    context = client.get(CALENDAR, {"year": "2027"}).context

    assert {month.first.month: month.rows for month in context["months"] if month.rows} == {5: [early, may]}
    assert (context["number"], context["before"], context["after"]) == (2, "2026", "2028")
    assert client.get(CALENDAR, {"year": "nonsense"}).context["year"] == str(timezone.localdate().year)
    assert client.get(CALENDAR, {"year": "0001"}).context["year"] == str(timezone.localdate().year)


@pytest.mark.parametrize("rows", [1, 3])
def test_calendar_and_sleeping_list_run_the_same_queries(client, officer, django_assert_num_queries, rows):
    for _ in range(rows):
        row = signed_agreement(owner=officer, starts_on=date(2020, 1, 1), ends_on=date(2040, 5, 5))
        happened(row.enterprise, datetime(2021, 1, 1, tzinfo=UTC))
    client.force_login(officer)

    with django_assert_num_queries(6):  # session, person, roles, rows, school, inbox
        client.get(CALENDAR, {"year": "2040"})
    with django_assert_num_queries(8):  # and: count, last entries
        assert len(client.get(SLEEPING).context["sleepers"]) == rows


def happened(enterprise, at, kind=TimelineKind.VISIT_REPORTED):
    return timeline.record(enterprise, kind, by=None, at=at, text="走访")


def slept(officer, on=TODAY):
    return {row.title: row.last_at for row in sleeping_list(officer, on=on)}


def test_an_agreement_sleeps_when_nothing_of_substance_happened_for_a_year(officer):
    old = date(2024, 1, 1)
    signed_agreement(title="silent", starts_on=old, ends_on=date(2027, 1, 1))
    signed_agreement(title="new", starts_on=date(2025, 11, 21), ends_on=date(2027, 1, 1))
    signed_agreement(title="ended", starts_on=old, ends_on=date(2026, 11, 19))
    signed_agreement(title="renews", starts_on=old, ends_on=date(2026, 1, 1), renews_itself=True)
    AgreementFactory(title="draft", starts_on=old, ends_on=date(2027, 1, 1))
    long_ago = signed_agreement(title="long ago", starts_on=old, ends_on=None)
    then = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)
    happened(long_ago.enterprise, then)
    before = signed_agreement(title="before it began", starts_on=old, ends_on=None)
    happened(before.enterprise, datetime(2023, 5, 1, tzinfo=UTC))
    happened(before.enterprise, NOW, kind=TimelineKind.EMAIL_SENT)

    assert slept(officer) == {"silent": None, "renews": None, "long ago": then, "before it began": None}


@pytest.mark.parametrize("kind", SUBSTANCE)
def test_anything_of_substance_at_any_party_wakes_it(officer, kind):
    agreement = signed_agreement(title="甲", starts_on=date(2024, 1, 1), ends_on=None)
    second = EnterpriseFactory()
    agreement.parties.create(place=3, enterprise=second)
    assert slept(officer) == {"甲": None}

    happened(second, datetime(2025, 11, 20, 9, 0, tzinfo=UTC), kind=kind)

    assert slept(officer) == {}


def test_the_term_is_a_setting(officer, settings):
    agreement = signed_agreement(title="甲", starts_on=date(2024, 1, 1), ends_on=None)
    at = NOW - timedelta(days=120)
    happened(agreement.enterprise, at)
    assert slept(officer) == {}

    settings.AGREEMENT_SLEEPS_AFTER_MONTHS = 3

    assert slept(officer) == {"甲": at}


def test_the_page_says_what_the_last_thing_was_and_the_export_too(client, officer):
    agreement = signed_agreement(title="甲", starts_on=date(2020, 1, 1), ends_on=None)
    happened(agreement.enterprise, datetime(2021, 5, 1, tzinfo=UTC))
    signed_agreement(title="乙", starts_on=date(2020, 1, 1), ends_on=None)
    client.force_login(officer)

    sleepers = client.get(SLEEPING).context["sleepers"]
    response = client.get(SLEEPING, {"format": "xlsx"})

    assert [(each.agreement.title, each.entry and each.entry.kind) for each in sleepers] == [
        ("乙", None),
        ("甲", "visit_reported"),
    ]
    sheet = CalamineWorkbook.from_filelike(BytesIO(response.getvalue())).get_sheet_by_index(0).to_python()
    assert [(row[1], row[8], row[9]) for row in sheet[1:]] == [
        ("乙", "nothing since it began", ""),
        ("甲", sheet[2][8], date(2021, 5, 1)),
    ]
    assert "走访" in sheet[2][8]


def test_a_college_sees_what_sleeps_of_its_own_only(client, college_staff, college):
    ours = signed_agreement(starts_on=date(2020, 1, 1), ends_on=None)
    ours.colleges.add(college)
    theirs = signed_agreement(starts_on=date(2020, 1, 1), ends_on=date(2040, 5, 5))
    theirs.colleges.add(CollegeFactory())
    client.force_login(college_staff)

    assert [each.agreement for each in client.get(SLEEPING).context["sleepers"]] == [ours]
    assert client.get(CALENDAR, {"year": "2040"}).context["number"] == 0
