"""What stands in the document of an agreement, as plain words; Word and PDF set the same words."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models.school import School
from accounts.selectors import school
from core.names import is_chinese
from drafting.choices import DocumentLanguage
from drafting.facts import filled
from drafting.models.texts import Letterhead, Revision
from drafting.numbering import article, party_name
from drafting.selectors.facts import facts_of, unit_name
from partnerships.choices.agreements import AgreementState
from partnerships.models.agreements import Agreement, AgreementParty

# What no XML file may hold; it can be pasted from elsewhere.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
NOT_AGREED = (AgreementState.DRAFT, AgreementState.IN_REVIEW)


@dataclass(frozen=True)
class Words:
    """A clause in one language: heading with its number, and paragraphs."""

    heading: str
    paragraphs: list[str]


@dataclass(frozen=True)
class PartyBlock:
    """A party at the head of the document and where it signs; each list has a line per language."""

    names: list[str]
    details: list[str]
    signing: list[str]


@dataclass(frozen=True)
class Head:
    """The letterhead; `logo` is a PNG."""

    names: list[str]
    addresses: list[str]
    reach: str
    logo: bytes


@dataclass(frozen=True)
class DocumentData:
    """One document. `marks` say that it is a draft, in each language; empty once it is agreed."""

    is_chinese: bool
    head: Head
    title: str
    subtitles: list[str]
    marks: list[str]
    parties: list[PartyBlock]
    clauses: list[list[Words]]
    footer: str
    author: str

    def as_json(self) -> dict[str, Any]:
        """For typst, which takes the emblem as a list of bytes."""
        data = asdict(self)
        data["head"]["logo"] = list(self.head.logo)
        return data


def letterhead() -> Letterhead:
    """The one row, unsaved while nobody has filled it in."""
    return Letterhead.objects.first() or Letterhead(pk=1)


def _logo(head: Letterhead) -> bytes:
    """Nothing where the storage has lost it: a document is worth more than its emblem."""
    if not head.logo:
        return b""
    try:
        with head.logo.open("rb") as file:
            return bytes(file.read())
    except FileNotFoundError:
        return b""


def _head(languages: tuple[str, ...], own: School) -> Head:
    head = letterhead()
    names, addresses = [], []
    for language in languages:
        chinese = is_chinese(language)
        with translation.override(language):
            names.append((head.name_zh if chinese else head.name_en) or str(own))
        addresses.append(head.address_zh if chinese else head.address_en)
    return Head(
        names=list(dict.fromkeys(names)),
        addresses=[each for each in addresses if each],
        reach=" · ".join(each for each in (head.phone, head.website) if each),
        logo=_logo(head),
    )


def _details(party: AgreementParty, languages: tuple[str, ...]) -> list[str]:
    """What tells an enterprise apart: its code and address, once."""
    enterprise = party.enterprise
    if enterprise is None:
        return []
    lines = []
    for label, value in (
        (_code_label, enterprise.credit_code),
        (_address_label, enterprise.address),
    ):
        if value:
            both = " / ".join(label(language) for language in languages)
            lines.append(f"{both}：{value}" if is_chinese(languages[0]) else f"{both}: {value}")
    return lines


def _code_label(language: str) -> str:
    return "统一社会信用代码" if is_chinese(language) else "Unified social credit code"


def _address_label(language: str) -> str:
    return "地址" if is_chinese(language) else "Address"


def _signing(party: AgreementParty, name: str, language: str) -> list[str]:
    letter = party_name(party.place, language)
    if is_chinese(language):
        return [f"{letter}（盖章）：{name}", "授权代表（签字）：", "日期：　　　　年　　月　　日"]
    return [f"{letter} (seal): {name}", "Authorised representative (signature):", "Date:"]


def _party(party: AgreementParty, own: School, languages: tuple[str, ...]) -> PartyBlock:
    names, signing = [], []
    for language in languages:
        name = unit_name(party, own, language)
        mark = "：" if is_chinese(language) else ": "
        names.append(f"{party_name(party.place, language)}{mark}{name}")
        signing += _signing(party, name, language)
    return PartyBlock(names=names, details=_details(party, languages), signing=signing)


def _clauses(revision: Revision, facts: dict[str, dict[str, str]], languages: tuple[str, ...]) -> list[list[Words]]:
    """Per clause the words of each language that it has; where it has none of them, those it has."""
    found = []
    for number, clause in enumerate(revision.clauses.all(), start=1):
        texts = {"zh-hans": (clause.heading_zh, clause.body_zh), "en": (clause.heading_en, clause.body_en)}
        chosen = [language for language in languages if texts[language][1]] or ["zh-hans"]
        found.append(
            [
                Words(
                    heading=f"{article(number, language)}　{texts[language][0]}"
                    if is_chinese(language)
                    else f"{article(number, language)} {texts[language][0]}",
                    paragraphs=UNPRINTABLE.sub("", filled(texts[language][1], facts[language])).split("\n"),
                )
                for language in chosen
            ]
        )
    return found


def _subtitles(agreement: Agreement, languages: tuple[str, ...]) -> list[str]:
    lines = []
    for language in languages:
        with translation.override(language):
            number = _("No. %(number)s") % {"number": agreement.number} if agreement.number else ""
            lines.append(" · ".join(each for each in (str(agreement.kind), number) if each))
    return lines


def _footer(agreement: Agreement, revision: Revision, languages: tuple[str, ...]) -> str:
    parts = [agreement.number] if agreement.number else []
    for language in languages:
        with translation.override(language):
            parts.append(_("Revision %(number)s") % {"number": revision.number})
    return " · ".join(parts)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return UNPRINTABLE.sub("", value)
    return [_printable(each) for each in value] if isinstance(value, list) else value


def document_data(
    agreement: Agreement, revision: Revision, wanted: DocumentLanguage, *, is_final: bool = False
) -> DocumentData:
    """The document of a revision; `is_final` for the one that goes out to be signed."""
    languages = wanted.languages
    own = school()
    facts = {language: facts_of(agreement, language, own) for language in ("zh-hans", "en")}
    is_draft = agreement.state in NOT_AGREED and not is_final
    marks = ["草稿" if is_chinese(language) else "Draft" for language in languages] if is_draft else []
    parties = [_party(party, own, languages) for party in agreement.parties.all()]
    return DocumentData(
        is_chinese=is_chinese(languages[0]),
        head=_head(languages, own),
        title=_printable(agreement.title),
        subtitles=_printable(_subtitles(agreement, languages)),
        marks=marks,
        parties=[
            PartyBlock(_printable(each.names), _printable(each.details), _printable(each.signing)) for each in parties
        ],
        clauses=[
            [Words(_printable(words.heading), _printable(words.paragraphs)) for words in clause]
            for clause in _clauses(revision, facts, languages)
        ],
        footer=_printable(_footer(agreement, revision, languages)),
        author=_head(languages[:1], own).names[0],
    )


def document_name(agreement: Agreement, revision: Revision, ending: str) -> str:
    """What the file is called when it leaves."""
    title = re.sub(r'[\\/:*?"<>|\s]+', " ", agreement.title).strip()[:120]
    return f"{title}_R{revision.number}.{ending}"
