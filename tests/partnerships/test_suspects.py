"""Pairs that may be one enterprise: found, decided, opened again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleBroken
from partnerships.choices.enterprises import MatchKind, SuspectState
from partnerships.models.duplicates import Suspect
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.matching import find_matches
from partnerships.selectors.suspects import suspect_list
from partnerships.services import suspects
from partnerships.tasks import find_suspects
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def pairs():
    """What is in the queue, by names."""
    return [
        (suspect.first.legal_name, suspect.second.legal_name, suspect.kind, suspect.likeness)
        for suspect in suspect_list(SuspectState.OPEN)
    ]


def open_pair(**fields):
    first, second = EnterpriseFactory.create_batch(2)
    return Suspect.objects.create(first=first, second=second, kind=MatchKind.NAME, found_at=NOW, **fields)


def test_equal_former_and_similar_names_are_found_the_surest_first():
    for name in (
        "成都灯塔影视文化有限公司",
        "成都灯塔影视传媒有限公司",
        "南充丝路纺织有限公司",
        "成都灯塔影视文化股份有限公司",
    ):
        EnterpriseFactory(legal_name=name)
    EnterpriseFactory(legal_name="绵阳新名贸易有限公司").former_names.create(name="南充丝路纺织")

    assert suspects.find_suspects(at=NOW) == 0

    assert pairs() == [
        ("成都灯塔影视文化有限公司", "成都灯塔影视文化股份有限公司", "name", 100),
        ("南充丝路纺织有限公司", "绵阳新名贸易有限公司", "former_name", 100),
        ("成都灯塔影视文化有限公司", "成都灯塔影视传媒有限公司", "similar", 50),
        ("成都灯塔影视传媒有限公司", "成都灯塔影视文化股份有限公司", "similar", 50),
    ]


def test_looking_twice_finds_nothing_twice_and_compares_no_file_again():
    EnterpriseFactory(legal_name="成都灯塔影视文化有限公司")
    EnterpriseFactory(legal_name="成都灯塔影视文化股份有限公司")
    suspects.find_suspects(at=NOW)

    found = Suspect.objects.get()
    assert Enterprise.objects.uncompared().count() == 0
    suspects.find_suspects(at=LATER)

    assert list(Suspect.objects.values_list("pk", "found_at")) == [(found.pk, NOW)]


def test_a_file_with_a_new_name_is_compared_again():
    EnterpriseFactory(legal_name="成都灯塔影视文化有限公司")
    other = EnterpriseFactory(legal_name="南充丝路纺织有限公司")
    suspects.find_suspects(at=NOW)
    assert pairs() == []

    other.legal_name = "成都灯塔影视传媒有限公司"
    other.save()
    suspects.find_suspects(at=LATER)

    assert pairs() == [("成都灯塔影视文化有限公司", "成都灯塔影视传媒有限公司", "similar", 50)]


def test_noting_that_a_file_was_compared_writes_no_history():
    enterprise = EnterpriseFactory()
    before = enterprise.history.count()

    suspects.find_suspects(at=NOW)

    assert enterprise.history.count() == before


def test_decided_pairs_stay_decided(officer):
    for name in ("成都灯塔影视文化有限公司", "成都灯塔影视文化股份有限公司"):
        EnterpriseFactory(legal_name=name)
    suspects.find_suspects(at=NOW)
    suspects.decide_two(Suspect.objects.get(), by=officer, at=LATER)

    suspects.find_suspects(at=LATER)

    suspect = Suspect.objects.get()
    assert (suspect.state, suspect.decided_by, suspect.decided_at) == (SuspectState.DIFFERENT, officer, LATER)
    assert pairs() == []


def test_of_a_name_that_very_many_bear_only_the_oldest_are_paired():
    EnterpriseFactory.create_batch(suspects.FILES_OF_ONE_NAME + 3, legal_name="四川启明科技有限公司")

    suspects.find_suspects(at=NOW)

    assert Suspect.objects.count() == 45


def test_a_full_queue_waits_for_its_people(monkeypatch):
    monkeypatch.setattr(suspects, "MOST_OPEN", 1)
    open_pair()

    assert suspects.find_suspects(at=NOW) == 0
    assert Enterprise.objects.uncompared().count() == 2


def test_what_the_time_does_not_suffice_for_is_left_for_the_next_ring():
    EnterpriseFactory.create_batch(2)

    assert suspects.find_suspects(at=NOW, seconds=0) == 2


def test_the_task_looks_through_all_files():
    for name in ("成都灯塔影视文化有限公司", "成都灯塔影视文化股份有限公司"):
        EnterpriseFactory(legal_name=name)

    find_suspects.delay()

    assert Suspect.objects.get().kind == MatchKind.NAME


def test_who_opens_a_file_and_says_it_is_another_decides_the_pair(officer):
    EnterpriseFactory(legal_name="成都灯塔影视文化有限公司")
    matches = find_matches(name="成都灯塔影视传媒")
    new = EnterpriseFactory(legal_name="成都灯塔影视传媒有限公司")

    suspects.keep_apart(new, matches, by=officer, at=NOW)

    suspect = Suspect.objects.get()
    assert (suspect.second, suspect.kind, suspect.likeness) == (new, MatchKind.SIMILAR, 50)
    assert (suspect.state, suspect.decided_by, suspect.decided_at) == (SuspectState.DIFFERENT, officer, NOW)


def test_a_decided_pair_can_be_opened_again_and_each_step_only_once(officer):
    suspect = open_pair()
    suspects.decide_two(suspect, by=officer, at=NOW)
    with pytest.raises(RuleBroken):
        suspects.decide_two(suspect, by=officer, at=LATER)

    again = suspects.open_again(suspect, by=officer)

    assert (again.state, again.decided_by, again.decided_at) == (SuspectState.OPEN, None, None)
    with pytest.raises(RuleBroken):
        suspects.open_again(suspect, by=officer)


@pytest.mark.parametrize("who", ["college_staff", "leader", "student", "stranger"])
def test_others_decide_nothing_and_nothing_changes(request, who):
    user = request.getfixturevalue(who)
    suspect, decided = open_pair(), open_pair(state=SuspectState.DIFFERENT)

    with pytest.raises(PermissionDenied):
        suspects.decide_two(suspect, by=user, at=NOW)
    with pytest.raises(PermissionDenied):
        suspects.open_again(decided, by=user)
    with pytest.raises(PermissionDenied):
        suspects.keep_apart(suspect.first, [], by=user, at=NOW)

    assert list(Suspect.objects.order_by("pk").values_list("state", flat=True)) == ["open", "different"]
