"""Earmarked money: what is reserved, spent, released and taken back; supplements and transfers; the two budgets of the source."""

import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from campaigns.budgets import documents, services
from campaigns.budgets.models import Budget, BudgetChange, LineBalance, Movement
from campaigns.budgets.rules import Balance
from campaigns.budgets.selectors import (
    Verdict,
    balance_on,
    count_entries,
    leaves_of,
    newest_entries,
    open_of,
    open_reservations,
    shown_budget,
    verify_ledger,
)
from kam.approvals import services as approvals
from kam.approvals.models import Request, Seat
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import pending_stage, request_for
from kam.core.errors import BusinessError, ConflictError
from tests.factories.budgets import (
    PAPER,
    line_of,
    make_budget,
    make_draft,
    make_payment,
    make_report,
    make_reservation,
    planned,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def routes(cast):
    load_default_routes()


def approve_all(subject, obj):
    """Let everybody of the route approve; return their positions."""
    request, who = request_for(subject, obj), []
    while request.state == "pending":
        seat = Seat.objects.filter(stage=pending_stage(request), ended_at=None).order_by("pk").first()
        who.append(seat.user.position)
        request = approvals.approve(request, by=seat.user, version=request.version)
    return who


def balances(budget):
    return {row.line.number: row.balance for row in shown_budget(budget).lines}


def test_a_budget_goes_the_whole_route_and_then_holds_money(cast, routes):
    budget = services.submit_budget(make_draft(cast.manager), by=cast.manager)
    assert LineBalance.objects.count() == 0
    assert approve_all("budget", budget) == ["director", "marketing_director", "finance"]
    budget.refresh_from_db()
    assert (budget.state, budget.approved_by) == ("approved", cast.finance)
    assert {n: b.budgeted for n, b in balances(budget).items()} == {
        "1": 15_000,
        "2": 25_000,
        "2.1": 5_000,
        "2.2": 20_000,
        "2.2.1": 5_000,
        "2.2.2": 15_000,
        "3": 5_000,
        "4": 5_000,
        "5": 5_000,
    }
    assert Movement.objects.filter(line__children__isnull=False).count() == 0


def test_t25_a_draft_that_does_not_add_up_is_not_handed_in(cast, routes):
    budget = make_draft(cast.manager, (1, "礼品", 25_000), (2, "普通", 5_000), (2, "关键人物", 19_000))
    with pytest.raises(BusinessError, match=r"“礼品” says 25,000.00, its parts come to 24,000.00."):
        services.submit_budget(budget, by=cast.manager)
    budget.refresh_from_db()
    assert (budget.state, Request.objects.count()) == ("draft", 0)


def test_t26_5001_on_5000_is_refused_with_the_balance_until_a_supplement_of_one(cast, routes):
    budget = make_budget(cast.manager)
    line = line_of(budget)
    with pytest.raises(BusinessError) as refused:
        services.reserve(line, Decimal(5_001), source=PAPER, by=cast.finance)
    assert (refused.value.code, str(refused.value)) == (
        "not_enough",
        (
            "“公关招待费” has 5,000.00 free; 5,001.00 was asked for. Nothing was booked."
            " Ask for 5,000.00 or less, or apply for a supplement of 1.00."
        ),
    )
    assert balance_on(line) == Balance(Decimal(5_000))
    report = make_report(budget, cast.owner, 1)
    assert balance_on(line).free == 5_000
    assert approve_all("budget_supplement", report) == [
        "manager",
        "director",
        "marketing_director",
        "finance",
    ]
    booked = services.reserve(line, Decimal(5_001), source=PAPER, by=cast.finance)
    assert (booked.amount, booked.free) == (5_001, 0)


def test_a_payment_takes_its_reservation_and_frees_the_rest(cast):
    budget = make_budget(cast.manager)
    held = make_reservation(budget, cast.finance, 990)
    assert services.spend(held, Decimal(792), source=PAPER, by=cast.finance).free == 4_208
    assert balance_on(held.line) == Balance(Decimal(5_000), Decimal(0), Decimal(792))
    with pytest.raises(ConflictError, match="holds nothing any more"):
        services.spend(held, Decimal(1), source=PAPER, by=cast.finance)
    with pytest.raises(ConflictError, match="holds nothing any more"):
        services.release(held, by=cast.finance)
    kinds = [
        (e.movement.kind, e.free_after) for e in newest_entries([held.line_id], 60, reader=cast.finance)[::-1]
    ]
    assert kinds == [("budget", 5_000), ("reserve", 4_010), ("spend", 4_010), ("release", 4_208)]


def test_the_newest_entries_say_what_was_free_as_the_whole_ledger_does(cast, django_assert_num_queries):
    budget = make_budget(cast.manager)
    first, second = (make_reservation(budget, cast.finance, amount) for amount in (700, 300))
    services.spend(first, Decimal(600), source=PAPER, by=cast.finance)
    leaves = leaves_of(budget)
    whole = newest_entries(leaves, 60, reader=cast.finance)
    free: dict[int, Decimal] = {}
    for entry in reversed(whole):
        row = entry.movement
        free[row.line_id] = free.get(row.line_id, Decimal(0)) + row.budgeted - row.reserved - row.spent
        assert entry.free_after == free[row.line_id]
    with django_assert_num_queries(2):
        told = newest_entries(leaves, 3, reader=cast.finance)
    assert [(e.movement.pk, e.free_after) for e in told] == [(e.movement.pk, e.free_after) for e in whole[:3]]
    assert count_entries(leaves) == len(whole)
    assert open_reservations(leaves, cast.finance).rows == [(second, 300)]
    assert newest_entries([], 3, reader=cast.finance) == []


def test_a_long_statement_prints_the_newest_and_says_so(cast, monkeypatch):
    budget = make_budget(cast.manager)
    make_reservation(budget, cast.finance, 700)
    sheet = documents.statement_sheet(budget, None, reader=cast.finance, language="en")
    assert sheet.context["is_cut"] is False
    monkeypatch.setattr(documents, "MOST_PRINTED", 1)
    sheet = documents.statement_sheet(budget, None, reader=cast.finance, language="en")
    assert sheet.context["is_cut"] is True
    assert [entry.movement.kind for entry in sheet.context["entries"]] == ["reserve"]


def test_a_dearer_payment_takes_what_is_free_and_not_more(cast, routes):
    budget = make_budget(cast.manager)
    held = make_reservation(budget, cast.finance, 100)
    with pytest.raises(BusinessError, match=r"5,001.00 was asked for"):
        services.spend(held, Decimal(5_001), source=PAPER, by=cast.finance)
    assert open_of(held) == 100
    paid = services.spend(held, Decimal(5_000), source=PAPER, by=cast.finance, why="涨价")
    assert (paid.free, verify_ledger().ok) == (0, True)


def test_a_payment_is_taken_back_once_and_reserved_again(cast):
    budget = make_budget(cast.manager)
    paid = make_payment(budget, cast.finance, 300)
    services.reverse(paid, by=cast.finance, text="发票有误")
    assert balance_on(paid.line) == Balance(Decimal(5_000), Decimal(300))
    for act, error in (
        (lambda: services.reverse(paid, by=cast.finance, text="x"), ConflictError),
        (lambda: services.reverse(paid.reservation, by=cast.finance, text="x"), BusinessError),
    ):
        with pytest.raises(error):
            act()
    services.release(paid.reservation, by=cast.finance)
    assert balance_on(paid.line) == Balance(Decimal(5_000))
    assert verify_ledger() == Verdict(11)


def test_money_of_one_line_pays_another_only_by_an_approved_transfer(cast, routes):
    budget = make_budget(cast.manager)
    line, giver = line_of(budget), line_of(budget, "不可预计费用")
    change = services.ask_change(services.Report(line, Decimal(800), "人数增加", giver), by=cast.owner)
    approve_all("budget_supplement", change)
    assert [balance_on(row).budgeted for row in (line, giver)] == [5_800, 4_200]
    assert list(change.movements.values_list("budgeted", flat=True).order_by("pk")) == [-800, 800]
    for report in (
        services.Report(line, Decimal(4_201), "x", giver),
        services.Report(line, Decimal(1), "x", line),
        services.Report(line, Decimal(0), "x"),
        services.Report(line_of(budget, "礼品"), Decimal(1), "x"),
        services.Report(line, Decimal(1), "x", line_of(make_budget(cast.manager))),
    ):
        with pytest.raises(BusinessError):
            services.ask_change(report, by=cast.owner)
    assert BudgetChange.objects.count() == 1


def test_a_transfer_of_money_spent_meanwhile_is_not_approved(cast, routes):
    budget = make_budget(cast.manager)
    line, giver = line_of(budget, "不可预计费用"), line_of(budget)
    change = services.ask_change(services.Report(line, Decimal(4_950), "x", giver), by=cast.owner)
    make_payment(budget, cast.finance, 100)
    with pytest.raises(BusinessError, match=r"“公关招待费” has 4,900.00 free"):
        approve_all("budget_supplement", change)
    change.refresh_from_db()
    assert (change.state, balance_on(line).budgeted) == ("pending", 5_000)


def test_a_returned_report_is_written_anew_and_handed_in_again(cast, routes):
    budget = make_budget(cast.manager)
    change = make_report(budget, cast.owner, 500)
    request = request_for("budget_supplement", change)
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="太高")
    change.refresh_from_db()
    report = services.Report(change.line, Decimal(300), "只补三百")
    with pytest.raises(ConflictError):
        services.send_again(change, report, by=cast.owner, version=change.version + 1)
    change = services.send_again(change, report, by=cast.owner, version=change.version)
    assert (change.state, change.amount) == ("pending", 300)
    request = request_for("budget_supplement", change)
    approvals.reject(request, by=cast.manager, version=request.version, reason="不批")
    change.refresh_from_db()
    assert (change.state, balance_on(change.line).budgeted) == ("rejected", 5_000)


def test_a_rejected_budget_is_copied_to_a_new_draft(cast, routes):
    budget = services.submit_budget(make_draft(cast.manager), by=cast.manager)
    with pytest.raises(BusinessError, match="still open"):
        services.copy_budget(budget, by=cast.manager)
    request = request_for("budget", budget)
    approvals.reject(request, by=cast.director, version=request.version, reason="太高")
    budget.refresh_from_db()
    copy = services.copy_budget(budget, by=cast.manager)
    assert (budget.state, copy.state, copy.lines.count()) == ("rejected", "draft", 9)
    assert copy.number != budget.number


def test_a_returned_budget_is_a_draft_again_and_money_comes_only_when_it_is_approved(cast, routes):
    budget = services.submit_budget(make_draft(cast.manager), by=cast.manager)
    request = request_for("budget", budget)
    approvals.return_for_changes(request, by=cast.director, version=request.version, reason="x")
    budget.refresh_from_db()
    with pytest.raises(BusinessError, match="not approved"):
        services.reserve(line_of(budget), Decimal(1), source=PAPER, by=cast.finance)
    head = services.Head("另一份")
    services.redraft(budget, head, planned((1, "礼品", 10)), by=cast.manager, version=budget.version)
    with pytest.raises(ConflictError):
        services.redraft(budget, head, planned((1, "礼品", 20)), by=cast.manager, version=1)
    assert list(budget.lines.values_list("name", "amount")) == [("礼品", 10)]


def test_the_budgets_of_the_source_are_loaded_once(db):
    call_command("load_campaigns")
    call_command("load_campaigns")
    totals = {b.campaign.code: shown_budget(b).total.balance.budgeted for b in Budget.objects.all()}
    assert totals == {"housing-2008": 55_000, "gift-boxes-2012": 52_000}


def test_ledger_verify_says_where_it_is_not_whole(cast, capsys):
    budget = make_budget(cast.manager)
    make_payment(budget, cast.finance)
    call_command("ledger_verify", "--json")
    assert json.loads(capsys.readouterr().out) == {"ok": True, "checked": 9, "first_bad": None}
    line = line_of(budget)
    LineBalance.objects.filter(line=line).update(spent=99)
    with pytest.raises(SystemExit, match="1"):
        call_command("ledger_verify", "--json")
    told = {"ok": False, "checked": 9, "first_bad": f"line {line.pk}"}
    assert json.loads(capsys.readouterr().out) == told
    with pytest.raises(SystemExit):
        call_command("ledger_verify")
    assert "NOT WHOLE" in capsys.readouterr().out


ENTRY = (
    'insert into campaigns_movement (line_id, kind, "on", budgeted, reserved, spent, reservation_id, source_kind,'
    " source_id, source_label, text, created_at) values ({line}, '{kind}', now(), 0, {reserved}, {spent},"
    " {reservation}, '', '', '', '', now())"
)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"kind": "reserve", "reserved": 5_001}, "budget_not_overdrawn"),
        ({"kind": "spend", "spent": 1}, "movement_names_its_reservation"),
        ({"kind": "reserve", "reserved": -1}, "movement_signs"),
        ({"kind": "reserve", "reserved": 1, "line": "礼品"}, "only a leaf"),
        ({"kind": "release", "reserved": -101, "reservation": True}, "budget_nothing_below_nought"),
        ({"kind": "spend", "spent": 1, "reservation": True, "line": "交通费用"}, "gives no more"),
    ],
)
def test_the_database_itself_refuses_what_cannot_be(cast, values, refusal):
    budget = make_budget(cast.manager)
    held = make_reservation(budget, cast.finance, 100)
    told = {"reserved": 0, "spent": 0, "reservation": "null"} | values
    told["line"] = line_of(budget, values.get("line", "公关招待费")).pk
    if values.get("reservation"):
        told["reservation"] = held.pk
    before = balance_on(held.line)
    with pytest.raises(DatabaseError, match=refusal), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ENTRY.format(**told))
    assert balance_on(held.line) == before


def test_lines_of_an_approved_budget_stand(cast):
    budget = make_budget(cast.manager)
    for act in (lambda: budget.lines.update(amount=1), lambda: line_of(budget).delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert shown_budget(budget).total.balance.budgeted == 55_000
