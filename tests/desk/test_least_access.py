"""What an enterprise reads of who applied: as it was sent, and nothing of the account behind it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from desk.selectors.applicants import READ, as_read
from partnerships.choices.timeline import TimelineKind
from placements.choices import ApplicationState
from placements.models.applications import Application
from placements.services.applying import snapshot_of
from tests.factories.accounts import student as make_student
from tests.factories.desk import account_of, address_of, asked_contact, shown
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

SENT = {
    "name": "sent-name", "name_en": "sent-english", "number": "secret-number", "email": "sent@mail.example",
    "phone": "sent-phone", "major": "sent-major", "major_en": "sent-major-en", "class_of": 2027,
    "class_name": "secret-class", "level": "bachelor", "skills": ["sent-skill"], "summary": "sent-summary",
    "languages": [{"language": "en", "level": "b2", "proof": "sent-proof"}], "summary_en": "sent-summary-en",
}  # fmt: skip


def _application(**fields: object) -> Application:
    student = make_student(name="account-name", name_en="account-english", number="account-number")
    return ApplicationFactory(student=student, snapshot=SENT, letter="sent-letter", **fields)


def test_exactly_these_fields_of_what_is_sent_are_read() -> None:
    snapshot = snapshot_of(make_student().student_profile)

    assert set(snapshot) - set(READ) == {"number", "class_name"}
    assert set(READ) - set(snapshot) == set()
    assert set(as_read(_application()).sent) == set(READ)


@pytest.mark.parametrize("way", ["link", "account"])
def test_neither_number_nor_account_stands_on_any_page(client: Client, way: str) -> None:
    application = _application()
    contact = asked_contact(enterprise=application.posting.enterprise)
    if way == "link":
        start = address_of(shown(application.posting, contact))
        pages = [start, f"{start}{application.pk}/"]
    else:
        client.force_login(account_of(contact))
        pages = [
            reverse("desk:posting", args=[application.posting_id]), reverse("desk:application", args=[application.pk]),
            reverse("desk:home"),
        ]  # fmt: skip

    texts = [client.get(page).content.decode() for page in pages]

    for text in texts:
        assert "secret-" not in text
        assert "account-" not in text
    for word in ("name", "english", "phone", "major-en", "skill", "proof", "summary-en", "letter"):
        assert f"sent-{word}" in texts[1]
    assert "sent-name" in texts[0]


def test_what_the_school_wrote_to_its_student_is_not_shown(client: Client, officer) -> None:
    application = _application(state=ApplicationState.INTERVIEW)
    application.moves.create(state="shortlisted", by=officer, at=application.submitted_at, note="words of the school")
    application.moves.create(
        state="interview", by=application.student, at=application.submitted_at, note="words of the student"
    )

    text = client.get(f"{address_of(shown(application.posting))}{application.pk}/").content.decode()

    assert "words of the school" not in text
    assert "words of the student" in text
    assert officer.name_en not in text


def test_an_answer_stands_on_the_timeline_once_and_names_nobody(client: Client) -> None:
    application = _application(posting=PostingFactory(title="剪辑师"))
    request = shown(application.posting)
    said = {"to": "shortlisted", "version": application.version, "reason": "Welcome, sent-name"}

    client.post(f"{address_of(request)}{application.pk}/answer/", said)
    client.post(f"{address_of(request)}{application.pk}/answer/", said)

    entries = application.posting.enterprise.timeline.filter(kind=TimelineKind.APPLICANT_ANSWERED)
    assert [(entry.text, entry.detail, entry.by, entry.link) for entry in entries] == [
        ("剪辑师 (李娜)", "shortlisted", None, reverse("placements:posting", args=[application.posting_id]))
    ]
