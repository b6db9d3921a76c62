"""Personal links of representatives: sent by letter, withdrawn; the last one alone holds."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from communities import rules
from communities.choices import MemberLinkState
from communities.models.members import MemberLink, Representative
from communities.selectors.member_links import language_of, may_be_written_to, state_of
from core.errors import RuleBroken
from notifications.choices import Matter
from notifications.services.letters import Letter, write_to_many
from partnerships.models.communities import Community
from partnerships.selectors.links import digest_of


@transaction.atomic
def send_links(community: Community, people: Iterable[Representative], *, by: User, at: datetime) -> int:
    """A letter with a personal link to each; a link from before ends. Returns how many letters are new.

    Raises RuleBroken where one of them cannot be written to.
    """
    rules.can_keep_communities(by).or_raise()
    Community.objects.select_for_update().get(pk=community.pk)  # two clicks one after the other
    wanted = {person.pk for person in people}
    found = list(may_be_written_to(community, on=timezone.localdate(at)).filter(pk__in=wanted))
    if not wanted:
        raise RuleBroken(_("Choose who gets a letter."), field="people")
    if len(found) != len(wanted):
        raise RuleBroken(_("One of these people cannot be written to: no address, or no longer a representative."))
    MemberLink.objects.filter(representative__in=found, revoked_at=None).update(revoked_at=at)
    return write_to_many([_letter(community, person, at=at) for person in found], at=at)


def _letter(community: Community, person: Representative, *, at: datetime) -> Letter:
    """A new link, and the letter in which alone its token stands."""
    token = secrets.token_urlsafe(32)
    link = MemberLink.objects.create(
        digest=digest_of(token), representative=person, issued_at=at,
        expires_at=at + timedelta(days=settings.MEMBER_LINK_DAYS),
    )  # fmt: skip
    language = language_of(person, otherwise=settings.LANGUAGE_CODE)
    return Letter(
        name=person.name,
        address=person.email,
        language=language,
        key=f"member-link:{link.pk}",
        matter=Matter.ENTERPRISE,
        template="emails/communities/member_link.txt",
        context={
            "community": community.name, "name": person.name, "member": person.membership.organisation,
            "until": timezone.localdate(link.expires_at),
        },
        link=f"{reverse('communities:shared', args=[token])}?language={language}",
        still_due="communities.link",
        subject_id=link.pk,
    )  # fmt: skip


@transaction.atomic
def revoke_link(link: MemberLink, *, by: User, at: datetime) -> MemberLink:
    """Withdraw a link; raises RuleBroken when it does not hold any more."""
    rules.can_keep_communities(by).or_raise()
    links = MemberLink.objects.select_for_update(of=("self",)).select_related("representative__membership")
    link = links.get(pk=link.pk)
    if state_of(link, now=at) != MemberLinkState.OPEN:
        raise RuleBroken(_("This link does not hold any more."))
    link.revoked_at = at
    link.save(update_fields=["revoked_at"])
    return link
