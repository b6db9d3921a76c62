"""Figures about the files of enterprises, and the programmes run with them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partnerships.choices.enterprises import FileBlock
from partnerships.choices.programmes import ProgrammeKind, ProgrammeMeasure
from partnerships.models.commitments import Investment, InvestmentReceipt
from partnerships.models.enterprises import Enterprise
from partnerships.models.mentors import Mentor
from partnerships.models.programmes import Programme, ProgrammeOutcome
from reports.figures.figure import Column, Figure, Rows, for_staff, visible
from reports.figures.of_visits import visited
from reports.figures.scope import Scope
from reports.figures.visits import ENTERPRISE, ENTERPRISE_COLUMNS
from reports.figures.ways import month, of_enterprise, plain

OWN = {"college": plain("colleges", is_many=True), **of_enterprise("")}


def _stale(scope: Scope) -> Rows:
    return _current(scope).filter(scope.freshness.stale(FileBlock.IDENTITY, scope.on))


def _current(scope: Scope) -> Rows:
    return visible(Enterprise.objects.current(), scope)


def _around(rows: Rows, scope: Scope, path: str) -> Rows:
    """Rows of the enterprises visited in the campaign or on the trip; of all where it is the whole school."""
    rows, of = for_staff(rows, scope), Scope(scope.campaign, scope.on, scope.user, trip=scope.trip)
    if not of.is_of_some_visits:
        return rows
    return rows.filter(**{f"{path}__in": visited(of).order_by().values("pk")})


def _trained(scope: Scope, **narrowing: object) -> Rows:
    rows = ProgrammeOutcome.objects.filter(measure=ProgrammeMeasure.TRAINED, **narrowing)
    return _around(rows.order_by("pk"), scope, "programme__enterprise")


FIGURES = (
    Figure(
        slug="enterprises",
        name=_("Enterprises on file"),
        definition=_("Files of enterprises that are not archived."),
        counted=_current,
        columns=ENTERPRISE_COLUMNS,
        link="partnerships:enterprise",
        ways=OWN,
        related=("province",),
        is_of_campaign=False,
        block=FileBlock.IDENTITY,
        stale_slug="enterprises-stale",
    ),
    Figure(
        slug="enterprises-stale",
        name=_("Stale files"),
        definition=_(
            "Files that nobody has confirmed within the term for identity, of all files that are not archived."
        ),
        counted=_stale,
        among=_current,
        among_name=_("enterprises on file"),
        columns=(*ENTERPRISE_COLUMNS, Column(_("Confirmed at"), "confirmed_at")),
        link="partnerships:enterprise",
        ways=OWN,
        related=("province",),
        is_of_campaign=False,
    ),
    Figure(
        slug="investment-promised",
        name=_("Investment promised"),
        definition=_(
            "Money or its worth that enterprises promised to put in, in yuan; with a campaign, those visited."
        ),
        counted=lambda scope: _around(Investment.objects.order_by("pk"), scope, "enterprise"),
        sums="promised",
        unit=_("yuan"),
        columns=(
            ENTERPRISE,
            Column(_("Kind"), "get_kind_display"),
            Column(_("Promised, yuan"), "promised"),
        ),
        link="programmes:investment",
        ways={"month": month("promised_on"), **of_enterprise("enterprise__")},
        related=("enterprise",),
    ),
    Figure(
        slug="investment-received",
        name=_("Investment received"),
        definition=_("Money or its worth that came from enterprises, in yuan; with a campaign, those visited."),
        counted=lambda scope: _around(InvestmentReceipt.objects.order_by("pk"), scope, "investment__enterprise"),
        sums="amount",
        unit=_("yuan"),
        columns=(
            Column(_("Enterprise"), "investment.enterprise"),
            Column(_("Kind"), "investment.get_kind_display"),
            Column(_("Received, yuan"), "amount"),
            Column(_("Received on"), "received_on"),
        ),
        link="programmes:investment",
        link_key="investment_id",
        ways={"month": month("received_on"), **of_enterprise("investment__enterprise__")},
        related=("investment__enterprise",),
    ),
    Figure(
        slug="programmes",
        name=_("Programmes"),
        definition=_("Order classes, apprenticeships, industry colleges and training bases run with enterprises."),
        counted=lambda scope: _around(Programme.objects.order_by("pk"), scope, "enterprise"),
        columns=(Column(_("Programme"), "name"), Column(_("Kind"), "get_kind_display"), ENTERPRISE),
        link="programmes:programme",
        ways={"college": plain("majors__college", is_many=True), **of_enterprise("enterprise__")},
        part_path="kind",
        part_label=lambda kind: ProgrammeKind(kind).label,
        related=("enterprise",),
    ),
    *(
        Figure(
            slug=slug,
            name=name,
            definition=definition,
            counted=counted,
            sums="number",
            minimum_path="is_minimum",
            columns=(
                Column(_("Programme"), "programme.name"),
                Column(_("Enterprise"), "programme.enterprise"),
                Column(_("Year"), "year"),
                Column(_("People trained"), "number"),
            ),
            link="programmes:programme",
            link_key="programme_id",
            ways=of_enterprise("programme__enterprise__"),
            related=("programme__enterprise",),
        )
        for slug, name, definition, counted in (
            (
                "trained-by-programmes",
                _("People trained by programmes"),
                _("People trained as programmes state it, all years; a plus stands for “more than”."),
                _trained,
            ),
            (
                "trained-by-industry-colleges",
                _("People trained by industry colleges"),
                _("People trained as industry colleges state it, all years; a plus stands for “more than”."),
                lambda scope: _trained(scope, programme__kind=ProgrammeKind.INDUSTRY_COLLEGE),
            ),
        )
    ),
    Figure(
        slug="mentors",
        name=_("Industry mentors"),
        definition=_("Industry mentors appointed on the day."),
        counted=lambda scope: for_staff(Mentor.objects.appointed_on(scope.on), scope),
        columns=(Column(_("Name"), "name", is_personal=True), Column(_("Position"), "title"), ENTERPRISE),
        link="partnerships:enterprise",
        link_key="enterprise_id",
        related=("enterprise",),
        is_of_campaign=False,
        ways=of_enterprise("enterprise__"),
    ),
)
