"""Surveys of the sample school: employers judge, one is asked after a visit whom it looks for, graduates speak."""

from __future__ import annotations

from datetime import timedelta

from accounts.models.people import StudentProfile
from accounts.models.school import Major
from demo.school.world import World
from demo.words.surveys import (
    DEMAND_COMMENT,
    DEMAND_LINES,
    DEMAND_POST,
    DEMAND_TEXTS,
    EMPLOYER_COMMENTS,
    GRADUATE_SUGGESTIONS,
    MATCHES,
    MOODS,
    PAY,
)
from surveys.choices import AnswerKind, SurveyKind
from surveys.models.asking import Invitation, SurveyLink
from surveys.models.surveys import SetItem, Survey
from surveys.selectors.asking import enterprises_visited, met_at
from surveys.services.answering import Said, answer
from surveys.services.asking import ask_contacts, ask_graduates
from surveys.services.needs import take_over_needs
from surveys.services.opening import note_opened
from surveys.services.surveys import open_survey
from visits.models.visits import Visit

EMPLOYERS_ASKED, EMPLOYERS_ANSWER = 18, 12
GRADUATES_ASKED = 40


def build_surveys(world: World) -> None:
    """One of each kind; some have answered, some have only opened the letter."""
    _employers(world)
    _demand(world)
    _graduates(world)


def _open(world: World, kind: SurveyKind, chinese: str, english: str) -> Survey:
    items = SetItem.objects.filter(kind=kind, is_active=True)
    fields = {
        "name_zh": chinese, "name_en": english, "kind": kind, "class_of": world.graduating,
        "opens_on": world.day(-25), "closes_on": world.day(35),
    }  # fmt: skip
    return open_survey(fields=fields, items=items, by=world.officer, at=world.at(world.day(-25)))


def _links(survey: Survey) -> list[SurveyLink]:
    rows = SurveyLink.objects.filter(invitation__survey=survey)
    return list(rows.select_related("invitation__survey", "invitation__enterprise").order_by("pk"))


def _employers(world: World) -> None:
    year = world.today.year
    survey = _open(world, SurveyKind.EMPLOYER, f"{year}年用人单位满意度调查", f"Employer satisfaction {year}")
    found = enterprises_visited(world.officer, {}, on=world.today).people[:EMPLOYERS_ASKED]
    ask_contacts(survey, found, by=world.officer, at=world.at(world.day(-20)))
    items = list(survey.items.all())
    for place, link in enumerate(_links(survey)):
        at = world.at(world.day(-18 + place % 12))
        note_opened(link, at=at)
        if place < EMPLOYERS_ANSWER:
            mood = MOODS[place % len(MOODS)]
            ratings = {item.pk: world.random.choice(mood) for item in items}
            ratings[items[place % 3].pk] = "na"
            comment = EMPLOYER_COMMENTS[place % len(EMPLOYER_COMMENTS)]
            answer(link, Said(ratings=ratings, comment=comment), at=at)


def _demand(world: World) -> None:
    survey = _open(world, SurveyKind.DEMAND, f"{world.graduating}届人才需求调查", f"Talent demand {world.graduating}")
    asked = 0
    for visit in Visit.objects.took_place().select_related("enterprise").order_by("-starts_on", "pk"):
        met = met_at(visit, on=world.today)
        if not met or not visit.outcomes.exists() or asked == len(DEMAND_LINES):
            continue
        ask_contacts(survey, [(met[0], visit)], by=world.officer, at=world.at(world.day(-12)))
        asked += 1
    for place, link in enumerate(_links(survey)):
        given = answer(link, _wanted(link.invitation), at=world.at(world.day(-9)))
        if place:
            take_over_needs(given, by=world.officer, at=world.at(world.day(-8)))


def _wanted(invitation: Invitation) -> Said:
    visit = invitation.visit
    majors = list(Major.objects.filter(outcomes__visit=visit).order_by("pk")) if visit else []
    lines: list[dict[str, object]] = [
        {"major_id": majors[place].pk, "number": number, "level": level, "monthly_pay": pay}
        for place, number, level, pay in DEMAND_LINES
        if place < len(majors)
    ]
    post, number, pay = DEMAND_POST
    lines.append({"wanted": post, "number": number, "monthly_pay": pay})
    items = invitation.survey.items.select_related("set_item")
    texts = {item.pk: DEMAND_TEXTS.get((item.set_item and item.set_item.code) or "", "") for item in items}
    return Said(ratings=texts, lines=lines, comment=DEMAND_COMMENT)


def _graduates(world: World) -> None:
    year = world.graduating
    survey = _open(world, SurveyKind.GRADUATE, f"{year}届毕业生意见调查", f"Opinions of the class of {year}")
    found: list[StudentProfile] = [profile for profile in world.profiles if profile.class_of == year]
    found.sort(key=lambda profile: (profile.major_id, profile.pk))
    ask_graduates(survey, found[:GRADUATES_ASKED], by=world.officer, at=world.at(world.day(-15)))
    items = list(survey.items.all())
    for place, link in enumerate(_links(survey)):
        at = world.now - timedelta(days=10 - place % 8)
        note_opened(link, at=at)
        if place % 7 == 6 or place > GRADUATES_ASKED - 6:
            continue
        said = {item.pk: _step(world, item.answer, place) for item in items}
        answer(link, Said(ratings=said), at=at)


def _step(world: World, kind: str, place: int) -> str:
    if kind == AnswerKind.MATCH:
        return MATCHES[place % len(MATCHES)]
    if kind == AnswerKind.PAY:
        return PAY[place * 3 % len(PAY)]
    if kind == AnswerKind.TEXT:
        return GRADUATE_SUGGESTIONS[place % len(GRADUATE_SUGGESTIONS)]
    return world.random.choice(MOODS[place % len(MOODS)])
