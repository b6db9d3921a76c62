"""Every change tells on the timeline what was and what is, in words of whoever reads it."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.utils import translation

from agreements.services import agreements, commitments, signatures
from partnerships.change_words import FINE, Part, changed_fields, marked
from partnerships.choices.agreements import AgreementState, CommitmentState, Side
from partnerships.choices.needs import NeedState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.timeline import TimelineEntry
from partnerships.services import contacts, needs
from partnerships.timeline import describe
from placements.choices import PostingState
from placements.services import postings
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import (
    AgreementFactory,
    CommitmentFactory,
    ContactFactory,
    EnterpriseFactory,
    NeedFactory,
)
from tests.factories.placements import PostingFactory
from tests.factories.visits import CampaignFactory, FollowUpFactory, led_visit
from visits.choices import FollowUpState, VisitState
from visits.services import planning, reporting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
K = TimelineKind


def told(entry: TimelineEntry, language: str = "en") -> list[tuple[str, str, str]]:
    """Rows as the table shows them."""
    with translation.override(language):
        return [(row.label, row.before, row.after) for row in changed_fields(entry)]


def of_kind(kind: TimelineKind) -> TimelineEntry:
    return TimelineEntry.objects.get(kind=kind)


def test_a_changed_contact_tells_each_field(officer):
    contact = ContactFactory(name="何芳", phone="139", title="人事经理")
    fields = {"name": "何芳", "phone": "138", "known_by": officer, "is_primary": True, "from_on": date(2026, 3, 1)}

    contacts.change_contact(contact, fields=fields, by=officer, at=NOW)

    entry = of_kind(K.CONTACT_CHANGED)
    assert (entry.text, entry.by, entry.at) == ("何芳", officer, NOW)
    assert told(entry) == [
        ("Phone", "139", "138"),
        ("Known by", "—", "Wang Min"),
        ("First contact", "No", "Yes"),
        ("From", "—", "1 Mar 2026"),
    ]
    assert told(entry, "zh-hans") == [
        ("电话", "139", "138"),
        ("校内熟识人", "—", "王敏"),
        ("主联系人", "否", "是"),
        ("开始日期", "—", "2026-03-01"),
    ]
    with translation.override("en"):
        assert describe(entry) == "Contact changed: 何芳 (phone; known by; first contact; from)"


def test_saving_a_contact_without_a_change_tells_nothing(officer):
    contact = ContactFactory(phone="139")

    contacts.change_contact(contact, fields={"phone": "139"}, by=officer, at=NOW)

    assert not TimelineEntry.objects.exists()


def test_who_loses_the_first_place_is_told_of_too(officer):
    old = ContactFactory(name="旧人", is_primary=True)

    contacts.add_contact(old.enterprise, fields={"name": "新人", "is_primary": True}, by=officer, at=NOW)

    entry = of_kind(K.CONTACT_CHANGED)
    assert (entry.text, told(entry)) == ("旧人", [("First contact", "Yes", "No")])


def test_a_contact_who_left_was_there_before(officer):
    contact = ContactFactory(is_primary=True)

    contacts.contact_left(contact, on=date(2026, 11, 19), by=officer, at=NOW)

    assert told(of_kind(K.CONTACT_LEFT)) == [("To", "—", "19 Nov 2026"), ("First contact", "Yes", "No")]


def test_a_closed_need_and_a_closed_promise_tell_their_end(officer):
    needs.close_need(NeedFactory(), state=NeedState.MET, result="录用五人", by=officer, at=NOW)
    kept = CommitmentState.KEPT
    commitments.close_commitment(
        CommitmentFactory(), state=kept, delivered=1200, evidence="名单", on=date(2026, 11, 20), by=officer, at=NOW
    )

    assert told(of_kind(K.NEED_CLOSED)) == [("State", "Open", "Met"), ("Result", "—", "录用五人")]
    assert told(of_kind(K.COMMITMENT_CLOSED)) == [
        ("State", "Open", "Kept"),
        ("Delivered", "—", "1,200"),
        ("Evidence", "—", "名单"),
    ]


def test_an_agreement_tells_what_it_says_now(officer, college):
    agreement = AgreementFactory(title="旧名", ends_on=date(2028, 12, 31))
    fields = {
        "title": "新名", "ends_on": date(2029, 12, 31), "renews_itself": True, "originals": 2026,
        "colleges": [college], "fields_of_cooperation": ["教材开发", "师资互聘"],
    }  # fmt: skip

    agreements.change_agreement(agreement, version=None, fields=fields, by=officer, at=NOW)

    assert told(of_kind(K.AGREEMENT_CHANGED)) == [
        ("Title", "旧名", "新名"),
        ("In force until", "31 Dec 2028", "31 Dec 2029"),
        ("Renews itself", "No", "Yes"),
        ("Number of originals", "—", "2026"),
        ("Colleges", "—", "School of Digital Media"),
        ("Fields of cooperation", "—", "教材开发, 师资互聘"),
    ]


def test_saving_an_agreement_as_it_is_tells_nothing(officer):
    agreement = AgreementFactory(title="旧名")

    agreements.change_agreement(agreement, version=None, fields={"title": "旧名"}, by=officer, at=NOW)

    assert not TimelineEntry.objects.exists()


def test_a_signed_agreement_tells_its_state_and_day(officer):
    agreement = AgreementFactory(state=AgreementState.AWAITING_SIGNATURES)
    for side in Side:
        signatures.record_signature(
            agreement, side=side, name=f"{side}", signed_on=date(2026, 11, 20), by=officer, at=NOW
        )

    assert told(of_kind(K.AGREEMENT_MOVED)) == [
        ("State", "Awaiting signatures", "Signed"),
        ("Signed on", "—", "20 Nov 2026"),
    ]


def test_who_may_not_read_an_agreement_is_not_told_what_it_says(officer, college_staff, college, leader):
    theirs, ours = AgreementFactory(title="他院"), AgreementFactory(title="本院")
    theirs.colleges.add(MajorFactory().college)
    ours.colleges.add(college)
    for agreement in (theirs, ours):
        agreements.change_agreement(agreement, version=None, fields={"number": agreement.title}, by=officer, at=NOW)

    seen = {
        user: sorted(TimelineEntry.objects.visible_to(user).values_list("text", flat=True))
        for user in (officer, leader, college_staff)
    }

    assert seen == {officer: ["他院", "本院"], leader: ["他院", "本院"], college_staff: ["本院"]}


def test_a_visit_tells_its_plan(officer, leader):
    visit = led_visit(leader, goal="洽谈", starts_on=date(2026, 12, 1))
    guest = ContactFactory(enterprise=visit.enterprise, name="孙总")
    fields = {
        "starts_on": date(2026, 12, 2), "starts_at_time": time(14, 30), "leader": officer, "companions": [leader],
        "guests": [guest], "topics": ["实习", "就业"], "campaigns": [CampaignFactory(name="访企拓岗")],
    }  # fmt: skip

    planning.change_visit(visit, version=None, fields=fields, by=officer, at=NOW)

    assert told(of_kind(K.VISIT_CHANGED)) == [
        ("Date", "1 Dec 2026", "2 Dec 2026"),
        ("Time", "—", "14:30"),
        ("Campaigns", "—", "访企拓岗"),
        ("Led by", "Chen Li", "Wang Min"),
        ("Also from the school", "—", "Chen Li"),
        ("From the enterprise", "—", "孙总"),
        ("Topics", "—", "实习, 就业"),
    ]


def test_saving_a_plan_as_it_is_tells_nothing(officer, leader):
    visit = led_visit(leader, starts_on=date(2026, 12, 1))

    planning.change_visit(visit, version=None, fields={"leader": leader, "topics": []}, by=officer, at=NOW)

    assert not TimelineEntry.objects.exists()


def test_a_visit_and_a_follow_up_tell_where_they_went(officer, leader):
    visit = led_visit(leader, starts_on=date(2026, 12, 1))
    planning.move_visit(visit, VisitState.CONFIRMED, by=officer, at=NOW)
    follow_up = FollowUpFactory(visit=visit, owner=officer)
    reporting.close_follow_up(follow_up, state=FollowUpState.DONE, result="已寄出", by=officer, at=NOW)

    assert told(of_kind(K.VISIT_MOVED), "zh-hans") == [("状态", "计划中", "已确认")]
    assert told(of_kind(K.FOLLOW_UP_DONE)) == [("State", "Open", "Done"), ("Result", "—", "已寄出")]


def test_a_posting_tells_its_text_and_its_state(officer):
    posting = PostingFactory(
        title="剪辑", state=PostingState.DRAFT, headcount=5, pay_max=None, closes_on=date(2026, 12, 31)
    )
    fields = {"title": "剪辑助理", "headcount": 1500, "pay_max": 12000}
    major = MajorFactory(name_zh="影视动画", name_en="Film Animation")

    postings.change_posting(posting, version=1, fields=fields, majors=[major], by=officer, at=NOW)

    assert told(of_kind(K.POSTING_CHANGED)) == [
        ("Title", "剪辑", "剪辑助理"),
        ("Places", "5", "1,500"),
        ("Pay to, yuan", "—", "12,000"),
        ("Majors", "—", "Film Animation"),
    ]


@pytest.mark.parametrize(
    ("model", "field", "before", "after", "row"),
    [
        ("partnerships.Enterprise", "level", "normal", "core", ("Level", "Normal", "Core")),
        ("partnerships.Enterprise", "level", "normal", "gone", ("Level", "Normal", "gone")),
        ("partnerships.Enterprise", "no_more", 1, 2.5, ("no_more", "1", "2.5")),
        ("nothing.Such", "at_all", None, ["甲", "乙"], ("at_all", "—", "甲, 乙")),
        ("partnerships.Enterprise", "staff_counted_on", "nonsense", None, ("Staff counted on", "nonsense", "—")),
        ("partnerships.Commitment", "number", "10", "1234.5", ("Number", "10", "1,234.5")),
        ("partnerships.Programme", "since", 2024, 2025, ("Since (year)", "2024", "2025")),
        ("partnerships.Enterprise", "city", None, {"zh-hans": "南充", "en": "Nanchong"}, ("City", "—", "Nanchong")),
        ("partnerships.Enterprise", "industry", {}, {"zh-hans": "制造业"}, ("Industry", "—", "制造业")),
        ("partnerships.Note", "at", "2026-11-20T09:00:00+00:00", None, ("at", "20 Nov 2026, 17:00", "—")),
    ],
)  # fmt: skip
def test_values_are_in_the_readers_words(model, field, before, after, row):
    change = {"model": model, "field": field, "before": before, "after": after}
    entry = TimelineEntry(kind=K.ENTERPRISE_CHANGED, changes=[change])

    ((label, was, now),) = told(entry)
    assert (label.lower(), was, now) == (row[0].lower(), *row[1:])


def test_every_label_of_a_change_is_translated(officer, leader):
    enterprise = EnterpriseFactory()
    models = {
        type(each)._meta.label: each
        for each in (
            enterprise, ContactFactory(), NeedFactory(), AgreementFactory(), CommitmentFactory(), PostingFactory(),
            led_visit(leader), FollowUpFactory(owner=officer),
        )
    }  # fmt: skip
    machinery = {"id", "version", "created_at", "updated_at", "search", "name_key", "name_sort", "initials",
                 "compared_key", "confirmed_at",
                 "confirmed_by", "confirmed_via", "archived_at", "merged_into", "last_contact_at", "published_at",
                 "created_by", "reported_at", "reported_by", "closed_at", "closed_on", "visit", "enterprise",
                 "agreement", "credit_code_state", "pay_monthly_min", "pay_monthly_max", "copied_from",
                 "offered_by", "major_codes", "words", "title_search", "title_sounds", "sounds", "event"}  # fmt: skip
    with translation.override("zh-hans"):
        english = [
            f"{label}.{field.name}"
            for label, record in models.items()
            for field in record._meta.fields
            if field.name not in machinery and str(field.verbose_name).isascii()
        ]

    assert english == []


def test_a_long_text_is_one_text_with_what_went_and_came():
    before = "公司主要从事影视制作与后期剪辑，员工约一千三百人，总部在成都高新区，"
    before += "另有南充分公司一家，近年以动画为主，并与多所院校合作开办订单班。"
    after = before.replace("一千三百", "一千五百").replace("动画", "数字内容")

    parts = list(marked(before, after))

    assert "".join(part.text for part in parts if part.kind == "gone") == "三动画"
    assert "".join(part.text for part in parts if part.kind == "came") == "五数字内容"
    assert [part.kind for part in parts][0] == "same"


def test_far_from_a_change_a_long_text_is_shortened():
    same = "a b c d e f g h i j k l m n o p q r s t u v w x y z " * 4

    parts = list(marked(f"{same}old {same}", f"{same}new {same}"))

    assert [part.kind for part in parts] == ["same", "gone", "came", "same"]
    assert (parts[1], parts[2]) == (Part("gone", "old"), Part("came", "new"))
    assert (parts[0].text[:2], parts[3].text[-2:]) == ("… ", " …")
    assert max(len(part.text) for part in parts) < 50


def test_very_long_texts_are_compared_clause_by_clause():
    sentences = [f"这是第{number}句话，说的是合作。" for number in range(200)]
    before = "".join(sentences)
    after = before.replace("第100句", "第一百句")
    assert len(before) > FINE

    gone = [part.text for part in marked(before, after) if part.kind == "gone"]

    assert gone == ["这是第100句话，"]


def test_two_texts_with_nothing_in_common_stand_side_by_side():
    change = {"model": "partnerships.Enterprise", "field": "about", "before": "甲" * 90, "after": "乙" * 90}

    (row,) = changed_fields(TimelineEntry(kind=K.ENTERPRISE_CHANGED, changes=[change]))

    assert (row.before, row.after, row.parts) == ("甲" * 90, "乙" * 90, ())


def test_amounts_are_kept_as_they_are_whatever_their_zeros(officer):
    commitment = CommitmentFactory(number=Decimal("10.00"), delivered=None)

    commitments.close_commitment(
        commitment, state=CommitmentState.KEPT, delivered=Decimal("10.50"), on=date(2026, 11, 20), by=officer, at=NOW
    )

    assert of_kind(K.COMMITMENT_CLOSED).changes[1] == {
        "model": "partnerships.Commitment", "field": "delivered", "before": None, "after": "10.5",
    }  # fmt: skip
