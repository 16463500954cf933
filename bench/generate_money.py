"""One campaign with many deals, one budget with a long ledger, a unit with many persons, and a quote of a thousand sets."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from bench.generate import TODAY, _copy
from campaigns.budgets.models import Budget, BudgetLine
from campaigns.campaigns.models import Campaign, CampaignProduct, Goal, Phase
from campaigns.deals.models import Deal, Payment
from campaigns.deals.services import DealTerms
from campaigns.deals.terms import DealState
from campaigns.discounts.terms import PaymentMode
from campaigns.quotes.services import make_quote
from kam.audit.context import system
from kam.core.clock import business_date
from kam.users.models import User

CODE, LEAVES, MOST_DEALS, MOST_ENTRIES, SETS, PERSONS = "bench", 20, 10_000, 100_000, 1_000, 40
PRICE = Decimal(400_000)
BEGAN = TODAY - timedelta(days=120)


def generate_money(units: int) -> None:
    """Fill what pages of campaigns and money show; a tenth as many deals and as many entries as units, at most."""
    if Campaign.objects.filter(code=CODE).exists():
        return
    campaign, product = _campaign()
    _deals(campaign, product, min(MOST_DEALS, units // 10))
    _ledger(_budget(campaign), min(MOST_ENTRIES, units))
    _crowd(crowded_unit())
    _quote(campaign, product)


def crowded_unit() -> KeyAccount:
    """Return the unit whose map of persons is measured: the rep's second."""
    return KeyAccount.objects.filter(owner__staff_number="bench-rep0-0").order_by("pk")[1]


def _campaign() -> tuple[Campaign, CampaignProduct]:
    campaign = Campaign.objects.create(
        code=CODE,
        name="金秋",
        state="running",
        window_from=BEGAN,
        window_to=TODAY + timedelta(days=60),
        channels=["chamber", "factory", "market"],
        coordinator=User.objects.get(staff_number="bench-manager0"),
    )
    for place in range(3):
        starts = BEGAN + timedelta(days=60 * place)
        Phase.objects.create(
            campaign=campaign,
            place=place,
            name=f"阶段{place + 1}",
            starts_on=starts,
            ends_on=starts + timedelta(days=59),
        )
    for place, (kind, target) in enumerate((("units", 5_000), ("sets", 20_000), ("prospects", 30_000))):
        Goal.objects.create(campaign=campaign, place=place, kind=kind, target=target, due_on=TODAY)
    product = CampaignProduct.objects.create(
        campaign=campaign, code="flat", name="三居", measure="套", price_amount=PRICE
    )
    return campaign, product


def _deals(campaign: Campaign, product: CampaignProduct, volume: int) -> None:
    """Seven of ten signed, most of them paid once, two agreed, one cancelled; person and unit have the same number."""
    units = list(KeyAccount.objects.order_by("pk").values_list("pk", "channel", "owner_id", "team_id"))
    chosen = units[:: max(1, len(units) // volume)][:volume]
    deals = [_deal(campaign, product, number, unit) for number, unit in enumerate(chosen)]
    made = Deal.objects.bulk_create(deals, batch_size=1_000)
    paid = [
        Payment(
            deal=deal,
            received_on=deal.first_paid_on,
            amount=PRICE // 2,
            reference=f"B-{deal.pk}",
            recorded_by=None,
        )
        for deal in made
        if deal.first_paid_on is not None
    ]
    Payment.objects.bulk_create(paid, batch_size=1_000)


def _deal(campaign: Campaign, product: CampaignProduct, number: int, unit: tuple[int, str, int, int]) -> Deal:
    pk, channel, owner, team = unit
    state = (
        DealState.SIGNED if number % 10 < 7 else DealState.AGREED if number % 10 < 9 else DealState.CANCELLED
    )
    day = BEGAN + timedelta(days=number % 110)
    deal = Deal(
        campaign=campaign,
        product=product,
        unit_id=pk,
        customer_id=pk,
        quantity=1 + number % 3,
        list_amount=PRICE,
        state=state,
        owner_id=owner,
        team_id=team,
    )
    if state == DealState.CANCELLED:
        deal.cancelled_on, deal.cancel_reason = day, "改变主意"
    if state == DealState.SIGNED:
        deal.contract_no, deal.signed_on, deal.offer_channel = f"B-{number}", day, channel
        deal.price_amount = deal.regular_amount = PRICE
        deal.priced, deal.is_counted = {"lines": []}, True
        deal.first_paid_on = day + timedelta(days=5) if number % 10 < 6 else None
    return deal


def _budget(campaign: Campaign) -> list[int]:
    """Return the leaves of an approved budget."""
    budget = Budget.objects.create(
        number="B-BENCH",
        name="金秋",
        campaign=campaign,
        state="approved",
        starts_on=BEGAN,
        ends_on=TODAY + timedelta(days=200),
        approved_by=User.objects.get(staff_number="bench-director"),
    )
    leaves = []
    top = None
    for place in range(LEAVES + 4):
        is_top = place % 6 == 0
        line = BudgetLine.objects.create(
            budget=budget,
            place=place,
            level=1 if is_top else 2,
            parent=None if is_top else top,
            number=str(place),
            name=f"费用{place}",
            amount=50_000_000 if is_top else 10_000_000,
        )
        top = line if is_top else top
        leaves += [] if is_top else [line.pk]
    return leaves


ENTRY_COLUMNS = (
    "id created_at line_id kind on budgeted reserved spent reservation_id source_kind source_id source_label text by_id"
).split()


def _ledger(leaves: list[int], volume: int) -> None:
    """Each line gets its money, then reservations, most of them paid or given back: one in a thousand stays open."""
    by = User.objects.get(staff_number="bench-manager0").pk
    _copy(
        "campaigns_movement", ENTRY_COLUMNS, _entries(leaves, volume, by), size=1_000
    )  # a trigger adds each to its line
    from django.db import connection  # noqa: PLC0415 -- beside its use

    with connection.cursor() as cursor:
        cursor.execute(
            "select setval(pg_get_serial_sequence('campaigns_movement', 'id'), (select max(id) from campaigns_movement))"
        )
        for table in (
            "campaigns_movement",
            "campaigns_linebalance",
            "campaigns_heldamount",
            "campaigns_deal",
            "campaigns_payment",
        ):
            cursor.execute(f"vacuum analyze {table}")


def _entries(leaves: list[int], volume: int, by: int) -> Iterator[list[Any]]:
    number = 0
    for leaf in leaves:
        number += 1
        yield _entry(number, leaf, BEGAN, "budget", (10_000_000, 0, 0), "", by)
    while number < volume:
        leaf = leaves[number // 2 % len(leaves)]
        day = BEGAN + timedelta(days=number * 119 // volume)
        number += 1
        held = number
        yield _entry(held, leaf, day, "reserve", (0, 100, 0), "", by)
        if held % 2_000 < 2:
            continue
        number += 1
        kind, moved = ("spend", (0, -100, 90)) if held % 3 else ("release", (0, -100, 0))
        yield _entry(number, leaf, day, kind, moved, held, by)


def _entry(
    number: int, leaf: int, day: date, kind: str, moved: tuple[int, int, int], held: int | str, by: int
) -> list[Any]:
    return [
        number, f"{day} 08:00:00+00", leaf, kind, day, *moved, held, "campaigns.bench", str(number), f"单据 {number}", "", by,
    ]  # fmt: skip


def _crowd(unit: KeyAccount) -> None:
    """Persons with attitude, weight and superior, as a map of influence shows them."""
    boss: Person | None = None
    for number in range(PERSONS):
        person = Person.objects.create(
            unit=unit,
            name=f"王{number}",
            post="主任",
            added_on=BEGAN,
            reports_to=boss,
            attitude=("supports", "neutral", "opposes", "unknown")[number % 4],
            influence=number % 5 + 1,
        )
        boss = person if number % 6 == 0 else boss


def _quote(campaign: Campaign, product: CampaignProduct) -> None:
    unit = crowded_unit()
    terms = DealTerms(
        campaign,
        unit.persons.order_by("pk")[0],
        PRICE,
        product=product,
        quantity=SETS,
        payment_mode=PaymentMode.LUMP_SUM,
    )
    with system("bench"):
        make_quote(unit, terms, valid_until=business_date() + timedelta(days=30), by=unit.owner)
