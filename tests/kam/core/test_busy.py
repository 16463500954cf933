"""Who waits in vain for what others hold is refused with a sentence, not told that KAM is away; nothing is half written (ADR 0022)."""

import json
import uuid
from decimal import Decimal

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client

from accounts.units.models import KeyAccount
from accounts.units.services import finish_next_step
from accounts.units.services_owners import change_owners
from campaigns.budgets.models import Movement
from campaigns.rebates.models import RebateHold
from campaigns.rebates.services import holds
from kam.api.services import make_token
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.core.errors import BusyError
from kam.core.locks import is_busy, say_busy
from tests.factories.accounts import make_unit
from tests.factories.budgets import line_of, make_budget
from tests.factories.campaigns import make_campaign, make_deal
from tests.racing import busy_with

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
CHAIN = "select pg_advisory_xact_lock(4711)"


def with_next_step(cast):
    unit = make_unit(owner=cast.owner, next_step="送资料")
    return unit, f"/accounts/{unit.pk}/next-step/done/"


def test_at_the_end_of_the_transaction_too(cast, client_of):
    client, (unit, address) = client_of(cast.owner), with_next_step(cast)
    entries = AuditEntry.objects.count()
    with busy_with(CHAIN, []):
        answer = client.post(address)
    unit.refresh_from_db()
    assert (answer.status_code, unit.next_step, AuditEntry.objects.count()) == (409, "送资料", entries)
    assert "Just a moment" in answer.content.decode()


def test_nothing_is_called_after_a_transaction_that_came_to_nothing(cast):
    """What was to be done after it is forgotten with it, and the next transaction works."""
    unit, called = make_unit(owner=cast.owner, next_step="送资料"), []

    def act():
        with transaction.atomic():
            transaction.on_commit(lambda: called.append("never"))
            finish_next_step(unit, by=cast.owner)

    with busy_with(CHAIN, []), connection.execute_wrapper(say_busy), pytest.raises(BusyError):
        act()
    with transaction.atomic():
        transaction.on_commit(lambda: called.append("next"))
    assert called == ["next"]
    with busy_with(CHAIN, []), pytest.raises(OperationalError):  # outside of a request it stays what it is
        act()


#: Forms that answer by themselves: who sends what to which address.
FORMS = {
    "/tasks/new/": ("owner", {"text": "下午三点后再来"}),
    "/visits/week/goal/": ("owner", {"week": "2030-W20", "goal": "下午三点后再来"}),
    "/visits/week/add/": (
        "owner",
        {"week": "2030-W20", "day": "2030-05-13", "half_day": "morning", "mode": "calls"}
        | {"purpose": "下午三点后再来"},
    ),
    "/bulletins/new/": (
        "marketing",
        {"title": "新政策", "text": "下午三点后再来", "in_force_from": "2030-05-13"},
    ),
    "/me/absences/": (
        "owner",
        {"kind": "leave", "started_on": "2030-05-13", "ended_on": "2030-05-14"},
    ),
    "/admin/accounts/productline/add/": (
        "director",
        {"code": "later", "label": "下午三点后再来", "place": "7"},
    ),
}


@pytest.mark.parametrize("address", FORMS)
def test_a_form_that_answers_by_itself_keeps_what_was_typed(address, cast, client_of):
    person, told = FORMS[address]
    client, entries = client_of(getattr(cast, person)), AuditEntry.objects.count()
    with busy_with(CHAIN, []):
        answer = client.post(address, told)
    page = answer.content.decode()
    typed = (
        told.get("text") or told.get("goal") or told.get("purpose") or told.get("label") or told["started_on"]
    )
    assert (answer.status_code, "Somebody else is saving" in page, typed in page) == (409, True, True)
    assert AuditEntry.objects.count() == entries
    assert client.post(address, told).status_code == 302


def test_a_program_is_told_in_its_own_shape(cast):
    row, secret = make_token(cast.owner, "t", ("accounts",), expires_on=business_date())
    with busy_with("select 1 from api_apitoken where id = %s for update", [row.pk]):
        answer = Client().get("/api/v1/accounts", headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:kam:problem:busy")


def test_only_a_wait_is_a_refusal_of_this_kind(cast):
    def sleep():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = '50ms'; select pg_sleep(1)")

    with pytest.raises(OperationalError) as refused, connection.execute_wrapper(say_busy):
        sleep()
    assert not is_busy(refused.value)
    assert not is_busy(None)


def test_a_wait_is_not_taken_for_a_line_without_money(cast):
    line = line_of(make_budget(cast.manager))
    deal = make_deal(make_unit(owner=cast.owner), make_campaign())
    held = "select 1 from campaigns_budgetline where id = %s for update"
    with busy_with(held, [line.pk]), connection.execute_wrapper(say_busy), pytest.raises(BusyError):
        holds._hold(deal.pk, None, line, Decimal(1), cast.owner)
    assert not RebateHold.objects.exists()
    assert not Movement.objects.filter(kind="reserve").exists()
    assert not AuditEntry.objects.filter(act="campaigns.rebate.not_held").exists()


def test_a_small_form_keeps_what_was_typed_at_the_end_of_the_transaction_too(cast, client_of):
    unit = make_unit(owner=cast.owner)
    client, entries = client_of(cast.owner), AuditEntry.objects.count()
    with busy_with(CHAIN, []):
        answer = client.post(
            f"/accounts/{unit.pk}/tasks/", {"text": "下午三点后再来", "due_on": business_date().isoformat()}
        )
    page = answer.content.decode()
    assert (answer.status_code, "Somebody else is saving" in page, "下午三点后再来" in page) == (
        409,
        True,
        True,
    )
    assert AuditEntry.objects.count() == entries


def test_a_fragment_is_not_given_a_page(cast, client_of):
    client, (unit, address) = client_of(cast.owner), with_next_step(cast)
    with busy_with(CHAIN, []):
        answer = client.post(address, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Reswap"], answer.content) == (409, "none", b"")
    assert "Somebody else is saving" in json.loads(answer.headers["HX-Trigger"])["kam:toast"]["text"]
    unit.refresh_from_db()
    assert unit.next_step == "送资料"


def test_what_waits_on_a_device_is_told_to_come_again(cast, client_of):
    """A script that sends what was kept without a connection reads `busy` and keeps it."""
    unit, client = make_unit(owner=cast.owner), client_of(cast.owner)
    told = {"key": str(uuid.uuid4()), "unit": unit.pk, "outcome": "agreed", "text": "约好周五"}
    with busy_with(CHAIN, []):
        answer = client.post("/visits/calls/", told, headers={"Accept": "application/json"})
    codes = [one["code"] for errors in answer.json()["errors"].values() for one in errors]
    assert (answer.status_code, codes) == (409, ["busy"])


def test_of_many_the_one_that_waited_is_refused_and_the_others_are_done(cast):
    """What was done before is not called undone, and what comes after is tried."""
    units = [make_unit(owner=cast.owner) for _n in range(2)]
    seen = [(unit, unit.version) for unit in units]
    with busy_with(CHAIN, []), connection.execute_wrapper(say_busy):
        moved = change_owners(seen, owner=cast.same_team, by=cast.manager, on=business_date(), reason="换人")
    assert ["Somebody else is saving" in row.problem for row in moved] == [True, True]
    assert {unit.owner_id for unit in KeyAccount.objects.all()} == {cast.owner.pk}
