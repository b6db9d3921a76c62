"""Two files become one, and two again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from events.choices import EventKind
from events.models import Event, EventSpeaker
from partnerships.choices.enterprises import SuspectState
from partnerships.choices.links import LinkPurpose
from partnerships.choices.programmes import CommunityLevel, MemberRole, MemberType
from partnerships.choices.timeline import TimelineKind
from partnerships.models.communities import Community, Membership
from partnerships.models.duplicates import MergeMove, Suspect
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import SignedLink
from partnerships.models.timeline import TimelineEntry
from partnerships.selectors.hanging import references
from partnerships.selectors.merging import merge_preview
from partnerships.services.merging import merge_enterprises
from partnerships.services.unmerging import undo_merge
from tests.factories.accounts import CollegeFactory
from tests.factories.partnerships import (
    CommitmentFactory,
    ContactFactory,
    EnterpriseFactory,
    FlagFactory,
    NeedFactory,
    ProvinceFactory,
    signed_agreement,
)
from tests.factories.placements import PostingFactory
from tests.factories.visits import VisitFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
CODE = "91350100M000100Y43"


def two_files(**gone):
    kept = EnterpriseFactory(legal_name="成都灯塔影视文化有限公司", short_name="灯塔", city="成都", confirmed_at=NOW)
    fields = {"legal_name": "成都灯塔影视有限公司", "credit_code": CODE, "credit_code_state": "valid", **gone}
    return kept, EnterpriseFactory(
        **{"city": "南充", "staff_count": 80, "staff_counted_on": date(2026, 1, 31), **fields}
    )


def merge(kept, gone, taken=(), **options):
    return merge_enterprises(kept, gone, taken=taken, at=NOW, **options)


def state_of(enterprise):
    """Every column of a file and what hangs on it."""
    row = Enterprise.objects.filter(pk=enterprise.pk).values().get()
    hanging = {
        f"{field.model._meta.label}.{field.name}": sorted(
            field.model._default_manager.filter(**{field.name: enterprise}).values_list("pk", flat=True)
        )
        for field in references()
        if field.model is not TimelineEntry
    }
    linked = [
        sorted(getattr(enterprise, name).values_list("pk", flat=True)) for name in ("flags", "colleges", "events")
    ]
    volatile = ("version", "updated_at", "search")
    return {name: value for name, value in row.items() if name not in volatile}, hanging, linked


def test_everything_that_hangs_on_the_file_moves(officer):
    kept, gone = two_files()
    rows = [
        factory(enterprise=gone)
        for factory in (ContactFactory, NeedFactory, VisitFactory, PostingFactory, CommitmentFactory, signed_agreement)
    ]
    subsidiary = EnterpriseFactory(parent=gone)

    done = merge(kept, gone, by=officer)

    for row in rows:
        row.refresh_from_db()
        assert row.enterprise == kept
    subsidiary.refresh_from_db()
    assert subsidiary.parent == kept
    assert MergeMove.objects.filter(merge=done).count() == 8
    gone.refresh_from_db()
    assert (gone.archived_at, gone.merged_into) == (NOW, kept)
    assert [former.name for former in kept.former_names.all()] == ["成都灯塔影视有限公司"]
    entry = kept.timeline.get(kind=TimelineKind.FILES_MERGED)
    assert (entry.text, entry.link) == ("成都灯塔影视有限公司", f"/enterprises/merges/{done.pk}/")


def test_the_tables_that_point_at_a_file_are_those_we_know():
    names = {f"{field.model._meta.label_lower}.{field.name}" for field in references()}

    assert {"visits.visit.enterprise", "placements.posting.enterprise", "events.eventspeaker.enterprise"} < names
    assert {"partnerships.enterprise.parent", "partnerships.timelineentry.enterprise"} < names
    assert not {name for name in names if "history" in name or "suspect" in name or "merge" in name}


def test_fields_are_taken_over_as_chosen_and_the_code_passes(officer):
    kept, gone = two_files()

    merge(kept, gone, taken=["credit_code", "staff_count"], by=officer)

    kept.refresh_from_db()
    assert (kept.credit_code, kept.credit_code_state, kept.staff_count) == (CODE, "valid", 80)
    assert (kept.staff_counted_on, kept.city, kept.short_name) == (date(2026, 1, 31), "成都", "灯塔")
    assert kept.version == 2
    changes = TimelineEntry.objects.get(kind=TimelineKind.FILES_MERGED).changes
    assert [change["field"] for change in changes] == [
        "credit_code", "credit_code_state", "staff_count", "staff_counted_on",
    ]  # fmt: skip


def test_the_name_that_is_not_chosen_becomes_a_former_one(officer):
    kept, gone = two_files()

    merge(kept, gone, taken=["legal_name"], by=officer)

    kept.refresh_from_db()
    assert kept.legal_name == "成都灯塔影视有限公司"
    assert [former.name for former in kept.former_names.all()] == ["成都灯塔影视文化有限公司"]


def test_the_preview_names_each_difference_and_proposes_what_is_filled_or_confirmed_later(officer):
    kept, gone = two_files(short_name="", confirmed_at=LATER)
    NeedFactory(enterprise=gone)

    preview = merge_preview(kept, gone)

    proposed = {each.name: each.takes_gone for each in preview.differences}
    assert proposed == {
        "legal_name": True, "name_en": True, "short_name": False, "credit_code": True, "place": True,
        "staff_count": True,
    }  # fmt: skip
    assert len(preview.moving) == 1
    assert preview.moving[0][1] == 1
    assert preview.collisions == []


def test_what_may_be_there_once_is_settled_and_comes_back(officer):
    kept, gone = two_files()
    ContactFactory(enterprise=kept, is_primary=True)
    contact = ContactFactory(enterprise=gone, is_primary=True)
    community = Community.objects.create(name="视听共同体", level=CommunityLevel.PROVINCIAL, industry="视听")
    links = []
    for number, file in enumerate((kept, gone)):
        member = {"type": MemberType.ENTERPRISE, "role": MemberRole.MEMBER}
        Membership.objects.create(community=community, organisation=file.legal_name, enterprise=file, **member)
        window = {"issued_at": NOW, "expires_at": LATER, "year": 2026, "email": "a@enterprise.example"}
        purpose = LinkPurpose.CONFIRM_FILE
        links.append(SignedLink.objects.create(digest=str(number), purpose=purpose, enterprise=file, **window))
    assert len(merge_preview(kept, gone).collisions) == 3

    done = merge(kept, gone, by=officer)

    contact.refresh_from_db()
    links[1].refresh_from_db()
    membership = Membership.objects.get(organisation=gone.legal_name)
    assert (contact.enterprise, contact.is_primary) == (kept, False)
    assert (links[1].enterprise, links[1].revoked_at) == (kept, NOW)
    assert (membership.enterprise, membership.left_on) == (kept, date(2026, 11, 20))

    undo_merge(done, by=officer, at=LATER)

    contact.refresh_from_db()
    links[1].refresh_from_db()
    membership.refresh_from_db()
    assert (contact.enterprise, contact.is_primary) == (gone, True)
    assert (links[1].enterprise, links[1].revoked_at) == (gone, None)
    assert (membership.enterprise, membership.left_on) == (gone, None)


def test_undoing_restores_both_files_exactly(officer):
    kept, gone = two_files(parent=None, province=ProvinceFactory(code="500000", name_zh="重庆市"))
    for factory in (ContactFactory, NeedFactory, VisitFactory, PostingFactory, signed_agreement):
        factory(enterprise=gone)
        factory(enterprise=kept)
    gone.former_names.create(name="灯塔工作室")
    kept.former_names.create(name="灯塔工作室")
    kept.flags.add(FlagFactory())
    gone.flags.add(FlagFactory(), FlagFactory(code="listed", name_zh="上市公司"))
    gone.colleges.add(CollegeFactory())
    talk, fair = (Event.objects.create(kind=kind, name=kind) for kind in (EventKind.TALK, EventKind.FAIR))
    talk.enterprises.add(kept, gone)
    fair.enterprises.add(gone)
    EventSpeaker.objects.create(event=talk, name="何芳", enterprise=gone)
    before = state_of(kept), state_of(gone)

    done = merge(kept, gone, taken=["legal_name", "credit_code", "place", "staff_count"], by=officer)
    assert sorted(flag.code for flag in kept.flags.all()) == ["alumni", "listed"]
    assert [list(event.enterprises.all()) for event in (talk, fair)] == [[kept], [kept]]
    undone = undo_merge(done, by=officer, at=LATER)

    assert (state_of(kept), state_of(gone)) == before
    assert (undone.undone_by, undone.undone_at) == (officer, LATER)
    assert Suspect.objects.get().state == SuspectState.DIFFERENT
    assert TimelineEntry.objects.filter(kind=TimelineKind.MERGE_UNDONE).count() == 2
