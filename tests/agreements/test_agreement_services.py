"""The life of an agreement."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import connection

from accounts.choices import Role
from agreements.services import agreements, signatures
from core.errors import RuleBroken, StaleEdit
from partnerships.choices.agreements import AGREEMENT_NEXT, AgreementFileKind, AgreementState, Side, SignatureWay
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement, AgreementFile, Signature
from partnerships.models.timeline import TimelineEntry
from tests.factories.accounts import CollegeFactory, MajorFactory, person
from tests.factories.partnerships import AgreementFactory, AgreementKindFactory, EnterpriseFactory, signed_agreement

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
S = AgreementState


def sign(agreement, side, name, officer, on=TODAY):
    return signatures.record_signature(agreement, side=side, name=name, signed_on=on, by=officer, at=NOW)


def test_a_draft_has_all_that_was_said(officer):
    enterprise, kind, college, major = EnterpriseFactory(), AgreementKindFactory(), CollegeFactory(), MajorFactory()

    agreement = agreements.draft_agreement(
        enterprise,
        kind=kind,
        title="实习基地协议",
        by=officer,
        at=NOW,
        starts_on=date(2027, 1, 1),
        ends_on=date(2029, 12, 31),
        colleges=[college],
        majors=[major],
        fields_of_cooperation=["教材开发", "资源建设"],
        number="XY-1",
        originals=3,
    )

    assert (agreement.state, agreement.version, agreement.owner, agreement.originals) == (S.DRAFT, 1, officer, 3)
    assert [list(agreement.colleges.all()), list(agreement.majors.all())] == [[college], [major]]
    assert [field.name for field in agreement.fields.all()] == ["教材开发", "资源建设"]
    assert [(move.state, move.by) for move in agreement.moves.all()] == [(S.DRAFT, officer)]
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.detail, entry.link) == (
        TimelineKind.AGREEMENT_MOVED,
        "draft",
        f"/agreements/{agreement.pk}/",
    )


@pytest.mark.parametrize(
    "wrong",
    [{"starts_on": date(2027, 1, 2), "ends_on": date(2027, 1, 1)}, {"number": "XY-1"}],
)
def test_an_end_before_the_start_and_a_number_twice_are_refused(officer, wrong):
    AgreementFactory(number="XY-1")

    with pytest.raises(RuleBroken):
        agreements.draft_agreement(
            EnterpriseFactory(), kind=AgreementKindFactory(), title="乙", by=officer, at=NOW, **wrong
        )

    assert Agreement.objects.count() == 1
    assert not TimelineEntry.objects.exists()


def test_an_agreement_cannot_renew_that_of_another_enterprise(officer):
    with pytest.raises(RuleBroken):
        agreements.draft_agreement(
            EnterpriseFactory(),
            kind=AgreementKindFactory(),
            title="乙",
            by=officer,
            at=NOW,
            renewed_from=signed_agreement(),
        )


def test_college_staff_draft_for_their_own_college_only(college_staff, college):
    enterprise, kind = EnterpriseFactory(), AgreementKindFactory()

    mine = agreements.draft_agreement(enterprise, kind=kind, title="甲", by=college_staff, at=NOW, colleges=[college])
    for colleges in ([], [CollegeFactory()], [college, CollegeFactory()]):
        with pytest.raises(PermissionDenied):
            agreements.draft_agreement(enterprise, kind=kind, title="乙", by=college_staff, at=NOW, colleges=colleges)

    assert list(Agreement.objects.all()) == [mine]


def test_a_change_keeps_what_it_does_not_name(officer):
    agreement = AgreementFactory(title="旧", number="XY-1")
    college = CollegeFactory()

    changed = agreements.change_agreement(
        agreement,
        version=1,
        fields={"title": "新", "colleges": [college], "fields_of_cooperation": ["课程"]},
        by=officer,
        at=NOW,
    )

    assert (changed.title, changed.number, changed.version) == ("新", "XY-1", 2)
    assert list(changed.colleges.all()) == [college]
    assert [field.name for field in changed.fields.all()] == ["课程"]


def test_a_stale_change_is_refused(officer):
    agreement = AgreementFactory(title="旧", version=2)

    with pytest.raises(StaleEdit):
        agreements.change_agreement(agreement, version=1, fields={"title": "新"}, by=officer, at=NOW)

    agreement.refresh_from_db()
    assert agreement.title == "旧"


@pytest.mark.parametrize("now", list(S))
@pytest.mark.parametrize("to", list(S))
def test_an_agreement_moves_only_along_its_table(officer, now, to):
    agreement = AgreementFactory(state=now)
    agreement.signatures.create(side=Side.SCHOOL, name="甲", signed_on=TODAY)
    agreement.signatures.create(side=Side.ENTERPRISE, name="乙", signed_on=TODAY)
    AgreementFactory(state=S.SIGNED, enterprise=agreement.enterprise, renewed_from=agreement)

    if to in AGREEMENT_NEXT[now] and S.IN_REVIEW not in (now, to):  # these are the review's: see tests/drafting
        assert agreements.move_agreement(agreement, to, by=officer, at=NOW, note="好").state == to
        assert [(move.state, move.note) for move in agreement.moves.all()] == [(to, "好")]
    else:
        with pytest.raises(RuleBroken):
            agreements.move_agreement(agreement, to, by=officer, at=NOW)
        agreement.refresh_from_db()
        assert agreement.state == now
        assert not agreement.moves.exists()


@pytest.mark.parametrize("side", list(Side))
def test_without_both_signatures_it_does_not_become_signed(officer, side):
    agreement = AgreementFactory(state=S.AWAITING_SIGNATURES)
    sign(agreement, side, "甲", officer)

    with pytest.raises(RuleBroken):
        agreements.move_agreement(agreement, S.SIGNED, by=officer, at=NOW)

    agreement.refresh_from_db()
    assert (agreement.state, agreement.signed_on) == (S.AWAITING_SIGNATURES, None)


def test_it_does_not_become_renewed_without_a_signed_renewal(officer):
    agreement = signed_agreement()
    AgreementFactory(renewed_from=agreement, enterprise=agreement.enterprise)

    with pytest.raises(RuleBroken):
        agreements.move_agreement(agreement, S.RENEWED, by=officer, at=NOW)

    agreement.refresh_from_db()
    assert agreement.state == S.SIGNED


def test_the_second_side_completes_the_agreement_with_the_later_date(officer):
    agreement = AgreementFactory(state=S.AWAITING_SIGNATURES)

    sign(agreement, Side.SCHOOL, "陈立", officer, on=date(2026, 11, 18))
    sign(agreement, Side.ENTERPRISE, "曾建", officer, on=date(2026, 11, 16))

    agreement.refresh_from_db()
    assert (agreement.state, agreement.signed_on) == (S.SIGNED, date(2026, 11, 18))
    assert [move.state for move in agreement.moves.all()] == [S.SIGNED]
    assert [entry.detail for entry in TimelineEntry.objects.all()] == ["signed"]


def test_a_further_signatory_may_be_recorded_afterwards(officer):
    agreement = signed_agreement()

    sign(agreement, Side.SCHOOL, "刘琴", officer)

    agreement.refresh_from_db()
    assert (agreement.state, agreement.signatures.count()) == (S.SIGNED, 1)


@pytest.mark.parametrize("state", [S.DRAFT, S.IN_REVIEW, S.RENEWED, S.ENDED])
def test_signatures_wait_for_their_time(officer, state):
    agreement = AgreementFactory(state=state)

    with pytest.raises(RuleBroken):
        sign(agreement, Side.SCHOOL, "陈立", officer)

    assert not Signature.objects.exists()


def test_the_same_person_signs_once(officer):
    agreement = AgreementFactory(state=S.AWAITING_SIGNATURES)
    sign(agreement, Side.SCHOOL, "陈立", officer)

    with pytest.raises(RuleBroken):
        sign(agreement, Side.SCHOOL, "陈立", officer)

    assert Signature.objects.count() == 1


def test_a_signed_renewal_makes_the_older_one_renewed(officer):
    older = signed_agreement()
    newer = AgreementFactory(state=S.AWAITING_SIGNATURES, enterprise=older.enterprise, renewed_from=older)

    sign(newer, Side.SCHOOL, "陈立", officer)
    sign(newer, Side.ENTERPRISE, "曾建", officer)

    older.refresh_from_db()
    assert older.state == S.RENEWED
    assert [move.state for move in older.moves.all()] == [S.RENEWED]


def test_the_signed_copy_is_filed_under_its_name(officer):
    agreement = AgreementFactory(state=S.AWAITING_SIGNATURES)
    sign(agreement, Side.SCHOOL, "陈立", officer)

    filed = agreements.add_agreement_file(
        agreement, kind=AgreementFileKind.SIGNED_COPY, file=ContentFile(b"%PDF-", "签字件.pdf"), by=officer, at=NOW
    )

    with filed.file.open() as stored:
        assert (filed.name, filed.uploaded_by, stored.read()) == ("签字件.pdf", officer, b"%PDF-")
    assert TimelineEntry.objects.get().kind == TimelineKind.AGREEMENT_FILED


def test_no_signed_copy_before_a_signature(officer):
    with pytest.raises(RuleBroken):
        agreements.add_agreement_file(
            AgreementFactory(),
            kind=AgreementFileKind.SIGNED_COPY,
            file=ContentFile(b"x", "a.pdf"),
            by=officer,
            at=NOW,
        )

    assert not AgreementFile.objects.exists()


@pytest.mark.parametrize("note", ["", "  "])
def test_an_agreement_does_not_end_early_without_saying_why(officer, note):
    agreement = AgreementFactory(state=S.SIGNED)

    with pytest.raises(RuleBroken) as refused:
        agreements.move_agreement(agreement, S.ENDED, by=officer, at=NOW, note=note)

    agreement.refresh_from_db()
    assert (refused.value.field, agreement.state, agreement.moves.count()) == ("note", S.SIGNED, 0)


@pytest.mark.parametrize("who", ["leader", "student", "stranger", "college_staff"])
def test_others_cannot_touch_an_agreement_and_nothing_changes(request, who):
    user = request.getfixturevalue(who)
    agreement = AgreementFactory(state=S.AWAITING_SIGNATURES, title="旧")

    for act in (
        lambda: agreements.change_agreement(agreement, version=1, fields={"title": "新"}, by=user, at=NOW),
        lambda: agreements.move_agreement(agreement, S.ENDED, by=user, at=NOW),
        lambda: sign(agreement, Side.SCHOOL, "陈立", user),
        lambda: agreements.add_agreement_file(
            agreement, kind=AgreementFileKind.DRAFT, file=ContentFile(b"x", "a.pdf"), by=user, at=NOW
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()

    agreement.refresh_from_db()
    assert (agreement.state, agreement.title) == (S.AWAITING_SIGNATURES, "旧")
    assert not Signature.objects.exists()
    assert not AgreementFile.objects.exists()
    assert not TimelineEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_record_the_last_signature_sign_the_agreement_once():
    officer = person(Role.OFFICER)
    agreement = AgreementFactory(state=S.AWAITING_SIGNATURES)
    sign(agreement, Side.SCHOOL, "陈立", officer)

    def complete(name: str) -> str:
        try:
            signatures.record_signature(
                agreement,
                side=Side.ENTERPRISE,
                name=name,
                signed_on=TODAY,
                way=SignatureWay.SEAL,
                by=officer,
                at=NOW,
            )
        except RuleBroken:
            return "refused"
        finally:
            connection.close()
        return "recorded"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(complete, ["曾建", "曾建", "曾建", "曾辉"]))

    agreement.refresh_from_db()
    assert outcomes == ["recorded", "recorded", "refused", "refused"]
    assert agreement.state == S.SIGNED
    assert [move.state for move in agreement.moves.all()] == [S.SIGNED]
    assert agreement.signatures.count() == 3
