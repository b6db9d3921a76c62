"""What staff found out about the made-up enterprises: checks of their codes, sites, colleges and tags."""

from __future__ import annotations

from datetime import timedelta

from demo.school.world import Partner, World
from demo.words.enterprise_words import LINES
from demo.words.registrations import CHECK_REMARKS, SITES, TAGS
from partnerships.choices.enterprises import CheckResult, CheckSource
from partnerships.services import checks, enterprises, sites


def build_registrations(world: World) -> None:
    """Every second code was looked up, every fifth enterprise works at a second place."""
    for place, partner in enumerate(world.partners):
        _mark(world, partner, place)
        if partner.record.credit_code and place % 2 == 0:
            _check(world, partner, place)
        if place % 5 == 1:
            kind_zh, staff = SITES[place % len(SITES)]
            fields = {
                "name": f"{partner.words.city}{kind_zh}",
                "province": partner.record.province,
                "city": partner.words.city,
                "staff_count": min(staff, partner.words.staff),
            }
            sites.add_site(partner.record, fields=fields, by=world.officer, at=world.at(world.day(-60 - place)))


def _mark(world: World, partner: Partner, place: int) -> None:
    """The colleges whose students it takes, and a tag for some."""
    colleges = {world.majors[code].college for code in LINES[partner.words.line].majors}
    fields: dict[str, object] = {"colleges": sorted(colleges, key=lambda college: college.code)}
    if place % 4 == 3:
        fields["tags"] = [TAGS[place % len(TAGS)]]
    enterprises.change_enterprise(
        partner.record, version=None, fields=fields, by=world.officer, at=world.at(world.day(-90 + place))
    )


def _check(world: World, partner: Partner, place: int) -> None:
    result = CheckResult.MATCHES
    if place % 16 == 14:
        result = CheckResult.ABNORMAL
    elif place % 16 == 6:
        result = CheckResult.DIFFERS
    day = world.today - timedelta(days=10 + place * 3)
    checks.record_check(
        partner.record,
        source=CheckSource.CREDIT_PUBLICITY if place % 3 else CheckSource.LICENCE,
        result=result,
        checked_on=day,
        note=CHECK_REMARKS.get(result, ""),
        by=world.officer,
        at=world.at(day),
    )
