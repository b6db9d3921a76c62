"""Notes for oneself, the office or all staff."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errors import RuleBroken
from partnerships.choices.enterprises import NoteVisibility
from partnerships.choices.timeline import TimelineKind
from partnerships.models.notes import Note
from partnerships.models.timeline import TimelineEntry
from partnerships.services import notes
from tests.factories.partnerships import ContactFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOKEN = "00000000-0000-4000-8000-000000000001"
V = NoteVisibility


def page(name, record):
    return reverse(f"partnerships:{name}", args=[record.pk])


def write(enterprise, author, visibility=V.STAFF, **more):
    return notes.add_note(enterprise, **{"text": "先打电话", "visibility": visibility, "by": author, "at": NOW, **more})


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        (V.PRIVATE, ["college_staff"]),
        (V.OFFICE, ["college_staff", "officer", "admin"]),
        (V.STAFF, ["college_staff", "officer", "admin", "leader"]),
    ],
)
def test_a_note_is_read_by_those_it_is_for(request, client, college_staff, visibility, readers):
    enterprise = EnterpriseFactory()
    write(enterprise, college_staff, visibility, text="只对该看的人", we_spoke=True)

    seen = {"notes": [], "timeline": [], "enterprise": []}
    for who in ["college_staff", "officer", "admin", "leader"]:
        client.force_login(request.getfixturevalue(who))
        for name, found in seen.items():
            if "只对该看的人" in client.get(page(name, enterprise)).content.decode():
                found.append(who)

    assert seen == {"notes": readers, "timeline": readers, "enterprise": readers}


def test_a_private_note_is_not_on_the_repair_pages_either(client, college_staff, admin):
    admin.is_superuser = True
    admin.save()
    write(EnterpriseFactory(), college_staff, V.PRIVATE, text="只有我", we_spoke=True)
    client.force_login(admin)

    response = client.get(reverse("admin:partnerships_timelineentry_changelist"))

    assert response.status_code == 200
    assert "只有我" not in response.content.decode()


def test_a_note_is_no_contact_unless_it_says_so(officer):
    enterprise = EnterpriseFactory()

    write(enterprise, officer)

    enterprise.refresh_from_db()
    assert enterprise.last_contact_at is None
    assert not TimelineEntry.objects.exists()


@pytest.mark.parametrize(
    ("visibility", "private", "office_only", "counts"),
    [(V.PRIVATE, True, False, False), (V.OFFICE, False, True, True), (V.STAFF, False, False, True)],
)
def test_we_spoke_stands_on_the_timeline_and_counts(officer, visibility, private, office_only, counts):
    enterprise = EnterpriseFactory()

    note = write(enterprise, officer, visibility, we_spoke=True)

    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.text, entry.at, entry.by) == (TimelineKind.NOTE, "先打电话", NOW, officer)
    assert (entry.private_to == officer, entry.office_only) == (private, office_only)
    assert entry.link == f"{page('notes', enterprise)}#note-{note.pk}"
    enterprise.refresh_from_db()
    assert enterprise.last_contact_at == (NOW if counts else None)


def test_changing_a_note_takes_its_entry_along(officer):
    enterprise = EnterpriseFactory()
    note = write(enterprise, officer, we_spoke=True)
    contact = ContactFactory(enterprise=enterprise)

    notes.change_note(note, text="改过", visibility=V.PRIVATE, contact=contact, we_spoke=True, by=officer)

    note.refresh_from_db()
    assert (note.text, note.visibility, note.contact, note.at) == ("改过", V.PRIVATE, contact, NOW)
    entry = TimelineEntry.objects.get()
    assert (entry.text, entry.private_to) == ("改过", officer)
    enterprise.refresh_from_db()
    assert enterprise.last_contact_at is None


def test_deleting_a_note_gives_back_the_contact_before(officer):
    enterprise = EnterpriseFactory()
    write(enterprise, officer, we_spoke=True, at=NOW - timedelta(days=9))
    note = write(enterprise, officer, we_spoke=True)

    notes.delete_note(note, by=officer)

    enterprise.refresh_from_db()
    assert enterprise.last_contact_at == NOW - timedelta(days=9)
    assert (Note.objects.count(), TimelineEntry.objects.count()) == (1, 1)


def test_a_note_is_its_authors_alone(officer, admin):
    note = write(EnterpriseFactory(), officer)

    with pytest.raises(PermissionDenied):
        notes.change_note(note, text="别人的话", visibility=V.STAFF, contact=None, we_spoke=True, by=admin)
    with pytest.raises(PermissionDenied):
        notes.delete_note(note, by=admin)

    note.refresh_from_db()
    assert note.text == "先打电话"
    assert not TimelineEntry.objects.exists()


def test_a_note_is_about_a_contact_of_the_same_file(officer):
    with pytest.raises(RuleBroken):
        write(EnterpriseFactory(), officer, contact=ContactFactory())

    assert not Note.objects.exists()


def test_students_write_no_notes(student):
    with pytest.raises(PermissionDenied):
        write(EnterpriseFactory(), student)

    assert not Note.objects.exists()


def test_a_note_sent_twice_is_there_once(client, leader):
    contact = ContactFactory()
    client.force_login(leader)
    said = {"form_token": TOKEN, "text": "见过面", "contact": contact.pk, "visibility": "office", "we_spoke": "on"}

    answers = [client.post(page("notes", contact.enterprise), said) for _ in range(2)]

    note = Note.objects.get()
    assert {answer["Location"] for answer in answers} == {page("notes", contact.enterprise)}
    assert (note.author, note.text, note.contact, note.visibility) == (leader, "见过面", contact, V.OFFICE)
    assert TimelineEntry.objects.get().office_only


def test_a_note_without_text_is_asked_for_again(client, officer):
    enterprise = EnterpriseFactory()
    client.force_login(officer)

    response = client.post(page("notes", enterprise), {"form_token": TOKEN, "text": " ", "visibility": "private"})

    assert list(response.context["form"].errors) == ["text"]
    assert response.context["form"]["visibility"].value() == "private"
    assert not Note.objects.exists()


def test_a_note_is_edited_and_deleted_on_its_pages(client, officer):
    note = write(EnterpriseFactory(), officer, we_spoke=True)
    client.force_login(officer)
    form = client.get(page("note_edit", note)).context["form"]
    assert (form["text"].value(), form["we_spoke"].value()) == ("先打电话", True)

    client.post(page("note_edit", note), {"text": "先写信", "visibility": "staff"})

    note.refresh_from_db()
    assert note.text == "先写信"
    assert not TimelineEntry.objects.exists()

    client.post(page("note_delete", note))
    assert not Note.objects.exists()


@pytest.mark.parametrize(("visibility", "status"), [(V.PRIVATE, 404), (V.OFFICE, 403)])
def test_another_persons_note_is_refused(client, officer, admin, visibility, status):
    note = write(EnterpriseFactory(), officer, visibility)
    client.force_login(admin)

    answers = [
        client.get(page("note_edit", note)),
        client.post(page("note_edit", note), {"text": "x", "visibility": "staff"}),
        client.post(page("note_delete", note)),
    ]

    assert [answer.status_code for answer in answers] == [status] * 3
    note.refresh_from_db()
    assert note.text == "先打电话"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_notes_cost_the_same_for_any_number(client, officer, django_assert_num_queries, rows):
    enterprise = EnterpriseFactory()
    for _ in range(rows):
        write(enterprise, officer, contact=ContactFactory(enterprise=enterprise))
    client.force_login(officer)

    with django_assert_num_queries(9):  # session, person, roles, enterprise, count, notes, contacts, school, inbox
        response = client.get(page("notes", enterprise))

    assert response.content.decode().count('id="note-') == rows


@pytest.mark.parametrize("who", ["student", "stranger"])
def test_for_others_there_is_nothing(request, client, officer, who):
    note = write(EnterpriseFactory(), officer)
    client.force_login(request.getfixturevalue(who))

    answers = [
        client.get(page("notes", note.enterprise)),
        client.post(page("notes", note.enterprise), {"form_token": TOKEN, "text": "x", "visibility": "staff"}),
        client.get(page("note_edit", note)),
        client.post(page("note_delete", note)),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert Note.objects.get() == note
