"""The briefing: what a leader should know, three questions, a sheet of paper for one visit or a whole trip."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pypdf import PdfReader

from core.errors import StaleEdit
from partnerships.choices.agreements import AgreementState, Side
from partnerships.choices.needs import NeedKind
from partnerships.choices.timeline import TimelineKind
from partnerships.models.timeline import TimelineEntry
from placements.choices import ApplicationState, PostingKind, PostingState
from tests.factories.partnerships import (
    AgreementFactory,
    CommitmentFactory,
    ContactFactory,
    EnterpriseFactory,
    NeedFactory,
)
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.visits import ParticipantFactory, TripFactory, led_visit, reported_visit
from visits.choices import VisitState
from visits.models.visits import Visit
from visits.selectors.briefing import background, questions_for
from visits.services.briefing import write_questions

pytestmark = pytest.mark.django_db
TEACHING = "What should our graduates learn that they do not bring along today?"
NEXT_YEAR = "How many interns and graduates do you expect to take next year, and of which majors?"
CONTACT = "Who would be our contact for the next steps?"


@pytest.fixture
def visit(leader):
    enterprise = EnterpriseFactory(legal_name="汇润集团", name_en="Huirun Group")
    return led_visit(leader, enterprise=enterprise, starts_on=date(2026, 12, 2), starts_at_time=time(9, 30))


def page(visit, name="briefing"):
    return reverse(f"visits:{name}", args=[visit.pk])


def asked(user, visit, today):
    return questions_for(visit, background(user, visit, on=today), on=today)


def accepted(enterprise, kind, **student):
    posting = PostingFactory(enterprise=enterprise, kind=kind, state=PostingState.FILLED)
    snapshot = {
        "name": "李雷",
        "name_en": "Li Lei",
        "major": "影视动画",
        "major_en": "Film Animation",
        "class_of": 2025,
    }
    return ApplicationFactory(posting=posting, state=ApplicationState.ACCEPTED, snapshot={**snapshot, **student})


def test_without_anything_on_file_it_asks_what_can_always_be_asked(leader, visit, today):
    assert asked(leader, visit, today) == [TEACHING, NEXT_YEAR, CONTACT]


def test_what_is_late_not_posted_and_about_to_end_is_asked_first(officer, visit, today):
    enterprise = visit.enterprise
    CommitmentFactory(enterprise=enterprise, side=Side.ENTERPRISE, description="捐赠摄影机", due_on=date(2026, 11, 1))
    NeedFactory(enterprise=enterprise, kind=NeedKind.INTERNS, description="十名实习生")
    AgreementFactory(
        enterprise=enterprise, title="实习协议", state=AgreementState.SIGNED,
        starts_on=date(2024, 1, 1), ends_on=today + timedelta(days=20),
    )  # fmt: skip

    assert asked(officer, visit, today) == [
        "“捐赠摄影机” was due on 1 Nov 2026: what holds it up?",
        "You need “十名实习生”: may we publish it to our students?",
        "“实习协议” ends on 14 Dec 2026: do we renew it, and what should change?",
    ]


def test_our_own_late_promise_is_put_the_other_way_round(officer, visit, today):
    CommitmentFactory(enterprise=visit.enterprise, side=Side.SCHOOL, description="寄送方案", due_on=date(2026, 11, 1))

    assert asked(officer, visit, today)[0] == "We promised “寄送方案” by 1 Nov 2026: by when do you need it?"


@pytest.mark.parametrize(
    ("kind", "state", "is_asked"),
    [
        (PostingKind.INTERNSHIP, PostingState.PUBLISHED, False),
        (PostingKind.INTERNSHIP, PostingState.DRAFT, True),
        (PostingKind.JOB, PostingState.PUBLISHED, True),
    ],
)
def test_a_need_is_asked_for_until_a_posting_of_its_kind_follows(officer, visit, today, kind, state, is_asked):
    NeedFactory(enterprise=visit.enterprise, kind=NeedKind.INTERNS, description="十名实习生")
    PostingFactory(enterprise=visit.enterprise, kind=kind, state=state)

    assert any("十名实习生" in question for question in asked(officer, visit, today)) == is_asked


def test_what_they_said_of_teaching_is_taken_up(officer, visit, today):
    reported_visit(enterprise=visit.enterprise, feedback="剪辑课时偏少")

    assert (
        asked(officer, visit, today)[0] == "Last time you said of our teaching: “剪辑课时偏少”. What has changed since?"
    )


def test_questions_written_down_stand_in_their_place_and_on_the_timeline(leader, visit, now, today):
    write_questions(visit, version=visit.version, questions=" 第一问 \n\n第二问", by=leader, at=now)

    visit.refresh_from_db()
    assert asked(leader, visit, today) == ["第一问", "第二问"]
    assert TimelineEntry.objects.get(enterprise=visit.enterprise).kind == TimelineKind.VISIT_CHANGED


def test_who_neither_takes_part_nor_plans_writes_no_questions(college_staff, student, visit, now):
    for user in (college_staff, student):
        with pytest.raises(PermissionDenied):
            write_questions(visit, version=visit.version, questions="?", by=user, at=now)
    assert Visit.objects.get().questions == ""


def test_after_a_visit_its_leader_changes_no_question_and_a_stale_one_is_told(leader, officer, visit, now):
    with pytest.raises(StaleEdit):
        write_questions(visit, version=visit.version + 1, questions="?", by=officer, at=now)
    Visit.objects.update(state=VisitState.HELD)
    with pytest.raises(PermissionDenied):
        write_questions(visit, version=visit.version, questions="?", by=leader, at=now)
    assert Visit.objects.get().questions == ""


def test_the_page_offers_the_suggestions_to_change_and_keeps_what_was_typed(client_of, leader, visit):
    client = client_of(leader)
    text = client.get(page(visit)).content.decode()
    assert "Suggested from what is on file." in text
    assert text.count(CONTACT) == 2  # to read, and in the form

    stale = client.post(page(visit), {"version": 99, "questions": "我的问题"})
    assert "我的问题" in stale.content.decode()
    assert Visit.objects.get().questions == ""

    assert client.post(page(visit), {"version": visit.version, "questions": "我的问题"}).status_code == 302
    text = client.get(page(visit)).content.decode()
    assert ("Suggested from what is on file." in text, CONTACT in text) == (False, False)


def test_a_colleague_reads_the_questions_without_a_form(client_of, college_staff, visit):
    client = client_of(college_staff)

    assert "<textarea" not in client.get(page(visit)).content.decode()
    assert client.post(page(visit), {"version": 1, "questions": "?"}).status_code == 403
    assert Visit.objects.get().questions == ""


def test_who_went_there_from_here_is_named_with_the_major_and_nothing_else(client_of, leader, visit):
    accepted(visit.enterprise, PostingKind.JOB, number="2022001")
    accepted(visit.enterprise, PostingKind.INTERNSHIP, name="韩梅", name_en="Han Mei")
    ApplicationFactory(posting__enterprise=visit.enterprise, snapshot={"name": "某人", "name_en": "Somebody"})
    text = client_of(leader).get(page(visit)).content.decode()

    assert ("Li Lei" in text, "Film Animation" in text, "Han Mei" in text) == (True, True, True)
    assert ("2022001" in text, "Somebody" in text) == (False, False)
    known = background(leader, visit, on=date(2026, 11, 24))
    assert (known.graduates, known.interns) == (1, 1)


def test_whom_we_meet_comes_with_who_knows_them(client_of, leader, officer, visit):
    contact = ContactFactory(enterprise=visit.enterprise, name="何芳", known_by=officer)
    ParticipantFactory(visit=visit, contact=contact, name="何芳", title="人力总监")
    ContactFactory(enterprise=visit.enterprise, name="罗强")
    text = " ".join(client_of(leader).get(page(visit)).content.decode().split())

    assert "known by Wang Min" in text
    assert ("Also on file" in text, "罗强" in text) == (True, True)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_on_paper_it_is_one_page_in_either_language(client_of, leader, visit, language):
    for number in range(12):
        CommitmentFactory(enterprise=visit.enterprise, description=f"承诺{number}" * 20)
        NeedFactory(enterprise=visit.enterprise, description=f"需求{number}" * 20)
        accepted(visit.enterprise, PostingKind.JOB)
        reported_visit(enterprise=visit.enterprise, minutes="谈到实习与就业。" * 60)
    Visit.objects.filter(pk=visit.pk).update(questions="\n".join("问" * 100 for _ in range(8)))

    response = client_of(leader).get(page(visit, "briefing_pdf"), {"language": language})

    reader = PdfReader(BytesIO(response.getvalue()))
    assert (response["Content-Type"], len(reader.pages)) == ("application/pdf", 1)
    text = reader.pages[0].extract_text()
    assert ("Huirun Group" in text) == (language == "en")


def test_a_trip_is_one_file_with_a_page_per_stop_in_the_order_of_travel(client_of, leader, officer):
    trip = TripFactory(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 3))
    names = ["第一站", "第二站", "第三站"]
    for place, name in reversed(list(enumerate(names, start=1))):
        enterprise = EnterpriseFactory(legal_name=name, name_en="")
        led_visit(leader, enterprise=enterprise, trip=trip, starts_on=date(2026, 12, 1), stop=place)
    led_visit(leader, trip=trip, starts_on=date(2026, 12, 1), state=VisitState.CANCELLED)

    response = client_of(officer).get(reverse("visits:trip_briefing_pdf", args=[trip.pk]))

    pages = PdfReader(BytesIO(response.getvalue())).pages
    assert [name for page, name in zip(pages, names, strict=True) if name in page.extract_text()] == names


def test_a_trip_without_a_stop_has_no_briefing_and_a_student_finds_none(client_of, officer, student, visit):
    path = reverse("visits:trip_briefing_pdf", args=[TripFactory().pk])

    assert client_of(officer).get(path).status_code == 404
    assert client_of(student).get(page(visit, "briefing_pdf")).status_code == 404


def test_the_page_is_kept_on_the_phone_and_the_worker_comes_from_the_root(client_of, leader, visit, client):
    assert client_of(leader).get(page(visit)).content.decode().count("data-offline>") == 1

    answer = client.get("/sw.js")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert (answer["Service-Worker-Allowed"], answer["Cache-Control"]) == ("/", "no-cache")
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
