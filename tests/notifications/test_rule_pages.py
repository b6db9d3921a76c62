"""The pages of the rules: the office reads them, administrators set them."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications import occasions
from notifications.choices import Counting, MessageState, Mode
from notifications.describing import when_words
from notifications.models.messages import OutgoingMessage
from notifications.models.reminding import ReminderHours, RuleRun, RuleTerms
from notifications.occasions import Asked, rules
from notifications.selectors.reminding import office_hours, terms_of
from notifications.terms import Terms
from tests.factories.guidance import AppointmentFactory
from tests.factories.notifications import EmailFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SLUG = "guidance.appointment"
ENTERED = {
    "is_on": "on", "before": "7, 1", "on_day": "on", "after": "", "every": "", "until": "0", "counting": "every",
    "audiences": ["student"],
}  # fmt: skip
HOURS = {
    "mode": "show", "quiet_from": "22:00", "quiet_to": "07:00", "digest_at": "08:30", "digest_weekday": "2",
    "emails_a_minute": "300", "chats_a_minute": "10",
}  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_rules_costs_the_same_for_any_number_of_messages(client, officer, django_assert_num_queries, rows):
    sent_at = timezone.now() - timedelta(days=1)
    EmailFactory.create_batch(rows, rule=SLUG, state=MessageState.SENT, sent_at=sent_at)
    client.force_login(officer)

    # session, person, roles, school, unread for the bell, terms, runs, sent, hours
    with django_assert_num_queries(9):
        response = client.get(reverse("notifications:reminders"))

    lines = {line.rule.slug: line.sent for line in response.context["lines"]}
    assert lines[SLUG] == rows


def test_a_rule_says_when_and_to_whom_and_that_its_last_run_failed(client, officer):
    RuleRun.objects.create(rule=SLUG, at=timezone.now(), found=5, stored=2, problems=1, problem="KeyError (x.py:3)")
    client.force_login(officer)

    page = client.get(reverse("notifications:reminders")).content.decode()

    assert "1 day before; no longer than the day itself" in page
    assert "Student, Adviser" in page
    assert "5 found, 2 new" in page
    assert "KeyError (x.py:3)" in page


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (Terms(marks=(-7, -1), until=-1), "7, 1 days before"),
        (Terms(marks=(0,), until=0), "on the day"),
        (Terms(marks=(-1, 0, 3), until=90, every=10), "1 day before; on the day; 3 days after; then every 10 days"),
        (Terms(marks=(1,), until=1, counting=Counting.WORKING_DAYS), "1 day after; counted in working days"),
    ],
)
def test_terms_are_told_in_words(terms, words):
    assert when_words(terms).removesuffix("; no longer than 90 days after") == words


def test_an_administrator_sets_the_terms_of_a_rule(client, admin):
    client.force_login(admin)

    response = client.post(reverse("notifications:rule", args=[SLUG]), ENTERED)

    assert response.url == reverse("notifications:rule", args=[SLUG])
    assert terms_of(rules()[SLUG]) == Terms(marks=(-7, -1, 0), until=0, audiences=("student",))


def test_the_form_shows_what_holds(client, admin):
    RuleTerms.objects.create(
        rule=SLUG, marks=[-7, -1, 2], until=9, every=3, counting="working", audiences=["adviser"], is_on=False
    )
    client.force_login(admin)

    form = client.get(reverse("notifications:rule", args=[SLUG])).context["form"]

    shown = {name: form[name].value() for name in ("is_on", "before", "on_day", "after", "every", "until")}
    assert shown == {"is_on": False, "before": "7, 1", "on_day": False, "after": "2", "every": 3, "until": 9}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"before": "", "on_day": "", "after": ""}, "before"),
        ({"before": "soon"}, "before"),
        ({"before": "401"}, "before"),
        ({"after": "5", "until": "4"}, "until"),
        ({"until": "401"}, "until"),
        ({"every": "0"}, "every"),
        ({"audiences": []}, "audiences"),
        ({"audiences": ["everybody"]}, "audiences"),
        ({"counting": "moons"}, "counting"),
    ],
)
def test_terms_that_make_no_sense_are_refused_at_their_field_and_nothing_changes(client, admin, wrong, field):
    client.force_login(admin)

    response = client.post(reverse("notifications:rule", args=[SLUG]), {**ENTERED, **wrong})

    assert list(response.context["form"].errors) == [field]
    assert not RuleTerms.objects.exists()


def test_what_would_happen_is_shown_without_being_saved(client, admin):
    in_nine_days = timezone.localtime().replace(hour=14) + timedelta(days=9)
    AppointmentFactory(slot__starts_at=in_nine_days)
    client.force_login(admin)
    before = client.get(reverse("notifications:rule", args=[SLUG])).context["preview"]

    response = client.post(
        reverse("notifications:rule", args=[SLUG]), {**ENTERED, "look": "1"}, headers={"HX-Request": "true"}
    )

    assert response.content.decode().strip().startswith('<div id="set"')
    preview = response.context["preview"]
    assert (before.number, preview.number) == (2, 3)
    assert not RuleTerms.objects.exists()
    assert not OutgoingMessage.objects.exists()


def test_a_rule_goes_back_to_what_it_came_with(client, admin):
    RuleTerms.objects.create(rule=SLUG, marks=[3], until=9, counting="every", audiences=["adviser"])
    client.force_login(admin)

    client.post(reverse("notifications:rule", args=[SLUG]), {"back": "1"})

    assert terms_of(rules()[SLUG]) == rules()[SLUG].terms
    assert not RuleTerms.objects.exists()


def test_officers_read_the_terms_and_may_not_set_them(client, officer):
    client.force_login(officer)

    page = client.get(reverse("notifications:rule", args=[SLUG])).content.decode()
    refused = client.post(reverse("notifications:rule", args=[SLUG]), ENTERED)

    assert "Administrators set the reminders." in page
    assert refused.status_code == 403
    assert not RuleTerms.objects.exists()


def test_a_rule_that_is_none_does_not_exist(client, officer):
    client.force_login(officer)

    assert client.get(reverse("notifications:rule", args=["no.rule"])).status_code == 404


def test_all_that_would_leave_is_counted_by_rule_and_day(client, officer):
    AppointmentFactory(slot__starts_at=timezone.now() + timedelta(days=9))
    client.force_login(officer)

    table = client.get(reverse("notifications:ahead")).context["table"]

    line = next(line for line in table.lines if line.rule.slug == SLUG)
    assert (line.total, sum(line.counts[7:10])) == (2, 2)


def _broken(asked: Asked):
    raise KeyError(asked.today)
    yield


@pytest.fixture
def broken_rule(monkeypatch):
    """A rule that fails when it is asked."""
    usual = rules()
    rule = occasions.Rule(**{**vars(usual[SLUG]), "find": _broken})
    rules.cache_clear()
    monkeypatch.setattr("guidance.reminders.RULES", (rule,))
    yield rule
    monkeypatch.undo()
    rules.cache_clear()


def test_a_rule_that_fails_says_so_on_its_page_and_in_the_table(client, officer, broken_rule):
    client.force_login(officer)

    preview = client.get(reverse("notifications:rule", args=[SLUG])).context["preview"]
    table = client.get(reverse("notifications:ahead")).context["table"]

    assert preview.problem == "KeyError"
    assert [line.problem for line in table.lines if line.rule.slug == SLUG] == ["KeyError"]


def test_an_administrator_sets_the_hours(client, admin):
    client.force_login(admin)

    response = client.post(reverse("notifications:reminder_hours"), HOURS)

    assert response.url == reverse("notifications:reminders")
    hours = office_hours()
    assert (hours.mode, hours.quiet_from, hours.digest_weekday) == (Mode.SHOW, time(22), 2)
    assert "only shows what would happen" in client.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"), [({"quiet_to": "22:00"}, "quiet_to"), ({"emails_a_minute": "0"}, "emails_a_minute")]
)
def test_hours_that_make_no_sense_are_refused_at_their_field(client, admin, wrong, field):
    client.force_login(admin)

    response = client.post(reverse("notifications:reminder_hours"), {**HOURS, **wrong})

    assert list(response.context["form"].errors) == [field]
    assert not ReminderHours.objects.exists()


def test_officers_may_not_set_the_hours(client, officer):
    client.force_login(officer)

    assert client.post(reverse("notifications:reminder_hours"), HOURS).status_code == 403
    assert not ReminderHours.objects.exists()


@pytest.mark.parametrize("role", ["leader", "college_staff", "student", "stranger"])
@pytest.mark.parametrize("page", ["reminders", "ahead", "reminder_hours"])
def test_the_pages_do_not_exist_for_others(client, request, role, page):
    client.force_login(request.getfixturevalue(role))

    assert client.get(reverse(f"notifications:{page}")).status_code == 404
