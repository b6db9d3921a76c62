"""Days and hours that come from the environment; what makes no sense stops the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment


@pytest.mark.parametrize(("value", "number"), [("0", 0), ("7", 7)])
def test_a_number_up_to_the_most_is_taken(monkeypatch: pytest.MonkeyPatch, value: str, number: int):
    monkeypatch.setenv("SOME_DAY", value)

    assert environment.at_most("SOME_DAY", 3, 7) == number


def test_without_one_the_default_holds(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SOME_DAY", raising=False)

    assert environment.at_most("SOME_DAY", 3, 7) == 3


@pytest.mark.parametrize("value", ["8", "-1", "Monday", ""])
def test_anything_else_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("SOME_DAY", value)

    with pytest.raises(ImproperlyConfigured, match="SOME_DAY must be a whole number"):
        environment.at_most("SOME_DAY", 3, 7)
