"""The printed brief: one page whatever is on file, in either language, and only what all staff may read."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts.models.people import User
from partnerships.choices.agreements import CommitmentState
from partnerships.choices.enterprises import EnterpriseLevel, NoteVisibility
from partnerships.choices.links import Intake, LinkPurpose
from partnerships.choices.needs import NeedState
from partnerships.choices.programmes import ProgrammeKind, ProgrammeMeasure
from partnerships.choices.timeline import TimelineKind
from partnerships.models.links import FileAnswer, SignedLink
from partnerships.models.notes import Note
from partnerships.models.programmes import Programme, ProgrammeOutcome
from partnerships.services import notes
from partnerships.services.timeline import record
from tests.factories.accounts import CollegeFactory, MajorFactory
from tests.factories.partnerships import (
    CommitmentFactory,
    ContactFactory,
    EnterpriseFactory,
    FlagFactory,
    NeedFactory,
    signed_agreement,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


def printed(client, user: User, enterprise, language: str = "en"):
    client.force_login(user)
    response = client.get(reverse("partnerships:brief", args=[enterprise.pk]), {"language": language})
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(response.getvalue()))


def words(pdf) -> str:
    """What stands on its only page, without the places where lines break."""
    assert len(pdf.pages) == 1
    return "".join(pdf.pages[0].extract_text().replace("\u200b", "").split())


def lighthouse(officer: User):
    """A file as a leader meets it: something of everything."""
    enterprise = EnterpriseFactory(
        legal_name="成都灯塔影视文化有限公司", name_en="Chengdu Lighthouse Film & Culture Co., Ltd.", city="成都",
        credit_code="91350100M000100Y43", staff_count=1320, level=EnterpriseLevel.CORE, owner=officer,
        about="影视制作、后期剪辑与数字内容。", address="高新区天府大道1号",
    )  # fmt: skip
    enterprise.flags.add(FlagFactory(), FlagFactory(code="listed", name_zh="上市公司", name_en="Listed company"))
    first = ContactFactory(
        enterprise=enterprise, name="何芳", title="人力资源总监", phone="138 0000 1234", is_primary=True,
        known_by=officer,
    )  # fmt: skip
    ContactFactory(enterprise=enterprise, name="罗勇", title="制片主任", known_by=officer)
    ContactFactory(enterprise=enterprise, name="离职者", to_on=date(2026, 1, 1))
    need = NeedFactory(enterprise=enterprise, description="后期剪辑实习生", headcount=8, wanted_by=date(2027, 3, 1))
    need.majors.add(MajorFactory(name_zh="影视动画", name_en="Film Animation"))
    NeedFactory(enterprise=enterprise, description="已经满足的需求", state=NeedState.MET)
    signed_agreement(enterprise=enterprise, title="校外实习基地协议")
    signed_agreement(enterprise=enterprise, title="过期协议", ends_on=date(2026, 2, 1))
    CommitmentFactory(enterprise=enterprise, description="每年接收实习生")
    CommitmentFactory(enterprise=enterprise, description="捐赠设备", state=CommitmentState.NOT_KEPT)
    CommitmentFactory(enterprise=enterprise, description="做过讲座", state=CommitmentState.KEPT)
    programme = Programme.objects.create(
        enterprise=enterprise, kind=ProgrammeKind.ORDER_CLASS, name="灯塔订单班", since=2024
    )
    ProgrammeOutcome.objects.create(programme=programme, measure=ProgrammeMeasure.HIRED, number=12)
    link = SignedLink.objects.create(
        digest="0" * 64, purpose=LinkPurpose.CONFIRM_FILE, enterprise=enterprise, contact=first, name="何芳",
        email="he@lighthouse.example", year=2026, issued_at=NOW, expires_at=NOW + timedelta(days=30), used_at=NOW,
    )  # fmt: skip
    FileAnswer.objects.create(
        link=link, enterprise=enterprise, year=2026, name="何芳", interns=Intake.YES, interns_number=20,
        graduates=Intake.MAYBE, reasons="明年扩建制作中心", at=NOW,
    )  # fmt: skip
    for days, text in enumerate(["宣讲会后的电话", "车间参观后的谈话", "校友聚会上见面", "最早的一次"]):
        record(enterprise, TimelineKind.NOTE, by=officer, at=NOW - timedelta(days=days), text=text)
    Note.objects.create(
        enterprise=enterprise, text="不要提去年的合同纠纷", visibility=NoteVisibility.STAFF, author=officer, at=NOW
    )
    return enterprise


def test_the_brief_says_what_a_leader_needs_on_the_way(client, officer, leader):
    text = words(printed(client, leader, lighthouse(officer), "zh-hans"))

    for wanted in [
        "成都灯塔影视文化有限公司", "校友企业", "上市公司", "1,320", "91350100M000100Y43", "何芳", "13800001234",
        "王敏", "后期剪辑实习生", "影视动画", "校外实习基地协议", "每年接收实习生", "捐赠设备", "灯塔订单班", "12",
        "20", "明年扩建制作中心", "宣讲会后的电话", "车间参观后的谈话", "校友聚会上见面", "不要提去年的合同纠纷",
    ]:  # fmt: skip
        assert wanted in text, wanted
    for unwanted in ["离职者", "已经满足的需求", "过期协议", "做过讲座", "最早的一次"]:
        assert unwanted not in text, unwanted


def test_the_language_asked_for_is_not_that_of_the_reader(client, officer):
    enterprise = lighthouse(officer)

    english = words(printed(client, officer, enterprise, "en"))
    chinese = words(printed(client, officer, enterprise, "zh-hans"))
    other = words(printed(client, officer, enterprise, "fr"))

    assert ("Promises:1open,1kept,1notkept" in english, "Firstcontact" in english) == (True, True)
    assert ("Firstcontact" in chinese, "主联系人" in chinese) == (False, True)
    assert other == chinese if officer.language == "zh-hans" else other == english


def test_the_file_offers_it_in_both_languages(client, leader):
    enterprise = EnterpriseFactory()
    client.force_login(leader)

    html = client.get(reverse("partnerships:enterprise", args=[enterprise.pk])).content.decode()

    address = reverse("partnerships:brief", args=[enterprise.pk])
    offered = [f"{address}?language={language}" in html for language in ("zh-hans", "en")]
    assert offered == [True, True]


@LANGUAGES
def test_it_stays_one_page_however_much_is_on_file(client, officer, language):
    enterprise = EnterpriseFactory(
        legal_name="四川省成都市高新技术产业开发区" * 13,
        name_en="W" * 200,
        about="#let x = 1 *not markup* $ " * 200,
        address="a" * 200,
        owner=officer,
        staff_count=123456,
    )
    enterprise.flags.set([FlagFactory(code=f"f{n}", name_zh=f"很长的标记名称{n}" * 3) for n in range(15)])
    for number in range(30):
        ContactFactory(
            enterprise=enterprise, name="长" * 80, title="职" * 120, email="e" * 60 + f"{number}@enterprise.example",
            is_primary=number == 0, known_by=officer,
        )  # fmt: skip
        NeedFactory(enterprise=enterprise, description="需" * 300)
        CommitmentFactory(enterprise=enterprise, description="P" * 300, unit="u" * 30, number="123456789012.25")
        signed_agreement(enterprise=enterprise, title="协议" * 100)
        Programme.objects.create(enterprise=enterprise, kind=ProgrammeKind.ORDER_CLASS, name="班" * 200)
        notes.add_note(
            enterprise, text="换行\n\n\n" * 900, visibility=NoteVisibility.STAFF, we_spoke=True, by=officer, at=NOW
        )

    text = words(printed(client, officer, enterprise, language))

    assert ("另有29位" in text) if language == "zh-hans" else ("and29moreonfile" in text)


def test_an_empty_file_is_one_page_too(client, leader):
    enterprise = EnterpriseFactory(
        legal_name="会润集团", name_en="", nature=None, industry=None, province=None, city=""
    )

    text = words(printed(client, leader, enterprise, "en"))

    assert "会润集团" in text
    assert "Nocontactisonfileyet." in text
    assert text.count("Nothingonfile.") == 6


def test_paper_holds_only_what_all_staff_may_read(client, officer):
    enterprise = EnterpriseFactory()
    for visibility, text in [("private", "只有我知道"), ("office", "只给办公室"), ("staff", "大家都该知道")]:
        notes.add_note(enterprise, text=text, visibility=visibility, we_spoke=True, by=officer, at=NOW)

    text = words(printed(client, officer, enterprise))

    assert ("只有我知道" in text, "只给办公室" in text, "大家都该知道" in text) == (False, False, True)


def test_agreements_of_another_college_are_not_on_it(client, college_staff):
    enterprise = EnterpriseFactory()
    signed_agreement(enterprise=enterprise, title="他院协议").colleges.add(CollegeFactory())
    signed_agreement(enterprise=enterprise, title="全校协议")

    text = words(printed(client, college_staff, enterprise))

    assert ("他院协议" in text, "全校协议" in text) == (False, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    enterprise = EnterpriseFactory(owner=officer)
    for _ in range(rows):
        ContactFactory(enterprise=enterprise, known_by=officer)
        NeedFactory(enterprise=enterprise)
        CommitmentFactory(enterprise=enterprise)
        signed_agreement(enterprise=enterprise)
        Programme.objects.create(enterprise=enterprise, kind=ProgrammeKind.ORDER_CLASS, name="班")
        Note.objects.create(enterprise=enterprise, text="注", visibility="staff", author=officer, at=NOW)
        record(enterprise, TimelineKind.NOTE, by=officer, at=NOW, text="谈话")
    client.force_login(officer)

    # session, person, roles; file, former names, flags, tags, colleges; contacts, also known by, school, answer,
    # last contacts, needs, majors, programmes, outcomes, agreements, promises, notes
    with django_assert_num_queries(17):
        client.get(reverse("partnerships:brief", args=[enterprise.pk]))
