"""Lists of members from Excel: read, shown, and written all at once when somebody says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from communities import rules
from communities.member_lists.columns import MEMBERS
from communities.member_lists.parsing import MemberParser, settle_role
from communities.member_lists.planning import Planner, RowPlan, digest
from communities.models.members import MemberList
from communities.services import members
from core.errors import RuleBroken
from imports import headings
from imports.reader import Row
from imports.workbooks import SheetRow, outline, rows_of
from partnerships.models.communities import Community

MOST_ROWS = 500


def bring_list(community: Community, file: File[bytes], *, by: User, at: datetime) -> MemberList:
    """Read an upload and keep what its rows say; nothing is written of it yet.

    Raises Unreadable, and RuleBroken for too many rows or a sheet without names of units.
    """
    rules.can_keep_communities(by).or_raise()
    name = file.name or ""
    content = file.read()  # of an upload, which closes for good once it was read
    sheets = outline(ContentFile(content), name)
    places = [headings.find(sheet["head"], MEMBERS) for sheet in sheets]
    best = max(range(len(places)), key=lambda index: (places[index].known, -index))
    head, place = sheets[best]["head"], places[best]
    found = rows_of(ContentFile(content), name, best, after=place.last, most=MOST_ROWS)
    columns = settle_role(headings.guess(head, place, MEMBERS), [row.cells for row in found])
    if not place.known or "organisation" not in columns.values():  # a title names no column
        raise RuleBroken(
            _("No column is headed “单位名称” or “Organisation”: the portal cannot tell which units are meant."),
            field="file",
        )
    rows = _said(found, columns, head, place, today=timezone.localdate(at))
    if not rows:
        raise RuleBroken(_("There is no unit below the headings."), field="file")
    told = [[" ".join(words), columns.get(number, "")] for number, words in enumerate(headings.labels(head, place))]
    return MemberList.objects.create(community=community, name=name[-200:], by=by, at=at, columns=told, rows=rows)


def _said(
    found: Sequence[SheetRow], columns: Mapping[int, str], head: Sequence[Row], place: headings.Place, *, today: date
) -> list[dict[str, Any]]:
    """What each row says; totals, remarks and repeated headings are passed over."""
    parser = MemberParser(columns, today=today)
    words = ["".join(each[-1:]) for each in headings.labels(head, place)]
    rows = []
    for row in found:
        name = str(parser.cells_of(row.cells).get("organisation", "")).strip()
        if headings.is_passed_over(row.cells, "" if name.isdecimal() else name, words, MEMBERS):
            continue
        parsed = parser.parse(row.cells)
        if parsed.values or parsed.problems:
            rows.append({"number": row.number, "values": parsed.values, "problems": parsed.problems})
    return rows


def plan_of(member_list: MemberList, *, chosen: Mapping[int, int], today: date) -> list[RowPlan]:
    """What the list would change as things are now."""
    return Planner(member_list.community, today=today).plan(member_list.rows, chosen)


@transaction.atomic
def write_list(
    member_list: MemberList, *, seen: str, chosen: Mapping[int, int], by: User, at: datetime
) -> list[RowPlan]:
    """Write every row that says something new, or none; `seen` is the digest of the plan that was shown.

    Raises RuleBroken for a list that was written, and where the members changed after it was shown.
    """
    rules.can_keep_communities(by).or_raise()
    Community.objects.select_for_update().get(pk=member_list.community_id)
    member_list = MemberList.objects.select_for_update(of=("self",)).select_related("community").get(pk=member_list.pk)
    if member_list.written_at is not None:
        raise RuleBroken(_("This list has been written already."))
    today = timezone.localdate(at)
    if digest(plan_of(member_list, chosen={}, today=today)) != seen:
        raise RuleBroken(_("The members have changed since this page was shown. Look at the rows again."))
    plans = plan_of(member_list, chosen=chosen, today=today)
    for plan in plans:
        if plan.is_written:
            _write(member_list.community, plan, today=today, by=by, at=at)
    member_list.written_by, member_list.written_at = by, at
    member_list.save(update_fields=["written_by", "written_at"])
    return plans


def _write(community: Community, plan: RowPlan, *, today: date, by: User, at: datetime) -> None:
    """One row; what the services refuse is said with its number, and nothing of the list is written."""
    try:
        if plan.membership is None:
            _enter(community, plan, by=by, at=at)
        else:
            _change(plan, today=today, by=by, at=at)
    except RuleBroken as refusal:
        words = {"row": plan.number, "name": plan.name, "reason": refusal}
        raise RuleBroken(_("Row %(row)s, %(name)s: %(reason)s Nothing was written.") % words) from None


def _enter(community: Community, plan: RowPlan, *, by: User, at: datetime) -> None:
    assert plan.role is not None  # noqa: S101 - a new member has one
    member = members.join(
        community, organisation=plan.name, role=plan.role, enterprise=plan.linked, is_our_school=plan.is_our_school,
        by=by, at=at, **plan.fields,
    )  # fmt: skip
    if plan.person:
        members.represent(member, by=by, at=at, **plan.person)
    if plan.left_on:
        members.leave(member, on=plan.left_on, by=by, at=at)


def _change(plan: RowPlan, *, today: date, by: User, at: datetime) -> None:
    assert plan.membership is not None  # noqa: S101 - asked by the caller
    member = plan.membership
    if plan.fields:
        member = members.change_membership(member, fields=plan.fields, by=by, at=at)
    if plan.role:
        member = members.change_role(member, role=plan.role, on=today, by=by, at=at)
    if plan.speaker and plan.person:
        members.change_representative(plan.speaker, fields=plan.person, by=by, at=at)
    elif plan.person:
        if plan.replaced:
            last = max(plan.replaced.from_on or date.min, today - timedelta(days=1))
            members.change_representative(plan.replaced, fields={"to_on": last}, by=by, at=at)
        members.represent(member, by=by, at=at, from_on=today if plan.replaced else None, **plan.person)
    if plan.left_on:
        members.leave(member, on=plan.left_on, by=by, at=at)
