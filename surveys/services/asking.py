"""Asking people to answer a survey, asking again, passing on, withdrawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import StudentProfile, User
from core.errors import RuleBroken
from core.saving import lock
from notifications.services.letters import write_to_many
from partnerships.choices.links import AGAIN, FORWARDED, FORWARDED_OUTSIDE
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.services import timeline
from partnerships.services.links import LETTERS_A_DAY, is_same_domain
from surveys import rules
from surveys.choices import LinkEnd, SurveyState
from surveys.models.asking import Invitation, SurveyLink
from surveys.models.surveys import Survey
from surveys.selectors.links import end_of, link_by_key
from surveys.services.letters import make_link
from visits.models.visits import Visit


class NothingToAnswer(RuleBroken):
    """The link leads nowhere now; `end` says why."""

    def __init__(self, end: LinkEnd) -> None:
        self.end = end
        super().__init__(_("This survey cannot be answered by this link now."))


@dataclass(frozen=True)
class Asked:
    """What a sending did: how many were asked now, were asked before, and cannot be written to."""

    now: int
    before: int
    unreachable: int


def _to_send(survey: Survey, *, by: User, at: datetime) -> Survey:
    """The survey, locked, so that two sendings at once ask nobody twice."""
    rules.can_keep_surveys(by).or_raise()
    survey = lock(survey)
    if survey.state_on(timezone.localdate(at)) != SurveyState.RUNNING:
        raise RuleBroken(_("This survey does not run today; look at its dates."))
    if not survey.items.exists():
        raise RuleBroken(_("This survey asks nothing yet; give it questions first."))
    return survey


def _of_all_versions(survey: Survey) -> Q:
    """Invitations to any version of a survey, withdrawn ones aside."""
    first = survey.first_id or survey.pk
    return Q(survey=first, withdrawn_at=None) | Q(survey__first=first, withdrawn_at=None)


@transaction.atomic
def ask_contacts(
    survey: Survey, people: Sequence[tuple[Contact, Visit | None]], *, by: User, at: datetime
) -> Asked:  # fmt: skip
    """Ask contacts of enterprises, each once in all versions of the survey. Raises RuleBroken."""
    survey = _to_send(survey, by=by, at=at)
    if survey.is_of_graduates:
        raise RuleBroken(_("This survey goes to graduates."))
    known = set(Invitation.objects.filter(_of_all_versions(survey)).values_list("enterprise", "email"))
    today = timezone.localdate(at)
    new: list[Invitation] = []
    before = unreachable = 0
    for contact, visit in people:
        if not contact.email or contact.has_left(today) or contact.enterprise.archived_at is not None:
            unreachable += 1
        elif (contact.enterprise_id, contact.email) in known:
            before += 1
        else:
            known.add((contact.enterprise_id, contact.email))
            new.append(
                Invitation(
                    survey=survey, enterprise=contact.enterprise, contact=contact, visit=visit, name=contact.name,
                    email=contact.email, language=contact.language, invited_by=by, invited_at=at,
                )
            )  # fmt: skip
    _send(new, by=by, at=at)
    return Asked(len(new), before, unreachable)


@transaction.atomic
def ask_graduates(survey: Survey, profiles: Iterable[StudentProfile], *, by: User, at: datetime) -> Asked:
    """Ask graduates at the address of their account, each once in all versions. Raises RuleBroken."""
    survey = _to_send(survey, by=by, at=at)
    if not survey.is_of_graduates:
        raise RuleBroken(_("This survey goes to enterprises."))
    known = set(Invitation.objects.filter(_of_all_versions(survey)).values_list("student", flat=True))
    new: list[Invitation] = []
    before = unreachable = 0
    for profile in profiles:
        user = profile.user
        if not user.email:
            unreachable += 1
        elif user.pk in known:
            before += 1
        else:
            new.append(
                Invitation(
                    survey=survey, student=user, name=user.name, email=user.email, language=user.language,
                    invited_by=by, invited_at=at,
                )
            )  # fmt: skip
    _send(new, by=by, at=at)
    return Asked(len(new), before, unreachable)


def _send(new: list[Invitation], *, by: User, at: datetime) -> None:
    Invitation.objects.bulk_create(new)
    write_to_many([make_link(invitation, at=at)[1] for invitation in new], at=at)
    for invitation in new:
        tell(invitation, TimelineKind.SURVEY_SENT, by=by, at=at)


def tell(
    invitation: Invitation, kind: TimelineKind, *, by: User | None, at: datetime, detail: str = "", text: str = "",
    link: str = "",
) -> None:  # fmt: skip
    """An entry on the file of the enterprise; of graduates there is none."""
    if invitation.enterprise is None:
        return
    text = f"{invitation.survey}: {text or invitation.name}"
    link = link or reverse("surveys:survey", args=[invitation.survey_id])
    timeline.record(invitation.enterprise, kind, by=by, at=at, text=text, detail=detail, link=link)


def lock_asked(link: SurveyLink, *, at: datetime) -> tuple[SurveyLink, Invitation]:
    """A link that can be used, its survey and invitation locked in this order. Raises NothingToAnswer."""
    survey = lock(link.invitation.survey)
    invitation = _locked(link.invitation)
    invitation.survey = survey
    fresh = link_by_key(link.pk)
    fresh.invitation = invitation
    end = end_of(fresh, now=at)
    if end is not None:
        raise NothingToAnswer(end)
    return fresh, invitation


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("enterprise", "contact", "survey")
    return rows.get(pk=invitation.pk)


def _retire(invitation: Invitation, end: LinkEnd, *, at: datetime) -> None:
    invitation.links.filter(ended="").update(ended=end.value, ended_at=at)


@transaction.atomic
def forward(link: SurveyLink, *, name: str, email: str, language: str, at: datetime) -> Invitation:
    """Pass the survey on to the right colleague, for as long as the link held. Raises NothingToAnswer, RuleBroken."""
    link, invitation = lock_asked(link, at=at)
    if invitation.enterprise is None:
        raise RuleBroken(_("This survey asks you yourself; it cannot be passed on."))
    if email.lower() == invitation.email.lower():
        raise RuleBroken(_("This letter went to that address already."), field="email")
    if invitation.links.filter(issued_at__gt=at - timedelta(days=1)).count() >= LETTERS_A_DAY:
        raise RuleBroken(_("Several letters were sent today already. Please look for them, or try again tomorrow."))
    current = invitation.enterprise.contacts.current(timezone.localdate(at))
    known = current.filter(email__iexact=email).first()
    if known is not None and _is_asked(invitation, known):
        raise RuleBroken(_("%(name)s was asked already.") % {"name": known.name}, field="email")
    _retire(invitation, LinkEnd.FORWARDED, at=at)
    note = FORWARDED if is_same_domain(invitation.email, email) else FORWARDED_OUTSIDE
    told = f"{invitation.name} → {name} <{email}>"
    invitation.name, invitation.email, invitation.contact = name, email, known
    invitation.language = known.language if known else language
    invitation.save()
    _link, letter = make_link(invitation, at=at, note=note, replaces=link, expires_at=link.expires_at)
    write_to_many([letter], at=at)
    tell(invitation, TimelineKind.SURVEY_SENT, by=None, at=at, detail=note, text=told)
    return invitation


def _is_asked(invitation: Invitation, contact: Contact) -> bool:
    others = Invitation.objects.filter(_of_all_versions(invitation.survey), contact=contact)
    return others.exclude(pk=invitation.pk).exists()


def _waiting(invitation: Invitation, *, by: User) -> Invitation:
    rules.can_keep_surveys(by).or_raise()
    invitation = _locked(invitation)
    if invitation.answered_at is not None:
        raise RuleBroken(_("%(name)s has answered already.") % {"name": invitation.name})
    if invitation.withdrawn_at is not None:
        raise RuleBroken(_("%(name)s is not asked any more.") % {"name": invitation.name})
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Ask this person no more; every link to them ends. Raises RuleBroken."""
    invitation = _waiting(invitation, by=by)
    _retire(invitation, LinkEnd.WITHDRAWN, at=at)
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


@transaction.atomic
def send_again(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """A new letter, to the address that is on file now; it retires those before. Raises RuleBroken."""
    rules.can_keep_surveys(by).or_raise()
    _to_send(invitation.survey, by=by, at=at)
    invitation = _waiting(invitation, by=by)
    on_file = invitation.contact or invitation.student
    if on_file is not None and on_file.email:
        invitation.email = on_file.email
        invitation.save(update_fields=["email"])
    _retire(invitation, LinkEnd.REPLACED, at=at)
    _link, letter = make_link(invitation, at=at, note=AGAIN)
    write_to_many([letter], at=at)
    tell(invitation, TimelineKind.SURVEY_SENT, by=by, at=at, detail=AGAIN)
    return invitation
