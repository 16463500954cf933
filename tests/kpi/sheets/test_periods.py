"""Quarters and years: summed on both sides, opened by themselves, sealed after their months."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command

from campaigns.deals.models import Deal
from campaigns.deals.services import receive_payment
from kam.core.errors import BusinessError
from kam.core.periods import month_of
from kpi.measures.rules import period_named
from kpi.sheets.closing import close_period
from kpi.sheets.models import Seal, Sheet
from kpi.sheets.selectors import shown
from kpi.sheets.services import open_running
from kpi.sheets.verify import verify_seals
from tests.factories.accounts import make_unit
from tests.factories.campaigns import make_campaign, make_rules, make_signed
from tests.factories.kpi import at, make_agreed, make_sheet, make_target

pytestmark = pytest.mark.django_db
D = Decimal
Q2 = period_named("2026-Q2")


def plan(user, **months):
    """Set a target of 1,200 whose months are as told."""
    target = make_target(1_200, person=user)
    for name, amount in months.items():
        target.months.filter(month__month=int(name[1:])).update(amount=amount)


def sell(user, day, amount):
    """Close one deal of this amount on a day."""
    campaign = make_campaign(f"C{day:%m%d}-{amount}", window_from=None, window_to=None)
    make_rules(campaign)
    with at(day):
        deal = make_signed(make_unit(f"单位{day:%m%d}{amount}", owner=user), campaign, signed_on=day)
        Deal.objects.filter(pk=deal.pk).update(quantity=1, price_amount=D(amount))
        deal.refresh_from_db()
        receive_payment(deal, amount=D(amount), received_on=day, reference=f"R-{deal.pk}", by=user)


def sales_line(sheet):
    return next(row for row in shown(sheet).result["lines"] if row["indicator"] == "sales")


def test_t35_a_quarter_is_the_sum_of_its_months_on_the_page(cast, client_of):
    plan(cast.owner, m4=100, m5=200, m6=0)
    sell(cast.owner, date(2026, 4, 10), 10)
    sell(cast.owner, date(2026, 5, 10), 200)
    plan(cast.same_team, m4=100, m5=100, m6=100)
    for day, amount in ((date(2026, 4, 11), 80), (date(2026, 5, 11), 120), (date(2026, 6, 11), 90)):
        sell(cast.same_team, day, amount)
    uneven, even = make_sheet(cast.owner, Q2), make_sheet(cast.same_team, Q2)
    told = [(row["plan"], row["actual"], row["rate"]) for row in (sales_line(uneven), sales_line(even))]
    assert told == [("300.00", "210.00", "70.0000"), ("300.00", "290.00", "96.6666")]
    text = client_of(cast.owner).get(uneven.get_absolute_url()).content.decode()
    assert "70.00 % against a standard of 100 %: 6 full steps" in text
    assert f"/kpi/facts/sales.actual/person-{cast.owner.pk}/?from=2026-04-01&amp;until=2026-06-30" in text


def test_the_running_month_quarter_and_year_are_opened_once(cast):
    with at(date(2026, 5, 4)):
        assert open_running() == 24
        assert open_running() == 0
    names = {(row.period_name, row.number) for row in Sheet.objects.filter(user=cast.owner)}
    assert names == {
        (name, f"KPI-{name}-{cast.owner.staff_number}") for name in ("2026-05", "2026-Q2", "2026")
    }


def test_a_quarter_is_closed_after_its_months_and_shows_what_came_late(cast, client_of):
    plan(cast.owner, m4=100)
    sell(cast.owner, date(2026, 4, 10), 10)
    months = [month_of(date(2026, number, 1)) for number in (4, 5, 6)]
    quarter = make_agreed(cast.owner, by=cast.manager, month=Q2)
    hr = client_of(cast.hr)
    for month in months:
        make_agreed(cast.owner, by=cast.manager, month=month)
    with at(date(2026, 7, 9)):
        for month in months[:2]:
            close_period(month, by=cast.hr)
        answer = hr.post("/kpi/sheets/close/", {"period": "2026-Q2"}, follow=True)
        assert "wait until their shorter periods are closed" in answer.content.decode()
        assert not Seal.objects.filter(sheet=quarter).exists()
        close_period(months[2], by=cast.hr)
    sell(cast.owner, date(2026, 4, 12), 5)
    with at(date(2026, 7, 9)):
        done = close_period(Q2, by=cast.hr)
        again = close_period(Q2, by=cast.hr)
        text = client_of(cast.owner).get(quarter.get_absolute_url()).content.decode()
        paper = client_of(cast.owner).get(f"{quarter.get_absolute_url()}sheet.pdf")
        table = hr.get("/kpi/sheets/table.pdf", {"period": "2026-Q2"})
    assert ([row.pk for row in done.sealed], done.behind) == ([quarter.pk], [])
    assert (again.sealed, [row.pk for row in again.already]) == ([], [quarter.pk])
    assert "5 came in after its shorter periods were closed" in text
    assert [paper["Content-Type"], table["Content-Type"]] == ["application/pdf", "application/pdf"]
    assert verify_seals().as_json()["ok"] is True


def test_a_running_quarter_is_not_closed_and_the_list_offers_all_three(cast, client_of):
    with at(date(2026, 6, 30)):
        with pytest.raises(BusinessError, match="not over"):
            close_period(Q2, by=cast.hr)
        assert not Sheet.objects.exists()
        make_sheet(cast.owner, Q2)
        page = client_of(cast.owner).get("/kpi/sheets/", {"period": "2026-Q2"})
    assert [label for label, _names in page.context["offered"]] == ["Months", "Quarters", "Years"]
    assert [row.sheet.number for row in page.context["rows"]] == [f"KPI-2026-Q2-{cast.owner.staff_number}"]
    assert not page.context["can_close"]


def test_the_command_closes_quarters_and_years(cast, capsys):
    sheets = [
        make_agreed(cast.owner, by=cast.manager, month=period_named(name)) for name in ("2026-Q2", "2026")
    ]
    with at(date(2027, 1, 4)):
        for option, name in (("--quarter", "2026-Q2"), ("--year", "2026")):
            call_command("kpi", "close", option, name, "--json")
            states = {row["sheet"]: row["state"] for row in json.loads(capsys.readouterr().out)}
            assert states[f"KPI-{name}-{cast.owner.staff_number}"] == "closed"
    assert {sheet.number for sheet in sheets} == {seal.sheet.number for seal in Seal.objects.all()}
