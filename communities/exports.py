"""Lists of communities as files: communities, members, meetings, the three lists, what is shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.member_lists.columns import heading
from core.templatetags.portal import listed
from exporting.tables import Column, Group, Kind, Table, plain_table
from partnerships.choices.programmes import MemberRole
from partnerships.models.communities import Membership

ROLES: dict[Any, Any] = dict(MemberRole.choices)
COMMUNITIES = plain_table(
    "communities:community_list",
    _("Communities"),
    "communities",
    Column("community", _("Community"), "name"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("level", _("Level"), "get_level_display"),
    Column("industry", _("Industry")),
    Column("document", _("Document")),
    Column("batch", _("Batch")),
    Column("founded_on", _("Founded on"), kind=Kind.DAY),
    Column("secretariat", _("Secretariat")),
    Column("our_role", _("Our role"), lambda row: ROLES.get(row.our_role)),
    Column("units", _("Units"), kind=Kind.WHOLE),
    Column("provinces", _("Provinces"), kind=Kind.WHOLE),
)


def _speaker(name: str) -> Callable[[Any], Any]:
    """A field of whoever speaks for the member."""

    def value(row: Any) -> Any:
        person = next(iter(row.speakers), None)
        return getattr(person, name, "")

    return value


def _role(row: Membership) -> Any:
    return ROLES[row.role_then]  # type: ignore[attr-defined]  # annotated by member_list


def _headed(key: str, value: Any = "", kind: Kind = Kind.TEXT, *, is_personal: bool = False) -> Column:
    """Headed as the import of members knows it, so that a file of all columns comes back unchanged."""
    return Column(key, lazy(heading, str)(key), value, kind, is_personal=is_personal)


MEMBERS = Table(
    "communities:members",
    _("Members of a community"),
    "members",
    (
        Group(
            _("Organisation"),
            (
                _headed("organisation"),
                _headed("credit_code", "enterprise.credit_code"),
                _headed("type", "get_type_display"),
                _headed("role", _role),
                _headed("province"),
                Column("city", _("City"), "enterprise.city"),
                _headed("joined_on", kind=Kind.DAY),
                _headed("left_on", kind=Kind.DAY),
            ),
        ),
        Group(
            pgettext_lazy("of a member", "Representative"),
            (
                _headed("representative", _speaker("name"), is_personal=True),
                _headed("title", _speaker("title"), is_personal=True),
                _headed("phone", _speaker("phone"), is_personal=True),
                _headed("email", _speaker("email"), is_personal=True),
            ),
        ),
    ),
)
THREE_LISTS = plain_table(
    "communities:lists",
    _("The three lists"),
    "three-lists",
    Column("list", _("List"), "get_kind_display"),
    Column("member", _("Member"), "membership"),
    Column("name", _("What")),
    Column("description", _("Description")),
    Column("people", _("People wanted"), "number", Kind.WHOLE),
    Column("listed_on", _("Listed on"), kind=Kind.DAY),
    Column("closed_on", _("Closed on"), kind=Kind.DAY),
    Column("result", _("What came of it")),
)
MEETINGS = plain_table(
    "communities:meetings",
    _("Meetings of a community"),
    "meetings",
    Column("meeting", _("Meeting"), "name"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("held_on", _("Held on"), kind=Kind.DAY),
    Column("place", _("Place")),
    Column("organisations", _("Organisations present"), "organisations_present", Kind.WHOLE),
    Column("provinces", _("Provinces"), "provinces_present", Kind.WHOLE),
    Column("communities", _("Communities"), lambda row: listed(row.communities.all())),
    Column("resolutions", _("Resolutions"), lambda row: listed(row.resolutions.all())),
)
SHARING = plain_table(
    "communities:sharing",
    _("What members share"),
    "shared-resources",
    Column("organisation", _("Organisation")),
    Column("resource", _("What is shared"), "name"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("description", _("Description")),
    Column("place", _("Place")),
    Column("conditions", _("Conditions")),
    Column("ended_on", _("Shared until"), kind=Kind.DAY),
    Column("asked", _("Asked for"), kind=Kind.WHOLE),
    Column("waiting", _("Waiting for an answer"), kind=Kind.WHOLE),
)
