"""Templates and texts of agreements."""

from django.utils import timezone

from accounts.models.people import User
from drafting.models.texts import AgreementTemplate, Revision, TemplateClause
from drafting.services.texts import begin_text
from partnerships.models.agreements import Agreement
from partnerships.models.codes import AgreementKind

CLAUSES = [
    ("协议各方", "Parties", "本协议由{{parties}}订立。", "This agreement is made between {{parties}}.", True),
    ("合作内容", "Content", "合作内容为：{{content}}。", "Content: {{content}}.", False),
    ("期限", "Term", "自{{starts_on}}起至{{ends_on}}止。", "From {{starts_on}} until {{ends_on}}.", False),
]


def make_template(kind: AgreementKind | None = None, name: str = "实习基地协议范本") -> AgreementTemplate:
    """A template of three clauses, the first of them fixed."""
    template = AgreementTemplate.objects.create(kind=kind, name_zh=name, name_en="Base template")
    TemplateClause.objects.bulk_create(
        TemplateClause(
            template=template,
            place=place,
            heading_zh=heading_zh,
            heading_en=heading_en,
            body_zh=body_zh,
            body_en=body_en,
            is_fixed=is_fixed,
        )
        for place, (heading_zh, heading_en, body_zh, body_en, is_fixed) in enumerate(CLAUSES, start=1)
    )
    return template


def begun_text(agreement: Agreement, *, by: User) -> Revision:
    """The first revision of an agreement's text."""
    return begin_text(agreement, make_template(agreement.kind), by=by, at=timezone.now())
