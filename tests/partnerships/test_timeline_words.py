"""Entries of the timeline as sentences."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from partnerships.choices.timeline import TimelineKind
from partnerships.models.timeline import TimelineEntry
from partnerships.services.timeline import record
from partnerships.timeline import ICONS, describe
from tests.factories.partnerships import EnterpriseFactory

K = TimelineKind


@pytest.mark.parametrize(
    ("kind", "text", "detail", "sentence"),
    [
        (K.ENTERPRISE_ADDED, "甲公司", "", "File opened: 甲公司"),
        (K.ENTERPRISE_CHANGED, "", "city,former_names", "File changed: city; former names"),
        (K.ENTERPRISE_CONFIRMED, "", "", "File confirmed as correct"),
        (
            K.CODE_CHECKED,
            "91350100M000100Y43",
            "matches",
            "Credit code checked: 91350100M000100Y43 (Name and code agree)",
        ),
        (K.SITE_CHANGED, "绵阳厂区", "closed", "Site changed: 绵阳厂区 (closed)"),
        (K.CONTACT_LEFT, "曾建", "2026-11-19", "Contact left: 曾建 (19 Nov 2026)"),
        (K.NEED_CLOSED, "实习生", "met", "Need closed: 实习生 (Met)"),
        (K.AGREEMENT_MOVED, "实习基地", "in_review", "Agreement moved on: 实习基地 (In review)"),
        (K.COMMITMENT_MADE, "十个岗位", "enterprise", "Promise made: 十个岗位 (Enterprise)"),
        (K.COMMITMENT_MADE, "", "investment:5000000", "Promise made: investment of 5,000,000 yuan"),
        (K.VISIT_MOVED, "走访", "confirmed", "Visit moved on: 走访 (Confirmed)"),
        (K.POSTING_MOVED, "剪辑", "published", "Posting moved on: 剪辑 (Published)"),
        (K.VISIT_MOVED, "走访", "unheard_of", "Visit moved on: 走访 (unheard_of)"),
        (K.NOTE, "随手一记", "", "随手一记"),
        (K.MENTOR_APPOINTED, "曾建", "", "Industry mentor appointed: 曾建"),
        (K.NOTE, "", "", "Note"),
    ],
)
def test_an_entry_reads_as_a_sentence(kind, text, detail, sentence):
    with translation.override("en"):
        assert describe(TimelineEntry(kind=kind, text=text, detail=detail)) == sentence


def test_every_kind_has_an_icon():
    assert set(ICONS) == set(TimelineKind.values)


@pytest.mark.django_db
def test_long_texts_are_cut_to_what_an_entry_holds(officer):
    entry = record(EnterpriseFactory(), K.NOTE, by=officer, at=datetime(2026, 11, 20, tzinfo=UTC), text="长" * 500)

    assert len(entry.text) == 400
