"""Who may do what: role by action."""

import pytest

from accounts.choices import Role
from partnerships import rules
from partnerships.choices.agreements import AgreementState
from tests.factories.accounts import person
from tests.factories.partnerships import AgreementFactory, CommitmentFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db
S = AgreementState
ACTIONS = {
    "add enterprise": lambda user, world: rules.can_add_enterprise(user),
    "change enterprise": lambda user, world: rules.can_change_enterprise(user, world["enterprise"]),
    "keep contacts and needs": lambda user, world: rules.can_keep_file(user),
    "draft for the whole school": lambda user, world: rules.can_draft_agreement(user, []),
    "draft for the college": lambda user, world: rules.can_draft_agreement(user, [world["college"]]),
    "begin a draft": lambda user, world: rules.can_draft_agreement(user),
    "change the college's draft": lambda user, world: rules.can_change_agreement(user, world["draft"]),
    "change the college's signed one": lambda user, world: rules.can_change_agreement(user, world["signed"]),
    "change another's draft": lambda user, world: rules.can_change_agreement(user, world["other"]),
    "send the college's draft to review": lambda user, world: rules.can_move_agreement(
        user, world["draft"], S.IN_REVIEW
    ),
    "end the college's draft": lambda user, world: rules.can_move_agreement(user, world["draft"], S.ENDED),
    "record signatures": lambda user, world: rules.can_sign_agreement(user),
    "promise at a visit": lambda user, world: rules.can_promise(user, None),
    "promise under the college's agreement": lambda user, world: rules.can_promise(user, world["signed"]),
    "promise under another's agreement": lambda user, world: rules.can_promise(user, world["other"]),
    "close a promise of a visit": lambda user, world: rules.can_close_promise(user, world["free promise"]),
    "close a promise of another's agreement": lambda user, world: rules.can_close_promise(user, world["promise"]),
}
ALLOWED = {
    "officer": set(ACTIONS),
    "admin": set(ACTIONS),
    "college_staff": {
        "keep contacts and needs",
        "draft for the college",
        "begin a draft",
        "change the college's draft",
        "send the college's draft to review",
        "promise at a visit",
        "promise under the college's agreement",
        "close a promise of a visit",
    },
    "leader": {"promise at a visit"},
    "student": set(),
    "stranger": set(),
}


@pytest.fixture
def world(college):
    draft, signed, other = AgreementFactory(), AgreementFactory(state=S.SIGNED), AgreementFactory()
    draft.colleges.add(college)
    signed.colleges.add(college)
    return {
        "college": college,
        "enterprise": EnterpriseFactory(),
        "draft": draft,
        "signed": signed,
        "other": other,
        "promise": CommitmentFactory(agreement=other),
        "free promise": CommitmentFactory(),
    }


@pytest.mark.parametrize("who", ALLOWED)
@pytest.mark.parametrize("action", ACTIONS)
def test_each_role_does_what_its_row_says(request, world, who, action):
    decision = ACTIONS[action](request.getfixturevalue(who), world)

    assert bool(decision) == (action in ALLOWED[who])
    assert bool(decision.reason) == (action not in ALLOWED[who])


def test_the_owner_and_the_deputy_of_a_file_change_it(college):
    owner, deputy = person(Role.COLLEGE, college=college), person(Role.COLLEGE, college=college)
    enterprise = EnterpriseFactory(owner=owner, deputy=deputy)

    assert rules.can_change_enterprise(owner, enterprise)
    assert rules.can_change_enterprise(deputy, enterprise)


def test_an_owner_who_holds_no_role_any_more_does_not(stranger):
    assert not rules.can_change_enterprise(stranger, EnterpriseFactory(owner=stranger))
