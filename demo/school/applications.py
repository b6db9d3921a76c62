"""Two hundred applications by students whom the postings fit, each with an answer or waiting for one."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models.people import StudentProfile, User
from demo.school.posting_plans import PostingPlan, posting_plans
from demo.school.resumes import answers_of, look_through, papers_of
from demo.school.world import World
from demo.words.letters import LETTERS, REJECTIONS
from placements.choices import ApplicationState as A
from placements.choices import PostingState
from placements.models.applications import Application
from placements.models.postings import Posting
from placements.services import applications, applying

WANTED = {
    A.SUBMITTED: 40, A.SEEN: 36, A.SHORTLISTED: 25, A.INTERVIEW: 22, A.OFFERED: 13,
    A.ACCEPTED: 22, A.DECLINED: 8, A.REJECTED: 18, A.WITHDRAWN: 8, A.NO_REPLY: 8,
}  # fmt: skip
PATHS: dict[A, tuple[A, ...]] = {
    A.SUBMITTED: (),
    A.SEEN: (A.SEEN,),
    A.SHORTLISTED: (A.SEEN, A.SHORTLISTED),
    A.INTERVIEW: (A.SEEN, A.SHORTLISTED, A.INTERVIEW),
    A.OFFERED: (A.SEEN, A.SHORTLISTED, A.INTERVIEW, A.OFFERED),
    A.ACCEPTED: (A.SEEN, A.INTERVIEW, A.OFFERED, A.ACCEPTED),
    A.DECLINED: (A.SEEN, A.INTERVIEW, A.OFFERED, A.DECLINED),
    A.REJECTED: (A.SEEN, A.REJECTED),
    A.WITHDRAWN: (A.SEEN, A.WITHDRAWN),
    A.NO_REPLY: (A.NO_REPLY,),
}
WITHIN = {A.SUBMITTED: 6, A.SEEN: 14, A.SHORTLISTED: 20, A.INTERVIEW: 25, A.OFFERED: 30}  # days since it was sent
BY_THE_STUDENT = frozenset({A.ACCEPTED, A.DECLINED, A.WITHDRAWN})
ENDED = (A.ACCEPTED, A.REJECTED, A.NO_REPLY, A.DECLINED)
OF_THE_ACCOUNT = (A.OFFERED, A.INTERVIEW, A.SEEN, A.SUBMITTED, A.REJECTED)
STRATEGIC = "珠江灯光"  # takes a student, and so has all that the highest rung of partners asks for


def build_applications(world: World, built: list[Posting]) -> None:
    """First the student who has an account, then everybody else, spread over the postings."""
    left = dict(WANTED)
    account = world.profiles[0]
    pairs = _pairs(world, built)
    own = [pair for pair in pairs if pair[2] == account and pair[1].state == PostingState.PUBLISHED]
    for (posting, plan, profile), state in zip(own, OF_THE_ACCOUNT, strict=False):
        _apply(world, posting, plan, profile, state)
        left[state] -= 1
    others = [pair for pair in pairs if pair[2] != account]
    strategic = world.partner(STRATEGIC).record
    first_there = next(pair for pair in others if pair[0].enterprise_id == strategic.pk)
    settled = {first_there[2].pk}
    for pair in others[: sum(left.values())]:
        posting, plan, profile = pair
        state = A.ACCEPTED if pair is first_there else _choose(world, left, plan, profile, settled)
        _apply(world, posting, plan, profile, state)
        left[state] -= 1


def _pairs(world: World, built: list[Posting]) -> list[tuple[Posting, PostingPlan, StudentProfile]]:
    """Who could apply where: the first applicant of every posting, then the second, and so on."""
    turns: list[tuple[int, int, Posting, PostingPlan, StudentProfile]] = []
    for place, (posting, plan) in enumerate(zip(built, posting_plans(), strict=True)):
        if posting.state != PostingState.PUBLISHED or plan.opens > -2:
            continue
        majors = {major.pk for major in posting.majors.all()}
        fitting = [
            profile
            for profile in world.profiles
            if profile.major_id in majors and posting.class_of in (None, profile.class_of)
        ]
        world.random.shuffle(fitting)
        turns += [(turn, place, posting, plan, profile) for turn, profile in enumerate(fitting)]
    turns.sort(key=lambda row: row[:2])
    return [(posting, plan, profile) for _turn, _place, posting, plan, profile in turns]


def _choose(world: World, left: dict[A, int], plan: PostingPlan, profile: StudentProfile, settled: set[int]) -> A:
    """A state that is still wanted: old postings have answered, and nobody accepts twice."""
    open_states = [state for state, number in left.items() if number]
    if plan.state in (PostingState.CLOSED, PostingState.FILLED):
        open_states = [state for state in ENDED if left[state]] or open_states
    free = [state for state in open_states if state != A.ACCEPTED or profile.pk not in settled] or open_states
    state = world.random.choices(free, weights=[left[state] for state in free])[0]
    if state == A.ACCEPTED:
        settled.add(profile.pk)
    return state


def _apply(world: World, posting: Posting, plan: PostingPlan, profile: StudentProfile, state: A) -> None:
    last = min(plan.closes, -1)
    first = min(max(plan.opens, -WITHIN.get(state, 100)), last)
    sent = world.random.randint(first, max(first, last - len(PATHS[state])))
    at = world.at(world.day(sent), world.random.randrange(9, 21))
    letter = world.random.choice(LETTERS).format(
        major=profile.major.name_zh,
        class_of=profile.class_of,
        name=profile.user.name,
        title=posting.title,
        city=posting.city,
    )
    application = applying.apply(
        posting,
        student=profile.user,
        letter=letter,
        answers=answers_of(posting),
        papers=papers_of(world, posting, profile),
        at=at,
    )
    look_through(world, application, state, at=at)
    for step in PATHS[state]:
        at = min(at + timedelta(days=world.random.randrange(1, 5), hours=1), world.now)
        application = _step(world, application, step, profile.user, at=at)


def _step(world: World, application: Application, step: A, student: User, *, at: datetime) -> Application:
    reason = world.random.choice(REJECTIONS) if step == A.REJECTED else ""
    by = student if step in BY_THE_STUDENT else world.officer
    return applications.move_application(application, step, by=by, at=at, reason=reason)
