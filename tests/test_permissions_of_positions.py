"""Who may what by position alone: every permission that asks only for the person stands in this table (spec 01, 12-decisions 1–6)."""

import inspect
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

from kam.users.models import User
from kam.users.terms import Position

SPECIALIST, LEAD, MANAGER, DIRECTOR, MARKETING, GM, FINANCE, CLERK, HR, ADMIN = (
    frozenset({p}) for p in Position
)
EVERYBODY = frozenset(Position)
SELL = SPECIALIST | LEAD | MANAGER | DIRECTOR
SEE_UNITS = SELL | MARKETING | GM | CLERK

ALLOWED = {
    "accounts.archive": {
        "can_see_archive": SEE_UNITS,
    },
    "accounts.competition": {
        "can_name_product_lines": DIRECTOR | ADMIN,
    },
    "accounts.complaints": {
        "can_name_steps": DIRECTOR | ADMIN,
    },
    "accounts.development": {
        "can_see_phases": SEE_UNITS,
    },
    "accounts.evaluation": {
        "can_open_rounds": MANAGER | DIRECTOR,
    },
    "accounts.imports": {
        "can_import_units": SELL | CLERK | ADMIN,
        "can_grade_by_import": MANAGER | DIRECTOR | CLERK | ADMIN,
    },
    "accounts.knowledge": {
        "can_ask_for_support": SELL,
        "can_read_knowledge": EVERYBODY,
        "can_write_articles": SELL | MARKETING | CLERK | HR,
        "can_hold_trainings": MANAGER | DIRECTOR | MARKETING | HR,
        "can_set_standards": DIRECTOR | ADMIN,
    },
    "accounts.pool": {
        "can_see_pool": SEE_UNITS,
        "can_claim": SPECIALIST | LEAD | MANAGER,
    },
    "accounts.red_flags": {
        "can_see_flags": SEE_UNITS,
    },
    "accounts.satisfaction": {
        "can_read_surveys": SEE_UNITS,
        "can_open_round": SELL | MARKETING,
        "can_write_questionnaires": DIRECTOR | MARKETING | ADMIN,
        "can_read_questionnaires": SEE_UNITS | ADMIN,
    },
    "accounts.units": {
        "can_add_unit": SELL | CLERK,
        "can_change_owners": MANAGER | DIRECTOR,
    },
    "campaigns.budgets": {
        "can_see_budgets": SEE_UNITS | FINANCE,
        "can_add_budget": MANAGER | DIRECTOR | MARKETING,
    },
    "campaigns.campaigns": {
        "can_see_campaigns": EVERYBODY,
        "can_add_campaign": MANAGER | DIRECTOR,
    },
    "campaigns.deals": {
        "can_see_deals": SEE_UNITS | FINANCE,
    },
    "campaigns.earnest": {
        "can_see_earnest": SEE_UNITS | FINANCE,
        "can_note_ordinary": SELL,
    },
    "campaigns.expenses": {
        "can_claim": SEE_UNITS | FINANCE,
    },
    "campaigns.gifts": {
        "can_see_gifts": SEE_UNITS | FINANCE,
        "can_keep_stock": FINANCE | CLERK,
    },
    "campaigns.integrity": {
        "can_see_register": SEE_UNITS,
    },
    "campaigns.inspections": {
        "can_write_checklist": DIRECTOR | MARKETING | ADMIN,
    },
    "campaigns.outlets": {
        "can_see_outlets": SEE_UNITS,
    },
    "campaigns.purchases": {
        "can_purchase": SEE_UNITS | FINANCE,
    },
    "campaigns.supplies": {
        "can_see_supplies": SEE_UNITS,
        "can_ask_account": SEE_UNITS - GM,
        "can_keep_supplies": CLERK,
    },
    "campaigns.quotes": {
        "can_see_quotes": SEE_UNITS,
    },
    "campaigns.rebates": {
        "is_finance": FINANCE,
        "can_see_rebates": SEE_UNITS | FINANCE,
        "can_see_why": SEE_UNITS,
    },
    "campaigns.sponsorships": {
        "can_see_sponsorships": SEE_UNITS | FINANCE,
        "can_ask_without_unit": SELL,
    },
    "campaigns.pilots": {
        "can_plan_pilot": MANAGER | DIRECTOR,
    },
    "campaigns.receptions": {
        "can_see_receptions": SEE_UNITS | FINANCE,
    },
    "kam.approvals.rule_changes": {
        "can_see_rules": DIRECTOR | GM | HR | ADMIN,
        "can_draft_some_rule": DIRECTOR | HR | ADMIN,
    },
    "kam.audit": {
        "can_search_audit": DIRECTOR | ADMIN,
    },
    "kam.job_sheets": {
        "can_keep_sheets": DIRECTOR | HR,
    },
    "kam.ops": {
        "can_see_operations": ADMIN,
    },
    "kam.outbox": {
        "can_settle_messages": ADMIN,
        "can_read_sink": ADMIN,
    },
    "kam.webhooks": {
        "can_connect_programs": ADMIN,
    },
    "kam.people": {
        "can_see_users": DIRECTOR | GM | HR | ADMIN,
        "can_manage_users": ADMIN,
        "can_draft_position_change": DIRECTOR | HR | ADMIN,
        "may_prepare": MANAGER | DIRECTOR | GM,
        "can_unmask": DIRECTOR | GM,
    },
    "kam.personnel": {
        "can_read_register": DIRECTOR | GM | HR,
        "can_propose": DIRECTOR,
    },
    "kam.settings_rows": {
        "can_see_settings": DIRECTOR | GM | HR | ADMIN,
        "can_propose_settings": DIRECTOR | ADMIN,
    },
    "kam.today": {
        "can_see_missed_digests": ADMIN,
        "may_have_digests": SEE_UNITS | FINANCE | HR,
    },
    "kpi.measures": {
        "can_see_measures": SEE_UNITS | HR,
    },
    "kpi.sheets": {
        "can_see_sheets": SELL | GM | HR,
        "can_close": DIRECTOR | HR,
    },
    "kpi.targets": {
        "can_see_targets": SEE_UNITS | HR,
        "can_set_targets": MANAGER | DIRECTOR,
    },
    "visits.agenda": {
        "can_read_agenda": SEE_UNITS,
        "can_subscribe": SELL,
    },
    "visits.appointments": {
        "can_read_appointments": SEE_UNITS,
        "can_record_appointment": SELL | CLERK,
    },
    "visits.bookings": {
        "can_read_resources": SEE_UNITS,
        "can_keep_resources": CLERK,
    },
    "visits.bulletins": {
        "can_read_bulletins": SEE_UNITS | FINANCE | HR,
        "can_publish_bulletins": MARKETING | CLERK,
    },
    "visits.followups": {
        "can_file_followup": SELL,
    },
    "visits.packs": {
        "can_see_promises": SEE_UNITS,
    },
    "visits.plans": {
        "can_read_plans": SEE_UNITS,
        "can_plan": SELL,
    },
    "visits.trips": {
        "can_ask_trip": SELL,
    },
    "visits.visits": {
        "can_log_visits": SELL,
    },
    "kam.api": {
        "can_have_tokens": EVERYBODY,
    },
    "accounts.merge": {
        "can_see_duplicates": SELL | CLERK,
    },
    "visits.equipment": {
        "can_ask_loan": SELL | MARKETING | CLERK,
        "can_see_loans": SEE_UNITS,
    },
    "campaigns.agreements": {
        "can_see_agreements": SEE_UNITS,
    },
    "campaigns.bids": {
        "can_see_bids": SEE_UNITS,
    },
    "campaigns.briefings": {
        "can_see_briefings": SEE_UNITS,
    },
    "campaigns.gift_plans": {
        "can_plan_gifts": SELL,
        "can_see_plans": SEE_UNITS,
    },
    "campaigns.proposals": {
        "can_see_proposals": SEE_UNITS,
    },
    "campaigns.prospects": {
        "can_register_prospect": SELL,
        "can_see_prospects": SEE_UNITS,
    },
    "kpi.honours": {
        "can_propose": MANAGER | DIRECTOR | HR,
        "can_see_honours": EVERYBODY,
    },
    "kpi.reports": {
        "can_open_reports": SEE_UNITS | FINANCE | HR,
    },
    "kpi.statistics": {
        "can_hand_in_statistics": CLERK,
        "can_see_statements": CLERK | DIRECTOR | MARKETING | GM,
    },
    "kpi.writings": {
        "can_see_writings": SEE_UNITS | HR,
    },
}
#: Asked for a person, but they answer with more than yes or no.
NO_QUESTIONS = {("kpi.measures", "reach_of"), ("kpi.writings", "kinds_of")}


def questions():
    """Yield (room, name, function) of every permission that takes a person and nothing else."""
    for top in ("kam", "accounts", "visits", "campaigns", "kpi"):
        for path in sorted(Path(settings.BASE_DIR, top).rglob("permissions.py")):
            room = ".".join(path.parent.relative_to(settings.BASE_DIR).parts)
            module = import_module(f"{room}.permissions")
            for name, function in inspect.getmembers(module, inspect.isfunction):
                is_own = function.__module__ == module.__name__ and not name.startswith("_")
                if (
                    is_own
                    and len(inspect.signature(function).parameters) == 1
                    and (room, name) not in NO_QUESTIONS
                ):
                    yield room, name, function


def test_every_question_about_a_position_is_in_the_table():
    assert {(room, name) for room, name, _ in questions()} == {
        (room, name) for room, told in ALLOWED.items() for name in told
    }


@pytest.mark.django_db
def test_each_position_may_what_the_table_says():
    found = {
        (room, name): frozenset(p for p in Position if function(User(pk=1, position=p)))
        for room, name, function in questions()
    }
    assert found == {(room, name): people for room, told in ALLOWED.items() for name, people in told.items()}


def test_who_left_may_nothing():
    may = [
        (room, name, position.value)
        for room, name, function in questions()
        for position in Position
        if function(User(pk=1, position=position, is_active=False))
    ]
    assert may == []
