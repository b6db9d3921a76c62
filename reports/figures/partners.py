"""Figures of the ladder of partners: on which rung the evidence of a rolling window puts each enterprise."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.choices.agreements import AgreementState, CommitmentState, Side
from partnerships.choices.enterprises import EnterpriseLevel
from partnerships.models.agreements import Agreement, AgreementParty
from partnerships.models.commitments import Commitment, InvestmentReceipt
from partnerships.models.enterprises import Enterprise
from partnerships.models.mentors import Mentor, MentorAppearance
from partnerships.models.programmes import Programme
from placements.choices import STANDING, ApplicationState
from placements.models.postings import Posting
from reports.choices import Rung
from reports.figures.enterprises import OWN
from reports.figures.figure import Column, Figure, Rows, for_staff, visible
from reports.figures.placements import every_application
from reports.figures.scope import Scope
from reports.figures.visits import ENTERPRISE_COLUMNS
from reports.figures.window import Window, window, window_before
from visits.models.visits import Visit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

KINDS_KEPT = 2
RULES: dict[Rung, StrOrPromise] = {
    Rung.KNOWN: _("Has a file that is not archived, and meets no other rule."),
    Rung.VISITED: _("At least one visit took place in the window."),
    Rung.WORKING: _("An agreement is in force on the day, or a programme is run in its year."),
    Rung.GIVING: _(
        "In the window it published a posting, took a student who applied then, kept a promise, brought money or its "
        "worth, or sent a mentor to campus; or a mentor of it is appointed on the day."
    ),
    Rung.STRATEGIC: _(
        "An agreement is in force; and in the window it was visited, took a student who applied then, and kept "
        "promises of at least two kinds."
    ),
}


def rung_label(rung: str) -> StrOrPromise:
    """Raises ValueError for what is no rung."""
    return Rung(rung).label


def _definition() -> str:
    line = gettext("%(place)s %(rung)s: %(rule)s")
    said = " ".join(line % {"place": rung.value, "rung": rung.label, "rule": RULES[rung]} for rung in Rung)
    return gettext("Enterprises on the highest rung whose rule they meet, by what this reader may see. %(rules)s") % {
        "rules": said
    }


def _visits(scope: Scope, of: Window) -> QuerySet[Any]:
    return visible(Visit.objects.took_place(), scope).filter(**of.days("starts_on"))


def _parties(scope: Scope, of: Window) -> QuerySet[Any]:
    """Of agreements in force on the last day; of the past those too that have been renewed since."""
    agreements = Agreement.objects.in_force(of.last)
    if of.is_past:
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=of.last)
        renewed = Q(begun, Q(ends_on__isnull=True) | Q(ends_on__gte=of.last), state=AgreementState.RENEWED)
        lasts = Q(begun, Q(ends_on__isnull=True) | Q(ends_on__gte=of.last) | Q(renews_itself=True))
        signed = Q(lasts, state=AgreementState.SIGNED) & (Q(signed_on__isnull=True) | Q(signed_on__lte=of.last))
        agreements = Agreement.objects.filter(signed | renewed)
    keys = visible(agreements, scope).order_by().values("pk")
    return AgreementParty.objects.filter(agreement__in=keys, enterprise__isnull=False)


def _programmes(scope: Scope, of: Window) -> QuerySet[Any]:
    begun = Q(since__isnull=True) | Q(since__lte=of.last.year)
    runs = Programme.objects.filter(begun, Q(until__isnull=True) | Q(until__gte=of.last.year))
    return for_staff(runs, scope)


def _postings(scope: Scope, of: Window) -> QuerySet[Any]:
    return for_staff(Posting.objects.filter(state__in=STANDING, **of.moments("published_at")), scope)


def _taken(scope: Scope, of: Window) -> QuerySet[Any]:
    """Applications that were sent in the window and led to a place, of students whom the reader counts."""
    return every_application(scope).filter(state=ApplicationState.ACCEPTED, **of.moments("submitted_at"))


def _promises(scope: Scope) -> QuerySet[Any]:
    return visible(Commitment.objects.binding(), scope).filter(side=Side.ENTERPRISE)


def _kept(scope: Scope, of: Window) -> QuerySet[Any]:
    return _promises(scope).filter(state=CommitmentState.KEPT, **of.days("closed_on"))


def _due(scope: Scope, of: Window) -> QuerySet[Any]:
    """Closed in the window either way, or open with their day in it and past."""
    open_yet = Q(state=CommitmentState.OPEN, due_on__gte=of.first, due_on__lt=of.last)
    return _promises(scope).filter(open_yet | Q(~Q(state=CommitmentState.OPEN), **of.days("closed_on")))


def _receipts(scope: Scope, of: Window) -> QuerySet[Any]:
    return for_staff(InvestmentReceipt.objects.filter(**of.days("received_on")), scope)


def _appearances(scope: Scope, of: Window) -> QuerySet[Any]:
    return for_staff(MentorAppearance.objects.filter(**of.days("held_on")), scope)


def _mentors(scope: Scope, of: Window) -> QuerySet[Any]:
    return for_staff(Mentor.objects.appointed_on(of.last), scope)


def _among(rows: QuerySet[Any], path: str) -> Q:
    """That the enterprise is one to which the path leads from some of these rows."""
    return Q(pk__in=rows.order_by().values(path))


def rung(scope: Scope, of: Window) -> Case:
    """The highest rung whose rule an enterprise meets in a window."""
    visited = _among(_visits(scope, of), "enterprise")
    agreed = _among(_parties(scope, of), "enterprise")
    taken = _among(_taken(scope, of), "posting__enterprise")
    kinds = _kept(scope, of).order_by().values("enterprise").annotate(kinds=Count("kind", distinct=True))
    several = Q(pk__in=kinds.filter(kinds__gte=KINDS_KEPT).values("enterprise"))
    giving = (
        taken
        | _among(_postings(scope, of), "enterprise")
        | _among(_kept(scope, of), "enterprise")
        | _among(_receipts(scope, of), "investment__enterprise")
        | _among(_appearances(scope, of), "mentor__enterprise")
        | _among(_mentors(scope, of), "enterprise")
    )
    return Case(
        When(visited & agreed & taken & several, then=Value(Rung.STRATEGIC.value)),
        When(giving, then=Value(Rung.GIVING.value)),
        When(agreed | _among(_programmes(scope, of), "enterprise"), then=Value(Rung.WORKING.value)),
        When(visited, then=Value(Rung.VISITED.value)),
        default=Value(Rung.KNOWN.value),
        output_field=CharField(),
    )


def _number(rows: QuerySet[Any], path: str) -> Coalesce:
    """How many of these rows lead to the enterprise, as a column."""
    of_it = rows.order_by().filter(**{path: OuterRef("pk")}).values(path)
    return Coalesce(Subquery(of_it.annotate(number=Count("pk")).values("number")), 0)


def _yuan(rows: QuerySet[Any]) -> Coalesce:
    of_it = rows.order_by().filter(investment__enterprise=OuterRef("pk")).values("investment__enterprise")
    return Coalesce(Subquery(of_it.annotate(number=Sum("amount")).values("number")), Value(0), output_field=_YUAN)


_YUAN = DecimalField(max_digits=14, decimal_places=2)


def partners(scope: Scope) -> Rows:
    """Current files with their rung now and in the window before, and the evidence in numbers."""
    of = window(scope)
    rows: Rows = visible(Enterprise.objects.current(), scope).annotate(
        rung=rung(scope, of),
        rung_before=rung(scope, window_before(scope)),
        visits_held=_number(_visits(scope, of), "enterprise"),
        agreements_now=_number(_parties(scope, of), "enterprise"),
        postings_out=_number(_postings(scope, of), "enterprise"),
        students_taken=_number(_taken(scope, of), "posting__enterprise"),
        promises_kept=_number(_kept(scope, of), "enterprise"),
        promises_due=_number(_due(scope, of), "enterprise"),
        yuan_received=_yuan(_receipts(scope, of)),
        mentors_now=_number(_mentors(scope, of), "enterprise"),
    )
    return rows


def _differs() -> Q:
    return (
        Q(level=EnterpriseLevel.STRATEGIC, rung__lt=Rung.STRATEGIC)
        | Q(level=EnterpriseLevel.CORE, rung__lt=Rung.WORKING)
        | Q(level=EnterpriseLevel.NORMAL, rung=Rung.STRATEGIC)
    )


class RungColumn(Column):
    """A rung by its word."""

    def of(self, row: object) -> Any:
        return str(rung_label(super().of(row)))


COLUMNS = (
    *ENTERPRISE_COLUMNS[:1],
    *ENTERPRISE_COLUMNS[4:],
    RungColumn(_("Rung"), "rung"),
    RungColumn(_("Rung in the window before"), "rung_before"),
    Column(_("Visits"), "visits_held"),
    Column(_("Agreements in force"), "agreements_now"),
    Column(_("Postings"), "postings_out"),
    Column(_("Students taken"), "students_taken"),
    Column(_("Promises kept"), "promises_kept"),
    Column(_("Promises due"), "promises_due"),
    Column(_("Received, yuan"), "yuan_received"),
    Column(_("Mentors"), "mentors_now"),
)


_figure = partial(
    Figure,
    columns=COLUMNS,
    link="partnerships:enterprise",
    ways=OWN,
    is_of_campaign=False,
    has_window=True,
    part_path="rung",
    part_label=rung_label,
)


FIGURES = (
    _figure("partners", _("Partners by rung"), lazy(_definition, str)(), partners),
    _figure(
        "partners-rose",
        _("Partners that rose"),
        _("Enterprises that stand on a higher rung than at the end of the window before, by the same rules."),
        lambda scope: partners(scope).filter(rung__gt=F("rung_before")),
    ),
    _figure(
        "partners-fell",
        _("Partners that fell"),
        _("Enterprises that stand on a lower rung than at the end of the window before, by the same rules."),
        lambda scope: partners(scope).filter(rung__lt=F("rung_before")),
    ),
    _figure(
        "partners-level-differs",
        _("Level and evidence differ"),
        _(
            "Enterprises whose file says strategic although they are not on the highest rung, core although no "
            "agreement, programme or gift is on file, or normal although they are on the highest rung."
        ),
        lambda scope: partners(scope).filter(_differs()),
    ),
)
