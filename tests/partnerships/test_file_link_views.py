"""The page behind a signed link: opening changes nothing, sending acts once, and every dead end is friendly."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from notifications.models.messages import OutgoingMessage
from partnerships.choices.links import LinkEventKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import FileAnswer, LinkEvent, ProposedChange, SignedLink
from partnerships.services import links
from tests.factories.links import address_of, asked_contact, asked_link

pytestmark = pytest.mark.django_db
SAID = {"interns": "yes", "interns_number": "5", "graduates": "maybe"}


@pytest.fixture
def visitor() -> Client:
    """A browser that would be asked for a CSRF token."""
    cache.clear()
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def link(db) -> SignedLink:
    return asked_link(asked_contact(enterprise__owner=None), at=timezone.now())


def filled(page, **more):
    """What a browser sends of a page: everything as it stands, and what the person changed."""
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields if name != "has_left"} | SAID | more


def counts():
    return FileAnswer.objects.count(), ProposedChange.objects.count(), SignedLink.objects.count()


def test_the_page_shows_the_facts_that_may_be_corrected_and_leaves_no_trace(visitor, link):
    page = visitor.get(address_of(link))

    words = page.content.decode()
    assert page.status_code == 200
    assert link.enterprise.legal_name in words
    assert "13900000000" in words
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]
    assert "sessionid" not in page.cookies


def test_nothing_else_of_the_file_is_shown(visitor, officer):
    contact = asked_contact(
        wechat="secret-wechat", enterprise__owner=officer, enterprise__credit_code="91510100MA0000000X",
        enterprise__level="strategic",
    )  # fmt: skip
    words = visitor.get(address_of(asked_link(contact, at=timezone.now()))).content.decode()

    for hidden in ("secret-wechat", officer.name or officer.name_en, "91510100MA0000000X", "trategic"):
        assert hidden not in words


def test_a_scanner_may_open_it_as_often_as_it_likes(visitor, link):
    before = Enterprise.objects.values().get()
    for _ in range(10):
        assert visitor.get(address_of(link)).status_code == 200
        assert visitor.head(address_of(link)).status_code == 200

    kinds = LinkEvent.objects.values_list("kind", flat=True)
    assert sorted(kinds) == [LinkEventKind.OPENED] * 20 + [LinkEventKind.SENT]
    assert counts() == (0, 0, 1)
    assert Enterprise.objects.values().get() == before
    link.refresh_from_db()
    assert (link.used_at, link.revoked_at) == (None, None)


def test_a_storm_is_asked_to_wait(visitor, link):
    answers = [visitor.get(address_of(link)).status_code for _ in range(130)]

    assert answers[:60] == [200] * 60
    assert 429 in answers
    assert counts() == (0, 0, 1)


def test_an_answer_is_kept_and_thanked_for(visitor, link):
    page = visitor.get(address_of(link))

    sent = visitor.post(address_of(link), filled(page, city="绵阳"))

    assert sent["Location"].startswith(address_of(link))
    thanks = visitor.get(sent["Location"])
    assert (thanks.status_code, "Thank you" in thanks.content.decode()) == (200, True)
    assert counts() == (1, 1, 1)
    proposal = ProposedChange.objects.get()
    assert (proposal.field, proposal.before, proposal.after) == ("city", "成都", "绵阳")


def test_nothing_changed_is_nothing_proposed(visitor):
    contact = asked_contact(
        enterprise__about="第一行\n第二行 " + "长" * 3000, enterprise__website="http://film.example/"
    )
    link = asked_link(contact, at=timezone.now())
    page = visitor.get(address_of(link))
    data = filled(page)

    visitor.post(address_of(link), {**data, "about": data["about"].replace("\n", "\r\n")})

    assert counts() == (1, 0, 1)
    link.enterprise.refresh_from_db()
    assert link.enterprise.confirmed_via == contact


def test_used_twice_it_says_by_whom_and_changes_nothing(visitor, link):
    page = visitor.get(address_of(link))
    visitor.post(address_of(link), filled(page))

    again = visitor.post(address_of(link), filled(page, city="绵阳"))

    assert again.status_code == 200
    assert "李娜" in again.content.decode()
    assert counts() == (1, 0, 1)
    assert LinkEvent.objects.filter(kind=LinkEventKind.REFUSED, note="answered").count() == 1


def test_an_expired_link_offers_a_new_one_to_the_address_on_file(visitor):
    link = asked_link(at=timezone.now() - timedelta(days=61))
    address = address_of(link)

    page = visitor.get(address)
    refused = visitor.post(address, SAID)
    asked = visitor.post(f"{address}again/?language=en")

    assert (page.status_code, refused.status_code, asked.status_code) == (410, 410, 200)
    assert f'action="{address}again/?language=en"' in page.content.decode()
    new = SignedLink.objects.get(replaces=link)
    assert OutgoingMessage.objects.get(key=f"file:{new.pk}").address == "li@enterprise.example"
    assert FileAnswer.objects.count() == 0
    assert visitor.get(address_of(new)).status_code == 200


def test_new_links_are_not_sent_without_end(visitor):
    link = asked_link(at=timezone.now() - timedelta(days=61))
    answers = [visitor.post(f"{address_of(link)}again/").status_code for _ in range(5)]

    assert answers == [200, 200, 200, 429, 429]
    assert SignedLink.objects.count() == 4


def test_a_link_that_holds_brings_no_new_letter(visitor, link):
    visitor.post(f"{address_of(link)}again/")

    assert counts() == (0, 0, 1)


def test_passed_on_the_old_link_says_so_and_the_new_one_works(visitor, link):
    data = {"name": "王强", "email": "wang@enterprise.example"}
    page = visitor.get(address_of(link))

    assert visitor.get(f"{address_of(link)}forward/").status_code == 200
    assert counts() == (0, 0, 1)
    visitor.post(f"{address_of(link)}forward/?language=zh-hans", data)

    old, refused = visitor.get(address_of(link)), visitor.post(address_of(link), filled(page, city="绵阳"))
    new = SignedLink.objects.get(email="wang@enterprise.example")
    assert (old.status_code, refused.status_code) == (410, 410)
    assert "王强" in old.content.decode()
    assert counts() == (0, 0, 2)
    answered = visitor.get(address_of(new))
    visitor.post(address_of(new), filled(answered))
    assert FileAnswer.objects.get().name == "王强"


def test_a_withdrawn_link_says_so(visitor, link, officer):
    links.revoke_link(link, by=officer, at=timezone.now())

    page = visitor.get(address_of(link))
    asked = visitor.post(f"{address_of(link)}again/")

    assert (page.status_code, asked.status_code) == (410, 410)
    assert counts() == (0, 0, 1)


@pytest.mark.parametrize("path", ["", "forward/", "again/"])
@pytest.mark.parametrize("token", ["x", "x" * 43, "%00", "长"])
def test_an_unknown_token_finds_nothing(visitor, path, token):
    assert visitor.post(f"/do/{token}/{path}", SAID).status_code == 404
    if path != "again/":
        assert visitor.get(f"/do/{token}/{path}").status_code == 404


def test_a_token_with_one_letter_changed_finds_nothing(visitor, link):
    address = address_of(link)
    tampered = address[:10] + ("A" if address[10] != "A" else "B") + address[11:]

    assert visitor.get(tampered).status_code == 404
    assert list(link.events.values_list("kind", flat=True)) == ["sent"]


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_not_allowed(visitor, link, method):
    assert getattr(visitor, method)(address_of(link)).status_code == 405
    assert visitor.get(f"{address_of(link)}again/").status_code == 405
    assert counts() == (0, 0, 1)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"interns_number": ""}, ["interns_number"]),
        ({"interns": "no", "graduates": "no"}, ["reasons"]),
        ({"interns": "perhaps"}, ["interns"]),
        ({"interns_number": "-3"}, ["interns_number"]),
        ({"interns_number": "99999999999"}, ["interns_number"]),
        ({"legal_name": ""}, ["legal_name"]),
        ({"own_email": "li at work"}, ["own_email"]),
        ({"website": "javascript:alert(1)"}, ["website"]),
        ({"staff_count": "many"}, ["staff_count"]),
        ({"new_email": "w@x.example"}, ["new_name"]),
        ({"short_name": "长" * 100_000}, ["short_name"]),
        ({"as_read": "tampered"}, ["__all__"]),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_link_stays(visitor, link, changed, wrong):
    page = visitor.get(address_of(link))

    refused = visitor.post(address_of(link), filled(page, **changed))

    assert refused.status_code == 200
    assert list(refused.context["form"].errors) == wrong
    assert counts() == (0, 0, 1)
    mended = filled(refused) | {name: filled(page)[name] for name in changed if name != "as_read"}
    visitor.post(address_of(link), {**mended, "reasons": "none"})
    assert FileAnswer.objects.count() == 1


def test_the_page_speaks_the_language_of_the_letter_or_the_one_chosen(visitor, link):
    english, chinese = visitor.get(address_of(link)), visitor.get(f"{address_of(link)}?language=zh-hans")

    assert '<html lang="en"' in english.content.decode()
    assert re.search(r'<html lang="zh-Hans"', chinese.content.decode())
    assert visitor.get(f"{address_of(link)}?language=xx").status_code == 200


def test_what_is_typed_is_shown_as_text(visitor, link, officer):
    page = visitor.get(address_of(link))
    visitor.post(address_of(link), filled(page, short_name="<script>alert(1)</script>"))
    staff = Client()
    staff.force_login(officer)

    words = staff.get("/enterprises/proposals/").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in words
    assert "<script>alert(1)" not in words
