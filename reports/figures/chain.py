"""Figures of the chain from visits to hires: how many records went on to the next link, and how many led to nothing."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.choices.agreements import CommitmentState
from partnerships.choices.needs import NeedState
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.models.needs import Need
from partnerships.models.programmes import Programme
from placements.choices import STANDING, WAITING, ApplicationState
from placements.models.applications import Application
from placements.models.postings import Posting
from reports.figures.agreements import AGREEMENT_COLUMNS
from reports.figures.figure import Figure, Rows, for_staff, visible
from reports.figures.files import NEED_COLUMNS
from reports.figures.of_visits import keys, visits_in
from reports.figures.placements import APPLICATION_COLUMNS, POSTING_COLUMNS, every_application
from reports.figures.promises import COLUMNS as PROMISE_COLUMNS
from reports.figures.scope import Scope
from reports.figures.visits import VISIT_COLUMNS
from visits import counting
from visits.models.visits import Visit
from visits.selectors.came_of_it import INTERNSHIPS, JOBS

OFFERED = (ApplicationState.OFFERED,)
INTERN, JOB, UNDER_WAY, ENDED = "intern", "job", "under_way", "ended"
ENDS = {
    INTERN: _("Internship taken"),
    JOB: _("Job taken"),
    UNDER_WAY: pgettext_lazy("of applications", "Not answered yet"),
    ENDED: _("Ended without a place"),
}
END = Case(
    When(state=ApplicationState.ACCEPTED, posting__kind__in=INTERNSHIPS, then=Value(INTERN)),
    When(state=ApplicationState.ACCEPTED, posting__kind__in=JOBS, then=Value(JOB)),
    When(state__in=(*WAITING, *OFFERED), then=Value(UNDER_WAY)),
    default=Value(ENDED),
    output_field=CharField(),
)


def end_label(end: str) -> Any:
    """Raises ValueError for what is no end of an application."""
    if end not in ENDS:
        raise ValueError(end)
    return ENDS[end]


def _needs(scope: Scope) -> Rows:
    return visible(Need.objects.all(), scope)


def _agreements(scope: Scope) -> Rows:
    """Signed at some time, and linked to a visit of the scope."""
    return visible(counting.agreements_of(visits_in(scope)), scope)


def _promises(scope: Scope) -> Rows:
    return visible(Commitment.objects.binding(), scope)


def _postings(scope: Scope) -> Rows:
    return for_staff(Posting.objects.filter(state__in=STANDING), scope)


def _through(model: Any) -> QuerySet[Any]:
    """The links between visits and what came of them."""
    links: QuerySet[Any] = model.visits.through._default_manager.all()
    return links


def _linked(rows: Rows, scope: Scope) -> Rows:
    """Of some rows those that came of a visit of the scope."""
    links = _through(rows.model).filter(visit__in=keys(scope))
    return rows.filter(pk__in=links.values(rows.model._meta.model_name))


def _postings_of_visits(scope: Scope) -> Rows:
    return _linked(_postings(scope), scope)


def _leads_to(rows: Rows) -> Exists:
    """That a visit has one of these rows among what came of it."""
    name = rows.model._meta.model_name
    return Exists(_through(rows.model).filter(visit=OuterRef("pk"), **{f"{name}__in": rows.order_by().values("pk")}))


def _signed(scope: Scope) -> Rows:
    return visible(counting.agreements_of(Visit.objects.took_place()), scope)


def _result(scope: Scope) -> Q:
    """That anything at all came of a visit."""
    return Q(*(_leads_to(of(scope)) for of in LED_TO.values()), _connector=Q.OR)


LED_TO = {"need": _needs, "agreement": _signed, "promise": _promises, "posting": _postings}


def _with_programme() -> Q:
    return Q(Exists(Programme.objects.filter(agreement=OuterRef("pk"))))


def _with_posting(scope: Scope) -> Q:
    """A visit that led to the agreement also led to a posting."""
    postings = _through(Posting).filter(posting__in=_postings(scope).order_by().values("pk"))
    both = _through(Agreement).filter(agreement=OuterRef("pk"), visit__in=postings.values("visit"))
    return Q(Exists(both))


def _applied() -> Q:
    return Q(Exists(Application.objects.filter(posting=OuterRef("pk"))))


def _applications(scope: Scope) -> Rows:
    """For published postings that came of a visit, whenever they were sent."""
    postings = _postings_of_visits(scope).order_by().values("pk")
    rows: Rows = every_application(scope).filter(posting__in=postings).annotate(end=END)
    return rows


def _of_visits(slug: str, name: object, definition: object, found: Any) -> Figure:
    return Figure(
        slug=slug,
        name=name,  # type: ignore[arg-type]
        definition=definition,  # type: ignore[arg-type]
        counted=lambda scope: visits_in(scope).filter(found(scope)),
        among=visits_in,
        among_name=_("visits"),
        columns=VISIT_COLUMNS,
        link="visits:visit",
        visits="",
        related=("enterprise__province",),
    )


def _of_agreements(slug: str, name: object, definition: object, found: Any) -> Figure:
    return Figure(
        slug=slug,
        name=name,  # type: ignore[arg-type]
        definition=definition,  # type: ignore[arg-type]
        counted=lambda scope: _agreements(scope).filter(found(scope)),
        among=_agreements,
        among_name=_("agreements that a visit led to"),
        columns=AGREEMENT_COLUMNS,
        link="agreements:agreement",
        visits="visits",
        related=("enterprise", "kind"),
    )


def _of_postings(slug: str, name: object, definition: object, found: Q) -> Figure:
    return Figure(
        slug=slug,
        name=name,  # type: ignore[arg-type]
        definition=definition,  # type: ignore[arg-type]
        counted=lambda scope: _postings_of_visits(scope).filter(found),
        among=_postings_of_visits,
        among_name=_("postings that a visit led to"),
        columns=POSTING_COLUMNS,
        link="placements:posting",
        visits="visits",
        about_employment=True,
        related=("enterprise",),
    )


FIGURES = (
    _of_visits(
        "visits-with-need",
        _("Visits that led to needs"),
        _("Visits that took place of which at least one need of the enterprise is said to have come, of all."),
        lambda scope: _leads_to(_needs(scope)),
    ),
    _of_visits(
        "visits-with-agreement",
        _("Visits that led to agreements"),
        _("Visits that took place of which at least one agreement came that has been signed since, of all."),
        lambda scope: _leads_to(_signed(scope)),
    ),
    _of_visits(
        "visits-with-promise",
        _("Visits that led to promises"),
        _("Visits that took place of which at least one promise came, of a signed agreement or of none, of all."),
        lambda scope: _leads_to(_promises(scope)),
    ),
    _of_visits(
        "visits-with-posting",
        _("Visits that led to postings"),
        _("Visits that took place of which at least one posting came that was published, ended ones too, of all."),
        lambda scope: _leads_to(_postings(scope)),
    ),
    _of_visits(
        "visits-without-result",
        _("Visits that led to nothing yet"),
        _("Visits that took place without a need, signed agreement, promise or published posting, of all."),
        lambda scope: ~_result(scope),
    ),
    Figure(
        slug="needs-from-visits",
        name=_("Needs that a visit led to"),
        definition=_("Needs that are said to have come of a visit that took place, whatever became of them."),
        counted=lambda scope: _linked(_needs(scope), scope),
        columns=NEED_COLUMNS,
        link="partnerships:enterprise_needs",
        link_key="enterprise_id",
        visits="visits",
        part_path="state",
        part_label=lambda state: NeedState(state).label,
        related=("enterprise", "owner"),
    ),
    Figure(
        slug="promises-from-visits",
        name=_("Promises that a visit led to"),
        definition=_("Promises of signed agreements or of none that were made at a visit that took place."),
        counted=lambda scope: _linked(_promises(scope), scope),
        columns=PROMISE_COLUMNS,
        link="agreements:promise",
        visits="visits",
        part_path="state",
        part_label=lambda state: CommitmentState(state).label,
        related=("enterprise", "agreement__owner"),
    ),
    _of_agreements(
        "agreements-with-programme",
        _("Agreements that led to programmes"),
        _("Of the agreements that a visit led to, those under which a programme is run."),
        lambda scope: _with_programme(),
    ),
    _of_agreements(
        "agreements-with-posting",
        _("Agreements that led to postings"),
        _("Of the agreements that a visit led to, those of which a visit also led to a published posting."),
        _with_posting,
    ),
    _of_agreements(
        "agreements-without-result",
        _("Agreements that led to nothing yet"),
        _("Of the agreements that a visit led to, those with neither a programme nor a published posting."),
        lambda scope: ~_with_programme() & ~_with_posting(scope),
    ),
    _of_postings(
        "postings-with-application",
        _("Postings that somebody applied to"),
        _("Of the published postings that a visit led to, those with at least one application."),
        _applied(),
    ),
    _of_postings(
        "postings-without-application",
        _("Postings that nobody applied to yet"),
        _("Of the published postings that a visit led to, those without any application."),
        ~_applied(),
    ),
    Figure(
        slug="applications-from-visits",
        name=_("Applications that came of visits"),
        definition=_(
            "Applications to published postings that a visit led to, whenever they were sent, by how they ended."
        ),
        counted=_applications,
        columns=APPLICATION_COLUMNS,
        link="placements:application",
        visits="posting__visits",
        part_path="end",
        part_label=end_label,
        about_employment=True,
        related=("posting__enterprise",),
    ),
)
