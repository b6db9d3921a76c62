"""The lists that the review reads: held words, minimum wages, and whom the school trusts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships.changes import Change
from partnerships.choices.timeline import TimelineKind
from partnerships.models.codes import Province
from partnerships.models.enterprises import Enterprise
from partnerships.services import timeline
from placements import rules
from placements.models.review import HeldWord, MinimumWage, TrustedEnterprise


@transaction.atomic
def keep_word(word: HeldWord | None, *, text: str, rule: str, is_active: bool = True, by: User) -> HeldWord:
    """Add a word to the list, or change one. Raises RuleBroken for a word that is there already."""
    rules.can_keep_lists(by).or_raise()
    text = text.strip().lower()
    twin = HeldWord.objects.filter(word__iexact=text).first()
    if twin is not None and twin != word:
        raise RuleBroken(_("This word is on the list already."), field="word")
    word = HeldWord.objects.select_for_update().get(pk=word.pk) if word else HeldWord()
    word.word, word.rule, word.is_active = text, rule, is_active
    word.full_clean()
    word.save()
    return word


@transaction.atomic
def keep_wage(
    wage: MinimumWage | None,
    *,
    province: Province,
    city: str,
    monthly: int,
    hourly: Decimal,
    valid_from: date,
    source: str,
    by: User,
) -> MinimumWage:
    """Enter a minimum wage as its notice says it, or mend one. Raises RuleBroken for one of that day on file."""
    rules.can_keep_lists(by).or_raise()
    city = city.strip()
    twin = MinimumWage.objects.filter(province=province, city=city, valid_from=valid_from).first()
    if twin is not None and twin != wage:
        raise RuleBroken(_("A minimum wage of this place from this day is on file already."), field="valid_from")
    wage = MinimumWage.objects.select_for_update().get(pk=wage.pk) if wage else MinimumWage()
    wage.province, wage.city, wage.monthly, wage.hourly = province, city, monthly, hourly
    wage.valid_from, wage.source = valid_from, source
    wage.full_clean()
    wage.save()
    return wage


@transaction.atomic
def trust(
    enterprise: Enterprise, *, since: date, until: date | None, reason: str, by: User, at: datetime
) -> TrustedEnterprise:
    """Let postings of an enterprise pass without a review, from a day on; asked again, the terms are these."""
    rules.can_keep_lists(by).or_raise()
    if until is not None and until < since:
        raise RuleBroken(_("The last day is before the first."), field="until")
    enterprise = Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    trusted = TrustedEnterprise.objects.filter(enterprise=enterprise).first() or TrustedEnterprise(
        enterprise=enterprise
    )
    before = trusted.reason
    trusted.since, trusted.until, trusted.reason, trusted.by = since, until, reason.strip(), by
    trusted.full_clean()
    trusted.save()
    _tell(enterprise, before, trusted.reason, by=by, at=at)
    return trusted


@transaction.atomic
def end_trust(trusted: TrustedEnterprise, *, by: User, at: datetime) -> None:
    """From today on its postings are reviewed as everybody's."""
    rules.can_keep_lists(by).or_raise()
    trusted = TrustedEnterprise.objects.select_for_update().select_related("enterprise").get(pk=trusted.pk)
    if not TrustedEnterprise.objects.in_force(timezone.localdate(at)).filter(pk=trusted.pk).exists():
        raise RuleBroken(_("This enterprise is not trusted any more."))
    before = trusted.reason
    trusted.delete()
    _tell(trusted.enterprise, before, "", by=by, at=at)


def _tell(enterprise: Enterprise, before: str, after: str, *, by: User, at: datetime) -> None:
    change = Change(model="placements.TrustedEnterprise", field="trusted", before=before, after=after)
    link = reverse("placements:enterprise_postings", args=[enterprise.pk])
    kind = TimelineKind.ENTERPRISE_CHANGED
    timeline.record_changes(enterprise, kind, [change] if before != after else [], by=by, at=at, link=link)
