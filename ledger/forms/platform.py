"""Files for the platform, and what is entered for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Level
from core.forms import LinesField, OnceForm, VersionedForm
from ledger.selectors.lines import Line
from ledger.services.codes import ResultLine
from visits.models.visits import ResultForm, Visit


class MakeForm(OnceForm):
    """Which rows go into the file."""

    rows = forms.ChoiceField(choices=[("complete", _("Complete rows")), ("all", _("Every row"))])


class MarkForm(forms.Form):
    """What the platform said to a file."""

    result = forms.ChoiceField(
        label=_("What the platform said"),
        choices=[("sent", _("Accepted")), ("failed", _("The whole file was refused"))],
        widget=forms.RadioSelect,
        initial="sent",
    )
    refused = LinesField(
        label=_("Rows that it refused"), max_each=32, max_lines=1000, required=False,
        help_text=_("Their record ids, one per line; empty where it took every row."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason it gave"), max_length=300, required=False)


class CompleteForm(VersionedForm):
    """What the platform asks of a visit beside its report."""

    result_form = forms.ModelChoiceField(
        label=_("Main form of result"), queryset=ResultForm.objects.none(), required=False
    )
    leader_title = forms.CharField(label=_("Position of who led"), max_length=120, required=False)
    host = forms.CharField(label=_("Received by"), max_length=80, required=False)
    host_title = forms.CharField(label=_("Host's position"), max_length=120, required=False)

    def __init__(self, data: Any, *, visit: Visit, line: Line) -> None:
        leader, host = line.leader, line.host
        initial = {
            "version": visit.version,
            "result_form": visit.result_form_id,
            "leader_title": leader.title if leader else "",
            "host": host.name if host else "",
            "host_title": host.title if host else "",
        }
        super().__init__(data, initial=initial)
        offered = ResultForm.objects.filter(is_active=True) | ResultForm.objects.filter(pk=visit.result_form_id or 0)
        self.fields["result_form"].queryset = offered  # type: ignore[attr-defined]
        if leader is None:
            del self.fields["leader_title"]
        if host is not None and host.contact_id is not None:
            self.fields["host"].disabled = True
            self.fields["host"].help_text = _("A contact of the enterprise; the name is changed there.")


class CodesForm(forms.Form):
    """The code of the school, and that of each level of study."""

    school_code = forms.CharField(
        label=_("School code"), max_length=10, required=False,
        help_text=_("As the Ministry of Education lists the school."),
    )  # fmt: skip

    def __init__(self, data: Any, *, school_code: str, levels: dict[str, str]) -> None:
        super().__init__(data, initial={"school_code": school_code, **{f"level_{k}": v for k, v in levels.items()}})
        for level in Level:
            self.fields[f"level_{level.value}"] = forms.CharField(label=level.label, max_length=20, required=False)

    @property
    def levels(self) -> dict[str, str]:
        return {level.value: self.cleaned_data[f"level_{level.value}"] for level in Level}


class ResultFormForm(forms.Form):
    """An entry of the dictionary of forms of result."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = forms.CharField(label=_("Code"), max_length=20)
    name_zh = forms.CharField(label=_("Chinese name"), max_length=120)
    name_en = forms.CharField(label=_("English name"), max_length=160, required=False)
    is_active = forms.BooleanField(label=_("Offered in forms"), required=False, initial=True)

    @property
    def line(self) -> ResultLine:
        return ResultLine(**self.cleaned_data)


ResultFormSet = forms.formset_factory(ResultFormForm, extra=2, max_num=100)
