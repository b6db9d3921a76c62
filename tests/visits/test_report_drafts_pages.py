"""Writing the report page by page: with a script and without, for oneself and for a leader."""

import io
import random
import uuid
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.services import name_assistant
from partnerships.models.timeline import TimelineEntry
from tests.core.test_pictures import GPS, exif, png_of
from tests.core.test_pictures import photo as picture
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import ContactFactory, NeedFactory
from tests.factories.visits import led_visit
from tests.reminding import told as told_by_rule
from tests.visits.test_report_pages import page, told
from visits.choices import VisitState
from visits.models.reports import DraftPhoto, ReportDraft
from visits.models.results import Evidence
from visits.models.visits import Visit
from visits.services import drafts

pytestmark = pytest.mark.django_db
S = VisitState
DAY = date(2026, 11, 24)


@pytest.fixture
def visit(leader):
    return led_visit(leader, state=S.HELD, starts_on=DAY)


def jpeg(name="IMG_1.jpg", content=None):
    return SimpleUploadedFile(name, content or picture((640, 480)).getvalue(), content_type="image/jpeg")


def large_photo():
    """What a telephone of today makes: about 20 MB, and it knows where it was."""
    grain = Image.frombytes("RGB", (3000, 2300), random.Random(7).randbytes(3000 * 2300 * 3))  # noqa: S311
    made = io.BytesIO()
    grain.save(made, "JPEG", quality=98, exif=exif())
    return made.getvalue()


def test_a_photo_of_twenty_megabytes_is_kept_small_and_without_its_place(client_of, leader, visit):
    content = large_photo()
    assert 10_000_000 < len(content) <= 20 * 1024 * 1024
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(GPS) != {}

    client_of(leader).post(page(visit, "report"), told(visit, photos=[jpeg("现场.jpg", content)]))

    paper = Evidence.objects.get()
    with paper.file.open() as stored, Image.open(stored) as shown:
        assert (shown.size, dict(shown.getexif())) == ((2000, 1533), {})
    assert (paper.name, paper.kind, len(paper.sha256)) == ("现场.jpg", "photo", 64)


def test_thirty_photos_at_once_without_a_script(client_of, leader, visit):
    photos = [jpeg(f"{n}.jpg", picture((40 + n, 30)).getvalue()) for n in range(31)]

    response = client_of(leader).post(page(visit, "report"), told(visit, photos=photos))

    assert "A report has at most 30 photos." in response.content.decode()
    assert (DraftPhoto.objects.count(), Visit.objects.get().state) == (30, S.HELD)
    client_of(leader).post(page(visit, "report"), told(visit))
    assert (Evidence.objects.count(), DraftPhoto.objects.count()) == (30, 0)


def test_one_wrong_photo_costs_the_others_nothing(client_of, leader, visit, settings):
    settings.UPLOAD_LIMIT = 30_000
    photos = [
        jpeg("good.jpg"),
        jpeg("letter.jpg", b"a letter"),
        jpeg("bomb.png", png_of(60_000, 60_000).getvalue()),
        jpeg("large.jpg", bytes(30_001)),
    ]

    response = client_of(leader).post(page(visit, "report"), told(visit, photos=photos))

    text = response.content.decode()
    for words in (
        "“letter.jpg” is not a photo.",
        "“bomb.png” has more than 80 million pixels.",
        "“large.jpg” is larger",
    ):
        assert words in text
    assert [photo.name for photo in DraftPhoto.objects.all()] == ["good.jpg"]
    assert 'alt="good.jpg"' in text
    assert Visit.objects.get().state == S.HELD


def test_saved_for_later_everything_stands_there_again_on_any_device(client_of, leader, officer, visit):
    major = MajorFactory()
    said = told(
        visit, later="1", minutes="", feedback="基础", photos=[jpeg()], people=[{"name": "周工"}],
        outcomes=[{"major": major.pk, "posts": "-3"}], promises=[{"side": "school", "description": "讲座"}],
    )  # fmt: skip

    saved = client_of(leader).post(page(visit, "report"), said, follow=True)

    assert saved.redirect_chain == [(page(visit, "report"), 302)]
    text = client_of(officer).get(page(visit, "report")).content.decode()
    for words in ('value="周工"', 'value="-3"', 'value="讲座"', "基础</textarea>", 'name="revision" value="1"'):
        assert words in text, words
    assert "Chen Li began this report and saved it last on 24 Nov 2026 at 12:00" in text
    assert "This field is required." not in text
    assert 'alt="IMG_1.jpg"' in text
    assert Visit.objects.get().state == S.HELD


def test_without_a_script_the_second_device_is_told_and_may_keep_its_own(client_of, leader, officer, visit):
    client_of(leader).post(page(visit, "report"), told(visit, later="1", minutes="甲"))
    said = told(visit, minutes="乙")

    for button in ({"later": "1"}, {}):
        response = client_of(officer).post(page(visit, "report"), {**said, **button})
        text = response.content.decode()
        assert "Chen Li saved this report on another device, on 24 Nov 2026 at 12:00." in text
        assert "乙</textarea>" in text
        assert (ReportDraft.objects.get().said["minutes"], Visit.objects.get().state) == (["甲"], S.HELD)

    client_of(officer).post(page(visit, "report"), {**said, "revision": response.context["form"]["revision"].value()})
    assert Visit.objects.get().minutes == "乙"


def test_the_script_hears_the_revision_and_whom_a_name_means(client_of, leader, visit):
    contact = ContactFactory(enterprise=visit.enterprise, name="何芳", title="总监")
    client, address = client_of(leader), page(visit, "report_draft")

    first = client.post(address, told(visit, device="phone-1", people=[{"name": "何方"}]))
    other = client.post(address, told(visit, device="phone-2", minutes="别的"))

    offered = [[f"c{contact.pk}", "何芳 · 总监"], ["-", "Nobody of these"]]
    assert first.json() == {"revision": 1, "at": "12:00", "people": {"people-0": offered}}
    assert (other.status_code, other.json()["revision"]) == (409, 1)
    assert other.json()["said"]["minutes"] == ["谈到实习与就业"]
    assert "form_token" not in ReportDraft.objects.get().said


@pytest.mark.parametrize(
    ("chosen", "name", "links"), [("", "何芳", None), ("-", "何方", False), ("contact", "何芳", True)]
)
def test_a_name_that_sounds_alike_is_asked_about(client_of, leader, visit, chosen, name, links):
    contact = ContactFactory(enterprise=visit.enterprise, name="何芳", title="总监")
    who = f"c{contact.pk}" if chosen == "contact" else chosen

    client_of(leader).post(page(visit, "report"), told(visit, people=[{"name": "何方", "who": who}]))

    came = visit.participants.filter(side="enterprise").values_list("name", "contact")
    assert list(came) == ([] if links is None else [(name, contact.pk if links else None)])


def test_a_report_that_waited_for_the_connection_keeps_names_as_they_were_typed(client_of, leader, visit):
    ContactFactory(enterprise=visit.enterprise, name="何芳")

    answer = client_of(leader).post(
        page(visit, "report"),
        told(visit, people=[{"name": "何方"}], unattended="1"),
        headers={"accept": "application/json"},
    )

    assert answer.json() == {"location": page(visit, "visit")}
    assert list(visit.participants.filter(side="enterprise").values_list("name", "contact")) == [("何方", None)]


def test_colleagues_are_linked_and_nobody_sits_twice(client_of, leader, officer, visit):
    people = [{"name": "王敏", "side": "enterprise"}, {"name": "陈立"}]

    client_of(leader).post(page(visit, "report"), told(visit, people=people, present=[]))

    assert list(visit.participants.order_by("pk").values_list("side", "user", "title", "was_present")) == [
        ("school", leader.pk, "副校长", True),
        ("school", officer.pk, officer.title, True),
    ]


def test_majors_of_open_needs_stand_there_and_count_only_with_numbers(client_of, leader, visit):
    wanted, other = MajorFactory(), MajorFactory()
    NeedFactory(enterprise=visit.enterprise).majors.add(wanted)
    NeedFactory(enterprise=visit.enterprise, state="met").majors.add(other)
    client = client_of(leader)

    rows = client.get(page(visit, "report")).context["outcomes"].forms
    client.post(page(visit, "report"), told(visit, outcomes=[{"major": wanted.pk}, {"posts": ""}]))

    assert [row["major"].value() for row in rows] == [wanted.pk]
    assert (Visit.objects.get().state, visit.outcomes.count()) == (S.REPORTED, 0)


def test_photos_come_one_by_one_and_go_again(client_of, leader, college_staff, visit):
    client, address = client_of(leader), page(visit, "report_photo_new")

    first, again = (client.post(address, {"key": "k1", "photo": jpeg()}) for _ in range(2))
    wrong = client.post(address, {"key": "k2", "photo": jpeg("a.jpg", b"a letter")})
    nothing = client.post(address, {"key": "k3"})

    photo = DraftPhoto.objects.get()
    assert first.json() == again.json() == {"pk": photo.pk, "name": "IMG_1.jpg", "src": page(photo, "report_photo")}
    assert (wrong.status_code, wrong.json()) == (422, {"error": "“a.jpg” is not a photo. Accepted: JPEG, PNG, WebP."})
    assert nothing.status_code == 422
    stranger = client_of(college_staff)
    assert stranger.post(page(photo, "report_photo_drop")).status_code == 403
    assert stranger.get(page(photo, "report_photo")).status_code == 403
    assert b"".join(client.get(page(photo, "report_photo")).streaming_content)[:3] == b"\xff\xd8\xff"
    assert client.post(page(photo, "report_photo_drop")).json() == {}
    assert not DraftPhoto.objects.exists()


def test_a_draft_of_a_visit_that_is_reported_is_told_by_whom(client_of, leader, officer, visit):
    client_of(leader).post(page(visit, "report"), told(visit))

    answer = client_of(officer).post(page(visit, "report_draft"), told(visit, minutes="我的"))

    told_so = "Chen Li reported this visit already, on 24 Nov 2026 at 12:00."
    assert (answer.status_code, answer.json()) == (409, {"over": told_so, "location": page(visit, "visit")})
    assert not ReportDraft.objects.exists()


def test_a_secretary_writes_for_the_leader_and_both_names_stay(client_of, leader, college_staff, visit, today):
    assert client_of(college_staff).get(page(visit, "report")).status_code == 403
    name_assistant(leader, college_staff, starts_on=today)
    client = client_of(college_staff)

    assert (
        "You write this report for Chen Li; both names stay with it."
        in client.get(page(visit, "report")).content.decode()
    )
    client.post(page(visit, "report"), told(visit))

    visit.refresh_from_db()
    assert (visit.reported_by, visit.reported_for) == (college_staff, leader)
    assert "Reported by Zhao Qian for Chen Li on 24 Nov 2026" in client.get(page(visit, "visit")).content.decode()
    entry = TimelineEntry.objects.get(kind="visit_reported")
    after = {"zh-hans": "陈立", "en": "Chen Li"}
    assert (entry.by, entry.changes[-1]["field"], entry.changes[-1]["after"]) == (college_staff, "reported_for", after)


@pytest.mark.parametrize(("begins", "ends"), [(1, None), (-9, -1)])
def test_an_assistant_of_another_time_does_not_report(client_of, leader, college_staff, visit, today, begins, ends):
    last = today + timedelta(days=ends) if ends else None
    name_assistant(leader, college_staff, starts_on=today + timedelta(days=begins), ends_on=last)

    assert client_of(college_staff).post(page(visit, "report"), told(visit)).status_code == 403
    assert Visit.objects.get().state == S.HELD


def test_who_leads_or_organises_reports_in_their_own_name(client_of, leader, officer, visit):
    client_of(officer).post(page(visit, "report"), told(visit))

    visit.refresh_from_db()
    assert (visit.reported_by, visit.reported_for) == (officer, None)


def test_assistants_are_asked_for_the_missing_report_and_the_leader_is_not(officer, leader, college_staff, now, today):
    name_assistant(leader, college_staff, starts_on=today)
    missing = date(2026, 11, 16)
    led_visit(leader, organiser=officer, starts_on=missing, state=S.HELD)
    led_visit(leader, organiser=leader, starts_on=missing, state=S.HELD)
    led_visit(leader, organiser=None, starts_on=missing, state=S.HELD)

    asked = [person for _key, person in told_by_rule("visits.report", now)]

    assert sorted(asked) == sorted([str(officer), *[str(college_staff)] * 3])


def test_the_profile_says_who_writes_for_whom(client_of, leader, college_staff, today):
    name_assistant(leader, college_staff, starts_on=today)
    address = reverse("accounts:profile")

    assert "Writes your reports" in client_of(leader).get(address).content.decode()
    assert "You write the reports of" in client_of(college_staff).get(address).content.decode()


def test_the_page_is_marked_to_be_kept_on_the_phone(client_of, leader, visit):
    assert 'tabindex="-1" data-offline>' in client_of(leader).get(page(visit, "report")).content.decode()


def test_a_token_that_was_used_answers_where_the_report_stands(client_of, leader, visit):
    client, said = client_of(leader), told(visit, form_token=str(uuid.uuid4()))

    for _ in range(2):
        answer = client.post(page(visit, "report"), said, headers={"accept": "application/json"})
        assert answer.json() == {"location": page(visit, "visit")}
    assert visit.moves.count() == 1
    assert drafts.photos_of(visit) == []
