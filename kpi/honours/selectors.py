"""Whom the closed sheets would honour: targets of sales reached in the last closed month."""

from dataclasses import dataclass

from kam.users.models import User
from kpi.honours.models import Honour
from kpi.honours.terms import Occasion
from kpi.schemes.labels import rate_text
from kpi.scoring.rules.rates import HUNDRED
from kpi.sheets.models import Seal, Sheet
from kpi.sheets.rules import opened, rate_in
from kpi.sheets.terms import SheetState


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who reached the target, and by how much."""

    person: User
    period_name: str
    rate: str


def candidates(user: User) -> list[Candidate]:
    """Return who reached the sales target in the last closed month and was not honoured for it yet; three statements."""
    months = Sheet.objects.months().visible_to(user).filter(state=SheetState.CLOSED).exclude(user=user)
    last = months.order_by("-first_day").values_list("first_day", flat=True).first()
    if last is None:
        return []
    seals = (
        Seal.objects.filter(sheet__in=months.filter(first_day=last))
        .select_related("sheet__user")
        .defer("counted")
    )
    honoured = set(
        Honour.objects.filter(occasion=Occasion.TARGET, on__gte=last, person__isnull=False)
        .exclude(state__in=["rejected", "withdrawn"])
        .values_list("person", flat=True)
    )
    found = {}
    for seal in seals.order_by("sheet__user__staff_number", "seq"):
        rate = rate_in(opened(seal.result), "sales")
        if rate is not None and rate >= HUNDRED and seal.sheet.user_id not in honoured:
            found[seal.sheet.user_id] = Candidate(
                seal.sheet.user, seal.sheet.period_name, rate_text(str(rate))
            )
    return list(found.values())
