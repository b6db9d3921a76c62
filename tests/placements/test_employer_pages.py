"""Employers as students see them: the list, the face of one, and that nothing else of the file shows."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerships.choices.agreements import CommitmentKind, Side
from partnerships.choices.enterprises import NoteVisibility
from partnerships.choices.programmes import ProgrammeKind, ProgrammeMeasure
from partnerships.choices.timeline import TimelineKind
from partnerships.models.commitments import Commitment, Investment
from partnerships.models.enterprises import CreditCheck, FormerName, Site, Tag
from partnerships.models.notes import EnterpriseFile, Note
from partnerships.models.programmes import Programme, ProgrammeOutcome
from partnerships.services.timeline import record
from placements.choices import ApplicationState, PostingKind, PostingState
from placements.models.postings import Posting
from placements.selectors.employers import face
from tests.factories.accounts import MajorFactory, UserFactory
from tests.factories.accounts import student as make_student
from tests.factories.partnerships import (
    ContactFactory,
    EnterpriseFactory,
    FlagFactory,
    IndustryFactory,
    NeedFactory,
    ProvinceFactory,
    signed_agreement,
)
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db
LIST = "/employers/"
A = ApplicationState


def page(enterprise):
    return reverse("placements:employer", args=[enterprise.pk])


def names(response):
    return [row.name for row in response.context["rows"]]


def in_words(response):
    return " ".join(response.content.decode().split())


def accepted(enterprise, *, class_of=2027, kind=PostingKind.JOB, student=None, **snapshot):
    return ApplicationFactory(
        posting=PostingFactory(enterprise=enterprise, kind=kind),
        state=A.ACCEPTED,
        snapshot={"class_of": class_of, **snapshot},
        **({"student": student} if student else {}),
    )


def test_the_face_says_who_it_is_and_what_it_does(client, student):
    enterprise = EnterpriseFactory(about="做影视后期。", staff_count=120, website="https://qiming.example/")
    enterprise.flags.add(FlagFactory())
    client.force_login(student)

    words = in_words(client.get(page(enterprise)))

    for text in (
        "做影视后期。",
        "100–499 people",
        "https://qiming.example/",
        "Alumni enterprise",
        "Sichuan 成都",
        "Other enterprises",
        "Information transmission",
    ):
        assert text in words, text


def fill_with_secrets(enterprise):
    """A text of each kind that students must not read; returns all of them."""
    owner = UserFactory(name="负责人甲", name_en="Owner Secret")
    deputy = UserFactory(name="代理人乙", name_en="Deputy Secret")
    type(enterprise).objects.filter(pk=enterprise.pk).update(
        owner=owner, deputy=deputy, credit_code="91510100MA6CQ1234X", address="机密路9号", short_name="绝密简称"
    )
    enterprise.tags.add(Tag.objects.create(name="绝密标签"))
    FormerName.objects.create(enterprise=enterprise, name="绝密旧名")
    Site.objects.create(enterprise=enterprise, name="绝密厂区", address="绝密厂区地址")
    contact = ContactFactory(
        enterprise=enterprise, name="绝密联系人", title="绝密职务", department="绝密部门", phone="13800001111",
        landline="028-5550000", email="secret@enterprise.example", wechat="wx-secret", known_by=owner,
    )  # fmt: skip
    contact.also_known_by.add(deputy)
    now = timezone.now()
    for visibility in NoteVisibility:
        Note.objects.create(
            enterprise=enterprise, text=f"绝密备注{visibility}", visibility=visibility, author=owner, at=now
        )
    EnterpriseFile.objects.create(enterprise=enterprise, name="绝密附件", uploaded_by=owner, uploaded_at=now)
    CreditCheck.objects.create(
        enterprise=enterprise,
        source="licence",
        checked_on=date(2026, 1, 1),
        result="abnormal",
        note="绝密核验",
        by=owner,
        at=now,
    )
    NeedFactory(enterprise=enterprise, description="绝密需求", result="绝密结果", owner=owner, monthly_pay=98765)
    agreement = signed_agreement(
        enterprise=enterprise, title="绝密协议", number="XY-SECRET", kept_where="绝密柜", owner=owner
    )
    Commitment.objects.create(
        enterprise=enterprise,
        agreement=agreement,
        side=Side.ENTERPRISE,
        kind=CommitmentKind.MONEY,
        description="绝密承诺",
    )
    Investment.objects.create(enterprise=enterprise, promised=7654321)
    record(enterprise, TimelineKind.NOTE, by=owner, at=now, text="绝密时间线")
    applicant = make_student(name="绝密学生", name_en="Student Secret", profile_phone="13700002222")
    accepted(enterprise, student=applicant, name="绝密快照")
    return [
        "负责人甲", "Owner Secret", "代理人乙", "Deputy Secret", "91510100MA6CQ1234X", "机密路9号", "绝密",
        "13800001111", "028-5550000", "secret@enterprise.example", "wx-secret", "98765", "XY-SECRET", "7654321",
        "7,654,321",
        "Student Secret", "13700002222", applicant.number, owner.email, "Strategic", "Verified",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_nothing_else_of_the_file_shows_to_a_student(client, student, language):
    enterprise = EnterpriseFactory(about="公开介绍", level="strategic", credit_code_state="verified")
    secrets = fill_with_secrets(enterprise)
    posting = Posting.objects.get(enterprise=enterprise)
    type(student).objects.filter(pk=student.pk).update(language=language)
    client.force_login(student)
    pages = [
        page(enterprise),
        LIST,
        f"{LIST}?find=启明",
        "/postings/",
        reverse("placements:posting", args=[posting.pk]),
    ]

    for address in pages:
        words = client.get(address).content.decode()
        assert str(enterprise.pk) in words  # the enterprise is on the page
        assert [secret for secret in secrets if secret in words] == [], address
    assert "公开介绍" in client.get(page(enterprise)).content.decode()


def test_what_the_page_is_given_holds_no_record_of_the_enterprise(student):
    enterprise = EnterpriseFactory()
    found = face(enterprise.pk, student, on=timezone.localdate(), profile=None)

    assert found.employer.name == enterprise.name_en
    assert not hasattr(found.employer, "owner")


@pytest.mark.parametrize("person", ["student", "officer", "stranger"])
def test_everybody_who_signed_in_reads_the_same_face_and_staff_find_the_way_to_the_file(client, request, person):
    enterprise = EnterpriseFactory()
    user = request.getfixturevalue(person)
    client.force_login(user)

    words = in_words(client.get(page(enterprise)))

    file = reverse("partnerships:enterprise", args=[enterprise.pk])
    assert (f'href="{file}"' in words) is (person == "officer")
    assert ("as students see it" in words) is (person == "officer")
    assert ("Change what students read" in words) is (person == "officer")


def test_a_visitor_is_asked_to_sign_in(client):
    enterprise = EnterpriseFactory()

    assert client.get(page(enterprise)).status_code == 302
    assert client.get(LIST).status_code == 302
    posting = PostingFactory(enterprise=enterprise)
    assert page(enterprise) not in client.get(reverse("placements:posting", args=[posting.pk])).content.decode()


def test_an_archived_file_has_no_face(client, student):
    enterprise = EnterpriseFactory(archived_at=timezone.now())
    client.force_login(student)

    assert client.get(page(enterprise)).status_code == 404
    assert names(client.get(LIST)) == []
    assert client.get(reverse("placements:employer", args=[10**9])).status_code == 404


def test_a_merged_file_leads_to_the_one_that_was_kept(client, student):
    kept = EnterpriseFactory()
    gone = EnterpriseFactory(archived_at=timezone.now(), merged_into=kept)
    client.force_login(student)

    assert client.get(page(gone)).headers["location"] == page(kept)
    assert names(client.get(LIST)) == [kept.name_en]


def test_open_postings_only_soonest_to_close_first(client, student):
    enterprise, today = EnterpriseFactory(), timezone.localdate()
    PostingFactory(enterprise=enterprise, title_en="Later", closes_on=today + timedelta(days=9))
    PostingFactory(enterprise=enterprise, title_en="Soon", closes_on=today)
    PostingFactory(enterprise=enterprise, title_en="Over", closes_on=today - timedelta(days=1))
    PostingFactory(enterprise=enterprise, title_en="Draft", state=PostingState.DRAFT)
    PostingFactory(title_en="Of another")
    client.force_login(student)

    found = client.get(page(enterprise)).context["face"]

    assert [row.posting.title_en for row in found.rows] == ["Soon", "Later"]
    assert found.employer.open_postings == 2


def test_more_postings_than_fit_are_behind_a_link(client, student):
    enterprise = EnterpriseFactory()
    PostingFactory.create_batch(9, enterprise=enterprise)
    client.force_login(student)

    response = client.get(page(enterprise))

    assert len(response.context["face"].rows) == 8
    assert f'<a href="/postings/?enterprise={enterprise.pk}">All 9 open postings</a>' in in_words(response)


def test_the_list_is_searched_by_name_and_narrowed(client, student):
    province = ProvinceFactory(code="320000", name_zh="江苏省", name_en="Jiangsu")
    industry = IndustryFactory(code="C", name_zh="制造业", name_en="Manufacturing")
    EnterpriseFactory(legal_name="南京远大", name_en="Nanjing Yuanda", province=province, industry=industry)
    chosen = EnterpriseFactory(legal_name="成都启明", name_en="Chengdu Qiming")
    ContactFactory(enterprise=chosen, name="王远大")
    client.force_login(student)

    for asked in ({"find": "远大"}, {"find": "yuanda"}, {"province": "320000"}, {"industry": "C"}):
        assert names(client.get(LIST, asked)) == ["Nanjing Yuanda"], asked
    assert names(client.get(LIST, {"find": "！？"})) == []
    assert names(client.get(LIST, {"province": "nowhere"})) == ["Nanjing Yuanda", "Chengdu Qiming"]


def test_those_with_open_postings_come_first_and_for_my_major_are_found(client):
    major = MajorFactory()
    student = make_student(major=major, class_of=2027)
    for name in ("A none", "B other major", "C other class", "D mine", "E all majors"):
        EnterpriseFactory(legal_name=name, name_en=name)
    enterprises = {one.name_en[0]: one for one in type(EnterpriseFactory.build()).objects.all()}
    PostingFactory(enterprise=enterprises["B"]).majors.add(MajorFactory())
    PostingFactory(enterprise=enterprises["C"], class_of=2026).majors.add(major)
    PostingFactory(enterprise=enterprises["D"], class_of=2027).majors.add(major)
    PostingFactory(enterprise=enterprises["E"])
    client.force_login(student)

    assert [name[0] for name in names(client.get(LIST))] == ["B", "C", "D", "E", "A"]
    assert [name[0] for name in names(client.get(LIST, {"open": "on"}))] == ["B", "C", "D", "E"]
    assert [name[0] for name in names(client.get(LIST, {"mine": "on"}))] == ["D", "E"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, student, django_assert_num_queries, rows):
    for enterprise in EnterpriseFactory.create_batch(rows, staff_count=50):
        enterprise.flags.add(FlagFactory())
        PostingFactory(enterprise=enterprise)
    client.force_login(student)

    with django_assert_num_queries(9):  # session, user, roles, profile, codes, count, rows, school, unread
        response = client.get(LIST)

    assert len(response.context["rows"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("person", "queries"), [("student", 15), ("officer", 14)])
def test_the_face_costs_the_same_for_any_number(client, request, django_assert_num_queries, person, queries, rows):
    enterprise = EnterpriseFactory()
    enterprise.flags.add(FlagFactory())
    for number in range(rows):
        accepted(enterprise, class_of=2020 + number)
        signed_agreement(enterprise=enterprise)
        programme = Programme.objects.create(enterprise=enterprise, kind=ProgrammeKind.ORDER_CLASS, name=f"班{number}")
        programme.majors.add(MajorFactory())
        ProgrammeOutcome.objects.create(programme=programme, measure=ProgrammeMeasure.HIRED, number=3, year=2025)
        PostingFactory(enterprise=enterprise).majors.add(MajorFactory())
    client.force_login(request.getfixturevalue(person))

    with django_assert_num_queries(queries):
        response = client.get(page(enterprise))

    assert len(response.context["face"].went) == rows
