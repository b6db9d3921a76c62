"""The report before it is sent: saved on two devices, with photos, and what becomes of it."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from PIL import Image

from accounts.choices import Role
from core.errors import RuleBroken
from tests.core.test_pictures import exif, photo, png_of
from tests.factories.accounts import person
from tests.factories.visits import VisitFactory, led_visit
from visits import tasks
from visits.choices import VisitState
from visits.models.reports import DraftPhoto, ReportDraft
from visits.models.results import Evidence
from visits.services import drafts, reporting
from visits.services.drafts import DraftMovedOn, VisitOver

pytestmark = pytest.mark.django_db
S = VisitState
DAY = date(2026, 11, 24)
SAID = {"minutes": ["谈到实习"]}
NOTHING = {"outcomes": (), "commitments": ()}


@pytest.fixture
def visit(leader):
    return led_visit(leader, state=S.HELD, starts_on=DAY)


def save(visit, by, at, *, said=SAID, revision=0, device="phone-1"):
    return drafts.save_draft(visit, said=said, revision=revision, device=device, by=by, at=at)


def picture(color="teal", size=(640, 480)):
    sent = photo(size)
    if color != "teal":
        sent.seek(0)
        Image.new("RGB", size, color).save(sent, "JPEG")
    return ContentFile(sent.getvalue(), name="IMG_1.jpg")


def keep(visit, by, at, file=None, *, key="one", name="IMG_1.jpg"):
    return drafts.keep_photo(visit, file or picture(), key=key, name=name, by=by, at=at)


def test_a_draft_is_kept_with_who_saved_it_when_and_where(visit, leader, now):
    first = save(visit, leader, now)
    second = save(
        visit, leader, now + timedelta(seconds=5), said={"minutes": ["谈到实习与就业"]}, revision=first.revision
    )

    kept = ReportDraft.objects.get()
    assert (first.revision, second.revision, kept.revision) == (1, 2, 2)
    assert (kept.said, kept.device, kept.saved_by) == ({"minutes": ["谈到实习与就业"]}, "phone-1", leader)
    assert kept.saved_at == now + timedelta(seconds=5)


def test_another_device_on_an_older_revision_is_told_who_was_there(visit, leader, officer, now):
    save(visit, leader, now)

    with pytest.raises(
        DraftMovedOn, match="Chen Li saved this report on another device, on 24 Nov 2026 at 12:00"
    ) as told:
        save(visit, officer, now, said={"minutes": ["我的"]}, device="phone-2")

    assert told.value.draft.said == SAID
    assert (ReportDraft.objects.get().said, ReportDraft.objects.get().revision) == (SAID, 1)


def test_a_device_that_never_heard_the_answer_goes_on_where_it_was(visit, leader, now):
    save(visit, leader, now)

    again = save(visit, leader, now, said={"minutes": ["谈到实习，"]})

    assert (again.revision, ReportDraft.objects.get().said) == (2, {"minutes": ["谈到实习，"]})


def test_without_a_mark_no_device_is_the_same(visit, leader, now):
    save(visit, leader, now, device="")

    with pytest.raises(DraftMovedOn):
        save(visit, leader, now, device="")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": S.REPORTED}, "This visit is reported already"),
        ({"state": S.CANCELLED}, "This visit was called off"),
        ({"state": S.PLANNED, "starts_on": DAY + timedelta(days=1)}, "still ahead"),
    ],
)
def test_nothing_is_drafted_where_there_is_nothing_to_report(officer, now, fields, words):
    visit = VisitFactory(**{"starts_on": DAY, **fields})

    for write in (save, keep):
        with pytest.raises(VisitOver, match=words):
            write(visit, officer, now)
    assert (ReportDraft.objects.count(), DraftPhoto.objects.count()) == (0, 0)


def test_a_stranger_saves_nothing(visit, college_staff, now):
    for write in (save, keep):
        with pytest.raises(PermissionDenied):
            write(visit, college_staff, now)
    assert (ReportDraft.objects.count(), DraftPhoto.objects.count()) == (0, 0)


def test_a_draft_has_an_end(visit, leader, now):
    with pytest.raises(RuleBroken, match="too much text"):
        save(visit, leader, now, said={"minutes": ["很" * 200_001]})
    assert not ReportDraft.objects.exists()


def test_a_photo_is_kept_small_and_without_its_place(visit, leader, now):
    sent = ContentFile(photo((4000, 3000), exif=exif()).getvalue(), name="IMG_1.jpg")

    kept = keep(visit, leader, now, sent)

    with kept.file.open() as stored, Image.open(stored) as shown:
        assert (shown.size, dict(shown.getexif())) == ((2000, 1500), {})
    assert (kept.name, kept.added_by, kept.draft.revision) == ("IMG_1.jpg", leader, 0)


def test_the_same_photo_twice_is_one_by_its_key_and_by_its_content(visit, leader, now):
    first = keep(visit, leader, now)

    assert keep(visit, leader, now, picture("red")) == first
    assert keep(visit, leader, now, key="two", name="copy.jpg") == first
    assert keep(visit, leader, now, picture("red"), key="three") != first
    assert DraftPhoto.objects.count() == 2


def test_a_report_has_thirty_photos(visit, leader, now):
    for number in range(30):
        keep(visit, leader, now, picture((number * 8, 0, 0), (64, 64)), key=str(number))

    with pytest.raises(RuleBroken, match="at most 30 photos"):
        keep(visit, leader, now, picture("white"), key="last")
    assert DraftPhoto.objects.count() == 30


@pytest.mark.parametrize("content", [b"a letter", png_of(60_000, 60_000).getvalue()])
def test_what_is_no_photo_leaves_nothing_behind(visit, leader, now, content):
    with pytest.raises(RuleBroken, match="IMG_1.jpg"):
        keep(visit, leader, now, ContentFile(content, name="IMG_1.jpg"))
    assert (ReportDraft.objects.count(), DraftPhoto.objects.count()) == (0, 0)


def test_a_photo_goes_with_its_file(visit, leader, college_staff, now, django_capture_on_commit_callbacks):
    kept = keep(visit, leader, now)
    with pytest.raises(PermissionDenied):
        drafts.drop_photo(kept, by=college_staff, at=now)
    assert default_storage.exists(kept.file.name)

    with django_capture_on_commit_callbacks(execute=True):
        drafts.drop_photo(kept, by=leader, at=now)

    assert not DraftPhoto.objects.exists()
    assert not default_storage.exists(kept.file.name)


def test_the_report_takes_the_photos_over_and_the_draft_goes(
    visit, leader, officer, now, django_capture_on_commit_callbacks
):
    save(visit, leader, now)
    kept = keep(visit, officer, now)

    with django_capture_on_commit_callbacks(execute=True):
        reporting.report_visit(visit, by=leader, at=now, revision=1, minutes="谈过", **NOTHING)

    paper = Evidence.objects.get()
    assert (paper.kind, paper.name, paper.added_by, paper.dated_on) == ("photo", "IMG_1.jpg", officer, DAY)
    assert paper.sha256 == kept.sha256
    with paper.file.open() as stored, Image.open(stored) as shown:
        assert shown.size == (640, 480)
    assert not ReportDraft.objects.exists()
    assert not default_storage.exists(kept.file.name)


def test_a_report_on_an_older_draft_is_not_written(visit, leader, officer, now):
    save(visit, leader, now)

    with pytest.raises(DraftMovedOn):
        reporting.report_visit(visit, by=officer, at=now, revision=0, minutes="我的", **NOTHING)

    visit.refresh_from_db()
    assert (visit.state, visit.minutes, ReportDraft.objects.get().said) == (S.HELD, "", SAID)


@pytest.mark.parametrize(("state", "days", "left"), [(S.CANCELLED, 61, 0), (S.CANCELLED, 59, 1), (S.HELD, 61, 1)])
def test_old_drafts_of_visits_that_are_over_are_cleaned(visit, leader, now, state, days, left):
    save(visit, leader, now)
    ReportDraft.objects.update(saved_at=now - timedelta(days=days))
    type(visit).objects.update(state=state)

    tasks.clean_drafts.delay()

    assert ReportDraft.objects.count() == left


@pytest.mark.django_db(transaction=True)
def test_of_two_devices_that_save_at_once_one_is_told(now):
    office = person(Role.OFFICER)
    visit = VisitFactory(state=S.HELD, starts_on=DAY)
    gate, outcomes = threading.Barrier(2), []

    def type_on(device):
        try:
            gate.wait(timeout=10)
            save(visit, office, now, said={"minutes": [device]}, device=device)
            outcomes.append(device)
        except DraftMovedOn:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=type_on, args=[name]) for name in ("phone-1", "phone-2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(outcomes) == sorted(["told", ReportDraft.objects.get().device])
    assert ReportDraft.objects.get().revision == 1
