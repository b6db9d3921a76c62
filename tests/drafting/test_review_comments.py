"""Remarks on a draft, and who hears of a review."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from accounts.choices import Role
from core.errors import RuleBroken
from drafting.models.reviews import DraftComment
from drafting.models.texts import Revision
from drafting.reminders import step_still_open
from drafting.services import comments, reviews
from notifications.choices import Channel
from notifications.models.messages import OutgoingMessage
from tests.factories.accounts import person
from tests.factories.reviews import drafted, open_step, sent_to_review

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOKEN = "00000000-0000-4000-8000-000000000001"


@pytest.fixture(autouse=True)
def in_english():
    """Refusals are read in English whatever ran before."""
    with translation.override("en"):
        yield


def told():
    """Who was told of what, by e-mail."""
    rows = OutgoingMessage.objects.filter(channel=Channel.EMAIL).order_by("pk")
    return [(message.recipient, message.subject) for message in rows]


@pytest.fixture
def revision(officer):
    agreement = drafted(owner=officer, title="实习基地协议")
    text = Revision.objects.create(agreement=agreement, number=1, by=officer, at=NOW)
    text.clauses.create(place=1, heading_zh="合作内容", body_zh="共建基地。")
    return text


def test_a_comment_on_a_clause_stands_on_the_page_and_is_settled(client, officer, college_staff, revision):
    agreement = revision.agreement
    client.force_login(college_staff)
    address = reverse("drafting:comment_new", args=[agreement.pk])

    for _time in range(2):
        client.post(address, {"text": "写明人数", "clause": "1", "form_token": TOKEN})

    comment = DraftComment.objects.get()
    assert (comment.text, comment.clause, comment.revision, comment.by) == ("写明人数", 1, revision, college_staff)
    assert told() == [(officer, "A comment on the draft: 实习基地协议")]
    settle = reverse("drafting:comment_settle", args=[comment.pk])
    client.post(settle)
    comment.refresh_from_db()
    assert comment.settled_by == college_staff
    client.post(settle, {"reopen": "on"})
    comment.refresh_from_db()
    assert (comment.settled_by, comment.settled_at) == (None, None)


def test_a_clause_that_is_not_there_is_refused(officer, revision):
    for text, clause in ((revision, 2), (None, 1)):
        with pytest.raises(RuleBroken, match="no clause of this number"):
            comments.comment_on_draft(revision.agreement, text="好", revision=text, clause=clause, by=officer, at=NOW)

    assert not DraftComment.objects.exists()


def test_the_owner_is_not_told_of_their_own_comment(officer, revision):
    comments.comment_on_draft(revision.agreement, text="好", by=officer, at=NOW)

    assert told() == []


@pytest.mark.parametrize("who", ["student", "stranger"])
def test_others_do_not_comment(request, revision, who):
    with pytest.raises(PermissionDenied):
        comments.comment_on_draft(revision.agreement, text="好", by=request.getfixturevalue(who), at=NOW)

    assert not DraftComment.objects.exists()


def test_a_comment_is_not_settled_by_just_anyone(officer, leader, revision):
    comment = comments.comment_on_draft(revision.agreement, text="好", by=officer, at=NOW)

    for act in (
        lambda: comments.settle_comment(comment, by=leader, at=NOW),
        lambda: comments.reopen_comment(comment, by=leader),
    ):
        with pytest.raises(PermissionDenied):
            act()

    comment.refresh_from_db()
    assert comment.settled_at is None


def test_all_whose_turn_it_is_hear_of_it_in_their_language(officer, college_staff, college):
    chinese = person(Role.COLLEGE, college=college, language="zh-hans")

    agreement = sent_to_review(by=officer, colleges=[college], title="实习基地协议")

    assert told() == [
        (college_staff, "Please review: 实习基地协议"),
        (chinese, "请审核：实习基地协议"),
    ]
    message = OutgoingMessage.objects.filter(recipient=chinese, channel=Channel.EMAIL).get()
    assert (message.still_due, message.subject_id) == ("drafting.step", open_step(agreement).pk)
    assert message.link == f"/agreements/{agreement.pk}/review/"
    assert "（学院）" in message.body


def test_whom_a_step_was_given_to_hears_of_it_alone(officer):
    colleague = person(Role.OFFICER, language="en", name_en="Luo Jianping")
    agreement = sent_to_review(by=officer, title="实习基地协议")
    before = len(told())

    reviews.hand_on(open_step(agreement), to=colleague, note="请看第三条", by=officer, at=NOW)

    assert told()[before:] == [(colleague, "Please review: 实习基地协议")]
    body = OutgoingMessage.objects.filter(recipient=colleague, channel=Channel.EMAIL).last().body
    assert "Wang Min hands you the review" in body
    assert "请看第三条" in body


def test_the_owner_hears_of_a_return_and_of_the_last_approval(officer):
    owner = person(Role.OFFICER, language="en")
    agreement = sent_to_review(by=officer, owner=owner, title="实习基地协议")
    reviews.return_for_correction(open_step(agreement), by=officer, at=NOW, comment="写明期限")

    assert told()[-1] == (owner, "Returned for correction: 实习基地协议")
    assert "写明期限" in OutgoingMessage.objects.filter(recipient=owner).last().body
    reviews.send_to_review(agreement, by=officer, at=NOW)
    for _step in range(2):
        reviews.approve(open_step(agreement), by=officer, at=NOW)
    assert told()[-1] == (owner, "Approved: 实习基地协议")


def test_nothing_is_sent_about_a_step_that_was_decided_meanwhile(officer):
    agreement = sent_to_review(by=officer)
    step = open_step(agreement)
    assert step_still_open(step.pk, now=NOW)

    reviews.approve(step, by=officer, at=NOW)

    assert not step_still_open(step.pk, now=NOW)
