"""The pages of events."""

import pytest
from django.utils import timezone

from accounts.models.people import User
from events import room_code
from events.choices import EventState
from events.models import Event, EventFeedback, Registration
from events.services.seats import sign_up
from events.services.voices import ask
from tests.factories.accounts import student as make_student
from tests.factories.events import EventFactory, OpenEventFactory
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import PostingFactory

pytestmark = pytest.mark.django_db
TOKEN = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def event(db) -> Event:
    """It takes place today, whenever the tests run."""
    return OpenEventFactory(held_on=timezone.localdate())


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [("leader", 8), ("student", 9)])
def test_the_list_of_events_costs_the_same_for_any_number_of_rows(
    request, client, django_assert_num_queries, rows, role, queries
):
    for _ in range(rows):
        EventFactory().enterprises.set([EnterpriseFactory()])
    client.force_login(request.getfixturevalue(role))

    with django_assert_num_queries(queries):
        response = client.get("/events/?when=")

    assert len(response.context["page"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [("officer", 14), ("student", 15)])
def test_the_page_of_an_event_costs_the_same_whatever_is_on_it(
    request, client, now, django_assert_num_queries, rows, role, queries
):
    event = OpenEventFactory()
    for _ in range(rows):
        event.enterprises.add(EnterpriseFactory())
        event.speakers.create(name="沈浩", enterprise=event.enterprises.first())
        event.items.create(kind="content", name="答疑")
        ask(event, text="要出差吗？", student=make_student(), at=now)
    client.force_login(request.getfixturevalue(role))

    with django_assert_num_queries(queries):
        response = client.get(f"/events/{event.pk}/")

    assert len(response.context["questions"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_attendance_costs_the_same_for_any_number_of_rows(
    client, officer, now, event, django_assert_num_queries, rows
):
    for _ in range(rows):
        sign_up(event, student=make_student(), at=now)
    client.force_login(officer)

    with django_assert_num_queries(9):
        response = client.get(f"/events/{event.pk}/attendance/")

    assert len(response.context["lines"]) == rows


def test_an_event_is_found_by_its_enterprise_and_shows_its_speakers(client, officer):
    event = EventFactory(name="推介会")
    event.enterprises.set([EnterpriseFactory(legal_name="上海启励影视")])
    event.speakers.create(name="沈浩", title="总经理")
    event.items.create(kind="audience", name="学生代表")
    EventFactory()
    client.force_login(officer)

    assert list(client.get("/events/", {"find": "启励"}).context["page"]) == [event]
    text = client.get(f"/events/{event.pk}/").content.decode()
    assert "沈浩" in text
    assert "学生代表" in text


def test_students_see_what_is_announced_and_no_draft(client, student, event):
    draft = EventFactory(state=EventState.DRAFT, held_on=event.held_on)
    client.force_login(student)

    assert list(client.get("/events/").context["page"]) == [event]
    assert client.get(f"/events/{draft.pk}/").status_code == 404


def test_students_find_what_is_for_them(client, student, event):
    OpenEventFactory(class_of=2030, held_on=event.held_on)
    own = OpenEventFactory(class_of=2027, held_on=event.held_on)
    own.majors.add(student.student_profile.major)
    client.force_login(student)

    assert list(client.get("/events/", {"when": "ahead", "mine": "on"}).context["page"]) == [event, own]


def test_an_event_is_planned_from_the_form_once(client, officer):
    enterprise = EnterpriseFactory(legal_name="上海启励影视")
    client.force_login(officer)
    sent = {
        "form_token": TOKEN, "kind": "talk", "name": "宣讲会", "held_on": "2026-12-01", "starts_at_time": "14:00",
        "enterprises": [enterprise.pk], "speakers": "沈浩；总经理；上海启励影视", "programme": "14:30 行业现状\n提问",
    }  # fmt: skip

    first, second = client.post("/events/new/", sent), client.post("/events/new/", sent)

    event = Event.objects.get()
    assert first.url == second.url == f"/events/{event.pk}/"
    assert list(event.speakers.values_list("name", "title", "enterprise")) == [("沈浩", "总经理", enterprise.pk)]
    assert [str(item.starts_at_time) for item in event.items.order_by("pk")] == ["14:30:00", "None"]


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"enterprises": ["0"]}, "enterprises"),
        ({"enterprises": ["其他"]}, "enterprises"),
        ({"speakers": "沈浩;总经理;没有这家"}, "speakers"),
        ({"starts_at_time": "16:00", "ends_at_time": "15:00"}, "__all__"),
    ],
)
def test_what_the_form_does_not_understand_is_said_at_its_field(client, officer, entry, field):
    client.force_login(officer)

    response = client.post("/events/new/", {"form_token": TOKEN, "kind": "talk", "name": "宣讲会", **entry})

    assert list(response.context["form"].errors) == [field]
    assert not Event.objects.exists()


def test_the_edit_form_holds_what_was_entered(client, officer, event):
    event.items.create(kind="content", name="答疑", starts_at_time="14:30")
    event.speakers.create(name="沈浩", title="总经理")
    client.force_login(officer)

    form = client.get(f"/events/{event.pk}/edit/").context["form"]

    assert (form.initial["programme"], form.initial["speakers"]) == ("14:30 答疑", "沈浩; 总经理")


def test_a_ticket_is_its_owners_and_a_colleague_confirms_it_with_one_button(client, student, officer, now, event):
    mine = sign_up(event, student=student, at=now)
    address = f"/events/tickets/{mine.ticket}/"
    client.force_login(student)
    assert client.get(address).templates[0].name == "events/ticket.html"
    picture = client.get(f"{address}code.svg")
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert client.post(address).status_code == 403
    client.force_login(make_student())
    assert client.get(address).status_code == 404

    client.force_login(officer)
    assert client.get(address).templates[0].name == "events/ticket_check.html"
    client.post(address)

    mine.refresh_from_db()
    assert mine.checked_in_by == officer


def test_the_code_in_the_room_opens_a_page_with_one_button(client, student, event):
    client.force_login(student)
    address = f"/events/{event.pk}/here/{room_code.code_at(event, timezone.now())}/"

    assert client.get(address).context["holds"] is True
    assert not Registration.objects.exists()
    assert client.post(address).url == f"/events/{event.pk}/"
    assert Registration.objects.get().checked_in_at is not None


def test_a_code_that_ran_out_is_refused_on_its_page(client, student, event):
    client.force_login(student)

    response = client.post(f"/events/{event.pk}/here/abcdefghijklmnop/")

    assert response.status_code == 409
    assert not Registration.objects.exists()


def test_somebody_is_entered_by_number(client, officer, event):
    student = make_student(number="2023001")
    client.force_login(officer)

    wrong = client.post(f"/events/{event.pk}/attendance/", {"number": officer.number})
    assert list(wrong.context["form"].errors) == ["number"]
    client.post(f"/events/{event.pk}/attendance/", {"number": " 2023001 "})

    assert list(event.registrations.values_list("student", "state")) == [(student.pk, "walk_in")]
    book = client.get(f"/events/{event.pk}/attendance/?format=xlsx")
    assert b"".join(book.streaming_content)[:2] == b"PK"
    book.close()


def test_questions_are_shown_without_names_and_hidden_ones_not_at_all(client, student, officer, now, event):
    author = make_student(name="李四四", name_en="Li Sisi")
    shown, hidden = (ask(event, text=text, student=author, at=now) for text in ("要出差吗？", "无关的话"))
    client.force_login(officer)
    assert "李四四" not in client.get(f"/events/{event.pk}/").content.decode()
    client.post(f"/events/questions/{hidden.pk}/hide/")
    client.force_login(student)

    text = client.get(f"/events/{event.pk}/").content.decode()

    assert (shown.text in text, hidden.text in text, "李四四" in text, "Li Sisi" in text) == (True, False, False, False)


def test_feedback_is_for_those_who_were_there(client, student, now, event):
    client.force_login(student)
    assert client.post(f"/events/{event.pk}/feedback/", {"stars": "5"}).status_code == 403
    mine = sign_up(event, student=student, at=timezone.now())
    Registration.objects.filter(pk=mine.pk).update(checked_in_at=now)

    client.post(f"/events/{event.pk}/feedback/", {"stars": "6"})
    assert not EventFeedback.objects.exists()
    client.post(f"/events/{event.pk}/feedback/", {"stars": "5", "text": "很好"})

    assert list(EventFeedback.objects.values_list("stars", "text")) == [(5, "很好")]


def test_the_postings_of_its_enterprises_stand_on_the_page(client, student, event):
    posting = PostingFactory()
    PostingFactory()
    event.enterprises.add(posting.enterprise)
    client.force_login(student)

    assert list(client.get(f"/events/{event.pk}/").context["postings"]) == [posting]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_plan_of_a_fair_goes_out_as_pdf(client, officer, student, event, language):
    User.objects.update(language=language)
    client.force_login(officer)
    client.post(f"/events/{event.pk}/booths/lay-out/", {"rows": "2", "columns": "3"})
    client.force_login(student)

    plan = client.get(f"/events/{event.pk}/booths/plan.pdf")
    assert b"".join(plan.streaming_content)[:5] == b"%PDF-"
    assert client.post(f"/events/{event.pk}/booths/lay-out/", {"rows": "1", "columns": "1"}).status_code == 404
    assert event.booths.count() == 6
