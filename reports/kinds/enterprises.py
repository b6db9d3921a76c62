"""What kinds about enterprises share: the filters of their list, and the files that these find."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from partnerships.choices.enterprises import EnterpriseLevel
from partnerships.selectors.codes import list_choices
from reports.kinds.fields import FIND, choice
from reports.kinds.kind import KindForm


class EnterpriseForm(KindForm):
    """The chief filters of the list of enterprises, under the same names, so that its address leads here."""

    find = forms.CharField(**FIND)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list_choices("")
        agreements = [("in_force", _("Agreement in force")), ("ending", _("Agreement ends within 90 days"))]
        self.fields |= {
            "province": choice(_("Province"), _("Any province"), choices.provinces),
            "industry": choice(_("Industry"), _("Any industry"), choices.industries),
            "nature": choice(_("Nature of unit"), _("Any nature"), choices.natures),
            "level": choice(_("Level"), _("Any level"), EnterpriseLevel.choices),
            "owner": choice(_("Owner"), _("Anybody"), choices.people),
            "college": choice(_("College"), _("Any college"), choices.colleges),
            "tag": choice(_("Tag"), _("Any tag"), choices.tags),
            "agreement": choice(
                _("Agreements"), _("With or without"), [*agreements, ("none", _("No agreement in force"))]
            ),
        }
