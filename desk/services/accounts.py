"""Accounts of enterprises' contacts: invited, invited again, ended."""

from __future__ import annotations

from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from accounts.services import add_person, end_role, grant_role
from core.errors import RuleBroken
from desk import rules
from desk.models.accounts import ContactAccount
from desk.reminders import accounts_to_end
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.services import timeline


@transaction.atomic
def invite(contact: Contact, *, by: User, at: datetime) -> ContactAccount:
    """An account without a password for a contact; one that ended begins anew. Raises RuleBroken.

    The letter by which they choose their password is sent by mail_invitation, after the commit.
    """
    rules.can_keep_accounts(by).or_raise()
    contact = Contact.objects.select_for_update(of=("self",)).select_related("enterprise").get(pk=contact.pk)
    today = timezone.localdate(at)
    if contact.enterprise.archived_at is not None or contact.has_left(today) or not contact.email:
        raise RuleBroken(_("%(name)s cannot be written to.") % {"name": contact.name})
    account = ContactAccount.objects.select_related("user").filter(contact=contact).first()
    if account is not None and account.ended_at is None:
        raise RuleBroken(_("%(name)s has an account already.") % {"name": contact.name})
    if User.objects.filter(email__iexact=contact.email).exclude(contact_account=account or 0).exists():
        raise RuleBroken(_("The address %(email)s belongs to another account.") % {"email": contact.email})
    account = _begin(contact, account, by=by, at=at)
    grant_role(account.user, Role.CONTACT, starts_on=today)
    timeline.record(contact.enterprise, TimelineKind.ACCOUNT_INVITED, by=by, at=at, text=contact.name)
    return account


def _begin(contact: Contact, former: ContactAccount | None, *, by: User, at: datetime) -> ContactAccount:
    if former is None:
        user = add_person(
            email=contact.email, number=f"contact-{contact.pk}", name=contact.name, title=contact.title,
            language=contact.language,
        )  # fmt: skip
        return ContactAccount.objects.create(user=user, contact=contact, invited_by=by, invited_at=at)
    user = former.user
    user.email, user.is_active = contact.email.lower(), True
    user.set_unusable_password()
    user.save(update_fields=["email", "is_active", "password"])
    former.invited_by, former.invited_at, former.ended_at = by, at, None
    former.save()
    return former


def account_to_invite(contact: Contact, *, by: User, at: datetime) -> ContactAccount:
    """A new account, or that of somebody who was invited and never came, to be written to once more."""
    accounts = ContactAccount.objects.select_related("user", "contact__enterprise")
    waiting = accounts.in_force(timezone.localdate(at)).filter(contact=contact, user__last_login=None).first()
    if waiting is None:
        return invite(contact, by=by, at=at)
    rules.can_keep_accounts(by).or_raise()
    return waiting


def mail_invitation(account: ContactAccount) -> None:
    """The letter with the link by which they choose their password; never stored. Raises RuleBroken."""
    user = account.user
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    uid, _dash, token = key.partition("-")
    address = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
    context = {
        "user": user,
        "enterprise": account.contact.enterprise,
        "password_url": f"{settings.SITE_URL}{address}",
        "again_url": f"{settings.SITE_URL}{reverse('account_reset_password')}",
    }
    get_adapter().send_mail("desk/email/invited", user.email, context)


@transaction.atomic
def end_account(account: ContactAccount, *, by: User | None, at: datetime) -> ContactAccount:
    """Nobody signs in by it any more; `by` is nobody when the contact left. Raises RuleBroken."""
    if by is not None:
        rules.can_keep_accounts(by).or_raise()
    accounts = ContactAccount.objects.select_for_update(of=("self",)).select_related("user", "contact__enterprise")
    account = accounts.get(pk=account.pk)
    if account.ended_at is not None:
        raise RuleBroken(_("This account has ended."))
    account.ended_at = at
    account.save(update_fields=["ended_at"])
    account.user.is_active = False
    account.user.save(update_fields=["is_active"])
    today = timezone.localdate(at)
    for grant in account.user.role_grants.in_force(today).filter(role=Role.CONTACT):
        end_role(grant, on=today)
    contact = account.contact
    timeline.record(contact.enterprise, TimelineKind.ACCOUNT_ENDED, by=by, at=at, text=contact.name)
    return account


def end_due_accounts(*, now: datetime) -> int:
    """End the accounts of whoever left; what they opened was closed from the day after their last. How many."""
    due = list(accounts_to_end(timezone.localdate(now)))
    for account in due:
        end_account(account, by=None, at=now)
    return len(due)
