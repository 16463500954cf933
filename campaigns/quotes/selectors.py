"""Prices as programs read them (`manage.py quote`, the API)."""

from decimal import Decimal
from typing import Any

from campaigns.discounts.labels import REASONS
from campaigns.discounts.rules.pricing import Priced, Step
from campaigns.discounts.terms import BenefitKind
from kam.core.money import to_cents


def price_as_json(priced: Priced, *, sets: int) -> dict[str, Any]:
    """Return a price in the shape that others rely on; money per set, except `sets_total`."""
    return {
        "list": _money(priced.list_amount),
        "regular": _money(priced.regular),
        "final": _money(priced.final),
        "regular_saving": _money(priced.regular_saving),
        "group_saving": _money(priced.group_saving),
        "saving": _money(priced.saving),
        "if_reached": _money(priced.if_reached),
        "sets_total": _money(priced.total(sets)),
        "group": {
            "state": priced.group.state.value,
            "count": priced.group.count,
            "threshold": priced.group.threshold,
            "missing": priced.group.missing,
        },
        "steps": [_step(step, priced) for step in priced.steps],
    }


def _step(step: Step, priced: Priced) -> dict[str, Any]:
    benefit = step.benefit
    told: dict[str, Any] = {
        "rule": step.rule.name if step.rule else None,
        "version": step.rule.version if step.rule else None,
        "factor": None,
    }
    if benefit is not None and benefit.kind is BenefitKind.FACTOR:
        told["factor"] = plain(benefit.value)
    elif benefit is not None:
        told["off_amount"] = _money(benefit.value)
    return told | {
        "before": _money(step.before),
        "after": _money(step.after),
        "reason": reason_words(step, priced),
    }


def reason_words(step: Step, priced: Priced) -> str:
    """Return why a step is what it is, as a sentence."""
    group = priced.group
    told = {"count": group.count, "threshold": group.threshold, "missing": group.missing}
    return str(REASONS[step.reason]) % told


def plain(value: Decimal) -> str:
    """Return a factor as people write it: 0.98, 1.00."""
    places = max(2, -int(value.normalize().as_tuple().exponent))
    return f"{value:.{places}f}"


def _money(amount: Decimal) -> str:
    return f"{to_cents(amount):.2f}"
