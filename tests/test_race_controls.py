"""Negative control of the race tests: the same tests in a process without row locks, where each of them must fail (13-proof, 4).

The engine of approvals has a control of its own. Where a constraint holds (one open request, one key person, one booking an hour)
the test beside it takes the constraint away; periodic work is claimed by one statement.
"""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

CONTROLLED = (
    "tests/accounts/charts/test_race.py::test_two_flows_drawn_at_once_end_in_one_and_a_refusal",
    "tests/accounts/imports/test_race.py::test_a_file_started_twice_at_once_is_written_by_one_job",
    "tests/accounts/imports/test_race.py::test_a_unit_that_moves_while_its_row_is_written_is_written_before_or_not_at_all",
    "tests/accounts/merge/test_race.py::test_two_entries_merged_both_ways_at_once_are_merged_once",
    "tests/accounts/merge/test_race.py::test_a_visit_logged_while_its_unit_is_merged_is_the_survivors_or_refused",
    "tests/accounts/persons/test_race.py::test_two_replacements_at_once_leave_one_running_period",
    "tests/accounts/persons/test_ties.py::test_two_designations_at_once_leave_one_key_person",
    "tests/accounts/pool/test_race.py::test_one_unit_claimed_by_two_at_once_belongs_to_one",
    "tests/accounts/satisfaction/test_race.py::test_one_link_answered_twice_at_once_is_one_answer_and_a_refusal",
    "tests/campaigns/deals/test_race.py::test_the_deciding_set_signed_twice_at_once_is_one_and_the_next",
    "tests/campaigns/deals/test_race.py::test_one_deal_signed_by_sixteen_at_once_is_signed_once",
    "tests/campaigns/briefings/test_briefings.py::test_the_last_leaflets_are_reserved_by_one_of_two_briefings",
    "tests/campaigns/budgets/test_race.py::test_the_last_yuan_of_a_line_is_booked_once_and_refused_fifteen_times",
    "tests/campaigns/budgets/test_held.py::test_one_reservation_released_by_sixteen_at_once_is_released_once",
    "tests/campaigns/expenses/test_phone.py::test_the_last_yuan_of_a_phone_limit_is_claimed_once",
    "tests/campaigns/expenses/test_race.py::test_a_claim_paid_by_two_at_once_is_paid_once",
    "tests/campaigns/expenses/test_race.py::test_a_claim_paid_and_cancelled_at_once_is_one_of_both",
    "tests/campaigns/outlets/test_race.py::test_who_is_named_while_an_outlet_closes_sells_there_no_more_or_is_refused",
    "tests/campaigns/outlets/test_race.py::test_an_outlet_closed_by_two_at_once_is_closed_once",
    "tests/campaigns/pilots/test_race.py::test_a_round_decided_by_two_at_once_is_decided_once",
    "tests/campaigns/purchases/test_purchases.py::test_a_purchase_paid_by_two_at_once_is_paid_once",
    "tests/campaigns/purchases/test_purchases.py::test_of_two_purchases_approved_at_once_one_gets_the_last_money",
    "tests/campaigns/sponsorships/test_race.py::test_a_sponsorship_reported_by_two_at_once_is_paid_once",
    "tests/campaigns/sponsorships/test_race.py::test_of_two_sponsorships_approved_at_once_one_gets_the_last_money",
    "tests/campaigns/integrity/test_race.py::test_the_last_gift_of_a_year_is_given_by_one_of_sixteen_colleagues",
    "tests/campaigns/earnest/test_race.py::test_sixteen_receipts_at_once_draw_sixteen_serials",
    "tests/campaigns/rebates/test_race.py::test_one_rebate_paid_by_sixteen_at_once_is_paid_once",
    "tests/campaigns/materials/test_stock.py::test_the_last_thing_in_stock_is_issued_once",
    "tests/campaigns/supplies/test_supplies.py::test_the_last_thing_held_is_used_once",
    "tests/campaigns/discounts/test_race.py::test_sixteen_versions_put_in_force_at_once_are_one_after_the_other",
    "tests/kam/files/test_race.py::test_the_last_place_of_a_record_is_taken_by_one_of_two_files_brought_back",
    "tests/kam/files/test_race.py::test_the_last_place_of_a_record_is_taken_by_one_of_two_new_files",
    "tests/kam/jobs/test_race.py::test_two_workers_with_one_message_take_the_job_once",
    "tests/kam/outbox/test_delivery.py::test_two_sweepers_at_once_send_each_mail_once",
    "tests/kpi/rollup/test_race.py::test_two_who_add_up_at_once_do_it_one_after_the_other",
    "tests/kpi/sheets/test_race.py::test_of_fifty_late_entries_while_a_month_closes_each_is_in_or_refused",
    "tests/visits/equipment/test_race.py::test_one_camera_handed_out_twice_at_once_is_with_one",
    "tests/visits/followups/test_race.py::test_two_forms_of_one_day_at_once_end_in_one",
    "tests/visits/visits/test_race.py::test_two_sendings_of_one_key_at_the_same_moment_record_one_visit",
)


@pytest.mark.race
@pytest.mark.skipif(settings.SKIP_LOCKS, reason="this is the run without locks")
def test_without_row_locks_each_race_is_lost():
    environment = os.environ | {
        "KAM_TEST_SKIP_LOCKS": "1",
        "KAM_TEST_DB": f"{settings.DATABASES['default']['TEST']['NAME']}_races",
    }
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "-p", "no:randomly", "--create-db", *CONTROLLED]
    run = subprocess.run(
        command,
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    failed = set(re.findall(r"^FAILED (\S+)", run.stdout, re.MULTILINE))
    assert sorted(failed) == sorted(CONTROLLED), run.stdout[-3_000:]
