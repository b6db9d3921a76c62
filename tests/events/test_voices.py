"""Questions, feedback, and the booths of a fair."""

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleBroken
from core.pdf import render_pdf
from events.choices import EventKind
from events.models import EventFeedback, EventQuestion
from events.selectors import attendance
from events.selectors.booths import plan_of, sheet
from events.services import booths, voices
from events.services.presence import let_in
from events.services.seats import sign_up
from events.views.booths import SHEET
from notifications.choices import Channel
from tests.factories.accounts import student as make_student
from tests.factories.events import EventFactory, OpenEventFactory
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db


def test_a_question_is_answered_and_whoever_asked_is_told_once(officer, now):
    student, event = make_student(language="en"), OpenEventFactory(name="宣讲会")
    question = voices.ask(event, text="要出差吗？", student=student, at=now)

    voices.answer(question, text="不用。", by=officer, at=now)
    voices.answer(question, text="不用。", by=officer, at=now)

    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("不用。", officer)
    inbox = student.messages.filter(channel=Channel.INBOX)
    assert list(inbox.values_list("subject", flat=True)) == ["Your question was answered: 宣讲会"]


def test_questions_end_with_the_event_and_at_the_fifth(student, now):
    with pytest.raises(RuleBroken):
        voices.ask(EventFactory(), text="还有吗？", student=student, at=now)
    event = OpenEventFactory()
    for number in range(5):
        voices.ask(event, text=f"问题{number}", student=student, at=now)
    with pytest.raises(RuleBroken):
        voices.ask(event, text="问题6", student=student, at=now)

    assert EventQuestion.objects.count() == 5


@pytest.mark.parametrize("role", ["leader", "student", "college_staff"])
def test_others_neither_answer_nor_hide(request, role, now):
    event = OpenEventFactory()
    question = voices.ask(event, text="要出差吗？", student=make_student(), at=now)
    user = request.getfixturevalue(role)

    with pytest.raises(PermissionDenied):
        voices.answer(question, text="不用。", by=user, at=now)
    with pytest.raises(PermissionDenied):
        voices.show(question, is_hidden=True, by=user)

    question.refresh_from_db()
    assert (question.answer, question.is_hidden) == ("", False)


def test_those_who_were_there_say_once_how_it_was(student, officer, now, today):
    event = OpenEventFactory(held_on=today)
    let_in(event, student, by=officer, at=now)

    voices.give_feedback(event, stars=3, text="", student=student, at=now)
    voices.give_feedback(event, stars=5, text="很好", student=student, at=now)

    assert list(EventFeedback.objects.values_list("stars", "text")) == [(5, "很好")]


def test_those_who_were_not_there_say_nothing(student, now):
    event = OpenEventFactory()
    sign_up(event, student=student, at=now)

    with pytest.raises(PermissionDenied):
        voices.give_feedback(event, stars=5, text="", student=student, at=now)

    assert not EventFeedback.objects.exists()


def test_results_say_of_how_many(officer, now, today):
    event = OpenEventFactory(held_on=today)
    students = [make_student() for _ in range(4)]
    for each in students:
        let_in(event, each, by=officer, at=now)
    for each, stars in zip(students, (5, 4, 4), strict=False):
        voices.give_feedback(event, stars=stars, text="", student=each, at=now)

    found = attendance.results(event)

    assert found is not None
    assert (found.said, found.came, found.average) == (3, 4, 4.3)
    assert found.by_stars == [(5, 1, 33), (4, 2, 67), (3, 0, 0), (2, 0, 0), (1, 0, 0)]
    assert attendance.results(EventFactory()) is None


def test_a_hall_is_laid_out_filled_and_made_larger(officer):
    event = OpenEventFactory(kind=EventKind.FAIR)
    enterprises = [EnterpriseFactory(legal_name=name) for name in ("甲公司", "乙公司", "丙公司")]
    event.enterprises.set(enterprises)

    assert booths.lay_out(event, rows=1, columns=2, by=officer) == 2
    assert booths.fill(event, by=officer) == 2
    assert booths.lay_out(event, rows=2, columns=2, by=officer) == 4

    plan = plan_of(event)
    assert [[booth.label for booth in row] for row in plan.rows] == [["A01", "A02"], ["B01", "B02"]]
    assert sum(booth.enterprise is not None for row in plan.rows for booth in row) == 2
    assert len(plan.without) == 1


def test_a_booth_where_somebody_stands_does_not_go(officer):
    event = OpenEventFactory(kind=EventKind.FAIR)
    event.enterprises.add(EnterpriseFactory())
    booths.lay_out(event, rows=2, columns=1, by=officer)
    event.booths.filter(label="B01").update(enterprise=event.enterprises.get())

    with pytest.raises(RuleBroken, match="B01"):
        booths.lay_out(event, rows=1, columns=1, by=officer)

    assert event.booths.count() == 2


def test_two_enterprises_change_places_and_none_stands_twice(officer):
    event = OpenEventFactory(kind=EventKind.FAIR)
    first, second = EnterpriseFactory(), EnterpriseFactory()
    event.enterprises.set([first, second])
    booths.lay_out(event, rows=1, columns=2, by=officer)
    one, two = event.booths.all()
    booths.place(event, {one.pk: (first.pk, ""), two.pk: (second.pk, "")}, by=officer)

    booths.place(event, {one.pk: (second.pk, "需要电源"), two.pk: (first.pk, "")}, by=officer)
    standing = [("A01", second.pk, "需要电源"), ("A02", first.pk, "")]
    assert list(event.booths.values_list("label", "enterprise", "note")) == standing
    for wrong in ({one.pk: (first.pk, ""), two.pk: (first.pk, "")}, {one.pk: (EnterpriseFactory().pk, "")}):
        with pytest.raises(RuleBroken):
            booths.place(event, wrong, by=officer)
    assert list(event.booths.values_list("label", "enterprise", "note")) == standing


def test_others_lay_nothing_out(leader):
    event = OpenEventFactory(kind=EventKind.FAIR)

    with pytest.raises(PermissionDenied):
        booths.lay_out(event, rows=1, columns=1, by=leader)

    assert not event.booths.exists()


def test_the_plan_is_printed_with_gaps_and_names(officer):
    event = OpenEventFactory(kind=EventKind.FAIR, name="秋季双选会")
    event.enterprises.add(EnterpriseFactory(legal_name="四川启明影视", name_en=""))
    booths.lay_out(event, rows=2, columns=3, by=officer)
    booths.fill(event, by=officer)
    event.booths.filter(label="B02").delete()

    told = sheet(event)

    assert told["rows"][1][1] is None
    assert told["list"] == [["四川启明影视", "A01"]]
    assert render_pdf(SHEET, told)[:5] == b"%PDF-"
