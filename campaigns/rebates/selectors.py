"""What rebates ask the database: the facts of deals together with a fixed number of statements, and the verdict on each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Min, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.merge.rules import Finding
from accounts.merge.selectors import overlapping_periods
from accounts.merge.terms import Weight
from accounts.persons.models import KeyPersonPeriod, Person
from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign
from campaigns.deals.models import Deal
from campaigns.deals.selectors import balance
from campaigns.deals.terms import DealState
from campaigns.discounts.rules.book import is_inside
from campaigns.discounts.selectors import window_of
from campaigns.rebates.labels import SENTENCES
from campaigns.rebates.models import Rebate, RebateVersion, Recovery
from campaigns.rebates.rules import KeyPerson, Sale, Tier, Verdict, judge, tier_reached
from campaigns.rebates.terms import Condition, RebateMode, RebateState, RecoveryState
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.core.money import ZERO
from kam.users.models import User
from visits.visits.models import Visit
from visits.visits.terms import ChangeResult

Pair = tuple[int, int]  # unit, campaign


@dataclass(frozen=True, slots=True)
class Sentence:
    """One condition as the page answers it."""

    condition: Condition
    is_met: bool
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything about one deal: the verdict, a sentence for each condition, the key person and the version asked."""

    deal: Deal
    verdict: Verdict
    sentences: list[Sentence]
    person: Person | None
    version: RebateVersion | None
    tier: Tier | None


def answers_for(deals: Iterable[Deal]) -> list[Answer]:
    """Judge deals together; the number of statements does not depend on how many they are."""
    rows = list(deals)
    pairs = {(deal.unit_id, deal.campaign_id) for deal in rows}
    first_days = _first_days({campaign for _unit, campaign in pairs})
    visits = _first_visits(pairs, first_days)
    signings, closed, claimed = _first_signings(pairs), _closed_sets(pairs), _claimed(rows)
    periods = _periods({unit for unit, _campaign in pairs})
    versions = list(RebateVersion.objects.filter(campaign__in={campaign for _unit, campaign in pairs}))
    told = []
    for deal in rows:
        pair = (deal.unit_id, deal.campaign_id)
        visit = visits.get(pair)
        period = _period_on(periods.get(deal.unit_id, []), visit)
        version = _version_of(deal, versions)
        key = _key_person(visit, period, signings.get(pair))
        tiers, sets = (version.steps if version else []), closed.get(pair, 0)
        verdict = judge(_sale(deal, claimed.get(deal.pk, ZERO)), key, tiers, sets)
        said = _words(deal, key, period, version, verdict, sets)
        sentences = [
            Sentence(c, met, str(SENTENCES[c][0 if met else 1]) % said) for c, met in verdict.met.items()
        ]
        person = period.person if period else None
        told.append(Answer(deal, verdict, sentences, person, version, tier_reached(tiers, sets)))
    return told


def answer_for(deal: Deal) -> Answer:
    """Judge one deal."""
    (answer,) = answers_for([deal])
    return answer


def _sale(deal: Deal, claimed: Decimal) -> Sale:
    is_signed = deal.state == DealState.SIGNED
    day = deal.offer_on or deal.signed_on or business_date()
    return Sale(
        sets=deal.quantity,
        buyer=deal.customer_id,
        is_of_unit=deal.customer.unit_id == deal.unit_id,
        has_proof=bool(deal.proof.strip()),
        signed_on=deal.signed_on if is_signed else None,
        first_paid_on=deal.first_paid_on if is_signed else None,
        is_inside=is_inside(window_of(deal.campaign), day) or deal.is_overridden,
        is_trial=deal.is_trial,
        claimed=claimed,
    )


def _first_days(campaigns: set[int]) -> dict[int, date]:
    """Return campaign → its first phase's first day, else the offer's first day."""
    rows = Campaign.objects.filter(pk__in=campaigns)
    began = dict(rows.values_list("pk").annotate(Min("phases__starts_on")))
    return {
        row.pk: began.get(row.pk) or row.window_from or timezone.localdate(row.created_at) for row in rows
    }


def _first_visits(pairs: set[Pair], first_days: dict[int, date]) -> dict[Pair, Visit]:
    """Return (unit, campaign) → the first held visit on or after the campaign's first day."""
    if not pairs:
        return {}
    rows = Visit.objects.held().filter(
        unit__in={unit for unit, _campaign in pairs},
        business_date__isnull=False,
        on__gte=min(first_days.values()),
    )
    rows = rows.prefetch_related("persons_met", "persons_changes").order_by("on", "started_at", "pk")
    found: dict[Pair, Visit] = {}
    for visit in rows:
        for unit, campaign in pairs:
            if unit == visit.unit_id and visit.on >= first_days[campaign]:
                found.setdefault((unit, campaign), visit)
    return found


def _deals_of(pairs: set[Pair]) -> Q:
    return Q(unit__in={unit for unit, _c in pairs}, campaign__in={campaign for _u, campaign in pairs})


def _first_signings(pairs: set[Pair]) -> dict[Pair, date]:
    rows = Deal.objects.filter(_deals_of(pairs), signed_on__isnull=False)
    told = rows.order_by().values_list("unit", "campaign").annotate(first=Min("signed_on"))
    return {(unit, campaign): first for unit, campaign, first in told}


def _closed_sets(pairs: set[Pair]) -> dict[Pair, int]:
    rows = Deal.objects.closed().filter(_deals_of(pairs), is_trial=False)
    told = rows.order_by().values_list("unit", "campaign").annotate(sets=Sum("quantity"))
    return {(unit, campaign): sets for unit, campaign, sets in told}


def _claimed(deals: list[Deal]) -> dict[int, Decimal]:
    rows = Rebate.objects.standing().exclude(state=RebateState.RETURNED).filter(deal__in=deals)
    return dict(rows.order_by().values_list("deal").annotate(sum=Sum("amount")))


def _periods(units: set[int]) -> dict[int, list[KeyPersonPeriod]]:
    told: dict[int, list[KeyPersonPeriod]] = {}
    for row in KeyPersonPeriod.objects.filter(unit__in=units).select_related("person__unit"):
        told.setdefault(row.unit_id, []).append(row)
    return told


def _period_on(periods: list[KeyPersonPeriod], visit: Visit | None) -> KeyPersonPeriod | None:
    if visit is None:
        return None
    return next(
        (p for p in periods if p.started_on <= visit.on and (p.ended_on is None or p.ended_on > visit.on)),
        None,
    )


def _version_of(deal: Deal, versions: list[RebateVersion]) -> RebateVersion | None:
    """Return the version in force on the day of signing."""
    day = deal.signed_on or business_date()
    of_campaign = [row for row in versions if row.campaign_id == deal.campaign_id and row.valid_from <= day]
    return next((row for row in of_campaign if row.valid_until is None or row.valid_until > day), None)


def _key_person(visit: Visit | None, period: KeyPersonPeriod | None, signed: date | None) -> KeyPerson:
    if visit is None:
        return KeyPerson(unit_signed_on=signed)
    changed = [
        timezone.localdate(row.closed_at)
        for row in visit.persons_changes.all()
        if row.closed_at is not None and row.result == ChangeResult.APPROVED
    ]
    met = {row.person_id for row in visit.persons_met.all()}
    return KeyPerson(
        person=period.person_id if period else None,
        visited_on=visit.on,
        was_met=period is not None and period.person_id in met,
        since=period.started_on if period else None,
        until=period.ended_on if period else None,
        designated_on=timezone.localdate(period.designated_at) if period else None,
        list_changed_on=max(changed, default=None),
        unit_signed_on=signed,
    )


def _words(
    deal: Deal,
    key: KeyPerson,
    period: KeyPersonPeriod | None,
    version: RebateVersion | None,
    verdict: Verdict,
    sets: int,
) -> dict[str, object]:
    return {
        "customer": deal.customer.name,
        "unit": deal.unit.name,
        "proof": deal.proof,
        "signed": _day(deal.signed_on),
        "paid": _day(deal.first_paid_on),
        "visited": _day(key.visited_on),
        "designated": _day(key.designated_on),
        "changed": _day(key.list_changed_on),
        "key": period.person.name if period else "–",
        "per_set": f"{verdict.per_set:,.2f}" if verdict.per_set is not None else "–",
        "version": version.number if version else "–",
        "sets": sets,
    }


def _day(day: date | None) -> str:
    return say_day(day) if day else _("none yet")


def rebate_deals(unit: KeyAccount) -> list[Answer]:
    """Return the signed deals of a unit with what they earn, newest first."""
    rows = Deal.objects.signed().filter(unit=unit).select_related("unit", "campaign", "customer")
    return answers_for(rows[:100])


def own_purchases(person: Person) -> list[Deal]:
    """Return signed deals of the person on which something is owed still, own set-offs that wait taken off."""
    rows = Deal.objects.signed().filter(customer=person).select_related("unit", "campaign")
    return [deal for deal in rows if left_to_set_off(deal) > 0]


def left_to_set_off(deal: Deal, *, without: int = 0) -> Decimal:
    """Return what may still be set off against a purchase: what is owed without what waits to be set off."""
    _net, _paid, owed = balance(deal)
    waiting = Rebate.objects.standing().exclude(state=RebateState.PAID).exclude(pk=without)
    reserved = waiting.filter(own_deal=deal, mode=RebateMode.SET_OFF).aggregate(sum=Sum("amount"))["sum"]
    return owed - (reserved or ZERO)


def open_recoveries(user: User) -> list[Recovery]:
    """Return what is to be recovered, as far as the reader sees it."""
    rows = Recovery.objects.filter(state=RecoveryState.OPEN, rebate__in=Rebate.objects.visible_to(user))
    return list(rows.select_related("rebate__person", "rebate__unit", "rebate__deal"))


@dataclass(frozen=True, slots=True)
class Total:
    """Rebates of one key person in one campaign (S-120)."""

    unit: str
    person: str
    campaign: str
    sets: int
    payable: Decimal
    paid: Decimal


def totals_for(user: User) -> list[Total]:
    """Return the sums per unit, person and campaign; one statement."""
    payable = Q(state__in=[RebateState.APPROVED, RebateState.VERIFIED])
    rows = Rebate.objects.visible_to(user).standing().order_by("unit__sort_key", "unit", "person", "campaign")
    told = rows.values_list(
        "unit__name", "person__name", "campaign__name", "unit", "person", "campaign"
    ).annotate(
        payable=Sum("amount", filter=payable),
        paid=Sum("amount", filter=Q(state=RebateState.PAID)),
        sets=Sum("sets", filter=Q(kind="base")),
        rows=Count("pk"),
    )
    return [
        Total(unit, person, campaign, sets or 0, payable or ZERO, paid or ZERO)
        for unit, person, campaign, _u, _p, _c, payable, paid, sets, _rows in told
    ]


def waiting_for_periods(survivor: KeyAccount, loser: KeyAccount) -> list[Finding]:
    """Refuse while a rebate of the merged unit is open whose key-person period could not go with it (12-decisions 19)."""
    people = {row.person_id for row in overlapping_periods(survivor, loser)}
    over = {RebateState.PAID, RebateState.VOID}
    if (
        not people
        or not Rebate.objects.filter(unit=loser, person__in=people).exclude(state__in=over).exists()
    ):
        return []
    text = _(
        "An open rebate of the merged unit needs a key-person period that cannot go with it. Pay or void it first."
    )
    return [Finding(Weight.REFUSES, text, "rebate")]
