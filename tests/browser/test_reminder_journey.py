"""An administrator changes when a rule reminds, having seen what it would say; a reader gathers and stops mails."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from notifications.choices import Channel, Matter, Pace
from notifications.leaving import stop_path
from notifications.models.messages import OutgoingMessage
from notifications.models.preferences import Preference
from notifications.models.reminding import RuleTerms
from notifications.services.reminding import queue_reminders
from tests.browser.reader import two_readers
from tests.browser.steps import Person
from tests.factories.visits import FollowUpFactory

RULE = "visits.follow_up"


def at(page_for, user, reader, assert_sound) -> Person:
    page = page_for(user, language=reader.language, width=reader.width, theme=reader.light)
    return Person(page, reader, assert_sound)


@two_readers
def test_a_rule_is_looked_at_before_it_is_saved(page_for, assert_sound, admin, officer, reader):
    FollowUpFactory(owner=officer, what="寄送方案", due_on=timezone.localdate() + timedelta(days=10))
    person = at(page_for, admin, reader, assert_sound)
    person.page.goto("/reminders/")
    person.arrives_at("Reminders")
    person.link("Follow-up due").click()
    person.arrives_at("Follow-up due")
    days = person.page.locator("#ahead h3")
    expect(days).to_have_count(3)  # three days before, on the day, three days after

    person.field("Days before").fill("9，5, 3")
    person.button("Show what would happen").click()

    expect(days).to_have_count(5)
    expect(person.page.locator("#ahead")).to_contain_text("寄送方案")
    assert not RuleTerms.objects.exists()
    person.button("Save").click()
    person.reads("Saved.")
    assert RuleTerms.objects.get().marks == [-9, -5, -3, 0, 3, 7]

    person.field("Days before").fill("soon")
    person.button("Save").click()
    expect(person.page.get_by_text(person.says("Please give numbers of days, such as 7, 1.")).first).to_be_visible()
    assert RuleTerms.objects.get().marks == [-9, -5, -3, 0, 3, 7]
    person.button("Back to what it came with").click()
    person.reads("Saved.")
    assert not RuleTerms.objects.exists()


@two_readers
def test_a_reader_gathers_their_mails_and_stops_those_of_a_matter(page_for, assert_sound, officer, reader):
    FollowUpFactory(owner=officer, what="寄送方案", due_on=timezone.localdate())
    person = at(page_for, officer, reader, assert_sound)
    person.page.goto("/profile/messages/")
    person.arrives_at("Choose messages")
    person.page.locator("[name=follow_up-email]").select_option("daily")
    person.button("Save").click()
    person.reads("Saved.")
    assert Preference.objects.get().pace == Pace.DAILY

    queue_reminders(now=timezone.now(), of=[RULE])
    mail = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    assert mail.state == "held"
    person.page.goto(f"/messages/?rule={RULE}")
    person.arrives_at("All messages")
    expect(person.page.get_by_text(person.says("Waiting to be gathered")).last).to_be_visible()

    visitor = at(page_for, None, reader, assert_sound)
    visitor.page.goto(stop_path(mail))
    visitor.arrives_at("No more e-mails")
    assert Preference.objects.get().pace == Pace.DAILY
    visitor.button("Stop them").click()
    visitor.reads("You receive no more e-mails about “%(matter)s”.", matter=visitor.says("Follow-ups"))
    assert (Preference.objects.get().matter, Preference.objects.get().pace) == (Matter.FOLLOW_UP, Pace.OFF)
