"""Changes of templates: new ones, their names and clauses, and the standard texts that come with the portal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from drafting import text_rules as rules
from drafting.facts import check_words
from drafting.models.texts import AgreementTemplate, Clause, TemplateClause
from drafting.standard_texts import standard_texts
from partnerships.models.codes import AgreementKind

MOST_CLAUSES = 120


@dataclass(frozen=True)
class ClauseText:
    """A clause as somebody wrote it; `key` is the clause that it changes, None for a new one."""

    heading_zh: str
    body_zh: str
    heading_en: str = ""
    body_en: str = ""
    is_fixed: bool = False
    key: int | None = None

    @property
    def words(self) -> tuple[str, ...]:
        return (self.heading_zh, self.heading_en, self.body_zh, self.body_en)


def words_of(clause: Clause) -> tuple[str, ...]:
    """See also ClauseText.words."""
    return (clause.heading_zh, clause.heading_en, clause.body_zh, clause.body_en)


def check_clauses(clauses: Sequence[ClauseText]) -> None:
    """Raise RuleBroken for no clause, too many, or words in braces that stand for nothing."""
    if not clauses:
        raise RuleBroken(_("A text has at least one clause."))
    if len(clauses) > MOST_CLAUSES:
        raise RuleBroken(_("A text has at most %(count)s clauses.") % {"count": MOST_CLAUSES})
    for clause in clauses:
        check_words(clause.body_zh)
        check_words(clause.body_en)


@transaction.atomic
def add_template(
    *, name_zh: str, name_en: str = "", kind: AgreementKind | None = None, copy_of: AgreementTemplate | None = None,
    by: User,
) -> AgreementTemplate:  # fmt: skip
    """A new template, empty or with the clauses of another; it is offered as soon as it has a clause."""
    rules.can_keep_templates(by).or_raise()
    template = AgreementTemplate(kind=kind, name_zh=name_zh, name_en=name_en, version=0)
    save(template)
    if copy_of is not None:
        clauses = list(copy_of.clauses.all())
        for clause in clauses:
            clause.pk, clause.template = None, template
        TemplateClause.objects.bulk_create(clauses)
    return template


@transaction.atomic
def change_template(
    template: AgreementTemplate,
    *,
    version: int | None,
    name_zh: str,
    name_en: str,
    kind: AgreementKind | None,
    is_active: bool,
    clauses: Sequence[ClauseText],
    by: User,
) -> AgreementTemplate:
    """Name, kind, whether it is offered, and all its clauses in their order. Raises StaleEdit and RuleBroken.

    Texts that were begun with it stay as they are.
    """
    rules.can_keep_templates(by).or_raise()
    template = lock(template, version=version)
    check_clauses(clauses)
    template.name_zh, template.name_en = name_zh, name_en
    template.kind, template.is_active = kind, is_active
    save(template)
    _set_clauses(template, clauses)
    return template


def _set_clauses(template: AgreementTemplate, clauses: Sequence[ClauseText]) -> None:
    """Clauses keep their rows, so that texts still know where theirs came from."""
    stored = {clause.pk: clause for clause in template.clauses.all()}
    kept = [each.key for each in clauses if each.key in stored]
    template.clauses.exclude(pk__in=kept).delete()
    for place, each in enumerate(clauses, start=1):
        clause = stored.pop(each.key or 0, None) or TemplateClause(template=template)
        if clause.pk and (clause.place, clause.is_fixed, words_of(clause)) == (place, each.is_fixed, each.words):
            continue
        clause.place, clause.is_fixed = place, each.is_fixed
        clause.heading_zh, clause.heading_en, clause.body_zh, clause.body_en = each.words
        clause.save()


@transaction.atomic
def load_templates() -> int:
    """Add the standard texts of kinds that have no template yet; returns how many were new.

    A kind whose template the school renamed, changed or switched off keeps what it has.
    """
    kinds = {kind.code: kind for kind in AgreementKind.objects.all()}
    served = set(AgreementTemplate.objects.values_list("kind__code", flat=True))
    added = 0
    for text in standard_texts():
        code = text.kind or None
        if code in served or (code and code not in kinds):
            continue
        template = AgreementTemplate.objects.create(
            kind=kinds[code] if code else None, name_zh=text.name_zh, name_en=text.name_en
        )
        TemplateClause.objects.bulk_create(
            TemplateClause(
                template=template,
                place=place,
                heading_zh=clause.heading_zh,
                heading_en=clause.heading_en,
                body_zh=clause.body_zh,
                body_en=clause.body_en,
                is_fixed=clause.is_fixed,
            )
            for place, clause in enumerate(text.clauses, start=1)
        )
        added += 1
    return added
