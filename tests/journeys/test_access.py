"""Who may open what: every address of the portal by every role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.http import FileResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models.people import User
from accounts.models.school import College
from drafting.models.texts import AgreementTemplate
from imports.models import Import
from notifications.choices import Channel, Matter, MessageState
from notifications.models import OutgoingMessage
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
from placements.choices import EventKind
from placements.models import Event
from reports.models import ReportBuild
from tests.factories.community_work import records_of
from tests.factories.drafting import begun_text
from tests.factories.links import address_of, asked_link
from tests.factories.notifications import EmailFactory, LetterFactory
from tests.factories.partnerships import (
    AgreementFactory,
    CommitmentFactory,
    ContactFactory,
    EnterpriseFactory,
    NeedFactory,
)
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.programmes import CohortFactory, ReceiptFactory
from tests.factories.signing import address_to_sign, asked_by_link, asked_in_portal, awaiting
from tests.factories.visits import CampaignFactory, FollowUpFactory, OutcomeFactory, TripFactory, VisitFactory
from visits.choices import EvidenceKind, VisitState
from visits.models.handover import HandOver
from visits.models.visits import Evidence

pytestmark = pytest.mark.django_db

# V visitor, N signed in without a role, S student, L leader, C college staff, O officer, A administrator.
EVERYONE = "VNSLCOA"
SIGNED_IN = "NSLCOA"
STAFF = "LCOA"
OFFICE = "OA"

# address name: (who may open it by GET, key of the record). Whoever is not named finds nothing (404), a visitor
# is sent to the sign-in page. "post:" pages answer 405 to a GET of those who may.
PAGES: dict[str, tuple[str, str]] = {
    "home": (EVERYONE, ""),
    "accounts:profile": (SIGNED_IN, ""),
    "accounts:student": ("S", ""),
    "notifications:inbox": (SIGNED_IN, ""),
    "notifications:preferences": (SIGNED_IN, ""),
    "notifications:mend": (OFFICE, "letter"),
    "notifications:outbox": (OFFICE, ""),
    "partnerships:enterprise_list": (STAFF, ""),
    "partnerships:enterprise_map": (STAFF, ""),
    "partnerships:enterprise_new": (OFFICE, ""),
    "partnerships:enterprise": (STAFF, "enterprise"),
    "partnerships:enterprise_edit": (OFFICE, "enterprise"),
    "partnerships:export": (STAFF, ""),
    "partnerships:national_table": (STAFF, ""),
    "partnerships:bulk": ("COA", ""),
    "partnerships:mailing_new": ("COA", ""),
    "partnerships:mailing_list": (STAFF, ""),
    "partnerships:mailing": (STAFF, "mailing"),
    "partnerships:timeline": (STAFF, "enterprise"),
    "partnerships:duplicates": (OFFICE, ""),
    "partnerships:merge": (STAFF, "merge"),
    "partnerships:merge_files": (OFFICE, "pair"),
    "partnerships:letter": (OFFICE, "entry"),
    "partnerships:notes": (STAFF, "enterprise"),
    "partnerships:note_edit": ("O", "note"),
    "partnerships:papers": (STAFF, "enterprise"),
    "partnerships:paper": (STAFF, "paper"),
    "partnerships:paper_new": ("COA", "enterprise"),
    "agreements:enterprise_agreements": (STAFF, "enterprise"),
    "partnerships:enterprise_needs": (STAFF, "enterprise"),
    "partnerships:proposal_list": (STAFF, ""),
    "partnerships:answer_list": (STAFF, ""),
    "partnerships:file_link": (EVERYONE, "token"),
    "partnerships:file_forward": (EVERYONE, "token"),
    "partnerships:brief": (STAFF, "enterprise"),
    "partnerships:identity": (STAFF, "enterprise"),
    "partnerships:check_new": (OFFICE, "enterprise"),
    "partnerships:check_screenshot": (STAFF, "check"),
    "partnerships:site_new": (OFFICE, "enterprise"),
    "partnerships:site_edit": (OFFICE, "site"),
    "partnerships:site_close": (OFFICE, "site"),
    "partnerships:contact_list": (STAFF, ""),
    "partnerships:contact_new": ("COA", "enterprise"),
    "partnerships:contact_edit": ("COA", "contact"),
    "partnerships:contact_left": ("COA", "contact"),
    "partnerships:need_new": ("COA", "enterprise"),
    "partnerships:need_list": (STAFF, ""),
    "partnerships:needs_by_major": (STAFF, ""),
    "partnerships:need_edit": ("COA", "need"),
    "partnerships:need_close": ("COA", "need"),
    "agreements:agreement_list": (STAFF, ""),
    "agreements:agreement_calendar": (STAFF, ""),
    "agreements:sleeping_agreements": (STAFF, ""),
    "agreements:parties": (OFFICE, "agreement"),
    "drafting:template_list": (STAFF, ""),
    "drafting:template_new": (OFFICE, ""),
    "drafting:template": (STAFF, "template"),
    "drafting:template_edit": (OFFICE, "template"),
    "drafting:letterhead": (OFFICE, ""),
    "drafting:text": (STAFF, "draft"),
    "drafting:text_begin": ("COA", "fresh"),
    "drafting:text_edit": ("COA", "draft"),
    "drafting:compare": (STAFF, "draft"),
    "agreements:agreement": (STAFF, "agreement"),
    "agreements:agreement_new": ("COA", "enterprise"),
    "agreements:agreement_edit": (OFFICE, "agreement"),
    "agreements:agreement_file": (STAFF, "agreement_file"),
    "agreements:commitment_new": (OFFICE, "agreement"),
    "agreements:commitment_close": (OFFICE, "commitment"),
    "drafting:review": (STAFF, "agreement"),
    "drafting:review_steps": (OFFICE, ""),
    "drafting:review_steps_others": (OFFICE, ""),
    "drafting:review_steps_edit": (OFFICE, "kind"),
    "signing:signing": (STAFF, "agreement"),
    "signing:certificate": (STAFF, "signed_out"),
    "signing:signature_new": (OFFICE, "agreement"),
    "signing:signer_new": (OFFICE, "party"),
    "signing:signer_edit": (OFFICE, "signer"),
    "signing:sign": ("O", "mine_to_sign"),
    "signing:text": ("O", "mine_to_sign"),
    "signing:link": (EVERYONE, "to_sign"),
    "signing:link_forward": (EVERYONE, "to_sign"),
    "signing:link_decline": (EVERYONE, "to_sign"),
    "signing:link_text": (EVERYONE, "to_sign"),
    "signing:verify": (EVERYONE, ""),
    "signing:verify_code": (EVERYONE, "code"),
    "agreements:promise_list": (STAFF, ""),
    "agreements:promises": (STAFF, "agreement"),
    "agreements:enterprise_promises": (STAFF, "enterprise"),
    "agreements:promise_new": (STAFF, "enterprise"),
    "agreements:promise": (STAFF, "commitment"),
    "agreements:promise_edit": (OFFICE, "commitment"),
    "visits:evidence_pick": (OFFICE, "commitment"),
    "visits:renewal_review": (STAFF, "agreement"),
    "programmes:programme_list": (STAFF, ""),
    "programmes:programme": (STAFF, "programme"),
    "programmes:programme_new": ("COA", "enterprise"),
    "programmes:programme_edit": (OFFICE, "programme"),
    "programmes:outcomes_edit": (OFFICE, "programme"),
    "programmes:cohort_new": (OFFICE, "programme"),
    "programmes:course_new": (OFFICE, "programme"),
    "programmes:textbook_new": (OFFICE, "programme"),
    "programmes:cohort_edit": (OFFICE, "cohort"),
    "programmes:course_edit": (OFFICE, "course"),
    "programmes:textbook_edit": (OFFICE, "textbook"),
    "programmes:investment_list": (STAFF, ""),
    "programmes:investment": (STAFF, "investment"),
    "programmes:investment_new": (OFFICE, "enterprise"),
    "programmes:investment_edit": (OFFICE, "investment"),
    "programmes:receipt_new": (OFFICE, "investment"),
    "programmes:receipt_edit": (OFFICE, "receipt"),
    "communities:community_list": (STAFF, ""),
    "communities:community_new": (OFFICE, ""),
    "communities:community": (STAFF, "community"),
    "communities:community_edit": (OFFICE, "community"),
    "communities:members": (STAFF, "community"),
    "communities:member_new": (OFFICE, "community"),
    "communities:member_list_new": (OFFICE, "community"),
    "communities:member_list": (OFFICE, "member_list"),
    "communities:member_list_errors": (OFFICE, "member_list"),
    "communities:member": (STAFF, "member"),
    "communities:member_edit": (OFFICE, "member"),
    "communities:member_role": (OFFICE, "member"),
    "communities:member_left": (OFFICE, "member"),
    "communities:representative_new": (OFFICE, "member"),
    "communities:representative_edit": (OFFICE, "representative"),
    "communities:organs": (STAFF, "community"),
    "communities:organ_new": (OFFICE, "community"),
    "communities:organ_edit": (OFFICE, "organ"),
    "communities:organ_end": (OFFICE, "organ"),
    "communities:seat_new": (OFFICE, "organ"),
    "communities:seat_edit": (OFFICE, "seat"),
    "communities:charter_new": (OFFICE, "community"),
    "communities:charter": (STAFF, "charter"),
    "communities:meetings": (STAFF, "community"),
    "communities:meeting_new": (OFFICE, "community"),
    "communities:meeting_edit": (OFFICE, "meeting"),
    "communities:minutes": (STAFF, "meeting"),
    "communities:resolution_new": (OFFICE, "meeting"),
    "communities:resolution_edit": (OFFICE, "resolution"),
    "communities:sharing": (STAFF, "community"),
    "communities:resource_new": (OFFICE, "community"),
    "communities:resource_edit": (OFFICE, "resource"),
    "communities:request_new": (OFFICE, "resource"),
    "communities:request_answer": (OFFICE, "wish"),
    "communities:links_send": (OFFICE, "community"),
    "communities:shared": (EVERYONE, "member_token"),
    "communities:shared_ask": (EVERYONE, "member_token_resource"),
    "communities:lists": (STAFF, "community"),
    "communities:entry_new": (OFFICE, "community"),
    "communities:entry_edit": (OFFICE, "entry_line"),
    "communities:entry_close": (OFFICE, "entry_line"),
    "programmes:mentor_list": (STAFF, ""),
    "imports:import_list": (OFFICE, ""),
    "imports:import_new": (OFFICE, ""),
    "imports:template": (OFFICE, ""),
    "imports:import": (OFFICE, "import"),
    "imports:problems": (OFFICE, "import"),
    "placements:posting_list": (EVERYONE, ""),
    "placements:posting": (EVERYONE, "posting"),
    "placements:posting_new": ("COA", "enterprise"),
    "placements:posting_edit": (OFFICE, "posting"),
    "placements:posting_export": (STAFF, ""),
    "placements:enterprise_postings": (STAFF, "enterprise"),
    "placements:apply": ("S", "posting"),
    "placements:application_list": ("SCOA", ""),
    "placements:application": ("OA", "application"),
    "placements:employer_list": (SIGNED_IN, ""),
    "placements:employer": (SIGNED_IN, "enterprise"),
    "placements:event_list": (STAFF, ""),
    "placements:event": (STAFF, "event"),
    "visits:campaign_list": (STAFF, ""),
    "visits:campaign_new": (OFFICE, ""),
    "visits:campaign": (STAFF, "campaign"),
    "visits:campaign_edit": (OFFICE, "campaign"),
    "visits:trip": (STAFF, "trip"),
    "visits:visit_list": (STAFF, ""),
    "visits:visit_plan": ("COA", ""),
    "visits:visit": (STAFF, "visit"),
    "visits:visit_edit": (OFFICE, "visit"),
    "visits:briefing": (STAFF, "visit"),
    "visits:report": (OFFICE, "held"),
    "visits:enterprise_visits": (STAFF, "enterprise"),
    "visits:follow_up_list": (STAFF, ""),
    "visits:follow_up_close": (OFFICE, "follow_up"),
    "visits:evidence": (STAFF, "evidence"),
    "visits:handover": (OFFICE, ""),
    "visits:handover_person": (OFFICE, "leaver"),
    "visits:handover_done": (OFFICE, "handover"),
    "reports:dashboard": (STAFF, ""),
    "reports:figure": (STAFF, "slug"),
    "reports:report_list": (STAFF, ""),
    "reports:report": (OFFICE, "build"),
}


@pytest.fixture
def people(
    stranger: User, student: User, leader: User, college_staff: User, officer: User, admin: User
) -> dict[str, User | None]:
    return {
        "V": None,
        "N": stranger,
        "S": student,
        "L": leader,
        "C": college_staff,
        "O": officer,
        "A": admin,
    }


@pytest.fixture
def records(officer: User, college: College) -> dict[str, object]:
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
        "commitment": CommitmentFactory(enterprise=enterprise, agreement=agreement).pk,
        "paper": paper.pk,
        "note": note.pk,
        "entry": letter.pk,
        "programme": programme.pk,
        "cohort": CohortFactory(programme=programme).pk,
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
        "application": ApplicationFactory().pk,
        "event": Event.objects.create(kind=EventKind.TALK, name="宣讲会").pk,
        "campaign": campaign.pk,
        "trip": TripFactory().pk,
        "visit": visit.pk,
        "held": held.pk,
        "outcome": OutcomeFactory(visit=held).pk,
        "follow_up": FollowUpFactory(visit=held, owner=officer).pk,
        "evidence": evidence.pk,
        "leaver": officer.pk,
        "handover": HandOver.objects.create(leaver=officer, by=officer, at=timezone.now()).pk,
        "import": Import.objects.create(name="名单.xlsx", by=officer, at=timezone.now()).pk,
        "slug": "visits",
        "build": ReportBuild.objects.create(
            campaign=campaign, language="en", requested_by=officer, requested_at=timezone.now()
        ).pk,
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
        response = client.get(_address(name, records[key]))
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


# Reached in other tests: they change something, or answer with a file of their own kind.
ELSEWHERE = {
    "accounts:address",
    "accounts:appearance",
    "accounts:resume",
    "healthz",
    "imports:again",
    "imports:columns",
    "imports:columns_again",
    "imports:row_choice",
    "imports:rows_choice",
    "imports:undo",
    "imports:write",
    "notifications:again",
    "notifications:open",
    "notifications:read_all",
    "agreements:agreement_file_new",
    "agreements:agreement_move",
    "agreements:agreement_number",
    "agreements:party_change",
    "drafting:comment_new",
    "drafting:comment_settle",
    "drafting:review_decide",
    "drafting:review_hand_on",
    "drafting:review_move",
    "drafting:document",
    "agreements:evidence_remove",
    "agreements:promise_reopen",
    "communities:link_revoke",
    "communities:shared_withdraw",
    "partnerships:duplicates_decide",
    "partnerships:duplicates_look",
    "partnerships:enterprise_confirm",
    "partnerships:contact_confirm",
    "partnerships:need_confirm",
    "partnerships:need_reopen",
    "partnerships:view_delete",
    "partnerships:view_edit",
    "partnerships:view_new",
    "partnerships:merge_undo",
    "partnerships:file_again",
    "partnerships:file_ask",
    "partnerships:file_withdraw",
    "partnerships:proposal_refuse",
    "partnerships:proposal_take_over",
    "partnerships:note_delete",
    "partnerships:paper_remove",
    "placements:application_move",
    "placements:application_withdraw",
    "placements:posting_move",
    "readyz",
    "reports:figure_export",
    "reports:report_file",
    "reports:report_again",
    "set_language",
    "signing:decline",
    "signing:link_certificate",
    "signing:send",
    "signing:send_all",
    "signing:withdraw",
    "visits:agreement_draw",
    "visits:evidence_new",
    "visits:handover_back",
    "visits:handover_confirm",
    "visits:posting_draw",
    "visits:visit_export",
    "visits:visit_move",
}
OWN_APPS = {"accounts", "notifications", "partnerships", "imports", "placements", "signing", "visits", "reports", ""}


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
