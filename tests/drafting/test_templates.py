"""Templates: loaded, changed, switched off."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errors import RuleBroken, StaleEdit
from drafting.facts import FACTS, used_in
from drafting.models.texts import AgreementTemplate, TemplateClause
from drafting.services.templates import ClauseText, add_template, change_template, load_templates, words_of
from drafting.standard_texts import standard_texts
from partnerships.services.codes import load_codes
from tests.factories.drafting import make_template
from tests.factories.partnerships import AgreementKindFactory

pytestmark = pytest.mark.django_db

KINDS = [
    "strategic",
    "practice_base",
    "employment_base",
    "order_class",
    "apprenticeship",
    "industry_college",
    "training_base",
    "",
]


def said(template):
    return [
        ClauseText(clause.heading_zh, clause.body_zh, clause.heading_en, clause.body_en, clause.is_fixed, clause.pk)
        for clause in template.clauses.all()
    ]


def change(template, by, **fields):
    now = {
        "version": template.version,
        "name_zh": template.name_zh,
        "name_en": template.name_en,
        "kind": template.kind,
        "is_active": True,
        "clauses": said(template),
    }
    return change_template(template, **{**now, **fields}, by=by)


def test_standard_texts_say_everything_in_both_languages():
    texts = standard_texts()

    assert [text.kind for text in texts] == KINDS
    for text in texts:
        assert text.name_zh
        assert text.name_en
        for clause in text.clauses:
            assert clause.heading_zh
            assert clause.heading_en
            assert set(used_in(clause.body_zh)) == set(used_in(clause.body_en))
            assert set(used_in(clause.body_zh)) <= set(FACTS)


@pytest.mark.parametrize("kind", ["practice_base", "employment_base", "order_class", "industry_college"])
def test_texts_with_interns_hold_the_rules_of_internships(kind):
    clauses = {text.kind: text.clauses for text in standard_texts()}[kind]
    fixed = "\n".join(clause.body_zh for clause in clauses if clause.is_fixed)

    assert "不低于相同岗位工资标准的80%" in fixed
    assert "不得通过中介机构" in fixed
    assert "未签订三方协议的，不得安排岗位实习" in fixed
    assert "保险费不得向学生收取" in fixed


def test_loading_adds_what_is_missing_and_leaves_what_was_changed(officer):
    load_codes()

    assert load_templates() == 8
    base = AgreementTemplate.objects.get(kind__code="practice_base")
    assert base.clauses.count() == 21
    change(base, officer, name_zh="本校实习基地协议", is_active=False, clauses=said(base)[:2])
    AgreementTemplate.objects.get(kind__code="strategic").delete()

    assert load_templates() == 1
    base.refresh_from_db()
    assert (base.name_zh, base.is_active, base.clauses.count()) == ("本校实习基地协议", False, 2)
    assert AgreementTemplate.objects.filter(kind__code="strategic").count() == 1
    assert load_templates() == 0


def test_kinds_that_are_not_on_file_get_no_template():
    AgreementKindFactory(code="practice_base")

    assert load_templates() == 2
    assert set(AgreementTemplate.objects.values_list("kind__code", flat=True)) == {"practice_base", None}


def test_clauses_are_changed_added_removed_and_put_in_another_order(officer):
    template = make_template(AgreementKindFactory())
    first, second, third = template.clauses.all()
    clauses = [
        ClauseText("期限", "三年。", key=third.pk),
        ClauseText("保密", "各方保密。", "Secrecy", "All keep silence.", is_fixed=True),
        ClauseText(*(first.heading_zh, first.body_zh, first.heading_en, first.body_en), is_fixed=True, key=first.pk),
    ]

    changed = change(template, officer, clauses=clauses)

    assert changed.version == 2
    rows = list(changed.clauses.all())
    assert [(row.place, words_of(row), row.is_fixed) for row in rows] == [
        (1, ("期限", "", "三年。", ""), False),
        (2, ("保密", "Secrecy", "各方保密。", "All keep silence."), True),
        (3, words_of(first), True),
    ]
    assert (rows[0].pk, rows[2].pk) == (third.pk, first.pk)
    assert not TemplateClause.objects.filter(pk=second.pk).exists()


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("由{{shool}}承担。", "Nothing is known by this word in braces: {{shool}}. Take one of the list."),
        ("由{{school承担。", "Double braces stand around one word, as in {{school}}."),
        (
            "{{ school.password }}",
            "Nothing is known by this word in braces: {{school.password}}. Take one of the list.",
        ),
    ],
)
def test_a_word_that_stands_for_nothing_is_refused(officer, body, reason):
    template = make_template()

    with pytest.raises(RuleBroken) as refused:
        change(template, officer, clauses=[ClauseText("一", body)])

    assert str(refused.value) == reason
    template.refresh_from_db()
    assert (template.version, template.clauses.count()) == (1, 3)


@pytest.mark.usefixtures("in_english")
def test_a_stale_change_and_a_template_without_clauses_are_refused(officer):
    template = make_template()
    change(template, officer, name_zh="新名")

    with pytest.raises(StaleEdit):
        change(template, officer, version=1, name_zh="旧名")
    with pytest.raises(RuleBroken, match=r"at least one clause"):
        change(template, officer, version=2, clauses=[])

    template.refresh_from_db()
    assert (template.name_zh, template.clauses.count()) == ("新名", 3)


def test_only_the_office_keeps_templates(college_staff, leader):
    template = make_template()

    for person in (college_staff, leader):
        with pytest.raises(PermissionDenied):
            change(template, person, name_zh="别的")
        with pytest.raises(PermissionDenied):
            add_template(name_zh="别的", by=person)

    assert list(AgreementTemplate.objects.values_list("name_zh", flat=True)) == ["实习基地协议范本"]


def test_a_copy_has_the_clauses_and_leaves_the_first_alone(officer):
    template = make_template()

    copy = add_template(name_zh="副本", copy_of=template, by=officer)

    assert [words_of(clause) for clause in copy.clauses.all()] == [words_of(c) for c in template.clauses.all()]
    assert template.clauses.count() == 3


def posted(template, **changes):
    data = {"version": template.version, "name_zh": template.name_zh, "name_en": template.name_en, "is_active": "on"}
    clauses = list(template.clauses.all())
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
        if clause.is_fixed:
            data[f"clauses-{index}-is_fixed"] = "on"
    return {**data, **changes}


def test_the_form_moves_a_clause_to_its_new_place(client, officer):
    template = make_template()
    client.force_login(officer)

    response = client.post(
        reverse("drafting:template_edit", args=[template.pk]),
        posted(template, **{"clauses-0-place": "3", "clauses-1-remove": "on", "clauses-1-body_zh": ""}),
    )

    assert response.status_code == 302
    assert [clause.heading_zh for clause in template.clauses.all()] == ["期限", "协议各方"]
    assert [clause.is_fixed for clause in template.clauses.all()] == [False, True]


def test_the_form_says_a_stale_edit_and_an_unknown_word_and_keeps_what_was_typed(client, officer):
    template = make_template()
    address = reverse("drafting:template_edit", args=[template.pk])
    client.force_login(officer)
    stale = posted(template, **{"clauses-1-body_zh": "我的话。"})
    change(template, officer, name_en="Saved by somebody else")

    response = client.post(address, stale)

    page = response.content.decode()
    assert "Someone else saved this record after you opened it." in page
    assert "Saved by somebody else" in page
    assert "我的话。" in page
    response = client.post(address, {**stale, "version": "2", "clauses-1-body_zh": "{{nothing}}"})
    assert "Nothing is known by this word in braces: {{nothing}}." in response.content.decode()
    assert template.clauses.all()[1].body_zh == "合作内容为：{{content}}。"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, leader, django_assert_num_queries, count):
    for number in range(count):
        make_template(name=f"范本{number}")
    client.force_login(leader)

    with django_assert_num_queries(7):
        response = client.get(reverse("drafting:template_list"))

    assert response.content.decode().count('class="cell-title"') == count


def test_both_languages_stand_beside_each_other(client, leader):
    template = make_template()
    client.force_login(leader)

    page = client.get(reverse("drafting:template", args=[template.pk])).content.decode()

    assert "第一条 协议各方" in page
    assert "Article 1 Parties" in page
    assert "This agreement is made between {{parties}}." in page
    assert "Fixed on the standard track" in page
