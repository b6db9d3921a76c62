"""What an agreement may not say, and which other agreements it may name."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from partnerships.choices.agreements import AgreementState
from partnerships.models.agreements import Agreement

LINKS_BETWEEN_AGREEMENTS = 7_120_411  # the key of a lock, any number that nothing else takes
NOT_SIGNED_YET = (AgreementState.DRAFT, AgreementState.IN_REVIEW, AgreementState.AWAITING_SIGNATURES)


def check(agreement: Agreement) -> None:
    """Refusals that a person can mend, each with its field; the database holds what one row can tell."""
    if agreement.starts_on and agreement.ends_on and agreement.ends_on < agreement.starts_on:
        raise RuleBroken(_("The agreement cannot end before it starts."), field="ends_on")
    same_number = Agreement.objects.filter(number=agreement.number).exclude(pk=agreement.pk)
    if agreement.number and same_number.exists():
        raise RuleBroken(_("An agreement with this number is on file already."), field="number")
    for first, second in (("owner", "deputy"), ("enterprise_owner", "enterprise_deputy")):
        chosen = getattr(agreement, f"{second}_id")
        if chosen and chosen == getattr(agreement, f"{first}_id"):
            raise RuleBroken(_("The deputy is somebody else than the owner."), field=second)
    if agreement.renewed_from_id or agreement.framework_id:
        _one_at_a_time()
        _check_renewal(agreement)
        _check_framework(agreement)


def _one_at_a_time() -> None:
    """Two people who link agreements at once would each see no circle and close one; the lock ends with the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LINKS_BETWEEN_AGREEMENTS])


def _check_renewal(agreement: Agreement) -> None:
    if agreement.renewed_from_id is None:
        return
    if agreement.renewed_from_id == agreement.pk:
        raise RuleBroken(_("An agreement cannot renew itself."), field="renewed_from")
    older = Agreement.objects.get(pk=agreement.renewed_from_id)
    mine = {agreement.enterprise_id} | (agreement.enterprise_keys() if agreement.pk else set())
    if older.enterprise_id not in mine and not mine & older.enterprise_keys():
        raise RuleBroken(_("An agreement renews an older one with the same enterprise."), field="renewed_from")
    if older.state in NOT_SIGNED_YET:
        raise RuleBroken(_("An agreement that is not signed yet cannot be renewed."), field="renewed_from")
    if _leads_back(agreement, "renewed_from_id"):
        raise RuleBroken(
            _("The agreements would renew each other in a circle: “%(older)s” renews this one already.")
            % {"older": older},
            field="renewed_from",
        )


def _check_framework(agreement: Agreement) -> None:
    if agreement.framework_id is None:
        return
    if agreement.framework_id == agreement.pk:
        raise RuleBroken(_("An agreement cannot stand under itself."), field="framework")
    above = Agreement.objects.select_related("kind").get(pk=agreement.framework_id)
    if not above.kind.needs_leadership:
        raise RuleBroken(_("Only a framework agreement stands above others."), field="framework")
    if _leads_back(agreement, "framework_id"):
        raise RuleBroken(
            _("The agreements would stand under each other in a circle: “%(above)s” stands under this one already.")
            % {"above": above},
            field="framework",
        )


def check_remaining_kind(agreement: Agreement) -> None:
    """A framework agreement stays one while others stand under it."""
    if agreement.pk and not agreement.kind.needs_leadership and agreement.under_it.exists():
        raise RuleBroken(_("Other agreements stand under this one: it stays a framework agreement."), field="kind")


def _leads_back(agreement: Agreement, column: str) -> bool:
    """Whether who follows the column from agreement to agreement comes back to this one."""
    seen: set[int] = set()
    pk = getattr(agreement, column)
    while pk and pk not in seen:
        if pk == agreement.pk:
            return True
        seen.add(pk)
        pk = Agreement.objects.filter(~Q(pk=agreement.pk), pk=pk).values_list(column, flat=True).first()
    return False
