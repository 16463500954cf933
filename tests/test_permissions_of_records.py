"""Who may what with a record: by its unit, its state and the people it names (spec 01, 12-decisions 1–6).

Each line of the table gives a permission, stand-ins of records that hold only what it reads, and everybody of the cast who may. The
unit is the owner's, in group 1. Who left may nothing, whatever the record says of them.
"""

from types import SimpleNamespace as Of

import pytest

from accounts.competition import permissions as competition
from accounts.complaints import permissions as complaints
from accounts.development import permissions as development
from accounts.evaluation import permissions as evaluation
from accounts.imports import permissions as imports
from accounts.knowledge import permissions as knowledge
from accounts.persons import permissions as persons
from accounts.pool import permissions as pool
from accounts.red_flags import permissions as red_flags
from accounts.satisfaction import permissions as satisfaction
from accounts.units import permissions as units
from campaigns.budgets import permissions as budgets
from campaigns.campaigns import permissions as campaigns
from campaigns.campaigns.terms import PartKind
from campaigns.deals import permissions as deals
from campaigns.earnest import permissions as earnest
from campaigns.expenses import permissions as expenses
from campaigns.gift_plans import permissions as gift_plans
from campaigns.gifts import permissions as gifts
from campaigns.inspections import permissions as inspections
from campaigns.materials import permissions as materials
from campaigns.outlets import permissions as outlets
from campaigns.pilots import permissions as pilots
from campaigns.quotes import permissions as quotes
from campaigns.rebates import permissions as rebates
from campaigns.receptions import permissions as receptions
from campaigns.sponsorships import permissions as sponsorships
from kam.job_sheets import permissions as job_sheets
from kam.lists import permissions as lists
from kam.personnel import permissions as personnel
from kam.users.models import User
from visits.appointments import permissions as appointments
from visits.plans import permissions as plans
from visits.reports import permissions as reports
from visits.trips import permissions as trips
from visits.visits import permissions as visits

pytestmark = pytest.mark.django_db
#: Who writes the owner's unit, and who of them decides about it.
WRITE, LEAD = frozenset({"owner", "manager", "director"}), frozenset({"manager", "director"})
NOBODY: frozenset[str] = frozenset()
PEOPLE = (
    "owner",
    "same_team",
    "lead",
    "manager",
    "other_team",
    "other_lead",
    "other_manager",
    "director",
    "marketing",
    "gm",
    "finance",
    "clerk",
    "hr",
    "admin",
    "gone",
)


def who(cast, permission, *records):
    return {name for name in PEOPLE if permission(getattr(cast, name), *records)}


def of_a_unit(unit):
    """Permissions that ask whether the unit of the record is theirs to write."""
    record = Of(unit=unit)
    return [
        (units.can_edit_unit, unit, WRITE),
        (units.can_change_owner, unit, LEAD),
        (units.can_change_tier, unit, LEAD),
        (units.can_read_personal, unit, {"owner", "manager"}),
        (units.can_add_files, unit, WRITE | {"clerk"}),
        (persons.can_add_person, unit, WRITE),
        (persons.can_edit_person, record, WRITE),
        (persons.can_read_person_data, record, {"owner", "manager"}),
        (pool.can_ask_transfer, unit, WRITE),
        (pool.can_ask_transfer, Of(owner_id=None, team_id=unit.team_id), NOBODY),
        (red_flags.can_acknowledge_flag, record, WRITE),
        (satisfaction.can_ask, unit, WRITE),
        (satisfaction.can_handle_invitation, record, WRITE),
        (development.can_move_phase, unit, WRITE),
        (development.can_write_plan, unit, WRITE),
        (development.can_override_phase, unit, LEAD),
        (evaluation.can_decide_focus, unit, LEAD),
        (complaints.can_record_complaint, unit, WRITE | {"clerk"}),
        (knowledge.can_record_suggestion, unit, WRITE | {"clerk"}),
        (visits.can_log_visit, unit, WRITE),
        (visits.can_read_unit_of, record, WRITE | {"lead", "marketing", "gm", "clerk"}),
        (quotes.can_make_quote, unit, WRITE),
        (deals.can_open_deal, unit, WRITE),
        (earnest.can_note_for, unit, WRITE),
        (gifts.can_ask_gift, unit, WRITE),
        (receptions.can_ask_reception, unit, WRITE),
        (outlets.can_add_outlet, unit, WRITE),
        (sponsorships.can_ask_sponsorship, unit, WRITE),
        (outlets.can_tell_sales, record, WRITE),
        (rebates.can_claim, record, WRITE),
    ]


def of_named_people(unit, cast):
    """Permissions that ask whom the record names: here somebody of the other team, and who left."""
    other, gone = cast.other_team.pk, cast.gone.pk
    complaint = Of(owner_id=other, unit=unit)
    led = Of(complaint=complaint, leader_id=other)
    return [
        (complaints.can_handle_complaint, complaint, WRITE | {"other_team"}),
        (complaints.can_supervise_complaint, complaint, LEAD),
        (complaints.can_judge_complaint, Of(owner_id=cast.manager.pk, unit=unit), {"director"}),
        (complaints.can_lead_crisis, led, LEAD | {"other_team"}),
        (complaints.can_do_step, Of(responsible_id=gone, crisis=led), LEAD | {"other_team"}),
        (
            complaints.can_do_step,
            Of(responsible_id=cast.clerk.pk, crisis=led),
            LEAD | {"other_team", "clerk"},
        ),
        (knowledge.can_handle_suggestion, complaint, WRITE | {"other_team"}),
        (knowledge.can_work_on_support, Of(helper_id=cast.finance.pk), {"finance"}),
        (knowledge.can_work_on_support, Of(helper_id=gone), NOBODY),
        (knowledge.can_rate_support, Of(asked_by_id=other), {"other_team"}),
        (
            knowledge.can_edit_article,
            Of(author_id=other),
            {"other_team", "manager", "other_manager", "director", "marketing"},
        ),
        (evaluation.can_close_round, Of(opened_by_id=cast.manager.pk), {"manager", "director"}),
        (evaluation.can_close_round, Of(opened_by_id=other), {"director"}),
        (lists.can_change_view, Of(owner_id=other), {"other_team"}),
        (lists.can_share_view, cast.team, {"lead", "manager"}),
        (reports.can_hand_in_report, Of(user_id=cast.owner.pk, unit=unit), {"owner"}),
        (visits.can_change_visit, Of(user_id=other, unit=unit), NOBODY),
        (trips.can_edit_trip, Of(user_id=other), {"other_team"}),
        (trips.can_edit_trip, Of(user_id=cast.clerk.pk), NOBODY),
        (trips.can_report_trip, Of(reporter_id=cast.clerk.pk), {"clerk"}),
        (trips.can_report_trip, Of(reporter_id=gone), NOBODY),
        (
            appointments.can_change_appointment,
            Of(user_id=cast.owner.pk, team_id=cast.team.pk, recorded_by_id=other),
            WRITE | {"clerk", "other_team"},
        ),
        (appointments.can_plan_appointment, Of(user_id=cast.owner.pk, team_id=cast.team.pk), WRITE),
    ]


def of_plans(cast):
    own = Of(user_id=cast.owner.pk, team_id=cast.team.pk)
    return [
        (plans.can_edit_plan, own, WRITE),
        (plans.can_edit_line, Of(plan=own), WRITE),
        (plans.can_submit_plan, own, {"owner"}),
    ]


def of_states(unit, cast):
    """Permissions that also ask how far the record is."""
    own = cast.owner.pk
    return [
        (evaluation.can_score, Of(round=Of(is_running=True), state="open", scorer_id=own), {"owner"}),
        (evaluation.can_score, Of(round=Of(is_running=True), state="submitted", scorer_id=own), NOBODY),
        (evaluation.can_score, Of(round=Of(is_running=False), state="open", scorer_id=own), NOBODY),
        (job_sheets.can_edit_sheet, Of(is_open=True), {"director", "hr"}),
        (job_sheets.can_edit_sheet, Of(is_open=False), NOBODY),
        (personnel.can_edit_proposal, Of(is_open=True, person_id=own), {"director"}),
        (personnel.can_edit_proposal, Of(is_open=True, person_id=cast.director.pk), NOBODY),
        (personnel.can_edit_proposal, Of(is_open=False, person_id=own), NOBODY),
        (personnel.can_comment, Of(person_id=own, is_decided=True, commented_at=None), {"owner"}),
        (personnel.can_comment, Of(person_id=own, is_decided=False, commented_at=None), NOBODY),
        (personnel.can_comment, Of(person_id=own, is_decided=True, commented_at="yesterday"), NOBODY),
        (quotes.can_change_quote, Of(state="open", unit=unit), WRITE),
        (quotes.can_change_quote, Of(state="withdrawn", unit=unit), NOBODY),
    ]


def of_campaigns(cast):
    planners = {"manager", "other_manager", "director"}
    line = planners | {"owner", "same_team", "lead", "other_team", "other_lead"}
    draft = Of(state="draft", coordinator_id=cast.clerk.pk, drafted_by_id=cast.other_manager.pk)
    running = Of(state="running", coordinator_id=cast.clerk.pk, drafted_by_id=cast.other_manager.pk)
    closed = Of(state="closed", coordinator_id=cast.clerk.pk, drafted_by_id=cast.other_manager.pk)
    return [
        (campaigns.can_run_campaign, draft, planners | {"clerk"}),
        (campaigns.can_run_campaign, running, planners | {"clerk"}),
        (campaigns.can_run_campaign, closed, NOBODY),
        (campaigns.can_edit_plan, draft, planners | {"clerk"}),
        (campaigns.can_edit_plan, running, NOBODY),
        (campaigns.can_submit_plan, draft, {"clerk", "other_manager"}),
        (campaigns.can_submit_plan, running, NOBODY),
        (campaigns.can_close_campaign, running, {"director"}),
        (campaigns.can_close_campaign, draft, NOBODY),
        (pilots.can_measure_pilot, Of(campaign=draft), planners | {"clerk"}),
        (pilots.can_measure_pilot, Of(campaign=running), NOBODY),
        (pilots.can_run_pilot, Of(campaign=running), planners | {"clerk"}),
        (pilots.can_run_pilot, Of(campaign=closed), NOBODY),
        (pilots.can_decide_pilot, Of(campaign=running), {"director", "marketing"}),
        (pilots.can_decide_pilot, Of(campaign=closed), NOBODY),
        (earnest.can_run_choosing, running, planners | {"clerk"}),
        (earnest.can_run_choosing, draft, NOBODY),
        (materials.can_keep_materials, None, {"clerk"}),
        (materials.can_keep_materials, running, planners | {"clerk", "marketing"}),
        (materials.can_keep_materials, closed, NOBODY),
        (materials.can_ask_supplement, running, line | {"marketing", "clerk"}),
        (materials.can_ask_supplement, closed, NOBODY),
        (materials.can_edit_supplement, Of(state="returned", asked_by_id=cast.owner.pk), {"owner"}),
        (materials.can_edit_supplement, Of(state="approved", asked_by_id=cast.owner.pk), NOBODY),
    ]


def of_money(unit, cast):
    own = cast.owner.pk
    planners = {"manager", "other_manager", "director", "marketing"}
    line = frozenset(PEOPLE) - {"gm", "finance", "clerk", "hr", "admin", "gone"}
    return [
        (budgets.can_edit_budget, Of(state="draft"), planners),
        (budgets.can_edit_budget, Of(state="approved"), NOBODY),
        (budgets.can_ask_change, Of(state="approved"), line),
        (budgets.can_ask_change, Of(state="draft"), NOBODY),
        (budgets.can_edit_change, Of(state="returned", asked_by_id=own), {"owner"}),
        (budgets.can_edit_change, Of(state="approved", asked_by_id=own), NOBODY),
        (budgets.can_book, Of(state="approved"), {"finance"}),
        (budgets.can_book, Of(state="draft"), NOBODY),
        (expenses.can_edit_claim, Of(state="draft", claimant_id=own), {"owner"}),
        (expenses.can_edit_claim, Of(state="approved", claimant_id=own), NOBODY),
        (expenses.can_pay_claim, Of(state="approved", claimant_id=own), {"finance"}),
        (expenses.can_pay_claim, Of(state="approved", claimant_id=cast.finance.pk), NOBODY),
        (expenses.can_pay_claim, Of(state="paid", claimant_id=own), NOBODY),
        (expenses.can_edit_limit, Of(state="returned", asked_by_id=own), {"owner"}),
        (expenses.can_edit_limit, Of(state="pending", asked_by_id=own), NOBODY),
        (deals.can_sign_deal, Of(state="agreed", unit=unit), WRITE),
        (deals.can_sign_deal, Of(state="signed", unit=unit), NOBODY),
        (deals.can_cancel_deal, Of(state="agreed", unit=unit), WRITE),
        (deals.can_cancel_deal, Of(state="signed", unit=unit), LEAD),
        (deals.can_cancel_deal, Of(state="cancelled", unit=unit), NOBODY),
        (deals.can_receive_payment, Of(state="signed"), {"finance"}),
        (deals.can_receive_payment, Of(state="agreed"), NOBODY),
        (deals.can_decide_loss, Of(decision="open"), {"director"}),
        (deals.can_decide_loss, Of(decision="kept"), NOBODY),
        (earnest.can_change_earnest, Of(unit=unit), WRITE),
        (earnest.can_change_earnest, Of(unit=None, owner_id=own, team_id=cast.team.pk), WRITE),
        (earnest.can_confirm_receipt, Of(state="noted"), {"finance"}),
        (earnest.can_confirm_receipt, Of(state="received"), NOBODY),
        (rebates.can_check, Of(state="approved"), {"finance"}),
        (rebates.can_check, Of(state="asked"), NOBODY),
        (rebates.can_pay, Of(state="verified"), {"finance"}),
        (rebates.can_pay, Of(state="approved"), NOBODY),
        (rebates.can_void, Of(state="verified"), {"director"}),
        (rebates.can_void, Of(state="paid"), NOBODY),
        (rebates.can_settle, Of(state="open"), {"finance", "director"}),
        (rebates.can_settle, Of(state="recovered"), NOBODY),
    ]


def of_gifts(unit, cast):
    own = cast.owner.pk
    return [
        (gifts.can_edit_gift, Of(state="returned", asked_by_id=own), {"owner"}),
        (gifts.can_edit_gift, Of(state="approved", asked_by_id=own), NOBODY),
        (gifts.can_issue_gift, Of(state="approved"), {"finance", "clerk"}),
        (gifts.can_issue_gift, Of(state="issued"), NOBODY),
        (gifts.can_hand_over_gift, Of(state="issued", unit=unit), WRITE),
        (gifts.can_hand_over_gift, Of(state="approved", unit=unit), NOBODY),
        (gifts.can_acknowledge_gift, Of(state="handed_over", unit=unit), WRITE),
        (gifts.can_acknowledge_gift, Of(state="issued", unit=unit), NOBODY),
        (gifts.can_end_gift, Of(state="acknowledged", unit=unit), WRITE),
        (gifts.can_end_gift, Of(state="returned", unit=unit), NOBODY),
        (outlets.can_write_outlet, Of(unit=unit, closed_on=None), WRITE),
        (outlets.can_write_outlet, Of(unit=unit, closed_on=1), NOBODY),
        (outlets.can_close_outlet, Of(unit=unit, closed_on=None), LEAD),
        (outlets.can_close_outlet, Of(unit=unit, closed_on=1), NOBODY),
        (inspections.can_inspect, Of(unit=unit, closed_on=None), WRITE),
        (inspections.can_add_photos, Of(by_id=own), {"owner"}),
        (sponsorships.can_edit_sponsorship, Of(state="returned", asked_by_id=own), {"owner"}),
        (sponsorships.can_edit_sponsorship, Of(state="approved", asked_by_id=own), NOBODY),
        (sponsorships.can_end_sponsorship, Of(state="approved", asked_by_id=own, unit=None), {"owner"}),
        (sponsorships.can_end_sponsorship, Of(state="approved", asked_by_id=None, unit=unit), WRITE),
        (sponsorships.can_end_sponsorship, Of(state="reported", asked_by_id=own, unit=unit), NOBODY),
        (receptions.can_edit_reception, Of(state="returned", asked_by_id=own), {"owner"}),
        (receptions.can_edit_reception, Of(state="approved", asked_by_id=own), NOBODY),
        (receptions.can_report_reception, Of(state="approved", unit=unit), WRITE | {"clerk"}),
        (receptions.can_report_reception, Of(state="reported", unit=unit), NOBODY),
        (receptions.can_cancel_reception, Of(state="approved", unit=unit), WRITE),
        (receptions.can_cancel_reception, Of(state="reported", unit=unit), NOBODY),
        (receptions.can_explain_excess, Of(excess_state="returned", reported_by_id=own), {"owner"}),
        (receptions.can_explain_excess, Of(excess_state="accepted", reported_by_id=own), NOBODY),
        (gift_plans.can_edit_plan, Of(state="draft", owner_id=own), {"owner"}),
        (gift_plans.can_edit_plan, Of(state="approved", owner_id=own), NOBODY),
        (gift_plans.can_ask_line, Of(plan=Of(state="approved"), unit=unit), WRITE),
        (gift_plans.can_ask_line, Of(plan=Of(state="draft"), unit=unit), NOBODY),
        (gift_plans.can_add_schedule, unit, WRITE),
        (gift_plans.can_end_schedule, Of(ends_on=None, unit=unit), WRITE),
        (gift_plans.can_end_schedule, Of(ends_on="yesterday", unit=unit), NOBODY),
    ]


def the_table(cast):
    unit = Of(owner_id=cast.owner.pk, team_id=cast.team.pk)
    return [
        *of_a_unit(unit),
        *of_named_people(unit, cast),
        *of_plans(cast),
        *of_states(unit, cast),
        *of_campaigns(cast),
        *of_money(unit, cast),
        *of_gifts(unit, cast),
    ]


def test_everybody_may_with_a_record_what_the_table_says(cast):
    wrong = [
        f"{permission.__module__}.{permission.__name__}({record}): {sorted(found)} instead of {sorted(told)}"
        for permission, record, told in the_table(cast)
        if (found := who(cast, permission, record)) != told
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_nobody_may_anything_with_a_record_once_they_left_whatever_they_were(cast):
    table = the_table(cast)
    left = Of(**{name: User.objects.get(pk=getattr(cast, name).pk) for name in PEOPLE})
    for person in vars(left).values():
        person.is_active = False
    wrong = [
        f"{permission.__module__}.{permission.__name__}({record}): {sorted(found)}"
        for permission, record, _told in table
        if (found := who(left, permission, record))
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_part_of_a_campaign_that_was_approved_stays_while_it_runs(cast):
    running = Of(state="running", coordinator_id=cast.clerk.pk)
    assert who(cast, campaigns.can_edit_part, running, PartKind.GOAL) == NOBODY
    assert "clerk" in who(cast, campaigns.can_edit_part, running, PartKind.LINE)


def test_a_line_of_the_schedule_is_ticked_by_whom_it_names(cast):
    running = Of(state="running", coordinator_id=cast.clerk.pk)
    assert who(cast, campaigns.can_tick_line, running, cast.hr.pk) == {
        "manager",
        "other_manager",
        "director",
        "clerk",
        "hr",
    }
    assert who(cast, campaigns.can_tick_line, running, cast.gone.pk) == {
        "manager",
        "other_manager",
        "director",
        "clerk",
    }
    assert who(cast, campaigns.can_tick_line, Of(state="draft", coordinator_id=None), cast.hr.pk) == NOBODY


def test_a_week_is_planned_by_its_owner_and_whoever_leads_with_the_right_to_write(cast):
    assert who(cast, plans.can_plan_for, cast.owner, cast.team.pk) == WRITE
    assert who(cast, plans.can_plan_for, cast.clerk, None) == NOBODY


def test_a_row_of_a_file_is_imported_for_oneself_or_by_whoever_leads(cast):
    def may(permission, owner, team):
        return {name for name in PEOPLE if permission(getattr(cast, name), owner_id=owner, team_id=team)}

    everywhere = {"director", "clerk", "admin"}
    assert may(imports.can_import_for, cast.owner.pk, cast.team.pk) == everywhere | {"owner", "manager"}
    assert may(imports.can_update_by_import, cast.owner.pk, cast.team.pk) == everywhere | {"owner", "manager"}
    assert imports.can_import_for(None, owner_id=1, team_id=None) is True


def test_product_lines_are_named_by_the_director_and_administrators(cast):
    assert {name for name in PEOPLE if competition.can_name_product_lines(getattr(cast, name))} == {
        "director",
        "admin",
    }
