"""What campaigns count, and the campaign services."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.choices import Role
from core.errors import RuleBroken, StaleEdit
from partnerships.choices.agreements import AgreementState
from placements.choices import ApplicationState
from placements.models.postings import Posting
from tests.factories.accounts import person
from tests.factories.events import EventFactory
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.visits import (
    CampaignFactory,
    CampaignTargetFactory,
    OutcomeFactory,
    TripFactory,
    VisitFactory,
    led_visit,
)
from visits import counting, newly_opened
from visits.choices import CampaignPointKind, Measure, VisitState
from visits.models.campaigns import Campaign, ReportedTotal
from visits.selectors.campaigns import campaign_page, campaign_with_parts
from visits.services import campaigns

pytestmark = pytest.mark.django_db
S = VisitState
BEFORE, WITHIN = date(2026, 8, 31), date(2026, 10, 1)
LATE = datetime(2026, 8, 31, 15, 59, tzinfo=UTC)  # a minute before midnight in Shanghai


def visited(campaign, **fields):
    visit = VisitFactory(**{"state": S.HELD, "starts_on": WITHIN, **fields})
    visit.campaigns.add(campaign)
    return visit


def test_visits_count_once_they_took_place():
    campaign = CampaignFactory()
    counted = [visited(campaign, state=state) for state in S if state in (S.HELD, S.REPORTED, S.CHECKED)]
    for state in (S.PLANNED, S.CONFIRMED, S.CANCELLED):
        visited(campaign, state=state)
    VisitFactory(state=S.HELD)

    assert set(counting.counted_visits(campaign)) == set(counted)
    assert counting.counted_visits(None).count() == 4


def test_a_visit_may_count_in_two_campaigns():
    first, second = CampaignFactory(), CampaignFactory()
    visited(first).campaigns.add(second)

    assert [counting.counted_visits(campaign).count() for campaign in (first, second, None)] == [1, 1, 1]


def test_three_visits_to_one_enterprise_are_one_enterprise():
    campaign, enterprise = CampaignFactory(), EnterpriseFactory()
    for _ in range(3):
        visited(campaign, enterprise=enterprise)
    visited(campaign)

    assert counting.visited_enterprises(campaign).count() == 2


def known(enterprise, how):
    if how == "visit":
        VisitFactory(enterprise=enterprise, state=S.HELD, starts_on=BEFORE)
    elif how == "agreement":
        AgreementFactory(enterprise=enterprise, state=AgreementState.SIGNED, signed_on=BEFORE)
    elif how == "agreement without a day of signing":
        AgreementFactory(enterprise=enterprise, state=AgreementState.SIGNED, starts_on=BEFORE)
    elif how == "posting":
        posting = PostingFactory(enterprise=enterprise)
        Posting.objects.filter(pk=posting.pk).update(created_at=LATE)
    elif how == "hire":
        application = ApplicationFactory(posting__enterprise=enterprise, state=ApplicationState.ACCEPTED)
        application.moves.create(state=ApplicationState.ACCEPTED, at=LATE)


@pytest.mark.parametrize("how", ["visit", "agreement", "agreement without a day of signing", "posting", "hire"])
def test_an_enterprise_known_before_the_campaign_is_not_new(how):
    campaign = CampaignFactory()
    new, old = visited(campaign).enterprise, visited(campaign).enterprise
    known(old, how)

    assert list(counting.new_enterprises(campaign)) == [new]


@pytest.mark.parametrize("how", ["visit", "agreement", "posting", "hire"])
def test_only_what_the_setting_names_makes_an_enterprise_an_old_acquaintance(settings, how):
    campaign = CampaignFactory()
    enterprise = visited(campaign).enterprise
    known(enterprise, how)
    others = [fact for fact in settings.NEWLY_OPENED if fact != how]

    assert list(counting.new_enterprises(campaign)) == []
    settings.NEWLY_OPENED = others
    assert list(counting.new_enterprises(campaign)) == [enterprise]


def test_the_day_before_a_campaign_ends_at_midnight_in_the_zone_of_the_school():
    campaign = CampaignFactory()
    enterprise = visited(campaign).enterprise
    posting = PostingFactory(enterprise=enterprise)
    Posting.objects.filter(pk=posting.pk).update(created_at=datetime(2026, 8, 31, 16, 0, tzinfo=UTC))

    assert list(counting.new_enterprises(campaign)) == [enterprise]


def test_the_sentence_is_made_of_the_setting_wherever_it_is_read(settings):
    settings.NEWLY_OPENED = ["visit", "hire"]

    said = (
        "Visited enterprises with which the school had nothing to do before the campaign's first day: "
        "no visit took place, nobody was hired through the portal. Without a campaign every visited one was new once."
    )
    assert str(newly_opened.definition()) == said


def test_what_happened_in_the_campaign_or_did_not_happen_makes_nobody_old():
    campaign = CampaignFactory()
    enterprise = visited(campaign).enterprise
    VisitFactory(enterprise=enterprise, state=S.CANCELLED, starts_on=BEFORE)
    VisitFactory(enterprise=enterprise, state=S.HELD, starts_on=campaign.starts_on)
    AgreementFactory(enterprise=enterprise, state=AgreementState.DRAFT, starts_on=BEFORE)
    AgreementFactory(enterprise=enterprise, state=AgreementState.SIGNED, signed_on=campaign.starts_on)
    PostingFactory(enterprise=enterprise)

    assert list(counting.new_enterprises(campaign)) == [enterprise]


def test_a_campaign_without_days_begins_with_its_own_first_visit():
    campaign = CampaignFactory(starts_on=None, ends_on=None)
    new, old, undated = visited(campaign).enterprise, visited(campaign).enterprise, visited(campaign, starts_on=None)
    visited(campaign, enterprise=old, starts_on=date(2026, 11, 1))
    VisitFactory(enterprise=old, state=S.HELD, starts_on=BEFORE)

    assert set(counting.new_enterprises(campaign)) == {new, undated.enterprise}


def test_without_a_campaign_everyone_was_new_once():
    VisitFactory(state=S.HELD)

    assert counting.new_enterprises(None).count() == 1


def test_openings_are_posts_and_internships_of_visits_that_count():
    campaign = CampaignFactory()
    OutcomeFactory(visit=visited(campaign), posts=3, internships=4)
    OutcomeFactory(visit=visited(campaign), posts=0, internships=5)
    OutcomeFactory(visit=visited(campaign, state=S.CANCELLED), posts=100)

    assert counting.openings(campaign).places() == 12
    assert counting.openings(CampaignFactory()).places() == 0


def test_a_role_counts_what_its_people_led_while_they_held_it(leader, college_staff, today):
    campaign = CampaignFactory()
    for who in (leader, leader, college_staff):
        led_visit(who, state=S.HELD, starts_on=WITHIN).campaigns.add(campaign)
    former = person(Role.LEADER)
    former.role_grants.update(ends_on=BEFORE)
    led_visit(former, state=S.HELD, starts_on=WITHIN).campaigns.add(campaign)
    visits = counting.counted_visits(campaign)

    assert counting.led_by_role(visits, Role.LEADER, on=today).count() == 2
    assert counting.led_by_role(visits, Role.COLLEGE, on=today).count() == 1


def test_the_page_of_a_campaign_shows_each_target_with_what_is_reached(officer, leader, today):
    campaign = CampaignFactory()
    for measure, role, number in (
        ("visits", "", 4),
        ("visits", "leader", 2),
        ("openings", "", 30),
        ("enterprises", "", 219),
    ):
        CampaignTargetFactory(campaign=campaign, measure=measure, role=role, number=number)
    ReportedTotal.objects.create(campaign=campaign, measure="enterprises", number=219, source="Press")
    OutcomeFactory(visit=visited(campaign), posts=10, internships=20)
    led_visit(leader, state=S.HELD, starts_on=WITHIN).campaigns.add(campaign)

    page = campaign_page(officer, campaign_with_parts(officer).get(pk=campaign.pk), on=today)

    assert [(line.target.measure, line.target.role, line.number, line.percent) for line in page.progress] == [
        ("enterprises", "", 2, 0),
        ("openings", "", 30, 100),
        ("visits", "", 2, 50),
        ("visits", "leader", 1, 50),
    ]
    assert [(line.total.number, line.on_file) for line in page.stated] == [(219, 2)]
    assert [line.reported.number for line in page.progress if line.reported] == [219]
    assert {tile.measure.value: tile.number for tile in page.numbers} == {
        "visits": 2,
        "enterprises": 2,
        "new_enterprises": 2,
        "person_times": 1,
        "openings": 30,
    }


def test_a_campaign_is_opened_with_points_and_targets(officer, now):
    campaign = campaigns.open_campaign(
        name="访企拓岗",
        document="3号文",
        class_of=2027,
        starts_on=date(2026, 9, 1),
        points=[(CampaignPointKind.PURPOSE, "拓岗"), (CampaignPointKind.WAY, "走出去")],
        targets=[(Measure.VISITS, "", 60), (Measure.VISITS, Role.LEADER, 20)],
        by=officer,
        at=now,
    )

    assert (campaign.name, campaign.document, campaign.class_of, campaign.version) == ("访企拓岗", "3号文", 2027, 1)
    assert list(campaign.points.values_list("kind", "name")) == [("purpose", "拓岗"), ("way", "走出去")]
    assert list(campaign.targets.values_list("measure", "role", "number")) == [
        ("visits", "", 60),
        ("visits", "leader", 20),
    ]


def test_changing_a_campaign_keeps_the_targets_that_stay(officer, now):
    campaign = CampaignFactory()
    stays, goes = (CampaignTargetFactory(campaign=campaign, measure=measure) for measure in ("visits", "openings"))

    changed = campaigns.change_campaign(
        campaign,
        fields={"name": "新名", "ends_on": None},
        targets=[(Measure.VISITS, "", 70), (Measure.ENTERPRISES, "", 5)],
        points=[(CampaignPointKind.PURPOSE, "拓岗")],
        version=1,
        by=officer,
        at=now,
    )

    assert (changed.name, changed.ends_on, changed.version) == ("新名", None, 2)
    assert list(campaign.targets.values_list("measure", "number")) == [("enterprises", 5), ("visits", 70)]
    assert campaign.targets.get(measure="visits").pk == stays.pk
    assert not campaign.targets.filter(pk=goes.pk).exists()
    with pytest.raises(StaleEdit):
        campaigns.change_campaign(campaign, fields={"name": "旧"}, targets=[], version=1, by=officer, at=now)


def test_what_cannot_be_is_refused_and_nothing_is_half_written(officer, now):
    with pytest.raises(ValidationError, match="cannot end before it starts"):
        campaigns.open_campaign(name="甲", starts_on=date(2027, 1, 2), ends_on=date(2027, 1, 1), by=officer, at=now)
    with pytest.raises(RuleBroken, match="one target for everyone"):
        campaigns.open_campaign(
            name="乙", targets=[(Measure.VISITS, "", 1), (Measure.VISITS, "", 2)], by=officer, at=now
        )
    assert not Campaign.objects.exists()


def test_only_the_office_keeps_campaigns(college_staff, leader, now):
    campaign = CampaignFactory()
    for user in (college_staff, leader):
        with pytest.raises(PermissionDenied):
            campaigns.open_campaign(name="甲", by=user, at=now)
        with pytest.raises(PermissionDenied):
            campaigns.change_campaign(campaign, fields={"name": "乙"}, targets=[], by=user, at=now)
        with pytest.raises(PermissionDenied):
            campaigns.add_event(campaign, EventFactory(), by=user)
        with pytest.raises(PermissionDenied):
            campaigns.report_total(campaign=campaign, measure=Measure.VISITS, number=1, by=user)
    campaign.refresh_from_db()
    assert (Campaign.objects.count(), campaign.version, campaign.events.count()) == (1, 1, 0)
    assert not ReportedTotal.objects.exists()


def test_a_total_belongs_to_one_thing(officer):
    campaign, trip = CampaignFactory(), TripFactory()
    total = campaigns.report_total(campaign=campaign, measure=Measure.ENTERPRISES, number=219, by=officer)

    assert (total.campaign, total.trip) == (campaign, None)
    for both in ({}, {"campaign": campaign, "trip": trip}):
        with pytest.raises(RuleBroken):
            campaigns.report_total(measure=Measure.VISITS, number=1, by=officer, **both)
    assert ReportedTotal.objects.count() == 1
