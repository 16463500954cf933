"""Splitting a target: nothing is lost, what rounding leaves goes to the last part (S-236, T-39; docs/domain/kpi.md)."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from kpi.measures.rules import Holder, sum_of
from kpi.measures.terms import Kind, Unit

CENT, ONE = Decimal("0.01"), Decimal(1)


def grain_of(unit: Unit) -> Decimal:
    """Return the smallest part: a cent of money, one of what is counted."""
    return CENT if unit is Unit.MONEY else ONE


def split(total: Decimal, weights: Sequence[int], *, grain: Decimal = CENT) -> list[Decimal]:
    """Return the parts by weight, cut down to the grain; the last part with a weight carries the rest."""
    if not any(weights):
        raise ValueError("no part has a weight")
    whole = sum(weights)
    parts = [_cut(Fraction(total) * weight / whole, grain) for weight in weights]
    last = max(place for place, weight in enumerate(weights) if weight)
    parts[last] += total - sum(parts)
    return parts


def _cut(share: Fraction, grain: Decimal) -> Decimal:
    return (Decimal(int(share / Fraction(grain))) * grain).quantize(grain, rounding=ROUND_DOWN)


def split_evenly(total: Decimal, count: int, *, grain: Decimal = CENT) -> list[Decimal]:
    """Return `count` equal parts, the last one with the rest."""
    return split(total, [1] * count, grain=grain)


def difference(parent: Decimal, children: Sequence[Decimal]) -> Decimal:
    """Return what the parts lack of the whole; negative where they exceed it. Shown, never hidden."""
    return parent - sum_of(children)


def planned_for(
    holder: Holder, told: Mapping[Holder, Decimal], members: Mapping[int, Sequence[int]]
) -> Decimal | None:
    """Return a holder's target: the one set for it, else the sum of those set below it; None where nothing is set."""
    if holder in told:
        return told[holder]
    if not told or holder.kind is Kind.PERSON:
        return None
    ids = holder.ids if holder.kind is Kind.TEAM else tuple(sorted(members))
    parts = [_team(pk, told, members) for pk in ids]
    known = [part for part in parts if part is not None]
    return sum_of(known) if known else None


def _team(pk: int, told: Mapping[Holder, Decimal], members: Mapping[int, Sequence[int]]) -> Decimal | None:
    own = told.get(Holder(Kind.TEAM, (pk,)))
    if own is not None:
        return own
    people = [told[one] for user in members.get(pk, ()) if (one := Holder(Kind.PERSON, (user,))) in told]
    return sum_of(people) if people else None
