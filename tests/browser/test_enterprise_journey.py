"""An officer signs in, sees what needs doing, finds an enterprise and reads its file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models.people import User
from partnerships.choices.agreements import AgreementState
from partnerships.choices.enterprises import EnterpriseLevel
from partnerships.choices.needs import NeedKind
from partnerships.models.enterprises import Enterprise
from partnerships.services.contacts import add_contact
from partnerships.services.enterprises import add_enterprise
from partnerships.services.needs import record_need
from placements.choices import PostingState
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, in_one_line, panel, rows_of, two_readers
from tests.factories.accounts import MajorFactory, student
from tests.factories.partnerships import (
    AgreementFactory,
    EnterpriseFactory,
    FlagFactory,
    IndustryFactory,
    NatureFactory,
    ProvinceFactory,
    signed_agreement,
)
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.visits import FollowUpFactory, led_visit, reported_visit
from visits.choices import VisitState

PASSWORD = "correct horse battery"
NEED = "后期剪辑实习生"
ZH, EN = "成都灯塔影视文化有限公司", "Chengdu Lighthouse Film & Culture Co., Ltd."
Check = Callable[[Page], None]


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    cache.clear()


@pytest.fixture
def enterprise(transactional_db: None, officer: User, leader: User) -> Enterprise:
    """A file with something behind each of its tabs."""
    now, today = timezone.now(), timezone.localdate()
    EnterpriseFactory(legal_name="南充丝路纺织有限公司", name_en="Nanchong Silk Road Textile Co., Ltd.")
    enterprise = add_enterprise(
        by=officer,
        at=now - timedelta(minutes=3),
        fields={
            "legal_name": ZH,
            "name_en": EN,
            "short_name": "灯塔影视",
            "province": ProvinceFactory(),
            "city": "成都",
            "address": "高新区天府大道1号",
            "nature": NatureFactory(),
            "industry": IndustryFactory(),
            "level": EnterpriseLevel.CORE,
            "staff_count": 1320,
            "staff_counted_on": date(2026, 1, 31),
            "owner": officer,
            "website": "https://lighthouse.example/",
            "flags": [
                FlagFactory(code="specialised", name_zh="专精特新企业", name_en="Specialised and innovative SME")
            ],
            "about": "影视制作与后期。",
        },
    )
    add_contact(
        enterprise,
        fields={
            "name": "何芳", "title": "人力资源总监", "phone": "138 0000 1234", "email": "he@lighthouse.example",
            "is_primary": True, "known_by": officer,
        },
        by=officer,
        at=now - timedelta(minutes=2),
    )  # fmt: skip
    major = MajorFactory(name_zh="影视动画", name_en="Film Animation")
    asked = {"kind": NeedKind.INTERNS, "description": "后期剪辑实习生", "headcount": 8, "monthly_pay": 3000}
    record_need(enterprise, fields=asked, majors=[major], by=officer, at=now - timedelta(minutes=1))
    visit = reported_visit(enterprise=enterprise, starts_on=today - timedelta(days=20), goal="洽谈实习基地")
    FollowUpFactory(visit=visit, what="寄送人才培养方案", owner=officer, due_on=today - timedelta(days=1))
    led_visit(leader, enterprise=enterprise, starts_on=today + timedelta(days=3), goal="回访实习生")
    led_visit(leader, enterprise=enterprise, starts_on=today - timedelta(days=2), state=VisitState.HELD, goal="座谈")
    ends = today + timedelta(days=30)
    signed_agreement(enterprise=enterprise, title="校外实习基地协议", ends_on=ends, number="XQ-2025-08")
    AgreementFactory(enterprise=enterprise, title="订单班协议", state=AgreementState.IN_REVIEW)
    posting = PostingFactory(enterprise=enterprise, title="剪辑助理", title_en="Assistant editor")
    PostingFactory(enterprise=enterprise, title="调色师", title_en="Colourist", state=PostingState.IN_REVIEW)
    ApplicationFactory(posting=posting, student=student(name="刘洋", name_en="Liu Yang"), submitted_at=now)
    return enterprise


def sign_in(page: Page, reader: Reader, login: str, check: Check) -> None:
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name=reader.either("Sign in", "登录"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(reader.either("Sign in", "登录"))
    check(page)
    page.get_by_label(reader.say("E-mail, staff number or student number")).fill(login)
    page.get_by_label(reader.either("Password", "密码"), exact=True).fill(PASSWORD)
    page.get_by_role("button", name=reader.either("Sign in", "登录"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(reader.either("My work today", "今日工作"))


def officer_page(page_for: PageFor, officer: User, reader: Reader) -> Page:
    """A browser in which nobody has signed in yet; the officer's own settings wait in the portal."""
    User.objects.filter(pk=officer.pk).update(language=reader.language)
    page = page_for(language=reader.language, width=reader.width, theme="auto")
    page.emulate_media(color_scheme=reader.light)
    return page


@two_readers
def test_an_officer_signs_in_by_staff_number(reader, page_for: PageFor, officer, assert_sound):
    page = officer_page(page_for, officer, reader)

    sign_in(page, reader, officer.number, assert_sound)

    assert_sound(page)
    assert User.objects.get(last_login__isnull=False) == officer


@two_readers
def test_an_officer_finds_an_enterprise_and_reads_its_file(
    reader, page_for: PageFor, officer, enterprise, assert_sound
):
    page = officer_page(page_for, officer, reader)
    sign_in(page, reader, officer.email, assert_sound)
    assert_sees_what_needs_doing(page, reader)
    assert_sound(page)

    find(page, reader, assert_sound)
    assert_file_is_whole(page, reader)
    assert_sound(page)
    open_each_tab(page, reader, assert_sound)


def assert_sees_what_needs_doing(page: Page, reader: Reader) -> None:
    def on(days: int) -> str:
        return reader.day(timezone.localdate() + timedelta(days=days), "MONTH_DAY_FORMAT")

    name, officer, leader = reader.either(EN, ZH), reader.either("Wang Min", "王敏"), reader.either("Chen Li", "陈立")
    ends = reader.say("ends %(day)s", day=on(30))
    expected = {
        "Follow-ups due": [f"寄送人才培养方案 {name} · {officer} {reader.either('overdue', '已逾期')} {on(-1)}"],
        "Visits in the next seven days": [f"{name} {on(3)} · {leader} {reader.either('Planned', '计划中')}"],
        "Visits without a report": [f"{name} {on(-2)} · {leader} {reader.either('Report', '填写报告')}"],
        "Agreements to see to": [
            f"校外实习基地协议 {name} · {ends} {reader.either('Expiring', '即将到期')}",
            f"订单班协议 {name} {reader.either('In review', '审核中')}",
        ],
        "Postings to review": [
            f"{reader.either('Colourist', '调色师')} {name} {reader.either('closes 31 Dec', '12月31日截止')}"
        ],
        "Applications nobody has looked at": [
            f"{reader.either('Liu Yang Assistant editor', '刘洋 剪辑助理')} · {name} {on(0)}"
        ],
    }
    shown = {title: in_one_line(panel(page, reader.say(title)).get_by_role("listitem")) for title in expected}
    assert shown == expected


def find(page: Page, reader: Reader, check: Check) -> None:
    """By a part of the name, as it is typed; the list follows."""
    name = reader.either(EN, ZH)
    page.get_by_role("link", name=reader.either("Find an enterprise", "查找单位")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(reader.either("Enterprises", "用人单位"))
    expect(page.get_by_role("status")).to_have_text(reader.either("2 rows", "2 条"))
    page.get_by_label(reader.say("Search"), exact=True).press_sequentially(reader.either("lighth", "灯塔"))
    expect(page.get_by_role("status")).to_have_text(reader.either("1 row", "1 条"))
    cells = rows_of(page.get_by_role("table"))
    assert [row[1] for row in cells] == [
        f"{name} 灯塔影视 · {reader.either('Other enterprises · 1320 people', '其他企业 · 1320 人')}"
    ]
    check(page)
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def assert_file_is_whole(page: Page, reader: Reader) -> None:
    officer = reader.either("Wang Min", "王敏")
    facts = panel(page, reader.either("Facts", "基本情况"))
    assert in_one_line(facts.get_by_role("definition")) == [
        reader.either("— Unverified Verify", "— 未核验 去核验"),
        reader.either("Core", "核心"),
        reader.either("Other enterprises", "其他企业"),
        reader.either("Information transmission, software and IT services", "信息传输、软件和信息技术服务业"),
        f"{reader.either('Sichuan', '四川省')} 成都 高新区天府大道1号",
        reader.either("1,320 · 1,000–9,999 people (31 Jan 2026)", "1,320 · 1000–9999人 (2026-01-31)"),
        officer,
        "https://lighthouse.example/",
    ]
    contacts = rows_of(panel(page, reader.either("Contacts", "联系人")).get_by_role("table"))
    assert [row[:3] for row in contacts] == [
        [
            f"何芳 {reader.say('First contact')} 人力资源总监",
            "138 0000 1234 he@lighthouse.example",
            officer,
        ]
    ]
    assert what_happened(panel(page, reader.say("Latest", "timeline"))) == said_of_file(reader)


def said_of_file(reader: Reader) -> list[str]:
    return [
        reader.either("Need recorded: 后期剪辑实习生 (Interns)", "登记需求：后期剪辑实习生（实习生）"),
        reader.either("Contact added: 何芳 · 人力资源总监", "新增联系人：何芳 · 人力资源总监"),
        reader.either(f"File opened: {ZH}", f"建立档案：{ZH}"),
    ]


def what_happened(part: Locator) -> list[str]:
    """The sentences of a timeline, without hour and author."""
    return [line.splitlines()[0].strip() for line in part.get_by_role("listitem").all_inner_texts()]


def open_each_tab(page: Page, reader: Reader, check: Check) -> None:
    expected = {
        "Visits": visits_shown(reader),
        "Agreements": agreements_shown(reader),
        "Postings": postings_shown(reader),
        "Needs": needs_shown(reader),
    }
    open_tab(page, reader, "Timeline")
    assert what_happened(page.locator("#rows")) == said_of_file(reader)
    check(page)
    for tab, rows in expected.items():
        open_tab(page, reader, tab)
        assert rows_of(page.get_by_role("table")) == rows
        check(page)


def open_tab(page: Page, reader: Reader, tab: str) -> None:
    link = page.get_by_role("navigation", name=reader.say("Parts of the file")).get_by_role(
        "link", name=reader.say(tab), exact=True
    )
    link.click()
    expect(link).to_have_attribute("aria-current", "page")
    expect(link).to_be_in_viewport(ratio=0.9)  # on a phone the row of tabs is longer than the screen


def visits_shown(reader: Reader) -> list[list[str]]:
    soon, held, reported = (reader.day(timezone.localdate() + timedelta(days=days)) for days in (3, -2, -20))
    form, leader = reader.either("Going out · On site", "走出去 · 实地走访"), reader.either("Chen Li", "陈立")
    return [
        [f"{soon} 回访实习生", leader, form, reader.either("Planned", "计划中"), "—"],
        [f"{held} 座谈", leader, form, reader.either("Held no report yet", "已走访 暂无走访报告"), "—"],
        [f"{reported} 洽谈实习基地", "—", form, reader.either("Reported", "已报告"), "—"],
    ]


def agreements_shown(reader: Reader) -> list[list[str]]:
    kind, ends = reader.either("Practice base", "实习基地"), timezone.localdate() + timedelta(days=30)
    starts = reader.either("1 Jan 2026", "2026-01-01")
    return [
        [
            f"订单班协议 {kind}",
            reader.either("In review", "审核中"),
            starts,
            reader.either("31 Dec 2028", "2028-12-31"),
        ],
        [
            f"校外实习基地协议 {kind} · XQ-2025-08",
            reader.say("Expiring"),
            starts,
            reader.day(ends, "SHORT_DATE_FORMAT"),
        ],
    ]


def postings_shown(reader: Reader) -> list[list[str]]:
    rest = [reader.either("negotiable", "面议"), reader.say("all majors"), reader.day(date(2030, 12, 31))]
    return [
        [reader.either("Colourist Internship", "调色师 实习"), *rest, reader.say("In review", "posting"), "0"],
        [reader.either("Assistant editor Internship", "剪辑助理 实习"), *rest, reader.say("Published", "posting"), "1"],
    ]


def needs_shown(reader: Reader) -> list[list[str]]:
    what, major = (
        reader.either("后期剪辑实习生 Interns · From staff", "后期剪辑实习生 实习生 · 教职工提供"),
        reader.either("Film Animation", "影视动画"),
    )
    today = reader.day(timezone.localdate(), "SHORT_DATE_FORMAT")
    state = reader.either(
        f"Open Edit {NEED} Close {NEED} confirmed {today} · Wang Min Still correct {NEED}",
        f"进行中 编辑 {NEED} 办结 {NEED} {today} 核实 · 王敏 确认仍然无误 {NEED}",
    )
    return [[what, major, "8", "3,000", "—", reader.either("Wang Min", "王敏"), state]]
