"""Rules, sweep, claims with limits, transfers through the engine, pages."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.pool.models import PoolEvent, Transfer
from accounts.pool.rules import Load, claim_problem, due_act
from accounts.pool.selectors import endangered, limits, pool_units
from accounts.pool.services import (
    RELEASE,
    TRANSFER,
    approve_transfer,
    ask_again,
    ask_transfer,
    claim_unit,
    sweep_pool,
)
from accounts.pool.terms import PoolAct
from accounts.units.models import KeyAccount, Ownership
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.approvals.services import return_for_changes, withdraw
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.sentences import sentence
from kam.outbox.models import Notice
from tests.factories.accounts import make_unit
from tests.factories.visits import approve_all

TODAY = date(2026, 6, 25)


@pytest.fixture
def clock():
    with time_machine.travel(datetime(2026, 6, 25, 9, tzinfo=ZoneInfo("Asia/Shanghai")), tick=True) as clock:
        yield clock


def days(number):
    return TODAY - timedelta(days=number)


def test_the_worked_examples_are_true():
    text = (settings.BASE_DIR / "docs/domain/pool.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line[:2] == "| "
    ][1:]
    assert len(rows) == 7
    for touched, warned, limit, act in rows:
        found = due_act(
            days(int(touched)),
            days(int(warned)) if warned != "–" else None,
            limit_days=int(limit),
            warning_days=14,
            today=TODAY,
        )
        assert (found or "–") == act, (touched, warned)


@pytest.mark.parametrize(
    ("held", "claimed", "problem"), [(19, 4, None), (20, 0, "held"), (0, 5, "claims"), (20, 5, "held")]
)
def test_who_takes_no_more(held, claimed, problem):
    assert claim_problem(Load(held, claimed), most_held=20, most_claims=5) == problem


def owned(user, touched, **fields):
    today = business_date()
    unit = make_unit(owner=user, last_contact_on=today - timedelta(days=touched), **fields)
    Ownership.objects.filter(unit=unit).update(started_on=today - timedelta(days=400))
    return unit


def swept(warned, fell):
    return sentence("%(warned)s warned, %(fell)s fell into the pool", warned=warned, fell=fell)


def test_the_sweep_warns_once_then_drops_and_tells_owner_and_superior(cast, clock):
    unit = owned(cast.owner, 61, tier="A")
    fresh, lost = owned(cast.owner, 10, tier="A"), owned(cast.owner, 300, status="lost")
    assert sweep_pool() == swept(1, 0)
    assert sweep_pool() is None
    assert list(PoolEvent.objects.values_list("unit", "act", "user")) == [(unit.pk, "warned", cast.owner.pk)]
    clock.shift(14 * 86400)
    assert sweep_pool() == swept(0, 1)
    assert sweep_pool() is None
    unit.refresh_from_db()
    assert (unit.owner, unit.team) == (None, cast.team)
    assert list(Notice.objects.order_by("pk").values_list("to", flat=True)) == [
        cast.owner.pk,
        cast.owner.pk,
        cast.manager.pk,
    ]
    for row in (fresh, lost):
        row.refresh_from_db()
        assert row.owner == cast.owner
    assert [row.pk for row in pool_units()] == [unit.pk]


def test_a_contact_after_the_warning_saves_the_unit(cast, clock):
    unit = owned(cast.owner, 61, tier="A")
    sweep_pool()
    clock.shift(14 * 86400)
    KeyAccount.objects.filter(pk=unit.pk).update(last_contact_on=business_date())
    assert sweep_pool() is None
    unit.refresh_from_db()
    assert unit.owner == cast.owner


def test_what_the_database_computes_is_what_the_rule_says(cast):
    unit = owned(cast.owner, 61, tier="A")
    (row,) = endangered(limits())
    assert (row.pk, row.falls_on) == (unit.pk, business_date() - timedelta(days=1))


def test_claiming_gives_the_unit_and_counts_against_the_limits(cast, client_of):
    units = [make_unit(team=cast.second_team) for _number in range(6)]
    client = client_of(cast.owner)
    assert units[0].name in client.get("/pool/").content.decode()
    assert client.post(f"/pool/{units[0].pk}/claim/").status_code == 302
    row = KeyAccount.objects.get(pk=units[0].pk)
    assert (row.owner, row.team) == (cast.owner, cast.team)
    assert Ownership.objects.get(unit=row, ended_on=None).owner == cast.owner
    taken = client.post(f"/pool/{units[0].pk}/claim/")
    assert (taken.status_code, PoolEvent.objects.count()) == (409, 1)
    for unit in units[1:5]:
        claim_unit(unit, by=cast.owner)
    last = client.post(f"/pool/{units[5].pk}/claim/")
    assert (last.status_code, KeyAccount.objects.get(pk=units[5].pk).owner) == (422, None)
    assert client_of(cast.director).post(f"/pool/{units[5].pk}/claim/").status_code == 403
    with pytest.raises(DatabaseError), transaction.atomic():
        PoolEvent.objects.all().delete()


def test_a_transfer_goes_through_manager_and_director(cast, client_of):
    load_default_routes()
    unit = make_unit("泉州商会", owner=cast.owner)
    client = client_of(cast.owner)
    assert "Transfer…" in client.get(f"/accounts/{unit.pk}/").content.decode()
    sent = client.post(f"/accounts/{unit.pk}/transfer/", {"to": cast.other_team.pk, "reason": "moves away"})
    transfer = Transfer.objects.get()
    assert (sent.status_code, sent.url) == (302, f"/transfers/{transfer.pk}/")
    twice = client.post(f"/accounts/{unit.pk}/transfer/", {"to": "", "reason": "no time"})
    assert (twice.status_code, Transfer.objects.count()) == (409, 1)
    with pytest.raises(IntegrityError, match="transfer_one_open"), transaction.atomic():
        Transfer.objects.create(unit=unit, owner=cast.owner, reason="x", asked_by=cast.owner)
    unit.refresh_from_db()
    assert unit.owner == cast.owner
    approve_all(TRANSFER, transfer, cast.manager, cast.director)
    unit.refresh_from_db()
    assert (unit.owner, unit.team) == (cast.other_team, cast.second_team)
    assert list(PoolEvent.objects.values_list("act", "user")) == [("given", cast.other_team.pk)]
    page = client_of(cast.other_team).get(f"/transfers/{transfer.pk}/").content.decode()
    assert "Approved" in page


def test_a_release_is_returned_changed_and_approved(cast, client_of):
    load_default_routes()
    unit = make_unit(owner=cast.owner)
    transfer = ask_transfer(unit, to=None, reason="no time", by=cast.owner)
    request = request_for(RELEASE, transfer)
    return_for_changes(request, by=cast.manager, version=request.version, reason="why?")
    client, at = client_of(cast.owner), f"/transfers/{transfer.pk}/edit/"
    assert "no time" in client.get(at).content.decode()
    transfer.refresh_from_db()
    wrong = client.post(at, {"to": cast.same_team.pk, "reason": "x", "version": transfer.version})
    stale = client.post(at, {"to": "", "reason": "x", "version": 7})
    assert (wrong.status_code, stale.status_code, Transfer.objects.get().state) == (422, 409, "returned")
    done = client.post(at, {"to": "", "reason": "moves to Changsha", "version": transfer.version})
    assert (done.status_code, client.get(at).status_code) == (302, 403)
    approve_all(RELEASE, transfer, cast.manager, cast.director)
    unit.refresh_from_db()
    assert (unit.owner, PoolEvent.objects.get().act) == (None, PoolAct.RELEASED)
    assert client.get(f"/pool/{unit.pk}/").status_code == 200


def test_what_cannot_be_asked_for(cast):
    load_default_routes()
    unit, free = make_unit(owner=cast.owner), make_unit()
    for row, to, reason, code in (
        (free, cast.owner, "x", "no_owner"),
        (unit, cast.owner, "x", "same"),
        (unit, None, " ", "reason"),
    ):
        with pytest.raises(BusinessError) as refused:
            ask_transfer(row, to=to, reason=reason, by=cast.owner)
        assert (refused.value.code, Transfer.objects.count()) == (code, 0)
    transfer = ask_transfer(unit, to=cast.same_team, reason="x", by=cast.owner)
    KeyAccount.objects.filter(pk=unit.pk).update(owner=cast.lead)
    with pytest.raises(ConflictError):
        approve_transfer(transfer, cast.director)
    request = request_for(TRANSFER, transfer)
    withdraw(request, by=cast.owner, version=request.version)
    transfer.refresh_from_db()
    assert transfer.state == "withdrawn"
    with pytest.raises(BusinessError):
        ask_again(transfer, to=cast.lead, reason="x", by=cast.owner)


def test_the_lists_ask_a_fixed_number_of_statements(cast, client_of):
    client = client_of(cast.manager)
    for number in range(2):
        make_unit(team=cast.team)
        owned(cast.owner, 50 + number, tier="A")

    def count():
        found = []
        for address in ("/pool/", "/pool/warnings/", "/transfers/"):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        return found

    few = count()
    for number in range(6):
        make_unit(team=cast.team)
        owned(cast.owner, 50 + number, tier="A")
    assert count() == few
