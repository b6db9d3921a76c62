"""The page of a review, and one's day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from accounts.choices import Role
from drafting.models.reviews import DraftComment, ReviewStep
from drafting.models.texts import Revision
from drafting.selectors.reviews import waiting_for
from drafting.services import reviews
from partnerships.choices.agreements import AgreementState
from tests.factories.accounts import CollegeFactory, person
from tests.factories.partnerships import AgreementFactory, AgreementKindFactory
from tests.factories.reviews import SENT, drafted, open_step, sent_to_review

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOKEN = "00000000-0000-4000-8000-000000000001"


def page(name, record):
    return reverse(f"drafting:{name}", args=[record.pk])


def decide(client, step, **data):
    return client.post(page("review_decide", step), data)


def test_the_office_sends_a_draft_to_review_once_there_is_one(client, officer):
    agreement = AgreementFactory()
    client.force_login(officer)

    refused = client.post(page("review_move", agreement), {"to": "in_review"})
    assert refused.status_code == 200
    assert "nothing to review yet" in refused.context["move_form"].non_field_errors()[0]
    Revision.objects.create(agreement=agreement, number=1, at=NOW)
    assert client.post(page("review_move", agreement), {"to": "in_review"})["Location"] == page("review", agreement)

    shown = client.get(page("review", agreement)).context["page"]
    assert [(stop.label, stop.status) for stop in shown.rounds[0].stops] == [
        ("College", ""),
        ("Employment office", "current"),
        ("Legal review", ""),
    ]
    assert (shown.may_decide, shown.may_send, shown.may_stop) == (True, False, True)


def test_a_leader_approves_in_two_taps(client, officer, leader):
    agreement = sent_to_review(kind=AgreementKindFactory(code="strategic", needs_leadership=True))
    for _step in range(2):
        reviews.approve(open_step(agreement), by=officer, at=SENT)
    client.force_login(leader)

    day = client.get("/").content.decode()
    assert page("review", agreement) in day
    assert (
        f'action="{page("review_decide", open_step(agreement))}"'
        in client.get(page("review", agreement)).content.decode()
    )
    assert decide(client, open_step(agreement), answer="approve").status_code == 302

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.AWAITING_SIGNATURES
    assert page("review", agreement) not in client.get("/").content.decode()


def test_a_return_without_words_is_asked_for_them(client, officer):
    agreement = sent_to_review()
    step = open_step(agreement)
    client.force_login(officer)

    refused = decide(client, step, answer="return", comment=" ")
    assert (refused.status_code, list(refused.context["decide_form"].errors)) == (200, ["comment"])
    assert decide(client, step, answer="return", comment="写明期限").status_code == 302

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.DRAFT
    assert decide(client, step, answer="approve").status_code == 409
    step.refresh_from_db()
    assert (step.state, step.comment) == ("returned", "写明期限")


def test_a_step_is_handed_on_and_a_wrong_colleague_is_told(client, officer, leader):
    agreement, colleague = sent_to_review(), person(Role.OFFICER)
    step = open_step(agreement)
    client.force_login(officer)

    refused = client.post(page("review_hand_on", step), {"to": leader.pk})
    assert (refused.status_code, list(refused.context["hand_on_form"].errors)) == (200, ["to"])
    client.post(page("review_hand_on", step), {"to": colleague.pk, "note": "请看"})

    step.refresh_from_db()
    assert (step.reviewer, step.hand_ons.get().note) == (colleague, "请看")


@pytest.mark.parametrize("who", ["student", "stranger"])
def test_for_others_there_is_no_review(request, client, who):
    agreement = sent_to_review()
    client.force_login(request.getfixturevalue(who))

    assert client.get(page("review", agreement)).status_code == 404
    assert decide(client, open_step(agreement), answer="approve").status_code == 404
    assert client.post(page("comment_new", agreement), {"text": "好", "form_token": TOKEN}).status_code == 404

    assert open_step(agreement).role == "office"
    assert not DraftComment.objects.exists()


def test_the_review_of_another_college_does_not_exist(client, college_staff):
    agreement = sent_to_review(colleges=[CollegeFactory()])
    client.force_login(college_staff)

    assert client.get(page("review", agreement)).status_code == 404
    assert decide(client, open_step(agreement), answer="approve").status_code == 404

    assert open_step(agreement).role == "college"


def test_staff_who_may_not_decide_are_refused_and_see_no_button(client, college_staff):
    agreement = sent_to_review()
    client.force_login(college_staff)

    shown = client.get(page("review", agreement)).context["page"]
    assert (shown.may_decide, shown.may_hand_on, shown.may_stop) == (False, False, False)
    assert decide(client, open_step(agreement), answer="approve").status_code == 403
    assert client.post(page("review_move", agreement), {"to": "draft"}).status_code == 403

    assert open_step(agreement).role == "office"


def test_each_sees_what_waits_for_them_and_for_how_long(officer, college_staff, leader, college):
    on = date(2026, 11, 20)
    at_college, at_office = sent_to_review(colleges=[college]), sent_to_review()
    given = sent_to_review()
    colleague = person(Role.OFFICER)
    reviews.hand_on(open_step(given), to=colleague, by=officer, at=NOW)

    def seen(user):
        return [(waiting.agreement, waiting.days) for waiting in waiting_for(user, on=on, most=6)]

    assert seen(college_staff) == [(at_college, 4)]
    assert seen(officer) == [(at_office, 4)]
    assert seen(colleague) == [(at_office, 4), (given, 4)]
    assert seen(leader) == []
    colleague.is_active = False
    colleague.save()
    assert seen(officer) == [(at_office, 4), (given, 4)]


@pytest.mark.parametrize("rows", [1, 3])
def test_what_waits_costs_one_query(officer, django_assert_num_queries, rows):
    for _row in range(rows):
        sent_to_review()
    assert officer.is_office

    with django_assert_num_queries(1):
        assert len([str(w.agreement.enterprise) for w in waiting_for(officer, on=date(2026, 11, 20), most=6)]) == rows


@pytest.mark.parametrize("rounds", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_rounds(client, officer, django_assert_num_queries, rounds):
    agreement = drafted()
    for number in range(rounds):
        reviews.send_to_review(agreement, by=officer, at=NOW + timedelta(days=number))
        step = open_step(agreement)
        reviews.hand_on(step, to=person(Role.OFFICER), by=officer, at=NOW)
        if number < rounds - 1:
            reviews.return_for_correction(step, by=officer, at=NOW, comment="改")
        DraftComment.objects.create(agreement=agreement, text="好", by=officer, at=NOW)
    client.force_login(officer)

    with django_assert_num_queries(13):
        response = client.get(page("review", agreement))

    assert len(response.context["page"].rounds) == rounds
    assert ReviewStep.objects.count() == rounds * 3
