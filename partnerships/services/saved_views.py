"""Lists under a name: kept, replaced, renamed, shared, deleted."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships import rules
from partnerships.models.lists import SavedView


def _store(view: SavedView) -> SavedView:
    """Save it; two of one name are refused, also when another request was quicker."""
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise RuleBroken(_("You have a view of this name already: choose another name, or replace it.")) from None
    return view


@transaction.atomic
def save_view(
    *, page: str, name: str, query: str, by: User, is_shared: bool = False, replaces: SavedView | None = None
) -> SavedView:
    """Keep a list under a name, in the place of one's own older view where one is given. Raises RuleBroken."""
    view = SavedView(page=page, owner=by)
    if replaces is not None:
        view = SavedView.objects.select_for_update().get(pk=replaces.pk)
        rules.can_change_view(by, view).or_raise()
    if is_shared:
        rules.can_share_view(by).or_raise()
    view.name, view.query, view.is_shared = name, query, is_shared
    return _store(view)


@transaction.atomic
def change_view(view: SavedView, *, name: str, by: User, is_shared: bool = False) -> SavedView:
    """Rename a view, or share it. Raises RuleBroken where the name is taken."""
    view = SavedView.objects.select_for_update().get(pk=view.pk)
    rules.can_change_view(by, view).or_raise()
    if is_shared:
        rules.can_share_view(by).or_raise()
    view.name, view.is_shared = name, is_shared
    return _store(view)


@transaction.atomic
def delete_view(view: SavedView, *, by: User) -> None:
    """Forget a view of one's own; the history of the table keeps it."""
    view = SavedView.objects.select_for_update().get(pk=view.pk)
    rules.can_change_view(by, view).or_raise()
    view.delete()
