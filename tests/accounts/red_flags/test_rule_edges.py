"""The days on which a flag begins and ends, to the day and the minute; without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.persons.terms import Confidence
from accounts.red_flags.rules import Thresholds, flags_of
from accounts.red_flags.rules.facts import (
    AgreementEnds,
    Contract,
    FlowDrawn,
    Held,
    Moved,
    PersonState,
    PlanOverdue,
    SevereComplaint,
    UnitFacts,
    VisitDue,
)
from accounts.red_flags.terms import FlagKind
from accounts.roles.terms import Seat

TODAY = date(2026, 6, 22)
MOMENT = datetime(2026, 6, 20, 9, 0, tzinfo=UTC)
LIMITS = Thresholds(new_face=30, changed=30, written=7, contract=60, contact={"A": 7, "B": 14, "C": 30})


def raised(kind, *, tier="A", opened_on=TODAY, **facts):
    told = UnitFacts(unit_id=1, tier=tier, opened_on=opened_on, **facts)
    return [flag for flag in flags_of(told, today=TODAY, limits=LIMITS) if flag.kind == kind]


@pytest.mark.parametrize(("met_on", "stands"), [(-1, True), (0, True), (1, False)])
def test_changed_power_stands_until_the_decision_maker_was_met_on_a_later_day(met_on, stands):
    changed_on = date(2026, 6, 10)
    met = changed_on + timedelta(days=met_on)
    held = Held(1, Seat.DECISION_MAKER, Confidence.CONFIRMED, changed_on)
    decider = PersonState(7, "Xu", changed_on, held=(held,), met_first_on=met, met_last_on=met)
    flags = raised(
        FlagKind.PURCHASING_POWER_CHANGED, persons=(decider,), power_change=(3, changed_on, "4", "2")
    )
    assert [flag.since_on for flag in flags] == ([changed_on] if stands else [])


@pytest.mark.parametrize(("days", "stands"), [(30, True), (31, False)])
def test_changed_power_stands_thirty_days_at_most(days, stands):
    on = TODAY - timedelta(days=days)
    assert bool(raised(FlagKind.PURCHASING_POWER_CHANGED, power_change=(3, on, "4", "2"))) is stands


@pytest.mark.parametrize(("minutes", "stands"), [(-1, True), (0, True), (1, False)])
def test_a_move_stands_until_the_flow_was_drawn_after_it(minutes, stands):
    flow = FlowDrawn(5, MOMENT.date(), MOMENT + timedelta(minutes=minutes), deciders=1)
    moved = (Moved(9, MOMENT.date(), MOMENT, "Xu"),)
    flags = raised(FlagKind.ORGANISATION_CHANGED, flow=flow, moved=moved)
    assert [flag.since_on for flag in flags] == ([MOMENT.date()] if stands else [])


@pytest.mark.parametrize(("day", "stands"), [(-1, False), (0, True), (1, False)])
def test_an_outline_is_missing_on_the_day_of_the_visit_alone(day, stands):
    due = (VisitDue("line:7", TODAY + timedelta(days=day), has_outline=False, label="09:00"),)
    assert bool(raised(FlagKind.NO_OUTLINE, visits_due=due)) is stands


@pytest.mark.parametrize(
    ("opened", "contact", "since"),
    [
        (10, 5, None),  # the file is older than the contact: the contact counts
        (5, 10, None),  # the file was opened after the contact: the file counts
        (8, 30, 0),  # eight days after the opening, seven are allowed
        (30, 8, 0),
        (7, 30, None),
        (8, None, 0),
        (7, None, None),
    ],
)
def test_no_contact_counts_from_the_later_of_opening_and_contact(opened, contact, since):
    last = None if contact is None else TODAY - timedelta(days=contact)
    flags = raised(FlagKind.NO_CONTACT, opened_on=TODAY - timedelta(days=opened), last_contact_on=last)
    assert [flag.since_on for flag in flags] == ([] if since is None else [TODAY])


@pytest.mark.parametrize(("days", "stands"), [(-1, False), (0, True), (60, True), (61, False)])
def test_a_contract_is_told_from_sixty_days_before_its_end_to_its_end(days, stands):
    ends = TODAY + timedelta(days=days)
    flags = raised(FlagKind.COMPETITOR_CONTRACT_ENDS, contracts=(Contract("c:1", ends, "Rival", "Gifts"),))
    assert [flag.since_on for flag in flags] == ([ends - timedelta(days=60)] if stands else [])


@pytest.mark.parametrize(("days", "stands"), [(-1, False), (0, True), (90, True), (91, False)])
def test_an_agreement_is_told_from_its_notice_to_its_last_day(days, stands):
    ends = TODAY + timedelta(days=days)
    told = AgreementEnds("7:x", "XY-7", "Frame", ends - timedelta(days=90), ends)
    flags = raised(FlagKind.AGREEMENT_ENDS, agreements=(told,))
    assert [(flag.fact_key, flag.since_on, flag.evidence) for flag in flags] == (
        [("7:x", told.since_on, {"number": "XY-7", "title": "Frame", "ends": ends.isoformat()})]
        if stands
        else []
    )


def test_a_severe_complaint_is_told_from_the_day_it_came():
    told = SevereComplaint("c:4:1", TODAY, TODAY + timedelta(days=2), "C-4")
    (flag,) = raised(FlagKind.SEVERE_COMPLAINT, complaints=(told,))
    assert (flag.fact_key, flag.since_on, flag.evidence) == (
        "c:4:1",
        TODAY,
        {"number": "C-4", "ends": "2026-06-24"},
    )


def test_a_service_plan_is_named_by_the_first_contact_that_nobody_did():
    due = date(2026, 6, 1)
    plan = PlanOverdue(3, 7, "Xu", Seat.DECISION_MAKER, due, date(2026, 6, 8), 2)
    (flag,) = raised(FlagKind.SERVICE_PLAN_OVERDUE, service_plans=(plan,))
    assert (flag.fact_key, flag.since_on, flag.person_id) == ("3:2026-06-01", date(2026, 6, 8), 7)
    assert flag.evidence == {"person": "Xu", "seat": Seat.DECISION_MAKER, "due": due.isoformat(), "failed": 2}
