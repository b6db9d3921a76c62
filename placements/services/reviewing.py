"""Looking at a posting before students see it: what holds it, and what the office lets pass."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock
from notifications.choices import Matter
from notifications.services.notifying import notify
from partnerships.choices.timeline import TimelineKind
from partnerships.services import timeline
from placements import holding, rules
from placements.holding import Finding
from placements.models.postings import Posting
from placements.models.review import PostingHold
from placements.selectors.reviewing import on_file, open_holds

MENDED = "mended"  # the reason of a hold whose cause is gone; nobody lifted it


@transaction.atomic
def look_at(posting: Posting, *, at: datetime) -> list[PostingHold]:
    """Hold it for what the rules find now; what is mended holds it no more. Returns what still holds it.

    What the office let pass stays let pass as long as the very same is found.
    """
    posting = lock(posting)
    found = {each.rule: each for each in holding.findings(posting, on_file(posting, on=timezone.localdate(at)))}
    standing = {each.rule: each for each in open_holds(posting)}
    for rule, hold in standing.items():
        if rule not in found:
            hold.lifted_at, hold.reason = at, MENDED
            hold.save()
    for each in found.values():
        _hold(posting, each, standing.get(each.rule), at=at)
    return open_holds(posting)


def _hold(posting: Posting, finding: Finding, standing: PostingHold | None, *, at: datetime) -> None:
    let_pass = posting.holds.filter(rule=finding.rule, found=finding.found, lifted_by__isnull=False)
    if standing is None and not let_pass.exists():
        PostingHold.objects.create(posting=posting, rule=finding.rule, found=finding.found, at=at)
    elif standing is not None and standing.found != finding.found:
        standing.found, standing.at = finding.found, at
        standing.save()


def refuse_held(holds: list[PostingHold]) -> None:
    """Raises RuleBroken that names everything which still holds a posting."""
    if holds:
        named = " ".join(holding.explained(hold.rule, hold.found) for hold in holds)
        raise RuleBroken(_("The posting is held. %(why)s") % {"why": named})


@transaction.atomic
def lift_hold(hold: PostingHold, *, reason: str, by: User, at: datetime) -> PostingHold:
    """Let a posting pass in spite of what was found; what asks for sex, age or origin must be changed instead."""
    posting = lock(hold.posting)
    hold = PostingHold.objects.select_for_update().get(pk=hold.pk)
    rules.can_lift(by).or_raise()
    if hold.rule in holding.MUST_CHANGE:
        raise RuleBroken(_("What asks for a sex, an age or an origin is not let pass: change the text."))
    if hold.lifted_at is not None:
        raise RuleBroken(_("This does not hold the posting any more."))
    if not reason.strip():
        raise RuleBroken(_("Say why it may pass: the reason is kept."), field="reason")
    hold.lifted_at, hold.lifted_by, hold.reason = at, by, reason.strip()
    hold.save()
    link = reverse("placements:posting", args=[posting.pk])
    timeline.record(
        posting.enterprise, TimelineKind.POSTING_CHANGED, by=by, at=at, text=posting.title, detail="lifted", link=link
    )
    return hold


def tell_held(posting: Posting, holds: list[PostingHold], *, by: User | None, at: datetime) -> None:
    """Tell its author, unless they held it themselves just now by what they typed."""
    author = posting.created_by
    if not holds or author is None or author == by:
        return
    with translation.override(author.language):
        context: dict[str, object] = {
            "posting": str(posting),
            "enterprise": str(posting.enterprise),
            "reasons": [holding.explained(hold.rule, hold.found) for hold in holds],
        }
    notify(
        author,
        key=f"posting:{posting.pk}:held:{posting.version}",
        matter=Matter.POSTING,
        template="emails/placements/posting_held.txt",
        context=context,
        at=at,
        link=reverse("placements:posting", args=[posting.pk]),
    )
