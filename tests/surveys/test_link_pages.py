"""The pages behind a signed link: opening them does nothing, the button sends once, nothing typed gets lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.models.messages import OutgoingMessage
from surveys.choices import AnswerKind, SurveyKind
from surveys.models.answers import Answer, DemandLine
from surveys.models.asking import Invitation, SurveyLink
from surveys.services.asking import forward, withdraw
from surveys.services.surveys import close_survey
from tests.factories.accounts import MajorFactory
from tests.factories.surveys import address_of, answered, asked, asked_graduate, link_of, survey_of

pytestmark = pytest.mark.django_db


def sent(survey, *values, **more):
    """What a browser sends for the questions in their order."""
    items = survey.items.all()
    return {"comment": "", **{f"item_{item.pk}": value for item, value in zip(items, values, strict=True)}, **more}


def test_scanners_and_readers_open_it_often_and_nothing_happens(visitor, officer):
    address = address_of(link_of(asked(survey_of(), by=officer)))
    before = (SurveyLink.objects.count(), OutgoingMessage.objects.count(), Answer.objects.count())

    for _number in range(3):
        response = visitor.get(address)
        visitor.head(address)
        assert (response.status_code, visitor.get(address + "pass-on/").status_code) == (200, 200)

    assert (SurveyLink.objects.count(), OutgoingMessage.objects.count(), Answer.objects.count()) == before
    assert Invitation.objects.get().answered_at is None
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("How content are you?", "Question 1")), ("zh-hans", ("用人单位满意度调查", "问题1"))],
)
def test_the_page_speaks_the_language_asked_for(visitor, officer, language, words):
    shown = visitor.get(address_of(link_of(asked(survey_of(), by=officer))), {"language": language}).content.decode()

    assert [word in shown for word in words] == [True, True]


def test_the_button_sends_once_and_thanks(visitor, officer):
    invitation = asked(survey_of(), by=officer)
    address = address_of(link_of(invitation))

    response = visitor.post(address, sent(invitation.survey, "satisfied", "na", comment="谢谢"), follow=True)

    assert response.redirect_chain == [(f"{address}?language=en", 302)]
    assert "Thank you" in response.content.decode()
    again = visitor.post(address, sent(invitation.survey, "dissatisfied", "na", comment="再说一句"))
    assert (again.status_code, "再说一句" in again.content.decode(), Answer.objects.count()) == (200, True, 1)


def test_a_wrong_step_and_a_missing_one_are_shown_with_what_was_typed(visitor, officer):
    invitation = asked(survey_of(SurveyKind.EMPLOYER, *[AnswerKind.SCALE] * 2, AnswerKind.TEXT), by=officer)

    response = visitor.post(address_of(link_of(invitation)), sent(invitation.survey, "perfect", "", "我们需要剪辑师"))

    shown = response.content.decode()
    assert (response.status_code, shown.count("or that it does not apply."), "我们需要剪辑师" in shown) == (
        422,
        4,
        True,
    )
    assert not Answer.objects.exists()


def test_five_megabytes_of_text_come_back_with_a_message(visitor, officer):
    invitation = asked(survey_of(), by=officer)
    text = "长" * 1_700_000

    response = visitor.post(
        address_of(link_of(invitation)), sent(invitation.survey, "satisfied", "satisfied", comment=text)
    )

    assert (response.status_code, text in response.content.decode()) == (422, True)
    assert not Answer.objects.exists()


def test_a_survey_closed_meanwhile_says_so_and_keeps_what_was_typed(visitor, officer):
    invitation = asked(survey_of(), by=officer)
    address = address_of(link_of(invitation))
    close_survey(invitation.survey, by=officer, at=timezone.now())

    response = visitor.post(address, sent(invitation.survey, "satisfied", "neutral", comment="多开实训课"))

    shown = response.content.decode()
    assert (response.status_code, "多开实训课" in shown, "in the meantime" in shown) == (409, True, True)
    assert shown.count(" checked") == 2
    assert not Answer.objects.exists()
    assert visitor.get(address).status_code == 410


@pytest.mark.parametrize(
    ("what", "words"),
    [("forward", "was passed on to 王强"), ("withdraw", "has withdrawn"), ("expire", "It was open until")],
)
def test_a_link_that_leads_nowhere_says_why_and_gives_back_what_was_typed(visitor, officer, what, words):
    invitation = asked(survey_of(), by=officer)
    link = link_of(invitation)
    address = address_of(link)
    if what == "forward":
        forward(link, name="王强", email="wang@film.example", language="en", at=timezone.now())
    elif what == "withdraw":
        withdraw(invitation, by=officer, at=timezone.now())
    else:
        SurveyLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    for response in (
        visitor.get(address),
        visitor.post(address, sent(invitation.survey, "satisfied", "na", comment="打了很久")),
    ):
        assert (response.status_code, words in response.content.decode()) == (410, True)
    assert "打了很久" in response.content.decode()
    assert not Answer.objects.exists()


def test_a_link_to_something_else_is_not_found(visitor):
    assert visitor.get("/opinion/nonsense/").status_code == 404


def test_a_colleague_gets_the_letter_by_the_page(visitor, officer):
    invitation = asked(survey_of(), by=officer)
    address = address_of(link_of(invitation))

    response = visitor.post(address + "pass-on/", {"name": "王强", "email": "wang@film.example"}, follow=True)

    assert "was passed on to 王强" in response.content.decode()
    assert visitor.get(address_of(link_of(invitation))).status_code == 200


def test_who_is_looked_for_is_asked_line_by_line(visitor, officer):
    invitation = asked(survey_of(SurveyKind.DEMAND, AnswerKind.TEXT), by=officer)
    major, address = MajorFactory(), address_of(link_of(invitation))
    line = {"line1_number": "5", "line2_wanted": "灯光师", "line2_number": "2", "line2_monthly_pay": "6000"}

    wrong = visitor.post(address, sent(invitation.survey, "", **line))
    assert (wrong.status_code, DemandLine.objects.count()) == (422, 0)
    visitor.post(address, sent(invitation.survey, "", **line, line1_major=str(major.pk), line1_level="bachelor"))

    rows = DemandLine.objects.values_list("major", "wanted", "number", "level", "monthly_pay")
    assert list(rows) == [(major.pk, "", 5, "bachelor", None), (None, "灯光师", 2, "", 6000)]


def test_a_graduate_is_told_that_no_name_is_kept_and_cannot_pass_on(visitor, officer):
    address = address_of(link_of(asked_graduate(survey_of(SurveyKind.GRADUATE), by=officer)))

    shown = visitor.get(address).content.decode()

    assert ("kept without your name" in shown, "pass-on" in shown) == (True, False)


def test_the_questionnaire_costs_the_same_for_many_questions(visitor, officer, django_assert_num_queries):
    few = address_of(link_of(asked(survey_of(), by=officer)))
    many = address_of(link_of(asked(survey_of(SurveyKind.EMPLOYER, *[AnswerKind.SCALE] * 12), by=officer)))
    for address in (few, many):
        visitor.get(address)  # the counts of requests have their rows, and the first opening is noted
        with django_assert_num_queries(9):
            page = visitor.get(address)
        assert page.status_code == 200


def test_an_answer_is_thanked_for_also_by_another_letter_of_the_same_person(visitor, officer):
    invitation = asked(survey_of(), by=officer)
    answered(invitation)

    response = visitor.get(address_of(link_of(invitation)))

    assert (response.status_code, "A survey is answered once" in response.content.decode()) == (200, True)
