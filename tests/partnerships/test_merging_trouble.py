"""Merges that are refused, meet each other, or are undone after more has happened."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.choices import Role
from core.errors import RuleBroken, StaleEdit
from partnerships.choices.enterprises import SuspectState
from partnerships.models.contacts import Contact
from partnerships.models.duplicates import Merge, Suspect
from partnerships.models.enterprises import Enterprise
from partnerships.models.timeline import TimelineEntry
from partnerships.selectors.merging import group_label, undo_preview
from partnerships.services import contacts, enterprises
from partnerships.services.enterprises import DuplicateCreditCode
from partnerships.services.merging import merge_enterprises
from partnerships.services.unmerging import undo_merge
from tests.factories.accounts import person
from tests.factories.partnerships import EnterpriseFactory, NeedFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
CODE = "91350100M000100Y43"


def merge(kept, gone, taken=(), **options):
    return merge_enterprises(kept, gone, taken=taken, at=NOW, **options)


@pytest.mark.parametrize("who", ["college_staff", "leader", "student", "stranger"])
def test_others_neither_merge_nor_undo_and_nothing_changes(request, officer, who):
    user = request.getfixturevalue(who)
    kept, gone, third = EnterpriseFactory.create_batch(3)
    done = merge(kept, third, by=officer)

    with pytest.raises(PermissionDenied):
        merge(kept, gone, by=user)
    with pytest.raises(PermissionDenied):
        undo_merge(done, by=user, at=LATER)

    assert list(Merge.objects.values_list("undone_at", flat=True)) == [None]
    assert Enterprise.objects.current().count() == 2


def test_a_file_is_not_merged_with_itself_nor_twice_nor_when_archived(officer):
    kept, gone, other = EnterpriseFactory.create_batch(3)
    archived = EnterpriseFactory(archived_at=NOW)
    merge(kept, gone, by=officer)

    for left, right in ((kept, kept), (kept, gone), (gone, kept), (other, gone), (kept, archived)):
        with pytest.raises(RuleBroken):
            merge(left, right, by=officer)

    assert Merge.objects.count() == 1
    assert TimelineEntry.objects.count() == 1


def test_a_comparison_that_is_out_of_date_is_refused_and_nothing_changes(officer):
    kept, gone = EnterpriseFactory.create_batch(2)
    enterprises.change_enterprise(gone, version=1, fields={"city": "绵阳"}, by=officer, at=NOW)

    with pytest.raises(StaleEdit):
        merge(kept, gone, versions=(1, 1), by=officer)

    assert not Merge.objects.exists()
    assert Enterprise.objects.current().count() == 2


def test_a_form_that_was_open_cannot_write_to_a_file_merged_away(officer):
    kept, gone = EnterpriseFactory.create_batch(2)
    merge(kept, gone, by=officer)

    with pytest.raises(RuleBroken):
        contacts.add_contact(gone, fields={"name": "何芳"}, by=officer, at=LATER)

    assert not Contact.objects.exists()


def test_the_suspicion_is_settled_by_the_merge(officer):
    kept, gone = EnterpriseFactory.create_batch(2)
    suspect = Suspect.objects.create(first=kept, second=gone, kind="name", found_at=NOW)

    merge(gone, kept, by=officer)

    suspect.refresh_from_db()
    assert (suspect.state, suspect.decided_by, suspect.decided_at) == (SuspectState.MERGED, officer, NOW)


def test_undoing_leaves_what_was_changed_since(officer):
    kept = EnterpriseFactory(city="成都", staff_count=None)
    gone = EnterpriseFactory(city="南充", staff_count=80)
    moved, kept_by_hand = NeedFactory.create_batch(2, enterprise=gone)
    done = merge(kept, gone, taken=["place", "staff_count"], by=officer)
    kept.refresh_from_db()
    enterprises.change_enterprise(kept, version=2, fields={"staff_count": 90}, by=officer, at=LATER)
    kept_by_hand.enterprise = EnterpriseFactory()
    kept_by_hand.save()
    new = NeedFactory(enterprise=kept)

    preview = undo_preview(Merge.objects.get())
    undo_merge(done, by=officer, at=LATER)

    assert [number for _words, number in preview.staying_rows] == [1]
    assert preview.staying_fields == [group_label("staff_count")]
    for row in (kept, moved, kept_by_hand, new):
        row.refresh_from_db()
    assert (kept.city, kept.staff_count) == ("成都", 90)
    assert (moved.enterprise, new.enterprise) == (gone, kept)
    assert kept_by_hand.enterprise not in (kept, gone)


def test_a_merge_is_undone_once_and_the_later_one_first(officer):
    first, second, third = EnterpriseFactory.create_batch(3)
    inner = merge(second, third, by=officer)
    outer = merge(first, second, by=officer)

    with pytest.raises(RuleBroken):
        undo_merge(inner, by=officer, at=LATER)
    undo_merge(outer, by=officer, at=LATER)
    undo_merge(inner, by=officer, at=LATER)
    with pytest.raises(RuleBroken):
        undo_merge(inner, by=officer, at=LATER)

    assert Enterprise.objects.current().count() == 3


def test_a_credit_code_that_a_third_file_took_meanwhile_stops_the_undoing(officer):
    kept, gone = EnterpriseFactory(), EnterpriseFactory(credit_code=CODE)
    done = merge(kept, gone, by=officer)
    EnterpriseFactory(credit_code=CODE)

    with pytest.raises(DuplicateCreditCode):
        undo_merge(done, by=officer, at=LATER)

    gone.refresh_from_db()
    assert gone.merged_into == kept


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("directions", ["the same", "opposite"])
def test_of_two_people_who_merge_one_pair_one_is_told(directions):
    people = [person(Role.OFFICER) for _number in range(4)]
    left, right = EnterpriseFactory.create_batch(2)
    need = NeedFactory(enterprise=right)

    def act(number):
        pair = (left, right) if number % 2 == 0 or directions == "the same" else (right, left)
        try:
            merge(*pair, by=people[number])
        except RuleBroken:
            return "told"
        finally:
            connection.close()
        return "merged"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(act, range(4)))

    assert outcomes == ["merged", "told", "told", "told"]
    done = Merge.objects.get()
    need.refresh_from_db()
    assert need.enterprise == done.kept
    assert Enterprise.objects.current().get() == done.kept
