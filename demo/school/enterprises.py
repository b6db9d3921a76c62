"""The files of the made-up enterprises: identity, people, and what they ask for."""

from __future__ import annotations

from random import Random

from demo.school.credit_codes import made_up_code
from demo.school.world import Partner, World
from demo.words import names
from demo.words.digital_enterprises import DIGITAL_ENTERPRISES
from demo.words.enterprise_words import CONTACT_TITLES, LINES, STREETS, EnterpriseWords
from demo.words.film_enterprises import FILM_ENTERPRISES
from demo.words.industry_enterprises import INDUSTRY_ENTERPRISES
from demo.words.needs import NEEDS, RESULTS
from partnerships.choices.enterprises import EnterpriseLevel
from partnerships.choices.needs import NeedState
from partnerships.models.codes import Flag, Industry, Nature, Province
from partnerships.services import contacts, enterprises, needs

NATURES = ("39", "39", "39", "39", "31", "32")
WITHOUT_CODE = 6
WITH_WRONG_CODE = 17


def build_enterprises(world: World) -> None:
    """Fifty-five files, opened over the last two years."""
    provinces = {row.code[:2]: row for row in Province.objects.all()}
    industries = {row.code: row for row in Industry.objects.all()}
    natures = {row.code: row for row in Nature.objects.all()}
    flags = {row.code: row for row in Flag.objects.all()}
    made_up = [*FILM_ENTERPRISES, *DIGITAL_ENTERPRISES, *INDUSTRY_ENTERPRISES]
    made_up.sort(key=lambda words: world.random.random())
    for place, words in enumerate(made_up):
        opened = world.at(world.day(-700 + place * 11), 9 + place % 8)
        fields = {
            **_identity(world.random, words, place),
            "province": provinces[words.province],
            "industry": industries[LINES[words.line].industry],
            "flags": [flags[code] for code in _flags(words, place)],
            "nature": natures[NATURES[place % len(NATURES)]],
            "staff_counted_on": opened.date(),
            "owner": _owner(world, words),
            "deputy": world.staff["sunlifang"],
        }
        record = enterprises.add_enterprise(by=world.officer, at=opened, fields=fields)
        world.partners.append(Partner(record, words))
    for place, partner in enumerate(world.partners):
        _add_contacts(world, partner, place)
        _confirm(world, partner, place)


def _identity(random: Random, words: EnterpriseWords, place: int) -> dict[str, object]:
    code = made_up_code(random, words.province)
    if place % WITHOUT_CODE == WITHOUT_CODE - 1:
        code = ""
    elif place % WITH_WRONG_CODE == WITH_WRONG_CODE - 1:
        code = code[:-1] + ("0" if code[-1] != "0" else "1")
    return {
        "legal_name": words.zh,
        "name_en": words.en,
        "short_name": words.short,
        "credit_code": code,
        "city": words.city,
        "address": f"{words.city}市{random.choice(STREETS)}{random.randrange(8, 420)}号",
        "website": f"https://www.{site(words)}",
        "staff_count": words.staff,
        "level": _level(place),
        "about": f"{words.does_zh}。\n{words.does_en}.",
    }


def _flags(words: EnterpriseWords, place: int) -> list[str]:
    marks = {
        "above_size": words.staff >= 200,
        "listed": words.staff >= 1500,
        "specialised": place % 9 == 4,
        "high_tech": place % 7 == 3,
        "alumni": place % 13 == 2,
    }
    return [code for code, holds in marks.items() if holds]


def site(words: EnterpriseWords) -> str:
    """An address that can belong to nobody."""
    name = "".join(words.en.removesuffix(" Co., Ltd.").split()[1:3])
    return f"{name.lower()}.example"


def _level(place: int) -> EnterpriseLevel:
    if place % 11 == 1:
        return EnterpriseLevel.STRATEGIC
    return EnterpriseLevel.CORE if place % 4 == 0 else EnterpriseLevel.NORMAL


def _owner(world: World, words: EnterpriseWords) -> object:
    """The officer keeps every third file; the others are kept by the college that sends most students."""
    if world.random.random() < 0.35:
        return world.officer
    major = world.majors[LINES[words.line].majors[0]]
    return world.staff_of(major.college)


def _add_contacts(world: World, partner: Partner, place: int) -> None:
    number = 1 + place % 3
    people = names.people(world.random, number, taken=world.names)
    departments = LINES[partner.words.line].departments
    for index, person in enumerate(people):
        opened = partner.record.confirmed_at or world.now
        fields = {
            "name": person.zh,
            "title": CONTACT_TITLES[(place * 2 + index) % len(CONTACT_TITLES)],
            "department": departments[-1 - index % len(departments)],
            "phone": f"199-{1000 + place:04}-{1000 + index * 37:04}",
            "email": f"{person.en.split()[-1].lower()}@{site(partner.words)}",
            "is_primary": index == 0,
            "known_by": partner.record.owner,
            "from_on": opened.date(),
        }
        contact = contacts.add_contact(partner.record, fields=fields, by=world.officer, at=opened)
        partner.contacts.append(contact)
    if place % 10 == 5 and number > 1:
        left = world.day(-40 - place)
        gone = partner.contacts.pop()
        contacts.contact_left(gone, on=left, by=world.officer, at=world.at(left))


def _confirm(world: World, partner: Partner, place: int) -> None:
    """Two files of three were looked through this term; the rest have grown stale."""
    if place % 3 != 2:
        enterprises.confirm_enterprise(
            partner.record, by=partner.record.owner or world.officer, at=world.at(world.day(-3 - place * 2))
        )


def build_needs(world: World) -> None:
    """What enterprises asked for this year: open, met and dropped."""
    for place, (line, kind, text, headcount, pay) in enumerate(NEEDS):
        of_line = [partner for partner in world.partners if partner.words.line == line]
        partner = of_line[place % len(of_line)]
        asked = world.day(-150 + place * 4)
        fields = {
            "kind": kind,
            "description": text.format(class_of=world.graduating, next_class=world.graduating + 1),
            "headcount": headcount,
            "monthly_pay": pay,
            "wanted_by": world.day(-20 + place * 5),
            "owner": partner.record.owner,
        }
        majors = [world.majors[code] for code in LINES[line].majors[:2]]
        need = needs.record_need(partner.record, fields=fields, majors=majors, by=world.officer, at=world.at(asked))
        if place % 4 == 1:
            state = NeedState.DROPPED if place % 8 == 5 else NeedState.MET
            needs.close_need(
                need, state=state, result=RESULTS[state], by=world.officer, at=world.at(world.day(-10 - place % 7))
            )
