"""Filling in a form as a person does, and what stands in it afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from playwright.sync_api import Locator, Page

Words = Callable[..., str]

# Both languages, each at one width: trouble looks the same at the others.
BOTH = pytest.mark.parametrize(("language", "width"), [("en", 1440), ("zh-hans", 390)])
SHEET = "main form[method=post]"
ENTRIES = """form => {
    const machinery = ["csrfmiddlewaretoken", "form_token", "version", "revision", "device"];
    const found = {};
    for (const [name, value] of new FormData(form)) {
        if (machinery.includes(name) || name.endsWith("_FORMS")) continue;
        (found[name] ??= []).push(value instanceof File ? value.name : value);
    }
    return found;
}"""


def words_in(language: str) -> Words:
    """`words("Save")` is what the page says in this language; `context=` as where it was marked."""

    def words(text: str, *, context: str = "", **named: object) -> str:
        with translation.override(language):
            said = pgettext(context, text) if context else gettext(text)
            return capfirst(said % named if named else said)

    return words


def field(page: Page, label: str) -> Locator:
    """The field with this label, whatever mark for required ones stands behind it."""
    return page.locator(SHEET).get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(\*.*)?$", re.DOTALL))


def entries(page: Page) -> dict[str, list[str]]:
    """Everything that stands in the form of the page: name of the field, what is chosen or typed."""
    page.wait_for_load_state()
    return page.locator(SHEET).evaluate(ENTRIES)


def error_of(page: Page, label: str) -> str:
    """What stands beside a field as wrong, as it is read out with the field."""
    wrong = field(page, label)
    assert wrong.get_attribute("aria-invalid") == "true"
    ids = (wrong.get_attribute("aria-describedby") or "").split()
    (place,) = [name for name in ids if name.endswith("_error")]
    return " ".join(page.locator(f"#{place}").inner_text().split())


def menu(page: Page, name: str) -> None:
    """Go to a place of the menu, at the side or at the foot."""
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).filter(visible=True).first.click()


def send(page: Page, button: str) -> None:
    """Press a button of the page's form, and see what answers."""
    with page.expect_navigation():
        page.locator(SHEET).get_by_role("button", name=button, exact=True).click()


def tab(page: Page, words: Words, name: str) -> None:
    """Open a part of an enterprise's file."""
    with page.expect_navigation():
        page.get_by_role("navigation", name=words("Parts of the file")).get_by_role("link", name=name).click()


def called(record: object, language: str) -> str:
    """A record as pages in this language name it."""
    with translation.override(language):
        return str(record)


def open_steps(page: Page) -> None:
    """Open every step of a report once the page has folded them; a wide screen shows them all."""
    page.locator("form[data-steps=ready]").wait_for()
    closed = page.locator("[data-step]:not([open]) > summary")
    while closed.count():
        closed.first.click()
