"""Documents made from a text: Word and PDF to take away, and the PDF that is filed when it goes out to be signed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from agreements.services.telling import tell
from core.errors import RuleBroken
from core.pdf import render_pdf
from drafting.choices import DocumentFormat, DocumentLanguage
from drafting.models.texts import Revision
from drafting.selectors.documents import document_data, document_name
from drafting.selectors.texts import last_revision, with_facts
from drafting.word import word_file
from partnerships.choices.agreements import AgreementFileKind
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement, AgreementFile

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "drafting" / "agreement.typ"


def document_file(
    agreement: Agreement,
    revision: Revision,
    *,
    language: DocumentLanguage,
    format: DocumentFormat,
    is_final: bool = False,
) -> ContentFile[bytes]:
    """The document of a revision as a file under its own name."""
    data = document_data(agreement, revision, language, is_final=is_final)
    content = word_file(data) if format == DocumentFormat.WORD else render_pdf(TEMPLATE, data.as_json())
    return ContentFile(content, name=document_name(agreement, revision, format.value))


def language_of(revision: Revision) -> DocumentLanguage:
    """Both where every clause stands in both, otherwise Chinese."""
    in_both = all(clause.body_en for clause in revision.clauses.all())
    return DocumentLanguage.BOTH if in_both else DocumentLanguage.CHINESE


def _filed(agreement: Agreement, made: ContentFile[bytes]) -> AgreementFile | None:
    """The same document where it is on file already; a PDF of the same words has the same bytes."""
    content = made.read()
    made.seek(0)
    for file in agreement.files.filter(kind=AgreementFileKind.FINAL, name=made.name):
        try:
            with file.file.open("rb") as stored:
                if stored.read() == content:
                    return file
        except FileNotFoundError:
            continue
    return None


@transaction.atomic
def final_text(agreement: Agreement, *, by: User, at: datetime) -> AgreementFile:
    """File the last revision as the text for signing; asked again for the same words, the file that is there.

    Raises RuleBroken where no text was drawn up. Asks no rule of its own: whoever sends it out was asked.
    """
    agreement = with_facts(Agreement.objects.all()).get(pk=agreement.pk)
    revision = last_revision(agreement)
    if revision is None:
        raise RuleBroken(_("This agreement has no text yet."))
    made = document_file(agreement, revision, language=language_of(revision), format=DocumentFormat.PDF, is_final=True)
    if (filed := _filed(agreement, made)) is not None:
        return filed
    file: AgreementFile = agreement.files.create(
        kind=AgreementFileKind.FINAL, file=made, name=str(made.name), uploaded_by=by, uploaded_at=at
    )
    tell(agreement, TimelineKind.AGREEMENT_FILED, by=by, at=at, detail=AgreementFileKind.FINAL.value)
    return file
