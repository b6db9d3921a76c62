"""What enterprises answered this year, what colleagues noted, and two files of one enterprise."""

from __future__ import annotations

from django.core.files.base import ContentFile

from core.pdf import render_pdf
from demo.school.papers import TEMPLATES
from demo.school.world import Partner, World
from demo.words.answers import CORRECTIONS, NOTES, REASONS, TWIN_ENDING
from partnerships.choices.enterprises import NoteVisibility
from partnerships.choices.links import Intake
from partnerships.models.links import SignedLink
from partnerships.selectors.links import file_texts, person_texts
from partnerships.services import enterprises, notes, saved_views, suspects
from partnerships.services.answers import Said, answer_file
from partnerships.services.links import issue_link

ASKED_DAYS_AGO = 62


def build_answers(world: World) -> None:
    """Every second enterprise was asked; two of three answered, a few with corrections."""
    asked_on = world.day(-ASKED_DAYS_AGO)
    for place, partner in enumerate(world.partners):
        if place % 2 or not partner.contacts:
            continue
        link = issue_link(
            partner.record, partner.contacts[0], year=asked_on.year, by=world.officer, at=world.at(asked_on)
        )
        if place % 3 != 2:
            _answer(world, link, place)


def _answer(world: World, link: SignedLink, place: int) -> None:
    read_file, read_person = file_texts(link.enterprise), person_texts(link)
    field, words = CORRECTIONS[place // 4 % len(CORRECTIONS)]
    corrected = {field: words} if place % 4 == 0 else {}
    intake = (Intake.YES, Intake.YES, Intake.MAYBE, Intake.NO)[place // 2 % 4]
    takes = intake != Intake.NO
    said = Said(
        read_file=read_file,
        read_person=read_person,
        file={**read_file, **corrected},
        person=read_person,
        interns=intake,
        interns_number=3 + place % 9 if takes else None,
        graduates=Intake.MAYBE if takes else Intake.NO,
        graduates_number=2 + place % 5 if takes else None,
        reasons="" if takes else REASONS[place % len(REASONS)],
    )
    answer_file(link, said=said, at=world.at(world.day(-ASKED_DAYS_AGO + 3 + place % 9)))


def build_notes(world: World) -> None:
    """Remarks for the office, for everybody and for oneself, and a paper each for some."""
    for place, partner in enumerate(world.partners):
        if place % 3 == 0:
            text, visibility, we_spoke = NOTES[place // 3 % len(NOTES)]
            at = world.at(world.day(-4 - place))
            notes.add_note(
                partner.record, text=text, visibility=NoteVisibility(visibility), we_spoke=we_spoke,
                contact=partner.contacts[0] if partner.contacts else None, by=world.officer, at=at,
            )  # fmt: skip
        if place % 10 == 1:
            _brochure(world, partner, place)
    views = {"重点单位待走访": "level=strategic&contact=3", "协议三个月内到期": "agreement=ending"}
    for name, query in views.items():
        saved_views.save_view(
            page="partnerships:enterprise_list", name=name, query=query, is_shared=True, by=world.officer
        )


def _brochure(world: World, partner: Partner, place: int) -> None:
    paragraphs = partner.words.does_zh.split("。")
    data = {"title": f"{partner.words.zh}简介", "paragraphs": [part for part in paragraphs if part]}
    pdf = render_pdf(TEMPLATES / "brochure.typ", data)
    notes.file_paper(
        partner.record, name="企业简介", file=ContentFile(pdf, name="brochure.pdf"), by=world.officer,
        at=world.at(world.day(-30 - place)),
    )  # fmt: skip


def build_twins(world: World) -> None:
    """A college opened a second file of an enterprise that the office had already; both stand in the queue."""
    original = world.partners[4]
    name = f"{original.words.zh.removesuffix('有限公司')}{TWIN_ENDING}"
    fields = {"legal_name": name, "province": original.record.province, "city": original.words.city}
    enterprises.add_enterprise(by=world.officer, at=world.at(world.day(-9)), fields=fields)
    suspects.find_suspects(at=world.now)
