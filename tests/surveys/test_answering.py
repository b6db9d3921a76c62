"""Answering by signed link: once, whatever happens around it."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models.school import Major
from core.errors import RuleBroken
from partnerships.choices.timeline import TimelineKind
from partnerships.models.timeline import TimelineEntry
from surveys.choices import AnswerKind, LinkEnd, SurveyKind
from surveys.models.answers import Answer, Rating
from surveys.services import asking
from surveys.services.answering import Said, answer
from surveys.services.surveys import add_item, close_survey, remove_item
from tests.factories.accounts import MajorFactory
from tests.factories.surveys import answered, asked, asked_graduate, link_of, said, survey_of
from tests.factories.visits import OutcomeFactory, reported_visit

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def test_what_was_said_is_kept_with_its_enterprise_and_told_on_its_file(officer):
    survey = survey_of(SurveyKind.EMPLOYER, AnswerKind.SCALE, AnswerKind.TEXT)
    invitation = asked(survey, by=officer)

    given = answered(invitation, "rather_satisfied", "请多开剪辑课", comment="谢谢")

    assert list(given.ratings.values_list("value", "text")) == [("rather_satisfied", ""), ("", "请多开剪辑课")]
    invitation.refresh_from_db()
    assert (given.enterprise, given.comment, invitation.answered_at is not None) == (
        invitation.enterprise, "谢谢", True,
    )  # fmt: skip
    entries = TimelineEntry.objects.filter(enterprise=invitation.enterprise).order_by("pk")
    assert [entry.kind for entry in entries] == [TimelineKind.SURVEY_SENT, TimelineKind.SURVEY_ANSWERED]
    assert entries[1].link == f"/surveys/answers/{given.pk}/"


def test_words_that_were_left_out_are_not_kept(officer):
    given = answered(asked(survey_of(SurveyKind.DEMAND, AnswerKind.TEXT), by=officer), "")

    assert given.ratings.count() == 0


@pytest.mark.parametrize("value", ["very_bad", "", "satisfied ", "closely"])
def test_an_answer_outside_the_scale_is_refused_and_nothing_is_kept(officer, value):
    invitation = asked(survey_of(), by=officer)
    item = invitation.survey.items.all()[1]

    with pytest.raises(RuleBroken) as refusal:
        answer(link_of(invitation), said(invitation.survey, "satisfied", value), at=now())

    assert refusal.value.field == f"item_{item.pk}"
    invitation.refresh_from_db()
    assert (Answer.objects.count(), Rating.objects.count(), invitation.answered_at) == (0, 0, None)


def test_a_question_may_not_apply(officer):
    given = answered(asked(survey_of(), by=officer), "na", "satisfied")

    assert list(given.ratings.values_list("value", flat=True)) == ["na", "satisfied"]


def test_a_link_answers_once(officer):
    invitation = asked(survey_of(), by=officer)
    answered(invitation)

    with pytest.raises(asking.NothingToAnswer) as nothing:
        answered(invitation)

    assert (nothing.value.end, Answer.objects.count()) == (LinkEnd.ANSWERED, 1)


def test_a_survey_that_was_closed_meanwhile_takes_nothing(officer):
    invitation = asked(survey_of(), by=officer)
    close_survey(invitation.survey, by=officer, at=now())

    with pytest.raises(asking.NothingToAnswer) as nothing:
        answered(invitation)

    assert (nothing.value.end, Answer.objects.count()) == (LinkEnd.CLOSED, 0)


def test_an_expired_link_answers_nothing(officer, settings):
    settings.SURVEY_LINK_DAYS = 5
    invitation = asked(survey_of(), by=officer, at=now() - timedelta(days=6))

    with pytest.raises(asking.NothingToAnswer) as nothing:
        answered(invitation)

    assert (nothing.value.end, Answer.objects.count()) == (LinkEnd.EXPIRED, 0)


def test_a_question_taken_out_while_somebody_was_typing_is_passed_over(officer):
    survey = survey_of()
    invitation = asked(survey, by=officer)
    typed = said(survey, "neutral", "satisfied")
    remove_item(survey, survey.items.all()[0].pk, by=officer)

    given = answer(link_of(invitation), typed, at=now())

    assert list(given.ratings.values_list("value", flat=True)) == ["satisfied"]


def test_once_answered_the_questions_stay(officer):
    survey = survey_of()
    answered(asked(survey, by=officer))

    with pytest.raises(RuleBroken, match="Make a new version"):
        remove_item(survey, survey.items.all()[0].pk, by=officer)
    with pytest.raises(RuleBroken, match="Make a new version"):
        add_item(survey, by=officer, part="service", answer="scale", name_zh="新", name_en="")

    assert survey.items.count() == 2


def test_an_enterprise_speaks_of_the_majors_it_was_visited_about(officer):
    visit = reported_visit()
    outcome = OutcomeFactory(visit=visit)

    given = answered(asked(survey_of(), by=officer, visit=visit))

    assert (list(given.majors.all()), list(given.colleges.all())) == ([outcome.major], [outcome.major.college])


def test_a_demand_survey_speaks_of_the_majors_it_names(officer):
    visit = reported_visit()
    OutcomeFactory(visit=visit)
    wanted = MajorFactory()
    lines = [{"major_id": wanted.pk, "number": 5}, {"major_id": None, "wanted": "灯光师"}]

    given = answered(asked(survey_of(SurveyKind.DEMAND), by=officer, visit=visit), lines=lines)

    assert list(given.majors.all()) == [wanted]
    assert [str(line) for line in given.lines.all()] == [str(wanted), "灯光师"]


def test_the_answer_of_a_graduate_knows_the_major_and_not_the_person(officer):
    survey = survey_of(SurveyKind.GRADUATE)
    invitation = asked_graduate(survey, by=officer)

    given = answered(invitation)

    assert (given.invitation, given.enterprise) == (None, None)
    assert list(given.majors.all()) == [Major.objects.get()]
    invitation.refresh_from_db()
    moment = timezone.localtime(invitation.answered_at)
    assert (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    assert not TimelineEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_send_at_once_answer_once(officer):
    invitation = asked(survey_of(), by=officer)
    link, typed = link_of(invitation), said(invitation.survey)
    barrier, outcomes = Barrier(4), []

    def send() -> None:
        barrier.wait()
        try:
            answer(link, Said(ratings=dict(typed.ratings)), at=now())
            outcomes.append("kept")
        except asking.NothingToAnswer as nothing:
            outcomes.append(nothing.end.value)
        finally:
            connection.close()

    threads = [Thread(target=send) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["answered", "answered", "answered", "kept"]
    assert Answer.objects.count() == 1
