"""Forms of plaques."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.filters import Filter, find_field
from core.forms import DateInput, OnceForm, VersionedForm
from core.uploads import PICTURES, CheckedFileField
from partnerships.choices.programmes import ProgrammeKind
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import Enterprise
from partnerships.models.plaques import Plaque
from partnerships.models.programmes import Programme


class PlaqueFilter(Filter):
    find = find_field(_("Words on the plaque or enterprise"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Any kind")), *ProgrammeKind.choices])
    state = forms.ChoiceField(
        label=_("Hangs"), choices=[("", _("Hanging or not")), ("hangs", _("Hangs")), ("down", _("Taken down"))]
    )


class PlaqueForm(forms.ModelForm):  # type: ignore[type-arg]
    """A plaque of an enterprise; one that was handed over at a meeting has none."""

    photo = CheckedFileField(label=_("Photo"), kinds=PICTURES, required=False)

    class Meta:
        model = Plaque
        fields = ["kind", "awarded_to", "text", "agreement", "programme", "awarded_on", "place"]
        widgets = {"awarded_on": DateInput}

    def __init__(self, *args: Any, enterprise: Enterprise | None, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if enterprise is None:
            del fields["agreement"], fields["programme"]
            return
        fields["agreement"].queryset = Agreement.objects.visible_to(user).filter(enterprise=enterprise)
        fields["programme"].queryset = Programme.objects.visible_to(user).filter(enterprise=enterprise)


class PlaqueNewForm(PlaqueForm, OnceForm):
    """Awards a plaque."""


class PlaqueEditForm(PlaqueForm, VersionedForm):
    def __init__(self, *args: Any, instance: Plaque, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial={"version": instance.version}, **kwargs)


class TakeDownForm(forms.Form):
    on = forms.DateField(label=_("Taken down on"), widget=DateInput)
    why = forms.CharField(label=_("Why"), max_length=300)
