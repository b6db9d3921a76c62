"""Which browser the tests take, and what they say where there is none."""

from __future__ import annotations

import pytest

from tools import browser


def test_the_browser_that_is_asked_for_is_taken(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/bin/true")

    assert browser.find() == "/bin/true"


def test_a_browser_that_does_not_exist_is_named_and_not_replaced(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")

    with pytest.raises(browser.NoBrowser, match="CHROMIUM=/nowhere/chromium is not a program"):
        browser.find()


def test_where_none_can_be_had_it_says_how_to_go_on(monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "_installed", lambda: None)
    monkeypatch.setattr(browser, "_install", lambda: None)

    with pytest.raises(browser.NoBrowser, match="make test BROWSER=no"):
        browser.find()
