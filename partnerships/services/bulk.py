"""One change for many files: in portions, each file with its own entry on the timeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from notifications.choices import Matter
from notifications.services.notifying import notify
from partnerships import rules
from partnerships.changes import Change, plain
from partnerships.choices.lists import MOST_AT_ONCE, BulkAction
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise, Tag
from partnerships.models.timeline import TimelineEntry
from partnerships.selectors.bulk import BulkChange, to_change

PORTION = 1000
Befores = Mapping[int, Any]


class CountChanged(RuleBroken):
    """Other files are meant than the page said when the person agreed."""

    def __init__(self, said: int, found: int) -> None:
        words = _("The list has changed: you agreed to %(said)s files, and now there are %(found)s. Please look again.")
        super().__init__(words % {"said": said, "found": found})


def check_number(rows: QuerySet[Enterprise], *, said: int) -> None:
    """Raise RuleBroken where the chosen files are not as many as said, or too many for one go."""
    found = rows.count()
    if found > MOST_AT_ONCE:
        most = formats.number_format(MOST_AT_ONCE, force_grouping=True)
        raise RuleBroken(_("At most %(most)s files at once: narrow the filters.") % {"most": most})
    if found != said:
        raise CountChanged(said, found)


@transaction.atomic
def change_many(rows: QuerySet[Enterprise], change: BulkChange, *, said: int, by: User, at: datetime) -> int:
    """Make a change on those of the chosen files that this person may change; returns how many changed.

    `said` is how many files the person was told of. Raises CountChanged where it is another number now.
    """
    rules.can_change_many(by).or_raise()
    check_number(rows, said=said)
    if isinstance(change.value, Tag) and change.value._state.adding:
        tag, _is_new = Tag.objects.get_or_create(name=change.value.name)
        change = BulkChange(change.action, tag)
    meant = list(to_change(rows, change, by).order_by("pk").values_list("pk", flat=True))
    portions = [meant[start : start + PORTION] for start in range(0, len(meant), PORTION)]
    changed = sum(_change_portion(portion, change, by=by, at=at) for portion in portions)
    if changed:
        _tell_new_person(change, changed, by=by, at=at)
    return changed


def _change_portion(portion: Sequence[int], change: BulkChange, *, by: User, at: datetime) -> int:
    """Lock these files, ask again, change them, and write what was and what is."""
    rows = Enterprise.objects.current().filter(pk__in=portion).order_by("pk").select_for_update(of=("self",))
    locked = list(to_change(rows, change, by).values_list("pk", flat=True))
    befores = _befores(locked, change)
    _write(locked, change, at=at)
    after = _after(change)
    entries = []
    for pk in locked:
        was = befores[pk]
        entry = Change(model=Enterprise._meta.label, field=change.field, before=was, after=after(was))
        link = reverse("partnerships:enterprise", args=[pk])
        kind = TimelineKind.ENTERPRISE_CHANGED
        entries.append(TimelineEntry(enterprise_id=pk, kind=kind, at=at, by=by, link=link, changes=[entry]))
    TimelineEntry.objects.bulk_create(entries, batch_size=PORTION)
    return len(locked)


def _befores(locked: Sequence[int], change: BulkChange) -> Befores:
    """What the field of each file says now, as partnerships.changes keeps it."""
    if change.field == "tags":
        found: defaultdict[int, list[Any]] = defaultdict(list)
        links = Enterprise.tags.through.objects.filter(enterprise__in=locked).select_related("tag")
        for link in links.order_by("tag__name"):
            found[link.enterprise_id].append(plain(link.tag))
        return found
    values = dict(Enterprise.objects.filter(pk__in=locked).values_list("pk", change.field))
    if change.action == BulkAction.LEVEL:
        return values
    people = {user.pk: plain(user) for user in User.objects.filter(pk__in=set(values.values()) - {None})}
    return {pk: people.get(person) for pk, person in values.items()}


def _after(change: BulkChange) -> Any:
    """A function from what was to what is."""
    value = change.value.value if change.action == BulkAction.LEVEL else plain(change.value)  # type: ignore[union-attr]
    if change.action == BulkAction.ADD_TAG:
        return lambda was: sorted([*was, value], key=lambda tag: min(tag.values()))
    if change.action == BulkAction.REMOVE_TAG:
        return lambda was: [tag for tag in was if tag != value]
    return lambda was: value


def _write(locked: Sequence[int], change: BulkChange, *, at: datetime) -> None:
    """The change itself; every file goes to its next version."""
    columns: dict[str, Any] = {"version": F("version") + 1, "updated_at": at}
    links: Any = Enterprise.tags.through
    if change.action == BulkAction.ADD_TAG:
        new = [links(enterprise_id=pk, tag=change.value) for pk in locked]
        links.objects.bulk_create(new, batch_size=PORTION, ignore_conflicts=True)
    elif change.action == BulkAction.REMOVE_TAG:
        links.objects.filter(enterprise__in=locked, tag=change.value).delete()
    else:
        columns[change.field] = change.value
    Enterprise.objects.filter(pk__in=locked).update(**columns)


def _tell_new_person(change: BulkChange, number: int, *, by: User, at: datetime) -> None:
    """Whoever was given files hears of it once, however many they are."""
    person = change.value
    if not isinstance(person, User) or person.pk == by.pk:
        return
    is_owner = change.action == BulkAction.OWNER
    with translation.override(person.language):
        name = str(by)
    notify(
        person,
        key=f"files_given:{change.action}:{by.pk}:{at.isoformat()}",
        matter=Matter.ENTERPRISE,
        template="emails/partnerships/files_given.txt",
        context={"number": number, "is_owner": is_owner, "by": name},
        at=at,
        link=f"{reverse('partnerships:enterprise_list')}?owner={person.pk}" if is_owner else "",
    )
