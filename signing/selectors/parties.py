"""What parties are called where people outside the school read of them."""

from __future__ import annotations

from accounts.selectors import school
from partnerships.models.agreements import Agreement, AgreementParty


def name_of(party: AgreementParty) -> str:
    """The school by its own name, whoever else as everywhere; in the language of now."""
    return str(school()) if party.is_school else str(party)


def names_of(agreement: Agreement) -> list[str]:
    """All parties in their order."""
    return [name_of(party) for party in agreement.parties.select_related("enterprise")]
