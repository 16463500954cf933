"""Prices as programs, pages and papers read them: one shape for `manage.py quote`, deals, quotes and the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from campaigns.discounts.labels import GROUP_LABELS, REASONS, STEP_LABELS
from campaigns.discounts.rules.pricing import Priced, Reason, Step, StepKey
from campaigns.discounts.terms import GROUP_TONES, BenefitKind, GroupState
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
    return _reason(
        step.reason, {"count": group.count, "threshold": group.threshold, "missing": group.missing}
    )


def _reason(code: Reason | GroupState, group: Mapping[str, Any]) -> str:
    return str(REASONS[code]) % group


def price_to_keep(priced: Priced, *, sets: int) -> dict[str, Any]:
    """Return a price as a deal or a quote keeps it: the same shape, with codes instead of sentences in one language."""
    told = price_as_json(priced, sets=sets)
    for kept, step in zip(told["steps"], priced.steps, strict=True):
        kept |= {"key": step.key.value, "reason": step.reason.value, "applied": step.is_applied}
        kept["exact"] = str(step.after)
    return told


def plain(value: Decimal) -> str:
    """Return a factor as people write it: 0.98, 1.00."""
    places = max(2, -int(value.normalize().as_tuple().exponent))
    return f"{value:.{places}f}"


def _money(amount: Decimal) -> str:
    return f"{to_cents(amount):.2f}"


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step as pages and papers draw it."""

    number: int
    label: str
    rule: str
    version: int | None
    sum: str
    saving: Decimal
    before: Decimal
    after: Decimal
    exact: str
    reason: str
    is_applied: bool


@dataclass(frozen=True, slots=True)
class ShownPrice:
    """A kept price in the reader's language."""

    list_amount: Decimal
    regular: Decimal
    final: Decimal
    if_reached: Decimal
    saving: Decimal
    saving_if_reached: Decimal
    sets_total: Decimal
    state: GroupState
    state_label: str
    tone: str
    count: int
    threshold: int | None
    missing: int | None
    steps: tuple[ShownStep, ...]

    @property
    def has_two_prices(self) -> bool:
        """Whether another price follows once what is missing is there."""
        return self.if_reached != self.final

    @property
    def sets(self) -> list[tuple[int, str]]:
        """The sets up to the number, each signed, this one or missing; nothing where the number is too large to draw."""
        if not self.threshold or self.threshold > MOST_BOXES:
            return []
        return [
            (n, _box(n, self.count)) for n in range(1, max(self.threshold, min(self.count, MOST_BOXES)) + 1)
        ]


MOST_BOXES = 20


def _box(number: int, count: int) -> str:
    if number == count:
        return "this"
    return "signed" if number < count else "missing"


def shown_price(kept: Mapping[str, Any]) -> ShownPrice:
    """Return a kept price as pages draw it."""
    group, state = kept["group"], GroupState(kept["group"]["state"])
    amounts = {name: Decimal(kept[name]) for name in ("list", "regular", "final", "if_reached", "saving")}
    return ShownPrice(
        list_amount=amounts["list"],
        regular=amounts["regular"],
        final=amounts["final"],
        if_reached=amounts["if_reached"],
        saving=amounts["saving"],
        saving_if_reached=amounts["list"] - amounts["if_reached"],
        sets_total=Decimal(kept["sets_total"]),
        state=state,
        state_label=str(GROUP_LABELS[state]),
        tone=GROUP_TONES[state],
        count=group["count"],
        threshold=group["threshold"],
        missing=group["missing"],
        steps=tuple(_shown_step(number, step, group) for number, step in enumerate(kept["steps"], 1)),
    )


def _shown_step(number: int, step: Mapping[str, Any], group: Mapping[str, Any]) -> ShownStep:
    before, after = Decimal(step["before"]), Decimal(step["after"])
    key = StepKey(step["key"])
    code = GroupState(step["reason"]) if key is StepKey.GROUP else Reason(step["reason"])
    return ShownStep(
        number=number,
        label=str(STEP_LABELS[key]),
        rule=step["rule"] or "",
        version=step["version"],
        sum=_sum(step),
        saving=before - after,
        before=before,
        after=after,
        exact="" if Decimal(step["exact"]) == after else f"{Decimal(step['exact']).normalize():f}",
        reason=_reason(code, group),
        is_applied=step["applied"],
    )


def _sum(step: Mapping[str, Any]) -> str:
    before = f"{Decimal(step['before']):,.2f}"
    if step["factor"] is not None:
        return f"{before} × {step['factor']}"
    return f"{before} − {Decimal(step['off_amount']):,.2f}" if "off_amount" in step else ""
