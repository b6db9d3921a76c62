"""Who may open what: every address of the portal by every role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.http import FileResponse, Http404
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models.people import User
from accounts.models.school import College
from drafting.models.texts import AgreementTemplate
from events.choices import EventKind
from events.models import Event
from imports.models import Import
from ledger.models.imports import LedgerImport
from ledger.models.platform import PlatformFile
from notifications.choices import Channel, Matter, MessageState
from notifications.leaving import stop_path
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import AgreementFileKind, AgreementState
from partnerships.choices.enterprises import CheckResult, CheckSource
from partnerships.choices.programmes import CommunityLevel, MemberRole, MemberType, ProgrammeKind
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import AgreementFile
from partnerships.models.communities import Community
from partnerships.models.enterprises import Site
from partnerships.models.lists import Mailing
from partnerships.models.notes import EnterpriseFile, Note
from partnerships.models.programmes import Programme
from partnerships.services.checks import record_check
from partnerships.services.merging import merge_enterprises
from placements.models.applications import Application
from reports.models.schedules import ReportSchedule
from tests.factories.community_work import records_of
from tests.factories.desk import account_of, desk_records
from tests.factories.drafting import begun_text
from tests.factories.events import event_records
from tests.factories.guidance import guidance_records
from tests.factories.links import address_of, asked_link
from tests.factories.mentors import mentor_records
from tests.factories.notifications import EmailFactory, LetterFactory
from tests.factories.partnerships import (
    AgreementFactory,
    CommitmentFactory,
    ContactFactory,
    EnterpriseFactory,
    NeedFactory,
)
from tests.factories.placements import (
    ApplicationFactory,
    InterviewSlotFactory,
    PostingFactory,
    RejectionReasonFactory,
    review_records,
)
from tests.factories.programmes import CohortFactory, ReceiptFactory
from tests.factories.resumes import application_file, resume_records
from tests.factories.signing import address_to_sign, asked_by_link, asked_in_portal, awaiting
from tests.factories.surveys import survey_records
from tests.factories.visits import (
    CampaignFactory,
    FollowUpFactory,
    OutcomeFactory,
    TripFactory,
    VisitFactory,
    draft_photo,
)
from tests.journeys.elsewhere import ELSEWHERE
from tests.journeys.pages import EVERYONE, OWN_APPS, PAGES
from tests.reports.asking import build_of
from visits.choices import EvidenceKind, VisitState
from visits.models.handover import HandOver
from visits.models.results import Evidence

pytestmark = pytest.mark.django_db


# V visitor, N signed in without a role, S student, K contact of an enterprise, L leader, C college staff, O officer,
# A administrator.
@pytest.fixture
def contact(db: None) -> User:
    """Signs in for an enterprise that has nothing to do with the records but one application."""
    return account_of()


@pytest.fixture
def people(
    stranger: User, student: User, contact: User, leader: User, college_staff: User, officer: User, admin: User
) -> dict[str, User | None]:
    return {
        "V": None,
        "N": stranger,
        "S": student,
        "K": contact,
        "L": leader,
        "C": college_staff,
        "O": officer,
        "A": admin,
    }


@pytest.fixture
def records(officer: User, contact: User, college: College, student: User) -> dict[str, object]:
    """One record of each kind, none of them belonging to anyone of the cast but the office."""
    enterprise = EnterpriseFactory()
    agreement = AgreementFactory(enterprise=enterprise, state=AgreementState.AWAITING_SIGNATURES, owner=officer)
    drafted = AgreementFactory(enterprise=enterprise, owner=officer)
    drafted.colleges.add(college)
    begun_text(drafted, by=officer)
    fresh = AgreementFactory(enterprise=enterprise, owner=officer)
    fresh.colleges.add(college)
    visit = VisitFactory(enterprise=enterprise, organiser=officer)
    held = VisitFactory(enterprise=enterprise, organiser=officer, state=VisitState.HELD, starts_on=date(2026, 11, 2))
    community = Community.objects.create(name="四川智慧视听共同体", level=CommunityLevel.PROVINCIAL, industry="视听")
    member = community.memberships.create(organisation="丙", type=MemberType.RESEARCH, role=MemberRole.MEMBER)
    programme = Programme.objects.create(enterprise=enterprise, kind=ProgrammeKind.ORDER_CLASS, name="定向班")
    receipt = ReceiptFactory(investment__enterprise=enterprise)
    file = AgreementFile(
        agreement=agreement, kind=AgreementFileKind.DRAFT, name="draft.pdf", uploaded_at=timezone.now()
    )
    file.file.save("draft.pdf", ContentFile(b"%PDF-1.7"))
    file.file.close()
    evidence = Evidence(visit=held, kind=EvidenceKind.OTHER, name="minutes.pdf")
    evidence.file.save("minutes.pdf", ContentFile(b"%PDF-1.7"))
    evidence.file.close()
    check = record_check(
        enterprise, source=CheckSource.LICENCE, result=CheckResult.DIFFERS, checked_on=date(2026, 11, 2), by=officer,
        at=timezone.now(), screenshot=ContentFile(b"%PDF-1.7", "shot.pdf"),
    )  # fmt: skip
    check.screenshot.close()
    paper = EnterpriseFile(enterprise=enterprise, name="licence", uploaded_by=officer, uploaded_at=timezone.now())
    paper.file.save("licence.pdf", ContentFile(b"%PDF-1.7"))
    paper.file.close()
    note = Note.objects.create(enterprise=enterprise, text="先打电话", author=officer, at=timezone.now())
    letter = enterprise.timeline.create(
        kind=TimelineKind.EMAIL_SENT, at=timezone.now(), detail=f"message:{EmailFactory(recipient=officer).pk}"
    )
    campaign = CampaignFactory()
    signed_out = awaiting()
    signer = asked_by_link(signed_out, by=officer)
    mine = asked_in_portal(signed_out, officer, by=officer)
    return {
        "": None,
        "enterprise": enterprise.pk,
        "check": check.pk,
        "site": Site.objects.create(enterprise=enterprise, name="绵阳厂区").pk,
        "mailing": Mailing.objects.create(subject="邀请", body="您好", by=officer, at=timezone.now()).pk,
        "pair": (enterprise.pk, EnterpriseFactory().pk),
        "merge": merge_enterprises(enterprise, EnterpriseFactory(), taken=(), by=officer, at=timezone.now()).pk,
        "contact": ContactFactory(enterprise=enterprise).pk,
        "token": address_of(asked_link(at=timezone.now())).split("/")[2],
        "letter": LetterFactory(state=MessageState.FAILED).pk,
        "rule": "guidance.appointment",
        "stop_token": stop_path(LetterFactory()).split("/")[3],
        "need": NeedFactory(enterprise=enterprise).pk,
        "agreement": agreement.pk,
        "kind": agreement.kind.code,
        "draft": drafted.pk,
        "fresh": fresh.pk,
        "template": AgreementTemplate.objects.get().pk,
        "agreement_file": file.pk,
        "signed_out": signed_out.pk,
        "party": signer.party_id,
        "signer": signer.pk,
        "mine_to_sign": mine.pk,
        "to_sign": address_to_sign(signer).split("/")[2],
        "code": signed_out.verification.code,
        "interview_slot": InterviewSlotFactory().pk,
        "rejection_reason": RejectionReasonFactory().pk,
        "number": "none",
        "commitment": CommitmentFactory(enterprise=enterprise, agreement=agreement).pk,
        "paper": paper.pk,
        "note": note.pk,
        "entry": letter.pk,
        "programme": programme.pk,
        **mentor_records(enterprise, by=officer),
        "cohort": CohortFactory(programme=programme).pk,
        **survey_records(officer),
        "course": programme.courses.create(name="焊接").pk,
        "textbook": programme.textbooks.create(title="焊接工艺").pk,
        "investment": receipt.investment_id,
        "receipt": receipt.pk,
        "community": community.pk,
        "member": member.pk,
        "representative": member.representatives.create(name="王芳").pk,
        "member_list": community.member_lists.create(name="名单.xlsx", by=officer, at=timezone.now()).pk,
        **records_of(community, by=officer),
        "posting": PostingFactory(enterprise=enterprise).pk,
        **review_records(),
        "application": ApplicationFactory().pk,
        **desk_records(officer, contact),
        "application_file": application_file(),
        **resume_records(student),
        "event": Event.objects.create(kind=EventKind.TALK, name="宣讲会").pk,
        **event_records(),
        **guidance_records(officer),
        "campaign": campaign.pk,
        "trip": TripFactory().pk,
        "stop": VisitFactory(trip=TripFactory(), stop=1, starts_on=date(2026, 11, 3)).pk,
        "visit": visit.pk,
        "held": held.pk,
        "reported": VisitFactory(enterprise=enterprise, state=VisitState.REPORTED).pk,
        "draft_photo": draft_photo(held, by=officer).pk,
        "outcome": OutcomeFactory(visit=held).pk,
        "follow_up": FollowUpFactory(visit=held, owner=officer).pk,
        "evidence": evidence.pk,
        "leaver": officer.pk,
        "handover": HandOver.objects.create(leaver=officer, by=officer, at=timezone.now()).pk,
        "import": Import.objects.create(name="名单.xlsx", by=officer, at=timezone.now()).pk,
        "ledger_import": LedgerImport.objects.create(name="台账.xlsx", by=officer, at=timezone.now()).pk,
        "platform_file": PlatformFile.objects.create(by=officer, at=timezone.now()).pk,
        "slug": "visits",
        "board": "leadership",
        "build": build_of(officer, campaign).pk,
        "report_kind": "yearly-report",
        "schedule": ReportSchedule.objects.create(kind="yearly-report", owner=officer, stored_until=timezone.now()).pk,
    }


def _address(name: str, record: object) -> str:
    if record is None:
        return reverse(name)
    return reverse(name, args=record if isinstance(record, tuple) else [record])


@pytest.mark.parametrize("letter", list(EVERYONE))
def test_each_role_opens_exactly_its_pages(
    letter: str, people: dict[str, User | None], records: dict[str, object]
) -> None:
    person = people[letter]
    client = Client()
    if person is not None:
        client.force_login(person)
    wrong = {}

    for name, (allowed, key) in PAGES.items():
        response = client.get(_address(name, records[key]), follow=letter == "K")  # the start page leads to the desk
        if isinstance(response, FileResponse):
            b"".join(response.streaming_content)
            if response.file_to_stream is not None:
                response.file_to_stream.close()
        status = response.status_code
        # What staff may know of but not do is a refusal with a reason (403), not a missing page.
        wanted = {200} if letter in allowed else ({302} if letter == "V" else {404, 403})
        if status not in wanted:
            wrong[name] = status

    assert wrong == {}


def test_a_contact_reaches_the_desk_and_what_belongs_to_everybody_and_no_page_of_the_school() -> None:
    """By the table, and by what each view states, those that change something among them."""
    own = {name for name, (allowed, _key) in PAGES.items() if "K" in allowed and "V" not in allowed}
    assert own == {
        "accounts:profile", "notifications:inbox", "notifications:preferences",
        "desk:home", "desk:posting_new", "desk:posting", "desk:posting_edit", "desk:interviews", "desk:application",
        "desk:document",
    }  # fmt: skip


def test_no_view_for_the_school_lets_a_contact_in(contact: User) -> None:
    let_in = []
    for name, view in _views(get_resolver().url_patterns):
        if getattr(view, "access", "") in {"staff", "office", "students", "school"}:
            let_in += [name for method in ("GET", "POST") if _lets_in(view, method, contact)]
    assert let_in == []


def _lets_in(view: Any, method: str, person: User) -> bool:
    """Whether it goes further than its guard; without the numbers of its address it cannot go far."""
    request = RequestFactory().generic(method, "/")
    request.user = person
    try:
        return bool(view(request).status_code != 405)
    except Http404:
        return False
    except TypeError:
        return True


def _views(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns)
        else:
            yield str(pattern.name), pattern.callback


# What is signed_in asks for the record itself: of somebody else's there is nothing.
OF_AN_APPLICATION = (
    "placements:application", "placements:application_move", "placements:application_withdraw",
    "placements:interview_book", "placements:interview_give_back",
)  # fmt: skip


def test_a_contact_neither_reads_nor_moves_an_application_by_the_school_s_addresses(
    client: Client, contact: User, records: dict[str, object]
) -> None:
    client.force_login(contact)
    found = Application.objects.get(pk=records["own_application"])
    before = found.state, found.version

    for name in OF_AN_APPLICATION:
        for send in (client.get, client.post):
            assert send(reverse(name, args=[found.pk]), {"to": "rejected"}).status_code in {404, 405}, name

    found.refresh_from_db()
    assert (found.state, found.version) == before
    assert not found.views.exists()


# Reached in other tests: they change something, or answer with a file of their own kind.
def _names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = pattern.app_name or prefix
            if inner in OWN_APPS and "entrance_urls" not in str(pattern.urlconf_name):
                yield from _names(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{prefix}:{pattern.name}" if prefix else pattern.name


def test_every_address_stands_in_the_table() -> None:
    assert sorted(set(_names(get_resolver().url_patterns)) - set(PAGES) - ELSEWHERE) == []


def test_an_inbox_message_of_someone_else_is_not_there(client: Client, officer: User, leader: User) -> None:
    message = OutgoingMessage.objects.create(
        key="x:1",
        channel=Channel.INBOX,
        matter=Matter.VISIT,
        recipient=leader,
        language="en",
        subject="A visit",
        body="Tomorrow.",
        queued_at=timezone.now(),
        send_after=timezone.now(),
    )
    client.force_login(officer)

    assert client.get(reverse("notifications:open", args=[message.pk])).status_code == 404
    message.refresh_from_db()
    assert message.read_at is None
