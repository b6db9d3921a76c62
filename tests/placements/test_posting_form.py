"""Everything that the form of a posting asks, and how the page shows it."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from core.models import SentForm
from placements.choices import PostingState
from placements.models.applications import ApplicationAnswer
from placements.models.postings import Posting, PostingLanguage, PostingQuestion
from placements.pay import monthly_in_words, pay_in_words
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import ContactFactory, EnterpriseFactory, ProvinceFactory
from tests.factories.placements import NO_ROWS, ApplicationFactory, PostingFactory, held

pytestmark = pytest.mark.django_db


def entered(**fields):
    return {
        "form_token": str(uuid.uuid4()), "kind": "internship", "title": "剪辑师", "description": "剪辑",
        "headcount": "2", "closes_on": "2027-03-01", "mode": "hybrid", "pay_period": "day", **NO_ROWS, **fields,
    }  # fmt: skip


def questions(*rows):
    sent = {"questions-TOTAL_FORMS": str(len(rows)), "questions-INITIAL_FORMS": "0"}
    return sent | {f"questions-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def languages(*pairs):
    sent = {"languages-TOTAL_FORMS": str(len(pairs)), "languages-INITIAL_FORMS": "0"}
    for n, (language, level) in enumerate(pairs):
        sent |= {f"languages-{n}-language": language, f"languages-{n}-level": level}
    return sent


def new(enterprise):
    return reverse("placements:posting_new", args=[enterprise.pk])


def page(posting):
    return reverse("placements:posting", args=[posting.pk])


def test_everything_that_is_typed_is_kept(client, officer):
    enterprise, province, major = EnterpriseFactory(), ProvinceFactory(), MajorFactory(code="560204")
    contact = ContactFactory(enterprise=enterprise)
    client.force_login(officer)
    data = entered(
        title_en="Editor", description_en="Cutting", skills="Blender\n\n 剪辑 ", majors=[major.pk],
        major_classes=["56"], province=province.pk, city="成都", address="天府大道1号", pay_min="120", pay_max="160",
        pay_months="13", pay_negotiable="on", starts_on="2027-04-01", ends_on="2027-08-31", days_a_week="4",
        documents=["resume", "portfolio"], contact=contact.pk, contact_shown="on", answer_by="2027-03-10",
        **questions(
            {"text": "何时到岗？", "text_en": "When?", "kind": "text", "is_required": "on"},
            {"text": "哪一个？", "kind": "choice", "choices": "甲\n乙\n甲"},
        ),
        **languages(("en", "b2")),
    )  # fmt: skip

    response = client.post(new(enterprise), data)

    posting = Posting.objects.get()
    assert response.url == page(posting)
    assert (posting.description_en, posting.skills, posting.major_classes) == ("Cutting", ["Blender", "剪辑"], ["56"])
    assert (posting.address, posting.mode, posting.days_a_week) == ("天府大道1号", "hybrid", 4)
    assert (posting.pay_min, posting.pay_max, posting.pay_period, posting.pay_months, posting.pay_negotiable) == (
        120, 160, "day", 13, True,
    )  # fmt: skip
    assert (posting.starts_on, posting.ends_on) == (date(2027, 4, 1), date(2027, 8, 31))
    assert (posting.documents, posting.contact, posting.contact_shown) == (["resume", "portfolio"], contact, True)
    assert list(posting.questions.values_list("place", "text", "text_en", "kind", "choices", "is_required")) == [
        (1, "何时到岗？", "When?", "text", [], True),
        (2, "哪一个？", "", "choice", ["甲", "乙"], False),
    ]
    assert list(posting.languages.values_list("language", "level")) == [("en", "b2")]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"starts_on": "2027-05-01", "ends_on": "2027-04-30"}, "ends_on"),
        ({"days_a_week": "8"}, "days_a_week"),
        ({"pay_months": "11"}, "pay_months"),
        ({"pay_min": "-1"}, "pay_min"),
        ({"skills": "长" * 61}, "skills"),
        ({"skills": "\n".join("abcdefghijklmnopqrstu")}, "skills"),
        ({"major_classes": ["99"]}, "major_classes"),
        ({"documents": ["<script>"]}, "documents"),
        ({"contact_shown": "on"}, "contact"),
        ({"mode": "mars"}, "mode"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client, officer, wrong, field):
    client.force_login(officer)

    response = client.post(new(EnterpriseFactory()), entered(**wrong))

    assert list(response.context["form"].errors) == [field]
    assert not Posting.objects.exists()
    assert not SentForm.objects.exists()


@pytest.mark.parametrize(
    "rows",
    [
        questions({"text": "哪一个？", "kind": "choice", "choices": "只有一个"}),
        questions({"text": "", "text_en": "When?", "kind": "text"}),
        questions({"text": "长" * 201, "kind": "text"}),
        questions(*[{"text": f"第{n}问", "kind": "text"} for n in range(11)]),
        languages(("en", "b2"), ("en", "c1")),
        languages(("xx", "b2")),
    ],
)
def test_rows_that_cannot_be_are_said_and_nothing_is_lost(client, officer, rows):
    client.force_login(officer)

    response = client.post(new(EnterpriseFactory()), entered(**rows))

    assert len(response.context["rows"].wrong) == 1
    assert response.context["form"]["title"].value() == "剪辑师"
    assert not Posting.objects.exists()


def test_the_contact_of_another_enterprise_is_no_choice(client, officer):
    client.force_login(officer)

    response = client.post(new(EnterpriseFactory()), entered(contact=ContactFactory().pk))

    assert list(response.context["form"].errors) == ["contact"]
    assert not Posting.objects.exists()


def test_a_row_ticked_goes_and_the_others_keep_their_number(client, officer):
    posting = PostingFactory(state=PostingState.DRAFT)
    first = PostingQuestion.objects.create(posting=posting, text="一")
    second = PostingQuestion.objects.create(posting=posting, text="二", place=2)
    PostingLanguage.objects.create(posting=posting, language="en", level="b1")
    client.force_login(officer)
    rows = questions(
        {"number": first.pk, "text": "", "kind": "text", "gone": "on"},
        {"number": second.pk, "text": "二（改）", "kind": "number"},
    ) | {"questions-INITIAL_FORMS": "2"}

    client.post(reverse("placements:posting_edit", args=[posting.pk]), entered(version="1", **rows))

    assert list(posting.questions.values_list("pk", "place", "text", "kind")) == [(second.pk, 1, "二（改）", "number")]
    assert not posting.languages.exists()


def test_an_answered_question_that_is_changed_is_asked_anew_and_its_answer_stays(client, officer):
    posting = PostingFactory(state=PostingState.DRAFT)
    asked = PostingQuestion.objects.create(posting=posting, text="会剪辑吗？")
    application = ApplicationFactory(posting=posting)
    answer = ApplicationAnswer.objects.create(application=application, question=asked, asked="会剪辑吗？", answer="会")
    client.force_login(officer)
    rows = questions({"number": asked.pk, "text": "会调色吗？", "kind": "text"}) | {"questions-INITIAL_FORMS": "1"}

    client.post(reverse("placements:posting_edit", args=[posting.pk]), entered(version="1", **rows))

    answer.refresh_from_db()
    assert [each.text for each in posting.questions.all()] == ["会调色吗？"]
    assert (answer.question, answer.asked, answer.answer) == (None, "会剪辑吗？", "会")


@pytest.mark.parametrize(
    ("fields", "words", "monthly"),
    [
        ({"pay_min": 4000, "pay_max": 6000}, "4,000–6,000 yuan a month", ""),
        ({"pay_min": 4000, "pay_max": 4000, "pay_months": 13}, "4,000 yuan a month, 13 months of pay a year", ""),
        ({"pay_min": 150, "pay_period": "day"}, "from 150 yuan a day", "from 3,263 yuan a month of full work"),
        (
            {"pay_max": 240_000, "pay_period": "year", "pay_negotiable": True},
            "up to 240,000 yuan a year, can be negotiated",
            "up to 20,000 yuan a month of full work",
        ),
        ({"pay_min": 0, "pay_max": 0, "pay_period": "hour"}, "0 yuan an hour", "0 yuan a month of full work"),
        ({}, "negotiable", ""),
    ],
)
def test_the_pay_is_said_in_full(fields, words, monthly):
    posting = PostingFactory(**{"pay_min": None, "pay_max": None, **fields})

    assert (pay_in_words(posting), monthly_in_words(posting)) == (words, monthly)


SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize("reader", ["visitor", "student", "officer"])
def test_html_in_any_text_is_shown_as_text(client, request, reader):
    posting = PostingFactory(
        title=SCRIPT, title_en=SCRIPT, description=SCRIPT, description_en=SCRIPT, skills=[SCRIPT], address=SCRIPT
    )
    PostingQuestion.objects.create(posting=posting, text=SCRIPT, kind="choice", choices=[SCRIPT, "b"])
    held(posting, found=SCRIPT)
    if reader != "visitor":
        client.force_login(request.getfixturevalue(reader))

    text = client.get(page(posting)).content.decode()

    assert SCRIPT not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 7


@pytest.mark.parametrize(
    ("reader", "shown", "is_read"),
    [
        ("student", True, True),
        ("student", False, False),
        ("visitor", True, False),
        ("officer", False, True),
    ],
)
def test_the_contact_is_read_by_who_may(client, request, reader, shown, is_read):
    posting = PostingFactory()
    contact = ContactFactory(enterprise=posting.enterprise, name="李四", phone="13912345678", email="li@qiming.example")
    Posting.objects.filter(pk=posting.pk).update(contact=contact, contact_shown=shown)
    if reader != "visitor":
        client.force_login(request.getfixturevalue(reader))

    text = client.get(page(posting)).content.decode()

    assert [word in text for word in ("李四", "13912345678", "li@qiming.example")] == [is_read] * 3


@pytest.mark.parametrize("rows", [1, 3])
def test_a_student_s_page_costs_the_same_for_any_number_of_questions(client, student, django_assert_num_queries, rows):
    posting = PostingFactory()
    for n in range(rows):
        PostingQuestion.objects.create(posting=posting, text=f"第{n}问")
    client.force_login(student)

    with django_assert_num_queries(14):
        response = client.get(page(posting))

    assert response.content.decode().count("问") == rows
