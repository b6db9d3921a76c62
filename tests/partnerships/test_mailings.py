"""One letter to many enterprises: who gets it, what it says, and that nobody gets it twice."""

from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import RuleBroken
from notifications.choices import MessageState
from notifications.models.messages import OutgoingMessage
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.lists import Mailing
from partnerships.models.timeline import TimelineEntry
from partnerships.services.bulk import CountChanged
from partnerships.services.mailings import send_mailing
from partnerships.timeline import describe
from tests.factories.partnerships import ContactFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOKEN = "00000000-0000-4000-8000-000000000001"
WRITE = reverse("partnerships:mailing_new")
MAILINGS = reverse("partnerships:mailing_list")


def reached(firm="光影", **contact):
    """An enterprise with a contact who has an address."""
    return ContactFactory(enterprise=EnterpriseFactory(legal_name=firm, name_en=""), **contact).enterprise


def post(client, *, count, step="send", token=TOKEN, **data):
    text = {"subject": "双选会邀请", "body": "{contact}，您好：\n欢迎{enterprise}参加。"}
    return client.post(WRITE, {"form_token": token, "count": count, "step": step, **text, **data})


def send(by, *, subject="双选会", body="您好", said=None):
    rows = Enterprise.objects.current()
    number = rows.count() if said is None else said
    return send_mailing(rows, subject=subject, body=body, said=number, by=by, at=NOW)


def page(mailing):
    return reverse("partnerships:mailing", args=[mailing.pk])


def test_each_first_contact_with_an_address_gets_one_letter(client, officer, django_capture_on_commit_callbacks):
    first = EnterpriseFactory(legal_name="光影", name_en="Light")
    ContactFactory(enterprise=first, name="无邮箱", email="", is_primary=True)
    ContactFactory(enterprise=first, name="甲", email="a@b.example", language="en")
    ContactFactory(enterprise=first, name="走了", email="gone@b.example", to_on=date(2025, 1, 1))
    second = reached("会润", name="乙", email="c@d.example")
    ContactFactory(enterprise=second, name="首要", email="first@d.example", is_primary=True)
    without = EnterpriseFactory()
    client.force_login(officer)

    with django_capture_on_commit_callbacks(execute=True):
        response = post(client, count=3, file=[first.pk, second.pk, without.pk])

    mailing = Mailing.objects.get()
    assert response["Location"] == page(mailing)
    assert (mailing.letters, mailing.without_address, mailing.by) == (2, 1, officer)
    sent = {letter.to[0]: (letter.subject, letter.body.splitlines()[:2]) for letter in mail.outbox}
    assert sent == {
        "a@b.example": ("双选会邀请", ["甲，您好：", "欢迎Light参加。"]),
        "first@d.example": ("双选会邀请", ["首要，您好：", "欢迎会润参加。"]),
    }


def test_letters_of_one_mailing_have_names_of_their_own(officer, django_capture_on_commit_callbacks):
    reached("甲", email="a@b.example")
    reached("乙", email="c@d.example")

    with django_capture_on_commit_callbacks(execute=True):
        send(officer)

    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 2


def test_it_is_told_on_each_timeline_and_version_and_last_contact_stay(officer):
    enterprise = reached()
    EnterpriseFactory()

    mailing = send(officer, subject="双选会邀请")

    entry = TimelineEntry.objects.get()
    assert (entry.enterprise, entry.kind, entry.by, entry.at) == (enterprise, TimelineKind.EMAIL_SENT, officer, NOW)
    assert (entry.detail, entry.link) == (f"mailing:{mailing.pk}", page(mailing))
    assert describe(entry).endswith("双选会邀请")
    enterprise.refresh_from_db()
    assert (enterprise.version, enterprise.last_contact_at) == (1, None)


def test_sent_twice_it_leaves_once(client, officer):
    reached()
    client.force_login(officer)

    first, second = post(client, count=1, all="on"), post(client, count=1, all="on", subject="别的")

    assert first["Location"] == second["Location"]
    assert (Mailing.objects.count(), OutgoingMessage.objects.count()) == (1, 1)


def test_an_address_that_two_enterprises_share_gets_one_letter_and_both_files_say_so(client, officer):
    reached("甲", email="hr@group.example")
    reached("乙", email="HR@group.example")
    client.force_login(officer)

    found = client.get(WRITE, {"all": "on"}).context["found"]
    assert (len(found.letters), len(found.same_address)) == (1, 1)

    mailing = send(officer)

    assert mailing.letters == OutgoingMessage.objects.count() == 1
    assert TimelineEntry.objects.count() == 2


def test_the_first_three_letters_are_shown_before_any_is_sent(client, officer):
    for number in range(5):
        reached(f"第{number}企业", name=f"联系人{number}")
    without = EnterpriseFactory(legal_name="无人", name_en="")
    client.force_login(officer)

    shown = post(client, count=6, step="preview", all="on")

    texts = shown.context["previews"]
    assert [text.body for text in texts] == [f"联系人{n}，您好：\n欢迎第{n}企业参加。" for n in range(3)]
    assert shown.context["found"].without == [without]
    assert "Send 5 letters" in shown.content.decode()
    assert not Mailing.objects.exists()
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("subject", "邀请\nBcc: all@b.example", "The subject is a single line."),
        ("subject", "邀请\r\nBcc: all@b.example", "The subject is a single line."),
        ("subject", "邀请\x85Bcc: all@b.example", "The subject is a single line."),
        ("subject", "邀请\u2028Bcc: all@b.example", "The subject is a single line."),
        ("subject", "长" * 151, "Ensure this value has at most 150 characters (it has 151)."),
        ("subject", "", "This field is required."),
        ("body", "x" * 5_000_000, "Ensure this value has at most 8000 characters (it has 5000000)."),
        ("body", "a\x00b", "Null characters are not allowed."),
        (
            "body",
            "您好{name}",
            "{name} would stand in the letter as it is: only {contact} and {enterprise} are replaced.",
        ),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_nothing_is_sent(client, officer, field, value, reason):
    reached()
    client.force_login(officer)

    refused = post(client, count=1, all="on", **{field: value})

    assert dict(refused.context["form"].errors) == {field: [reason]}
    assert not Mailing.objects.exists()
    assert not OutgoingMessage.objects.exists()


def test_html_is_text_in_the_letter_and_on_the_page(client, officer, django_capture_on_commit_callbacks):
    reached(name="<b>甲</b>")
    client.force_login(officer)
    body = "<script>alert(1)</script>{contact}"

    shown = post(client, count=1, all="on", step="preview", body=body).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        post(client, count=1, all="on", body=body)

    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;甲&lt;/b&gt;" in shown
    (letter,) = mail.outbox
    assert letter.content_subtype == "plain"
    assert letter.body.startswith("<script>alert(1)</script><b>甲</b>")
    assert "<script>alert(1)" not in client.get(page(Mailing.objects.get())).content.decode()


def test_names_put_in_add_no_header_and_are_not_read_as_placeholders(officer, django_capture_on_commit_callbacks):
    reached("光影", name="甲\nBcc: x@y.example {enterprise}")

    with django_capture_on_commit_callbacks(execute=True):
        send(officer, subject="{contact}")

    (letter,) = mail.outbox
    assert letter.subject == "甲 Bcc: x@y.example {enterprise}"
    assert letter.recipients() == letter.to
    assert "\nBcc:" not in letter.message().as_string().split("\n\n")[0]


def test_college_staff_write_to_what_is_theirs(client, college_staff):
    own = reached("甲", email="a@b.example")
    Enterprise.objects.filter(pk=own.pk).update(owner=college_staff)
    reached("乙")
    client.force_login(college_staff)

    html = client.get(WRITE, {"all": "on"}).content.decode()
    post(client, count=2, all="on")

    assert "only the employment office and the owner of a file write to it" in html
    assert [letter.address for letter in OutgoingMessage.objects.all()] == ["a@b.example"]


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("student", 404), ("stranger", 404)])
def test_others_write_to_nobody(request, client, who, status):
    reached()
    person = request.getfixturevalue(who)
    client.force_login(person)

    assert post(client, count=1, all="on").status_code == status
    with pytest.raises(PermissionDenied):
        send(person)
    assert not Mailing.objects.exists()
    assert not OutgoingMessage.objects.exists()


def test_a_changed_number_and_a_list_without_addresses_are_refused(client, officer):
    reached()
    with pytest.raises(CountChanged):
        send(officer, said=2)
    client.force_login(officer)

    refused = post(client, count=2, all="on")

    assert "you agreed to 2 files, and now there are 1" in refused.content.decode()
    assert '<input type="hidden" name="count" value="1">' in refused.content.decode()
    Enterprise.objects.all().update(archived_at=NOW)
    EnterpriseFactory()
    with pytest.raises(RuleBroken, match="None of the chosen"):
        send(officer)
    assert not Mailing.objects.exists()


def test_nothing_ticked_is_said(client, officer):
    client.force_login(officer)

    assert "No enterprise is ticked" in client.get(WRITE).content.decode()


def test_the_page_shows_how_far_the_letters_are_and_why_one_failed(client, officer, leader):
    for number in range(3):
        reached(f"第{number}企业", email=f"p{number}@b.example")
    EnterpriseFactory()
    mailing = send(officer)
    OutgoingMessage.objects.filter(address="p0@b.example").update(state=MessageState.SENT, sent_at=NOW)
    OutgoingMessage.objects.filter(address="p2@b.example").update(state=MessageState.FAILED, error="550 unknown")
    send(officer, subject="另一封")
    client.force_login(leader)

    response = client.get(page(mailing))

    assert [(value, number) for value, _words, number in response.context["states"] if number] == [
        ("queued", 1), ("sent", 1), ("failed", 1),
    ]  # fmt: skip
    rows = [(letter.address, str(enterprise), letter.error) for letter, enterprise in response.context["rows"]]
    assert rows[0] == ("p2@b.example", "第2企业", "550 unknown")
    assert len(rows) == 3
    assert "1 enterprise without an address" in response.content.decode()
    listed = client.get(MAILINGS).context["rows"]
    assert [(str(each), states) for each, states in listed] == [
        ("另一封", {"queued": 3}),
        ("双选会", {"queued": 1, "sent": 1, "failed": 1}),
    ]


@pytest.mark.parametrize("letters", [1, 3])
def test_the_pages_run_the_same_queries_for_any_number_of_letters(client, officer, django_assert_num_queries, letters):
    for number in range(letters):
        reached(email=f"p{number}@b.example")
    for _ in range(letters):
        mailing = send(officer)
    client.force_login(officer)

    with django_assert_num_queries(10):  # session, person, roles, mailing, count, letters, files, states, school, inbox
        assert len(client.get(page(mailing)).context["rows"]) == letters
    with django_assert_num_queries(8):  # session, person, roles, count, mailings, states, school, inbox
        assert len(client.get(MAILINGS).context["rows"]) == letters


def test_thirty_letters_take_the_queries_of_three(officer):
    assert officer.is_office  # roles are read once

    def queries_for(files):
        while Enterprise.objects.count() < files:
            reached(email=f"p{Enterprise.objects.count()}@b.example")
        with CaptureQueriesContext(connection) as queries:
            assert send(officer).letters == files
        return len(queries)

    assert queries_for(3) == queries_for(30)
