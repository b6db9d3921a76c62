"""The text of an agreement: begun, saved as revisions, refused; what its page shows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.urls import reverse

from core.errors import RuleBroken, StaleEdit
from drafting.facts import filled
from drafting.models.texts import Revision
from drafting.selectors.facts import facts_of, years
from drafting.selectors.texts import has_text
from drafting.services.templates import ClauseText, words_of
from drafting.services.texts import begin_text, save_text
from partnerships.choices.agreements import AgreementState, Track
from partnerships.choices.timeline import TimelineKind
from tests.factories.accounts import MajorFactory
from tests.factories.drafting import begun_text, make_template
from tests.factories.partnerships import AgreementFactory, AgreementKindFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def said(revision, **changed):
    """The clauses of a revision as a form would send them; `changed` is a new Chinese text by heading."""
    return [
        ClauseText(
            clause.heading_zh,
            changed.get(clause.heading_zh, clause.body_zh),
            clause.heading_en,
            clause.body_en,
            key=clause.pk,
        )
        for clause in revision.clauses.all()
    ]


def save_as(agreement, revision, by, clauses, note="改了"):
    return save_text(agreement, based_on=revision.number, clauses=clauses, note=note, by=by, at=NOON)


@pytest.mark.usefixtures("in_english")
def test_a_text_begins_with_the_clauses_of_its_template(officer):
    agreement = AgreementFactory()
    assert not has_text(agreement)

    revision = begun_text(agreement, by=officer)

    assert has_text(agreement)
    assert (revision.number, revision.by, revision.note) == (1, officer, "Begun from the template “Base template”")
    clauses = list(revision.clauses.select_related("origin"))
    assert [words_of(clause) for clause in clauses] == [words_of(clause.origin) for clause in clauses]
    assert [clause.is_fixed for clause in clauses] == [True, False, False]
    entry = agreement.enterprise.timeline.get(kind=TimelineKind.AGREEMENT_CHANGED)
    assert (entry.detail, entry.changes[0]["after"]) == (f"agreement:{agreement.pk}", 1)


@pytest.mark.usefixtures("in_english")
def test_a_text_begins_once_and_only_with_a_template_that_is_offered(officer):
    agreement = AgreementFactory()
    other = make_template(AgreementKindFactory(code="courses", name_zh="课程"))
    off = make_template(agreement.kind)
    off.is_active = False
    off.save()

    for template in (other, off):
        with pytest.raises(RuleBroken, match="not offered for this kind"):
            begin_text(agreement, template, by=officer, at=NOON)
    assert not has_text(agreement)
    begin_text(agreement, make_template(), by=officer, at=NOON)
    with pytest.raises(RuleBroken, match="has a text already"):
        begin_text(agreement, make_template(), by=officer, at=NOON)
    assert Revision.objects.count() == 1


def test_a_change_makes_the_next_revision_and_leaves_the_last_as_it_was(officer):
    agreement = AgreementFactory()
    first = begun_text(agreement, by=officer)

    second = save_as(agreement, first, officer, said(first, 合作内容="共建实训室。"), "谈判后")

    assert (second.number, second.note, second.template) == (2, "谈判后", first.template)
    assert [clause.body_zh for clause in second.clauses.all()][1] == "共建实训室。"
    assert [clause.body_zh for clause in first.clauses.all()][1] == "合作内容为：{{content}}。"
    assert [clause.origin_id for clause in second.clauses.all()] == [c.origin_id for c in first.clauses.all()]


def test_saving_without_a_change_makes_no_revision(officer):
    agreement = AgreementFactory()
    first = begun_text(agreement, by=officer)

    assert save_as(agreement, first, officer, said(first)) == first
    assert agreement.revisions.count() == 1
    assert agreement.enterprise.timeline.count() == 1


def test_the_second_of_two_is_told_and_nothing_is_lost(client, officer):
    agreement = AgreementFactory()
    first = begun_text(agreement, by=officer)
    save_as(agreement, first, officer, said(first, 期限="五年。"), "先保存")
    client.force_login(officer)

    with pytest.raises(StaleEdit):
        save_as(agreement, first, officer, said(first, 合作内容="我的话。"))
    response = client.post(
        reverse("drafting:text_edit", args=[agreement.pk]), posted(first, **{"clauses-1-body_zh": "我的话。"})
    )

    page = response.content.decode()
    assert "Someone else saved this record after you opened it." in page
    assert "我的话。" in page
    assert "Clauses: 1 changed, 0 added, 0 taken out, 0 moved." in page
    assert 'name="based_on" value="2"' in page
    assert agreement.revisions.count() == 2
    again = posted(first, **{"clauses-1-body_zh": "我的话。", "based_on": "2"})
    assert client.post(reverse("drafting:text_edit", args=[agreement.pk]), again).status_code == 302
    third = agreement.revisions.get(number=3)
    assert [clause.body_zh for clause in third.clauses.all()][1] == "我的话。"


@pytest.mark.django_db(transaction=True)
def test_of_two_that_save_at_the_same_moment_one_is_refused(officer):
    agreement = AgreementFactory()
    first = begun_text(agreement, by=officer)
    texts = [said(first, 合作内容=f"第{number}种写法。") for number in range(4)]

    def write(clauses):
        try:
            return save_as(agreement, first, officer, clauses).number
        except StaleEdit:
            return 0
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        numbers = sorted(threads.map(write, texts))

    assert numbers == [0, 0, 0, 2]
    assert agreement.revisions.count() == 2


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    "state", [AgreementState.IN_REVIEW, AgreementState.AWAITING_SIGNATURES, AgreementState.SIGNED, AgreementState.ENDED]
)
def test_after_the_draft_the_text_stays(client, officer, state):
    agreement = AgreementFactory()
    first = begun_text(agreement, by=officer)
    agreement.state = state
    agreement.save()

    with pytest.raises(RuleBroken, match="Bring it back to draft first"):
        save_as(agreement, first, officer, said(first, 期限="五年。"))
    client.force_login(officer)
    response = client.post(
        reverse("drafting:text_edit", args=[agreement.pk]), posted(first, **{"clauses-2-body_zh": "五年。"})
    )
    assert response.status_code == 403
    assert "Bring it back to draft first" in response.content.decode()
    assert agreement.revisions.count() == 1


@pytest.mark.usefixtures("in_english")
def test_on_the_standard_track_fixed_clauses_stay_word_for_word(officer):
    agreement = AgreementFactory(track=Track.STANDARD)
    first = begun_text(agreement, by=officer)

    for clauses in (said(first, 协议各方="甲乙双方。"), said(first)[1:]):
        with pytest.raises(RuleBroken, match="may not be changed: Parties"):
            save_as(agreement, first, officer, clauses)
    assert agreement.revisions.count() == 1
    assert save_as(agreement, first, officer, said(first)[::-1]).number == 2

    agreement.track = Track.NEGOTIATED
    agreement.save()
    second = agreement.revisions.get(number=2)
    assert save_as(agreement, second, officer, said(second, 协议各方="甲乙双方。")).number == 3


@pytest.mark.usefixtures("in_english")
def test_a_word_that_stands_for_nothing_is_refused(officer):
    agreement = AgreementFactory()
    first = begun_text(agreement, by=officer)

    with pytest.raises(RuleBroken, match="Nothing is known by this word in braces"):
        save_as(agreement, first, officer, said(first, 期限="{{user.password}}"))
    assert agreement.revisions.count() == 1


def test_college_staff_write_their_own_draft_alone(college_staff, college, leader, officer):
    agreement = AgreementFactory()
    first = begun_text(agreement, by=officer)

    for person in (college_staff, leader):
        with pytest.raises(PermissionDenied):
            save_as(agreement, first, person, said(first, 期限="五年。"))
    assert agreement.revisions.count() == 1
    agreement.colleges.add(college)
    assert save_as(agreement, first, college_staff, said(first, 期限="五年。")).by == college_staff


def posted(revision, **changes):
    clauses = list(revision.clauses.all())
    data = {"based_on": revision.number, "note": "改了"}
    data |= {"clauses-TOTAL_FORMS": len(clauses) + 1, "clauses-INITIAL_FORMS": len(clauses)}
    for index, clause in enumerate(clauses):
        data |= {
            f"clauses-{index}-key": clause.pk,
            f"clauses-{index}-place": index + 1,
            f"clauses-{index}-heading_zh": clause.heading_zh,
            f"clauses-{index}-heading_en": clause.heading_en,
            f"clauses-{index}-body_zh": clause.body_zh,
            f"clauses-{index}-body_en": clause.body_en,
        }
    return {**data, **changes}


def test_the_form_adds_a_clause_where_it_is_wanted(client, officer):
    agreement = AgreementFactory()
    first = begun_text(agreement, by=officer)
    client.force_login(officer)
    new = {"clauses-3-heading_zh": "保密", "clauses-3-body_zh": "一\r\n二", "clauses-3-place": "2"}

    response = client.post(reverse("drafting:text_edit", args=[agreement.pk]), posted(first, **new))

    assert response.status_code == 302
    second = agreement.revisions.get(number=2)
    assert [(c.heading_zh, c.body_zh) for c in second.clauses.all()][1] == ("保密", "一\n二")
    assert [c.heading_zh for c in second.clauses.all()] == ["协议各方", "保密", "合作内容", "期限"]


def test_the_page_fills_the_facts_in_and_names_what_is_missing(client, officer):
    enterprise = EnterpriseFactory(legal_name="成都光影有限公司", name_en="Chengdu Light & Shadow")
    agreement = AgreementFactory(enterprise=enterprise, content="")
    begun_text(agreement, by=officer)
    client.force_login(officer)

    page = client.get(reverse("drafting:text", args=[agreement.pk])).content.decode()

    assert "成都光影有限公司（乙方）订立。" in page
    assert "Chengdu Light &amp; Shadow (Party B)." in page
    assert "自2026年1月1日起至2028年12月31日止。" in page
    assert "From 1 January 2026 until 31 December 2028." in page
    assert "合作内容为：<mark>____</mark>。" in page
    assert "<li>aims and content</li>" in page


def test_facts_are_written_in_their_language():
    enterprise = EnterpriseFactory(legal_name="成都光影有限公司", name_en="Chengdu Light")
    agreement = AgreementFactory(
        enterprise=enterprise, amount=Decimal("5000000"), originals=4, number="校企〔2026〕1号"
    )
    agreement.majors.add(MajorFactory(name_zh="影视动画", name_en="Animation"))

    chinese, english = facts_of(agreement, "zh-hans"), facts_of(agreement, "en")

    assert (chinese["enterprise"], english["enterprise"]) == ("成都光影有限公司", "Chengdu Light")
    assert (chinese["sum"], english["sum"]) == ("人民币5,000,000元", "CNY 5,000,000")
    assert (chinese["majors"], english["majors"]) == ("影视动画", "Animation")
    assert (chinese["kind"], english["kind"]) == ("实习基地", "Practice base")
    assert (chinese["years"], english["originals"], english["number"]) == ("3", "4", "校企〔2026〕1号")
    assert filled("{{ sum }}，{{sum}}", chinese) == "人民币5,000,000元，人民币5,000,000元"


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        (date(2026, 1, 1), date(2028, 12, 31), "3"),
        (date(2026, 9, 1), date(2029, 2, 28), "2.5"),
        (date(2026, 3, 15), date(2031, 3, 14), "5"),
        (None, date(2026, 1, 1), ""),
    ],
)
def test_the_term_is_told_in_years(starts_on, ends_on, words):
    assert years(starts_on, ends_on) == words


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_revisions(client, officer, django_assert_num_queries, count):
    agreement = AgreementFactory()
    revision = begun_text(agreement, by=officer)
    for number in range(1, count):
        revision = save_as(agreement, revision, officer, said(revision, 期限=f"{number}年。"))
    client.force_login(officer)

    with django_assert_num_queries(15):
        page = client.get(reverse("drafting:text", args=[agreement.pk])).content.decode()

    assert page.count("?revision=") == count
