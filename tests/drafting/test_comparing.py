"""Any two revisions side by side."""

import time
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from drafting.models.texts import RevisionClause
from drafting.numbering import article, in_chinese, party_name
from drafting.selectors.comparing import compare_clauses
from drafting.services.templates import ClauseText
from drafting.services.texts import save_text
from tests.factories.drafting import begun_text
from tests.factories.partnerships import AgreementFactory

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
LONG = "企业应当为每名实习学生指定一名指导人员，并按月支付实习报酬。学校应当定期巡查，及时处理学生反映的问题。"


def clause(heading, body, english="", origin=None):
    return RevisionClause(heading_zh=heading, body_zh=body, body_en=english, origin_id=origin)


def became(comparison):
    return [(each.state, each.is_moved, each.before, each.after) for each in comparison.clauses]


def test_nothing_changed_is_said():
    old, new = [clause("一", "甲"), clause("二", "乙")], [clause("一", "甲"), clause("二", "乙")]

    assert compare_clauses(old, new).touched == []


def test_changed_words_are_marked_in_each_language():
    old = [clause("期限", "有效期三年。", "For three years.", origin=1)]
    new = [clause("期限", "有效期五年。", "For five years.", origin=1)]

    [found] = compare_clauses(old, new).clauses

    chinese, english = found.languages["zh-hans"].body.parts, found.languages["en"].body.parts
    assert found.state == "changed"
    assert [(part.kind, part.text) for part in chinese] == [
        ("same", "有效期"),
        ("gone", "三"),
        ("came", "五"),
        ("same", "年。"),
    ]
    assert [(part.kind, part.text) for part in english if part.kind != "same"] == [
        ("gone", "three"),
        ("came", "five"),
    ]


def test_added_removed_and_moved_clauses_are_named():
    old = [clause(name, f"{name}的内容", origin=place) for place, name in enumerate("甲乙丙丁戊", start=1)]
    new = [old[0], old[4], old[1], clause("新", "全新的一条"), old[3]]

    found = compare_clauses(old, new)

    assert became(found) == [
        ("same", False, 1, 1),
        ("same", True, 5, 2),
        ("same", False, 2, 3),
        ("added", False, None, 4),
        ("removed", False, 3, None),
        ("same", False, 4, 5),
    ]
    assert found.counts == {"changed": 0, "added": 1, "removed": 1, "moved": 1}


def test_a_clause_that_was_rewritten_under_another_heading_is_the_same_clause():
    [found] = compare_clauses([clause("实习", LONG)], [clause("学生实习", LONG.replace("按月", "按周"))]).clauses

    assert (found.state, found.before, found.after) == ("changed", 1, 1)


def test_clauses_of_one_heading_keep_apart():
    old = [clause("附则", "甲一"), clause("附则", "乙二")]

    assert became(compare_clauses(old, [old[1]])) == [("removed", False, 1, None), ("same", False, 2, 1)]


def test_a_hundred_clauses_that_all_changed_are_compared_within_seconds():
    old = [clause(f"条{n}", f"{LONG * 8}{n}", f"The enterprise pays the intern {n} monthly. " * 20) for n in range(100)]
    new = [clause(f"条{n}", each.body_zh.replace("按月", f"按{n}"), each.body_en) for n, each in enumerate(old)]
    new.reverse()
    begun = time.monotonic()

    found = compare_clauses(old, new)

    assert found.counts == {"changed": 100, "added": 0, "removed": 0, "moved": 99}
    assert time.monotonic() - begun < 20


@pytest.mark.django_db
def test_the_page_compares_what_is_asked_for(client, leader, officer):
    agreement = AgreementFactory()
    first = begun_text(agreement, by=officer)
    last = first
    for number, body in enumerate(["三年。", "五年<b>整</b>。"]):
        clauses = [
            ClauseText(c.heading_zh, body if c.heading_zh == "期限" else c.body_zh, c.heading_en, c.body_en, key=c.pk)
            for c in last.clauses.all()
        ]
        last = save_text(agreement, based_on=number + 1, clauses=clauses, note=f"第{number}轮", by=officer, at=NOON)
    client.force_login(leader)
    address = reverse("drafting:compare", args=[agreement.pk])

    page = client.get(f"{address}?from=2&to=3").content.decode()
    same = client.get(f"{address}?from=3&to=3").content.decode()

    assert "Clauses: 1 changed, 0 added, 0 taken out, 0 moved." in page
    assert "<del>三年</del><ins>五年&lt;b&gt;整&lt;/b&gt;</ins>。" in page
    assert "<b>整" not in page
    assert "Nothing changed between these two revisions." in same
    assert client.get(f"{address}?from=1&to=99").status_code == 302
    assert "from revision 1 to revision 3" in client.get(f"{address}?from=1").content.decode()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (21, "二十一"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
    ],
)
def test_numbers_are_written_as_chinese_writes_them(number, words):
    assert in_chinese(number) == words
    assert article(number, "zh-hans") == f"第{words}条"


def test_parties_have_letters():
    assert [party_name(place, "zh-hans") for place in (1, 2, 3, 11)] == ["甲方", "乙方", "丙方", "第11方"]
    assert [party_name(place, "en") for place in (1, 10, 11)] == ["Party A", "Party J", "Party 11"]
