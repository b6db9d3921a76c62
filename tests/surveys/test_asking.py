"""Who is asked, once; passing on, withdrawing, writing again; one reminder."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from core.errors import RuleBroken
from notifications.choices import MessageState
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
from partnerships.choices.timeline import TimelineKind
from partnerships.models.timeline import TimelineEntry
from partnerships.selectors.links import digest_of
from surveys.choices import LinkEnd, SurveyKind
from surveys.models.asking import Invitation, SurveyLink
from surveys.models.surveys import SurveyItem
from surveys.reminders import link_still_to_answer
from surveys.selectors.links import end_of
from surveys.services import asking, reminding
from surveys.services.answering import answer
from surveys.services.surveys import close_survey, new_version, reopen_survey
from tests.factories.accounts import student
from tests.factories.surveys import address_of, answered, asked, asked_graduate, contact, link_of, said, survey_of
from tests.reminding import due, queue

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def remind(at):
    return queue(at, "surveys.invitation")


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def test_a_letter_leaves_with_a_link_of_which_only_the_digest_is_kept(officer):
    survey = survey_of(name_zh="满意度调查", name_en="How content are you?")

    link = link_of(asked(survey, contact(language="zh-hans"), by=officer))

    letter = OutgoingMessage.objects.get()
    token = address_of(link).split("/")[2]
    assert (letter.key, letter.address, letter.subject) == (f"survey:{link.pk}", "li@film.example", "满意度调查")
    assert (link.digest, letter.link) == (digest_of(token), f"/opinion/{token}/?language=zh-hans")
    assert token not in letter.body
    assert TimelineEntry.objects.get().kind == TimelineKind.SURVEY_SENT


@pytest.mark.parametrize("who", ["college_staff", "leader", "student", "stranger"])
def test_only_the_office_sends(request, who):
    survey, to = survey_of(), contact()

    with pytest.raises(PermissionDenied):
        asking.ask_contacts(survey, [(to, None)], by=request.getfixturevalue(who), at=now())

    assert (Invitation.objects.count(), OutgoingMessage.objects.count()) == (0, 0)


def test_nobody_is_asked_twice_also_not_by_a_new_version(officer):
    survey, to = survey_of(), contact()
    answered(asked(survey, to, by=officer))
    second = new_version(survey, by=officer, at=now())

    assert asking.ask_contacts(survey, [(to, None)], by=officer, at=now()) == asking.Asked(0, 1, 0)
    assert asking.ask_contacts(second, [(to, None)], by=officer, at=now()) == asking.Asked(0, 1, 0)
    assert (second.number, second.items.count(), Invitation.objects.count()) == (2, 2, 1)


def test_who_left_or_has_no_address_cannot_be_asked(officer):
    gone = contact(to_on=timezone.localdate() - timedelta(days=1))
    silent = contact(email="")

    done = asking.ask_contacts(survey_of(), [(gone, None), (silent, None)], by=officer, at=now())

    assert (done, OutgoingMessage.objects.count()) == (asking.Asked(0, 0, 2), 0)


@pytest.mark.parametrize(("from_", "to"), [(5, 9), (-9, -5)])
def test_a_survey_that_does_not_run_is_not_sent(officer, from_, to):
    today = timezone.localdate()
    survey = survey_of(opens_on=today + timedelta(days=from_), closes_on=today + timedelta(days=to))

    with pytest.raises(RuleBroken, match="does not run today"):
        asking.ask_contacts(survey, [(contact(), None)], by=officer, at=now())

    assert not Invitation.objects.exists()


def test_a_survey_without_questions_is_not_sent(officer):
    survey = survey_of()
    SurveyItem.objects.all().delete()

    with pytest.raises(RuleBroken, match="asks nothing yet"):
        asking.ask_contacts(survey, [(contact(), None)], by=officer, at=now())

    assert not Invitation.objects.exists()


def test_graduates_are_asked_at_their_account_and_only_by_their_survey(officer):
    user = student(class_of=2026)

    with pytest.raises(RuleBroken, match="goes to enterprises"):
        asking.ask_graduates(survey_of(), [user.student_profile], by=officer, at=now())
    done = asking.ask_graduates(survey_of(SurveyKind.GRADUATE), [user.student_profile], by=officer, at=now())

    assert (done, OutgoingMessage.objects.get().address) == (asking.Asked(1, 0, 0), user.email)


def test_passing_on_retires_every_link_and_asks_the_colleague(officer):
    invitation = asked(survey_of(), by=officer)
    link = link_of(invitation)

    asking.forward(link, name="王强", email="wang@other.example", language="zh-hans", at=now())

    invitation.refresh_from_db()
    new = link_of(invitation)
    assert (invitation.name, invitation.email, invitation.contact) == ("王强", "wang@other.example", None)
    assert (SurveyLink.objects.get(pk=link.pk).ended, new.replaces_id, new.ended) == (LinkEnd.FORWARDED, link.pk, "")
    assert new.expires_at == link.expires_at
    assert TimelineEntry.objects.first().detail == "forwarded_outside"
    with pytest.raises(asking.NothingToAnswer) as nothing:
        answer(link, said(invitation.survey), at=now())
    assert nothing.value.end == LinkEnd.FORWARDED
    assert answered(invitation).invitation == invitation


def test_a_graduate_cannot_pass_on_and_nobody_passes_on_without_end(officer):
    of_graduate = link_of(asked_graduate(survey_of(SurveyKind.GRADUATE), by=officer))
    with pytest.raises(RuleBroken, match="asks you yourself"):
        asking.forward(of_graduate, name="甲", email="a@b.example", language="en", at=now())

    invitation = asked(survey_of(), by=officer)
    for number in range(2):
        asking.forward(link_of(invitation), name="乙", email=f"{number}@film.example", language="en", at=now())
    with pytest.raises(RuleBroken, match="Several letters"):
        asking.forward(link_of(invitation), name="乙", email="9@film.example", language="en", at=now())
    assert invitation.links.count() == 3


def test_a_withdrawn_invitation_leads_nowhere_and_may_be_given_anew(officer):
    survey, to = survey_of(), contact()
    invitation = asked(survey, to, by=officer)

    asking.withdraw(invitation, by=officer, at=now())

    assert end_of(link_of(invitation), now=now()) == LinkEnd.WITHDRAWN
    assert not link_still_to_answer(link_of(invitation).pk, now=now())
    with pytest.raises(RuleBroken, match="not asked any more"):
        asking.withdraw(invitation, by=officer, at=now())
    assert asked(survey, to, by=officer).pk != invitation.pk


def test_writing_again_goes_to_the_address_on_file_and_replaces_the_letter(officer):
    invitation = asked(survey_of(), by=officer)
    invitation.contact.email = "new@film.example"
    invitation.contact.save()
    first = link_of(invitation)

    asking.send_again(invitation, by=officer, at=now())

    assert end_of(SurveyLink.objects.get(pk=first.pk), now=now()) == LinkEnd.REPLACED
    assert OutgoingMessage.objects.order_by("pk").last().address == "new@film.example"


def test_one_reminder_whose_link_stands_beside_the_first(officer):
    invitation = asked(survey_of(), by=officer, at=days_ago(11))
    young = asked(survey_of(), contact(email="wang@film.example"), by=officer, at=days_ago(9))
    first = link_of(invitation)

    assert [remind(now()), remind(now())] == [1, 0]

    assert (invitation.links.count(), young.links.count()) == (2, 1)
    assert OutgoingMessage.objects.order_by("pk").last().subject == "Reminder: How content are you?"
    assert answer(first, said(invitation.survey), at=now()).invitation == invitation
    assert remind(now() + timedelta(days=1, hours=1)) == 1  # the young one, and nobody else
    assert remind(now() + timedelta(days=20)) == 0


def test_nobody_is_reminded_who_answered_or_cannot_answer(officer):
    survey = survey_of()
    answered(asked(survey, by=officer, at=days_ago(11)))
    asking.withdraw(asked(survey, contact(email="a@f.example"), by=officer, at=days_ago(11)), by=officer, at=now())
    bounced = link_of(asked(survey, contact(email="b@f.example"), by=officer, at=days_ago(11)))
    OutgoingMessage.objects.filter(key=f"survey:{bounced.pk}").update(state=MessageState.FAILED)
    over = survey_of()
    asked(over, contact(email="c@f.example"), by=officer, at=days_ago(11))
    close_survey(over, by=officer, at=now())

    assert remind(now()) == 0
    reopen_survey(over, by=officer, at=now())
    assert remind(now()) == 1


def test_a_reminder_that_waits_is_dropped_when_the_answer_came_first(officer, mailoutbox):
    invitation = asked(survey_of(), by=officer, at=days_ago(11))
    remind(now())
    reminder = OutgoingMessage.objects.order_by("pk").last()
    assert reminder.still_due == "surveys.link"
    answered(invitation)

    deliver_message(reminder.pk, now=now())

    reminder.refresh_from_db()
    assert (reminder.state, mailoutbox) == (MessageState.DROPPED, [])


def test_who_was_written_to_again_since_is_not_reminded_of_the_older_letter(officer):
    invitation = asked(survey_of(), by=officer, at=days_ago(11))
    asking.send_again(invitation, by=officer, at=now())

    assert (reminding.remind(invitation.pk, now()), invitation.links.count()) == (0, 2)


@pytest.mark.parametrize("people", [1, 3])
def test_who_is_silent_is_found_in_the_same_number_of_queries(officer, people, django_assert_num_queries):
    for number in range(people):
        asked(survey_of(), contact(email=f"{number}@film.example"), by=officer, at=days_ago(11))

    with django_assert_num_queries(3):  # terms, days off, invitations
        assert len(due("surveys.invitation", now())) == people


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_once_ask_once(officer):
    survey, to = survey_of(), contact()
    barrier, outcomes = Barrier(3), []

    def send() -> None:
        barrier.wait()
        try:
            outcomes.append(asking.ask_contacts(survey, [(to, None)], by=officer, at=now()).now)
        finally:
            connection.close()

    threads = [Thread(target=send) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (sorted(outcomes), OutgoingMessage.objects.count()) == ([0, 0, 1], 1)
