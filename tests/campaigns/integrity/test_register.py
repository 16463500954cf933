"""The register: checked before it is spent, over all colleagues; given once, freed once; the policy as versions."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.persons.terms import Official
from accounts.units.terms import Channel
from campaigns.integrity import services
from campaigns.integrity.models import Benefit, BenefitMove, PolicyVersion
from campaigns.integrity.selectors import (
    policy_table,
    received_at,
    received_by,
    relaxed_for,
    totals_by_kind,
)
from campaigns.integrity.terms import BenefitKind, Outcome
from kam.core.errors import BusinessError, ConflictError
from tests.factories.accounts import make_unit
from tests.factories.integrity import DAY, PAPER, WHY, make_benefit, make_receiver, value_of

pytestmark = pytest.mark.django_db

CASH, GIFT = BenefitKind.CASH, BenefitKind.GIFT


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


@pytest.fixture
def person(unit):
    return make_receiver(unit)


def refusal(code, act, *args, **kwargs):
    before = (Benefit.objects.count(), BenefitMove.objects.count())
    with pytest.raises(BusinessError) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert caught.value.code == code
    assert (Benefit.objects.count(), BenefitMove.objects.count()) == before
    return str(caught.value)


def test_colleagues_share_the_limit_of_a_person(cast, person):
    for days, giver in ((200, cast.owner), (100, cast.same_team), (30, cast.manager)):
        make_benefit(person, giver, 180, on=DAY - timedelta(days))
    words = refusal("compliance", make_benefit, person, cast.other_team, 100)
    assert "has 540.00 in a year by all colleagues together" in words
    assert "60.00 is left" in words
    assert make_benefit(person, cast.other_team, 60).outcome == Outcome.LIMITS


def test_above_a_limit_only_with_a_reason(cast, person):
    refusal("compliance", make_benefit, person, cast.owner, 260)
    row = make_benefit(person, cast.owner, 260, excuse=WHY)
    assert (row.findings, row.reason, row.needs_compliance) == (["item"], WHY.reason, True)


def test_two_pieces_within_a_week_look_split(cast, person):
    make_benefit(person, cast.owner, 150, on=DAY - timedelta(3))
    assert "one gift in pieces" in refusal("compliance", make_benefit, person, cast.same_team, 150)


def test_several_values_given_together_count_for_each_other(cast, person):
    values = [value_of(person, 200, on=DAY + timedelta(days)) for days in (0, 20, 40, 60)]
    refusal("compliance", services.reserve, values, giver=cast.owner, source=PAPER)
    assert len(services.reserve(values[:3], giver=cast.owner, source=PAPER)) == 3


@pytest.mark.parametrize("channel", [Channel.GOVERNMENT, Channel.SOE, Channel.SCHOOL, Channel.BANK])
def test_cash_to_the_public_side_is_refused_whatever_the_excuse(cast, channel):
    person = make_receiver(make_unit(owner=cast.owner, channel=channel))
    for kind in (CASH, BenefitKind.CASH_EQUIVALENT, BenefitKind.SET_OFF):
        refusal("refused", make_benefit, person, cast.owner, 50, kind=kind, excuse=WHY)


def test_officials_are_refused_cash_and_asked_about_gifts_in_any_channel(cast, unit):
    for official in (Official.YES, Official.UNKNOWN):
        person = make_receiver(unit, official)
        refusal("refused", make_benefit, person, cast.owner, 50, kind=CASH, excuse=WHY)
        refusal("compliance", make_benefit, person, cast.owner, 50)
        assert make_benefit(person, cast.owner, 50, excuse=WHY).outcome == Outcome.COMPLIANCE
        refusal("compliance", make_benefit, person, cast.owner, "100.01", kind=BenefitKind.PROMOTIONAL)
        assert make_benefit(person, cast.owner, 100, kind=BenefitKind.PROMOTIONAL).outcome == Outcome.SMALL


def test_cash_in_private_channels_names_two_documents(cast, person):
    half = services.Excuse("返点", "协议 7 号")
    refusal("documents", make_benefit, person, cast.owner, 9_000, kind=CASH, excuse=half)
    row = make_benefit(person, cast.owner, 9_000, kind=CASH, excuse=WHY)
    assert (row.findings, row.basis_document, row.employer_document) == ([], "协议 7 号", "告知函 3 号")


def test_a_rebate_is_recorded_gross_tax_net(cast, person):
    value = value_of(person, 9_000, CASH, text="返点 9 套")
    row = services.record(value, giver=cast.finance, source=PAPER, excuse=WHY, tax=Decimal(1_800))
    move = BenefitMove.objects.get(benefit=row)
    assert (move.gross_amount, move.tax_amount, move.net_amount) == (9_000, 1_800, 7_200)
    received = received_by(person, DAY)
    assert (received.total, received.limited, received.left) == (9_000, 0, 600)


def test_what_is_freed_counts_no_more_and_stays_to_be_read(cast, person):
    row = make_benefit(person, cast.owner, 200, on=DAY - timedelta(50))
    services.give(row, by=cast.owner, on=DAY - timedelta(50))
    assert received_at(person.unit, DAY).limited == 200
    services.free(row, by=cast.owner, reason="退回")
    row.refresh_from_db()
    assert (row.state, received_by(person, DAY).total, Benefit.objects.count()) == ("freed", 0, 1)
    for act in (lambda: services.free(row, by=cast.owner, reason="x"), lambda: services.give(row, by=None)):
        with pytest.raises(ConflictError):
            act()


def test_given_once(cast, person):
    row = make_benefit(person, cast.owner)
    services.give(row, by=cast.owner, on=DAY)
    with pytest.raises(ConflictError):
        services.give(row, by=cast.owner, on=DAY)
    with pytest.raises(IntegrityError, match="benefit_moves_once"), transaction.atomic():
        BenefitMove.objects.create(benefit=row, kind="given", on=DAY, gross_amount=1, net_amount=1)


def test_the_policy_of_the_day_of_giving_is_asked_again(cast, person):
    row = make_benefit(person, cast.owner, 150)
    person.official = Official.YES
    person.save(update_fields=["official"])
    refusal("compliance", services.give, row, by=cast.owner, on=DAY)


def test_what_costs_more_when_it_is_given_is_measured_again(cast, person):
    row = make_benefit(person, cast.owner, 150)
    refusal("compliance", services.give, row, by=cast.owner, on=DAY, gross=Decimal("200.01"))
    assert services.give(row, by=cast.owner, on=DAY, gross=Decimal(180)).gross_amount == 180
    assert totals_by_kind(Benefit.objects.all()) == [(GIFT, 180)]


def test_the_policy_changes_by_versions(cast, person):
    first = date(2026, 11, 21)
    row = services.put_policy_in_force("chamber", "gift", "refused", valid_from=first, by=cast.director)
    assert (row.number, dict(dict(policy_table(first))["chamber"])[GIFT]) == (2, Outcome.REFUSED)
    make_benefit(person, cast.owner, 100, on=DAY)
    refusal("refused", make_benefit, person, cast.owner, 50, on=first)
    act = services.put_policy_in_force
    for day in (first, DAY):
        with pytest.raises(BusinessError) as caught, transaction.atomic():
            act("chamber", "gift", "free", valid_from=day, by=None)
        assert caught.value.code == "overlap"
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyVersion.objects.create(party="chamber", kind="gift", outcome="free", number=9, valid_from=first)


def test_what_was_refused_and_is_let_go_is_named_for_receipts(cast, unit):
    official = make_receiver(unit, Official.YES)
    assert relaxed_for(official, CASH, DAY) == []
    services.put_policy_in_force("official", "cash", "compliance", valid_from=DAY, by=cast.gm, note="董事会")
    assert [str(row.note) for row in relaxed_for(official, CASH, DAY)] == ["董事会"]
