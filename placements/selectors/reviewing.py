"""What the rules of holding.py compare a posting with, and what its page says of its review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q

from partnerships.models.enterprises import Enterprise
from placements import holding
from placements.addresses import own_domains
from placements.choices import HoldRule, PostingState
from placements.holding import OnFile, Wage
from placements.models.postings import Posting
from placements.models.review import HeldWord, MinimumWage, PostingHold, TrustedEnterprise


def on_file(posting: Posting, *, on: date) -> OnFile:
    """The lists of the office, the addresses of the enterprise, and the questions of the posting; four queries."""
    words = HeldWord.objects.filter(is_active=True).values_list("rule", "word")
    mails = tuple(posting.enterprise.contacts.exclude(email="").order_by("pk").values_list("email", flat=True))
    questions = posting.questions.all()
    texts = [text for each in questions for text in (each.text, each.text_en, *each.choices)]
    return OnFile(
        words=tuple((HoldRule(rule), word) for rule, word in words),
        wage=minimum_wage(posting, on=on),
        place=posting.location if posting.province_id else "",
        domains=own_domains(posting.enterprise.website, mails, settings.SITE_URL),
        mails=mails,
        texts=tuple(texts),
    )


def minimum_wage(posting: Posting, *, on: date) -> Wage | None:
    """The latest in force where the work is: of the city, or else of the rest of its province; None is unknown."""
    if posting.province_id is None:
        return None
    city = posting.city.strip().removesuffix("市")
    named = Q(city="") | (Q(city__in=[city, f"{city}市"]) if city else Q())
    in_force = MinimumWage.objects.filter(named, province=posting.province_id, valid_from__lte=on)
    if not city:
        in_force = in_force.filter(city="")
    found = in_force.select_related("province").order_by("-city", "-valid_from").first()
    return Wage(posting.location, found.monthly, found.hourly) if found else None


def is_trusted(enterprise: Enterprise, *, on: date) -> bool:
    return TrustedEnterprise.objects.in_force(on).filter(enterprise=enterprise).exists()


def open_holds(posting: Posting) -> list[PostingHold]:
    """What still holds it, in the order in which it was found."""
    return list(posting.holds.filter(lifted_at__isnull=True))


@dataclass(frozen=True)
class HoldShown:
    """A hold in words; `may_lift` is False for what the law forbids."""

    hold: PostingHold
    text: str
    may_lift: bool

    @property
    def is_mended(self) -> bool:
        """Whether the text was changed, rather than let pass by somebody."""
        return self.hold.lifted_at is not None and self.hold.lifted_by_id is None


@dataclass(frozen=True)
class Review:
    """What stands in the way of a posting, what stood there, and what nobody looked at."""

    holds: list[HoldShown]
    settled: list[HoldShown]
    remarks: list[str]
    is_trusted: bool

    @property
    def is_empty(self) -> bool:
        return not (self.holds or self.settled or self.remarks or self.is_trusted)


def review_of(posting: Posting, *, on: date) -> Review:
    """For the page of staff; three queries while it waits to be published, one afterwards."""
    shown = [
        HoldShown(hold, holding.explained(hold.rule, hold.found), hold.rule not in holding.MUST_CHANGE)
        for hold in posting.holds.select_related("lifted_by")
    ]
    waits = posting.state in (PostingState.DRAFT, PostingState.IN_REVIEW)
    known = OnFile(
        wage=minimum_wage(posting, on=on) if waits else None, place=posting.location if posting.province_id else ""
    )
    return Review(
        holds=[each for each in shown if each.hold.lifted_at is None],
        settled=[each for each in shown if each.hold.lifted_at is not None],
        remarks=holding.not_looked_at(posting, known) if waits else [],
        is_trusted=waits and is_trusted(posting.enterprise, on=on),
    )
