"""Stopping mails of a matter from a mail, without signing in."""

import pytest
from django.urls import reverse

from notifications.choices import Channel, Matter, Pace
from notifications.leaving import stop_path
from notifications.models.preferences import Preference, StoppedLetter
from tests.factories.notifications import EmailFactory, LetterFactory

pytestmark = pytest.mark.django_db


def test_looking_at_the_page_changes_nothing(client):
    page = client.get(stop_path(LetterFactory()))

    assert page.status_code == 200
    assert not StoppedLetter.objects.exists()


def test_somebody_outside_stops_letters_of_a_matter_and_twice_is_once(client):
    path = stop_path(LetterFactory(address="li@enterprise.example", matter=Matter.SURVEY))

    client.post(path)
    client.post(path)

    assert list(StoppedLetter.objects.values_list("address", "matter")) == [("li@enterprise.example", "survey")]


def test_somebody_of_the_school_stops_mails_and_keeps_the_inbox(client, student):
    client.post(stop_path(EmailFactory(recipient=student, matter=Matter.POSTING)))

    chosen = Preference.objects.values_list("user", "matter", "channel", "pace")
    assert list(chosen) == [(student.pk, Matter.POSTING, Channel.EMAIL, Pace.OFF)]


def test_the_page_speaks_its_readers_language_and_tells_nobody_its_address(client, student):
    student.language = "zh-hans"
    student.save()

    page = client.get(stop_path(EmailFactory(recipient=student, matter=Matter.POSTING)))

    assert 'lang="zh-Hans"' in page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.headers["Cache-Control"]


def test_another_language_may_be_asked_for(client, student):
    path = stop_path(EmailFactory(recipient=student, matter=Matter.POSTING))

    assert "No more e-mails" in client.get(f"{path}?language=en").content.decode()


def test_a_link_that_was_not_made_here_does_not_exist(client):
    assert client.post(reverse("notifications:stop", args=["made-up"])).status_code == 404
    assert not StoppedLetter.objects.exists()


def test_letters_that_must_arrive_cannot_be_stopped():
    assert stop_path(LetterFactory(matter=Matter.AGREEMENT)) == ""


def test_a_link_that_is_opened_very_often_has_to_wait(client, monkeypatch):
    monkeypatch.setattr("core.outside.REQUESTS_A_MINUTE", 1)
    path = stop_path(LetterFactory())
    client.get(path)

    assert client.post(path).status_code == 429
    assert not StoppedLetter.objects.exists()
