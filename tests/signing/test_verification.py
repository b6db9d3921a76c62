"""What anyone learns by a code, and what not."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from partnerships.choices.agreements import AgreementState
from signing.models import Verification
from signing.selectors.verification import code_of
from tests.factories.signing import asked_by_link, asked_in_portal, awaiting

pytestmark = pytest.mark.django_db
PAGE = "/verify/"


@pytest.fixture(autouse=True)
def _no_wrong_codes_before(db):
    cache.clear()


@pytest.fixture
def verification(officer, leader) -> Verification:
    agreement = awaiting(
        title="秘密标题", amount=123456, content="秘密内容", starts_on=date(2027, 1, 1), ends_on=date(2029, 12, 31),
        enterprise__legal_name="成都电影集团有限公司", enterprise__name_en="Chengdu Film Group", number="XY-77",
    )  # fmt: skip
    asked_by_link(agreement, by=officer, phone="13911112222")
    asked_in_portal(agreement, leader, by=officer)
    return agreement.verification


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_shows_serial_parties_dates_and_whether_it_is_signed_and_nothing_else(client, verification, language):
    agreement = verification.agreement
    agreement.state, agreement.signed_on = AgreementState.SIGNED, date(2026, 11, 5)
    agreement.save()

    response = client.get(PAGE, {"code": verification.code, "language": language})

    page = response.content.decode()
    days = {"en": "5 Nov 2026", "zh-hans": "2026年11月5日"}
    names = {"en": "Chengdu Film Group", "zh-hans": "成都电影集团有限公司"}
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    for shown in (verification.serial, days[language], names[language]):
        assert shown in page
    hidden = [
        "秘密", "123456", "123,456", "XY-77", "李娜", "li@film.example", "13911112222", "人事经理", "陈立", "Chen Li",
        "副校长", "王敏", "Wang Min", agreement.owner.name, agreement.owner.name_en, agreement.kind.name_zh,
        agreement.kind.name_en, verification.sha256,
    ]  # fmt: skip
    assert [secret for secret in hidden if secret in page] == []


def test_before_all_have_signed_it_says_so_and_gives_no_day(client, verification):
    found = client.get(PAGE, {"code": verification.code}).context["found"]

    assert (found.is_signed, found.signed_on, found.ends_on) == (False, None, date(2029, 12, 31))


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}\u3000"])
def test_a_code_is_forgiven_its_case_spaces_and_hyphens(client, verification, change):
    assert client.get(PAGE, {"code": change(verification.code)}).context["found"].serial == verification.serial


def test_full_width_signs_are_forgiven():
    assert code_of("ａｂｃｄ－３４６７　efgh") == "ABCD-3467-EFGH"


def test_the_code_as_a_link(client, verification):
    response = client.get(reverse("signing:verify_code", args=[verification.code]))

    assert response.context["found"].serial == verification.serial
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA", "x", "协议", "' OR 1=1 --", "\x00", "9" * 200])
def test_an_unknown_code_gets_the_same_plain_answer(client, verification, code):
    response = client.get(PAGE, {"code": code, "language": "en"})

    assert (response.status_code, response.context["found"]) == (200, None)
    assert "No agreement has this code." in response.content.decode()


def test_after_twenty_wrong_codes_even_the_right_one_waits(client, verification):
    for _number in range(20):
        assert client.get(PAGE, {"code": "AAAA-AAAA-AAAA"}).status_code == 200

    for code in ("AAAA-AAAA-AAAA", verification.code):
        response = client.get(PAGE, {"code": code, "language": "en"})
        assert response.status_code == 429
        assert "Too many codes were wrong." in response.content.decode()
        assert verification.serial not in response.content.decode()
    elsewhere = client.get(PAGE, {"code": verification.code}, REMOTE_ADDR="203.0.113.9")
    assert elsewhere.context["found"].serial == verification.serial


def test_right_codes_are_never_counted(client, verification):
    for _number in range(25):
        response = client.get(PAGE, {"code": verification.code})

    assert response.status_code == 200


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_form_stands_there_without_a_code(client, language):
    response = client.get(PAGE, {"language": language})

    assert response.status_code == 200
    assert response.context.get("found") is None
