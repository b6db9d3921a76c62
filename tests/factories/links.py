"""An enterprise that was asked to confirm its file, and what it says."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from notifications.models.messages import OutgoingMessage
from partnerships.choices.links import Intake
from partnerships.models.contacts import Contact
from partnerships.models.links import FileAnswer, SignedLink
from partnerships.selectors.links import file_texts, person_texts
from partnerships.services.answers import Said, answer_file
from partnerships.services.links import issue_link
from tests.factories.partnerships import ContactFactory

ASKED = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
ANSWERED = datetime(2026, 9, 3, 1, 0, tzinfo=UTC)


def asked_contact(**fields: object) -> Contact:
    """The first contact of a file about which nobody was asked yet."""
    return ContactFactory(
        **{"name": "李娜", "email": "li@enterprise.example", "is_primary": True, "language": "en", **fields}
    )


def asked_link(contact: Contact | None = None, **how: object) -> SignedLink:
    """A link that was sent on 1 September 2026."""
    contact = contact or asked_contact()
    return issue_link(contact.enterprise, contact, **{"year": 2026, "by": None, "at": ASKED, **how})


def address_of(link: SignedLink) -> str:
    """The link as it stands in the letter; there alone is the token."""
    return urlsplit(OutgoingMessage.objects.get(key=f"file:{link.pk}").link).path


def said(link: SignedLink, *, file: dict | None = None, person: dict | None = None, **more: object) -> Said:
    """An answer that corrects nothing but what is named."""
    read_file, read_person = file_texts(link.enterprise), person_texts(link)
    return Said(
        read_file=read_file,
        read_person=read_person,
        file={**read_file, **(file or {})},
        person={**read_person, **(person or {})},
        **{"interns": Intake.YES, "interns_number": 5, "graduates": Intake.MAYBE, **more},
    )


def answered(link: SignedLink, **what: object) -> FileAnswer:
    return answer_file(link, said=said(link, **what), at=ANSWERED)
