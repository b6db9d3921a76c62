"""Planning a visit, its page, its changes and moves, its briefing."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from calendars.services.invitations import send_invitations
from notifications.models.messages import OutgoingMessage
from tests.factories.accounts import MajorFactory, UserFactory
from tests.factories.partnerships import (
    AgreementFactory,
    CommitmentFactory,
    ContactFactory,
    EnterpriseFactory,
    NeedFactory,
)
from tests.factories.placements import PostingFactory
from tests.factories.visits import (
    CampaignFactory,
    EvidenceFactory,
    FollowUpFactory,
    IntentionFactory,
    OutcomeFactory,
    ParticipantFactory,
    VisitFactory,
    led_visit,
    reported_visit,
)
from visits.choices import VisitState
from visits.models.visits import Visit

pytestmark = pytest.mark.django_db
S = VisitState
PLAN = "/visits/plan/"


def plan_address(enterprise):
    return f"{PLAN}?enterprise={enterprise.pk}"


def plan(leader, **changes):
    return {
        "form_token": str(uuid.uuid4()),
        "starts_on": "2026-12-02",
        "starts_at_time": "09:30",
        "direction": "outgoing",
        "medium": "on_site",
        "place": "高新区",
        "leader": leader.pk,
        "goal": "谈实习",
        "topics": "订单班\n\n实习",
        **changes,
    }


def page(visit, name="visit"):
    return reverse(f"visits:{name}", args=[visit.pk])


def errors(response):
    return response.context["form"].errors


def test_the_first_step_finds_enterprises_without_javascript(client_of, officer):
    wanted = EnterpriseFactory(legal_name="成都启明科技", name_en="Chengdu Qiming")
    EnterpriseFactory(legal_name="南充远大", name_en="Nanchong Yuanda")
    client = client_of(officer)

    found = client.get(PLAN, {"find": "启明"}).content.decode()

    assert "Which enterprise do you want to visit or invite?" in client.get(PLAN).content.decode()
    assert found.count("?enterprise=") == 1
    assert plan_address(wanted) in found
    assert "No enterprise matches" in client.get(PLAN, {"find": "没有"}).content.decode()


@pytest.mark.parametrize("number", ["0", "99999999", "9" * 30])
def test_an_enterprise_that_is_not_there_is_not_found(client_of, officer, number):
    assert client_of(officer).get(PLAN, {"enterprise": number}).status_code == 404


def test_leaders_read_why_they_do_not_plan(client_of, leader):
    response = client_of(leader).get(PLAN)

    assert response.status_code == 403
    assert "Visits are planned by the employment office and by colleges." in response.content.decode()


def test_running_campaigns_are_ticked_others_offered(client_of, officer):
    running, undated = CampaignFactory(), CampaignFactory(starts_on=None, ends_on=None)
    over = CampaignFactory(starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31))

    form = client_of(officer).get(plan_address(EnterpriseFactory())).context["form"]

    assert form.initial["campaigns"] == [running.pk]
    assert set(form.fields["campaigns"].queryset) == {running, undated, over}


def test_current_contacts_and_staff_are_offered_leadership_first(client_of, officer, leader, student, college_staff):
    enterprise = EnterpriseFactory()
    here = ContactFactory(enterprise=enterprise)
    ContactFactory(enterprise=enterprise, to_on=date(2026, 1, 1))
    ContactFactory()

    form = client_of(officer).get(plan_address(enterprise)).context["form"]

    assert list(form.fields["guests"].queryset) == [here]
    groups = [(label, [key for key, _name in people]) for label, people in form.fields["leader"].choices[1:]]
    assert groups == [
        ("Leadership", [str(leader.pk)]),
        ("Colleges and offices", sorted([str(officer.pk), str(college_staff.pk)], key=int)),
    ]


def test_an_officer_plans_a_visit_and_the_leader_hears_of_it(client_of, officer, leader, now):
    enterprise = EnterpriseFactory()
    guest, campaign = ContactFactory(enterprise=enterprise), CampaignFactory()

    response = client_of(officer).post(
        plan_address(enterprise), plan(leader, guests=[guest.pk], campaigns=[campaign.pk])
    )

    visit = Visit.objects.get()
    assert response.url == page(visit)
    assert (visit.state, visit.starts_on, visit.organiser) == (S.PLANNED, date(2026, 12, 2), officer)
    assert [topic.name for topic in visit.topics.all()] == ["订单班", "实习"]
    assert {person.name for person in visit.participants.all()} == {leader.name, guest.name}
    assert list(visit.campaigns.all()) == [campaign]
    assert send_invitations(now=now) == 1
    assert OutgoingMessage.objects.filter(recipient=leader).count() == 2


def test_a_plan_sent_twice_is_one_visit(client_of, officer, leader):
    enterprise, client, said = EnterpriseFactory(), client_of(officer), plan(leader)

    first, second = (client.post(plan_address(enterprise), said) for _ in range(2))

    assert first.url == second.url
    assert Visit.objects.count() == 1


def test_a_day_that_has_passed_asks_whether_it_took_place_and_loses_nothing(client_of, officer, leader):
    response = client_of(officer).post(plan_address(EnterpriseFactory()), plan(leader, starts_on="2026-11-02"))

    text = response.content.decode()
    assert "This day has passed. If the visit took place, tick" in text
    assert 'value="2026-11-02"' in text
    assert "谈实习" in text
    assert not Visit.objects.exists()


def test_a_visit_of_the_past_goes_on_to_its_report(client_of, officer, leader):
    response = client_of(officer).post(
        plan_address(EnterpriseFactory()), plan(leader, starts_on="2026-11-02", took_place="on")
    )

    visit = Visit.objects.get()
    assert response.url == page(visit, "report")
    assert visit.state == S.HELD
    assert not OutgoingMessage.objects.exists()


def test_a_visit_of_the_past_may_have_no_day(client_of, officer):
    client_of(officer).post(
        plan_address(EnterpriseFactory()), plan(officer, starts_on="", took_place="on") | {"leader": ""}
    )

    assert Visit.objects.get().starts_on is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": ""}, "starts_on"),
        ({"starts_on": "morgen"}, "starts_on"),
        ({"leader": ""}, "leader"),
        ({"goal": "很" * 301}, "goal"),
        ({"topics": "很" * 201}, "topics"),
        ({"topics": "\n".join("abcdefghijklmnopqrstuvwxyzabcdefgh")}, "topics"),
        ({"direction": "sideways"}, "direction"),
        ({"form_token": "again"}, "form_token"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client_of, officer, leader, changes, field):
    response = client_of(officer).post(plan_address(EnterpriseFactory()), plan(leader) | changes)

    assert list(errors(response)) == [field]
    assert not Visit.objects.exists()


def test_a_student_is_not_offered_as_leader(client_of, officer, student):
    response = client_of(officer).post(plan_address(EnterpriseFactory()), plan(student))

    assert list(errors(response)) == ["leader"]


def test_an_emoji_is_kept_as_it_is(client_of, officer, leader):
    client_of(officer).post(plan_address(EnterpriseFactory()), plan(leader, goal="谈合作🎬"))

    assert Visit.objects.get().goal == "谈合作🎬"


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_came_of_it(client_of, officer, leader, django_assert_num_queries, count):
    visit = reported_visit()
    for _ in range(count):
        ParticipantFactory(visit=visit)
        OutcomeFactory(visit=visit)
        FollowUpFactory(visit=visit)
        IntentionFactory(visit=visit)
        EvidenceFactory(visit=visit)
        visit.campaigns.add(CampaignFactory())
        visit.agreements.add(AgreementFactory(enterprise=visit.enterprise))
        visit.commitments.add(CommitmentFactory(enterprise=visit.enterprise))
        visit.needs.add(NeedFactory(enterprise=visit.enterprise, description="需要剪辑师"))
        visit.postings.add(PostingFactory(enterprise=visit.enterprise))
    client = client_of(officer)

    # session, user, grants, visit, people, moves, intentions, evidence, promises, postings, outcomes, follow-ups,
    # agreements, school, unread
    with django_assert_num_queries(16):
        text = client.get(page(visit)).content.decode()

    assert (text.count("需要剪辑师"), text.count("Draft a job")) == (count, count)


@pytest.mark.parametrize("count", [1, 3])
def test_the_briefing_costs_the_same_whatever_is_known(client_of, leader, django_assert_num_queries, count):
    visit = led_visit(leader)
    for _ in range(count):
        contact = ContactFactory(enterprise=visit.enterprise, phone="139 0000 0001")
        ParticipantFactory(visit=visit, contact=contact)
        reported_visit(enterprise=visit.enterprise)
        AgreementFactory(enterprise=visit.enterprise)
        CommitmentFactory(enterprise=visit.enterprise, description="捐赠摄影机")
        NeedFactory(enterprise=visit.enterprise)
        PostingFactory(enterprise=visit.enterprise)
        FollowUpFactory(visit__enterprise=visit.enterprise)
    client = client_of(leader)

    # session, user, grants, visit, people, then contacts, last visits, agreements, promises, needs, postings,
    # follow-ups, our people there, school, unread
    with django_assert_num_queries(15):
        text = client.get(page(visit, "briefing")).content.decode()

    assert text.count('href="tel:13900000001"') == count
    assert text.count("捐赠摄影机") == count


@pytest.mark.parametrize("name", ["visit", "visit_edit", "visit_move", "briefing", "report", "evidence_new"])
def test_a_student_finds_no_page_of_a_visit(client_of, student, name):
    visit = VisitFactory()
    client = client_of(student)

    response = client.post(page(visit, name)) if name == "visit_move" else client.get(page(visit, name))

    assert response.status_code == 404


def edited(visit, leader, **changes):
    return {**plan(leader), "version": visit.version, **changes}


def test_a_visit_is_changed_and_shows_what_it_said(client_of, officer, leader):
    visit = led_visit(leader, goal="旧目标", starts_on=date(2026, 12, 2))
    client = client_of(officer)
    assert client.get(page(visit, "visit_edit")).context["form"].initial["leader"] == leader.pk

    response = client.post(page(visit, "visit_edit"), edited(visit, leader, goal="新目标"))

    visit.refresh_from_db()
    assert (response.url, visit.goal, visit.version) == (page(visit), "新目标", 2)


def test_a_stale_form_is_told_and_can_be_saved_again_on_purpose(client_of, officer, leader):
    visit, client = led_visit(leader, starts_on=date(2026, 12, 2)), client_of(officer)
    client.post(page(visit, "visit_edit"), edited(visit, leader, goal="先到"))

    stale = client.post(page(visit, "visit_edit"), edited(visit, leader, goal="后到"))

    assert "Someone else saved this record after you opened it." in stale.content.decode()
    assert "后到" in stale.content.decode()
    assert Visit.objects.get().goal == "先到"
    client.post(
        page(visit, "visit_edit"), edited(visit, leader, goal="后到", version=stale.context["form"].data["version"])
    )
    assert Visit.objects.get().goal == "后到"


def test_the_office_puts_right_what_a_report_said(client_of, officer, leader):
    visit = reported_visit(starts_on=date(2026, 11, 10))

    client_of(officer).post(
        page(visit, "visit_edit"), edited(visit, leader, starts_on="2026-11-09", minutes="更正", feedback="")
    )

    visit.refresh_from_db()
    assert (visit.minutes, visit.starts_on, visit.state) == ("更正", date(2026, 11, 9), S.REPORTED)


def test_whoever_did_not_organise_it_cannot_change_it(client_of, college_staff, leader):
    visit = VisitFactory(goal="旧")

    assert client_of(college_staff).post(page(visit, "visit_edit"), edited(visit, leader)).status_code == 403
    visit.refresh_from_db()
    assert visit.goal == "旧"


def test_buttons_show_what_this_person_may_do_now(client_of, officer, leader, today):
    visit = led_visit(leader, starts_on=today)

    moves = {user.pk: client_of(user).get(page(visit)).context["moves"] for user in (officer, leader)}

    assert moves[officer.pk] == [S.CONFIRMED, S.HELD, S.CANCELLED]
    assert moves[leader.pk] == [S.CONFIRMED, S.HELD]
    assert "Write the report" in client_of(leader).get(page(visit)).content.decode()
    assert "Write the report" not in client_of(leader).get(page(VisitFactory(starts_on=today))).content.decode()


def test_a_leader_confirms_and_the_office_calls_off(client_of, officer, leader, today):
    visit = led_visit(leader, starts_on=today)

    assert client_of(leader).post(page(visit, "visit_move"), {"to": "confirmed"}).url == page(visit)
    refused = client_of(officer).post(page(visit, "visit_move"), {"to": "cancelled", "note": ""})
    assert (refused.status_code, "Say why" in refused.content.decode()) == (422, True)
    client_of(officer).post(page(visit, "visit_move"), {"to": "cancelled", "note": "改期"})

    visit.refresh_from_db()
    assert [move.state for move in visit.moves.all()] == [S.CONFIRMED, S.CANCELLED]


@pytest.mark.parametrize("to", ["checked", "reported", "nowhere", ""])
def test_a_step_that_cannot_be_is_said_on_the_page(client_of, officer, today, to):
    visit = VisitFactory(starts_on=today)

    response = client_of(officer).post(page(visit, "visit_move"), {"to": to})

    assert response.status_code == 422
    visit.refresh_from_db()
    assert visit.state == S.PLANNED


def test_a_move_is_no_link(client_of, officer):
    assert client_of(officer).get(page(VisitFactory(), "visit_move")).status_code == 405


def test_a_visit_in_chinese_is_in_chinese(client_of, officer):
    officer.language = "zh-hans"
    officer.save()
    visit = VisitFactory(enterprise=EnterpriseFactory(legal_name="成都启明科技", name_en="Chengdu Qiming"))

    text = client_of(officer).get(page(visit)).content.decode()

    assert "成都启明科技" in text
    assert "Chengdu Qiming" not in text


def test_who_does_not_sign_in_is_sent_to_sign_in(client):
    visit = VisitFactory()

    response = client.get(page(visit))

    assert (response.status_code, response.url.partition("?")[0]) == (302, "/accounts/login/")


def test_an_offer_opens_the_way_to_drafts_for_those_who_draft(client_of, college_staff, leader):
    visit = reported_visit()
    OutcomeFactory(visit=visit, major=MajorFactory())
    UserFactory()

    assert "Draft a job" in client_of(college_staff).get(page(visit)).content.decode()
    assert "Draft a job" not in client_of(leader).get(page(visit)).content.decode()
