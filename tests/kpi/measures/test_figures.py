"""Figures from the business data: what counts, for whom, in which month; facts always add up to the figure."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine

from accounts.units.models import Ownership, StatusChange
from campaigns.agreements.services import record_agreement
from campaigns.deals.services import cancel_deal, receive_payment
from kam.core.periods import Period, month_of
from kam.users.scopes import team_of
from kpi.measures.registry import all_measures
from kpi.measures.rules import DEPARTMENT, Holder
from kpi.measures.selectors import by_day, facts_behind, figures, figures_of, written_facts
from kpi.measures.terms import Kind
from tests.factories.accounts import file_definition, make_person, make_role, make_unit
from tests.factories.campaigns import make_campaign, make_rules, make_signed
from tests.factories.offers import paper
from tests.factories.visits import make_line, make_plan, make_visit

pytestmark = pytest.mark.django_db
MAY, JUNE = month_of(date(2026, 5, 1)), month_of(date(2026, 6, 1))
JULY = month_of(date(2026, 7, 1))
D = Decimal


def person(user):
    return Holder(Kind.PERSON, (user.pk,))


def team(row):
    return Holder(Kind.TEAM, (row.pk,))


def at(day, hour=4):
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))


def closed(cast, day=date(2026, 6, 10), name="洪嘉伟"):
    """A deal of the owner, signed and paid in part on `day`."""
    campaign = make_campaign(window_from=None, window_to=None)
    make_rules(campaign)
    with at(day):
        deal = make_signed(make_unit("泉州商会", owner=cast.owner), campaign, name, signed_on=day)
        receive_payment(deal, amount=D(100_000), received_on=day, reference="R-1", by=cast.finance)
    deal.refresh_from_db()
    return deal


def test_s199_an_agreement_counts_on_the_day_it_was_signed_for_the_owner_of_that_day(cast):
    unit = make_unit("泉州商会", owner=cast.owner)
    Ownership.objects.filter(unit=unit).update(started_on=date(2026, 1, 1), ended_on=date(2026, 6, 11))
    Ownership.objects.create(
        unit=unit, owner=cast.other_team, team=cast.second_team, started_on=date(2026, 6, 11)
    )
    first = record_agreement(
        unit, paper(date(2026, 6, 1), date(2026, 12, 31), signed_on=date(2026, 6, 10)), by=cast.owner
    )
    renewal = paper(date(2027, 1, 1), date(2027, 12, 31), signed_on=date(2026, 6, 11))
    record_agreement(unit, renewal, renews=first, by=cast.other_team)
    june = figures("agreements.signed", JUNE)
    assert (june.of(person(cast.owner)), june.of(team(cast.team))) == (1, 1)
    assert (june.of(person(cast.other_team)), june.of(team(cast.second_team)), june.of(DEPARTMENT)) == (
        1,
        1,
        2,
    )
    assert [row.ref for row in facts_behind("agreements.signed", person(cast.owner), JUNE)] == [
        f"agreement:{first.pk}"
    ]
    assert figures("agreements.signed", MAY).of(DEPARTMENT) == 0


def test_a_sale_counts_when_the_first_payment_comes_and_for_whom_it_was_signed(cast):
    deal = closed(cast)
    Ownership.objects.filter(unit=deal.unit).update(ended_on=date(2026, 6, 11))
    Ownership.objects.create(
        unit=deal.unit, owner=cast.other_team, team=cast.second_team, started_on=date(2026, 6, 11)
    )
    told = figures("sales.actual", JUNE)
    assert told.of(person(cast.owner)) == D("433160.00")
    assert told.of(team(cast.team)) == told.of(DEPARTMENT) == D("433160.00")
    assert told.of(person(cast.other_team)) == told.of(team(cast.second_team)) == 0
    assert figures("sales.deals", JUNE).of(person(cast.owner)) == 1
    assert figures("sales.actual", MAY).of(DEPARTMENT) == figures("sales.actual", JULY).of(DEPARTMENT) == 0


def test_a_cancellation_is_a_negative_fact_of_its_own_month(cast):
    deal = closed(cast)
    with at(date(2026, 7, 3)):
        cancel_deal(deal, reason="贷款没有批下来", by=cast.director, version=deal.version)
    assert figures("sales.actual", JUNE).of(person(cast.owner)) == D("433160.00")
    assert figures("sales.actual", JULY).of(person(cast.owner)) == D("-433160.00")
    assert figures("sales.actual", Period(JUNE.first, JULY.last)).of(person(cast.owner)) == 0


def test_a_contract_is_settled_with_its_last_payment(cast):
    deal = closed(cast)
    assert figures("contracts.due", JUNE).of(DEPARTMENT) == D("433160.00")
    assert figures("contracts.received", JUNE).of(DEPARTMENT) == D(100_000)
    assert figures("contracts.settled", JUNE).of(DEPARTMENT) == 0
    with at(date(2026, 7, 3)):
        receive_payment(
            deal, amount=D(333_160), received_on=date(2026, 7, 3), reference="R-2", by=cast.finance
        )
    assert figures("contracts.settled", JULY).of(person(cast.owner)) == D("433160.00")


def change(unit, *steps):
    for old, new, day in steps:
        StatusChange.objects.create(unit=unit, old=old, new=new, on=day)


def test_the_first_change_to_cooperating_is_a_unit_developed(cast):
    first, entered = make_unit(owner=cast.owner), make_unit(owner=cast.owner)
    change(
        first, ("developing", "cooperating", date(2026, 6, 5)), ("cooperating", "dormant", date(2026, 6, 8))
    )
    change(first, ("dormant", "cooperating", date(2026, 7, 1)))
    change(entered, ("", "cooperating", date(2026, 6, 5)))
    assert figures("units.developed", JUNE).of(person(cast.owner)) == 1
    assert figures("units.developed", JULY).of(DEPARTMENT) == 0


def test_churn_counts_units_held_at_the_start_and_lost_at_the_end(cast):
    held = [make_unit(owner=cast.owner) for _n in range(4)]
    for unit in held:
        change(unit, ("developing", "cooperating", date(2026, 5, 31)))
    change(held[0], ("cooperating", "lost", date(2026, 6, 10)))
    change(held[1], ("cooperating", "dormant", date(2026, 6, 10)))
    change(held[2], ("cooperating", "lost", date(2026, 6, 10)), ("lost", "won_back", date(2026, 6, 20)))
    late = make_unit(owner=cast.owner)
    change(late, ("developing", "cooperating", JUNE.first), ("cooperating", "lost", date(2026, 6, 2)))
    told = figures_of(["units.held", "units.lost", "units.won_back", "units.stable"], JUNE)
    assert {key: row.of(person(cast.owner)) for key, row in told.items()} == {
        "units.held": 4,
        "units.lost": 1,
        "units.won_back": 1,
        "units.stable": 0,
    }
    assert figures("units.held", JULY).of(DEPARTMENT) == 1


def test_a_file_is_complete_by_the_definition_of_the_last_day(cast):
    file_definition()
    unit = make_unit(owner=cast.owner)
    make_unit(owner=cast.owner)
    make_role(make_person(unit))
    for field, value in (("headcount", 80), ("main_business", "建材")):
        unit.observations.create(field=field, value=value, learned_on=date(2026, 6, 10))
    told = {month: figures_of(["files.all", "files.complete"], month) for month in (MAY, JUNE)}
    assert [row.of(person(cast.owner)) for row in told[JUNE].values()] == [2, 1]
    assert [row.of(person(cast.owner)) for row in told[MAY].values()] == [2, 0]


def test_visits_count_on_their_business_date_and_plans_by_their_lines(cast):
    unit = make_unit(owner=cast.owner)
    with at(date(2026, 6, 12)):
        plan = make_plan(cast.owner, date(2026, 6, 15))
        lines = [make_line(plan, unit, day=day) for day in (date(2026, 6, 15), date(2026, 6, 16))]
    plan.state = "approved"
    plan.save(update_fields=["state"])
    make_visit(unit, user=cast.owner, on=date(2026, 6, 15), plan_line=lines[0])
    make_visit(unit, user=cast.owner, on=date(2026, 6, 17), outcome="not_met")
    waiting = make_visit(unit, user=cast.owner, on=date(2026, 6, 18))
    type(waiting).objects.filter(pk=waiting.pk).update(is_late=True, business_date=None)
    told = figures_of(["visits.held", "visits.planned", "visits.kept"], JUNE)
    assert [row.of(person(cast.owner)) for row in told.values()] == [1, 2, 1]
    assert told["visits.held"].of(team(cast.team)) == 1
    assert by_day("visits.held", person(cast.owner), JUNE) == {date(2026, 6, 15): 1}


def test_every_figure_is_the_sum_of_its_facts(cast):
    closed(cast)
    unit = make_unit(owner=cast.owner)
    change(unit, ("developing", "cooperating", date(2026, 5, 5)), ("cooperating", "lost", date(2026, 6, 5)))
    make_visit(unit, user=cast.owner, on=date(2026, 6, 15))
    seen = 0
    for key in all_measures():
        told = figures(key, JUNE)
        for holder in (person(cast.owner), team(cast.team), DEPARTMENT):
            facts = facts_behind(key, holder, JUNE)
            assert sum((fact.amount for fact in facts), D(0)) == told.of(holder), key
            assert len(facts) == told.count_of(holder), key
            seen += len(facts)
    assert seen > 20


def test_facts_are_written_as_their_texts_and_add_up(cast):
    closed(cast)
    unit = make_unit('泉州 "老" 商会\\1', owner=cast.owner)
    change(unit, ("developing", "cooperating", date(2026, 5, 5)), ("cooperating", "lost", date(2026, 6, 5)))
    for day in (16, 9, 15):
        make_visit(unit, user=cast.owner, on=date(2026, 6, day))
    seen = 0
    for key in all_measures():
        told, rows = written_facts(key, JUNE)
        assert told == figures(key, JUNE), key
        for holder in (person(cast.owner), team(cast.team), DEPARTMENT):
            texts = [
                [row.ref, row.day.isoformat(), str(row.amount)] for row in facts_behind(key, holder, JUNE)
            ]
            wanted = [json.dumps(text, ensure_ascii=False, separators=(",", ":")) for text in sorted(texts)]
            assert list(rows.of(holder)) == wanted, key
            seen += len(wanted)
    assert seen > 20


def test_the_team_is_that_of_the_day(cast):
    unit = make_unit(owner=cast.owner)
    make_visit(unit, user=cast.owner, on=date(2026, 6, 15))
    cast.owner.memberships.update(ended_on=date(2026, 6, 14), started_on=date(2026, 1, 1))
    cast.owner.memberships.create(team=cast.second_team, started_on=date(2026, 6, 15))
    make_visit(unit, user=cast.lead, on=date(2026, 6, 15))
    told = figures("visits.held", JUNE)
    assert (told.of(team(cast.team)), told.of(team(cast.second_team))) == (1, 1)
    assert team_of(cast.lead) == cast.team
