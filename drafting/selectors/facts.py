"""The facts of an agreement as a clause names them, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.utils import formats, translation

from accounts.models.school import School
from accounts.selectors import school
from core.names import is_chinese
from drafting.facts import FACTS, used_in
from drafting.models.texts import RevisionClause
from drafting.numbering import party_name
from partnerships.models.agreements import Agreement, AgreementParty


def day(value: date | None, language: str) -> str:
    """A date as an agreement writes it, whole in either language."""
    if value is None:
        return ""
    if is_chinese(language):
        return f"{value.year}年{value.month}月{value.day}日"
    with translation.override(language):
        return formats.date_format(value, "j F Y")


def money(amount: Decimal | None, language: str) -> str:
    """Yuan with thousands marks; fen only where there are some."""
    if amount is None:
        return ""
    figure = f"{amount:,.0f}" if amount == amount.to_integral() else f"{amount:,.2f}"
    return f"人民币{figure}元" if is_chinese(language) else f"CNY {figure}"


def years(starts_on: date | None, ends_on: date | None) -> str:
    """The term in years: 3, or 2.5; to the nearest tenth."""
    if starts_on is None or ends_on is None:
        return ""
    after = ends_on + timedelta(days=1)
    months = 12 * (after.year - starts_on.year) + after.month - starts_on.month
    tenths = round((months + (after.day - starts_on.day) / 30) / 1.2)
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths / 10:.1f}"


def renewal(agreement: Agreement, language: str) -> str:
    """What happens at the end of the term, as a clause of its own."""
    if is_chinese(language):
        if agreement.renews_itself:
            return "期满前三个月各方均未书面提出终止的，本协议按原条件自动续期一次"
        return "期满前三个月由各方协商是否续签，续签须另行签订书面协议"
    if agreement.renews_itself:
        return (
            "unless a party gives written notice three months before the end of the term, "
            "the agreement is renewed once on the same conditions"
        )
    return (
        "three months before the end of the term the parties consult on a renewal, which needs a new written agreement"
    )


def unit_name(party: AgreementParty, own: School, language: str) -> str:
    """The full name of a party in a language; a party without a file here has one name only."""
    with translation.override(language):
        if party.is_school:
            return str(own)
        if party.enterprise is None:
            return party.name
        if is_chinese(language):
            return party.enterprise.legal_name
        return party.enterprise.name_en or party.enterprise.legal_name


def _listed(things: Iterable[object], language: str) -> str:
    return ("、" if is_chinese(language) else ", ").join(str(thing) for thing in things)


def _parties(agreement: Agreement, own: School, language: str) -> dict[str, str]:
    named = [(party, unit_name(party, own, language)) for party in agreement.parties.all()]
    others = [name for party, name in named if not party.is_school]
    lettered = [
        f"{name}（{party_name(party.place, language)}）"
        if is_chinese(language)
        else f"{name} ({party_name(party.place, language)})"
        for party, name in named
    ]
    return {
        "school": next((name for party, name in named if party.is_school), str(own)),
        "enterprise": _listed(others, language),
        "parties": _listed(lettered, language),
    }


def facts_of(agreement: Agreement, language: str, own: School | None = None) -> dict[str, str]:
    """Every fact that a clause may name; an empty text where it is missing.

    Reads parties, majors, colleges and fields, which selectors.texts fetches with the agreement.
    """
    with translation.override(language):
        return {
            **_parties(agreement, own or school(), language),
            "number": agreement.number,
            "title": agreement.title,
            "kind": str(agreement.kind),
            "framework": str(agreement.framework or ""),
            "starts_on": day(agreement.starts_on, language),
            "ends_on": day(agreement.ends_on, language),
            "years": years(agreement.starts_on, agreement.ends_on),
            "renewal": renewal(agreement, language),
            "majors": _listed(agreement.majors.all(), language),
            "colleges": _listed(agreement.colleges.all(), language),
            "fields": _listed(agreement.fields.all(), language),
            "content": agreement.content,
            "sum": money(agreement.amount, language),
            "originals": str(agreement.originals or ""),
            "owner": str(agreement.owner or ""),
            "enterprise_owner": str(agreement.enterprise_owner or ""),
        }


def still_missing(clauses: Iterable[RevisionClause], facts: dict[str, str]) -> list[str]:
    """Facts that the clauses name and the agreement does not have, in words of the reader."""
    texts = "\n".join(f"{each.heading_zh}\n{each.body_zh}\n{each.heading_en}\n{each.body_en}" for each in clauses)
    return [str(FACTS[word]) for word in used_in(texts) if word in FACTS and not facts.get(word)]


def words_offered() -> list[tuple[str, str]]:
    """The list beside a form: each word in its braces, and what it stands for."""
    return [(f"{{{{{word}}}}}", str(label)) for word, label in FACTS.items()]
