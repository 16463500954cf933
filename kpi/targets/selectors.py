"""Targets of a period for everybody at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kam.core.periods import Period
from kam.users.models import Membership, Team
from kpi.measures.registry import measure
from kpi.measures.rules import DEPARTMENT, Holder, put_together
from kpi.measures.terms import Kind
from kpi.targets.models import TargetMonth
from kpi.targets.rules.splitting import planned_for


@dataclass(frozen=True, slots=True)
class Plans:
    """What is planned in a period: measure → holder → amount, and who belongs to which team."""

    told: Mapping[str, Mapping[Holder, Decimal]]
    members: Mapping[int, Sequence[int]] = field(default_factory=dict)

    def of(self, key: str, holder: Holder) -> Decimal | None:
        """Return the target; None where none is set."""
        return planned_for(holder, self.told.get(key, {}), self.members)


def plans_of(keys: Iterable[str], period: Period) -> Plans:
    """Return the targets of these measures in a period: three statements."""
    rows = TargetMonth.objects.filter(
        target__measure__in=set(keys), month__range=(period.first.replace(day=1), period.last)
    ).filter(target__area="", target__product="", target__unit=None)
    told: dict[str, dict[Holder, list[Decimal]]] = {}
    for key, person, team, amount in rows.order_by("month").values_list(
        "target__measure", "target__person", "target__team", "amount"
    ):
        told.setdefault(key, {}).setdefault(_holder(person, team), []).append(amount)
    sums = {
        key: {holder: put_together(measure(key).over, amounts) for holder, amounts in by.items()}
        for key, by in told.items()
    }
    return Plans(sums, members_on(period))


def _holder(person: int | None, team: int | None) -> Holder:
    if person is not None:
        return Holder(Kind.PERSON, (person,))
    return Holder(Kind.TEAM, (team,)) if team is not None else DEPARTMENT


def members_on(period: Period) -> dict[int, list[int]]:
    """Return team → members on the last day of a period."""
    found: dict[int, list[int]] = {pk: [] for pk in Team.objects.order_by("pk").values_list("pk", flat=True)}
    for team, user in Membership.objects.on(period.last).order_by("user").values_list("team", "user"):
        found[team].append(user)
    return found
