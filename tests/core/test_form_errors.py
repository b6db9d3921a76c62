"""The summary of what is wrong in a form."""

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation


class Asking(forms.Form):
    email = forms.EmailField(label="Address", error_messages={"required": "Missing"})


@pytest.mark.parametrize(("language", "joined"), [("zh-hans", "："), ("en", ": ")])
def test_a_field_and_what_is_wrong_with_it_are_joined_as_the_language_joins_them(language, joined):
    with translation.override(language):
        summary = render_to_string("components/form_errors.html", {"form": Asking({})})
        whole = Asking({}).render("components/form.html")

    line = f'<li><a href="#id_email">Address</a>{joined}Missing</li>'
    assert (line in summary, line in whole) == (True, True)
