"""Who keeps communities."""

import pytest

from communities import rules

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("officer", True),
        ("admin", True),
        ("college_staff", False),
        ("leader", False),
        ("student", False),
        ("stranger", False),
    ],
)
def test_the_office_alone_keeps_communities(request, who, may):
    decision = rules.can_keep_communities(request.getfixturevalue(who))

    assert (bool(decision), bool(decision.reason)) == (may, not may)
