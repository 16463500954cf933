"""S-029, S-013: a round from its opening to its closing; what is settled stays."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from accounts.evaluation.criteria import last_criteria, replace_criteria
from accounts.evaluation.models import (
    EvaluationCriteria,
    EvaluationDimension,
    EvaluationRound,
    FocusPeriod,
    Score,
    ScoreSheet,
)
from accounts.evaluation.registry import Cost, Hint, register_cost, register_hint
from accounts.evaluation.selectors import balances_of, comparison_of
from accounts.evaluation.services import (
    RoundPlan,
    change_scorer,
    close_round,
    decide,
    decide_by_line,
    end_focus,
    open_round,
    return_sheet,
    save_scores,
)
from accounts.red_flags.services import recompute
from accounts.units.models import DirtyUnit
from accounts.units.services import observe
from accounts.units.terms import Field
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.outbox.models import Notice
from kam.people.registry import all_holdings
from tests.factories.accounts import make_contact, make_unit

STRONG = {"purchasing_power": 5, "intention": 4, "size": 4, "access": 3, "fit": 4, "competition": 3}
WEAK = dict.fromkeys(STRONG, 2)


def score(sheet, grades, **more):
    told = {"comments": {"size": "counted"}, "comment": "worth it", "by": sheet.scorer, "submit": True}
    return save_scores(sheet, grades, **(told | more))


def test_opening_gives_each_owner_a_sheet_and_tells_them(cast, running):
    rows = ScoreSheet.objects.filter(round=running).order_by("unit_id")
    assert [(row.scorer, row.state) for row in rows] == [(cast.owner, "open"), (cast.same_team, "open")]
    assert set(Notice.objects.filter(kind="evaluation").values_list("to", flat=True)) == {
        cast.owner.pk,
        cast.same_team.pk,
    }
    assert running.criteria.version == 1


@pytest.mark.parametrize(
    ("changed", "code"), [({"last": -100}, "order"), ({"due_on": -1}, "past"), ({"units": 0}, "empty")]
)
def test_a_round_that_cannot_be_is_refused(cast, plan, unit, changed, code):
    days = {name: business_date() + timedelta(days=n) for name, n in changed.items() if name != "units"}
    told = RoundPlan(plan.name, plan.first, days.get("last", plan.last), days.get("due_on", plan.due_on))
    with pytest.raises(BusinessError) as refusal:
        open_round(told, [] if "units" in changed else [unit], by=cast.manager)
    assert refusal.value.code == code
    assert EvaluationRound.objects.count() == 0


def test_a_draft_may_lack_grades_a_submitted_sheet_may_not(cast, sheet, unit):
    observe(unit, {Field.HEADCOUNT: 450}, learned_on=business_date(), by=cast.owner)
    draft = score(sheet, {"size": 4}, submit=False)
    assert (draft.state, draft.points, draft.version) == ("draft", None, 2)
    with pytest.raises(BusinessError) as refusal:
        score(sheet, STRONG | {"fit": None})
    assert refusal.value.field == "grade_fit"
    with pytest.raises(ConflictError):
        score(sheet, STRONG, version=1)
    done = score(sheet, STRONG, version=2)
    assert (done.state, done.points, done.submitted_on) == ("submitted", Decimal("75.0"), business_date())
    size = Score.objects.get(sheet=sheet, dimension__code="size")
    assert (size.grade, size.comment) == (4, "counted")
    assert size.evidence.startswith("450 people, learned")
    with pytest.raises(ConflictError):
        score(sheet, WEAK)
    assert AuditEntry.objects.get(act="accounts.evaluation.submitted").changes == {"points": [None, "75.0"]}


def test_only_the_named_person_scores(cast, sheet):
    with pytest.raises(BusinessError):
        score(sheet, STRONG, by=cast.manager)
    assert Score.objects.count() == 0


def test_above_the_line_into_the_focus_and_out_again(cast, sheet, unit):
    with pytest.raises(ConflictError):
        decide(sheet, focus=True, by=cast.manager)
    score(sheet, STRONG)
    done = decide(sheet, focus=True, by=cast.manager)
    unit.refresh_from_db()
    assert (unit.is_focus, unit.version, done.decision) == (True, 2, "focus")
    period = FocusPeriod.objects.get()
    assert (period.unit, period.sheet, period.started_on, period.ended_on) == (
        unit,
        sheet,
        business_date(),
        None,
    )
    assert DirtyUnit.objects.filter(unit=unit).exists()
    with pytest.raises(ConflictError):
        decide(sheet, focus=False, by=cast.manager, reason="no")
    with pytest.raises(BusinessError):
        end_focus(unit, by=cast.manager, reason=" ")
    end_focus(unit, by=cast.manager, reason="they build themselves", version=2)
    period.refresh_from_db()
    assert (period.ended_on, period.end_reason) == (business_date(), "they build themselves")
    with pytest.raises(BusinessError):
        end_focus(unit, by=cast.manager, reason="again")
    recompute([unit.pk])


def test_against_the_line_only_with_a_reason(cast, sheet, unit):
    score(sheet, WEAK)
    with pytest.raises(BusinessError) as refusal:
        decide(sheet, focus=True, by=cast.manager)
    assert refusal.value.code == "reason"
    unit.refresh_from_db()
    assert not unit.is_focus
    decide(sheet, focus=True, by=cast.manager, reason="the mayor asked")
    unit.refresh_from_db()
    assert unit.is_focus


def test_many_are_decided_by_the_line_each_for_itself(cast, running, sheet, other):
    second = ScoreSheet.objects.get(round=running, unit=other)
    other.is_focus = True
    other.save(update_fields=["is_focus"])
    FocusPeriod.objects.create(unit=other, started_on=business_date() - timedelta(days=30))
    score(sheet, STRONG)
    score(second, WEAK)
    rows = list(ScoreSheet.objects.filter(round=running).select_related("round__criteria"))
    rows[0].version += 7
    results = decide_by_line(rows, by=cast.manager)
    assert [bool(row.problem) for row in results] == [True, False]
    other.refresh_from_db()
    assert not other.is_focus
    assert FocusPeriod.objects.get(unit=other).end_reason == str(running)


def test_a_submitted_sheet_is_returned_with_a_reason_until_it_is_decided(cast, sheet):
    score(sheet, STRONG)
    with pytest.raises(BusinessError):
        return_sheet(sheet, by=cast.manager, reason="")
    back = return_sheet(sheet, by=cast.manager, reason="look at the size again")
    assert (back.state, back.points) == ("draft", None)
    assert Notice.objects.filter(to=cast.owner, text__contains="look at the size again").count() == 1
    score(sheet, WEAK)
    decide(sheet, focus=False, by=cast.manager)
    with pytest.raises(ConflictError):
        return_sheet(sheet, by=cast.manager, reason="late")


def test_a_round_closes_when_nothing_waits_and_then_stays(cast, running, sheet):
    score(sheet, STRONG)
    with pytest.raises(BusinessError) as refusal:
        close_round(running, by=cast.manager)
    assert refusal.value.code == "undecided"
    decide(sheet, focus=True, by=cast.manager)
    with pytest.raises(ConflictError):
        close_round(running, by=cast.manager, version=9)
    closed = close_round(running, by=cast.manager, version=1)
    assert (closed.state, closed.closed_by) == ("closed", cast.manager)
    second = ScoreSheet.objects.exclude(pk=sheet.pk).get()
    with pytest.raises(BusinessError) as refusal:
        score(second, STRONG)
    assert refusal.value.code == "closed"
    with pytest.raises(BusinessError):
        close_round(running, by=cast.manager)
    assert Score.objects.filter(sheet=second).count() == 0


def test_what_is_settled_stays_also_for_the_owner_of_the_database(cast, running, sheet, unit):
    score(sheet, STRONG)
    for act in (
        lambda: Score.objects.filter(sheet=sheet).update(grade=5),
        lambda: Score.objects.filter(sheet=sheet).delete(),
        lambda: ScoreSheet.objects.filter(pk=sheet.pk).update(points=99),
        lambda: EvaluationDimension.objects.update(weight=1),
        lambda: EvaluationCriteria.objects.update(line=1),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    decide(sheet, focus=True, by=cast.manager)
    end_focus(unit, by=cast.manager, reason="sold")
    close_round(running, by=cast.manager)
    for act in (
        lambda: ScoreSheet.objects.filter(pk=sheet.pk).update(decision="not"),
        lambda: FocusPeriod.objects.update(reason="x"),
        lambda: EvaluationRound.objects.update(name="x"),
        lambda: ScoreSheet.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    sheet.refresh_from_db()
    assert (sheet.points, sheet.decision) == (Decimal("75.0"), "focus")


def test_two_times_in_focus_never_overlap(cast, unit):
    day = business_date()
    FocusPeriod.objects.create(
        unit=unit, started_on=day - timedelta(days=9), ended_on=day - timedelta(days=2)
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        FocusPeriod.objects.create(unit=unit, started_on=day - timedelta(days=3))
    FocusPeriod.objects.create(unit=unit, started_on=day - timedelta(days=2))


def test_the_application_may_not_delete_what_was_scored(as_application):
    for table in ("scoresheet", "score", "focusperiod", "evaluationround"):
        with pytest.raises(Exception, match="permission denied"):
            as_application(f"delete from accounts_{table}")


def test_open_sheets_of_others_units_go_along_in_a_handover(cast, sheet):
    """Those of one's own units go along with the unit (tests/visits/plans/test_unit_goes_along.py)."""
    holding = next(row for row in all_holdings() if row.key == "accounts.score_sheets")
    assert holding.of(cast.owner) == []
    change_scorer(sheet, scorer=cast.lead, by=cast.manager)
    assert [row.label for row in holding.of(cast.lead)] == ["泉州商会"]
    holding.move([str(sheet.pk)], cast.lead, cast.manager, cast.manager)
    sheet.refresh_from_db()
    assert sheet.scorer == cast.manager
    with pytest.raises(BusinessError):
        change_scorer(sheet, scorer=cast.manager, by=cast.manager)
    sheet = change_scorer(sheet, scorer=cast.owner, by=cast.manager)
    score(sheet, STRONG)
    with pytest.raises(BusinessError):
        change_scorer(sheet, scorer=cast.lead, by=cast.manager)


def test_rounds_keep_the_criteria_they_were_opened_with(cast, sheet, plan, unit):
    kept = last_criteria()
    for row in kept["dimensions"]:
        row["weight"] = {"purchasing_power": 40, "fit": 5, "competition": 5}.get(row["code"], row["weight"])
    kept["dimensions"] = [row for row in kept["dimensions"] if row["code"] != "access"] + [
        next(row for row in kept["dimensions"] if row["code"] == "access") | {"weight": 10}
    ]
    new = replace_criteria(kept | {"line": "70"}, by=cast.director, on=business_date())
    assert (new.version, new.line, new.dimensions.count()) == (2, "70", 6)
    assert score(sheet, STRONG).points == Decimal("75.0")
    assert open_round(plan, [unit], by=cast.manager).criteria == new
    with pytest.raises(BusinessError):
        replace_criteria(kept | {"line": "0"}, by=cast.director, on=business_date())
    with pytest.raises(BusinessError):
        replace_criteria(kept, by=cast.director, on=business_date() - timedelta(days=1))


def test_value_against_cost_and_side_by_side(cast, running, sheet, unit, other):
    observe(unit, {Field.LARGEST_DEAL: "500"}, learned_on=business_date(), by=cast.owner)
    for days in (0, 30, 365):
        make_contact(unit, on=business_date() - timedelta(days=days))
    found = balances_of([unit.pk, other.pk], business_date())
    assert (found[unit.pk].balance.value, found[unit.pk].balance.cost) == (Decimal(500), Decimal("750.0"))
    assert found[unit.pk].balance.is_loss
    assert (found[other.pk].balance.value, found[other.pk].balance.cost) == (None, None)
    score(sheet, STRONG)
    second = ScoreSheet.objects.get(round=running, unit=other)
    score(second, WEAK | {"fit": 5})
    shown = comparison_of([unit, other], business_date())
    assert [one.sheet.points for one in shown.units] == [Decimal("75.0"), Decimal("32.5")]
    assert dict(shown.rows)["Fit with what we sell"] == [(4, False), (5, True)]
    stranger = comparison_of([unit, make_unit()], business_date())
    assert stranger.units[1].sheet is None


def test_a_room_registers_once():
    with pytest.raises(ValueError, match="twice"):
        register_hint(Hint("needs", "Needs", lambda _u, _d: {}))
    with pytest.raises(ValueError, match="twice"):
        register_cost(Cost("visits", "visits", 1, lambda _u, _f, _l: {}))
