"""Figures about industry-education communities."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.selectors.members import units_once
from partnerships.choices.programmes import MemberRole
from partnerships.models.codes import Province
from partnerships.models.communities import Community, CommunityMeeting, Membership
from partnerships.models.plaques import Plaque
from reports.figures.figure import Column, Figure, Rows, for_staff, visible
from reports.figures.scope import Scope
from reports.figures.ways import month, of_enterprise, province


def _latest_meeting(scope: Scope, number: str) -> Rows:
    """The latest meeting for which a source states the number; one row or none."""
    stated = for_staff(CommunityMeeting.objects.filter(**{f"{number}__isnull": False}), scope)
    return CommunityMeeting.objects.filter(pk__in=stated.order_by("-held_on", "-pk").values("pk")[:1])


def _present_units(scope: Scope) -> Rows:
    return units_once(Membership.objects.present(scope.on)).order_by("organisation", "pk")


def _present_provinces(scope: Scope) -> Rows:
    present = Membership.objects.present(scope.on).filter(province__isnull=False)
    return Province.objects.filter(pk__in=present.order_by().values("province")).order_by("code")


FIGURES = (
    Figure(
        slug="communities",
        name=_("Industry-education communities"),
        definition=_("Communities on file in which the school or its partners work together."),
        counted=lambda scope: visible(Community.objects.all(), scope),
        columns=(
            Column(_("Community"), "name"),
            Column(_("Level"), "get_level_display"),
            Column(_("Industry"), "industry"),
        ),
        link="communities:community",
        is_of_campaign=False,
    ),
    Figure(
        slug="communities-chaired",
        name=_("Communities chaired by the school"),
        definition=_("Communities whose council the school presides over on the day, of all communities on file."),
        counted=lambda scope: for_staff(
            Membership.objects.filter(
                Q(left_on__isnull=True) | Q(left_on__gt=scope.on), is_our_school=True, role=MemberRole.CHAIR
            ),
            scope,
        ),
        among=lambda scope: visible(Community.objects.all(), scope),
        among_name=_("communities"),
        columns=(Column(_("Community"), "community"), Column(pgettext_lazy("member", "Role"), "get_role_display")),
        link="communities:community",
        link_key="community_id",
        related=("community",),
        is_of_campaign=False,
    ),
    Figure(
        slug="member-units",
        name=_("Units in communities"),
        definition=_("Units that belong to a community on the day, each once; unknown joining days count as long ago."),
        counted=lambda scope: for_staff(_present_units(scope), scope),
        columns=(
            Column(_("Organisation"), "organisation"),
            Column(_("Community"), "community"),
            Column(pgettext_lazy("member", "Role"), "get_role_display"),
            Column(_("Province"), "province"),
        ),
        link="communities:member",
        ways={"province": province("province")},
        related=("community", "province"),
        is_of_campaign=False,
    ),
    Figure(
        slug="member-provinces",
        name=_("Provinces of the units in communities"),
        definition=_("Provinces from which a unit belongs to a community on the day."),
        counted=lambda scope: for_staff(_present_provinces(scope), scope),
        columns=(Column(_("Province"), "name_zh"), Column(_("Province in English"), "name_en")),
        is_of_campaign=False,
    ),
    *(
        Figure(
            slug=slug,
            name=name,
            definition=definition,
            counted=counted,
            sums=sums,
            columns=(Column(_("Meeting"), "name"), Column(_("Held on"), "held_on"), Column(name, sums)),
            is_of_campaign=False,
        )
        for slug, name, definition, sums, counted in (
            (
                "organisations-present",
                _("Organisations present"),
                _("Organisations at the latest meeting of a community for which their number is stated."),
                "organisations_present",
                lambda scope: _latest_meeting(scope, "organisations_present"),
            ),
            (
                "provinces-present",
                _("Provinces present"),
                _("Provinces at the latest meeting of a community for which their number is stated."),
                "provinces_present",
                lambda scope: _latest_meeting(scope, "provinces_present"),
            ),
        )
    ),
    Figure(
        slug="plaques",
        name=_("Plaques awarded"),
        definition=_("Plaques awarded and not taken down by the day."),
        counted=lambda scope: for_staff(
            Plaque.objects.filter(Q(taken_down_on__isnull=True) | Q(taken_down_on__gt=scope.on)).order_by("pk"), scope
        ),
        columns=(
            Column(_("Awarded to"), "awarded_to"),
            Column(_("Kind"), "get_kind_display"),
            Column(_("Awarded on"), "awarded_on"),
        ),
        link="partnerships:enterprise",
        link_key="enterprise_id",
        ways={"month": month("awarded_on"), **of_enterprise("enterprise__")},
        is_of_campaign=False,
    ),
)
