"""The list of postings, one posting, and its forms."""

import io
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from exporting.models import Export
from placements.choices import PostingState
from placements.models.postings import Posting
from tests.factories.accounts import MajorFactory
from tests.factories.accounts import student as make_student
from tests.factories.partnerships import ContactFactory, EnterpriseFactory, ProvinceFactory
from tests.factories.placements import NO_ROWS, ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db
LIST = "/postings/"


def titles(response):
    return [row.posting.title for row in response.context["rows"]]


def page(posting):
    return reverse("placements:posting", args=[posting.pk])


def test_addresses_are_as_agreed():
    assert reverse("placements:posting_list") == LIST
    assert reverse("placements:posting", args=[1]) == "/postings/1/"


def test_a_visitor_sees_open_postings_only(client):
    PostingFactory(title="开放")
    PostingFactory(title="草稿", state=PostingState.DRAFT)
    PostingFactory(title="过期", closes_on=timezone.localdate() - timedelta(days=1))
    PostingFactory(title="未开始", opens_on=timezone.localdate() + timedelta(days=1))

    assert titles(client.get(LIST)) == ["开放"]


def test_staff_see_every_posting_and_filter_by_state(client, officer):
    for state in PostingState:
        PostingFactory(title=state.value, state=state)
    client.force_login(officer)

    assert len(titles(client.get(LIST))) == len(PostingState)
    assert titles(client.get(LIST, {"state": "in_review"})) == ["in_review"]


@pytest.mark.parametrize("words", ["剪辑", "editor", "EDIT", "启明", "qiming"])
def test_search_finds_chinese_and_english_in_title_and_enterprise(client, words):
    PostingFactory(
        title="剪辑师",
        title_en="Editor",
        description="-",
        enterprise=EnterpriseFactory(legal_name="成都启明科技", name_en="Chengdu Qiming"),
    )
    PostingFactory(
        title="会计",
        title_en="Clerk",
        description="-",
        enterprise=EnterpriseFactory(legal_name="南充远大", name_en="Nanchong Yuanda"),
    )

    assert titles(client.get(LIST, {"find": words})) == ["剪辑师"]


def test_a_search_without_words_that_can_be_searched_finds_nothing(client):
    PostingFactory()

    response = client.get(LIST, {"find": "！？"})

    assert titles(response) == []
    assert "No posting matches" in response.content.decode()


def test_filters_narrow_the_list(client):
    major, province = MajorFactory(), ProvinceFactory(code="320000", name_zh="江苏省", name_en="Jiangsu")
    wanted = PostingFactory(title="要", kind="job", province=province, class_of=2027, pay_min=4000, pay_max=6000)
    wanted.majors.set([major])
    other = PostingFactory(title="否", kind="internship", class_of=2026, pay_min=2000, pay_max=3000)
    other.majors.set([MajorFactory()])

    for narrowed in (
        {"kind": "job"},
        {"province": province.pk},
        {"class_of": 2027},
        {"pay_from": 5000},
        {"major": major.code},
        {"enterprise": wanted.enterprise_id},
    ):
        assert titles(client.get(LIST, narrowed)) == ["要"], narrowed


@pytest.mark.parametrize(
    ("sort", "order"), [("", ["三", "二", "一"]), ("closes", ["二", "三", "一"]), ("pay", ["一", "三", "二"])]
)
def test_the_order_is_the_reader_s(client, sort, order):
    today = timezone.localdate()
    PostingFactory(title="一", closes_on=today + timedelta(days=9), pay_max=9000)
    PostingFactory(title="二", closes_on=today + timedelta(days=1))
    PostingFactory(title="三", closes_on=today + timedelta(days=5), pay_max=5000)

    assert titles(client.get(LIST, {"sort": sort})) == order


def test_a_student_reads_on_each_row_whether_it_fits_and_narrows_to_their_major(client, student):
    PostingFactory(title="合适")
    PostingFactory(title="别届", class_of=2026)
    PostingFactory(title="高层次", level="bachelor")
    PostingFactory(title="别专业").majors.set([MajorFactory()])
    client.force_login(student)

    rows = [(row.posting.title, row.why_not) for row in client.get(LIST).context["rows"]]

    assert rows == [
        ("高层次", "At least: Bachelor"),
        ("别届", "Only class of 2026"),
        ("合适", ""),
        ("别专业", "Other majors"),
    ]
    assert titles(client.get(LIST, {"mine": "on"})) == ["高层次", "别届", "合适"]


@pytest.mark.parametrize(
    ("pay", "said"),
    [
        ({"pay_min": 5500, "pay_max": 8000}, "5,500–8,000 yuan a month"),
        ({"pay_min": 150, "pay_max": 230, "pay_period": "day"}, "150–230 yuan a day"),
        ({"pay_min": 25, "pay_period": "hour"}, "from 25 yuan an hour"),
        ({"pay_max": 120_000, "pay_period": "year"}, "up to 120,000 yuan a year"),
        ({}, "negotiable"),
    ],
)
def test_a_row_says_what_the_pay_is_for(client, pay, said):
    PostingFactory(**{"pay_min": None, "pay_max": None, **pay})

    assert f">{said}</td>" in client.get(LIST).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("reader", "queries"), [("visitor", 5), ("student", 10), ("officer", 9)])
def test_the_list_costs_the_same_for_any_number_of_rows(
    client, request, django_assert_num_queries, rows, reader, queries
):
    for _ in range(rows):
        posting = PostingFactory(province=ProvinceFactory())
        posting.majors.set([MajorFactory(), MajorFactory()])
        ApplicationFactory(posting=posting)
    if reader != "visitor":
        client.force_login(request.getfixturevalue(reader))

    with django_assert_num_queries(queries):
        response = client.get(LIST)

    assert len(titles(response)) == rows


def test_htmx_gets_the_rows_only(client):
    PostingFactory(title_en="Editor")

    text = client.get(LIST, HTTP_HX_REQUEST="true").content.decode()

    assert "Editor" in text
    assert "<html" not in text


def test_the_export_holds_exactly_what_is_filtered(client, officer):
    posting = PostingFactory(title="=1+1", title_en="", kind="job", pay_min=4000)
    posting.majors.set([MajorFactory(name_zh="动漫", name_en="Animation")])
    PostingFactory(kind="internship")
    client.force_login(officer)

    response = client.get("/postings/", {"kind": "job", "format": "xlsx"})

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0)
    header, *rows = sheet.to_python()
    assert header[:5] == ["Posting", "Enterprise", "Kind", "State", "Majors"]
    assert [row[:5] for row in rows] == [["=1+1", str(posting.enterprise), "Job", "Published", "Animation"]]


@pytest.mark.parametrize("reader", ["student", "stranger"])
def test_the_export_is_for_staff(client, request, reader):
    client.force_login(request.getfixturevalue(reader))

    response = client.get("/postings/", {"format": "xlsx"})

    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert not Export.objects.exists()


def test_a_visitor_reads_an_open_posting_and_no_contact_of_the_enterprise(client):
    posting = PostingFactory(enterprise=EnterpriseFactory(about="动画制作"))
    ContactFactory(enterprise=posting.enterprise, name="李四", phone="13912345678")

    text = client.get(page(posting)).content.decode()

    assert "动画制作" in text
    assert "Sign in to apply" in text
    assert "李四" not in text
    assert "13912345678" not in text


@pytest.mark.parametrize("state", [state for state in PostingState if state != PostingState.PUBLISHED])
@pytest.mark.parametrize("reader", ["visitor", "student"])
def test_a_posting_that_is_not_open_is_not_there(client, request, state, reader):
    if reader == "student":
        client.force_login(request.getfixturevalue("student"))

    assert client.get(page(PostingFactory(state=state))).status_code == 404


def test_a_posting_past_its_day_is_gone_at_once_but_not_for_who_applied(client, student):
    posting = PostingFactory(closes_on=timezone.localdate() - timedelta(days=1))
    client.force_login(student)
    assert client.get(page(posting)).status_code == 404

    ApplicationFactory(posting=posting, student=student)

    assert client.get(page(posting)).status_code == 200


def test_a_student_of_another_class_reads_why_they_cannot_apply(client):
    posting = PostingFactory(class_of=2026)
    client.force_login(make_student(class_of=2027))

    response = client.get(page(posting))

    assert [tick.rule for tick in response.context["obstacles"]] == ["class_of"]
    assert reverse("placements:apply", args=[posting.pk]) not in response.content.decode()


def test_scripts_in_a_description_are_shown_as_text(client):
    posting = PostingFactory(description="<script>alert(1)</script>\n<b>fett</b>", title_en="<i>x</i>")

    text = client.get(page(posting)).content.decode()

    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<b>fett" not in text
    assert "<i>x</i>" not in text


def test_a_leader_reads_the_numbers_and_no_applicant(client, leader):
    application = ApplicationFactory(student=make_student(name="孙悦", name_en="Sun Yue"))
    client.force_login(leader)

    response = client.get(page(application.posting))

    assert response.context["counts"] == [("submitted", "Submitted", 1)]
    assert "Sun Yue" not in response.content.decode()
    assert "孙悦" not in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_staff_page_costs_the_same_for_any_number_of_applicants(client, officer, django_assert_num_queries, rows):
    posting = PostingFactory()
    ApplicationFactory.create_batch(rows, posting=posting)
    client.force_login(officer)

    with django_assert_num_queries(13):
        response = client.get(page(posting))

    assert len(response.context["applicants"]) == rows


def entered(**fields):
    return {
        "form_token": str(uuid.uuid4()),
        "kind": "job",
        "title": "剪辑师",
        "description": "剪辑",
        "headcount": "2",
        "closes_on": "2027-03-01",
        "mode": "on_site",
        "pay_period": "month",
        **NO_ROWS,
        **fields,
    }


def test_a_posting_is_drafted_once_though_the_form_is_sent_twice(client, college_staff, college):
    enterprise, major = EnterpriseFactory(), MajorFactory(college=college)
    client.force_login(college_staff)
    data = entered(majors=[major.pk])

    first = client.post(f"/enterprises/{enterprise.pk}/postings/new/", data)
    second = client.post(f"/enterprises/{enterprise.pk}/postings/new/", data)

    posting = Posting.objects.get()
    assert first.url == second.url == page(posting)
    assert (posting.state, posting.created_by, list(posting.majors.all())) == ("draft", college_staff, [major])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"opens_on": "2027-03-02"}, "closes_on"),
        ({"pay_min": "5000", "pay_max": "4000"}, "pay_max"),
        ({"answer_by": "2027-02-01"}, "answer_by"),
        ({"headcount": "0"}, "headcount"),
        ({"headcount": "99999999999"}, "headcount"),
        ({"description": "长" * 5001}, "description"),
        ({"closes_on": "morgen"}, "closes_on"),
        ({"title": ""}, "title"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(client, officer, wrong, field):
    client.force_login(officer)

    response = client.post(f"/enterprises/{EnterpriseFactory().pk}/postings/new/", entered(**wrong))

    form = response.context["form"]
    assert list(form.errors) == [field]
    assert form["kind"].value() == "job"
    assert "剪辑" in response.content.decode()
    assert not Posting.objects.exists()


def test_a_leader_is_refused_the_form_with_the_reason(client, leader):
    client.force_login(leader)

    response = client.get(f"/enterprises/{EnterpriseFactory().pk}/postings/new/")

    assert response.status_code == 403
    assert "drafted by the employment office" in response.content.decode()


def test_a_stale_form_is_told_and_keeps_what_was_typed(client, officer):
    posting = PostingFactory(state=PostingState.DRAFT, title="旧")
    client.force_login(officer)
    url = reverse("placements:posting_edit", args=[posting.pk])
    client.post(url, entered(title="先", version="1"))

    late = client.post(url, entered(title="后", version="1"))

    assert "Someone else saved this record" in late.content.decode()
    assert late.context["form"]["title"].value() == "后"
    posting.refresh_from_db()
    assert (posting.title, posting.version) == ("先", 2)
    again = client.post(url, entered(title="后", version=late.context["form"]["version"].value()))
    posting.refresh_from_db()
    assert (again.status_code, posting.title) == (302, "后")


def test_the_office_takes_a_posting_through_its_states(client, officer):
    posting = PostingFactory(state=PostingState.DRAFT)
    client.force_login(officer)
    url = reverse("placements:posting_move", args=[posting.pk])

    for version, to in enumerate(["in_review", "published", "filled"], start=1):
        assert client.post(url, {"to": to, "version": version}).url == page(posting)

    posting.refresh_from_db()
    assert posting.state == PostingState.FILLED


def test_a_rejection_without_reason_is_said_on_the_page(client, officer):
    posting = PostingFactory(state=PostingState.IN_REVIEW)
    client.force_login(officer)

    response = client.post(reverse("placements:posting_move", args=[posting.pk]), {"to": "rejected", "version": 1})

    assert "Say why the posting is rejected" in response.content.decode()
    posting.refresh_from_db()
    assert posting.state == PostingState.IN_REVIEW


def test_college_staff_see_no_button_to_publish_and_are_refused(client, college_staff):
    posting = PostingFactory(state=PostingState.IN_REVIEW, created_by=college_staff)
    client.force_login(college_staff)

    assert client.get(page(posting)).context["moves"] == [PostingState.DRAFT]
    response = client.post(reverse("placements:posting_move", args=[posting.pk]), {"to": "published", "version": 1})

    assert response.status_code == 403
    posting.refresh_from_db()
    assert posting.state == PostingState.IN_REVIEW


@pytest.mark.parametrize("name", ["posting_edit", "posting_move"])
def test_students_find_no_staff_page(client, student, name):
    posting = PostingFactory()
    client.force_login(student)

    assert client.post(reverse(f"placements:{name}", args=[posting.pk])).status_code == 404
