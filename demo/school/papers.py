"""Files of the sample school: signed copies of agreements, talent-demand reports."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from agreements.services import agreements
from core.pdf import render_pdf
from demo.school.world import World
from demo.words.campus import SCHOOL_ZH
from partnerships.choices.agreements import AgreementFileKind
from partnerships.models.agreements import Agreement
from visits.choices import EvidenceKind, VisitState
from visits.models.visits import Visit
from visits.services import reporting

TEMPLATES = Path(__file__).parent.parent / "papers"
SIGNED_COPIES = 6
DEMAND_REPORTS = 4


def build_papers(world: World) -> None:
    """Signed copies of the newest agreements in force, and reports of the newest visits reported."""
    signed = Agreement.objects.filter(state="signed", signed_on__isnull=False, ends_on__isnull=False)
    for agreement in signed.order_by("-signed_on", "pk").select_related("enterprise")[:SIGNED_COPIES]:
        _signed_copy(world, agreement)
    reported = Visit.objects.filter(state=VisitState.REPORTED, outcomes__isnull=False).distinct()
    for visit in reported.order_by("-starts_on", "pk").select_related("enterprise")[:DEMAND_REPORTS]:
        _demand_report(world, visit)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "长期"


def facts_of(agreement: Agreement) -> dict[str, Any]:
    """What agreement.typ says of an agreement, but for who signed."""
    return {
        "title": agreement.title,
        "number": agreement.number,
        "school": SCHOOL_ZH,
        "enterprise": agreement.enterprise.legal_name,
        "fields": [field.name for field in agreement.fields.all()],
        "from": _day(agreement.starts_on),
        "to": _day(agreement.ends_on),
        "signed": _day(agreement.signed_on) if agreement.signed_on else "",
    }


def _signed_copy(world: World, agreement: Agreement) -> None:
    sides = {"school": "甲方（盖章）", "enterprise": "乙方（盖章）"}
    signers = [
        {"side": sides[signature.side], "name": signature.name, "title": signature.title}
        for signature in agreement.signatures.order_by("-side")
    ]
    data = {**facts_of(agreement), "signers": signers}
    agreements.add_agreement_file(
        agreement,
        kind=AgreementFileKind.SIGNED_COPY,
        file=ContentFile(render_pdf(TEMPLATES / "agreement.typ", data), name=f"{agreement.title}（签字版）.pdf"),
        by=world.officer,
        at=world.at((agreement.signed_on or world.today) + timedelta(days=3)),
    )


def _demand_report(world: World, visit: Visit) -> None:
    title = f"{visit.enterprise.short_name}人才需求调研报告"
    data = {
        "title": title,
        "day": _day(visit.starts_on),
        "minutes": visit.minutes,
        "feedback": visit.feedback or "企业对毕业生总体满意，暂无补充意见。",
        "rows": [
            {
                "major": row.major.name_zh,
                "posts": row.posts,
                "internships": row.internships,
                "pay": str(row.post_pay or ""),
            }
            for row in visit.outcomes.select_related("major")
        ],
    }
    day = visit.starts_on or world.today
    reporting.add_evidence(
        visit,
        kind=EvidenceKind.TALENT_DEMAND_REPORT,
        name=title,
        file=ContentFile(render_pdf(TEMPLATES / "demand_report.typ", data), name=f"{title}.pdf"),
        dated_on=day,
        by=world.officer,
        at=world.at(day + timedelta(days=2)),
    )
