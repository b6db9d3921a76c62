"""Those addresses of allauth that the portal means to have: a person's e-mail address is the school's to change."""

from __future__ import annotations

from allauth.account.urls import urlpatterns as every_address

KEPT = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",  # says who gives out accounts
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

urlpatterns = [address for address in every_address if address.name in KEPT]
