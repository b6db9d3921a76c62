"""A person at a browser, in one language: what the journeys do again and again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Locator, Page, expect

from tests.browser.reader import Reader


@dataclass(frozen=True)
class Person:
    """Finds things as they are called in the language of the page; `inspect` is the fixture `assert_sound`."""

    page: Page
    reader: Reader
    inspect: Callable[[Page], None]

    @property
    def language(self) -> str:
        return self.reader.language

    def says(self, text: str, context: str = "", **values: object) -> str:
        return self.reader.say(text, context, **values)

    def dated(self, day: date, form: str = "DATE_FORMAT") -> str:
        return self.reader.day(day, form)

    def link(self, text: str, context: str = "", **values: object) -> Locator:
        return self.page.get_by_role("link", name=self.says(text, context, **values), exact=True)

    def button(self, text: str, context: str = "") -> Locator:
        return self.page.get_by_role("button", name=self.says(text, context), exact=True)

    def field(self, label: str, context: str = "") -> Locator:
        """By its label, in small or capital letters; an asterisk and "(required)" may follow."""
        return self.page.get_by_label(re.compile(rf"^{re.escape(self.says(label, context))}\s*(\*|$)", re.IGNORECASE))

    def choose(self, group: str, choice: str) -> None:
        """One of the round buttons below a legend."""
        buttons = self.page.get_by_role("group", name=self.says(group))
        buttons.get_by_role("radio", name=self.says(choice), exact=True).check()

    def panel(self, title: str, context: str = "") -> Locator:
        heading = self.page.get_by_role("heading", name=self.says(title, context), exact=True)
        return self.page.locator("section").filter(has=heading)

    def goes_to(self, place: str, context: str = "") -> None:
        """By the menu: beside the page, or at its foot with the rest behind a button."""
        self.page.wait_for_load_state()
        menu = self.page.get_by_role("navigation", name=self.says("Main menu"))
        link = menu.get_by_role("link", name=self.says(place, context), exact=True)
        if not link.is_visible():
            menu.locator("summary").click()
        with self.page.expect_navigation(wait_until="commit"):  # what is read next is read on the new page
            link.click()

    def reads(self, text: str, context: str = "", **values: object) -> None:
        """What just happened, said at the top of the page, whose scripts have run."""
        notice = self.page.get_by_role("status").or_(self.page.get_by_role("alert"))
        expect(notice.filter(has_text=self.says(text, context, **values)).first).to_be_visible()
        self.page.wait_for_load_state()

    def arrives_at(self, heading: str, context: str = "") -> None:
        """A page that the portal names; it is inspected."""
        self.sees(self.says(heading, context))

    def sees(self, heading: str) -> None:
        """A page named by what is in it; it is inspected."""
        expect(self.page.get_by_role("heading", name=heading, level=1, exact=True)).to_be_visible()
        self.assert_sound()

    def assert_sound(self) -> None:
        """Inspect the page once nothing on it loads or moves any more."""
        self.page.wait_for_load_state()
        expect(self.page.locator(".is-loading")).to_have_count(0)
        self.page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
        self.inspect(self.page)

    def stands_at(self, step: str, context: str = "") -> None:
        """The current stop of the path at the top of the page."""
        expect(self.page.locator("[aria-current=step]")).to_have_text(self.says(step, context))
