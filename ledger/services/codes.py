"""The platform's dictionaries and the code of the school, as the office keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.choices import Level
from accounts.models.people import User
from accounts.models.school import School
from core.errors import RuleBroken
from ledger import rules
from ledger.models.platform import LevelCode
from visits.models.visits import ResultForm


@dataclass(frozen=True)
class ResultLine:
    """An entry of FTCGXSDM; one that exists is meant by its number."""

    code: str
    name_zh: str
    name_en: str = ""
    is_active: bool = True
    pk: int | None = None


@transaction.atomic
def keep_codes(
    *,
    by: User,
    school_code: str | None = None,
    levels: dict[str, str] | None = None,
    results: Iterable[ResultLine] = (),
) -> None:
    """Save the code of the school, those of the levels (ZYCCDM) and the forms of result (FTCGXSDM).

    What is None is left. Raises RuleBroken for a code that stands twice, and before the school has a name.
    """
    rules.can_upload(by).or_raise()
    if school_code is not None and not School.objects.filter(pk=1).update(code=school_code.strip()):
        raise RuleBroken(_("The school has no name yet: an administrator enters it first."))
    for level, code in (levels or {}).items():
        LevelCode.objects.update_or_create(level=Level(level), defaults={"code": code.strip()})
    for line in results:
        _keep(line)


def _keep(line: ResultLine) -> None:
    if ResultForm.objects.filter(code=line.code.strip()).exclude(pk=line.pk or 0).exists():
        raise RuleBroken(_("The code %(code)s stands twice.") % {"code": line.code.strip()})
    form = ResultForm(pk=line.pk) if line.pk is None else ResultForm.objects.select_for_update().get(pk=line.pk)
    form.code, form.name_zh, form.is_active = line.code.strip(), line.name_zh.strip(), line.is_active
    form.name_en = line.name_en.strip() or form.name_zh
    form.full_clean()
    form.save()
