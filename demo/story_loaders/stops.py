"""What was agreed at a stop of the trip, and the industry college that existed before."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from demo.story_loaders.telling import Teller
from partnerships.choices.programmes import ProgrammeFeatureKind, ProgrammeKind, ProgrammeMeasure
from partnerships.models.agreements import Agreement
from partnerships.models.programmes import Programme
from programmes.services import investments, programmes
from programmes.services.outcomes import OutcomeLine, record_outcomes
from programmes.services.upgrades import upgrade_programme
from visits.choices import IntentionKind, IntentionState
from visits.models.visits import Visit
from visits.services import reporting

Features = list[tuple[ProgrammeFeatureKind, str]]
INTENTIONS = {
    "order class": IntentionKind.ORDER_CLASS,
    "programme upgrade": IntentionKind.PROGRAMME,
    "training base": IntentionKind.TRAINING_BASE,
    "joint application": IntentionKind.JOINT_APPLICATION,
}
PROGRAMMES = {"order class": ProgrammeKind.ORDER_CLASS, "training base": ProgrammeKind.TRAINING_BASE}


def existing(visit: Visit, told: dict[str, Any], teller: Teller) -> Programme:
    """The industry college with its mode, skills and outcomes."""
    features: Features = [(ProgrammeFeatureKind.MODE, told["mode"])]
    features += [(ProgrammeFeatureKind.SKILL, skill) for skill in told["skills"]]
    college = programmes.open_programme(
        visit.enterprise,
        kind=ProgrammeKind.INDUSTRY_COLLEGE,
        name=told["name"],
        since=told["since"],
        features=features,
        by=teller.by,
        at=teller.at,
    )
    rate = Decimal(str(told["high_quality_employment_rate"]))
    lines = {
        ProgrammeMeasure.TRAINED: OutcomeLine(Decimal(told["trained"]), is_minimum=told["trained_is"] == "more than"),
        ProgrammeMeasure.EMPLOYMENT_RATE: OutcomeLine(rate),
    }
    record_outcomes(college, lines, by=teller.by, at=teller.at)
    return college


def agree(
    visit: Visit, told: dict[str, Any], teller: Teller, *, agreement: Agreement, college: Programme | None
) -> None:
    """The intention as agreed, and the programme or the upgrade that it brings."""
    reporting.add_intention(
        visit,
        kind=INTENTIONS[told["kind"]],
        name=told.get("name") or _upgrade(told),
        terms=told.get("terms") or told.get("also") or "",
        state=IntentionState.AGREED,
        by=teller.by,
        at=teller.at,
    )
    if told["kind"] in PROGRAMMES:
        _open(visit, told, teller, agreement)
    elif told["kind"] == "programme upgrade" and college is not None:
        features: Features = [(ProgrammeFeatureKind.NEW_MAJOR, major) for major in told["new_majors"]]
        features.append((ProgrammeFeatureKind.MODULE, told["also"]))
        upgrade_programme(college, features=features, by=teller.by, at=teller.at)


def _upgrade(told: dict[str, Any]) -> str:
    return f"New majors: {', '.join(told['new_majors'])}"


def _open(visit: Visit, told: dict[str, Any], teller: Teller, agreement: Agreement) -> None:
    features: Features = [(ProgrammeFeatureKind.MODULE, module) for module in told.get("modules", [])]
    if "terms" in told:
        features += [(ProgrammeFeatureKind.TERM, term) for term in told["terms"].split("; ")]
    programme = programmes.open_programme(
        visit.enterprise,
        kind=PROGRAMMES[told["kind"]],
        name=told["name"],
        agreement=agreement,
        place=told.get("place", ""),
        features=features,
        by=teller.by,
        at=teller.at,
    )
    if "invested_by_enterprise_cny" in told:
        investments.promise_investment(
            visit.enterprise,
            promised=Decimal(told["invested_by_enterprise_cny"]),
            agreement=agreement,
            programme=programme,
            by=teller.by,
            at=teller.at,
        )
