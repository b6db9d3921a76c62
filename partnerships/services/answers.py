"""What an enterprise says of its file: once, by signed link; nothing on file is overwritten."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models.people import User
from notifications.choices import Matter
from notifications.services.notifying import notify
from partnerships.choices.links import LEFT, NEW_CONTACT, PERSON_FIELDS, Intake
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.freshness import CONFIRMED
from partnerships.models.links import FileAnswer, ProposedChange, SignedLink
from partnerships.selectors.links import Texts
from partnerships.services import timeline
from partnerships.services.links import lock_usable, use_up


@dataclass(frozen=True)
class Said:
    """What somebody read, and what they sent back; all facts as texts."""

    read_file: Texts
    read_person: Texts
    file: Texts
    person: Texts
    interns: Intake
    graduates: Intake
    interns_number: int | None = None
    graduates_number: int | None = None
    reasons: str = ""
    has_left: bool = False
    colleague: Texts = field(default_factory=dict)


@transaction.atomic
def answer_file(link: SignedLink, *, said: Said, at: datetime) -> FileAnswer:
    """Keep the answer and use the link up. Raises LinkSpent, also for the second of two tabs.

    What differs from what was read becomes a proposal for staff; what does not is confirmed.
    """
    enterprise = Enterprise.objects.select_for_update().get(pk=link.enterprise_id)
    link = lock_usable(link, at=at)
    use_up(link, at=at)
    answer = FileAnswer.objects.create(
        link=link, enterprise=enterprise, year=link.year, contact=link.contact, name=link.name, at=at,
        interns=said.interns, interns_number=said.interns_number, graduates=said.graduates,
        graduates_number=said.graduates_number, reasons=said.reasons,
    )  # fmt: skip
    proposals = _proposals(answer, said, at=at)
    ProposedChange.objects.bulk_create(proposals)
    _confirm_what_stands(answer, enterprise, proposals)
    detail = "corrections" if proposals else "confirmed"
    timeline.record(enterprise, TimelineKind.FILE_ANSWERED, by=None, at=at, text=answer.name, detail=detail)
    _tell_owner(answer, enterprise, len(proposals))
    return answer


def _proposals(answer: FileAnswer, said: Said, *, at: datetime) -> list[ProposedChange]:
    def propose(field_name: str, before: str, after: str, contact: Contact | None = None) -> ProposedChange:
        return ProposedChange(
            answer=answer, enterprise_id=answer.enterprise_id, contact=contact, field=field_name,
            before=before, after=after,
        )  # fmt: skip

    found = [
        propose(name, before, said.file[name])
        for name, before in said.read_file.items()
        if said.file.get(name, before) != before
    ]
    new = said.colleague
    if answer.contact is None:
        new = new or said.person
    elif said.has_left:
        found.append(propose(LEFT, "", timezone.localdate(at).isoformat(), answer.contact))
    else:
        found += [
            propose(name, before, said.person[name], answer.contact)
            for name, before in said.read_person.items()
            if said.person.get(name, before) != before
        ]
    if new:
        found.append(propose(NEW_CONTACT, "", "\n".join(new.get(name, "") for name in PERSON_FIELDS)))
    return found


def _confirm_what_stands(answer: FileAnswer, enterprise: Enterprise, proposals: list[ProposedChange]) -> None:
    """A person on file vouches for what they read and did not want otherwise; a stranger vouches for nothing."""
    contact = answer.contact
    if contact is None:
        return
    if not any(proposal.contact is None and proposal.field != NEW_CONTACT for proposal in proposals):
        enterprise.confirm(by=None, via=contact, at=answer.at)
        enterprise.save(update_fields=[*CONFIRMED, "updated_at"])
    if not any(proposal.contact is not None or proposal.field == NEW_CONTACT for proposal in proposals):
        contact.confirm(by=None, via=contact, at=answer.at)
        contact.save(update_fields=CONFIRMED)


def _tell_owner(answer: FileAnswer, enterprise: Enterprise, corrections: int) -> None:
    """The file's owner hears of the answer; without one it waits on the page of proposals."""
    owner: User | None = enterprise.owner
    if owner is None:
        return
    with translation.override(owner.language):
        name = str(enterprise)
        interns, graduates = answer.get_interns_display(), answer.get_graduates_display()
    notify(
        owner,
        key=f"answer:{answer.pk}",
        matter=Matter.ENTERPRISE,
        template="emails/partnerships/file_answered.txt",
        context={
            "enterprise": name, "name": answer.name, "interns": interns, "graduates": graduates,
            "interns_number": answer.interns_number, "graduates_number": answer.graduates_number,
            "corrections": corrections,
        },
        at=answer.at,
        link=reverse("partnerships:enterprise", args=[enterprise.pk]),
    )  # fmt: skip
