"""The facts that KAM knows, shown while somebody scores: each with the day it was learned and from where."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.competition.models import ProductPosition
from accounts.competition.terms import Supply
from accounts.contacts.models import Contact
from accounts.contacts.terms import ContactChannel
from accounts.evaluation.registry import ReadHint, Shown
from accounts.needs.models import Need
from accounts.qualification.rules.tiers import grade_of, read_rules
from accounts.qualification.selectors_tiers import scheme_on
from accounts.roles.rules import FULL_SCORE
from accounts.roles.selectors import scores_of
from accounts.units.models import Observation
from accounts.units.selectors import value_text
from accounts.units.terms import Field
from kam.core.days import say_day
from kam.core.sentences import noted
from kam.settings_rows.selectors import settings_of

HOUR_COST = "visit_hour_cost_amount"
VISIT_HOURS = "visit_hours"
_BEST = 5


def observed_hint(field: Field) -> ReadHint:
    """Return a reader of an observed value; its grade by the steps of the tiers, where they name this field."""

    def read(unit_ids: Collection[int], day: date) -> dict[int, Shown]:
        steps = _steps(field, day)
        rows = Observation.objects.filter(unit__in=list(unit_ids), field=field, learned_on__lte=day).current()
        return {row.unit_id: _shown(row, field, steps) for row in rows}

    return read


def _steps(field: Field, day: date) -> tuple[Decimal, ...]:
    scheme = scheme_on(day)
    rules = read_rules(scheme.rules).measures if scheme else ()
    return next((rule.steps for rule in rules if rule.key == field.value), ())


def _shown(row: Observation, field: Field, steps: tuple[Decimal, ...]) -> Shown:
    words = {"value": value_text(field, row.value), "day": say_day(row.learned_on)}
    text = _("%(value)s, learned %(day)s") % words
    if row.source_label:
        text = noted(text, row.source_label)
    return Shown(text, grade_of(Decimal(str(row.value)), steps) if steps else None)


def coverage_hint(unit_ids: Collection[int], day: date) -> dict[int, Shown]:
    """Role coverage of a hundred: each fifth of it is a grade."""
    scores = scores_of(unit_ids, today=day)
    return {
        unit_id: Shown(
            _("Role coverage %(score)s of %(full)s") % {"score": score, "full": FULL_SCORE},
            min(_BEST, 1 + score * _BEST // FULL_SCORE),
        )
        for unit_id, score in scores.items()
    }


def needs_hint(unit_ids: Collection[int], day: date) -> dict[int, Shown]:
    """Needs that are still worked on, and how many of them are explicit."""
    rows = (
        Need.objects.open()
        .filter(unit__in=list(unit_ids), raised_on__lte=day)
        .order_by()
        .values_list("unit")
        .annotate(n=Count("pk"), explicit=Count("pk", filter=Q(kind="explicit") | Q(state="explicit")))
    )
    return {
        unit_id: Shown(
            ngettext(
                "%(n)s open need, %(explicit)s explicit", "%(n)s open needs, %(explicit)s explicit", count
            )
            % {"n": count, "explicit": explicit}
        )
        for unit_id, count, explicit in rows
    }


def competition_hint(unit_ids: Collection[int], day: date) -> dict[int, Shown]:
    """Who supplies how many product lines."""
    rows = ProductPosition.objects.filter(unit__in=list(unit_ids), learned_on__lte=day).current()
    told: dict[int, dict[str, int]] = {}
    for row in rows:
        counts = told.setdefault(row.unit_id, {})
        counts[row.supply] = counts.get(row.supply, 0) + 1
    return {unit_id: Shown(_supplied(counts)) for unit_id, counts in told.items()}


def _supplied(counts: Mapping[str, int]) -> str:
    words: dict[str, Any] = {
        "ours": counts.get(Supply.OURS, 0),
        "theirs": counts.get(Supply.COMPETITOR, 0),
        "nobody": counts.get(Supply.NOBODY, 0),
    }
    return _("Product lines: we %(ours)s, competitors %(theirs)s, nobody %(nobody)s") % words


def visits_cost(unit_ids: Collection[int], first: date, last: date) -> dict[int, Decimal]:
    """Held visits × hours a visit × cost of an hour: an estimate from two settings."""
    values = settings_of(HOUR_COST, VISIT_HOURS)
    each = Decimal(values[HOUR_COST]) * Decimal(values[VISIT_HOURS])
    rows = (
        Contact.objects.filter(
            unit__in=list(unit_ids), channel=ContactChannel.VISIT, met=True, on__range=(first, last)
        )
        .order_by()
        .values_list("unit")
        .annotate(Count("pk"))
    )
    return {unit_id: count * each for unit_id, count in rows}


def year_until(day: date) -> tuple[date, date]:
    """Return the 365 days over which cost is looked at."""
    return day - timedelta(days=364), day
