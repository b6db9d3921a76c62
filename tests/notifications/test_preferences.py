"""How soon one hears of what, and where; and the robot of one's chat."""

import pytest
from django.urls import reverse

from notifications.choices import Channel, Matter, Pace
from notifications.models.messages import OutgoingMessage
from notifications.models.preferences import ChatRobot, Preference
from notifications.selectors.preferences import chosen
from notifications.services.notifying import notify
from tests.factories.notifications import NOON

pytestmark = pytest.mark.django_db
PAGE = "notifications:preferences"
ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"


def entered(**paces: str) -> dict[str, str]:
    """The whole table as it usually is, but for what is said."""
    usual = {Channel.EMAIL: Pace.AT_ONCE, Channel.INBOX: Pace.AT_ONCE, Channel.CHAT: Pace.OFF}
    table = {f"{matter.value}-{channel.value}": usual[channel].value for matter in Matter for channel in Channel}
    return {**table, "robot": "", **{name.replace("_", "-"): pace for name, pace in paces.items()}}


def test_people_choose_how_soon_they_hear_of_a_matter_by_each_channel(client, student):
    client.force_login(student)

    response = client.post(reverse(PAGE), entered(posting_email="daily", event_inbox="off", visit_chat="weekly"))

    assert response.url == reverse(PAGE)
    paces = chosen(student)
    assert paces[Matter.POSTING, Channel.EMAIL] == Pace.DAILY
    assert paces[Matter.EVENT, Channel.INBOX] == Pace.OFF
    assert paces[Matter.VISIT, Channel.CHAT] == Pace.WEEKLY
    assert Preference.objects.count() == 3


def test_the_page_shows_what_was_chosen(client, student):
    Preference.objects.create(user=student, matter=Matter.POSTING, channel=Channel.EMAIL, pace=Pace.WEEKLY)
    client.force_login(student)

    form = client.get(reverse(PAGE)).context["form"]

    assert form["posting-email"].value() == Pace.WEEKLY
    assert form["visit-email"].value() == Pace.AT_ONCE


def test_the_inbox_gathers_nothing_and_another_choice_is_refused(client, student):
    client.force_login(student)

    response = client.post(reverse(PAGE), entered(posting_inbox="daily", visit_email="off"))

    assert list(response.context["form"].errors) == ["posting-inbox"]
    assert not Preference.objects.exists()


def test_switching_everything_off_is_possible(client, student):
    client.force_login(student)

    client.post(reverse(PAGE), {name: "" if name == "robot" else "off" for name in entered()})

    said = {"key": "k", "matter": Matter.POSTING, "template": "notifications_test/visit.txt", "context": {}}
    assert notify(student, **said, at=NOON) == 0
    assert not OutgoingMessage.objects.exists()


def test_a_robot_is_named_and_taken_away_again(client, student):
    client.force_login(student)

    client.post(reverse(PAGE), {**entered(), "robot": ROBOT})
    assert [robot.address for robot in ChatRobot.objects.all()] == [ROBOT]

    client.post(reverse(PAGE), entered())
    assert not ChatRobot.objects.exists()


def test_an_address_that_is_no_robot_is_refused_beside_its_field_and_nothing_changes(client, student):
    client.force_login(student)

    response = client.post(reverse(PAGE), {**entered(posting_email="off"), "robot": "https://10.0.0.1/hook"})

    assert list(response.context["form"].errors) == ["robot"]
    assert not ChatRobot.objects.exists()
    assert not Preference.objects.exists()


def test_what_a_robot_last_answered_stands_beside_its_address(client, student):
    ChatRobot.objects.create(user=student, address=ROBOT, error="The robot could not be reached.")
    client.force_login(student)

    assert "The robot could not be reached." in client.get(reverse(PAGE)).content.decode()


def test_a_person_sets_the_clock_by_which_the_portal_writes(client, officer):
    client.force_login(officer)
    own = {"language": "en", "theme": "auto"}

    client.post(reverse("accounts:profile"), {**own, "time_zone": "Europe/Berlin"})
    refused = client.post(reverse("accounts:profile"), {**own, "time_zone": "Europe/Nowhere"})

    assert list(refused.context["form"].errors) == ["time_zone"]
    officer.refresh_from_db()
    assert officer.zone == "Europe/Berlin"


def test_a_zone_that_an_administrator_set_stays_a_choice(client, officer):
    officer.time_zone = "Africa/Nairobi"
    officer.save()
    client.force_login(officer)

    assert client.get(reverse("accounts:profile")).context["form"]["time_zone"].value() == "Africa/Nairobi"

    client.post(reverse("accounts:profile"), {"language": "en", "theme": "dark", "time_zone": "Africa/Nairobi"})

    officer.refresh_from_db()
    assert (officer.zone, officer.theme) == ("Africa/Nairobi", "dark")
