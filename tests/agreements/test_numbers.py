"""Numbers by the school's pattern: one after another, none twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import connection, transaction
from django.utils import translation

from accounts.choices import Role
from agreements.models import NumberSeries
from agreements.services import agreements, numbers
from config import environment
from core.errors import RuleBroken
from core.saving import lock
from partnerships.choices.agreements import AgreementState
from partnerships.models.agreements import Agreement
from tests.factories.accounts import person
from tests.factories.partnerships import AgreementFactory, AgreementKindFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NEW_YEAR = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # 2027 in Shanghai
S = AgreementState


@pytest.fixture(autouse=True)
def english():
    """Refusals are read in English, whatever the portal's own language."""
    with translation.override("en"):
        yield


def review_moves(agreement, to, officer, at=NOW):
    """As the review moves an agreement on or back."""
    with transaction.atomic():
        locked = lock(agreement)
        agreements.move_by_review(locked, to, leadership_approved=True, by=officer, at=at)
    return locked


def approve(agreement, officer, at=NOW):
    return review_moves(agreement, S.AWAITING_SIGNATURES, officer, at)


def test_approval_gives_numbers_one_after_another_and_anew_each_year(officer):
    rows = [AgreementFactory(state=S.IN_REVIEW) for _ in range(3)]

    given = [approve(rows[0], officer), approve(rows[1], officer), approve(rows[2], officer, at=NEW_YEAR)]

    assert [row.number for row in given] == ["校企〔2026〕001号", "校企〔2026〕002号", "校企〔2027〕001号"]
    assert sorted(NumberSeries.objects.values_list("series", "last")) == [
        ("校企〔2026〕#号", 2),
        ("校企〔2027〕#号", 1),
    ]


def test_a_number_typed_by_hand_stays_and_its_place_is_skipped(officer):
    own = AgreementFactory(state=S.IN_REVIEW, number="旧-7")
    AgreementFactory(number="校企〔2026〕001号")
    AgreementFactory(number="校企〔2026〕002号")
    bare = AgreementFactory(state=S.IN_REVIEW)

    assert approve(own, officer).number == "旧-7"
    assert approve(bare, officer).number == "校企〔2026〕003号"


def test_back_to_draft_and_approved_again_keeps_the_number(officer):
    agreement = approve(AgreementFactory(state=S.IN_REVIEW), officer)
    agreements.move_agreement(agreement, S.DRAFT, by=officer, at=NOW)
    review_moves(agreement, S.IN_REVIEW, officer)

    assert approve(agreement, officer).number == "校企〔2026〕001号"
    assert NumberSeries.objects.get().last == 1


def test_each_kind_may_have_its_own_series(officer, settings):
    settings.AGREEMENT_NUMBER_PATTERN = "{kind}-{year}-{serial}"
    base, frame = AgreementKindFactory(mark="JD"), AgreementKindFactory(code="strategic", mark="ZL")

    given = [approve(AgreementFactory(state=S.IN_REVIEW, kind=kind), officer).number for kind in (base, frame, base)]

    assert given == ["JD-2026-1", "ZL-2026-1", "JD-2026-2"]


def test_a_move_that_is_refused_uses_no_number_up(officer):
    agreement = AgreementFactory()

    with pytest.raises(RuleBroken):
        approve(agreement, officer)

    agreement.refresh_from_db()
    assert (agreement.state, agreement.number) == (S.DRAFT, "")
    assert not NumberSeries.objects.exists()


def test_a_number_that_is_taken_is_refused_beside_its_field(officer):
    AgreementFactory(number="XY-1")
    agreement = AgreementFactory()

    with pytest.raises(RuleBroken, match="with this number") as refused:
        agreements.change_agreement(agreement, version=1, fields={"number": "XY-1"}, by=officer, at=NOW)

    assert refused.value.field == "number"


def test_only_the_office_gives_a_number_and_only_once(officer, college_staff):
    agreement = AgreementFactory()

    with pytest.raises(PermissionDenied):
        numbers.number_agreement(agreement, by=college_staff, at=NOW)
    agreement.refresh_from_db()
    assert agreement.number == ""

    numbers.number_agreement(agreement, by=officer, at=NOW)
    with pytest.raises(RuleBroken, match="has its number already"):
        numbers.number_agreement(agreement, by=officer, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_numbers_without_a_gap_and_none_twice():
    officer = person(Role.OFFICER)
    rows = [AgreementFactory(state=S.IN_REVIEW) for _ in range(8)]

    def give(agreement: Agreement) -> str:
        try:
            return approve(agreement, officer).number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        given = sorted(pool.map(give, rows))

    assert given == [f"校企〔2026〕{serial:03}号" for serial in range(1, 9)]


@pytest.mark.django_db(transaction=True)
def test_of_four_who_end_one_agreement_at_once_one_does_and_the_others_are_told():
    officer = person(Role.OFFICER)
    agreement = AgreementFactory(state=S.AWAITING_SIGNATURES)

    def move(_: int) -> str:
        try:
            with translation.override("en"):
                agreements.move_agreement(agreement, S.ENDED, by=officer, at=NOW, version=1, note="停")
        except RuleBroken as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "moved"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(move, range(4)))

    told = "Somebody else changed this agreement after you opened it; it is now “Ended early”. Look at it again."
    assert outcomes == [told] * 3 + ["moved"]
    agreement.refresh_from_db()
    assert (agreement.state, agreement.moves.count()) == (S.ENDED, 1)


@pytest.mark.parametrize("wrong", ["校企{year}", "{serial}{nobody}", "{serial", "{}", "x" * 60 + "{serial}"])
def test_a_pattern_that_cannot_number_stops_the_start(monkeypatch, wrong):
    monkeypatch.setenv("SOME_PATTERN", wrong)

    with pytest.raises(ImproperlyConfigured, match="SOME_PATTERN"):
        environment.pattern("SOME_PATTERN", "{serial}", needs="serial", year=2026, serial=1)


def test_a_pattern_of_ones_own_is_taken(monkeypatch):
    monkeypatch.setenv("SOME_PATTERN", "A{year}/{serial:04}")

    assert environment.pattern("SOME_PATTERN", "{serial}", needs="serial", year=2026, serial=1) == "A{year}/{serial:04}"
