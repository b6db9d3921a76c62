"""Figures of what may be on file twice: enterprises, contacts, visits."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from partnerships.choices.enterprises import SuspectState
from partnerships.models.contacts import Contact
from partnerships.models.duplicates import Suspect
from reports.figures.figure import Column, Figure, Rows, for_staff, visible
from reports.figures.of_visits import visits_in
from reports.figures.quality import of_visit
from reports.figures.scope import Scope
from reports.figures.visits import ENTERPRISE
from reports.figures.ways import of_enterprise, plain
from visits.models.visits import Visit


def _of_others(scope: Scope) -> Rows:
    """Several visits to one enterprise on one day in one direction and medium: perhaps the same one, written twice."""
    twin = Visit.objects.took_place().filter(
        enterprise=OuterRef("enterprise"), starts_on=OuterRef("starts_on"), direction=OuterRef("direction"),
        medium=OuterRef("medium"),
    )  # fmt: skip
    return visits_in(scope).filter(Exists(twin.exclude(pk=OuterRef("pk")).order_by()))


def _twice_there(scope: Scope) -> Rows:
    same = Q(phone=OuterRef("phone")) & ~Q(phone="") | Q(email__iexact=OuterRef("email")) & ~Q(email="")
    others = Contact.objects.current(scope.on).filter(same, enterprise=OuterRef("enterprise"))
    people = visible(Contact.objects.current(scope.on), scope).filter(enterprise__archived_at__isnull=True)
    return people.filter(Exists(others.exclude(pk=OuterRef("pk")).order_by()))


FIGURES = (
    Figure(
        slug="files-twice",
        name=_("Perhaps the same enterprise"),
        definition=_("Pairs of files that may be of one enterprise, and about which nobody has decided."),
        counted=lambda scope: for_staff(
            Suspect.objects.filter(
                state=SuspectState.OPEN, first__archived_at__isnull=True, second__archived_at__isnull=True
            ),
            scope,
        ),
        columns=(
            Column(_("Enterprise"), "first"),
            Column(_("And"), "second"),
            Column(_("Why"), "get_kind_display"),
            Column(_("Likeness, percent"), "likeness"),
        ),
        ways={"college": plain("first__colleges", is_many=True), **of_enterprise("first__")},
        related=("first", "second"),
        is_of_campaign=False,
        fix="partnerships:merge_files",
        fix_keys=("first_id", "second_id"),
    ),
    Figure(
        slug="contacts-twice",
        name=_("Perhaps the same contact"),
        definition=_("Contacts with the same phone or e-mail as another one who works at the same enterprise."),
        counted=_twice_there,
        columns=(Column(_("Name"), "name", is_personal=True), Column(_("Position"), "title"), ENTERPRISE),
        link="partnerships:enterprise",
        link_key="enterprise_id",
        ways={"college": plain("enterprise__colleges", is_many=True), **of_enterprise("enterprise__")},
        related=("enterprise",),
        is_of_campaign=False,
        fix="partnerships:contact_edit",
    ),
    of_visit(
        "visits-twice",
        _("Perhaps the same visit"),
        _("Visits to an enterprise that was visited in the same way on the same day once more, of all."),
        _of_others,
    ),
)
