"""The unified social credit code."""

import pytest

from partnerships import credit_code


@pytest.mark.parametrize(
    ("code", "stands"),
    [
        ("91350100M000100Y43", True),  # the standard's own example
        ("91350100M000100Y4Z", False),  # Z is outside the alphabet
        ("91310115MA00003300", True),  # remainder 0 gives the check character 0
        ("91310115MA0000285Y", True),  # remainder 1
        ("12510105425000145M", True),  # a public institution
        ("522101034250003560", True),  # all digits
        ("N14200004250003210", True),  # the agriculture authority
        ("91310115MA0000285X", False),  # wrong check character
        ("", False),
        ("9135", False),
        ("91350100M000100Y433", False),
    ],
)
def test_a_code_stands_or_fails(code, stands):
    assert credit_code.is_valid(code) is stands


@pytest.mark.parametrize(
    "typed",
    [
        "91350100m000100y43",
        " 9135 0100 M000100Y43 ",
        "91350100-M000100Y4-3",
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "91350100\u2014M000100Y43",
    ],
)
def test_what_was_meant_is_read_from_what_was_typed(typed):
    assert credit_code.normalise(typed) == "91350100M000100Y43"
