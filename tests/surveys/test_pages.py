"""The office's pages: opening a survey, its questions, sending it, after a visit; needs; two merged files."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.errors import RuleBroken
from notifications.choices import MessageState
from notifications.models.messages import OutgoingMessage
from partnerships.models.needs import Need
from partnerships.services.merging import merge_enterprises
from placements.choices import ApplicationState
from surveys.choices import SurveyKind
from surveys.models.answers import Answer
from surveys.models.asking import Invitation
from surveys.models.surveys import SetItem, Survey
from surveys.services.items import load_items
from surveys.services.needs import take_over_needs
from tests.factories.accounts import MajorFactory, student
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.surveys import answered, asked, contact, link_of, survey_of
from tests.factories.visits import CampaignFactory, OutcomeFactory, ParticipantFactory, reported_visit

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def test_the_usual_questions_are_loaded_once_and_what_was_changed_stays():
    assert (load_items(), load_items()) == (25, 0)
    SetItem.objects.filter(code="service_staff").update(name_en="Our people", is_active=False)

    assert load_items() == 0
    assert SetItem.objects.get(code="service_staff").name_en == "Our people"


def test_a_survey_is_opened_with_the_questions_ticked(client_of, officer):
    load_items()
    chosen = list(SetItem.objects.filter(kind="employer").values_list("pk", flat=True)[:3])
    client = client_of(officer)
    sent = {
        "name_zh": "满意度", "name_en": "", "opens_on": "2026-11-01", "closes_on": "2026-12-31", "class_of": "2026",
        "items": chosen, "form_token": str(uuid4()),
    }  # fmt: skip

    for _click in range(2):
        response = client.post("/surveys/new/?kind=employer", sent)

    survey = Survey.objects.get()
    assert response.url == f"/surveys/{survey.pk}/questions/"
    assert list(survey.items.values_list("set_item", flat=True)) == chosen
    assert str(survey) == "满意度"


def test_a_survey_that_ends_before_it_begins_is_refused(client_of, officer):
    sent = {"name_zh": "甲", "opens_on": "2026-11-02", "closes_on": "2026-11-01", "form_token": str(uuid4())}

    response = client_of(officer).post("/surveys/new/?kind=graduate", sent)

    assert ("cannot end before" in response.content.decode(), Survey.objects.count()) == (True, 0)


def test_questions_move_and_a_question_deleted_in_another_tab_is_told(client_of, officer):
    survey = survey_of()
    first, second = survey.items.all()
    client, address = client_of(officer), f"/surveys/{survey.pk}/questions/"

    client.post(f"{address}{second.pk}/up/")
    assert list(survey.items.all()) == [second, first]
    client.post(f"{address}{first.pk}/remove/")
    response = client.post(f"{address}{first.pk}/remove/", follow=True)

    assert ("gone already" in response.content.decode(), survey.items.count()) == (True, 1)
    client.post(address, {"part": "service", "answer": "text", "name_zh": "还有吗", "form_token": str(uuid4())})
    assert [item.name_zh for item in survey.items.all()] == ["问题2", "还有吗"]


def test_a_stale_edit_is_told_and_a_closed_survey_opens_again(client_of, officer):
    survey = survey_of()
    client = client_of(officer)
    sent = {
        "name_zh": "新名", "opens_on": survey.opens_on, "closes_on": survey.closes_on, "version": survey.version,
    }  # fmt: skip

    assert client.post(f"/surveys/{survey.pk}/edit/", sent).status_code == 302
    shown = client.post(f"/surveys/{survey.pk}/edit/", {**sent, "name_zh": "旧名"}).content.decode()
    client.post(f"/surveys/{survey.pk}/close/")

    survey.refresh_from_db()
    assert ("Someone else saved" in shown, survey.name_zh, survey.closed_at is not None) == (True, "新名", True)
    assert client.post(f"/surveys/{survey.pk}/close/").status_code == 409
    client.post(f"/surveys/{survey.pk}/reopen/")
    survey.refresh_from_db()
    assert survey.closed_at is None


def test_visited_enterprises_are_asked_by_campaign_and_time(client_of, officer):
    campaign, survey = CampaignFactory(), survey_of()
    for days, in_it in ((5, True), (50, True), (5, False)):
        visit = reported_visit(starts_on=today() - timedelta(days=days))
        contact(enterprise=visit.enterprise, is_primary=True, email=f"{days}{in_it}@f.example")
        if in_it:
            visit.campaigns.add(campaign)
    reported_visit().campaigns.add(campaign)  # nobody to write to
    since = (today() - timedelta(days=20)).isoformat()
    client, address = client_of(officer), f"/surveys/{survey.pk}/send/?campaign={campaign.pk}&since={since}"

    page = client.get(address)
    assert (page.context["count"], page.context["without"], Invitation.objects.count()) == (1, 1, 0)
    token = str(uuid4())
    for _click in range(2):
        client.post(address, {"form_token": token})

    assert list(Invitation.objects.values_list("email", flat=True)) == ["5True@f.example"]


def test_graduates_are_found_by_class_and_by_who_took_them(client_of, officer):
    survey = survey_of(SurveyKind.GRADUATE, class_of=2026)
    hired, other = student(class_of=2026), student(class_of=2026)
    student(class_of=2028)
    taken = ApplicationFactory(student=hired, state=ApplicationState.ACCEPTED)
    ApplicationFactory(student=other, posting=taken.posting, state=ApplicationState.DECLINED)
    client, address = client_of(officer), f"/surveys/{survey.pk}/send/"

    assert client.get(address).context["count"] == 2
    page = client.get(f"{address}?class_of=2026&enterprise={taken.posting.enterprise_id}")
    assert [profile.user for profile in page.context["graduates"]] == [hired]


def test_one_click_after_a_visit_asks_those_met_and_the_visit_tells(client_of, officer):
    visit, survey = reported_visit(), survey_of()
    met = contact(enterprise=visit.enterprise)
    contact(enterprise=visit.enterprise, email="absent@film.example")
    ParticipantFactory(visit=visit, contact=met)
    client = client_of(officer)
    page = f"/visits/{visit.pk}/"
    assert f"/visits/{visit.pk}/surveys/{survey.pk}/" in client.get(page).content.decode()

    for _click in range(2):
        client.post(f"/visits/{visit.pk}/surveys/{survey.pk}/")
    assert [row.contact for row in Invitation.objects.all()] == [met]
    assert "1 person asked, no answer yet" in client.get(page).content.decode()
    given = answered(Invitation.objects.get())

    shown = client.get(page).content.decode()
    assert ("Survey answered (1/1)" in shown, f"/surveys/answers/{given.pk}/" in shown) == (True, True)


def test_chosen_people_are_asked_after_a_visit(client_of, officer):
    visit, survey = reported_visit(), survey_of()
    chosen = contact(enterprise=visit.enterprise)
    contact(enterprise=visit.enterprise, email="other@film.example")
    client, address = client_of(officer), f"/visits/{visit.pk}/surveys/"
    assert client.post(f"{address}{survey.pk}/").url == address  # nobody who was there can be written to

    client.post(address, {"survey": survey.pk, "contacts": [chosen.pk], "form_token": str(uuid4())})

    assert list(Invitation.objects.values_list("contact", "visit")) == [(chosen.pk, visit.pk)]


def test_a_letter_that_came_back_shows_and_is_sent_again(client_of, officer):
    survey = survey_of()
    invitation = asked(survey, by=officer)
    OutgoingMessage.objects.update(state=MessageState.FAILED)
    client, address = client_of(officer), f"/surveys/{survey.pk}/asked/"

    assert [row.state for row in client.get(f"{address}?state=unreachable").context["page"]] == ["unreachable"]
    client.post(f"/surveys/asked/{invitation.pk}/again/")
    assert [row.state for row in client.get(address).context["page"]] == ["sent"]
    client.post(f"/surveys/asked/{invitation.pk}/withdraw/")
    assert [row.state for row in client.get(f"{address}?state=withdrawn").context["page"]] == ["withdrawn"]


def test_what_an_enterprise_looks_for_becomes_its_needs_once(client_of, officer):
    visit, major = reported_visit(), MajorFactory()
    survey = survey_of(SurveyKind.DEMAND)
    lines = [
        {"major_id": major.pk, "number": 5, "level": "bachelor", "monthly_pay": 6000},
        {"major_id": None, "wanted": "灯光师", "number": 2},
    ]
    given = answered(asked(survey, contact(enterprise=visit.enterprise), by=officer, visit=visit), lines=lines)
    client = client_of(officer)

    client.post(f"/surveys/answers/{given.pk}/needs/")

    needs = Need.objects.order_by("pk")
    assert [(need.headcount, need.monthly_pay, need.source, list(need.majors.all())) for need in needs] == [
        (5, 6000, "visit", [major]), (2, None, "visit", []),
    ]  # fmt: skip
    assert list(visit.needs.order_by("pk")) == list(needs)
    assert client.post(f"/surveys/answers/{given.pk}/needs/").status_code == 409
    assert ("Take over" in client.get(f"/surveys/answers/{given.pk}/").content.decode(), needs.count()) == (False, 2)


def test_leadership_takes_nothing_over(leader, officer):
    lines = [{"major_id": None, "wanted": "灯光师"}]
    given = answered(asked(survey_of(SurveyKind.DEMAND), by=officer), lines=lines)

    with pytest.raises(PermissionDenied):
        take_over_needs(given, by=leader, at=timezone.now())

    assert (Need.objects.count(), given.lines.get().taken_over_at) == (0, None)


def test_two_files_of_one_enterprise_bring_their_surveys_together(officer):
    survey, kept = survey_of(), EnterpriseFactory()
    invitation = asked(survey, by=officer)
    given, gone = answered(invitation), invitation.enterprise
    other = asked(survey_of(), contact(enterprise=kept), by=officer)

    merge_enterprises(kept, gone, taken=(), by=officer, at=timezone.now())

    assert Answer.objects.get().enterprise == kept
    assert set(Invitation.objects.values_list("enterprise", flat=True)) == {kept.pk}
    assert link_of(other).invitation == other
    assert given.enterprise_id == gone.pk
    with pytest.raises(RuleBroken):
        take_over_needs(Answer.objects.get(), by=officer, at=timezone.now())


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_any_number(client_of, officer, django_assert_num_queries, count):
    survey = survey_of()
    for number in range(count):
        survey_of()
        answered(asked(survey, contact(email=f"{number}@f.example"), by=officer))
    client = client_of(officer)

    with django_assert_num_queries(7):
        page = client.get("/surveys/")
    assert len(page.context["page"]) == count + 1
    with django_assert_num_queries(8):
        page = client.get(f"/surveys/{survey.pk}/asked/")
    assert len(page.context["page"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_an_answer_costs_the_same_for_any_number_of_lines(client_of, officer, django_assert_num_queries, count):
    lines = [{"major_id": MajorFactory().pk, "number": 2} for _number in range(count)]
    given = answered(asked(survey_of(SurveyKind.DEMAND), by=officer), lines=lines)
    client = client_of(officer)

    with django_assert_num_queries(11):
        page = client.get(f"/surveys/answers/{given.pk}/")
    assert len(page.context["lines"]) == count


def test_the_visit_that_led_to_an_answer_is_told_with_its_majors(client_of, leader, officer):
    visit = reported_visit()
    major = OutcomeFactory(visit=visit).major
    given = answered(asked(survey_of(), contact(enterprise=visit.enterprise), by=officer, visit=visit))

    shown = client_of(leader).get(f"/surveys/answers/{given.pk}/").content.decode()

    assert (f"/visits/{visit.pk}/" in shown, str(major) in shown) == (True, True)
