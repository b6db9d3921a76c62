"""Templates as they are offered, and the text of an agreement in its revisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.selectors import school
from drafting.facts import Piece, fill
from drafting.models.texts import AgreementTemplate, Clause, Revision, RevisionClause, TemplateClause
from drafting.numbering import article
from drafting.selectors.facts import facts_of
from partnerships.choices.agreements import Track
from partnerships.models.agreements import Agreement, AgreementParty
from partnerships.models.codes import AgreementKind


@dataclass(frozen=True)
class Side:
    """A clause in one language: its numbered heading, and its words with the facts in their places."""

    heading: str
    pieces: list[Piece]


@dataclass(frozen=True)
class ReadClause:
    """A clause as a page shows it, both languages beside each other; English is None where there is none."""

    clause: Clause
    number: int
    chinese: Side
    english: Side | None


def has_text(agreement: Agreement) -> bool:
    """Whether a text was drawn up here; an agreement may also live by files that were uploaded."""
    return Revision.objects.filter(agreement=agreement).exists()


def last_revision(agreement: Agreement) -> Revision | None:
    return agreement.revisions.order_by("-number").first()


def template_list() -> QuerySet[AgreementTemplate]:
    """Every template with the number of its clauses, the kinds in the order of their codes, the general ones last."""
    rows = AgreementTemplate.objects.select_related("kind").annotate(clause_count=Count("clauses"))
    return rows.order_by("kind__pk", "-is_active", "name_zh", "pk")


def kinds_without_template() -> QuerySet[AgreementKind]:
    """Kinds that begin with a general template."""
    own = AgreementTemplate.objects.filter(kind=OuterRef("pk"), is_active=True)
    return AgreementKind.objects.filter(~Exists(own), is_active=True)


def templates_for(agreement: Agreement) -> QuerySet[AgreementTemplate]:
    """What a text may begin with: templates of its kind first, then the general ones."""
    rows = AgreementTemplate.objects.filter(Q(kind=agreement.kind_id) | Q(kind__isnull=True), is_active=True)
    return rows.filter(Exists(TemplateClause.objects.filter(template=OuterRef("pk")))).order_by(
        "kind__pk", "name_zh", "pk"
    )


def with_facts(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Agreements with every fact that a clause may name."""
    parties = AgreementParty.objects.select_related("enterprise")
    return agreements.select_related("enterprise", "kind", "owner", "enterprise_owner", "framework").prefetch_related(
        "colleges", "majors", "fields", Prefetch("parties", parties)
    )


def agreement_for_text(user: User) -> QuerySet[Agreement]:
    """Those that a person may see, with every fact."""
    return with_facts(Agreement.objects.visible_to(user))


def revisions_of(agreement: Agreement) -> list[Revision]:
    """Newest first, each with who wrote it."""
    return list(agreement.revisions.select_related("by", "template"))


def revision_with_clauses(agreement: Agreement, number: int) -> Revision | None:
    return agreement.revisions.prefetch_related("clauses").filter(number=number).first()


def _side(heading: str, body: str, number: int, language: str, facts: dict[str, str] | None) -> Side:
    title = f"{article(number, language)} {heading}".strip()
    return Side(title, list(fill(body, facts)) if facts is not None else [Piece(body)])


def read_clauses(clauses: Iterable[Clause], facts: dict[str, dict[str, str]] | None = None) -> list[ReadClause]:
    """Clauses for reading; `facts` by language, or none to leave the words in braces as they are."""
    facts = facts or {}
    return [
        ReadClause(
            clause,
            number,
            _side(clause.heading_zh, clause.body_zh, number, "zh-hans", facts.get("zh-hans")),
            _side(clause.heading_en, clause.body_en, number, "en", facts.get("en"))
            if clause.body_en or clause.heading_en
            else None,
        )
        for number, clause in enumerate(clauses, start=1)
    ]


def facts_in_both(agreement: Agreement) -> dict[str, dict[str, str]]:
    own = school()
    return {language: facts_of(agreement, language, own) for language in ("zh-hans", "en")}


def departures(agreement: Agreement, last: Revision) -> list[str]:
    """Fixed clauses that the text began with and no longer has so; on the standard track there should be none."""
    if agreement.track != Track.STANDARD:
        return []
    kept = {_words(clause) for clause in last.clauses.all()}
    began = RevisionClause.objects.filter(revision__agreement=agreement, revision__number=1, is_fixed=True)
    return [str(clause) for clause in began if _words(clause) not in kept]


def _words(clause: Clause) -> tuple[str, ...]:
    return (clause.heading_zh, clause.heading_en, clause.body_zh, clause.body_en)


def template_choices(agreement: Agreement) -> list[tuple[Any, str]]:
    """For the form that begins a text; a general template says so."""
    return [
        (each.pk, str(each) if each.kind_id else _("%(name)s (for every kind)") % {"name": each})
        for each in templates_for(agreement)
    ]


def fixed_keys(agreement: Agreement) -> set[int]:
    """The fixed clauses of every revision; a form that was opened on an older one names those."""
    rows = RevisionClause.objects.filter(revision__agreement=agreement, is_fixed=True)
    return set(rows.values_list("pk", flat=True))
