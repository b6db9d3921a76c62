"""Drafting from the report, evidence, and closing follow-ups: the pages."""

import uuid
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnerships.models.agreements import Agreement
from placements.models.postings import Posting
from tests.factories.partnerships import AgreementKindFactory, CommitmentFactory
from tests.factories.visits import (
    EvidenceFactory,
    FollowUpFactory,
    OutcomeFactory,
    ParticipantFactory,
    VisitFactory,
    reported_visit,
)
from visits.models.results import Evidence, FollowUp

pytestmark = pytest.mark.django_db


def page(record, name, *more):
    return reverse(f"visits:{name}", args=[record.pk, *more])


def pdf(name):
    return SimpleUploadedFile(name, b"%PDF-1.7\n%report", content_type="application/pdf")


def test_an_officer_draws_the_agreement_from_the_report(client_of, officer):
    visit, kind = reported_visit(), AgreementKindFactory()
    promise = CommitmentFactory(enterprise=visit.enterprise)
    visit.commitments.add(promise)
    client = client_of(officer)
    assert promise.description in client.get(page(visit, "agreement_draw")).content.decode()
    said = {"form_token": str(uuid.uuid4()), "kind": kind.pk, "title": "实习基地协议", "starts_on": "2027-01-01"}

    first, second = (client.post(page(visit, "agreement_draw"), said) for _ in range(2))

    agreement = Agreement.objects.get()
    assert first.url == second.url == reverse("agreements:agreement", args=[agreement.pk])
    assert (agreement.title, list(visit.agreements.all()), list(agreement.commitments.all())) == (
        "实习基地协议",
        [agreement],
        [promise],
    )


def test_an_agreement_that_ends_before_it_starts_is_said_beside_its_end(client_of, officer):
    visit, kind = reported_visit(), AgreementKindFactory()
    said = {"form_token": str(uuid.uuid4()), "kind": kind.pk, "title": "协议"}

    response = client_of(officer).post(
        page(visit, "agreement_draw"), {**said, "starts_on": "2027-01-02", "ends_on": "2027-01-01"}
    )

    assert list(response.context["form"].errors) == ["ends_on"]
    assert not Agreement.objects.exists()


def test_promises_that_an_agreement_holds_are_not_offered_to_a_second_one(client_of, officer):
    visit = reported_visit()
    visit.commitments.add(CommitmentFactory(enterprise=visit.enterprise))
    client = client_of(officer)
    said = {"form_token": str(uuid.uuid4()), "kind": AgreementKindFactory().pk, "title": "协议"}
    client.post(page(visit, "agreement_draw"), said)

    response = client.get(page(visit, "agreement_draw"))

    assert list(response.context["promises"]) == []
    assert "become promises of the agreement" not in response.content.decode()


def test_leaders_and_visits_ahead_draw_nothing(client_of, officer, leader):
    ahead = VisitFactory()

    assert client_of(leader).get(page(reported_visit(), "agreement_draw")).status_code == 403
    assert client_of(officer).get(page(ahead, "agreement_draw")).url == page(ahead, "visit")


def test_a_posting_is_drawn_by_a_button_and_opens_for_editing(client_of, officer):
    visit = reported_visit()
    outcome = OutcomeFactory(visit=visit)
    client, address = client_of(officer), page(visit, "posting_draw", outcome.pk)

    first, second = (client.post(address, {"kind": "internship"}) for _ in range(2))

    posting = Posting.objects.get()
    assert first.url == second.url == reverse("placements:posting_edit", args=[posting.pk])
    assert (posting.kind, posting.headcount) == ("internship", 10)
    assert client.get(address).status_code == 405


def test_an_offer_of_another_visit_is_not_found_and_an_empty_one_says_so(client_of, officer):
    visit = reported_visit()
    client = client_of(officer)

    assert client.post(page(visit, "posting_draw", OutcomeFactory().pk), {"kind": "job"}).status_code == 404
    empty = OutcomeFactory(visit=visit, posts=0)
    response = client.post(page(visit, "posting_draw", empty.pk), {"kind": "job"}, follow=True)
    assert "No place of this kind was offered for this major." in response.content.decode()
    assert not Posting.objects.exists()


def test_evidence_is_filed_and_served_to_staff_only(client_of, officer, leader, student, stranger):
    visit = reported_visit()
    said = {"form_token": str(uuid.uuid4()), "kind": "sign_in_sheet", "name": "签到表", "file": pdf("签到表.pdf")}

    assert client_of(officer).post(page(visit, "evidence_new"), said).url == page(visit, "visit")

    evidence = Evidence.objects.get()
    address = page(evidence, "evidence")
    response = client_of(leader).get(address)
    assert b"".join(response.streaming_content) == b"%PDF-1.7\n%report"
    assert "attachment" in response.headers["Content-Disposition"]
    assert [client_of(user).get(address).status_code for user in (student, stranger)] == [404, 404]


def test_files_of_one_name_leave_under_it_whichever_was_filed_first(client_of, officer):
    visit = reported_visit()
    client = client_of(officer)
    for name in ("签到表.PDF", "签到表", "签到表.pdf"):
        said = {"form_token": str(uuid.uuid4()), "kind": "sign_in_sheet", "name": name, "file": pdf("签到表.pdf")}
        client.post(page(visit, "evidence_new"), said)

    answers = [client.get(page(evidence, "evidence")) for evidence in visit.evidence.order_by("pk")]

    assert [unquote(answer.headers["Content-Disposition"]) for answer in answers] == [
        "attachment; filename*=utf-8''签到表.PDF",
        "attachment; filename*=utf-8''签到表.pdf",
        "attachment; filename*=utf-8''签到表.pdf",
    ]
    for answer in answers:
        answer.close()


def test_evidence_is_a_file_or_an_address(client_of, officer):
    visit = reported_visit()
    client, said = client_of(officer), {"form_token": str(uuid.uuid4()), "kind": "news", "name": "报道"}

    assert list(client.post(page(visit, "evidence_new"), said).context["form"].errors) == ["file"]
    wrong = {**said, "url": "javascript:alert(1)"}
    assert list(client.post(page(visit, "evidence_new"), wrong).context["form"].errors) == ["url"]
    assert not Evidence.objects.exists()
    client.post(page(visit, "evidence_new"), {**said, "url": "https://news.school.example/1"})
    assert Evidence.objects.get().url == "https://news.school.example/1"


def test_an_address_is_no_file_to_download(client_of, officer):
    assert client_of(officer).get(page(EvidenceFactory(), "evidence")).status_code == 404


def test_who_took_part_adds_evidence_a_bystander_does_not(client_of, leader, college_staff):
    visit = reported_visit()
    ParticipantFactory(visit=visit, side="school", user=leader)

    assert client_of(leader).get(page(visit, "evidence_new")).status_code == 200
    assert client_of(college_staff).get(page(visit, "evidence_new")).status_code == 403


def test_an_owner_closes_a_follow_up_with_its_result(client_of, leader, college_staff):
    follow_up = FollowUpFactory(owner=leader)
    said = {"version": 1, "state": "done", "result": "已寄出"}
    address = page(follow_up, "follow_up_close")

    assert client_of(college_staff).post(address, said).status_code == 403
    assert FollowUp.objects.get().state == "open"
    assert client_of(leader).post(address, said).url == page(follow_up.visit, "visit")
    assert (FollowUp.objects.get().state, FollowUp.objects.get().result) == ("done", "已寄出")
    again = client_of(leader).post(address, {**said, "version": 2, "result": "又寄"})
    assert "This follow-up is closed already: 已寄出" in again.content.decode()


@pytest.mark.parametrize("said", [{"result": ""}, {"state": "open"}, {"result": "很" * 301}])
def test_a_follow_up_is_not_closed_without_saying_how(client_of, officer, said):
    follow_up = FollowUpFactory()

    response = client_of(officer).post(
        page(follow_up, "follow_up_close"), {"version": 1, "state": "done", "result": "好", **said}
    )

    assert list(response.context["form"].errors) == list(said)
    assert FollowUp.objects.get().state == "open"


def test_a_file_that_the_storage_has_lost_is_said(client_of, officer):
    evidence = EvidenceFactory(visit=reported_visit(), name="签到表", file=pdf("list.pdf"))
    evidence.file.storage.delete(evidence.file.name)

    response = client_of(officer).get(page(evidence, "evidence"))

    assert response.status_code == 409
    assert "missing from the storage" in response.content.decode()
