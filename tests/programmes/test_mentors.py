"""Mentors: appointed for a term, seen on campus, counted for the year."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from pypdf import PdfReader

from core.errors import RuleBroken, StaleEdit
from partnerships.choices.programmes import AppearanceKind, MentorKind
from partnerships.choices.timeline import TimelineKind as K
from partnerships.models.mentors import Mentor, MentorAppearance, MentorAppointment
from partnerships.models.timeline import TimelineEntry
from partnerships.timeline import describe
from programmes.selectors import mentors as selectors
from programmes.selectors.letters import letter_pdf, next_number
from programmes.services import mentors
from tests.factories.accounts import CollegeFactory
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def appointed(officer, **fields):
    fields = {"name": "曾建", "title": "总经理", "from_on": date(2026, 1, 1), "to_on": date(2026, 12, 31), **fields}
    return mentors.appoint_mentor(fields.pop("enterprise", None) or EnterpriseFactory(), **fields, by=officer, at=NOW)


def appeared(mentor, officer, on=TODAY, subject="机器人调试", **fields):
    return mentors.record_appearance(mentor, subject=subject, held_on=on, **fields, by=officer, at=NOW)


def test_an_appointment_has_its_term_its_letter_and_its_word_on_the_timeline(officer):
    mentor = appointed(officer, number="聘〔2026〕001号", pay_per_hour=Decimal(300), expertise="机器人")

    term = mentor.appointments.get()
    assert (term.from_on, term.to_on, term.number, term.kind) == (
        date(2026, 1, 1), date(2026, 12, 31), "聘〔2026〕001号", MentorKind.INDUSTRY,
    )  # fmt: skip
    assert (mentor.version, mentor.expertise, term.appointed_by, term.appointed_at) == (1, "机器人", officer, NOW)
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.link) == (K.MENTOR_APPOINTED, f"/mentors/{mentor.pk}/")
    with translation.override("en"):
        assert describe(entry) == "Industry mentor appointed: 曾建 · 总经理"


@pytest.mark.parametrize("who", ["college_staff", "leader", "student", "stranger"])
def test_only_the_office_appoints_and_nothing_is_written(request, officer, who):
    user, mentor = request.getfixturevalue(who), appointed(officer)
    term = mentor.appointments.get()
    before = TimelineEntry.objects.count()

    for act in (
        lambda: appointed(user, name="李四"),
        lambda: mentors.appoint_again(mentor, fields={"from_on": date(2027, 1, 1)}, by=user, at=NOW),
        lambda: mentors.end_appointment(term, on=TODAY, by=user, at=NOW),
        lambda: mentors.set_annual_target(name="甲", number=1, unit="人", by=user),
    ):
        with pytest.raises(PermissionDenied):
            act()

    term.refresh_from_db()
    assert (Mentor.objects.count(), MentorAppointment.objects.count(), term.to_on) == (1, 1, date(2026, 12, 31))
    assert TimelineEntry.objects.count() == before


def test_a_person_is_appointed_once_and_gets_further_terms(officer):
    mentor = appointed(officer)

    with pytest.raises(RuleBroken) as refused:
        appointed(officer, enterprise=mentor.enterprise)

    assert refused.value.field == "name"
    mentors.appoint_again(mentor, fields={"from_on": date(2027, 1, 1), "to_on": date(2027, 12, 31)}, by=officer, at=NOW)
    assert [term.from_on.year for term in mentor.appointments.all()] == [2027, 2026]
    assert Mentor.objects.count() == 1


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (date(2026, 12, 31), date(2027, 12, 31)),
        (None, date(2026, 1, 1)),
        (date(2026, 6, 1), None),
        (None, None),
    ],
)
def test_terms_of_one_kind_do_not_overlap(officer, begins, ends):
    mentor = appointed(officer)

    with pytest.raises(RuleBroken, match="overlaps"), translation.override("en"):
        mentors.appoint_again(mentor, fields={"from_on": begins, "to_on": ends}, by=officer, at=NOW)
    assert mentor.appointments.count() == 1

    other = {"kind": MentorKind.MASTER, "from_on": begins, "to_on": ends}
    mentors.appoint_again(mentor, fields=other, by=officer, at=NOW)
    assert mentor.appointments.count() == 2


def test_a_term_does_not_end_before_it_begins(officer):
    with pytest.raises(ValidationError):
        appointed(officer, from_on=date(2026, 2, 1), to_on=date(2026, 1, 31))
    mentor = appointed(officer, name="李四")

    with pytest.raises(RuleBroken):
        mentors.end_appointment(mentor.appointments.get(), on=date(2025, 12, 31), by=officer, at=NOW)
    with pytest.raises(RuleBroken):
        mentors.end_appointment(mentor.appointments.get(), on=date(2027, 1, 1), by=officer, at=NOW)

    assert mentor.appointments.get().to_on == date(2026, 12, 31)
    mentors.end_appointment(mentor.appointments.get(), on=TODAY, by=officer, at=NOW)
    assert [each.pk for each in Mentor.objects.appointed_on(TODAY)] == [mentor.pk]
    assert list(Mentor.objects.appointed_on(date(2026, 11, 21))) == []


def test_a_number_of_a_letter_is_given_once(officer):
    assert next_number(2026) == "聘〔2026〕001号"
    appointed(officer, number="聘〔2026〕009号")
    assert next_number(2026) == "聘〔2026〕010号"

    with pytest.raises(ValidationError):
        appointed(officer, name="李四", number="聘〔2026〕009号")
    assert Mentor.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [("zh-hans", "聘书", "特此聘请曾建"), ("en", "Letter of appointment", "We hereby appoint 曾建")],
)
def test_the_letter_is_one_page_in_either_language(officer, language, title, words):
    mentor = appointed(officer, number="聘〔2026〕001号", college=CollegeFactory(name_zh="数字学院", name_en="Digital"))

    with translation.override(language):
        pages = PdfReader(BytesIO(letter_pdf(mentor.appointments.get()))).pages

    assert len(pages) == 1
    text = "".join(pages[0].extract_text().split())
    for fact in (title, words, "聘〔2026〕001号", "总经理", "2026"):
        assert "".join(fact.split()) in text


def test_what_was_done_on_campus_is_recorded_once_a_day(officer, college_staff):
    mentor = appointed(officer)

    appeared(mentor, college_staff, hours=Decimal("2.5"), audience=120, pay=Decimal(800))

    row = mentor.appearances.get()
    assert (row.hours, row.audience, row.pay, row.paid_on, row.by) == (
        Decimal("2.5"), 120, Decimal(800), None, college_staff,
    )  # fmt: skip
    entry = TimelineEntry.objects.filter(kind=K.MENTOR_APPEARED).get()
    assert entry.text == "曾建 · 机器人调试"
    mentor.enterprise.refresh_from_db()
    assert mentor.enterprise.last_contact_at == NOW
    with pytest.raises(ValidationError):
        appeared(mentor, officer)
    assert mentor.appearances.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"on": date(2026, 11, 21)}, "held_on"),
        ({"paid_on": TODAY}, "pay"),
        ({"pay": Decimal(1), "paid_on": date(2026, 11, 21)}, "paid_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(officer, fields, field):
    mentor = appointed(officer)

    with pytest.raises(RuleBroken) as refused:
        appeared(mentor, officer, **fields)

    assert refused.value.field == field
    assert not MentorAppearance.objects.exists()


def test_a_stranger_records_nothing(officer, student):
    mentor = appointed(officer)
    with pytest.raises(PermissionDenied):
        appeared(mentor, student)
    assert not MentorAppearance.objects.exists()


def test_a_correction_keeps_before_and_after_and_a_mistake_is_taken_out(officer, college_staff):
    mentor = appointed(officer)
    row = appeared(mentor, officer, hours=Decimal(2), pay=Decimal(600))

    mentors.change_appearance(row, fields={"paid_on": TODAY}, by=college_staff, at=NOW)
    changed = TimelineEntry.objects.filter(kind=K.MENTOR_CHANGED).get()
    assert [(c["field"], c["before"], c["after"]) for c in changed.changes] == [("paid_on", None, "2026-11-20")]

    with pytest.raises(PermissionDenied):
        mentors.remove_appearance(row, by=college_staff, at=NOW)
    assert mentor.appearances.count() == 1
    mentors.remove_appearance(row, by=officer, at=NOW)
    assert mentor.appearances.count() == 0
    last = TimelineEntry.objects.order_by("pk").last()
    with translation.override("en"):
        assert describe(last) == "Industry mentor changed: 曾建 · 机器人调试 2026-11-20 (removed)"


def test_two_who_change_a_mentor_are_told(officer, college_staff):
    mentor = appointed(officer)
    mentors.change_mentor(mentor, version=1, fields={"expertise": "PLC"}, by=college_staff, at=NOW)

    with pytest.raises(StaleEdit):
        mentors.change_mentor(mentor, version=1, fields={"expertise": "焊接"}, by=officer, at=NOW)

    mentor.refresh_from_db()
    assert (mentor.expertise, mentor.version) == ("PLC", 2)


def test_who_counts_for_the_year_counts_once(officer):
    one, two, three = (appointed(officer, name=name) for name in "甲乙丙")
    appeared(one, officer, on=date(2026, 3, 1), hours=Decimal(2), pay=Decimal(600), paid_on=date(2026, 4, 1))
    appeared(one, officer, on=date(2026, 12, 31).replace(month=5), hours=Decimal(4), pay=Decimal(900))
    appeared(two, officer, on=date(2025, 12, 31), kind=AppearanceKind.COURSE)

    assert selectors.mentors_of(2026) == 1
    assert selectors.mentors_of(2025) == 1
    rows = {row.name: (row.appeared, row.hours) for row in selectors.mentor_list(officer, {}, on=TODAY)}
    assert rows == {"甲": (2, Decimal(6)), "乙": (0, None), "丙": (0, None)}
    counts = selectors.mentor_list(officer, {"counts": "yes"}, on=TODAY)
    assert [row.name for row in counts] == ["甲"]
    assert [row.name for row in selectors.mentor_list(officer, {"counts": "yes", "year": 2025}, on=TODAY)] == ["乙"]
    assert selectors.years_of(one) == [selectors.YearOfMentor(2026, 2, Decimal(6), Decimal(600), Decimal(900))]
    assert selectors.years_of(three) == []
