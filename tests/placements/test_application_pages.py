"""Applying, the list of applications, and one application."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import RoleGrant
from placements.choices import ApplicationState, PostingState
from placements.models.applications import Application, ApplicationMove
from placements.selectors.applications import application_path
from placements.selectors.postings import response_rate
from tests.factories.accounts import MajorFactory
from tests.factories.accounts import student as make_student
from tests.factories.partnerships import EnterpriseFactory, ProvinceFactory
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db


def address(name, record):
    return reverse(f"placements:{name}", args=[record.pk])


def letter(text="您好"):
    return {"form_token": str(uuid.uuid4()), "letter": text}


@pytest.mark.parametrize(
    ("state", "is_said"),
    [("submitted", True), ("seen", True), ("interview", True), ("offered", False), ("rejected", False)],
)
def test_the_promised_day_is_said_while_an_answer_is_to_come(client, state, is_said):
    record = ApplicationFactory(state=state, posting__answer_by=date(2027, 2, 1))
    client.force_login(record.student)

    text = client.get(address("application", record)).content.decode()

    assert ("An answer is promised by" in text) is is_said


def test_the_form_shows_what_is_sent_and_why_it_fits(client):
    student = make_student(profile_skills=["Blender"], major=MajorFactory(name_en="Animation"))
    client.force_login(student)

    response = client.get(address("apply", PostingFactory()))

    assert [tick.passed for tick in response.context["ticks"]] == [True] * 4
    text = response.content.decode()
    assert "Blender" in text
    assert student.number in text


def test_a_student_applies_and_lands_on_the_application(client, student):
    posting = PostingFactory()
    client.force_login(student)

    response = client.post(address("apply", posting), letter())

    application = Application.objects.get()
    assert response.url == address("application", application)
    assert (application.posting, application.student, application.letter) == (posting, student, "您好")


def test_a_double_click_and_a_second_tab_land_on_the_one_application(client, student):
    posting = PostingFactory()
    client.force_login(student)
    data = letter()

    urls = [client.post(address("apply", posting), sent).url for sent in (data, data, letter("二"))]

    application = Application.objects.get()
    assert urls == [address("application", application)] * 3
    page = client.get(urls[2])
    assert "You have applied to this posting already." in page.content.decode()


def test_the_same_form_sent_again_says_that_it_was_sent_already(client, student):
    sent_to, data = address("apply", PostingFactory()), letter()

    client.force_login(student)
    pages = [client.post(sent_to, data, follow=True) for _ in range(2)]

    assert [[str(message) for message in page.context["messages"]] for page in pages] == [
        ["Your application has been sent. You will be told when something happens."],
        ["This application was sent already; it has not been sent twice."],
    ]
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"state": PostingState.FILLED}, "All places are filled."),
        ({"state": PostingState.WITHDRAWN}, "takes no more applications"),
        ({"closes_on": date(2026, 1, 2)}, "Applications closed on"),
    ],
)
def test_a_posting_that_ends_while_the_form_is_open_says_so_and_keeps_the_letter(client, student, change, reason):
    posting = PostingFactory()
    client.force_login(student)
    client.get(address("apply", posting))
    for name, value in change.items():
        setattr(posting, name, value)
    posting.save()

    response = client.post(address("apply", posting), letter("我的信"))

    text = response.content.decode()
    assert response.status_code == 200
    assert reason in text
    assert "我的信" in text
    assert not Application.objects.exists()


def test_a_student_of_another_class_is_refused_with_the_rule(client):
    posting = PostingFactory(class_of=2026)
    client.force_login(make_student(class_of=2027))

    shown = client.get(address("apply", posting)).content.decode()
    sent = client.post(address("apply", posting), letter()).content.decode()

    for text in (shown, sent):
        assert "Only for the class of 2026; you are in the class of 2027" in text
    assert not Application.objects.exists()


def test_a_draft_cannot_be_applied_to_by_address(client, student):
    posting = PostingFactory(state=PostingState.DRAFT, published_at=None)
    client.force_login(student)

    assert client.get(address("apply", posting)).status_code == 404
    assert client.post(address("apply", posting), letter()).status_code == 404
    assert not Application.objects.exists()


def test_too_long_a_letter_is_said_and_kept(client, student):
    client.force_login(student)

    response = client.post(address("apply", PostingFactory()), letter("长" * 2001))

    assert list(response.context["form"].errors) == ["letter"]
    assert "长" * 2001 in response.content.decode()
    assert not Application.objects.exists()


def test_a_visitor_is_asked_to_sign_in_and_staff_find_no_form(client, officer):
    posting = PostingFactory()

    assert client.get(address("apply", posting)).status_code == 302
    client.force_login(officer)
    assert client.get(address("apply", posting)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_student_s_own_list_holds_only_theirs_at_a_fixed_price(client, student, django_assert_num_queries, rows):
    for _ in range(rows):
        ApplicationFactory(student=student)
    ApplicationFactory()
    client.force_login(student)

    with django_assert_num_queries(7):
        response = client.get("/applications/")

    assert len(response.context["page"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_staff_list_costs_the_same_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    ApplicationFactory.create_batch(rows)
    client.force_login(officer)

    with django_assert_num_queries(8):
        response = client.get("/applications/")

    assert len(response.context["page"]) == rows


def test_staff_narrow_the_list(client, officer):
    major = MajorFactory()
    wanted = ApplicationFactory(
        student=make_student(name="欧阳娜", name_en="Ouyang Na", number="S20270001", major=major), state="seen"
    )
    ApplicationFactory(student=make_student(number="S20260002"))
    client.force_login(officer)

    for narrowed in (
        {"find": "欧阳"},
        {"find": "ouyang"},
        {"find": "S2027"},
        {"state": "seen"},
        {"major": major.pk},
        {"posting": wanted.posting_id},
    ):
        assert list(client.get("/applications/", narrowed).context["page"]) == [wanted], narrowed


def test_college_staff_see_their_students_only(client, college_staff, college):
    mine = ApplicationFactory(student=make_student(major=MajorFactory(college=college)))
    other = ApplicationFactory()
    client.force_login(college_staff)

    assert list(client.get("/applications/").context["page"]) == [mine]
    assert client.get(address("application", mine)).status_code == 200
    assert client.get(address("application", other)).status_code == 404


@pytest.mark.parametrize("reader", ["leader", "stranger"])
def test_leaders_and_people_without_a_role_find_no_applications(client, request, reader):
    application = ApplicationFactory()
    client.force_login(request.getfixturevalue(reader))

    assert client.get("/applications/").status_code == 404
    assert client.get(address("application", application)).status_code == 404
    moved = client.post(address("application_move", application), {"to": "seen", "version": 1})
    assert moved.status_code == 404
    assert not application.moves.exists()


def test_a_student_finds_nothing_of_another_student(client, student):
    application = ApplicationFactory()
    client.force_login(student)

    for name in ("application_move", "application_withdraw"):
        assert client.post(address(name, application), {"to": "seen", "version": 1}).status_code == 404
    assert client.get(address("application", application)).status_code == 404
    application.refresh_from_db()
    assert (application.state, application.version) == ("submitted", 1)


def test_the_office_moves_it_and_the_student_answers_the_offer(
    client, officer, student, django_capture_on_commit_callbacks
):
    application = ApplicationFactory(student=student)
    move = address("application_move", application)
    client.force_login(officer)
    for version, to in enumerate(["seen", "shortlisted", "interview", "offered"], start=1):
        assert client.post(move, {"to": to, "version": version}).status_code == 302
    client.force_login(student)

    assert [s.value for s in client.get(address("application", application)).context["moves"]] == [
        "accepted",
        "declined",
    ]
    assert client.post(move, {"to": "accepted", "version": 5}).status_code == 302

    application.refresh_from_db()
    assert application.state == ApplicationState.ACCEPTED
    assert list(application.moves.values_list("by", flat=True)) == [officer.pk] * 4 + [student.pk]


def test_a_student_cannot_shortlist_themselves(client, student):
    application = ApplicationFactory(student=student)
    client.force_login(student)

    response = client.post(address("application_move", application), {"to": "shortlisted", "version": 1})

    assert response.status_code == 403
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED


def test_a_refused_move_is_said_on_the_page_with_what_was_typed(client, officer):
    application = ApplicationFactory()
    client.force_login(officer)
    move = address("application_move", application)

    empty = client.post(move, {"to": "rejected", "version": 1})
    stale = client.post(move, {"to": "seen", "version": 7, "reason": "我的话"})

    assert "Choose a reason of the list." in empty.content.decode()
    assert "Someone else saved this record" in stale.content.decode()
    assert "我的话" in stale.content.decode()
    application.refresh_from_db()
    assert (application.state, application.version) == ("submitted", 1)


def test_withdrawing_twice_is_told(client, student):
    application = ApplicationFactory(student=student)
    client.force_login(student)
    url = address("application_withdraw", application)

    first, second = client.post(url, follow=True), client.post(url, follow=True)

    assert "You have withdrawn your application." in first.content.decode()
    assert "cannot become" in second.content.decode()
    application.refresh_from_db()
    assert (application.state, application.moves.count()) == ("withdrawn", 1)


def test_the_path_shows_what_happened_where_it_stands_and_what_lies_ahead():
    application = ApplicationFactory(state="interview")
    for state in ("submitted", "seen", "interview"):
        application.moves.create(state=state, at=timezone.now())

    running = application_path(application, list(application.moves.all()))
    application.state = "rejected"
    ended = application_path(application, list(application.moves.all()))

    assert [(step.state, step.place) for step in running] == [
        ("submitted", "done"),
        ("seen", "done"),
        ("interview", "current"),
        ("offered", ""),
        ("accepted", ""),
    ]
    assert [(step.state, step.place) for step in ended] == [
        ("submitted", "done"),
        ("seen", "done"),
        ("interview", "done"),
        ("rejected", "current"),
    ]


def test_the_response_rate_counts_answers_of_what_was_due():
    enterprise, today = EnterpriseFactory(), date(2026, 11, 21)
    due = PostingFactory(enterprise=enterprise, answer_by=today)
    ahead = PostingFactory(enterprise=enterprise, answer_by=today + timedelta(days=1))
    for posting, state, moves in [
        (due, "submitted", []),
        (due, "seen", ["seen"]),
        (due, "no_reply", ["no_reply"]),
        (due, "withdrawn", ["withdrawn"]),
        (due, "rejected", ["rejected"]),
        (due, "withdrawn", ["interview", "withdrawn"]),
        (ahead, "submitted", []),
        (ahead, "offered", ["shortlisted", "offered"]),
    ]:
        application = ApplicationFactory(posting=posting, state=state)
        ApplicationMove.objects.bulk_create(
            ApplicationMove(application=application, state=move, at=timezone.now()) for move in moves
        )

    rate = response_rate(enterprise, on=today)

    assert (rate.answered, rate.due, str(rate), rate.percent) == (3, 6, "3 of 6", 50)
    assert str(response_rate(EnterpriseFactory(), on=today)) == "no answer due yet"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_enterprise_tab_costs_the_same_for_any_number_of_postings(client, officer, django_assert_num_queries, rows):
    enterprise = EnterpriseFactory()
    for _ in range(rows):
        PostingFactory(enterprise=enterprise, province=ProvinceFactory()).majors.set([MajorFactory()])
    client.force_login(officer)

    with django_assert_num_queries(10):
        response = client.get(address("enterprise_postings", enterprise))

    assert len(response.context["rows"]) == rows


def test_students_find_no_page_of_staff(client, student):
    client.force_login(student)

    assert client.get(address("enterprise_postings", EnterpriseFactory())).status_code == 404


def test_who_is_student_and_staff_of_a_college_applies_too(client, college):
    student = make_student(major=MajorFactory(college=college))
    RoleGrant.objects.create(user=student, role=Role.COLLEGE, college=college, starts_on=date(2020, 1, 1))
    client.force_login(student)

    assert client.post(address("apply", PostingFactory()), letter()).status_code == 302
