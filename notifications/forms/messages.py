"""Mending what did not arrive."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MendForm(forms.Form):
    """Where a letter should have gone."""

    address = forms.EmailField(label=_("E-mail address"), max_length=254)
