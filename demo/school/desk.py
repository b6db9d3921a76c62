"""What enterprises do themselves: an account that sees applicants, a post offered by link, a list from Excel."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from django.core.files.base import ContentFile
from django.db.models import Count

from demo.school.world import World
from demo.words.desk import HEADINGS, OFFERED, QUESTIONS, ROWS, UNKNOWN, WORDS
from desk.lists.planning import digest, plan
from desk.selectors.links import newest_link
from desk.services.accounts import invite
from desk.services.offering import Said, offer_by_link
from desk.services.posting_lists import bring_list, write_list
from desk.services.requests import ask_for_postings, show_applicants
from partnerships.models.contacts import Contact
from placements.choices import PostingState
from placements.models.postings import Posting
from placements.services.posting_rows import PostingRows, QuestionRow


def build_desk(world: World, password: str) -> None:
    busy = Posting.objects.filter(
        state=PostingState.PUBLISHED, enterprise__archived_at=None, enterprise__contacts__to_on=None,
        enterprise__contacts__isnull=False,
    )  # fmt: skip
    postings = list(busy.annotate(sent=Count("applications")).select_related("enterprise").order_by("-sent", "pk")[:6])
    if not postings:
        return
    contacts = Contact.objects.filter(to_on=None).exclude(email="")
    by_enterprise: dict[int, Contact] = {}
    for contact in contacts.filter(enterprise__in=[posting.enterprise_id for posting in postings]).order_by("-pk"):
        by_enterprise[contact.enterprise_id] = contact
    known = [posting for posting in postings if posting.enterprise_id in by_enterprise]
    for place, posting in enumerate(known[:2]):
        contact = by_enterprise[posting.enterprise_id]
        if place == 0:
            _account(world, contact, password)
            show_applicants(posting, contact, by=world.officer, at=world.at(world.day(-6)))
        _offer(world, contact)
    _list(world, known[0].enterprise.legal_name)


def _account(world: World, contact: Contact, password: str) -> None:
    """The account of the sample school for an enterprise's contact."""
    account = invite(contact, by=world.officer, at=world.at(world.day(-20)))
    user = account.user
    user.email, user.is_demo = "contact@school.example", True
    user.set_password(password)
    user.save()


def _offer(world: World, contact: Contact) -> None:
    request = ask_for_postings(contact.enterprise, contact, words=WORDS, by=world.officer, at=world.at(world.day(-8)))
    link = newest_link(request)
    assert link is not None  # noqa: S101 - it was sent a moment ago
    fields: dict[str, Any] = {**OFFERED, "closes_on": world.day(45), "answer_by": world.day(60)}
    questions = tuple(QuestionRow(text=text, text_en=text_en, kind=kind) for text, text_en, kind in QUESTIONS)
    said: Said = {"fields": fields, "majors": [], "rows": PostingRows(questions=questions)}
    offer_by_link(link, said=said, at=world.at(world.day(-5)))


def _list(world: World, enterprise: str) -> None:
    """One list that was written, and one that waits to be confirmed and has a wrong row."""
    closes = world.day(50).isoformat()
    good = [[enterprise, *row, closes] for row in ROWS]
    at = world.at(world.day(-3))
    written = bring_list(_workbook(good[:1]), by=world.officer, at=at)
    write_list(written, seen=digest(plan(written.rows)), by=world.officer, at=at)
    bring_list(_workbook([*good, [*UNKNOWN, closes]]), by=world.officer, at=world.at(world.day(-1)))


def _workbook(rows: list[list[str]]) -> ContentFile[bytes]:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADINGS, *rows]):
            sheet.write_row(number, 0, row)
    return ContentFile(file.getvalue(), "企业岗位汇总.xlsx")
