"""A visit from its plan to its checked report: the officer, the leader on the road, who follows up."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models.people import User
from accounts.models.school import Major
from accounts.working_days import working_days
from calendars.services.invitations import send_invitations
from partnerships.choices.agreements import CommitmentKind, Side
from partnerships.models.enterprises import Enterprise
from tests.browser.conftest import PageFor
from tests.browser.forms import open_steps
from tests.browser.reader import Reader, every_reader, in_one_line, panel, rows_of
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import CommitmentFactory, ContactFactory, EnterpriseFactory, NeedFactory
from tests.factories.visits import CampaignFactory
from tests.mails import text_of
from tests.servers import SmtpServer
from visits.choices import EvidenceKind, VisitState
from visits.models.campaigns import Campaign
from visits.models.results import FollowUp
from visits.models.visits import Visit

ZH, EN = "成都灯塔影视文化有限公司", "Chengdu Lighthouse Film & Culture Co., Ltd."
REPORT = {"name": "人才需求调研报告.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%demand\n%%EOF\n"}
Check = Callable[[Page], None]


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def campaign(transactional_db: None, today: date) -> Campaign:
    CampaignFactory(name="2026届访企拓岗专项行动", starts_on=today - timedelta(400), ends_on=today - timedelta(40))
    return CampaignFactory(
        name="2027届访企拓岗专项行动", starts_on=today - timedelta(30), ends_on=today + timedelta(200)
    )


@pytest.fixture
def enterprise(transactional_db: None) -> Enterprise:
    """Something is known of it before anybody goes."""
    enterprise = EnterpriseFactory(legal_name=ZH, name_en=EN, address="高新区天府大道1号", staff_count=1320)
    ContactFactory(enterprise=enterprise, name="何芳", title="人力资源总监", phone="138 0000 1234")
    ContactFactory(enterprise=enterprise, name="罗强", title="技术总监", phone="")
    NeedFactory(enterprise=enterprise, description="后期剪辑实习生", headcount=8)
    CommitmentFactory(enterprise=enterprise, description="接收实习生", due_on=date(2027, 6, 30))
    return enterprise


@pytest.fixture
def majors(transactional_db: None) -> list[Major]:
    names = (("影视动画", "Film Animation"), ("影视后期", "Post-production"), ("播音与主持", "Broadcasting"))
    return [MajorFactory(name_zh=zh, name_en=en) for zh, en in names]


def label(words: str) -> re.Pattern[str]:
    """The whole label; it ends in a star where something must be filled in."""
    return re.compile(rf"^\s*{re.escape(words)}\s*(\*[\s\S]*)?$")


def go_to(page: Page, reader: Reader, place: str, context: str = "") -> None:
    """By the menu: at the side of a wide screen, at the foot of a phone."""
    menu = page.get_by_role("navigation", name=reader.either("Main menu", "主菜单"))
    menu.get_by_role("link", name=reader.say(place, context), exact=True).click()


def told(page: Page, words: str) -> None:
    expect(page.locator(".messages").get_by_role("status")).to_have_text(words)


@every_reader
def test_a_visit_is_planned_held_reported_checked_and_followed_up(  # noqa: PLR0913
    reader,
    page_for: PageFor,
    officer,
    leader,
    college_staff,
    enterprise,
    campaign,
    majors,
    today,
    smtp_server: SmtpServer,
    assert_sound,
):
    User.objects.update(language=reader.language)

    def open_portal(user: User) -> Page:
        page = page_for(user, language=reader.language, width=reader.width, theme="auto")
        page.emulate_media(color_scheme=reader.light)
        page.goto("/")
        return page

    office = open_portal(officer)
    plan(office, reader, enterprise, today + timedelta(2), assert_sound)
    visit = assert_planned(officer, leader, enterprise, campaign, today + timedelta(2), reader)
    assert_leader_got_mail(smtp_server, reader, leader, visit)

    phone = open_portal(leader)
    open_the_message(phone, reader, visit, assert_sound)
    assert_briefing_is_whole(phone, reader, today + timedelta(2))
    assert_sound(phone)

    held_on = working_days().before(today, 1)  # a visit of a Sunday would be doubted
    Visit.objects.filter(pk=visit.pk).update(starts_on=held_on)  # days pass
    report(phone, reader, college_staff, today, assert_sound)
    assert_reported(visit, leader, college_staff, majors, today, reader)

    check_report(office, reader, held_on, assert_sound)
    visit.refresh_from_db()
    assert visit.state == VisitState.CHECKED
    assert list(visit.moves.order_by("pk").values_list("state", "by")) == [
        ("planned", officer.pk), ("held", leader.pk), ("reported", leader.pk), ("checked", officer.pk),
    ]  # fmt: skip

    desk = open_portal(college_staff)
    assert_owner_sees_follow_up(desk, reader, today, held_on, assert_sound)
    assert [mail["To"] for mail in smtp_server.messages] == [leader.email, college_staff.email]


def plan(page: Page, reader: Reader, enterprise: Enterprise, on: date, check: Check) -> None:
    page.get_by_role("link", name=reader.either("Plan a visit", "计划走访")).click()
    expect(page.get_by_text(reader.say("Which enterprise do you want to visit or invite?"))).to_be_visible()
    check(page)
    page.get_by_label(label(reader.say("Enterprise"))).press_sequentially(reader.either("lighth", "灯塔"))
    page.get_by_role("link", name=reader.either(EN, ZH), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(reader.either("Plan a visit", "计划走访"))
    expect(page.get_by_label(label(reader.say("Address")))).to_have_value("高新区天府大道1号")
    expect(page.get_by_label("2027届访企拓岗专项行动")).to_be_checked()
    expect(page.get_by_label("2026届访企拓岗专项行动")).not_to_be_checked()
    page.get_by_label(label(reader.either("Date", "日期"))).fill(f"{on:%Y-%m-%d}")
    page.get_by_label(label(reader.either("Time", "时间"))).fill("09:30")
    page.get_by_label(label(reader.say("Place"))).fill("3楼会议室")
    led_by = reader.either("Chen Li · Vice President", "陈立 · 副校长")
    page.get_by_label(label(reader.say("Led by"))).select_option(led_by)
    page.get_by_label("何芳 · 人力资源总监").check()
    page.get_by_label("罗强 · 技术总监").check()
    page.get_by_label(label(reader.say("Goal"))).fill("共建实习基地")
    page.get_by_label(label(reader.say("Topics"))).fill("实习岗位\n订单班")
    check(page)
    page.get_by_role("button", name=reader.either("Save the visit", "保存走访")).click()
    told(page, reader.say("The visit is planned. Everyone who takes part gets an invitation."))
    expect(page.get_by_role("heading", level=1)).to_have_text(reader.either(EN, ZH))
    check(page)


def assert_planned(
    officer: User, leader: User, enterprise: Enterprise, campaign: Campaign, on: date, reader: Reader
) -> Visit:
    visit = Visit.objects.get()
    assert (visit.enterprise, visit.organiser, visit.state) == (enterprise, officer, VisitState.PLANNED)
    assert (visit.starts_on, f"{visit.starts_at_time:%H:%M}") == (on, "09:30")
    assert (visit.direction, visit.medium, visit.place) == ("outgoing", "on_site", "3楼会议室")
    assert visit.address == "高新区天府大道1号"
    assert list(visit.campaigns.all()) == [campaign]
    assert [(topic.kind, topic.name) for topic in visit.topics.all()] == [("topic", "实习岗位"), ("topic", "订单班")]
    people = visit.participants.order_by("pk").values_list("side", "name", "part")
    assert list(people) == [
        ("school", leader.name, "leads"), ("enterprise", "何芳", "takes_part"), ("enterprise", "罗强", "takes_part"),
    ]  # fmt: skip
    return visit


def subject_of_plan(reader: Reader, on: date) -> str:
    day = reader.day(on, "SHORT_DATE_FORMAT")
    return reader.either(f"You lead a visit on {day}: {EN}", f"您将于 {day} 带队走访：{ZH}")


def assert_leader_got_mail(smtp_server: SmtpServer, reader: Reader, leader: User, visit: Visit) -> None:
    assert send_invitations(now=timezone.now()) == 1  # as beat does every minute
    [mail] = smtp_server.messages
    assert (mail["To"], mail["Subject"].strip()) == (leader.email, subject_of_plan(reader, visit.starts_on))
    lines = text_of(mail).splitlines()
    assert f"{reader.say('Where:')} 3楼会议室" in lines
    assert f"{reader.say('Open in the portal:')} http://testserver/visits/{visit.pk}/briefing/" in lines


def open_the_message(page: Page, reader: Reader, visit: Visit, check: Check) -> None:
    soon = panel(page, reader.either("Your next visits", "您接下来的走访")).get_by_role("listitem")
    day = reader.day(visit.starts_on, "MONTH_DAY_FORMAT")
    assert in_one_line(soon) == [f"{reader.either(EN, ZH)} {day} 09:30 · 3楼会议室 {reader.say('Briefing')}"]
    check(page)
    page.get_by_role("link", name=reader.either("Inbox: 1 unread message", "站内信：1 条未读")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(reader.either("Inbox", "站内信"))
    check(page)
    page.get_by_role("link", name=subject_of_plan(reader, visit.starts_on)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(subject_of_plan(reader, visit.starts_on))
    check(page)
    page.get_by_role("main").get_by_role("link", name=reader.either("Go to it", "前往查看")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(reader.either(EN, ZH))


def assert_briefing_is_whole(page: Page, reader: Reader, on: date) -> None:
    expect(page).to_have_title(re.compile(re.escape(reader.either("Briefing: Chengdu", "走访简报：成都"))))
    facts = in_one_line(panel(page, reader.say("Plan", "of a visit")).get_by_role("definition"))
    assert facts == [
        f"{reader.day(on)} 09:30",
        reader.either("Going out · On site", "走出去 · 实地走访"),
        "3楼会议室",
        "高新区天府大道1号",
        "共建实习基地",
        "实习岗位 订单班",
        "2027届访企拓岗专项行动",
        reader.either("Wang Min", "王敏"),
    ]
    hosts = panel(page, reader.say("From the enterprise"))
    assert in_one_line(hosts.get_by_role("listitem")) == ["何芳 人力资源总监 138 0000 1234", "罗强 技术总监"]
    expect(hosts.get_by_role("link", name="138 0000 1234")).to_have_attribute("href", "tel:13800001234")
    party = panel(page, reader.say("From the school")).get_by_role("listitem")
    assert in_one_line(party) == [reader.either("Chen Li Vice President Leads", "陈立 副校长 带队")]
    needs = panel(page, reader.say("Needs still open")).get_by_role("listitem")
    kind = reader.either("Graduates · 8", "毕业生 · 8")
    assert in_one_line(needs) == [f"后期剪辑实习生 {kind} {reader.say('not posted yet')}"]
    promises = panel(page, reader.say("Promises still open")).get_by_role("listitem")
    due = reader.either("Enterprise · due 30 Jun 2027", "企业 · 期限 2027-06-30")
    assert in_one_line(promises) == [f"接收实习生{reader.either(': ', '：')}10 人 {due}"]
    expect(page.get_by_role("link", name=reader.say("Write the report"))).to_have_count(0)


def report(page: Page, reader: Reader, owner: User, today: date, check: Check) -> None:
    """On the way home: who was there, what was said, offered, promised and is to be done."""
    go_to(page, reader, "Today", "menu")
    waiting = panel(page, reader.either("Waiting for your report", "待您填写报告"))
    waiting.get_by_role("link", name=reader.say("Report", "verb"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(reader.either("Report of a visit", "走访报告"))
    page.get_by_label("罗强 · 技术总监").uncheck()
    page.locator("#id_people-0-name").fill("周涛，剪辑主管")
    open_steps(page)
    page.get_by_label(label(reader.say("What was said"))).fill("企业扩招。\n明年春季接收实习生。")
    page.get_by_label(label(reader.say("The enterprise's feedback on teaching"))).fill("剪辑课时偏少。")
    offer(page, reader)
    promise(page, reader)
    to_do = page.get_by_role("group", name=reader.say("Follow-ups"), exact=True)
    to_do.get_by_label(label(reader.say("What is to be done"))).fill("寄送人才培养方案")
    by_whom = reader.either("Zhao Qian · Clerk", "赵倩 · 科员")
    to_do.get_by_label(label(reader.say("By whom"))).select_option(by_whom)
    to_do.get_by_label(label(reader.say("Until when"))).fill(f"{today + timedelta(5):%Y-%m-%d}")
    page.get_by_label(label(reader.either("Talent-demand report", "人才需求调研报告"))).set_input_files(REPORT)
    check(page)
    page.get_by_role("button", name=reader.either("Send the report", "提交报告")).click()
    told(page, reader.either("Thank you. The report is on file.", "谢谢，走访报告已提交。"))
    check(page)


def rows_under(page: Page, title: str) -> Locator:
    """The rows of a part of the report."""
    part = page.get_by_role("group", name=title)
    return part.locator(".row-sheet")


def offer(page: Page, reader: Reader) -> None:
    """For three majors: one row stands there, two are asked for."""
    title = reader.either("Posts and internships offered", "提供的就业与实习岗位")
    for _row in range(2):
        page.get_by_role("button", name=reader.say("Another major")).click()
    rows = rows_under(page, title)
    expect(rows).to_have_count(3)
    lines = (
        (reader.either("Film Animation", "影视动画"), "6", "5000", "12", "2500"),
        (reader.either("Post-production", "影视后期"), "", "", "4", ""),
        (reader.either("Broadcasting", "播音与主持"), "2", "", "", ""),
    )
    for row, (major, posts, pay, internships, internship_pay) in zip(rows.all(), lines, strict=True):
        row.get_by_label(label(reader.say("Major"))).select_option(major)
        row.get_by_label(reader.say("Posts"), exact=True).fill(posts)
        row.get_by_label(reader.say("Starting pay, yuan a month")).fill(pay)
        row.get_by_label(reader.say("Internships"), exact=True).fill(internships)
        row.get_by_label(reader.say("Internship pay, yuan a month")).fill(internship_pay)


def promise(page: Page, reader: Reader) -> None:
    """One of each side; the rows stand there."""
    theirs, ours = rows_under(page, reader.either("Promises of both sides", "双方承诺")).all()
    theirs.get_by_label(label(reader.say("Kind"))).select_option(reader.say("Equipment"))
    theirs.get_by_label(label(reader.say("Promise"))).fill("捐赠剪辑工作站")
    theirs.get_by_label(label(reader.say("Number"))).fill("20")
    theirs.get_by_label(label(reader.say("Unit"))).fill("台")
    theirs.get_by_label(label(reader.say("Due on"))).fill("2027-09-01")
    ours.get_by_label(label(reader.say("Promised by"))).select_option(reader.either("School", "学校"))
    ours.get_by_label(label(reader.say("Promise"))).fill("每学期开设企业课程")


def assert_reported(visit: Visit, leader: User, owner: User, majors: list[Major], today: date, reader: Reader) -> None:
    visit.refresh_from_db()
    assert (visit.state, visit.reported_by) == (VisitState.REPORTED, leader)
    assert visit.minutes.splitlines() == ["企业扩招。", "明年春季接收实习生。"]
    assert visit.feedback == "剪辑课时偏少。"
    people = visit.participants.order_by("pk").values_list("side", "name", "title", "was_present")
    assert list(people) == [
        ("school", "陈立", "副校长", True),
        ("enterprise", "何芳", "人力资源总监", True),
        ("enterprise", "罗强", "技术总监", False),
        ("enterprise", "周涛", "剪辑主管", True),
    ]
    offered = visit.outcomes.order_by("pk").values_list("major", "posts", "post_pay", "internships", "internship_pay")
    animation, post_production, broadcasting = (major.pk for major in majors)
    assert list(offered) == [
        (animation, 6, 5000, 12, 2500), (post_production, 0, None, 4, None), (broadcasting, 2, None, 0, None),
    ]  # fmt: skip
    promised = visit.commitments.order_by("pk").values_list("side", "kind", "description", "number", "unit", "due_on")
    assert list(promised) == [
        (Side.ENTERPRISE, CommitmentKind.EQUIPMENT, "捐赠剪辑工作站", Decimal(20), "台", date(2027, 9, 1)),
        (Side.SCHOOL, CommitmentKind.OTHER, "每学期开设企业课程", None, "", None),
    ]
    follow_up = FollowUp.objects.get()
    assert (follow_up.visit, follow_up.what, follow_up.owner) == (visit, "寄送人才培养方案", owner)
    assert (follow_up.due_on, follow_up.state) == (today + timedelta(5), "open")
    paper = visit.evidence.get()
    assert (paper.kind, paper.name, paper.added_by) == (EvidenceKind.TALENT_DEMAND_REPORT, REPORT["name"], leader)
    with paper.file.open() as file:
        assert file.read() == REPORT["buffer"]


def check_report(page: Page, reader: Reader, held_on: date, check: Check) -> None:
    go_to(page, reader, "Visits")
    expect(page.get_by_role("status")).to_have_text(reader.either("1 visit", "1 次走访"))
    assert rows_of(page.get_by_role("table")) == [
        [
            f"{reader.either(EN, ZH)} 共建实习基地",
            f"{reader.day(held_on)} 09:30",
            reader.either("Chen Li", "陈立"),
            reader.either("Going out · On site", "走出去 · 实地走访"),
            reader.either("Reported", "已报告"),
            "24",
        ]
    ]
    check(page)
    page.get_by_role("link", name=reader.either(EN, ZH), exact=True).click()
    assert_report_is_whole(page, reader)
    with page.expect_download() as arriving:
        page.get_by_role("link", name=REPORT["name"], exact=True).click()
    assert arriving.value.suggested_filename == REPORT["name"]
    assert arriving.value.path().read_bytes() == REPORT["buffer"]
    page.get_by_role("link", name=reader.say("Check the report"), exact=True).click()
    doubts = panel(page, reader.say("Doubts"))
    expect(doubts.get_by_role("listitem")).to_have_count(1)  # a demand report is no photo
    check(page)
    page.get_by_label(reader.say("I have weighed the doubts above")).check()
    page.get_by_role("button", name=reader.say("Checked", "verb"), exact=True).click()
    told(page, reader.say("The report is checked."))
    check(page)


def assert_report_is_whole(page: Page, reader: Reader) -> None:
    said = panel(page, reader.either("What was said", "访谈纪要"))
    expect(said).to_contain_text("明年春季接收实习生。")
    expect(said).to_contain_text("剪辑课时偏少。")
    offered = panel(page, reader.either("Offered per major", "各专业提供岗位数")).get_by_role("table")
    assert [row[:5] for row in rows_of(offered)] == [
        [reader.either("Film Animation", "影视动画"), "6", "5,000", "12", "2,500"],
        [reader.either("Post-production", "影视后期"), "0", "—", "4", "—"],
        [reader.either("Broadcasting", "播音与主持"), "2", "—", "0", "—"],
    ]
    assert offered.locator("..").evaluate("frame => frame.scrollWidth - frame.clientWidth") == 0
    if reader.is_narrow:  # the words before a number wrap instead of running into it
        pay = offered.locator("tbody td").nth(2)
        assert pay.evaluate("cell => getComputedStyle(cell, '::before').whiteSpace") == "normal"
    promises = panel(page, reader.either("Promises", "承诺")).get_by_role("listitem")
    state = reader.say("Open")
    theirs = reader.either(": 20 台 Enterprise · due 1 Sep 2027", "：20 台 企业 · 期限 2027-09-01")
    assert in_one_line(promises) == [
        f"捐赠剪辑工作站{theirs} {state}",
        f"每学期开设企业课程 {reader.either('School', '学校')} {state}",
    ]
    hosts = panel(page, reader.say("From the enterprise")).get_by_role("listitem")
    assert in_one_line(hosts) == [
        "何芳 人力资源总监 138 0000 1234",
        f"罗强 技术总监 {reader.either('was not there', '未到场')}",
        "周涛 剪辑主管",
    ]


def assert_owner_sees_follow_up(page: Page, reader: Reader, today: date, held_on: date, check: Check) -> None:
    name, owner = reader.either(EN, ZH), reader.either("Zhao Qian", "赵倩")
    due = panel(page, reader.either("Follow-ups due", "到期跟进"))
    assert in_one_line(due.get_by_role("listitem")) == [
        f"寄送人才培养方案 {name} · {owner} {reader.day(today + timedelta(5), 'MONTH_DAY_FORMAT')}"
    ]
    check(page)
    due.get_by_role("link", name=reader.either("All follow-ups", "全部跟进事项")).click()
    expect(page.get_by_role("status")).to_have_text(reader.either("1 follow-up", "1 项跟进"))
    state = reader.say("Open", "follow-up")
    what = f"寄送人才培养方案 {reader.say('Hand on or move')} 寄送人才培养方案"
    visit = f"{name} {reader.day(held_on, 'SHORT_DATE_FORMAT')}"
    rows = [[what, visit, owner, reader.day(today + timedelta(5), "SHORT_DATE_FORMAT"), state]]
    assert rows_of(page.get_by_role("table")) == rows
    check(page)
