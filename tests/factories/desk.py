"""Contacts of enterprises who were asked for postings, see applicants, or have an account."""

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import User
from desk.models.lists import PostingList
from desk.models.requests import DeskRequest
from desk.selectors.links import key_of, newest_link
from desk.services.accounts import invite
from desk.services.offering import Said, offer_by_account, offer_by_link
from desk.services.requests import ask_for_postings, show_applicants
from notifications.models.messages import OutgoingMessage
from partnerships.models.contacts import Contact
from partnerships.models.links import SignedLink
from placements.choices import PostingKind, PostingState
from placements.models.applications import Application, ApplicationDocument
from placements.models.postings import Posting
from placements.services.posting_rows import PostingRows
from placements.services.postings import move_posting
from tests.factories.accounts import person
from tests.factories.partnerships import ContactFactory
from tests.factories.placements import NO_ROWS, ApplicationFactory, PostingFactory

ASKED = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def asked_contact(**fields: object) -> Contact:
    return ContactFactory(
        **{"name": "李娜", "email": "li@enterprise.example", "is_primary": True, "language": "en", **fields}
    )


def asked(contact: Contact | None = None, **how: object) -> DeskRequest:
    """A contact who was asked for postings, today unless said otherwise."""
    contact = contact or asked_contact()
    by = how.pop("by", None) or person(Role.OFFICER, name="王敏", name_en="Wang Min")
    return ask_for_postings(contact.enterprise, contact, **{"by": by, "at": timezone.now(), **how})


def shown(posting: Posting | None = None, contact: Contact | None = None, **how: object) -> DeskRequest:
    """A contact who may see the applicants of a posting."""
    posting = posting or PostingFactory()
    contact = contact or asked_contact(enterprise=posting.enterprise)
    by = how.pop("by", None) or person(Role.OFFICER, name="王敏", name_en="Wang Min")
    return show_applicants(posting, contact, **{"by": by, "at": timezone.now(), **how})


def link_of(request: DeskRequest) -> SignedLink:
    link = newest_link(request)
    assert link is not None
    return link


def address_of(request: DeskRequest, link: SignedLink | None = None) -> str:
    """The link as it stands in the letter; there alone is the token."""
    return urlsplit(OutgoingMessage.objects.get(key=key_of(link or link_of(request))).link).path


def account_of(contact: Contact | None = None) -> User:
    """A contact who has chosen a password."""
    officer = person(Role.OFFICER, name="王敏", name_en="Wang Min")
    account = invite(contact or asked_contact(), by=officer, at=timezone.now())
    user: User = account.user
    user.language = "en"
    user.save()
    return user


def application_with_paper(posting: Posting, **fields: object) -> tuple[Application, ApplicationDocument]:
    application = ApplicationFactory(posting=posting, **fields)
    document = ApplicationDocument(application=application, kind="resume", name="resume.pdf", sha256="0" * 64)
    document.file.save("resume.pdf", ContentFile(b"%PDF-1.7"))
    document.file.close()
    return application, document


def offered(**fields: object) -> dict[str, object]:
    """What somebody types who offers a post."""
    return {
        "kind": "internship", "title": "后期剪辑实习生", "description": "剪辑纪录片。", "headcount": "3",
        "mode": "on_site", "pay_min": "3000", "pay_max": "4000", "pay_period": "month",
        "closes_on": date(2030, 6, 30).isoformat(), **NO_ROWS, **fields,
    }  # fmt: skip


def said(**fields: Any) -> Said:
    """The same as a service takes it."""
    told = {
        "kind": PostingKind.INTERNSHIP, "title": "剪辑", "description": "剪辑", "headcount": 1,
        "closes_on": date(2030, 6, 30), **fields,
    }  # fmt: skip
    return {"fields": told, "majors": [], "rows": PostingRows()}


def returned(posting: Posting, *, by: User, reason: str = "请写明工作地点") -> Posting:
    """An offer that the office sent back."""
    return move_posting(posting, PostingState.DRAFT, by=by, at=timezone.now(), reason=reason)


def desk_records(officer: User, person_of: User) -> dict[str, object]:
    """One record of each kind, for the table of who opens what."""
    posting = PostingFactory()
    contact = asked_contact(enterprise=posting.enterprise, email="desk@enterprise.example")
    seen, offer = shown(posting, contact, by=officer), asked(contact, by=officer)
    application, document = application_with_paper(posting)
    token = address_of(seen).split("/")[2]
    enterprise = person_of.contact_account.contact.enterprise
    own, own_paper = application_with_paper(PostingFactory(enterprise=enterprise))
    at = timezone.now()
    mine = returned(offer_by_account(person_of.contact_account, said=said(), at=at), by=officer)
    by_link = returned(offer_by_link(link_of(offer), said=said(), at=at), by=officer)
    return {
        "own_posting": own.posting_id,
        "returned_posting": mine.pk,
        "returned_by_link": (address_of(offer).split("/")[2], by_link.pk),
        "own_application": own.pk,
        "own_document": (own.pk, own_paper.pk),
        "posting_list": PostingList.objects.create(name="岗位.xlsx", by=officer, at=timezone.now()).pk,
        "shown_posting": posting.pk,
        "offer_token": address_of(offer).split("/")[2],
        "applicants_token": token,
        "shown_application": (token, application.pk),
        "shown_document": (token, application.pk, document.pk),
    }
