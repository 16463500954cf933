"""Pages of campaigns, money, map, board and calendar; the API's list; a figure each in units of A."""

import os
from collections.abc import Callable
from datetime import timedelta

from bench.generate_money import crowded_unit
from bench.measure import Cost, Meter, Visitor, page
from bench.report import Measured
from campaigns.budgets.models import Budget, BudgetLine
from campaigns.campaigns.models import Campaign
from campaigns.quotes.models import Quote
from kam.api.services import make_token
from kam.audit.context import system
from kam.core.clock import business_date
from kam.users.models import User

HELLO, MOST, BLOCKS = "/bench/hello/", 8.0, 5
#: Requests of a token in a minute are counted: so few blocks stay below the limit.
API_BLOCKS, MOST_API = 7, 3.5


def more_pages(meter: Meter, rep: Visitor, director: Visitor, units: list[float]) -> list[Measured]:
    """Return a row for each page; those without a goal in the list of goals are held to the same 8 A."""
    budget, campaign = Budget.objects.get(number="B-BENCH"), Campaign.objects.get(code="bench")
    leaf = BudgetLine.objects.leaves().filter(budget=budget).order_by("pk")[0]
    quote = Quote.objects.order_by("pk")[0]
    asked = (
        ("P19 campaign with its deals, director", director, f"/campaigns/{campaign.pk}/"),
        ("P19 campaign with its deals, rep", rep, f"/campaigns/{campaign.pk}/"),
        ("P19 budget with its ledger", director, f"/budgets/{budget.pk}/"),
        ("P19 statement of a line", director, f"/budgets/{budget.pk}/?line={leaf.pk}"),
        ("P19 list of entries", director, f"/budgets/entries/?budget={budget.pk}"),
        ("Q1 deals, director", director, "/deals/"),
        ("Q1 deals, rep", rep, "/deals/"),
        (f"Q2 quote of {quote.quantity:,} sets", rep, f"/quotes/{quote.pk}/"),
        ("Q3 map of forty persons", rep, f"/accounts/{crowded_unit().pk}/map/"),
        ("Q4 board of phases, director", director, "/accounts/phases/"),
        ("Q4 board of phases, rep", rep, "/accounts/phases/"),
        ("Q5 calendar, director", director, "/visits/calendar/"),
        ("Q5 calendar, rep", rep, "/visits/calendar/"),
    )
    return [_row(meter, name, visitor, path, units) for name, visitor, path in asked]


def _row(meter: Meter, name: str, visitor: Visitor, path: str, units: list[float]) -> Measured:
    unit = page(visitor, HELLO, "hello")
    units.append(meter.unit(unit))
    hello, cost = meter.together(unit, page(visitor, path, "<main"), blocks=BLOCKS)
    return _in_units(name, cost, hello, MOST)


def _in_units(name: str, cost: Cost, hello: Cost, most: float) -> Measured:
    ratio = cost.cpu_ms / hello.cpu_ms
    return Measured(name, f"≤ {most:g} A", ratio <= most, f"{ratio:.2f} A", cost, ratio)


def api_list(meter: Meter, rep: Visitor, units: list[float]) -> Measured:
    """A page of fifty units by token: counted, written to the audit, in the rights of the token's owner."""
    user = User.objects.get(staff_number="bench-rep0-0")
    with system("bench"):
        _row, secret = make_token(
            user, f"bench {os.getpid()}", ["accounts"], expires_on=business_date() + timedelta(days=1)
        )
    unit = page(rep, HELLO, "hello")
    units.append(meter.unit(unit))
    hello, cost = meter.together(unit, _by_token(rep.address, secret), blocks=API_BLOCKS)
    return _in_units("P9 API list, 50 rows", cost, hello, MOST_API)


def _by_token(address: str, secret: str) -> Callable[[], str]:
    program = Visitor(address)

    def send() -> str:
        headers = {"Authorization": f"Bearer {secret}"}
        status, text = program.request("GET", "/api/v1/accounts?limit=50", headers=headers)
        assert status == 200, f"the API answered {status}: {text[:200]}"
        assert '"rows"' in text
        return text

    return send
