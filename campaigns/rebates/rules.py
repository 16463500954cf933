"""Who earns a rebate, and how much: every condition of its own, so that the page can say why or why not (docs/domain/rebates.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from campaigns.rebates.terms import DAYS_TO_WAIT, Condition

#: The key person is designated within so many days of the campaign's first visit (12-decisions, 19).
DAYS_TO_DESIGNATE = 7
LAST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Tier:
    """From so many closed sets of the unit on, each set earns `amount`; `goods` is what else is given."""

    from_sets: int
    amount: Decimal
    goods: str = ""


@dataclass(frozen=True, slots=True)
class KeyPerson:
    """What is known of a unit's key person in a campaign. The person is the one designated on the day of the first visit."""

    person: int | None = None
    visited_on: date | None = None
    was_met: bool = False
    since: date | None = None
    until: date | None = None
    designated_on: date | None = None
    list_changed_on: date | None = None
    unit_signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sale:
    """What is known of a deal."""

    sets: int
    buyer: int
    is_of_unit: bool = True
    has_proof: bool = True
    signed_on: date | None = None
    first_paid_on: date | None = None
    is_inside: bool = True
    is_trial: bool = False
    claimed: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What each condition says, and what can be asked for now; `per_set` is None where no amount is configured."""

    met: dict[Condition, bool]
    per_set: Decimal | None
    earned: Decimal
    open_amount: Decimal

    @property
    def is_eligible(self) -> bool:
        """Say whether the deal earns a rebate, claimed or not."""
        return all(met for condition, met in self.met.items() if condition is not Condition.NOT_CLAIMED)

    @property
    def failing(self) -> list[Condition]:
        return [condition for condition, met in self.met.items() if not met]


def tier_reached(tiers: Iterable[Tier], closed_sets: int) -> Tier | None:
    """Return the highest tier that the unit's closed sets reach."""
    reached = [tier for tier in tiers if closed_sets >= tier.from_sets]
    return max(reached, key=lambda tier: tier.from_sets) if reached else None


def due_on(signed_on: date) -> date:
    """Return the first day on which finance pays: one week after signing."""
    return signed_on + timedelta(days=DAYS_TO_WAIT)


def is_same_person(key: KeyPerson, signed_on: date | None, first_paid_on: date | None) -> bool:
    """Say whether one unbroken period holds from the first visit over the signing to the first payment; a successor inherits nothing."""
    if key.since is None or key.visited_on is None or signed_on is None or first_paid_on is None:
        return False
    if not key.since <= key.visited_on <= signed_on:
        return False
    return key.until is None or key.until > max(signed_on, first_paid_on)


def is_designated_in_time(key: KeyPerson) -> bool:
    """Say whether somebody was designated no later than a week after the campaign's first visit."""
    if key.person is None or key.visited_on is None or key.designated_on is None:
        return False
    return key.designated_on <= key.visited_on + timedelta(days=DAYS_TO_DESIGNATE)


def does_list_stand(key: KeyPerson) -> bool:
    """Say whether the persons met on that visit stood before the unit's first signing."""
    if key.list_changed_on is None or key.unit_signed_on is None:
        return True
    return key.list_changed_on < key.unit_signed_on


def judge(sale: Sale, key: KeyPerson, tiers: Sequence[Tier], closed_sets: int) -> Verdict:
    """Ask every condition of one deal; the amount follows the tier of the unit's closed sets."""
    tier = tier_reached(tiers, closed_sets)
    met = {
        Condition.CONFIGURED: tier is not None and tier.amount > 0,
        Condition.OF_UNIT: sale.is_of_unit,
        Condition.PROOF: sale.has_proof,
        Condition.SIGNED: sale.signed_on is not None,
        Condition.FIRST_PAYMENT: sale.first_paid_on is not None,
        Condition.IN_WINDOW: sale.is_inside,
        Condition.NO_TRIAL: not sale.is_trial,
        Condition.DESIGNATED: is_designated_in_time(key),
        Condition.MET_FIRST: key.was_met,
        Condition.LIST_STANDS: does_list_stand(key),
        Condition.SAME_PERSON: is_same_person(key, sale.signed_on, sale.first_paid_on),
        Condition.NOT_OWN: key.person is None or sale.buyer != key.person,
    }
    earned = sale.sets * tier.amount if tier is not None and all(met.values()) else Decimal(0)
    left = max(earned - sale.claimed, Decimal(0))
    met[Condition.NOT_CLAIMED] = sale.claimed == 0 or left > 0
    return Verdict(met, tier.amount if tier else None, earned, left)


def rebated_sets(sales: Iterable[tuple[Sale, Verdict]]) -> int:
    """Return the sets that earn a rebate; never more than are closed."""
    return sum(sale.sets for sale, verdict in sales if verdict.is_eligible)


def missing_at_counter(identity: str, permit: str, *, has_escort: bool, is_finance: bool) -> list[str]:
    """Return what is missing at finance's counter: identity, permit, escort, finance (S-117)."""
    there = {
        "identity": len(identity) >= LAST_DIGITS,
        "permit": len(permit) >= LAST_DIGITS,
        "escort": has_escort,
        "finance": is_finance,
    }
    return [name for name, is_there in there.items() if not is_there]


def last_digits(number: str) -> str:
    """Return what may be shown of a document's number."""
    return number[-LAST_DIGITS:]


def tiers_of(payload: Iterable[dict[str, object]]) -> list[Tier]:
    """Return the tiers as they are kept."""
    return [
        Tier(int(str(row["from_sets"])), Decimal(str(row["amount"])), str(row.get("goods", "")))
        for row in payload
    ]
