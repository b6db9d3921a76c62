"""A student who types an address that is not theirs: every answer is a no, and nothing has changed afterwards."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from core.errors import RuleBroken
from events.services.seats import sign_up
from following.models import SavedSearch
from placements.choices import ApplicationState
from placements.models.interviews import InterviewSlot
from placements.models.resumes import ResumeEntry
from placements.services.applications import move_application, withdraw_application
from placements.services.applying import apply
from placements.services.interviews import book_hour, give_back_hour
from tests.factories.accounts import MajorFactory
from tests.factories.accounts import student as make_student
from tests.factories.events import OpenEventFactory
from tests.factories.guidance import AppointmentFactory
from tests.factories.placements import InterviewSlotFactory, PostingFactory, invited
from tests.factories.resumes import kept_resume, sent_file

pytestmark = pytest.mark.django_db
APPS = ("placements", "events", "guidance", "following", "notifications", "partnerships")


def everything():
    """Every row of what students have to do with, by table; what a sign-in writes is not among it."""
    tables = [model for label in APPS for model in apps.get_app_config(label).get_models() if model._meta.managed]
    return {model._meta.label: sorted(map(repr, model._default_manager.values_list())) for model in tables}


@pytest.fixture
def me(client):
    """A student of the class of 2027, signed in, who reads English."""
    student = make_student(class_of=2027)
    client.force_login(student)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return student


@pytest.fixture
def theirs():
    """What another student has: an application with a file and a booked hour, a résumé, a ticket, an appointment."""
    other = make_student()
    slot = InterviewSlotFactory(starts_at=timezone.now() + timedelta(days=1))
    application = invited(slot.posting, student=other)
    book_hour(application, slot, by=other, at=timezone.now())
    free = InterviewSlotFactory(posting=slot.posting, starts_at=slot.ends_at)
    event = OpenEventFactory(held_on=timezone.localdate() + timedelta(days=3))
    ends = timezone.now() + timedelta(days=2)
    return {
        "application": application.pk,
        "file": (application.pk, sent_file(application).pk),
        "slot": free.pk,
        "resume": kept_resume(other).pk,
        "entry": ResumeEntry.objects.create(student=other, section="award", title="奖").pk,
        "ticket": sign_up(event, student=other, at=timezone.now()).ticket,
        "appointment": AppointmentFactory(student=other, slot__starts_at=ends).pk,
        "search": SavedSearch.objects.create(
            user=other, name="剪辑", query="find=剪辑", at=timezone.now(), told_until=timezone.now()
        ).pk,
    }


GETS = [
    ("placements:application", "application"), ("placements:document", "file"), ("placements:resume", "resume"),
    ("placements:entry_edit", "entry"), ("events:ticket", "ticket"), ("events:ticket_code", "ticket"),
    ("guidance:appointment", "appointment"), ("guidance:appointment_edit", "appointment"),
    ("following:search_edit", "search"), ("placements:interview_edit", "slot"),
]  # fmt: skip
POSTS = [
    ("placements:application_move", "application", {"to": "accepted", "version": 1}),
    ("placements:application_withdraw", "application", {}),
    ("placements:application_note", "application", {"text": "x"}),
    ("placements:interview_book", "application", {"slot": "slot"}),
    ("placements:interview_give_back", "application", {}),
    ("placements:interview_cancel", "slot", {}),
    ("placements:resume_delete", "resume", {}),
    ("placements:entry_edit", "entry", {"section": "award", "title": "x", "version": 1}),
    ("placements:entry_delete", "entry", {}),
    ("guidance:appointment_edit", "appointment", {"topic": "resume", "question": "x"}),
    ("guidance:appointment_cancel", "appointment", {}),
    ("guidance:appointment_mark", "appointment", {"state": "held"}),
    ("guidance:note_new", "appointment", {"text": "x"}),
    ("following:search_edit", "search", {"name": "x", "frequency": "never", "version": 1}),
    ("following:search_delete", "search", {}),
]  # fmt: skip


def address_of(name, key):
    return reverse(name, args=key if isinstance(key, tuple) else [key])


@pytest.mark.parametrize(("name", "of"), GETS)
def test_what_is_another_student_s_is_not_there(client, me, theirs, name, of):
    before = everything()

    assert client.get(address_of(name, theirs[of])).status_code == 404

    assert everything() == before


@pytest.mark.parametrize(("name", "of", "sent"), POSTS)
def test_what_is_another_student_s_is_not_changed(client, me, theirs, name, of, sent):
    before = everything()
    sent = {key: theirs.get(value, value) for key, value in sent.items()} | {"form_token": str(uuid.uuid4())}

    assert client.post(address_of(name, theirs[of]), sent).status_code == 404

    assert everything() == before


def test_a_ticket_of_somebody_else_lets_nobody_in(client, me, theirs):
    before = everything()

    assert client.post(address_of("events:ticket", theirs["ticket"])).status_code == 404

    assert everything() == before


def test_the_services_say_no_as_well(me, theirs, now):
    application = invited()
    slot = InterviewSlot.objects.get(pk=theirs["slot"])
    before = everything()

    for deny in (
        lambda: withdraw_application(application, by=me, at=now),
        lambda: move_application(application, ApplicationState.OFFERED, by=me, at=now),
        lambda: book_hour(application, slot, by=me, at=now),
        lambda: give_back_hour(application, by=me, at=now),
    ):
        with pytest.raises(PermissionDenied):
            deny()

    assert everything() == before


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"class_of": 2026}, "Only for the class of 2026; you are in the class of 2027."),
        ({"level": "master"}, "Asks for at least: "),
        ({"major_classes": ["99"]}, "Only for 99 (broad class)"),
    ],
    ids=["class", "level", "major"],
)
def test_a_posting_for_others_is_read_with_the_reason_and_not_applied_to(client, me, now, fields, reason):
    posting = PostingFactory(**fields)
    page, form = (reverse(f"placements:{name}", args=[posting.pk]) for name in ("posting", "apply"))
    before = everything()

    answers = [
        client.get(page),
        client.get(form),
        client.post(form, {"form_token": str(uuid.uuid4()), "letter": "您好"}),
    ]
    with pytest.raises(RuleBroken):
        apply(posting, student=me, at=now)

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert [reason in answer.content.decode() for answer in answers] == [True] * 3
    assert everything() == before


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"class_of": 2026}, "This event is for the class of 2026."), ({}, "This event is for other majors than yours.")],
    ids=["class", "major"],
)
def test_an_event_for_others_takes_no_sign_up(client, me, now, fields, reason):
    event = OpenEventFactory(held_on=timezone.localdate() + timedelta(days=3), **fields)
    if not fields:
        event.majors.set([MajorFactory()])
    before = everything()

    answer = client.post(reverse("events:sign_up", args=[event.pk]), {"form_token": str(uuid.uuid4())})
    with pytest.raises(PermissionDenied, match=reason):
        sign_up(event, student=me, at=now)

    assert answer.status_code == 403
    assert everything() == before
