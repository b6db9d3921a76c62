"""Who reads the pages of a journey, in which language, how wide and in which light; and what they read there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.utils import formats, translation
from django.utils.translation import gettext, ngettext, pgettext
from playwright.sync_api import Locator, Page


@dataclass(frozen=True)
class Reader:
    language: str
    width: int
    light: str

    def __str__(self) -> str:
        return f"{self.language}-{self.width}"

    @property
    def is_narrow(self) -> bool:
        return self.width < 600

    def either(self, english: str, chinese: str) -> str:
        """The one of two texts that this reader sees."""
        return english if self.language == "en" else chinese

    def say(self, text: str, context: str = "", **values: object) -> str:
        """A text of the portal as this reader sees it; `context` tells words of one spelling apart.

        A text that is not translated fails.
        """
        with translation.override(self.language):
            words = pgettext(context, text) if context else gettext(text)
        assert self.language == "en" or words != text, f"not translated: {text}"
        return words % values if values else words

    def count(self, one: str, many: str, number: int) -> str:
        with translation.override(self.language):
            return ngettext(one, many, number) % {"number": number}

    def day(self, on: date, form: str = "DATE_FORMAT") -> str:
        with translation.override(self.language):
            return formats.date_format(on, form)


# For the thread from a visit over an agreement to a posting. Every page is seen so by tests/browser/test_every_page.
every_reader = pytest.mark.parametrize(
    "reader",
    [
        Reader("en", 1440, "light"),
        Reader("en", 390, "dark"),
        Reader("zh-hans", 1440, "dark"),
        Reader("zh-hans", 390, "light"),
    ],
    ids=str,
)

# Both languages, both widths and both lights in two runs.
two_readers = pytest.mark.parametrize("reader", [Reader("en", 390, "dark"), Reader("zh-hans", 1440, "light")], ids=str)


def panel(page: Page, title: str) -> Locator:
    """The section of the page under a heading."""
    return page.locator("section").filter(has=page.get_by_role("heading", name=title, exact=True))


def in_one_line(parts: Locator) -> list[str]:
    """What is written in each of these, however it is laid out."""
    return [" ".join(text.split()) for text in parts.all_inner_texts()]


def rows_of(table: Locator) -> list[list[str]]:
    """What stands in each cell of a table, row by row, without its head."""
    return [in_one_line(row.get_by_role("cell")) for row in table.locator("tbody").get_by_role("row").all()]
