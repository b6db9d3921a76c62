"""An earlier posting as the draft of a new one."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.forms import OnceForm
from placements.choices import PostingSource, PostingState
from placements.models.postings import Posting
from placements.services.copying import copy_posting, years_on
from placements.services.posting_rows import LanguageRow, PostingRows, QuestionRow, set_rows
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import ContactFactory
from tests.factories.placements import PostingFactory

pytestmark = pytest.mark.django_db
ROWS = PostingRows(
    (
        QuestionRow("何时到岗？", "When can you begin?"),
        QuestionRow("会哪一个？", kind="choice", choices=("达芬奇", "Premiere"), is_required=False),
    ),
    (LanguageRow("en", "b2"), LanguageRow("ja", "a1")),
)


def said(posting):
    questions = posting.questions.values_list("text", "text_en", "kind", "choices", "is_required")
    return list(questions), list(posting.languages.values_list("language", "level"))


def test_a_copy_is_a_draft_with_questions_and_languages_a_year_later(officer, now):
    earlier = PostingFactory(
        state=PostingState.CLOSED, class_of=2026, opens_on=date(2026, 1, 1), closes_on=date(2026, 2, 28),
        answer_by=date(2026, 3, 15), starts_on=date(2026, 7, 1), ends_on=date(2026, 12, 31), skills=["Blender"],
        pay_min=3000, pay_period="month", documents=["resume"], major_classes=["56"],
    )  # fmt: skip
    earlier.majors.set([major := MajorFactory()])
    set_rows(earlier, ROWS)

    copy = copy_posting(earlier, by=officer, at=now)

    copy.refresh_from_db()
    assert (copy.state, copy.source, copy.copied_from, copy.created_by) == (
        PostingState.DRAFT, PostingSource.COPY, earlier, officer,
    )  # fmt: skip
    assert (copy.published_at, copy.reason, copy.version) == (None, "", 1)
    assert (copy.opens_on, copy.closes_on, copy.answer_by) == (date(2027, 1, 1), date(2027, 2, 28), date(2027, 3, 15))
    assert (copy.starts_on, copy.ends_on, copy.class_of) == (date(2027, 7, 1), date(2027, 12, 31), 2027)
    assert (copy.title, copy.skills, copy.documents, copy.major_classes) == (
        earlier.title, ["Blender"], ["resume"], ["56"],
    )  # fmt: skip
    assert list(copy.majors.all()) == [major]
    assert said(copy) == said(earlier)
    assert not set(copy.questions.values_list("pk")) & set(earlier.questions.values_list("pk"))


@pytest.mark.parametrize(
    ("closes", "years"),
    [
        (date(2026, 11, 21), 1),
        (date(2027, 3, 1), 1),
        (date(2025, 11, 21), 2),
        (date(2025, 11, 22), 1),
        (date(2020, 2, 29), 7),
    ],
)
def test_days_move_on_by_the_fewest_whole_years_that_reach_the_future(today, closes, years):
    assert years_on(closes, today=today) == years


def test_a_leap_day_becomes_the_28th(officer, now):
    copy = copy_posting(PostingFactory(opens_on=None, closes_on=date(2024, 2, 29)), by=officer, at=now)

    assert copy.closes_on == date(2027, 2, 28)


@pytest.mark.parametrize(("left_on", "is_kept"), [(None, True), (date(2026, 11, 20), False)])
def test_a_contact_who_left_is_not_taken_along(officer, now, left_on, is_kept):
    earlier = PostingFactory()
    contact = ContactFactory(enterprise=earlier.enterprise, to_on=left_on)
    Posting.objects.filter(pk=earlier.pk).update(contact=contact, contact_shown=True)

    copy = copy_posting(earlier, by=officer, at=now)

    assert (copy.contact, copy.contact_shown) == ((contact, True) if is_kept else (None, False))


def test_a_leader_copies_nothing(leader, now):
    earlier = PostingFactory()

    with pytest.raises(PermissionDenied):
        copy_posting(earlier, by=leader, at=now)

    assert Posting.objects.get() == earlier


def test_the_button_pressed_twice_makes_one_draft_and_opens_its_form(client, officer):
    earlier = PostingFactory()
    client.force_login(officer)
    page = client.get(reverse("placements:posting", args=[earlier.pk]))
    form: OnceForm = page.context["copy_form"]
    sent = {"form_token": str(form["form_token"].value())}

    first, second = (client.post(reverse("placements:posting_copy", args=[earlier.pk]), sent) for _ in range(2))

    copy = Posting.objects.exclude(pk=earlier.pk).get()
    assert first.url == second.url == reverse("placements:posting_edit", args=[copy.pk])


def test_a_question_that_students_answered_keeps_its_row_until_it_asks_something_else(officer):
    posting = PostingFactory()
    set_rows(posting, ROWS)
    first, second = posting.questions.all()

    set_rows(posting, PostingRows((QuestionRow("会哪一个？", number=second.pk), QuestionRow("新问题"))))

    assert [(each.pk == second.pk, each.place, each.text) for each in posting.questions.all()] == [
        (True, 1, "会哪一个？"),
        (False, 2, "新问题"),
    ]
    assert not posting.questions.filter(pk=first.pk).exists()
    assert not posting.languages.exists()


def test_the_row_of_another_posting_s_question_is_not_taken(officer):
    posting, other = PostingFactory(), PostingFactory()
    set_rows(other, ROWS)
    theirs = other.questions.first()

    set_rows(posting, PostingRows((QuestionRow("改写", number=theirs.pk),)))

    theirs.refresh_from_db()
    assert (theirs.posting, theirs.text) == (other, "何时到岗？")
    assert [each.text for each in posting.questions.all()] == ["改写"]
