"""What a list of members would change, worked out in memory: the preview shows it, the writer does it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models.school import School
from communities.member_lists.problems import is_error
from communities.models.members import Representative
from imports.choices import RowOutcome
from imports.matching import Candidate, Match, Matching
from imports.parsing import Parsed
from imports.problems import Problem, problem
from partnerships.changes import Change, plain
from partnerships.choices.programmes import MemberRole, MemberType
from partnerships.models.codes import Province
from partnerships.models.communities import Community, Membership
from partnerships.models.enterprises import Enterprise
from partnerships.naming import name_key

PERSON = {"representative": "name", "title": "title", "phone": "phone", "email": "email"}


@dataclass
class RowPlan:
    """What one row is about and would do; `linked` is the file that a member without one gets."""

    number: int
    values: dict[str, Any]
    problems: list[Problem]
    outcome: RowOutcome = RowOutcome.ERROR
    membership: Membership | None = None
    linked: Enterprise | None = None
    is_our_school: bool = False
    candidates: list[Candidate] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    role: MemberRole | None = None
    left_on: date | None = None
    person: dict[str, Any] = field(default_factory=dict)
    speaker: Representative | None = None
    replaced: Representative | None = None
    changes: list[Change] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.values.get("organisation", ""))

    @property
    def is_written(self) -> bool:
        return self.outcome in (RowOutcome.NEW, RowOutcome.CHANGED)

    def change(self, model: str, name: str, before: Any, after: Any) -> None:
        self.changes.append(Change(model=model, field=name, before=plain(before), after=plain(after)))


class Planner:
    """Compares the rows of a list with the members on file; the same few queries for any number of rows."""

    def __init__(self, community: Community, *, today: date) -> None:
        self.today = today
        rows = community.memberships.select_related("enterprise", "province").prefetch_related("representatives")
        self.present: dict[object, Membership] = {}
        self.former: dict[object, list[Membership]] = defaultdict(list)
        for member in rows:
            for key in _keys(member.organisation, member.enterprise_id, is_our_school=member.is_our_school):
                if member.left_on is None:
                    self.present[key] = member
                else:
                    self.former[key].append(member)
        self.school = School.objects.first()
        self.provinces = Province.objects.in_bulk()
        self.seen: dict[object, int] = {}

    def plan(self, rows: Sequence[Mapping[str, Any]], chosen: Mapping[int, int]) -> list[RowPlan]:
        """One plan for each row; `chosen` says by the row's number which similar file a person took."""
        plans = [RowPlan(row["number"], dict(row["values"]), list(row["problems"])) for row in rows]
        files = Enterprise.objects.current().in_bulk(list(chosen.values())) if chosen else {}
        for plan, match in zip(plans, _matches(plans), strict=True):
            plan.candidates = match.candidates
            picked = chosen.get(plan.number, 0)
            if any(each["id"] == picked for each in match.candidates):
                plan.linked = files.get(picked)
            else:
                plan.linked = match.file
            self._settle(plan)
        return plans

    def _settle(self, plan: RowPlan) -> None:
        values = plan.values
        plan.is_our_school = self.school is not None and plan.name in (self.school.name_zh, self.school.name_en)
        file = plan.linked.pk if plan.linked else None
        keys = list(_keys(plan.name, file, is_our_school=plan.is_our_school))
        former = [member for key in keys for member in self.former.get(key, ())]
        left_on = _day(values.get("left_on"))
        if left_on and any(member.left_on == left_on for member in former):
            plan.outcome, plan.linked, plan.candidates = RowOutcome.UNCHANGED, None, []
            return
        plan.membership = next((self.present[key] for key in keys if key in self.present), None)
        self._note_repeat(plan, keys)
        if plan.membership is not None:
            self._compare(plan, plan.membership, left_on)
        else:
            self._enter(plan, former, left_on)
        if any(is_error(found) for found in plan.problems):
            plan.outcome = RowOutcome.ERROR
        elif plan.membership is None:
            plan.outcome = RowOutcome.NEW
        else:
            plan.outcome = RowOutcome.CHANGED if plan.changes else RowOutcome.UNCHANGED

    def _note_repeat(self, plan: RowPlan, keys: list[object]) -> None:
        if plan.membership is not None:
            keys = [*keys, f"membership {plan.membership.pk}"]
        before = [self.seen[key] for key in keys if key in self.seen]
        if before:
            plan.problems.append(problem("organisation", "unit_repeated", plan.name, min(before)))
        else:
            self.seen.update(dict.fromkeys(keys, plan.number))

    def _enter(self, plan: RowPlan, former: list[Membership], left_on: date | None) -> None:
        """A unit that is no member now: its kind must be known, and it comes back only after it left."""
        values = plan.values
        kind = values.get("type") or (MemberType.ENTERPRISE.value if plan.linked else values.get("told_type"))
        if not kind and not any(found["field"] == "type" for found in plan.problems):
            plan.problems.append(problem("type", "no_kind"))
        elif kind and "type" not in values:
            plan.problems.append(problem("type", "kind_guessed"))
        joined_on = _day(values.get("joined_on"))
        last = max((member.left_on for member in former if member.left_on), default=None)
        if last is not None and (joined_on is None or joined_on < last):
            plan.problems.append(problem("joined_on", "was_member", values.get("joined_on", ""), last.isoformat()))
        plan.fields = {"type": kind, "province": self._province(plan), "joined_on": joined_on}
        plan.role = MemberRole(values.get("role", MemberRole.MEMBER))
        plan.left_on = left_on
        plan.person = _person(values)

    def _province(self, plan: RowPlan) -> Province | None:
        if "province" in plan.values:
            return self.provinces[plan.values["province"]]
        return self.provinces.get(plan.linked.province_id) if plan.linked and plan.linked.province_id else None

    def _compare(self, plan: RowPlan, member: Membership, left_on: date | None) -> None:
        """What differs between a row and a present member; a blank cell changes nothing."""
        values, label = plan.values, "partnerships.Membership"
        wanted: dict[str, Any] = {}
        if "type" in values:
            wanted["type"] = values["type"]
        if "province" in values:
            wanted["province"] = self.provinces[values["province"]]
        if "joined_on" in values:
            wanted["joined_on"] = _day(values["joined_on"])
        if plan.linked is not None and member.enterprise_id is None:
            wanted["enterprise"] = plan.linked
        if member.enterprise_id is not None:
            plan.linked, plan.candidates = None, []
        plan.fields = {name: value for name, value in wanted.items() if getattr(member, name) != value}
        for name, value in plan.fields.items():
            plan.change(label, name, getattr(member, name), value)
        if "role" in values and values["role"] != member.role:
            plan.role = MemberRole(values["role"])
            plan.change(label, "role", member.role, values["role"])
        if left_on is not None:
            plan.left_on = left_on
            plan.change(label, "left_on", None, left_on)
        self._compare_person(plan, member)

    def _compare_person(self, plan: RowPlan, member: Membership) -> None:
        """The representative of that name, or another one, who takes the place of the only one there is."""
        wanted = _person(plan.values)
        if not wanted:
            return
        label = "communities.Representative"
        current = [each for each in member.representatives.all() if not each.has_left(self.today)]
        plan.speaker = next((each for each in current if each.name == wanted["name"]), None)
        if plan.speaker is not None:
            wanted = {name: value for name, value in wanted.items() if getattr(plan.speaker, name) != value}
        elif len(current) == 1:
            plan.replaced = current[0]
        before = plan.speaker or plan.replaced
        plan.person = wanted
        for name, value in wanted.items():
            plan.change(label, name, getattr(before, name) if before else "", value)


def _keys(name: str, enterprise: int | None, *, is_our_school: bool) -> list[object]:
    """By what a unit is known in a community."""
    keys: list[object] = [enterprise] if enterprise else []
    keys += [name_key(name)] if name else []
    return [*keys, "our school"] if is_our_school else keys


def _matches(plans: Sequence[RowPlan]) -> list[Match]:
    """The file of each unit; similar names are asked about of enterprises alone."""
    matching = Matching()
    named = [Parsed({"legal_name": plan.name, "credit_code": plan.values.get("credit_code", "")}) for plan in plans]
    found = matching.find(named, similar=False)
    open_ones = [
        place
        for place, plan in enumerate(plans)
        if not found[place].file and not found[place].candidates and _is_company(plan.values)
    ]
    similar = matching.find([named[place] for place in open_ones])
    for place, match in zip(open_ones, similar, strict=True):
        found[place] = match
    return found


def _is_company(values: Mapping[str, Any]) -> bool:
    return bool(values.get("type", values.get("told_type", MemberType.ENTERPRISE)) == MemberType.ENTERPRISE)


def _person(values: Mapping[str, Any]) -> dict[str, Any]:
    if "representative" not in values:
        return {}
    return {name: values[key] for key, name in PERSON.items() if key in values}


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def digest(plans: Sequence[RowPlan]) -> str:
    """The same for two plans that do the same: what is confirmed is what was shown."""
    told = [
        [plan.number, plan.outcome.value, plan.membership.pk if plan.membership else None, plan.changes,
         [each["id"] for each in plan.candidates]]
        for plan in plans
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
