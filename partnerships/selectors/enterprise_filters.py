"""What each filter of the list of enterprises means, as a condition."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Model, Q, QuerySet, Value
from django.db.models.functions import Replace

from accounts.models.people import User
from core.days import midnight
from partnerships.choices.enterprises import FileBlock, StaffBand
from partnerships.choices.links import LinkPurpose
from partnerships.models.agreements import Agreement
from partnerships.models.codes import Region
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import FileAnswer, SignedLink
from partnerships.models.needs import Need
from partnerships.selectors.freshness import periods

ENDING_DAYS = {"ending_30": 30, "ending": 90, "ending_180": 180}
ANSWER_WITHIN = timedelta(days=14)
PARTY = "parties__enterprise"  # an agreement is counted for each enterprise among its parties


@dataclass(frozen=True)
class Asker:
    """Who asks for a list, and on which day."""

    user: User
    on: date


def _of(rows: QuerySet[Model], key: str = "enterprise") -> QuerySet[Model]:
    return rows.order_by().values(key)  # type: ignore[return-value]


def _region(code: str, _asker: Asker) -> Q:
    """A prefecture with its counties, and files where the same city stands in words only."""
    name = Region.objects.filter(code=code)
    called = name.values(short=Replace("name_zh", Value("市"))).union(name.values(short=Value("name_zh")))
    in_words = Q(region__isnull=True, province__code=f"{code[:2]}0000", city__in=called)
    return Q(region__in=Region.objects.filter(code__startswith=code[:4])) | in_words


def _owner(asked: str, asker: Asker) -> Q:
    if asked == "none":
        return Q(owner__isnull=True)
    return Q(owner=asker.user.pk if asked == "me" else asked)


def _college(number: str, _asker: Asker) -> Q:
    """Named in the file, or by an agreement of any stage."""
    named = Enterprise.colleges.through.objects.filter(college=int(number))
    agreed = Agreement.objects.filter(colleges=int(number))
    return Q(pk__in=_of(named).union(_of(agreed, PARTY)))


def _staff(smallest: str, _asker: Asker) -> Q:
    """One band of the number of staff, see StaffBand."""
    larger = [int(band) for band in StaffBand.values if int(band) > int(smallest)]
    below = Q(staff_count__lt=min(larger)) if larger else Q()
    return Q(staff_count__gte=int(smallest)) & below


def _contact(months: str, asker: Asker) -> Q:
    """Nobody was in touch for so many months, or ever."""
    since = midnight(months_before(asker.on, int(months)))
    return Q(last_contact_at__lt=since) | Q(last_contact_at__isnull=True)


def _agreement(asked: str, asker: Asker) -> Q:
    in_force = Agreement.objects.in_force(asker.on)
    in_force = in_force.filter(parties__enterprise__isnull=False)  # NOT IN knows nothing beside a NULL
    if asked == "none":
        return ~Q(pk__in=_of(in_force, PARTY))
    if asked in ENDING_DAYS:
        last = asker.on + timedelta(days=ENDING_DAYS[asked])
        in_force = in_force.filter(renews_itself=False, ends_on__lte=last)
    return Q(pk__in=_of(in_force, PARTY))


def _answer(_asked: str, asker: Asker) -> Q:
    """Asked to confirm the file this year by a letter older than two weeks, and silent since."""
    sent = midnight(asker.on - ANSWER_WITHIN)
    letters = SignedLink.objects.filter(
        purpose=LinkPurpose.CONFIRM_FILE, year=asker.on.year, issued_at__lt=sent, used_at=None, revoked_at=None
    )
    return Q(pk__in=_of(letters)) & ~Q(pk__in=_of(FileAnswer.objects.filter(year=asker.on.year)))


def _code(asked: str, _asker: Asker) -> Q:
    return Q(credit_code="") if asked == "missing" else Q(credit_code_state=asked) & ~Q(credit_code="")


def _file(_asked: str, asker: Asker) -> Q:
    """Nobody has vouched for it in time; reads the terms, one query."""
    return periods().stale(FileBlock.IDENTITY, asker.on)


def _link(rows: QuerySet[Model]) -> Q:
    return Q(pk__in=_of(rows))


CONDITIONS: dict[str, Callable[[str, Asker], Q]] = {
    "province": lambda code, _: Q(province__code=code),
    "region": _region,
    "industry": lambda code, _: Q(industry__code=code),
    "nature": lambda code, _: Q(nature__code=code),
    "level": lambda level, _: Q(level=level),
    "flag": lambda code, _: _link(Enterprise.flags.through.objects.filter(flag__code=code)),
    "tag": lambda number, _: _link(Enterprise.tags.through.objects.filter(tag=int(number))),
    "owner": _owner,
    "college": _college,
    "staff": _staff,
    "contact": _contact,
    "agreement": _agreement,
    "answer": _answer,
    "code": _code,
    "file": _file,
    "need": lambda _asked, _: _link(Need.objects.open()),
}


def months_before(on: date, months: int) -> date:
    """The same day some months earlier, or the last day of that month."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
