"""Closing and proof: sealed once, unchangeable also for the application, every change named."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from psycopg2.errors import InsufficientPrivilege

from campaigns.deals.services import cancel_deal, receive_payment
from kam.core.errors import BusinessError
from kam.core.periods import month_of
from kpi.schemes.services import NewScheme, lines_from, put_in_force
from kpi.sheets import services
from kpi.sheets.closing import close_period
from kpi.sheets.models import Seal, Sheet
from kpi.sheets.rules import open_lines
from kpi.sheets.selectors import shown
from kpi.sheets.verify import verify_seals
from tests.factories.accounts import make_unit
from tests.factories.campaigns import make_campaign, make_rules, make_signed
from tests.factories.kpi import JUNE, approve_to_the_end, at, hand_in, make_agreed, make_sheet, make_target

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 10)
JUNE_NEXT = month_of(JULY)
D = Decimal


def sold(cast, day=date(2026, 6, 10)):
    """One deal of 433,160.00 closed by the owner."""
    campaign = make_campaign(window_from=None, window_to=None)
    make_rules(campaign)
    with at(day):
        deal = make_signed(make_unit("泉州商会", owner=cast.owner), campaign, signed_on=day)
        receive_payment(deal, amount=D(100_000), received_on=day, reference="R-1", by=cast.finance)
    deal.refresh_from_db()
    return deal


@pytest.fixture
def closed(cast):
    """The owner's June: sold 433,160.00 of 500,000.00 planned, closed on 10 July."""
    sold(cast)
    make_target(6_000_000, person=cast.owner)
    sheet = make_agreed(cast.owner, by=cast.manager)
    with at(JULY):
        done = close_period(JUNE, by=cast.hr)
    assert [row.pk for row in done.sealed] == [sheet.pk]
    sheet.refresh_from_db()
    return sheet


def line(sheet, key):
    return next(row for row in shown(sheet).result["lines"] if row["indicator"] == key)


def test_the_first_line_is_the_rule_of_the_source(cast, closed):
    assert line(closed, "sales") == {
        "indicator": "sales",
        "plan": "500000.00",
        "actual": "433160.00",
        "grade": None,
        "rate": "86.6320",
        "steps": 2,
        "own_points": "23.00",
        "points": shown(closed).result["lines"][0]["points"],
        "of": shown(closed).result["lines"][0]["of"],
        "why": None,
        "waived": None,
    }
    of = D(line(closed, "sales")["of"])
    assert D(line(closed, "sales")["points"]) == (D(23) * of / 25).quantize(D("0.01"))


def test_closing_twice_changes_nothing(cast, closed):
    before = Seal.objects.values().get()
    with at(JULY):
        again = close_period(JUNE, by=cast.hr)
    assert (again.sealed, [row.pk for row in again.already]) == ([], [closed.pk])
    assert Seal.objects.values().get() == before
    assert verify_seals().as_json() == {"ok": True, "checked": 1, "first_bad": None, "late": []}


def test_what_happens_later_moves_nothing_that_is_closed(cast, closed):
    before, sealed = shown(closed), Seal.objects.values().get()
    with at(date(2026, 8, 3)):
        deal = closed.user.units.get(name="泉州商会").deals.get()
        cancel_deal(deal, reason="贷款没有批下来", by=cast.director, version=deal.version)
        rows = [
            {
                "indicator": "sales",
                "weight": "100",
                "method": "linear",
                "terms": {"nothing_at": "0", "full_at": "100"},
            }
        ]
        put_in_force(NewScheme("specialist", lines_from(rows), date(2026, 6, 15)), by=None)
    assert shown(closed).result == before.result
    assert shown(make_sheet(cast.owner)).result == before.result
    assert Seal.objects.values().get() == sealed
    numbers = [shown(make_sheet(cast.same_team, month)).scheme["number"] for month in (JUNE, JUNE_NEXT)]
    assert numbers == [1, 2]
    assert verify_seals().first_bad is None


def test_a_month_that_runs_and_a_sheet_that_is_not_agreed_are_not_closed(cast):
    with at(date(2026, 6, 30)), pytest.raises(BusinessError, match="not over"):
        close_period(JUNE, by=cast.hr)
    assert not Sheet.objects.exists()
    with at(JULY):
        done = close_period(JUNE, by=cast.hr)
    assert (done.sealed, done.already, len(done.waiting)) == ([], [], 8)
    assert not Seal.objects.exists()


CHANGES = {
    "inputs": (
        "update kpi_seal set inputs = replace(inputs, '433160', '533160')",
        "a sealed text was changed",
    ),
    "scheme": (
        "update kpi_seal set scheme = replace(scheme, '\"25.00\"', '\"26.00\"')",
        "a sealed text was changed",
    ),
    "result": (
        "update kpi_seal set result = replace(result, '86.6320', '96.6320')",
        "a sealed text was changed",
    ),
    "points": ("update kpi_seal set points = 99", "a sealed text was changed"),
    "result and hash": (
        (
            "update kpi_seal s set result = replace(result, '86.6320', '96.6320');"
            "update kpi_seal s set hash = sha256(prev || kpi_seal_bytes(s))"
        ),
        "the result does not follow from inputs and scheme",
    ),
    "points and hash": (
        "update kpi_seal set points = 99; update kpi_seal s set hash = sha256(prev || kpi_seal_bytes(s))",
        "the points are not those of the result",
    ),
    "counted": (
        "update kpi_seal set counted = replace(counted, '433160', '533160')",
        "a sealed text was changed",
    ),
    "counted and hash": (
        (
            "update kpi_seal set counted = replace(counted, '433160', '533160');"
            "update kpi_seal s set hash = sha256(prev || kpi_seal_bytes(s))"
        ),
        "the counted rows do not add up to the inputs",
    ),
    "link": ("update kpi_seal set prev = decode('01', 'hex')", "a sealed text was changed"),
    "number": (
        "update kpi_seal set seq = 7; update kpi_seal s set hash = sha256(prev || kpi_seal_bytes(s))",
        "the chain is broken before this seal",
    ),
    "dropped": ("delete from kpi_seal", "the audit remembers a seal that is not there"),
}


def test_every_change_around_the_application_is_named(cast, closed, capsys):
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for what, (sql, problem) in CHANGES.items():
            point = transaction.savepoint()
            cursor.execute(f"alter table kpi_seal disable trigger user; {sql}")
            with pytest.raises(SystemExit):
                call_command("kpi", "verify", "--json")
            told = json.loads(capsys.readouterr().out)
            assert told["ok"] is False, what
            assert told["first_bad"]["sheet"] == closed.number, what
            assert told["first_bad"]["problem"] == problem, what
            transaction.savepoint_rollback(point)
    assert verify_seals().first_bad is None


def test_the_application_cannot_change_what_is_added_only(as_application):
    for table in ("kpi_seal", "kpi_schemeline", "kpi_grade", "kpi_waiver", "kpi_comment"):
        for sql in (f"update {table} set id = 1", f"delete from {table}", f"truncate {table}"):
            with pytest.raises(InsufficientPrivilege):
                as_application(sql.replace("id = 1", "seq = 1") if table == "kpi_seal" else sql)


def test_the_command_shows_closes_and_proves(cast, capsys):
    sold(cast)
    make_target(6_000_000, person=cast.owner)
    with at(JULY):
        call_command("kpi", "draft", "--month", "2026-06", "--json")
        drafts = json.loads(capsys.readouterr().out)
        mine = next(row for row in drafts if row["person"] == cast.owner.staff_number)
        assert (len(drafts), mine["state"], mine["lines"][0]["points"]) == (8, "draft", "23.00")
        assert mine["lines"][0]["reason"].startswith("86.63 % against a standard of 100 %: 2 full steps")
    make_agreed(cast.owner, by=cast.manager)
    outs = []
    with at(JULY):
        for _n in range(2):
            call_command("kpi", "close", "--month", "2026-06", "--json")
            outs.append(capsys.readouterr().out)
    assert outs[0] == outs[1]
    assert [row["state"] for row in json.loads(outs[0])].count("closed") == 1
    call_command("kpi", "verify")
    assert "1 seals checked: whole" in capsys.readouterr().out


@pytest.mark.parametrize("told", [[], ["--month", "soon"], ["--month", "2099-01"]])
def test_the_command_asks_for_a_month_that_is_over(told, capsys):
    with pytest.raises(SystemExit):
        call_command("kpi", "close", "--json", *told)
    assert "error" in json.loads(capsys.readouterr().out)


def test_a_total_below_the_limit_is_proposed_to_the_director_once(cast):
    sheet = make_sheet(cast.owner)
    cast.director.language = "zh-hans"
    cast.director.save(update_fields=["language"])
    with at(date(2026, 7, 2)):
        row = hand_in(sheet)
        abilities = ("skill", "investigation", "problem_solving", "innovation")
        grades = dict.fromkeys(abilities, (1, "没有达到要求"))
        row = services.rate(row, grades=grades, version=row.version, by=cast.manager)
        approve_to_the_end(assess_waive(row, cast.manager))
    with at(JULY):
        close_period(JUNE, by=cast.hr)
        close_period(JUNE, by=cast.hr)
    assert shown(sheet).result["is_below"] is True
    (notice,) = cast.director.notices.filter(kind="kpi.warning")
    assert "A warning is proposed" not in notice.text


def assess_waive(row, by):
    for key in open_lines(shown(row).result):
        row = services.waive(row, key=key, reason="没有业务", version=row.version, by=by)
    return row
