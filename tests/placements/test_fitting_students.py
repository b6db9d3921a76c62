"""The reverse: which students fit a posting and have not applied, and inviting them."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.choices import Level, Role
from core.errors import RuleBroken
from notifications.choices import Channel, Matter
from notifications.models.messages import OutgoingMessage
from notifications.models.preferences import Preference
from placements.choices import PostingState
from placements.models.postings import PostingLanguage
from placements.selectors import fitting_students as selectors
from placements.services.inviting import Invited, invite_students
from tests.factories.accounts import CollegeFactory, MajorFactory, person, student
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def address(posting, name="fitting_students"):
    return reverse(f"placements:{name}", args=[posting.pk])


def names(rows):
    return [row.profile.user.name_en for row in rows]


def shown(response):
    return names(response.context["page"])


@pytest.fixture
def major(college):
    return MajorFactory(code="560201", name_en="Animation", college=college)


def test_who_fits_and_has_not_applied(officer, major):
    posting = PostingFactory(class_of=2027, level=Level.BACHELOR, major_classes=["56"])
    posting.majors.set([MajorFactory(code="510101")])
    given = {"class_of": 2027, "profile_level": Level.MASTER}
    student(name_en="Fits", major=major, **given)
    student(name_en="Named", major=posting.majors.get(), **given)
    student(name_en="Other major", major=MajorFactory(code="510102"), **given)
    student(name_en="Other class", major=major, class_of=2026, profile_level=Level.MASTER)
    student(name_en="Level", major=major, class_of=2027)
    student(name_en="Gone", major=major, is_active=False, **given)
    ApplicationFactory(posting=posting, student=student(name_en="Applied", major=major, **given))
    graduated = student(name_en="No student any more", major=major, **given)
    graduated.role_grants.update(ends_on=TODAY - timedelta(days=1))

    rows = selectors.students_for(posting, officer, {}, on=TODAY)

    assert names(rows) == ["Named", "Fits"]
    assert [row.points for row in rows] == [30, 20]


def test_the_reverse_agrees_with_what_the_student_is_told(officer, major):
    posting = PostingFactory(city="成都", pay_max=4000)
    PostingLanguage.objects.create(posting=posting, language="en", level="b1")
    student(major=major, profile_cities=["成都"], profile_pay_from=5000)

    (row,) = selectors.students_for(posting, officer, {}, on=TODAY)

    assert selectors.in_words(row.reasons, passed=True) == ["all majors", "成都"]
    assert selectors.in_words(row.reasons, passed=False) == ["English B1", "up to 4,000 yuan a month"]


def test_staff_look_before_a_posting_opens(officer, major):
    student(name_en="Fits", major=major)

    rows = selectors.students_for(PostingFactory(state=PostingState.DRAFT), officer, {}, on=TODAY)

    assert names(rows) == ["Fits"]


def test_only_so_many_are_compared_and_the_page_says_so(client, officer, major, monkeypatch):
    monkeypatch.setattr(selectors, "MOST_COMPARED", 2)
    for name in ("First", "Second", "Third"):
        student(name_en=name, major=major)
    client.force_login(officer)

    response = client.get(address(PostingFactory()))

    assert shown(response) == ["First", "Second"]
    assert "Only the first 2 students by number are compared." in response.content.decode()


def test_college_staff_read_their_own_students_only(client, college_staff, major):
    student(name_en="Own", major=major)
    student(name_en="Of others")
    client.force_login(college_staff)

    response = client.get(address(PostingFactory()))

    assert shown(response) == ["Own"]
    assert [row.major_name for row in response.context["numbers"]] == ["Animation"]
    assert "Of others" not in response.content.decode()


def test_leadership_reads_numbers_only(client, leader, major):
    posting = PostingFactory()
    student(name_en="Hidden One", major=major)
    ApplicationFactory(posting=posting, student=student(name_en="Hidden Two", major=major))
    client.force_login(leader)

    response = client.get(address(posting))

    assert [(row.major_name, row.fitting, row.applied) for row in response.context["numbers"]] == [("Animation", 2, 1)]
    assert "page" not in response.context
    assert "Hidden" not in response.content.decode()
    assert "Hidden" not in client.get(address(posting), {"format": "xlsx"}).content.decode()


@pytest.mark.parametrize("reader", ["student", "stranger"])
@pytest.mark.parametrize("name", ["fitting_students", "invite"])
def test_students_find_nothing(client, request, reader, name):
    client.force_login(request.getfixturevalue(reader))

    method = client.get if name == "fitting_students" else client.post
    assert method(address(PostingFactory(), name)).status_code == 404


def test_the_list_is_narrowed_by_college_major_and_invitation(client, officer, major, now):
    posting, other = PostingFactory(), MajorFactory(college=CollegeFactory())
    own = student(name_en="Own", major=major)
    student(name_en="Beside", major=MajorFactory(college=major.college))
    student(name_en="Other", major=other)
    invite_students(posting, [own.pk], by=officer, at=now)
    client.force_login(officer)

    def found(**wanted):
        return sorted(shown(client.get(address(posting), wanted)))

    assert found() == ["Beside", "Other", "Own"]
    assert found(college=major.college.pk) == ["Beside", "Own"]
    assert found(major=major.pk) == ["Own"]
    assert found(invited="no") == ["Beside", "Other"]
    assert found(college="nonsense") == ["Beside", "Other", "Own"]


def test_the_export_holds_exactly_what_is_filtered(client, officer, major):
    student(name_en="Own", number="S1", major=major, profile_cities=["成都"])
    student(name_en="Other")
    client.force_login(officer)

    response = client.get(
        address(PostingFactory(city="上海")),
        {"major": major.pk, "format": "xlsx", "columns": ["all", "number", "name"]},
    )

    sheet = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0)
    assert sheet.to_python()[1:] == [
        ["S1", "Own", "School of Digital Media", "Animation", 2027, "Vocational diploma", 0, "all majors", "上海", ""]
    ]


def test_a_student_is_told_once_in_their_language(officer, major, now):
    posting = PostingFactory(title="影视剪辑", title_en="Film editing", enterprise__legal_name="启明影视")
    posting.majors.set([major])
    one = student(language="zh-hans", major=major)

    first = invite_students(posting, [one.pk], by=officer, at=now)
    second = invite_students(posting, [one.pk], by=officer, at=now + timedelta(days=1))

    assert (first, second) == (Invited(1, 0), Invited(0, 1))
    sent = OutgoingMessage.objects.filter(channel=Channel.INBOX).get()
    assert (sent.recipient, sent.matter, sent.link) == (one, Matter.POSTING, f"/postings/{posting.pk}/")
    assert (sent.still_due, sent.subject_id) == ("placements.posting", posting.pk)
    assert "影视剪辑" in sent.subject
    assert "启明影视" in sent.body


def test_who_applied_does_not_fit_or_is_of_others_is_passed_over(college_staff, major, now):
    posting = PostingFactory(class_of=2027)
    applied, late = student(major=major), student(major=major, class_of=2026)
    of_others, fits = student(), student(major=major)
    ApplicationFactory(posting=posting, student=applied)
    chosen = [applied.pk, late.pk, of_others.pk, fits.pk, college_staff.pk, 999_999]

    invited = invite_students(posting, chosen, by=college_staff, at=now)

    assert invited == Invited(1, 5)
    assert set(OutgoingMessage.objects.values_list("recipient", flat=True)) == {fits.pk}


def test_who_turned_such_messages_off_is_counted_as_not_told(officer, major, now):
    one = student(major=major)
    for channel in Channel:
        Preference.objects.create(user=one, matter=Matter.POSTING, channel=channel)

    assert invite_students(PostingFactory(), [one.pk], by=officer, at=now) == Invited(0, 1)
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize(
    ("fields", "chosen", "text"),
    [
        (
            {"closes_on": TODAY - timedelta(days=1)},
            [1],
            "Students are invited while the posting is open for applications.",
        ),
        ({"state": PostingState.DRAFT}, [1], "Students are invited while the posting is open for applications."),
        ({}, [], "Choose the students to invite."),
        ({}, range(201), "At most 200 students are invited at once."),
    ],
)
def test_what_cannot_be_invited_says_why(officer, now, fields, chosen, text):
    with pytest.raises(RuleBroken, match=text):
        invite_students(PostingFactory(**fields), chosen, by=officer, at=now)

    assert not OutgoingMessage.objects.exists()


def test_leadership_and_students_invite_nobody(leader, student, now):
    for by in (leader, student):
        with pytest.raises(PermissionDenied):
            invite_students(PostingFactory(), [student.pk], by=by, at=now)

    assert not OutgoingMessage.objects.exists()


def test_the_button_invites_the_chosen_and_says_how_many(client, officer, major):
    posting = PostingFactory()
    chosen = [student(major=major).pk, student(major=major).pk]
    client.force_login(officer)

    response = client.post(address(posting, "invite"), {"student": [*chosen, "nonsense", "9" * 30]}, follow=True)

    page = response.content.decode()
    assert "2 students have been invited." in page
    assert set(OutgoingMessage.objects.values_list("recipient", flat=True)) == set(chosen)
    again = client.post(address(posting, "invite"), {"student": chosen}, follow=True).content.decode()
    assert "2 were passed over" in again
    assert OutgoingMessage.objects.filter(channel=Channel.INBOX).count() == 2


def test_a_posting_that_is_not_open_has_no_button(client, officer, major):
    student(major=major)
    client.force_login(officer)

    page = client.get(address(PostingFactory(state=PostingState.DRAFT))).content.decode()

    assert "Invite the chosen ones" not in page
    assert "Students are invited while the posting is open for applications." in page


def test_staff_of_two_colleges_read_both(college_staff, major):
    second = CollegeFactory()
    college_staff.role_grants.create(role=Role.COLLEGE, college=second, starts_on=date(2020, 1, 1))
    student(name_en="One", major=major)
    student(name_en="Two", major=MajorFactory(college=second))

    assert sorted(names(selectors.students_for(PostingFactory(), college_staff, {}, on=TODAY))) == ["One", "Two"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_students(client, officer, django_assert_num_queries, rows):
    posting = PostingFactory()
    PostingLanguage.objects.create(posting=posting, language="en", level="b1")
    for _ in range(rows):
        student()
    client.force_login(officer)

    # session, person, roles, posting, majors, languages asked, numbers, invitations, students, languages spoken,
    # school, bell
    with django_assert_num_queries(12):
        response = client.get(address(posting))

    assert len(response.context["page"].object_list) == rows
    assert timezone.localdate() <= posting.closes_on


def test_nobody_is_named_by_a_person_without_a_role(client):
    client.force_login(person(None))

    assert client.get(address(PostingFactory())).status_code == 404
