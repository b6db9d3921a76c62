"""The printed one-page brief of an enterprise, as plain words in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.selectors import school
from partnerships.choices.agreements import AgreementStage
from partnerships.models.agreements import Commitment
from partnerships.selectors.enterprises import EnterpriseFile
from partnerships.timeline import describe


def day(value: date | None) -> str:
    """A date as the reader writes it; nothing for none."""
    return formats.date_format(value, "SHORT_DATE_FORMAT") if value else ""


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


def _amount(commitment: Commitment) -> str:
    """How much was promised, without zeros that say nothing."""
    return "" if commitment.number is None else f"{commitment.number.normalize():f} {commitment.unit}".strip()


def _facts(file: EnterpriseFile) -> list[list[str]]:
    enterprise = file.enterprise
    pairs = [
        (_("Unified social credit code"), enterprise.credit_code),
        (_("Nature of unit"), enterprise.nature),
        (_("Industry"), enterprise.industry),
        (_("Place"), _joined(enterprise.location, enterprise.address)),
        (_("Number of staff"), enterprise.staff_count),
        (_("Level"), enterprise.get_level_display()),
        (_("Owner"), _joined(enterprise.owner, enterprise.deputy)),
        (_("Flags"), ", ".join(file.labels.flags)),
    ]
    return [[label, str(value)] for label, value in pairs if value]


def brief_data(file: EnterpriseFile, *, on: date, by: User) -> dict[str, Any]:
    """Everything that the page shows; the template only sets it."""
    enterprise = file.enterprise
    agreements = [
        _joined(a.title, AgreementStage(a.stage_on(on)).label, day(a.ends_on)) for a in list(file.agreements)[:5]
    ]
    promises = [
        _joined(c.get_side_display(), c.description, _amount(c), day(c.due_on)) for c in list(file.commitments)[:5]
    ]
    needs = [_joined(n.get_kind_display(), n.description, n.headcount) for n in list(file.needs)[:5]]
    entries = [f"{day(timezone.localtime(e.at).date())}  {describe(e)}" for e in list(file.entries)[:7]]
    contacts = [_joined(c.name, c.title, c.phone, c.email) for c in file.contacts[:5]]
    return {
        "school": str(school()),
        "title": str(enterprise),
        "subtitle": enterprise.name_en if str(enterprise) != enterprise.name_en else enterprise.legal_name,
        "about": enterprise.about[:600],
        "facts": _facts(file),
        "sections": [
            [_("Contacts"), contacts],
            [_("Open needs"), needs],
            [_("Agreements"), agreements],
            [_("Open promises"), promises],
            [_("Latest"), entries],
        ],
        "nothing": _("Nothing on file."),
        "footer": _("Printed on %(day)s by %(name)s") % {"day": day(on), "name": by},
    }
