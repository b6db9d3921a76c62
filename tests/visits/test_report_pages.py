"""The report, evidence, follow-ups, and drafting from the report: the pages."""

import io
import uuid
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnerships.models.commitments import Commitment
from tests.core.test_pictures import photo as picture
from tests.factories.accounts import FacilityFactory, MajorFactory
from tests.factories.visits import (
    ParticipantFactory,
    VisitFactory,
    led_visit,
)
from visits.choices import VisitState
from visits.models.reports import DraftPhoto
from visits.models.results import Evidence, FollowUp, Outcome
from visits.models.visits import ResultForm, Visit, VisitTopic

pytestmark = pytest.mark.django_db
S = VisitState
DAY = date(2026, 11, 24)


def page(record, name, *more):
    return reverse(f"visits:{name}", args=[record.pk, *more])


def rows(prefix, *lines):
    found = {f"{prefix}-TOTAL_FORMS": str(len(lines)), f"{prefix}-INITIAL_FORMS": "0"}
    for number, line in enumerate(lines):
        found |= {f"{prefix}-{number}-{name}": value for name, value in line.items()}
    return found


def told(visit, *, people=(), outcomes=(), promises=(), intentions=(), follow_ups=(), **said):
    return {
        "form_token": str(uuid.uuid4()),
        "version": visit.version,
        "revision": "0",
        "minutes": "谈到实习与就业",
        **rows("people", *people),
        **rows("outcomes", *outcomes),
        **rows("promises", *promises),
        **rows("intentions", *intentions),
        **rows("follow_ups", *follow_ups),
        **said,
    }


def to_do(what="寄送", owner="", due_on=""):
    return {"what": what, "owner": owner, "due_on": due_on}


def pdf(name="调研报告.pdf", content=b"%PDF-1.7\n%report"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def photo():
    return SimpleUploadedFile("合影.png", picture((40, 30), "PNG").getvalue(), content_type="image/png")


def docx(name="调研报告.docx"):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return SimpleUploadedFile(name, content.getvalue())


@pytest.fixture
def visit(leader):
    return led_visit(leader, state=S.HELD, starts_on=DAY)


def test_a_leader_reports_from_the_phone(client_of, leader, officer, visit):
    major = MajorFactory()
    there, away = ParticipantFactory(visit=visit), ParticipantFactory(visit=visit)
    for name in ("实习", "就业"):
        VisitTopic.objects.create(visit=visit, name=name)
    leads = visit.participants.get(user=leader)

    response = client_of(leader).post(
        page(visit, "report"),
        told(
            visit,
            feedback="基础扎实",
            present=[leads.pk, there.pk],
            people=[{"name": "孙总，董事长"}, {"name": "周工", "side": "enterprise"}, {"name": ""}],
            result_form=ResultForm.objects.create(code="02", name_zh="达成合作意向", name_en="Cooperation intended").pk,
            topics=["实习"],
            own_topics="订单班",
            outcomes=[{"major": major.pk, "posts": "3", "post_pay": "6000", "internships": ""}, {"posts": ""}],
            promises=[
                {"side": "enterprise", "kind": "money", "description": "奖学金", "number": "20000.50", "unit": "元"},
                {"side": "enterprise", "kind": "other", "description": ""},
            ],
            intentions=[{"kind": "base", "name": "共建基地"}],
            follow_ups=[
                to_do("寄送培养方案", officer.pk, "2026-12-01"),
                to_do("约定回访", leader.pk, "2026-12-08"),
                to_do("", leader.pk, "2026-12-08"),
            ],
            demand_report=pdf(),
        ),
    )

    assert response.url == page(visit, "visit")
    visit.refresh_from_db()
    assert (visit.state, visit.minutes, visit.feedback) == (S.REPORTED, "谈到实习与就业", "基础扎实")
    people = visit.participants.order_by("pk").values_list("name", "title", "was_present")
    assert list(people)[1:] == [
        (there.name, "人事总监", True),
        (away.name, "人事总监", False),
        ("孙总", "董事长", True),
        ("周工", "", True),
    ]
    assert list(visit.outcomes.values_list("major", "posts", "post_pay", "internships")) == [(major.pk, 3, 6000, 0)]
    assert [(str(promise.number), promise.unit) for promise in visit.commitments.all()] == [("20000.50", "元")]
    assert [intention.name for intention in visit.intentions.all()] == ["共建基地"]
    assert [(item.what, item.owner, item.due_on) for item in visit.follow_ups.all()] == [
        ("寄送培养方案", officer, date(2026, 12, 1)),
        ("约定回访", leader, date(2026, 12, 8)),
    ]
    assert visit.result_form.code == "02"
    assert [topic.name for topic in visit.topics.filter(kind="spoken").order_by("pk")] == ["实习", "订单班"]
    assert [(item.kind, item.name) for item in visit.evidence.all()] == [("talent_demand_report", "调研报告.pdf")]


def test_minutes_alone_are_a_report(client_of, leader, visit):
    client_of(leader).post(page(visit, "report"), told(visit))

    visit.refresh_from_db()
    assert (visit.state, Outcome.objects.count(), FollowUp.objects.count()) == (S.REPORTED, 0, 0)


def test_a_report_sent_twice_is_written_once(client_of, leader, visit):
    client, said = client_of(leader), told(visit, promises=[{"side": "school", "kind": "other", "description": "讲座"}])

    first, second = (client.post(page(visit, "report"), said) for _ in range(2))

    assert first.url == second.url == page(visit, "visit")
    assert (Commitment.objects.count(), visit.moves.count()) == (1, 1)


def test_the_second_reporter_reads_who_was_first(client_of, leader, officer, visit):
    said = told(visit, minutes="我的版本")
    client_of(leader).post(page(visit, "report"), told(visit))

    response = client_of(officer).post(page(visit, "report"), said)

    text = response.content.decode()
    assert "Chen Li reported this visit already, on 24 Nov 2026 at 12:00." in text
    assert "我的版本" in text
    visit.refresh_from_db()
    assert visit.minutes == "谈到实习与就业"


def test_a_stale_report_keeps_everything_and_can_be_sent_again(client_of, leader, visit):
    client, said = client_of(leader), told(visit)
    Visit.objects.filter(pk=visit.pk).update(version=2, place="别处")

    stale = client.post(page(visit, "report"), said)

    assert "Someone else saved this record" in stale.content.decode()
    assert Visit.objects.get().state == S.HELD
    client.post(page(visit, "report"), {**said, "version": stale.context["form"].data["version"]})
    assert Visit.objects.get().state == S.REPORTED


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (pdf(content=b"MZ not a report"), "The file is not what its name says."),
        (docx(name="报告.pdf"), "The file is not what its name says."),
        (pdf(name="报告.exe"), "Files of this kind are not accepted."),
        (pdf(content=b""), "The submitted file is empty."),
    ],
)
def test_a_file_that_is_not_what_it_says_loses_nothing_and_writes_nothing(client_of, leader, visit, file, words):
    major = MajorFactory()
    file.seek(0)

    response = client_of(leader).post(
        page(visit, "report"),
        told(visit, outcomes=[{"major": major.pk, "posts": "3"}], demand_report=file, photos=[photo()]),
    )

    text = response.content.decode()
    assert words in text
    assert "谈到实习与就业" in text
    assert 'name="outcomes-0-posts" value="3"' in text
    assert [kept.name for kept in DraftPhoto.objects.all()] == ["合影.jpg"]
    visit.refresh_from_db()
    assert (visit.state, visit.version, Outcome.objects.count(), Evidence.objects.count()) == (S.HELD, 1, 0, 0)


def test_a_word_file_is_accepted(client_of, leader, visit):
    client_of(leader).post(page(visit, "report"), told(visit, demand_report=docx()))

    assert Evidence.objects.get().name == "调研报告.docx"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"minutes": ""}, "This field is required."),
        ({"minutes": "很" * 10001}, "at most 10000 characters"),
        ({"outcomes": [{"posts": "3"}]}, "This field is required."),
        ({"outcomes": [{"major": "1", "posts": "-3"}]}, "greater than or equal to 0"),
        ({"outcomes": [{"major": "1"}]}, "How many posts or internships?"),
        ({"outcomes": [{"major": "1", "posts": "3"}, {"major": "1", "posts": "4"}]}, "one row only"),
        ({"promises": [{"side": "school", "kind": "other", "number": "5"}]}, "This field is required."),
        ({"follow_ups": [to_do(due_on="2026-12-01")]}, "This field is required."),
        ({"follow_ups": [to_do(owner="own")]}, "This field is required."),
        ({"follow_ups": [to_do(owner="own", due_on="2026-11-01")]}, "The follow-up is due before the visit"),
        ({"people": [{"name": "成立"}]}, "Is it one of these people?"),
        ({"revision": ""}, "This field is required."),
        ({"version": "x"}, "Enter a whole number."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(client_of, leader, visit, said, words):
    major = MajorFactory()
    for line in said.get("outcomes", ()):
        if "major" in line:
            line["major"] = str(major.pk)

    for line in said.get("follow_ups", ()):
        line["owner"] = str(leader.pk) if line["owner"] else ""

    response = client_of(leader).post(page(visit, "report"), told(visit, **said))

    assert response.status_code == 200
    assert words in response.content.decode()
    visit.refresh_from_db()
    assert (visit.state, Outcome.objects.count(), FollowUp.objects.count()) == (S.HELD, 0, 0)


def test_a_form_without_its_rows_is_refused_and_writes_nothing(client_of, leader, visit):
    said = {name: value for name, value in told(visit).items() if not name.startswith("outcomes")}

    assert client_of(leader).post(page(visit, "report"), said).status_code == 200
    visit.refresh_from_db()
    assert visit.state == S.HELD


def test_places_are_asked_for_where_guests_came_to_us(client_of, officer):
    place = FacilityFactory()
    received = VisitFactory(state=S.HELD, starts_on=DAY, direction="incoming")
    away = VisitFactory(state=S.HELD, starts_on=DAY)
    client = client_of(officer)

    assert "places_shown" not in client.get(page(away, "report")).context["form"].fields
    client.post(page(received, "report"), told(received, places_shown=[place.pk]))

    assert list(received.places_shown.all()) == [place]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": S.REPORTED}, "This visit is reported already."),
        ({"state": S.CANCELLED}, "This visit was called off."),
        ({"starts_on": date(2026, 11, 25)}, "The day of this visit is still ahead."),
    ],
)
def test_where_there_is_nothing_to_report_the_page_says_why(client_of, officer, fields, words):
    visit = VisitFactory(**fields)

    response = client_of(officer).get(page(visit, "report"), follow=True)

    assert response.redirect_chain == [(page(visit, "visit"), 302)]
    assert words in response.content.decode()


def test_another_leader_reads_that_they_cannot_report(client_of, leader):
    visit = VisitFactory(state=S.HELD, starts_on=DAY)

    for response in (client_of(leader).get(page(visit, "report")), client_of(leader).post(page(visit, "report"))):
        assert response.status_code == 403
        assert "A visit is reported by who led it" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_costs_the_same_for_any_number_of_majors_and_people(
    client_of, leader, visit, django_assert_num_queries, count
):
    for _ in range(count):
        MajorFactory()
        ParticipantFactory(visit=visit)
    client = client_of(leader)

    # session, user, grants, visit, people, draft, leadership, staff, needs, contacts, majors, forms of result, school,
    # unread
    with django_assert_num_queries(14):
        response = client.get(page(visit, "report"))

    assert response.status_code == 200
