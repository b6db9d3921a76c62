"""The page of a campaign and its form: targets of whom, days of reporting, and what cannot be."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import CollegeFactory
from tests.factories.visits import (
    CampaignFactory,
    CampaignTargetFactory,
    VisitFactory,
    led_visit,
)
from visits.choices import VisitState
from visits.models.campaigns import Campaign

pytestmark = pytest.mark.django_db


def page(record, name, *more):
    return reverse(f"visits:{name}", args=[record.pk, *more])


def rows(prefix, lines, initial):
    found = {f"{prefix}-TOTAL_FORMS": str(len(lines)), f"{prefix}-INITIAL_FORMS": str(initial)}
    for number, line in enumerate(lines):
        found |= {f"{prefix}-{number}-{name}": value for name, value in line.items()}
    return found


def campaign_said(*targets, initial=0, days=(), days_before=0, **said):
    return {"name": "访企拓岗", **rows("targets", targets, initial), **rows("days", days, days_before), **said}


def test_the_office_opens_and_changes_a_campaign(client_of, officer):
    client = client_of(officer)
    made = client.post(
        "/campaigns/new/",
        campaign_said(
            {"measure": "visits", "role": "", "number": "60"},
            {"measure": "", "role": "", "number": ""},
            form_token=str(uuid.uuid4()),
            purposes="拓岗\n促就业",
        ),
    )
    campaign = Campaign.objects.get()
    assert made.url == page(campaign, "campaign")
    assert [point.name for point in campaign.points.all()] == ["拓岗", "促就业"]

    client.post(
        page(campaign, "campaign_edit"),
        campaign_said(
            {"measure": "visits", "role": "", "number": "60", "DELETE": "on"},
            {"measure": "openings", "role": "", "number": "800"},
            initial=1,
            version=campaign.version,
            name="新名",
        ),
    )

    campaign.refresh_from_db()
    assert (campaign.name, list(campaign.targets.values_list("measure", "number"))) == ("新名", [("openings", 800)])
    assert not campaign.points.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"starts_on": "2027-01-02", "ends_on": "2027-01-01"}, "The campaign cannot end before it starts."),
        ({"name": ""}, "This field is required."),
        ({"version": "0"}, "Someone else saved this record"),
        ({"targets-0-number": "0"}, "greater than or equal to 1"),
        ({"targets-0-number": "-3"}, "greater than or equal to 1"),
        ({"targets-0-name": "书记、校长合计"}, "Which leaders are these?"),
        ({"days-0-day": "2026-08-31"}, "This day is not within the campaign."),
        ({"days-0-day": "2027-09-01"}, "This day is not within the campaign."),
        ({"days-0-day": "2026-11-31"}, "Enter a valid date."),
        ({"days-0-day": "", "days-0-name": "周报"}, "This field is required."),
    ],
)
def test_a_campaign_that_cannot_be_is_not_saved(client_of, officer, said, words):
    campaign = CampaignFactory(name="旧名")
    CampaignTargetFactory(campaign=campaign, measure="visits", number=60)
    entered = campaign_said(
        {"measure": "visits", "role": "", "number": "70"},
        initial=1,
        days=[{"day": "2026-12-31"}],
        version=1,
        starts_on="2026-09-01",
        ends_on="2027-08-31",
        theme="万企进校园",
    )

    response = client_of(officer).post(page(campaign, "campaign_edit"), {**entered, **said})

    shown = response.content.decode()
    assert words in shown
    assert 'value="万企进校园"' in shown
    campaign.refresh_from_db()
    assert (campaign.name, campaign.targets.get().number, campaign.report_days.count()) == ("旧名", 60, 0)


def test_campaign_forms_are_for_the_office(client_of, college_staff, leader):
    campaign = CampaignFactory()

    for user in (college_staff, leader):
        for address in ("/campaigns/new/", page(campaign, "campaign_edit")):
            assert client_of(user).get(address).status_code == 404


def test_a_target_is_of_one_of_them_only_and_says_so_beside_the_field(client_of, officer, leader, college):
    both = {"measure": "visits", "number": "5", "role": "leader", "college": str(college.pk)}
    named = {"measure": "visits", "number": "5", "role": "leader", "name": "合计", "leaders": [str(leader.pk)]}
    nameless = {"measure": "visits", "number": "5", "leaders": [str(leader.pk)]}

    response = client_of(officer).post(
        "/campaigns/new/", campaign_said(both, named, nameless, form_token=str(uuid.uuid4()))
    )

    assert [row.errors for row in response.context["rows"].targets] == [
        {"college": ["A target is of a role or of a college, not of both."]},
        {"role": ["A target of named leaders is of no role and no college."]},
        {"name": ["What are these leaders called together?"]},
    ]
    assert not Campaign.objects.exists()


def test_the_same_row_twice_is_said_beside_the_second(client_of, officer, college):
    target = {"measure": "visits", "number": "5", "college": str(college.pk)}
    day = {"day": "2026-12-31"}

    response = client_of(officer).post(
        "/campaigns/new/",
        campaign_said(target, {**target, "number": "6"}, days=[day, day], form_token=str(uuid.uuid4())),
    )

    shown = response.context["rows"]
    assert [row.errors for row in shown.targets] == [
        {},
        {"measure": ["This target stands above already: change its number there."]},
    ]
    assert [row.errors for row in shown.days] == [{}, {"day": ["This day stands above already."]}]
    assert not Campaign.objects.exists()


def test_everything_of_a_campaign_is_entered_and_changed(client_of, officer, leader, college):
    client = client_of(officer)
    client.post(
        "/campaigns/new/",
        campaign_said(
            {"measure": "enterprises", "number": "100", "name": "书记、校长合计", "leaders": [leader.pk, officer.pk]},
            {"measure": "person_times", "number": "30", "college": str(college.pk)},
            days=[{"day": "2026-12-31", "name": "年度汇总"}, {"day": "2026-11-30"}, {"day": ""}],
            form_token=str(uuid.uuid4()),
            theme="全员联动促就业",
            document_number="教学厅函〔2022〕3号",
            document="关于开展专项行动的通知",
            starts_on="2026-09-01",
            ends_on="2027-08-31",
        ),
    )
    campaign = Campaign.objects.get()
    assert (campaign.theme, campaign.document_number) == ("全员联动促就业", "教学厅函〔2022〕3号")
    together, of_college = campaign.targets.order_by("measure")
    assert (together.name, set(together.leaders.all())) == ("书记、校长合计", {leader, officer})
    assert (of_college.college, of_college.number) == (college, 30)
    assert list(campaign.report_days.values_list("day", "name")) == [
        (date(2026, 11, 30), ""),
        (date(2026, 12, 31), "年度汇总"),
    ]

    form = client.get(page(campaign, "campaign_edit")).context["rows"]
    assert [row["leaders"].value() for row in form.targets][0] == sorted([leader.pk, officer.pk])
    client.post(
        page(campaign, "campaign_edit"),
        campaign_said(
            {"measure": "enterprises", "number": "120", "name": "书记、校长合计", "leaders": [leader.pk]},
            {"measure": "person_times", "number": "30", "college": str(college.pk), "DELETE": "on"},
            initial=2,
            days=[{"day": "2026-11-30", "reported_on": "2026-11-24"}, {"day": "2026-12-31", "DELETE": "on"}],
            days_before=2,
            version=campaign.version,
            starts_on="2026-09-01",
            ends_on="2027-08-31",
        ),
    )

    changed = campaign.targets.get()
    assert (changed.pk, changed.number, list(changed.leaders.all())) == (together.pk, 120, [leader])
    assert list(campaign.report_days.values_list("day", "reported_on")) == [(date(2026, 11, 30), date(2026, 11, 24))]


def test_the_page_tells_of_the_days_of_reporting(client_of, officer):
    campaign = CampaignFactory()
    campaign.report_days.create(day=date(2026, 10, 31), name="十月", reported_on=date(2026, 10, 30))
    campaign.report_days.create(day=date(2026, 11, 21), name="周报")
    campaign.report_days.create(day=date(2026, 11, 30))
    campaign.report_days.create(day=date(2026, 12, 31))

    shown = client_of(officer).get(page(campaign, "campaign"))

    days = shown.context["shown"].report_days
    assert [(day.days_left, day.days_late, day.is_ahead) for day in days] == [
        (-24, 0, False), (-3, 3, False), (6, 0, True), (37, 0, True),
    ]  # fmt: skip
    text = shown.content.decode()
    assert [text.count(words) for words in ("3 days overdue", "6 days left", "37 days left")] == [1, 1, 0]


def test_the_days_left_are_counted_in_the_zone_of_the_school(client_of, officer, monkeypatch):
    campaign = CampaignFactory()
    campaign.report_days.create(day=date(2026, 11, 25))
    late = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)  # half past midnight of the 25th in Shanghai
    monkeypatch.setattr(timezone, "now", lambda: late)

    shown = client_of(officer).get(page(campaign, "campaign"))

    assert [day.days_left for day in shown.context["shown"].report_days] == [0]
    assert 'state-warn">today</span>' in shown.content.decode()


def test_each_number_leads_to_its_rows(client_of, officer, leader):
    campaign, college = CampaignFactory(), CollegeFactory()
    visit = led_visit(leader, state=VisitState.HELD, starts_on=date(2026, 10, 1))
    visit.campaigns.add(campaign)
    visit.colleges.add(college)
    CampaignTargetFactory(campaign=campaign, measure="visits", role="leader")
    CampaignTargetFactory(campaign=campaign, measure="visits", name="合计").leaders.add(leader, officer)

    text = client_of(officer).get(page(campaign, "campaign")).content.decode().replace("&amp;", "&")

    people = "".join(f"&leader={pk}" for pk in sorted([leader.pk, officer.pk]))
    for query in ("", "&role=leader", people, f"&college={college.pk}", f"&leader={leader.pk}"):
        assert f'href="/dashboard/visits/?campaign={campaign.pk}{query}"' in text


def test_one_visit_counts_in_two_campaigns_that_run_at_once(client_of, officer):
    campaigns = [CampaignFactory(), CampaignFactory()]
    VisitFactory(state=VisitState.HELD, starts_on=date(2026, 10, 1)).campaigns.set(campaigns)

    for campaign in campaigns:
        shown = client_of(officer).get(page(campaign, "campaign")).context["shown"]
        assert [tile.number for tile in shown.numbers] == [1, 1, 1, 0]


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_costs_the_same_for_any_number_of_rows(client_of, officer, leader, django_assert_num_queries, count):
    campaign = CampaignFactory()
    for number in range(count):
        CampaignTargetFactory(campaign=campaign, college=CollegeFactory())
        CampaignTargetFactory(campaign=campaign, name=f"合计{number}").leaders.add(leader)
        campaign.report_days.create(day=date(2026, 12, 1 + number))
    client = client_of(officer)

    # session, user, grants, campaign, targets, totals, leadership, staff, colleges, days off, school, unread
    with django_assert_num_queries(12):
        text = client.get(page(campaign, "campaign_edit")).content.decode()

    assert text.count('value="2026-12-0') == count
