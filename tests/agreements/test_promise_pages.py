"""The pages of promises and their evidence."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from agreements.choices import EvidenceKind
from agreements.models import CommitmentEvidence
from agreements.services.evidence import Counted, show_evidence
from partnerships.choices.agreements import CommitmentKind, CommitmentState
from partnerships.models.commitments import Commitment
from placements.choices import ApplicationState, PostingKind
from tests.factories.partnerships import CommitmentFactory, EnterpriseFactory, signed_agreement
from tests.factories.placements import ApplicationFactory, PostingFactory
from visits.selectors.evidence_picker import found_records

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
TOKEN = "11111111-1111-4111-8111-111111111111"
LIST = reverse("agreements:promise_list")


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def page(name, record):
    return reverse(name if ":" in name else f"agreements:{name}", args=[record.pk])


def promised(enterprise=None, **fields):
    agreement = signed_agreement(enterprise=enterprise or EnterpriseFactory())
    return CommitmentFactory(agreement=agreement, enterprise=agreement.enterprise, **fields)


def intern(enterprise):
    posting = PostingFactory(enterprise=enterprise, kind=PostingKind.INTERNSHIP)
    return ApplicationFactory(posting=posting, state=ApplicationState.ACCEPTED)


NEW = {"form_token": TOKEN, "side": "enterprise", "kind": "lectures", "description": "讲座", "number": "4"}


def test_a_promise_is_made_once_and_closed_with_its_evidence(client, officer):
    agreement = signed_agreement()
    client.force_login(officer)
    for _ in range(2):
        made = client.post(page("commitment_new", agreement), NEW)
        assert made["Location"] == page("promises", agreement)
    commitment = Commitment.objects.get()

    refused = client.post(page("commitment_close", commitment), {"state": "kept", "on": "2026-11-20", "evidence": "表"})
    assert list(refused.context["form"].errors) == ["delivered"]

    closed = {"state": "kept", "on": "2026-11-20", "evidence": "签到表", "delivered": "4"}
    assert client.post(page("commitment_close", commitment), closed)["Location"] == page("promise", commitment)
    commitment.refresh_from_db()
    assert (commitment.state, commitment.delivered, commitment.evidence) == (CommitmentState.KEPT, 4, "签到表")
    client.post(page("promise_reopen", commitment))
    commitment.refresh_from_db()
    assert commitment.state == CommitmentState.OPEN


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"kind": "money", "number": "500万"}, (Decimal(5_000_000), "元")),
        ({"kind": "money", "number": "500", "unit": "万元"}, (Decimal(5_000_000), "元")),
        ({"kind": "jobs", "number": "12.5", "unit": "人"}, (Decimal("12.5"), "人")),
        ({"kind": "other", "number": ""}, (None, "")),
    ],
)
def test_a_number_is_read_as_people_write_it(client, officer, typed, kept):
    client.force_login(officer)

    client.post(page("promise_new", EnterpriseFactory()), {**NEW, **typed})

    made = Commitment.objects.get()
    assert (made.number, made.unit, made.agreement) == (*kept, None)


@pytest.mark.parametrize(
    "typed",
    [
        {"number": "-3"}, {"number": "0"}, {"number": "many"}, {"number": "NaN"}, {"number": "9" * 20},
        {"kind": "money", "number": "about 500"}, {"kind": "money", "number": "-5"},
    ],
)  # fmt: skip
def test_a_bad_number_is_refused_beside_the_field(client, officer, typed):
    client.force_login(officer)

    refused = client.post(page("promise_new", EnterpriseFactory()), {**NEW, **typed})

    assert list(refused.context["form"].errors) == ["number"]
    assert not Commitment.objects.exists()


def test_a_stale_edit_is_told_and_keeps_what_was_typed(client, officer):
    promise = promised(number=10)
    client.force_login(officer)
    typed = {**NEW, "number": "7", "version": promise.version}
    Commitment.objects.filter(pk=promise.pk).update(version=promise.version + 1, number=11)

    told = client.post(page("promise_edit", promise), typed)

    assert told.context["form"].saved_beside == [("Kind", "Internship places"), ("Promise", promise.description),
        ("Number", "11.00"), ("Unit", "人"), ("Due on", "2027-06-30")]  # fmt: skip
    assert client.post(page("promise_edit", promise), {**typed, "version": promise.version + 1}).status_code == 302
    promise.refresh_from_db()
    assert promise.number == 7


def pick(client, promise, **data):
    return client.post(page("visits:evidence_pick", promise), {"version": promise.version, **data})


def test_records_that_fit_come_first_and_ticked_ones_count(client, officer):
    promise = promised(number=3)
    first, second = intern(promise.enterprise), intern(promise.enterprise)
    PostingFactory()
    client.force_login(officer)

    shown = client.get(page("visits:evidence_pick", promise)).context["groups"]
    assert [(group.label, group.fits, len(group.picks)) for group in shown] == [
        ("Intern taken", True, 2),
        ("Posting", True, 2),
    ]
    assert {each.number for each in shown[0].picks} == {"1"}

    keys = [f"intern-{first.pk}", f"intern-{second.pk}"]
    sent = pick(client, promise, picked=keys, **{f"number-{keys[0]}": "1", f"number-{keys[1]}": "2"})
    assert sent["Location"] == page("promise", promise)
    assert sorted(CommitmentEvidence.objects.values_list("record", "number")) == [
        (first.pk, Decimal(1)),
        (second.pk, Decimal(2)),
    ]
    assert client.get(page("promise", promise)).context["standing"].delivered == 3

    promise.refresh_from_db()
    pick(client, promise, picked=keys[:1], was=keys, **{f"number-{keys[0]}": "1"})
    assert list(CommitmentEvidence.objects.values_list("record", flat=True)) == [first.pk]


def test_what_cannot_count_is_refused_and_nothing_is_linked(client, officer):
    promise, other = promised(), intern(EnterpriseFactory())
    mine = intern(promise.enterprise)
    client.force_login(officer)

    foreign = pick(client, promise, picked=[f"intern-{other.pk}"])
    assert list(foreign.context["form"].errors) == ["picked"]
    for wrong in ("-1", "0", "two"):
        key = f"intern-{mine.pk}"
        refused = pick(client, promise, picked=[key], **{f"number-{key}": wrong})
        assert list(refused.context["form"].wrong) == [key]
    stale = client.post(page("visits:evidence_pick", promise), {"version": promise.version - 1, "words": "表"})
    assert stale.context["form"].non_field_errors()
    assert not CommitmentEvidence.objects.exists()


def test_a_record_that_no_longer_holds_is_marked_and_may_be_taken_away(client, officer):
    promise = promised(number=3)
    gone = intern(promise.enterprise)
    (found,) = [each for each in found_records(officer, promise).values() if each.kind == EvidenceKind.INTERN]
    show_evidence(promise, counted=[Counted(found, Decimal(1))], by=officer, at=NOW)
    gone.state = ApplicationState.WITHDRAWN
    gone.save()
    client.force_login(officer)

    assert "no longer holds" in client.get(page("promise", promise)).content.decode()
    assert "no longer holds" in client.get(page("visits:evidence_pick", promise)).content.decode()
    client.post(page("evidence_remove", CommitmentEvidence.objects.get()))

    assert not CommitmentEvidence.objects.exists()


def test_a_student_is_named_to_those_alone_who_may_see_the_application(client, officer, college_staff, college):
    promise = promised()
    promise.agreement.colleges.add(college)
    application = intern(promise.enterprise)

    assert found_records(officer, promise)[f"intern-{application.pk}"].who == str(application.student)
    assert f"intern-{application.pk}" not in found_records(college_staff, promise)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("list", 10), ("promises", 10), ("enterprise_promises", 9), ("pick", 16)]
)
def test_pages_run_the_same_queries_for_any_number_of_rows(
    client, officer, django_assert_num_queries, rows, name, queries
):
    first = promised()
    for _ in range(rows):
        promise = CommitmentFactory(agreement=first.agreement, enterprise=first.enterprise)
        intern(first.enterprise)
        counted = [Counted(each, Decimal(1)) for each in found_records(officer, promise).values()]
        show_evidence(promise, counted=counted, by=officer, at=NOW)
    client.force_login(officer)
    addresses = {
        "list": LIST,
        "promises": page("promises", first.agreement),
        "enterprise_promises": page("enterprise_promises", first.enterprise),
        "pick": page("visits:evidence_pick", promise),
    }

    with django_assert_num_queries(queries):
        assert client.get(addresses[name]).status_code == 200


def test_the_list_as_a_workbook(client, officer):
    promised(description="接收实习生", number=10, due_on=date(2026, 11, 1), kind=CommitmentKind.JOBS)
    client.force_login(officer)

    answer = client.get(LIST, {"format": "xlsx", "state": "overdue"})

    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.getvalue())).get_sheet_by_index(0).to_python()
    assert len(sheet) == 2
    assert sheet[1][:9] == ["接收实习生", "Enterprise", "Jobs", 10, "", "人", date(2026, 11, 1), "Open", "yes"]
